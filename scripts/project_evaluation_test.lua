-- Worked tests of project_evaluation: the framework of 财预〔2020〕10号 with the points of config/project_evaluation.ini.
local test = require "steelyard.test"

-- 决策与过程：要素计数 -------------------------------------------------------------------------------

test.case("worked example: all five points of the basis",
    { indicator = "decision.approval.basis", actual = "①②③④⑤" },
    { attainment = 1, score = 2 }) -- 2.00 of 2.00, as a published report has it
test.case("basis: four of five",
    { indicator = "decision.approval.basis", actual = "①②③⑤" },
    { attainment = 0.8, score = 1.6 }) -- 4 ÷ 5 × 2
test.case("basis: a count of points",
    { indicator = "decision.approval.basis", actual = 2 },
    { attainment = 0.4, score = 0.8 })
test.case("basis: none",
    { indicator = "decision.approval.basis", actual = 0 },
    { attainment = 0, score = 0 })
test.case("basis: more points than there are",
    { indicator = "decision.approval.basis", actual = 6 },
    { status = "rejected" })
test.case("basis: a number of the rating wins",
    { indicator = "decision.approval.basis", actual = "①②③④⑤", rating = "90%" },
    { attainment = 0.9, score = 1.8, status = "scored" })
test.case("procedure: two of three",
    { indicator = "decision.approval.procedure", actual = "①③" },
    { attainment = 2 / 3, score = 1.33 }) -- 2 × 2 ÷ 3 = 1.333
test.case("goals reasonable: three of four",
    { indicator = "decision.goals.reasonable", actual = "①②④" },
    { attainment = 0.75, score = 2.25 })
test.case("goals clear: one of three",
    { indicator = "decision.goals.clear", actual = "②" },
    { attainment = 1 / 3, score = 1 })
test.case("budget: two of four",
    { indicator = "decision.funding.budget", actual = "1,3" },
    { attainment = 0.5, score = 1.5 })
test.case("allocation: one of two",
    { indicator = "decision.funding.allocation", actual = "①" },
    { attainment = 0.5, score = 1 })
test.case("compliance: three of four",
    { indicator = "process.funds.compliance", actual = "①②③" },
    { attainment = 0.75, score = 4.5 })
test.case("management rules: one of two",
    { indicator = "process.organization.rules", actual = "②" },
    { attainment = 0.5, score = 2 })
test.case("enforcement: all",
    { indicator = "process.organization.enforcement", actual = "①②③④" },
    { attainment = 1, score = 6 })

-- 中文表头的行落到同一指标 ----------------------------------------------------------------------------

test.case("a row as the annex prints it",
    { level1 = "决策", level2 = "项目立项", name = "立项依据充分性", actual = "①②③④" },
    { attainment = 0.8, score = 1.6, indicators = { ["decision.approval.basis"] = { score = 1.6 } } })

-- 过程：资金管理 ----------------------------------------------------------------------------------------

test.case("money received",
    { indicator = "process.funds.received", facts = { budget = "500万元", received = "480万元" } },
    { actual = 96, attainment = 0.96, score = 3.84 }) -- 480 ÷ 500; 4 × 0.96
test.case("all of it received",
    { indicator = "process.funds.received", facts = { budget = "500万元", received = "500万元" } },
    { actual = 100, attainment = 1, score = 4 })
test.case("execution is of what was received, not of the budget",
    { indicator = "process.funds.execution",
      facts = { budget = "500万元", received = "480万元", spent = "456万元" } },
    { actual = 95, attainment = 0.95, score = 4.75 }) -- 456 ÷ 480, not 456 ÷ 500 = 91.2 %
test.case("more spent than received",
    { indicator = "process.funds.execution", facts = { received = "480万元", spent = "500万元" } },
    { attainment = 1, score = 5, finding = "overspent" })
test.case("as much spent as received",
    { indicator = "process.funds.execution", facts = { received = "480万元", spent = "480万元" } },
    { attainment = 1, no_finding = "overspent" })
test.case("nothing received",
    { indicator = "process.funds.execution", facts = { received = 0, spent = 0 } },
    { status = "missing", score = 0 })
