-- Worked tests of department_common. Expected numbers are plain arithmetic from the facts, which stand beside them.
local test = require "steelyard.test"

-- 投入：预算配置 ---------------------------------------------------------------------------------------

test.case("11 of 12 posts are filled",
    { indicator = "input.staff_control", facts = { staff = 11, staff_quota = 12 } },
    { actual = 11 / 12 * 100, attainment = 1 })
test.case("as many as the quota",
    { indicator = "input.staff_control", facts = { staff = 12, staff_quota = 12 } },
    { actual = 100, attainment = 1 })
test.case("15 on 12 posts: in proportion, 12 ÷ 15",
    { indicator = "input.staff_control", facts = { staff = 15, staff_quota = 12 } },
    { attainment = 0.8, score = 2.4 }) -- 3 × 0.8
test.case("no quota, no rate",
    { indicator = "input.staff_control", facts = { staff = 15, staff_quota = 0 } },
    { status = "missing" })
test.case("staff is not told",
    { indicator = "input.staff_control", facts = { staff_quota = 12 } },
    { status = "missing" })

test.case("三公经费 fell: (45 − 48) ÷ 48 = −6.25 %",
    { indicator = "input.sangong_change", facts = { sangong = "45万元", sangong_last = "48万元" } },
    { actual = -6.25, attainment = 1 })
test.case("三公经费 as last year",
    { indicator = "input.sangong_change", facts = { sangong = "48万元", sangong_last = "48万元" } },
    { actual = 0, attainment = 1 })
test.case("三公经费 rose by 2.5 %: a tenth for each point",
    { indicator = "input.sangong_change", facts = { sangong = "49.2万元", sangong_last = "48万元" } },
    { actual = 2.5, attainment = 0.75, score = 3, reason = "超出 2.5 个百分点" }) -- 4 × (1 − 0.1 × 2.5)
test.case("三公经费 rose by half a point",
    { indicator = "input.sangong_change", facts = { sangong = "100.5万元", sangong_last = "100万元" } },
    { actual = 0.5, attainment = 0.95 })
test.case("三公经费 rose by 10 %: nothing is left",
    { indicator = "input.sangong_change", facts = { sangong = "110万元", sangong_last = "100万元" } },
    { attainment = 0 })
test.case("三公经费 doubled: no less than nothing",
    { indicator = "input.sangong_change", facts = { sangong = "2万元", sangong_last = "1万元" } },
    { actual = 100, attainment = 0 })
test.case("last year's 三公经费 from last year's facts",
    { indicator = "input.sangong_change", facts = { sangong = "102万元" },
        previous = { facts = { sangong = "100万元" } } },
    { actual = 2, attainment = 0.8 })
test.case("no 三公经费 in either year",
    { indicator = "input.sangong_change", facts = { sangong = 0, sangong_last = 0 } },
    { actual = 0, attainment = 1 })
test.case("三公经费 from nothing has no rate of change",
    { indicator = "input.sangong_change", facts = { sangong = "1万元", sangong_last = 0 } },
    { status = "missing" })
test.case("三公经费 of the year before is not told",
    { indicator = "input.sangong_change", facts = { sangong = "1万元" } },
    { status = "missing" })

test.case("95 of 100 for key projects",
    { indicator = "input.key_spending", facts = { key_projects = "95万元", project = "100万元" } },
    { actual = 95, attainment = 1 })
test.case("45 of 100 for key projects: half of 90 %",
    { indicator = "input.key_spending", facts = { key_projects = "45万元", project = "100万元" } },
    { attainment = 0.5, score = 2 }) -- 4 × 0.5

-- 过程：预算执行 ---------------------------------------------------------------------------------------

test.case("950 of 1000 spent",
    { indicator = "process.budget_completion", facts = { expenditure = "950万元", budget_expenditure = "1000万元" } },
    { actual = 95, attainment = 0.95, score = 4.75 }) -- 5 × 0.95
test.case("more than the budget: full, and the target is doubted from 120 %",
    { indicator = "process.budget_completion", facts = { expenditure = "120万元", budget_expenditure = "100万元" } },
    { actual = 120, attainment = 1, finding = "target-too-low" })

