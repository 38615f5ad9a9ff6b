-- The figures of figures/*.csv as an SQLite database, each table of another kind.
CREATE TABLE funds (fund TEXT PRIMARY KEY, name TEXT, year INTEGER, department TEXT, budget DECIMAL(20, 2),
    spent REAL, allotted_on DATETIME, paid_on DATE, open BOOLEAN, rate REAL, code INTEGER, remark TEXT);
-- In another order than the keys': rows come as they were put in, by their rowid.
INSERT INTO funds (rowid, fund, name, year, department, budget, spent, allotted_on, paid_on, open, rate, code, remark)
    VALUES (30, 'void', '空项目', 2019, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (20, 'tech', '科技专项', 2019, '科技局', 1000000.5, 999999.25, '2019-03-01T00:00:00.000', '2019-12-25', 1, 0.1 + 0.2, 7,
     '两行, "引号"'),
    (10, 'road', '道路改造', 2019, '交通局', 43200000000, 43100000000, '2019-05-21 00:00:00', NULL, 0, 93.25,
     110101199003074518, NULL);
CREATE TABLE 指标表 (项目编号, 一级指标, 二级指标, 三级指标, 年度指标值, 实际完成值, 分值, 偏差原因);
INSERT INTO 指标表 VALUES ('road', '产出指标', '数量指标', '改造里程', '≥12公里', '12.5公里', 20, NULL),
    ('road', '产出指标', '时效指标', '完工时间', '2019-12-31前', '2019-12-20', 20, NULL),
    ('road', '效益指标', '社会效益指标', '惠及人数', '5000人', '4500人', '30', '雨季'),
    ('tech', '产出指标', '数量指标', '立项数', 15, 15, 40, NULL),
    ('tech', '产出指标', '质量指标', '验收率', '≥90%', '85%', 30.0, NULL),
    ('tech', '满意度指标', NULL, '企业满意度', '≥90%', NULL, 30, '未调查');
CREATE TABLE "late ""figures""" (fund TEXT, indicator TEXT, target REAL, actual, weight INTEGER);
INSERT INTO "late ""figures""" VALUES ('road', 'output.cost.per_km', 15.5, 15.75, 20),
    ('tech', 'output.cost.grants', 0.3, 0.1 + 0.2, 10), ('tech', 'output.cost.total', 110, 1e3, 10);
CREATE TABLE facts (fact TEXT, value, unit TEXT, fund TEXT, PRIMARY KEY (fund, fact)) WITHOUT ROWID;
INSERT INTO facts VALUES ('完成日', '2019-05-21', NULL, 'tech'), ('专利', 12, NULL, 'tech'), ('验收', '是', NULL, 'road'),
    ('年初预算数', 43.2, '亿元', 'road');
CREATE TABLE judgement (fund TEXT, path TEXT, rating REAL, by INTEGER);
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO people VALUES (1, '评审组');
INSERT INTO judgement VALUES ('tech', 'satisfaction.企业满意度', 0.8, 1);
CREATE VIEW ratings AS SELECT fund, path AS indicator, rating, p.name AS by FROM judgement j JOIN people p ON p.id = j.by;
CREATE TABLE cuts (fund TEXT, points REAL, why INTEGER);
CREATE TABLE reasons (id INTEGER PRIMARY KEY, reason TEXT);
INSERT INTO cuts VALUES ('road', -2.5, 4);
INSERT INTO reasons VALUES (4, '审计发现');