test.case("one of two facts",
    { indicator = "process.funds.execution", facts = { spent = "456万元" } },
    { status = "missing", score = 0, finding = "fact-missing" })
test.case("a rate that is only reported",
    { indicator = "process.funds.execution", actual = "95%" },
    { actual = 95, attainment = 0.95, score = 4.75, finding = "script" })
test.case("a reported rate against the facts",
    { indicator = "process.funds.execution", actual = "100%", facts = { received = "480万元", spent = "456万元" } },
    { actual = 95, score = 4.75, finding = "reported-differs", no_finding = "script" })

test.case("a row of the project's own that ends as one of the framework's",
    { indicator = "output.funds.received", target = "≥100%", actual = "90%", weight = 5,
      facts = { budget = "500万元", received = "480万元" } },
    { actual = 90, attainment = 0.9, score = 4.5 })

-- 产出 --------------------------------------------------------------------------------------------------

test.case("worked example: quantity 8.00 gives 6.94",
    { indicator = "output.quantity.completion", facts = { output_planned = 400, output_done = 347 } },
    { actual = 86.75, attainment = 0.8675, score = 6.94 }) -- 347 ÷ 400; 8 × 0.8675
test.case("more done than planned",
    { indicator = "output.quantity.completion", facts = { output_planned = 400, output_done = 479 } },
    { attainment = 1, score = 8, no_finding = "target-too-low" }) -- 119.75 %
test.case("a fifth more than planned",
    { indicator = "output.quantity.completion", facts = { output_planned = 400, output_done = 480 } },
    { attainment = 1, score = 8, finding = "target-too-low" }) -- 120 %
test.case("quality of what was done",
    { indicator = "output.quality.qualified", facts = { output_done = 347, output_qualified = 340 } },
    { attainment = 340 / 347, score = 7.84 }) -- 8 × 340 ÷ 347 = 7.8386
test.case("finished on the day",
    { indicator = "output.timeliness.finished",
      facts = { finish_planned_on = "2020-10-31", finished_on = "2020-10-31" } },
    { attainment = 1, score = 7 })
test.case("finished a day late",
    { indicator = "output.timeliness.finished",
      facts = { finish_planned_on = "2020-10-31", finished_on = "2020-11-01" } },
    { attainment = 0.9, score = 6.3 }) -- one month begun
test.case("finished in the third month after",
    { indicator = "output.timeliness.finished",
      facts = { finish_planned_on = "2020-10-15", finished_on = "2020-12-20" } },
    { attainment = 0.7, score = 4.9 }) -- 15.10. to 15.12. is two months, five days begin a third
test.case("finished as the table reports",
    { indicator = "output.timeliness.finished", target = "10月底前", actual = "2020-10-20" },
    { actual = "2020-10-20", target = "2020-10-31", attainment = 1, score = 7, finding = "script" })
test.case("not finished",
    { indicator = "output.timeliness.finished", facts = { finish_planned_on = "2020-10-31" } },
    { status = "missing", score = 0, finding = "fact-missing" })
test.case("no date planned",
    { indicator = "output.timeliness.finished", facts = { finished_on = "2020-10-31" } },
    { status = "untargeted" })
test.case("cost saved",
    { indicator = "output.cost.saving", facts = { cost_planned = "500万元", cost = "495万元" } },
    { actual = 1, attainment = 1, score = 7 }) -- 5 ÷ 500
test.case("cost as planned",
    { indicator = "output.cost.saving", facts = { cost_planned = "500万元", cost = "500万元" } },
    { actual = 0, target = 0, attainment = 1, score = 7 })
test.case("cost 2.5 per cent over the plan",
    { indicator = "output.cost.saving", facts = { cost_planned = "500万元", cost = "512.5万元" } },
    { actual = -2.5, attainment = 0.75, score = 5.25 }) -- 1 − 0.1 × 2.5
test.case("cost ten per cent over the plan",
    { indicator = "output.cost.saving", facts = { cost_planned = "500万元", cost = "550万元" } },
    { actual = -10, attainment = 0, score = 0 })