test.case("nothing was adjusted",
    { indicator = "process.budget_adjustment", facts = { budget_adjusted = 0, budget_initial = "900万元" } },
    { actual = 0, attainment = 1 })
test.case("45 of 900 adjusted: 5 points over",
    { indicator = "process.budget_adjustment", facts = { budget_adjusted = "45万元", budget_initial = "900万元" } },
    { actual = 5, attainment = 0.5, score = 1.5 })

test.case("paid half by mid-year, as planned",
    { indicator = "process.payment_progress", facts = { payment_progress = "50%", payment_progress_planned = "50%" } },
    { actual = 100, attainment = 1 })
test.case("paid 45 % where 50 % were planned",
    { indicator = "process.payment_progress", facts = { payment_progress = "45%", payment_progress_planned = "50%" } },
    { actual = 90, attainment = 0.9 })

test.case("9 % carried over",
    { indicator = "process.carry_over", facts = { carry_over = "90万元", budget_expenditure = "1000万元" } },
    { actual = 9, attainment = 1 })
test.case("12 % carried over: 9 ÷ 12",
    { indicator = "process.carry_over", facts = { carry_over = "120万元", budget_expenditure = "1000万元" } },
    { actual = 12, attainment = 0.75, score = 3 })

-- In place of carry_over, where a yardstick gives it points.
test.case("what is carried over fell by 40 %",
    { indicator = "process.carry_over_change", weight = 4, facts = { carry_over = "75万元", carry_over_last = "125万元" } },
    { actual = -40, attainment = 1 })
test.case("what is carried over fell by 30 %",
    { indicator = "process.carry_over_change", weight = 4, facts = { carry_over = "70万元", carry_over_last = "100万元" } },
    { actual = -30, attainment = 1 })
test.case("what is carried over fell by 26 %: 4 points over the target",
    { indicator = "process.carry_over_change", weight = 4, facts = { carry_over = "74万元" },
        previous = { facts = { carry_over = "100万元" } } },
    { actual = -26, attainment = 0.6, score = 2.4 })

test.case("public funds within the budget",
    { indicator = "process.public_funds", facts = { public_funds = "48万元", public_funds_budget = "50万元" } },
    { actual = 96, attainment = 1 })
test.case("public funds a quarter over",
    { indicator = "process.public_funds", facts = { public_funds = "62.5万元", public_funds_budget = "50万元" } },
    { actual = 125, attainment = 0.8, score = 3.2 }) -- 100 ÷ 125
test.case("no public funds planned, none spent",
    { indicator = "process.public_funds", facts = { public_funds = 0, public_funds_budget = 0 } },
    { actual = 0, attainment = 1 })
test.case("public funds without a budget have no rate",
    { indicator = "process.public_funds", facts = { public_funds = "1万元", public_funds_budget = 0 } },
    { status = "missing" })

test.case("三公经费 within the budget",
    { indicator = "process.sangong_control", facts = { sangong = "50万元", sangong_budget = "60万元" } },
    { actual = 50 / 60 * 100, attainment = 1 })
test.case("三公经费 twice the budget",
    { indicator = "process.sangong_control", facts = { sangong = "50万元", sangong_budget = "25万元" } },
    { actual = 200, attainment = 0.5 })

test.case("80 of 100 procured",
    { indicator = "process.procurement", facts = { procurement = "80万元", procurement_budget = "100万元" } },
    { actual = 80, attainment = 0.8, score = 3.2 })
test.case("nothing to procure",
    { indicator = "process.procurement", facts = { procurement = 0, procurement_budget = 0 } },
    { status = "not_applicable", reason = "没有政府采购" })
test.case("procured without a budget",
    { indicator = "process.procurement", facts = { procurement = "1万元", procurement_budget = 0 } },
    { status = "missing" })

-- 过程：资产管理 ---------------------------------------------------------------------------------------

test.case("190 of 200 in use",
    { indicator = "process.asset_use", facts = { assets_in_use = "190万元", assets = "200万元" } },
    { actual = 95, attainment = 0.95 })

-- 产出：职责履行 ---------------------------------------------------------------------------------------

test.case("38 of 40 done",
    { indicator = "output.tasks_done", facts = { tasks_done = 38, tasks_planned = 40 } },
    { actual = 95, attainment = 0.95, score = 7.6 }) -- 8 × 0.95
