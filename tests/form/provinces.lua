-- provinces.lua - forms as provinces print them, cell by cell, and what each must give. Figures are invented.
--
-- Each: name; text, rows by line and cells by |; rows, what each indicator is: path, target, actual, weight, claimed, score (nil:
-- none); name and department of the fund; facts; codes that must be found.
return {
    { name = "一次转移支付无分值", department = "某部", fund = "某转移支付", -- weights come from the yardstick or not at all
        text = [[
中央对地方专项转移支付区域绩效目标自评表
（2022年度）
转移支付（项目）名称|某转移支付
中央主管部门|某部
地方主管部门|某厅|资金使用单位|某局
资金情况（万元）||全年预算数（A）|全年执行数（B）|预算执行率（B/A×100%）
|年度资金总额：|500|450|90%
|其中：中央财政资金|400|360|90%
|地方资金|100|90|90%
总体目标完成情况|总体目标|全年实际完成情况
|改善条件|已改善
绩效指标|一级指标|二级指标|三级指标|指标值|全年实际完成值|未完成原因和改进措施
|产出指标|数量指标|培训人数|≥200人|190人|报名不足
||质量指标|合格率|≥95%|96%|
|满意度指标|服务对象满意度指标|学员满意度|≥90%|92%|
说明|无
]],
        rows = { ["execution.rate"] = { 100, 90, 10, nil, 9 }, ["output.quantity.培训人数"] = { 200, 190 },
            ["output.quality.合格率"] = { 95, 96 }, ["satisfaction.学员满意度"] = { 90, 92 } },
        facts = { budget = 5000000, spent = 4500000, ["中央财政资金全年执行数"] = 3600000, goal = "改善条件", goal_actual = "已改善" },
        codes = { "weight-missing" } },
    { name = "两列资金", department = "某局", fund = "修缮",
        text = [[
项目支出绩效自评表
项目名称|修缮|||年度|2022
主管部门及代码|某局||实施单位|某校
项目资金|||年初预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分
（万元）|年度资金总额||104.5|100|10|95.7%|9.57
|其中：财政拨款||104.5|100|—|—|—
年度总体目标|完成修缮
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|修缮面积|≥266平方米|≥266平方米|50|50|
|成本指标|修缮成本|≤104.5万元|100万元|30|30|
满意度|满意度|师生满意度|≥90%|85%|10|9.4|样本偏少
总分||||||98.97|
自评等次：优
]],
        rows = { ["execution.rate"] = { 100, 95.693779904306, 10, 9.57, 9.57 },
            ["output.quantity.修缮面积"] = { 266, 266, 50, 50, 50 }, ["output.cost.修缮成本"] = { 1045000, 1000000, 30, 30, 30 },
            ["satisfaction.师生满意度"] = { 90, 85, 10, 9.4, 9.44 } },
        facts = { budget = 1045000, budget_initial = 1045000, spent = 1000000, implementer = "某校", goal = "完成修缮" },
        codes = { "budget-initial", "actual-has-sign" } },
    { name = "折算得分", department = "某局", fund = "奖补",
        text = [[
项目名称：奖补|年度：2022年
主管部门：某局
预算执行情况（元）
全年预算数：|387,664.62|全年执行数：|387,664.62
一级指标|二级指标|三级指标|目标值|完成值|单项指标得分|权重占比|折算得分|备注栏
产出|数量|奖补户数|10户|8户|80|50%|40|
|时效|兑付时间|12月底前|12月20日|100|20%|20|
效果|社会效益|带动就业|≥5人|5人|100|20%|20|
合计||||||90%|80|
综合评价等级|良
]],
        rows = { ["execution.rate"] = { 100, 100, 10, nil, 10 }, ["output.quantity.奖补户数"] = { 10, 8, 50, 40, 40 },
            ["output.timeliness.兑付时间"] = { "2022-12-31", "2022-12-20", 20, 20, 20 },
            ["benefit.social.带动就业"] = { 5, 5, 20, 20, 20 } },
        facts = { budget = 387664.62, spent = 387664.62 },
        codes = { "form-unplaced" } },
}