test.case("cost twice the plan",
    { indicator = "output.cost.saving", facts = { cost_planned = "500万元", cost = "1000万元" } },
    { actual = -100, attainment = 0, score = 0 })
test.case("a saving that is only reported",
    { indicator = "output.cost.saving", actual = "-1%" },
    { actual = -1, attainment = 0.9, score = 6.3, finding = "script" })

-- 效益 --------------------------------------------------------------------------------------------------

test.case("effect judged by a word",
    { indicator = "benefit.project.effect", target = "出行改善", actual = "部分达成预期指标并具有一定效果" },
    { attainment = 0.7, score = 14 })
test.case("effect as a number",
    { indicator = "benefit.project.effect", target = "≥200户", actual = "150户" },
    { attainment = 0.75, score = 15 })
test.case("satisfaction below the target",
    { indicator = "benefit.project.satisfaction", actual = "81%" },
    { attainment = 0.9, score = 9 }) -- 81 ÷ 90
test.case("satisfaction at the target",
    { indicator = "benefit.project.satisfaction", actual = "90%" },
    { attainment = 1, score = 10 })

-- 定性三档 ----------------------------------------------------------------------------------------------

test.case("a number inside the second tier",
    { indicator = "benefit.project.effect", target = "改善", actual = "部分达成预期指标并具有一定效果", rating = 0.6 },
    { attainment = 0.6, score = 12, no_finding = "script" })
test.case("a number at the upper edge of the second tier",
    { indicator = "benefit.project.effect", target = "改善", actual = "部分达成预期指标并具有一定效果", rating = 0.8 },
    { attainment = 0.8, score = 16, finding = "script" })

for words, attainment in pairs { ["达成年度指标"] = 1, ["部分达成年度指标并具有一定效果"] = 0.7, ["未达成年度指标且效果较差"] = 0.3 } do
    test.case("judged by the words of the measure: " .. words,
        { indicator = "benefit.project.effect", target = "改善", actual = words, weight = 20,
          facts = { budget = "100万元", spent = "100万元" } }, { attainment = attainment })
end

-- 一个项目 ----------------------------------------------------------------------------------------------

local road = {
    facts = { budget = "500万元", received = "480万元", spent = "456万元", output_planned = 400, output_done = 347,
        output_qualified = 347, finish_planned_on = "2020-10-31", finished_on = "2020-10-20",
        cost_planned = "500万元", cost = "495万元" },
    indicators = {
        { level1 = "决策", level2 = "项目立项", name = "立项依据充分性", actual = "①②③④⑤" },
        { level1 = "决策", level2 = "项目立项", name = "立项程序规范性", actual = "①③" },
        { level1 = "决策", level2 = "绩效目标", name = "绩效目标合理性", actual = "①②③④" },
        { level1 = "决策", level2 = "绩效目标", name = "绩效指标明确性", actual = "①②" },
        { level1 = "决策", level2 = "资金投入", name = "预算编制科学性", actual = "①②③④" },
        { level1 = "决策", level2 = "资金投入", name = "资金分配合理性", actual = "①②" },
        { level1 = "过程", level2 = "资金管理", name = "资金使用合规性", actual = "①②③④" },
        { level1 = "过程", level2 = "组织实施", name = "管理制度健全性", actual = "①②" },
        { level1 = "过程", level2 = "组织实施", name = "制度执行有效性", actual = "①②③" },
        { level1 = "效益", level2 = "项目效益", name = "实施效益", target = "出行改善", actual = "达成预期指标" },
        { level1 = "效益", level2 = "项目效益", name = "满意度", target = "≥90%", actual = "93.5%" },
    },
}
-- 决策 2 + 1.33 + 3 + 2 + 3 + 2 = 13.33; 过程 3.84 + 4.75 + 6 + 4 + 4.5 = 23.09;
-- 产出 6.94 + 8 + 7 + 7 = 28.94; 效益 20 + 10 = 30; in all 95.36
test.case("a project", road, { score = 95.36, grade = "优", status = "scored", coverage = 1, no_finding = true })