test.case("36 of 40 in time",
    { indicator = "output.tasks_timely", facts = { tasks_timely = 36, tasks_planned = 40 } },
    { actual = 90, attainment = 0.9, score = 5.4 })
test.case("30 of 40 as good as they should be",
    { indicator = "output.tasks_met", facts = { tasks_met = 30, tasks_planned = 40 } },
    { actual = 75, attainment = 0.75, score = 4.5 })
test.case("all five key tasks",
    { indicator = "output.key_tasks", facts = { key_tasks_done = 5, key_tasks = 5 } },
    { actual = 100, attainment = 1, score = 5 })
test.case("no key tasks",
    { indicator = "output.key_tasks", facts = { key_tasks_done = 0, key_tasks = 0 } },
    { status = "missing" })

-- Judgements: one item missed, by marks, by numbers and by count -----------------------------------------

test.case("goals: two of three", { indicator = "input.goals_reasonable", actual = "①③" },
    { attainment = 2 / 3, score = 1.33 })
test.case("goals: all three", { indicator = "input.goals_reasonable", actual = "①②③" }, { attainment = 1 })
test.case("clear indicators: three of four", { indicator = "input.goals_clear", actual = "1,2,4" },
    { attainment = 0.75, score = 1.5 })
test.case("budget rules: one of three", { indicator = "process.预算管理.rules", actual = 1 },
    { attainment = 1 / 3, score = 1 })
test.case("compliance: four of five", { indicator = "process.compliance", actual = "①②③⑤" },
    { attainment = 0.8, score = 4 })
test.case("disclosure: one of two", { indicator = "process.disclosure", actual = "①" }, { attainment = 0.5, score = 1.5 })
for _, item in ipairs { "①", "②", "③" } do
    test.case("information: " .. item, { indicator = "process.information", actual = item }, { attainment = 1 / 3 })
end
test.case("information: none", { indicator = "process.information", actual = 0 }, { attainment = 0, score = 0 })
test.case("asset rules: all three", { indicator = "process.资产管理.rules", actual = 3 }, { attainment = 1, score = 1 })
test.case("assets safe: two of five", { indicator = "process.asset_safety", actual = "②④" },
    { attainment = 0.4, score = 0.4 })
test.case("judgements as the table writes them: the two rules of one name", {
    indicators = {
        { level1 = "过程", level2 = "预算管理", name = "管理制度健全性", actual = "①②" },
        { level1 = "过程", level2 = "资产管理", name = "管理制度健全性", actual = "①②③" },
    },
}, {
    indicators = {
        ["process.预算管理.rules"] = { attainment = 2 / 3 },
        ["process.资产管理.rules"] = { attainment = 1 },
    },
})

-- Rates that a form prints without the figures behind them ---------------------------------------------

local function reported(indicator, told, attainment, weight)
    test.case(indicator .. " reported: " .. told, { indicator = indicator, actual = told, weight = weight },
        { attainment = attainment, finding = "script", no_finding = { "fact-missing", "reported-differs" } })
end
reported("input.staff_control", "125%", 100 / 125)
reported("input.sangong_change", "4%", 0.6) -- 1 − 0.1 × 4
reported("input.key_spending", "72%", 72 / 90)
reported("process.budget_completion", "76%", 0.76)
reported("process.budget_adjustment", "2%", 0.8)
reported("process.payment_progress", "98%", 0.98)
reported("process.carry_over", "12%", 0.75) -- 9 ÷ 12
reported("process.carry_over_change", "-25%", 0.5, 4) -- 5 points over −30 %
reported("process.public_funds", "110%", 100 / 110)
reported("process.sangong_control", "105%", 100 / 105)
reported("process.procurement", "72.74%", 0.7274)
reported("process.asset_use", "95%", 0.95)
reported("output.tasks_done", "95%", 0.95)
reported("output.tasks_timely", "90%", 0.9)
reported("output.tasks_met", "85%", 0.85)
reported("output.key_tasks", 80, 0.8)
test.case("the budget of 三公经费 is no fact of its change by 总额", { indicator = "input.sangong_change", actual = "4%",
    facts = { sangong_budget = "10万元" } }, { actual = 4, attainment = 0.6, no_finding = "fact-missing" })
