-- Worked tests of chongqing_department: 10 + 30 + 60. What the national framework's rules give is tested in
-- department_common_test.lua; here the points, the coefficients and the rates that the form reports.
local test = require "steelyard.test"

local function row(path, target, actual, weight)
    return { indicator = path, target = target, actual = actual, weight = weight }
end

-- 预算执行 ----------------------------------------------------------------------------------------------
test.case("published: 76 per cent of the budget, 7.6 of 10 points",
    { indicator = "execution.rate", facts = { budget = "1000万元", spent = "760万元" } },
    { actual = 76, attainment = 0.76, score = 7.6 })
test.case("over the budget",
    { indicator = "execution.rate", facts = { budget = "1000万元", spent = "1001万元" } },
    { attainment = 1, score = 10, finding = "overspent" })
test.case("no budget", { indicator = "execution.rate", facts = { budget = 0, spent = 0 } },
    { status = "not_applicable", finding = "zero-budget" })
test.case("the rate alone", { indicator = "execution.rate", actual = "76%" }, { actual = 76, score = 7.6, finding = "script" })

-- 填报的比率，和由基础数据计算的比率 --------------------------------------------------------------------
test.case("staff: reported", row("input.staff_control", "≤100%", "92%"), { actual = 92, attainment = 1, score = 2, finding = "script" })
test.case("staff: over the quota, reported",
    row("input.staff_control", "≤100%", "125%"), { attainment = 0.8, score = 1.6 }) -- 100 ÷ 125
test.case("staff: computed", { indicator = "input.staff_control", facts = { staff = 24, staff_quota = 20 } },
    { actual = 120, attainment = 1 / 1.2, score = 1.67 }) -- 2 × 100 ÷ 120
test.case("staff: reported and computed",
    { indicator = "input.staff_control", actual = "92%", facts = { staff = 24, staff_quota = 20 } },
    { actual = 120, finding = "reported-differs", no_finding = "script" })
test.case("三公 change: reported, 4 points over the target",
    row("input.sangong_change", "≤0%", "4%"), { actual = 4, attainment = 0.6, score = 1.2 }) -- 1 − 0.1 × 4
test.case("三公 change: computed, no change",
    { indicator = "input.sangong_change", facts = { sangong = "0.49万元", sangong_last = "0.49万元" } },
    { actual = 0, attainment = 1, score = 2 })
test.case("completion: the unit's own target", row("process.budget_completion", "≥70%", "76%"), { attainment = 1, score = 2 })
test.case("completion: computed",
    { indicator = "process.budget_completion", facts = { expenditure = "760万元", budget_expenditure = "1000万元" } },
    { actual = 76, attainment = 0.76, score = 1.52 })
test.case("adjustment: reported", row("process.budget_adjustment", "≤3%", "0%"), { actual = 0, attainment = 1, score = 2 })
test.case("carry-over: reported, twice the target", row("process.carry_over", "≤2%", "4%"), { attainment = 0.5, score = 1 })
test.case("public funds: reported", row("process.public_funds", "≤100%", "97%"), { attainment = 1, score = 2 })
test.case("三公 control: reported", row("process.sangong_control", "≤100%", "100%"), { attainment = 1, score = 2 })
test.case("published: procurement of 72.74 per cent, which had been given all points",
    { indicator = "process.procurement", target = "≥100%", actual = "72.74%", claimed = 2 },
    { attainment = 0.7274, score = 1.45 }) -- 2 × 0.7274 = 1.4548
test.case("asset use: reported", row("process.asset_use", "≥90%", "100%"), { attainment = 1, score = 2 })
test.case("a rate that nobody tells", { indicator = "process.asset_use", facts = { assets = "100万元" } },
    { status = "missing", score = 0, finding = "fact-missing" })

-- 得分系数 ----------------------------------------------------------------------------------------------
test.case("a coefficient of 100 per cent",
    { indicator = "process.compliance", target = "好", actual = "好", rating = "100%" }, { attainment = 1, score = 5 })
test.case("a coefficient of 85 per cent",
    { indicator = "process.compliance", target = "好", actual = "较好", rating = "85%" }, { attainment = 0.85, score = 4.25 })
test.case("a coefficient as a number",
    { indicator = "process.预算管理.rules", target = "高", actual = "高", rating = 0.9 }, { attainment = 0.9, score = 2.7 })
test.case("a coefficient over 100 per cent",
    { indicator = "process.compliance", target = "好", actual = "好", rating = "101%" },
    { status = "rejected", finding = "bad-rating" })
test.case("the points that are met, without a coefficient",
    { indicator = "process.compliance", actual = "①②③④" }, { attainment = 0.8, score = 4 }) -- 4 of 5

-- 一个部门 ----------------------------------------------------------------------------------------------
local function department(procurement, casts)
    return { facts = { budget = "1000万元", spent = "760万元" },
        indicators = {
            { level1 = "投入", name = "财政供养人员控制率", target = "≤100%", actual = "92%" },
            { level1 = "投入", name = "“三公经费”变动率", target = "≤100%", actual = "-5%" },
            { level1 = "过程", name = "基础信息完善性", target = "好", actual = "好", rating = "100%" },
            { level1 = "过程", name = "预算完成率", target = "≥70%", actual = "76%" },
            { level1 = "过程", name = "预算调整率", target = "≤3%", actual = "0%" },
            { level1 = "过程", name = "结转结余率", target = "≤2%", actual = "0%" },
            { level1 = "过程", name = "公用经费控制率", target = "≤100%", actual = "97%" },
            { level1 = "过程", name = "“三公经费”控制率", target = "≤100%", actual = "100%" },
            { level1 = "过程", name = "政府采购执行率", target = "≥100%", actual = procurement },
            { level1 = "过程", name = "管理制度健全性", target = "高", actual = "高", rating = "100%" },
            { level1 = "过程", name = "资金使用合规性", target = "好", actual = "好", rating = "100%" },
            { level1 = "过程", name = "预决算信息公开性", target = "高", actual = "高", rating = "100%" },
            { level1 = "过程", name = "资产管理安全性", target = "好", actual = "好", rating = "100%" },
            { level1 = "过程", name = "固定资产利用率", target = "≥90%", actual = "100%" },
            { level1 = "产出", level2 = "数量", name = "播发稿件数量", target = "≥2200篇", actual = casts, weight = 60 },
        } }
end
test.case("published coefficients: 7.6 + 90", department("100%", "2859篇"),
    { score = 97.6, grade = "优", status = "scored", coverage = 1, no_finding = { "weights-sum", "level-sum", "weight-missing" } })
-- 97.6 − 0.55 (2 − 1.45) − 60 × 0.1
test.case("procurement and output as they are", department("72.74%", "1980篇"), { score = 91.05, grade = "优" })
test.case("the department's own indicators carry 60 points",
    { facts = { budget = "1000万元", spent = "760万元" },
      indicators = { { indicator = "output.quantity.casts", target = "≥2200篇", actual = "2200篇", weight = 50 } } },
    { grade = false, finding = "weights-sum" })
