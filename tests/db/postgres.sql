-- The figures of figures/*.csv as tables of a PostgreSQL server, each of another kind.
CREATE TABLE funds (fund text PRIMARY KEY, name varchar(50), year smallint, department char(10), budget numeric,
    spent numeric(20, 2), allotted_on timestamp, paid_on date, open boolean, rate double precision, code bigint,
    remark text);
INSERT INTO funds VALUES ('void', '空项目', 2019, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('tech', '科技专项', 2019, '科技局', 1000000.5, 999999.25, '2019-03-01', '2019-12-25', true, 0.1::float8 + 0.2, 7,
     '两行, "引号"'),
    ('road', '道路改造', 2019, '交通局', 43200000000, 43100000000, '2019-05-21', NULL, false, 93.25,
     110101199003074518, NULL);
UPDATE funds SET name = name WHERE fund = 'road'; -- rows lie as they were written last
CREATE SCHEMA 局;
CREATE TABLE 局.指标表 (序号 serial PRIMARY KEY, 项目编号 text, 一级指标 text, 二级指标 text, 三级指标 text, 年度指标值 text,
    实际完成值 text, 分值 numeric, 偏差原因 text);
INSERT INTO 局.指标表 VALUES (2, 'road', '产出指标', '时效指标', '完工时间', '2019-12-31前', '2019-12-20', 20, NULL),
    (1, 'road', '产出指标', '数量指标', '改造里程', '≥12公里', '12.5公里', 20, NULL),
    (3, 'road', '效益指标', '社会效益指标', '惠及人数', '5000人', '4500人', 30, '雨季'),
    (4, 'tech', '产出指标', '数量指标', '立项数', '15', '15', 40, NULL),
    (5, 'tech', '产出指标', '质量指标', '验收率', '≥90%', '85%', 30, NULL),
    (6, 'tech', '满意度指标', NULL, '企业满意度', '≥90%', NULL, 30, '未调查');
CREATE TABLE "late ""figures""" (fund text, indicator text, target real, actual double precision, weight integer);
INSERT INTO "late ""figures""" VALUES ('tech', 'output.cost.total', 110, 1e3, 10),
    ('tech', 'output.cost.grants', 0.3, 0.1::float8 + 0.2, 10), ('road', 'output.cost.per_km', 15.5, 15.75, 20);
CREATE TABLE facts (fact text COLLATE "C", value text, unit text, fund text COLLATE "C", PRIMARY KEY (fund, fact));
INSERT INTO facts VALUES ('完成日', '2019-05-21', NULL, 'tech'), ('专利', 12, NULL, 'tech'), ('验收', '是', NULL, 'road'),
    ('年初预算数', 43.2, '亿元', 'road');
CREATE TABLE judgement (fund text, path text, rating real, by integer);
CREATE TABLE people (id integer PRIMARY KEY, name text);
INSERT INTO people VALUES (1, '评审组');
INSERT INTO judgement VALUES ('tech', 'satisfaction.企业满意度', 0.8, 1);
CREATE VIEW ratings AS SELECT fund, path AS indicator, rating, p.name AS by FROM judgement j JOIN people p ON p.id = j.by;
CREATE TABLE cuts (fund text, points numeric, why integer);
CREATE TABLE reasons (id integer PRIMARY KEY, reason text);
INSERT INTO cuts VALUES ('road', -2.5, 4);
INSERT INTO reasons VALUES (4, '审计发现');

-- What must not happen, and what cannot be read.
CREATE FUNCTION spoil() RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RAISE NOTICE 'spoiling'; DELETE FROM facts; RETURN 'spoilt'; END $$;
CREATE FUNCTION whisper() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'psst'; RETURN '是'; END $$;
CREATE SEQUENCE numbers;
CREATE TABLE blobs (fund text, fact text, value bytea);
INSERT INTO blobs VALUES ('road', 'a', NULL), ('road', 'b', '\x00ff');
CREATE TABLE purses (fund text, fact text, value money);