test.case("one of two facts is told: the reported rate does not hold", { indicator = "process.asset_use", actual = "95%",
    facts = { assets = "100万元" } }, { status = "missing", score = 0, finding = "fact-missing", no_finding = "script" })

-- Benefits are the department's own ------------------------------------------------------------------

test.case("satisfaction 85 % of 90 %",
    { level1 = "效果", level2 = "履职效益", name = "社会公众或服务对象满意度", actual = "85%" },
    { attainment = 85 / 90, score = 4.72 })
test.case("two benefits share what satisfaction leaves", {
    indicators = {
        { level1 = "效果", level2 = "履职效益", name = "户数", target = "≥100户", actual = "80户" },
        { level1 = "效果", level2 = "履职效益", name = "增收", target = "≥10万元", actual = "12万元" },
    },
}, {
    indicators = {
        ["benefit.履职效益.户数"] = { attainment = 0.8, score = 4 }, -- (15 − 5) ÷ 2 × 0.8
        ["benefit.履职效益.增收"] = { attainment = 1, score = 5 },
    },
})

for words, attainment in pairs { ["达成预期指标"] = 1, ["部分达成预期指标并具有一定效果"] = 0.7, ["未达成预期指标且效果较差"] = 0.3 } do
    test.case("judged: " .. words, { indicator = "benefit.social.jobs", target = "改善", actual = words },
        { attainment = attainment })
end
test.case("less than a fifth more than the target", { indicator = "benefit.firms", target = "≥100家", actual = "119家" },
    { no_finding = "target-too-low" })

-- Doubts -----------------------------------------------------------------------------------------------

test.case("a part is greater than its whole", {
    indicators = {
        { indicator = "benefit.investment", name = "投资", target = "≥10亿元", actual = "11亿元" },
        { indicator = "benefit.investment__major", name = "重大项目投资", target = "≥8亿元", actual = "12亿元" },
    },
}, { finding = "parts-over-whole" })
test.case("a share of more than all",
    { indicator = "benefit.plan", target = "≥10亿元", actual = "12亿元", note = "占比年度计划120%" },
    { finding = "script" })

-- A whole department: 100 points, of which 4 do not apply ------------------------------------------------

test.case("a department in a year", {
    facts = {
        staff = 11, staff_quota = 12, sangong = "50万元", sangong_last = "48万元", sangong_budget = "60万元",
        key_projects = "80万元", project = "100万元", expenditure = "950万元", budget_expenditure = "1000万元",
        budget_initial = "900万元", budget_adjusted = "45万元", payment_progress = "45%", payment_progress_planned = "50%",
        carry_over = "100万元", public_funds = "55万元", public_funds_budget = "50万元", procurement = 0,
        procurement_budget = 0, assets = "200万元", assets_in_use = "190万元", tasks_planned = 40, tasks_done = 38,
        tasks_timely = 36, tasks_met = 40, key_tasks = 5, key_tasks_done = 5,
    },
    indicators = {
        { indicator = "input.goals_reasonable", actual = "①②" },
        { indicator = "input.goals_clear", actual = "①②③④" },
        { indicator = "process.预算管理.rules", actual = "①②③" },
        { indicator = "process.compliance", actual = "①②③④" },
        { indicator = "process.disclosure", actual = 2 },
        { indicator = "process.information", actual = 3 },
        { indicator = "process.资产管理.rules", actual = "①" },
        { indicator = "process.asset_safety", actual = "①②③④⑤" },
        { indicator = "benefit.firms", target = "≥100家", actual = "90家" },
        { indicator = "benefit.public_satisfaction", actual = "85%" },
    },
}, {
    -- input 1.33 + 2 + 3 + 2.33 + 3.56 = 12.22; output 7.6 + 5.4 + 6 + 5 = 24; benefit 9 + 4.72 = 13.72; process
    -- 4.75 + 1.5 + 3.6 + 3.6 + 3.64 + 5 + 3 + 4 + 3 + 2 + 0.33 + 1 + 0.95 = 36.37: 86.31 × 100 ÷ 96
    score = 89.91, grade = "良", coverage = 1, status = "scored", bounds = { 89.91, 89.91 },
})
