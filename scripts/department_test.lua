-- Worked tests of department, the tables of Hunan. Expected numbers are plain arithmetic from the printed rules: points
-- kept of the table's points.
local test = require "steelyard.test"

-- 投入 -------------------------------------------------------------------------------------------------

-- [F] 5 points, 0.5 for each whole point over 100 %
local function staff(name, actual, quota, kept)
    test.case("staff: " .. name, { indicator = "input.staff_control", facts = { staff = actual, staff_quota = quota } },
        { attainment = kept / 5, score = kept })
end
staff("11 of 12", 11, 12, 5)
staff("50 of 46, as published: 108.70 % is eight whole points", 50, 46, 1)
staff("just the quota", 1000, 1000, 5)
staff("just below a whole point over: 100.9 %", 1009, 1000, 5)
staff("a whole point over: 101 %", 1010, 1000, 4.5) -- 5 − 0.5
staff("just above a whole point: 101.1 %", 1011, 1000, 4.5)
staff("108.7 %: eight whole points", 1087, 1000, 1) -- 5 − 8 × 0.5
staff("109.9 %", 1099, 1000, 0.5) -- 5 − 9 × 0.5
staff("110 %: all is lost", 1100, 1000, 0)
staff("twice the quota: no less than nothing", 2000, 1000, 0)
test.case("staff: no quota", { indicator = "input.staff_control", facts = { staff = 5, staff_quota = 0 } },
    { status = "missing" })

-- [F] of 预算数; 0.5 of 5 for each whole point over 0
local function sangong(name, this, last, kept)
    test.case("三公经费变动率: " .. name,
        { indicator = "input.sangong_change", facts = { sangong_budget = this, sangong_budget_last = last } },
        { attainment = kept / 5, score = kept })
end
sangong("less than last year", "45万元", "48万元", 5)
sangong("as last year", "48万元", "48万元", 5)
sangong("0.9 % more", "100.9万元", "100万元", 5)
sangong("1 % more", "101万元", "100万元", 4.5)
sangong("1.1 % more", "101.1万元", "100万元", 4.5)
sangong("9 % more", "109万元", "100万元", 0.5) -- 5 − 9 × 0.5
sangong("10 % more", "110万元", "100万元", 0)
sangong("98.31 % more, as published", "63.46万元", "32万元", 0)
sangong("none in either year", 0, 0, 5)
test.case("三公经费变动率: last year's budget from last year's facts",
    { indicator = "input.sangong_change", facts = { sangong_budget = "102万元" },
        previous = { facts = { sangong_budget = "100万元" } } },
    { actual = 2, score = 4 }) -- 5 − 2 × 0.5
test.case("三公经费变动率: from nothing",
    { indicator = "input.sangong_change", facts = { sangong_budget = "1万元", sangong_budget_last = 0 } },
    { status = "missing" })
test.case("三公经费变动率: last year is not told",
    { indicator = "input.sangong_change", facts = { sangong_budget = "1万元" } },
    { status = "missing" })

-- [F] ≥90% 5, 80%(含)-90% 4, 70%(含)-80% 3, 60%(含)-70% 2, below 0
local function key_spending(percent, kept)
    test.case("key spending: " .. percent .. " %",
        { indicator = "input.key_spending", facts = { key_projects = percent, project = 100 } },
        { actual = percent, attainment = kept / 5, score = kept })
end
key_spending(100, 5)
key_spending(90.01, 5)
key_spending(90, 5)
key_spending(89.99, 4)
key_spending(80, 4)
key_spending(79.99, 3)
key_spending(70, 3)
key_spending(69.99, 2)
key_spending(60, 2)
key_spending(59.99, 0)
key_spending(0, 0)

-- [F] 2 points each, 0.2 for each whole point over 0; there once a yardstick or a table gives them points
local function changed(row, fact, this, last, kept)
    test.case(row .. ": " .. this .. " after " .. last,
        { indicator = "input." .. row, weight = 2, facts = { [fact] = this, [fact .. "_last"] = last } },
        { attainment = kept / 2, score = kept })
end
changed("reception_change", "reception", 90, 100, 2)
changed("reception_change", "reception", 100, 100, 2)
changed("reception_change", "reception", 100.99, 100, 2)
changed("reception_change", "reception", 101, 100, 1.8) -- 2 − 0.2
changed("reception_change", "reception", 109, 100, 0.2) -- 2 − 9 × 0.2
changed("reception_change", "reception", 110, 100, 0)
changed("vehicles_change", "vehicles", 0, 0, 2)
changed("vehicles_change", "vehicles", 100.99, 100, 2)
changed("vehicles_change", "vehicles", 103.5, 100, 1.4) -- 2 − 3 × 0.2
changed("vehicles_change", "vehicles", 250, 100, 0)

-- 过程：预算执行 ---------------------------------------------------------------------------------------

-- [F] (上年结转 + 年初预算 + 追加 − 年末结余) ÷ the same without 结余; 2 of 5 for each whole 5 points below 100 %
local function completion(name, balance, kept)
    test.case("预算完成率: " .. name, { indicator = "process.budget_completion",
        facts = { carry_in = 100, budget_initial = 800, budget_added = 100, balance = balance } },
        { actual = (1000 - balance) / 1000 * 100, attainment = kept / 5, score = kept })
end
completion("all is spent", 0, 5)
completion("95.01 %", 49.9, 5)
completion("95 %: a whole step", 50, 3) -- 5 − 2
completion("94.99 %", 50.1, 3)
completion("90 %", 100, 1) -- 5 − 2 × 2
completion("85.1 %", 149, 1)
completion("85 %: 5 − 3 × 2 is below nothing", 150, 0)
completion("nothing is spent", 1000, 0)
test.case("预算完成率: 99.27 %, as published", { indicator = "process.budget_completion",
    facts = { carry_in = "19.8万元", budget_initial = "1922.76万元", budget_added = "767.86万元", balance = "19.8万元" } },
    { actual = 2690.62 / 2710.42 * 100, attainment = 1 })
test.case("预算完成率: of 总指标", { indicator = "process.budget_completion",
    facts = { funds_total = "1907.72万元", balance = "1.32万元" } },
    { actual = 1906.40 / 1907.72 * 100, attainment = 1 })
test.case("预算完成率: what was added is not told", { indicator = "process.budget_completion",
    facts = { carry_in = 100, budget_initial = 800, balance = 0 } }, { status = "missing" })

-- [F] =0 5, 0-10%(含) 4, 10-20%(含) 3, 20-30%(含) 2, above 0
local function control(added, kept)
    test.case("预算控制率: " .. added .. " % added",
        { indicator = "process.budget_control", facts = { budget_added = added, budget_initial = 100 } },
        { actual = added, attainment = kept / 5, score = kept })
end
control(-5, 5)
control(0, 5)
control(0.01, 4)
control(10, 4)
control(10.01, 3)
control(20, 3)
control(20.01, 2)
control(30, 2)
control(30.01, 0)
test.case("预算控制率: what was added is 总指标 less the initial budget",
    { indicator = "process.budget_control", facts = { funds_total = "1907.72万元", budget_initial = "700.06万元" } },
    { actual = 1207.66 / 700.06 * 100, attainment = 0 })
test.case("预算控制率: and less what was carried in",
    { indicator = "process.budget_control", facts = { funds_total = 130, budget_initial = 100, carry_in = 15 } },
    { actual = 15, score = 3 })

-- [M] 1 of 8 for each whole point over 100 %; here 6 points
local function public_funds(spent, kept)
    test.case("公用经费控制率: " .. spent .. " of 100",
        { indicator = "process.public_funds", facts = { public_funds = spent, public_funds_budget = 100 } },
        { attainment = kept / 8, score = 6 * kept / 8 })
end
public_funds(90, 8)
public_funds(100.99, 8)
public_funds(101, 7)
public_funds(104, 4)
public_funds(108, 0)
public_funds(150, 0)
test.case("公用经费控制率: nothing planned, nothing spent",
    { indicator = "process.public_funds", facts = { public_funds = 0, public_funds_budget = 0 } }, { attainment = 1 })
test.case("公用经费控制率: spent without a plan",
    { indicator = "process.public_funds", facts = { public_funds = 1, public_funds_budget = 0 } }, { status = "missing" })

-- [F] 1 of 6 for each whole point over 100 %
local function sangong_control(spent, kept)
    test.case("三公经费控制率: " .. spent .. " of 100",
        { indicator = "process.sangong_control", facts = { sangong = spent, sangong_budget = 100 } },
        { attainment = kept / 6, score = kept })
end
sangong_control(70, 6)
sangong_control(100, 6)
sangong_control(100.99, 6)
sangong_control(101, 5)
sangong_control(105.5, 1)
sangong_control(106, 0)

-- [M] 2 of 6 for each whole 5 points off 100 %, to either side; here 4 points
local function procurement(spent, kept)
    test.case("政府采购执行率: " .. spent .. " of 100",
        { indicator = "process.procurement", facts = { procurement = spent, procurement_budget = 100 } },
        { attainment = kept / 6 })
end
procurement(100, 6)
procurement(95.01, 6)
procurement(95, 4)
procurement(104.99, 6)
procurement(105, 4)
procurement(90, 2)
procurement(85, 0)
procurement(189.96, 0)
test.case("政府采购执行率: nothing to procure",
    { indicator = "process.procurement", facts = { procurement = 0, procurement_budget = 0 } },
    { status = "not_applicable", reason = "没有政府采购" })

-- [F] 2 of 5 for each whole 5 points over 100 %; without such a project in full
local function building(row, part, whole, weight)
    local function case(name, facts, kept)
        test.case(row .. ": " .. name, { indicator = row, weight = weight, facts = facts },
            { attainment = kept / 5, score = (weight or 3) * kept / 5 })
    end
    case("as approved", { [part] = 100, [whole] = 100 }, 5)
    case("4.99 % over", { [part] = 104.99, [whole] = 100 }, 5)
    case("5 % over", { [part] = 105, [whole] = 100 }, 3)
    case("10 % over", { [part] = 110, [whole] = 100 }, 1)
    case("15 % over", { [part] = 115, [whole] = 100 }, 0)
    case("no construction in the year", { construction = 0 }, 5)
    test.case(row .. ": construction, but the figures are not told",
        { indicator = row, weight = weight, facts = { construction = 100 } }, { status = "missing" })
end
building("process.buildings", "building_area", "building_area_approved")
building("process.investment", "investment", "investment_approved", 5)

-- [F] 0.5 of 3 for each special fund that was late
test.case("支付进度: all in time", { indicator = "process.payment_schedule", weight = 3, actual = "0个" }, { score = 3 })
test.case("支付进度: one late", { indicator = "process.payment_schedule", weight = 3, actual = "1个" }, { score = 2.5 })
test.case("支付进度: five late", { indicator = "process.payment_schedule", weight = 3, actual = 5 }, { score = 0.5 })
test.case("支付进度: six late", { indicator = "process.payment_schedule", weight = 3, actual = 6 }, { score = 0 })
test.case("支付进度: seven late", { indicator = "process.payment_schedule", weight = 3, actual = 7 }, { score = 0 })

-- [F] none 3, no more than was carried in 2, more 0
local function balance(name, left, carried, kept, reason)
    test.case("资金结余: " .. name,
        { indicator = "process.balance", weight = 3, facts = { balance = left, carry_in = carried } },
        { attainment = kept / 3, score = kept, reason = reason })
end
balance("none", 0, "20万元", 3, "无结余")
balance("less than was carried in", "10万元", "20万元", 2, "不超过上年结转")
balance("as much as was carried in", "20万元", "20万元", 2, "不超过上年结转")
balance("more than was carried in", "20.01万元", "20万元", 0, "超过上年结转")
test.case("资金结余: what was carried in is not told",
    { indicator = "process.balance", weight = 3, facts = { balance = "20万元" } }, { status = "missing" })

-- What is shown as the target of each row, and from where on a target is doubted; the rules above do the grading.
local TARGETS = { ["input.staff_control"] = 100, ["input.sangong_change"] = 0, ["input.key_spending"] = 90,
    ["process.budget_completion"] = 100, ["process.budget_control"] = 0, ["process.public_funds"] = 100,
    ["process.sangong_control"] = 100, ["process.procurement"] = 100, ["process.buildings"] = 100,
    ["input.reception_change"] = 0, ["input.vehicles_change"] = 0, ["process.balance"] = 0,
    ["process.investment"] = 100, ["output.key_tasks"] = 100, ["satisfaction.public"] = 95 }
for indicator, target in pairs(TARGETS) do
    local actual = indicator == "process.balance" and "0元" or "0%"
    test.case("the target of " .. indicator, { indicator = indicator, weight = 2, actual = actual },
        { target = target, no_finding = "attainment-range" })
end
test.case("a fifth more than the target", { indicator = "output.firms", target = "≥10家", actual = "12家" },
    { finding = "target-too-low" })
test.case("less than a fifth more", { indicator = "output.firms", target = "≥100家", actual = "119家" },
    { no_finding = "target-too-low" })
test.case("资金结余: half a 元, and nothing was carried in", { indicator = "process.balance", weight = 3,
    facts = { balance = 0.5, carry_in = 0 } }, { score = 0 })
test.case("资金结余: none, in full and no more", { indicator = "process.balance", weight = 3,
    facts = { balance = 0, carry_in = 0 } }, { score = 3, no_finding = "attainment-range" })

-- Rates that a form prints without the figures behind them hold where none of those is told, and a note says so ----------

local function reported(indicator, told, kept, points, weight)
    test.case(indicator .. " reported: " .. told, { indicator = indicator, actual = told, weight = weight },
        { attainment = kept / points, finding = "script", no_finding = { "fact-missing", "reported-differs" } })
end
reported("input.staff_control", "108.70%", 1, 5) -- 5 − 8 × 0.5
reported("input.staff_control", 92, 5, 5)
reported("input.sangong_change", "3.5%", 3.5, 5) -- 5 − 3 × 0.5
reported("input.key_spending", "80%", 4, 5)
reported("input.reception_change", "-5%", 2, 2, 2)
reported("input.vehicles_change", "4%", 1.2, 2, 2) -- 2 − 4 × 0.2
reported("process.budget_completion", "99.27%", 5, 5)
reported("process.budget_completion", "94%", 3, 5)
reported("process.budget_control", "10%", 4, 5)
reported("process.public_funds", "102%", 6, 8)
reported("process.sangong_control", "103%", 3, 6)
reported("process.procurement", "89%", 2, 6) -- 6 − 2 × 2
reported("process.buildings", "112%", 1, 5) -- 5 − 2 × 2
reported("process.investment", "106%", 3, 5, 5)
reported("process.balance", "0元", 3, 3, 3)
reported("output.key_tasks", "87.5%", 0.875, 1)
test.case("资金结余 reported, and what was carried in is told", { indicator = "process.balance", weight = 3, actual = "10万元",
    facts = { carry_in = "20万元" } }, { score = 2 })
test.case("资金结余 in 万元", { indicator = "process.balance", weight = 3, target = "≤0万元",
    facts = { balance = "30万元", carry_in = "20万元" } }, { score = 0 })
test.case("one of two facts is told: the reported rate does not hold", { indicator = "input.staff_control", actual = "90%",
    facts = { staff = 11 } }, { status = "missing", score = 0, finding = "fact-missing", no_finding = "script" })
test.case("what is computed wins over what is reported", { indicator = "input.staff_control", actual = "90%",
    facts = { staff = 101, staff_quota = 100 } },
    { actual = 101, score = 4.5, finding = "reported-differs", no_finding = "script" })
test.case("a word is no rate", { indicator = "input.staff_control", actual = "达标" }, { status = "missing" })
test.case("two rows that report one rate", { indicators = {
    { indicator = "input.staff_control", actual = "90%" },
    { indicator = "process.staff_control", actual = "120%", target = "≤100%", weight = 5 },
} }, { finding = "fact-missing", no_finding = "script", indicators = { ["input.staff_control"] = { status = "missing" } } })

-- 过程：预算管理 ---------------------------------------------------------------------------------------

for kept, items in ipairs { "①", "①③", "①②③" } do
    test.case("管理制度健全性: " .. items, { indicator = "process.management", actual = items }, { score = kept })
end
test.case("管理制度健全性: none", { indicator = "process.management", actual = 0 }, { score = 0 })

for found, kept in pairs { [0] = 3, 2, 1, 0, 0 } do
    test.case("资金使用合规性: " .. found .. " violations", { indicator = "process.compliance", actual = found .. "处" },
        { score = kept })
end

test.case("预决算信息公开性: all five", { indicator = "process.disclosure", actual = "①②③④⑤" }, { score = 5 })
test.case("预决算信息公开性: four of five", { indicator = "process.disclosure", actual = "①②④⑤" }, { score = 4 })
test.case("预决算信息公开性: by count", { indicator = "process.disclosure", actual = 2 }, { score = 2 })

-- 产出、效果 -------------------------------------------------------------------------------------------

test.case("重点工作: 7 of 8",
    { indicator = "output.key_tasks", facts = { key_tasks = 8, key_tasks_done = 7 } },
    { actual = 87.5, attainment = 0.875, score = 21 }) -- alone in output, so of 24
test.case("重点工作: all",
    { indicator = "output.key_tasks", facts = { key_tasks = 8, key_tasks_done = 8 } }, { attainment = 1 })
test.case("重点工作: none were given", { indicator = "output.key_tasks", facts = { key_tasks = 0, key_tasks_done = 0 } },
    { status = "missing" })

for words, attainment in pairs { ["达成预期指标"] = 1, ["部分达成预期指标并具有一定效果"] = 0.7, ["未达成预期指标且效果较差"] = 0.3 } do
    test.case("judged: " .. words, { indicator = "benefit.social.jobs", target = "改善", actual = words },
        { attainment = attainment })
end
for word, attainment in pairs { ["效果较好"] = 1, ["效果一般"] = 0.5, ["效果不明显"] = 0 } do
    test.case("行政效能: " .. word, { indicator = "benefit.efficiency", actual = word }, { attainment = attainment })
end
test.case("行政效能: another word is no judgement", { indicator = "benefit.efficiency", actual = "尚可" },
    { status = "unrated" })

-- [M] ≥95% 6, 85%(含)-95% 4, 75%(含)-85% 2, below 0
for _, edge in ipairs { { 100, 6 }, { 95, 6 }, { 94.99, 4 }, { 85, 4 }, { 84.99, 2 }, { 75, 2 }, { 74.99, 0 }, { 0, 0 } } do
    test.case("satisfaction: " .. edge[1] .. " %", { indicator = "satisfaction.public", actual = edge[1] .. "%" },
        { attainment = edge[2] / 6, score = edge[2] })
end

-- Whole funds ------------------------------------------------------------------------------------------

-- 70.50 points are worked out in the golden case type_department_hunan; here the default table:
-- input 5 + 5 + 4, process 5 + 4 + 6 + 6 + 4 + 3 + 3 + 2 + 5, output 24 × 0.9, benefit 15, satisfaction 4.
local FACTS = {
    staff = 11, staff_quota = 12, sangong_budget = 48, sangong_budget_last = 48, key_projects = 85, project = 100,
    carry_in = 0, budget_initial = 100, budget_added = 10, balance = 0, public_funds = 40, public_funds_budget = 40,
    sangong = 30, procurement = 20, procurement_budget = 20, construction = 0,
}
local ROWS = {
    { indicator = "process.management", actual = "①②③" },
    { indicator = "process.compliance", actual = "1处" },
    { indicator = "process.disclosure", actual = "①②③④⑤" },
    { indicator = "output.quantity.firms", target = "≥100家", actual = "90家" },
    { indicator = "benefit.social.jobs", target = "≥50人", actual = "60人" },
    { indicator = "satisfaction.public", actual = "90%" },
}
local function with(more)
    local facts = {}
    for name, value in pairs(FACTS) do facts[name] = value end
    for name, value in pairs(more) do facts[name] = value end
    return facts
end
test.case("a department in a year", { facts = FACTS, indicators = ROWS },
    { score = 92.6, grade = "优", coverage = 1, status = "scored", no_finding = "script" })
test.case("misuse caps the grade", { facts = with { misuse = true }, indicators = ROWS },
    { score = 92.6, grade = "差", cap = "差", reason = "截留" })
test.case("no misuse", { facts = with { misuse = false }, indicators = ROWS }, { grade = "优" })

-- Doubts about the accounts ----------------------------------------------------------------------------

local function doubt(name, facts, code)
    test.case("doubt: " .. name, { facts = facts }, { finding = code })
end
local function no_doubt(name, facts, code)
    test.case("no doubt: " .. name, { facts = facts }, { no_finding = code })
end
-- The text tells 万元 with two decimals: half a unit of the last is 50元.
doubt("the text and the accounts differ by 51元", { income = 1000051, income_text = "100万元" }, "text-differs")
no_doubt("they differ by 50元", { income = 1000050, income_text = "100万元" }, "text-differs")
doubt("2.38元 for 2.380223万元", { income_other = 23802.23, income_other_reason = 2.38 }, "unit-slip")
doubt("the initial budget and the accounts' budget", { budget_initial = "700.06万元", budget_income = "701万元" },
    "text-differs")
-- 19,040,215.35 + 23,802.23 = 19,064,017.58
doubt("a component that the total leaves out",
    { income = 19040215.35, income_fiscal = 19040215.35, income_other = 23802.23 }, "sum-mismatch")
no_doubt("components that add up",
    { income = 19064017.58, income_fiscal = 19040215.35, income_other = 23802.23 }, "sum-mismatch")
doubt("9 + 3 is not 11", { staff_quota = 11, staff_quota_admin = 9, staff_quota_institution = 3 }, "sum-mismatch")
no_doubt("9 + 3 is 12", { staff_quota = 12, staff_quota_admin = 9, staff_quota_institution = 3 }, "sum-mismatch")
doubt("三公经费 above public funds", { sangong = "5万元", public_funds = "4万元" }, "parts-over-whole")
doubt("basic spending above all spending", { basic = "5万元", expenditure = "4万元" }, "parts-over-whole")
doubt("more was spent than came in", { income = 100, expenditure = 101 }, "overspent")
no_doubt("as much was spent as came in", { income = 100, expenditure = 100 }, "overspent")
-- 100 + 60 − 90 leaves 70
doubt("another balance than the accounts leave",
    { income = 160, income_fiscal = 100, income_other = 60, expenditure = 90, balance = 200 }, "sum-mismatch")
no_doubt("the balance that the accounts leave",
    { income = 160, income_fiscal = 100, income_other = 60, expenditure = 90, balance = 70 }, "sum-mismatch")
-- 600万 over the budget; the reasons come to 500 + 20 − 10 = 510万
doubt("reasons that leave 90万元 unexplained", { income = "1600万元", budget_income = "1000万元",
    transfers_reason = "500万元", income_other = "20万元", personnel_reason = "10万元" }, "sum-mismatch")
no_doubt("reasons that explain all", { income = "1600万元", budget_income = "1000万元",
    transfers_reason = "590万元", income_other = "20万元", personnel_reason = "10万元" }, "sum-mismatch")
doubt("reasons for spending that do not add up", { expenditure = "1600万元", budget_expenditure = "1000万元",
    operating_reason = "500万元", personnel_reason = "10万元" }, "sum-mismatch")
no_doubt("reasons for spending that add up", { expenditure = "1600万元", budget_expenditure = "1000万元",
    operating_reason = "610万元", personnel_reason = "10万元" }, "sum-mismatch")
doubt("14 before 3 left, with a quota of 12", { staff = 11, staff_quota = 12, staff_reduced = 3 }, "script")
no_doubt("12 before 1 left, with a quota of 12", { staff = 11, staff_quota = 12, staff_reduced = 1 }, "script")
doubt("增减 is no direction", { sangong_change_text = "比上年增减0.12%" }, "script")
no_doubt("减少 is one", { sangong_change_text = "比上年减少0.12%" }, "script")
doubt("49 of 100 of the projects have a section", { evaluated_projects = 49, project = 100 }, "script")
no_doubt("50 of 100 have one", { evaluated_projects = 50, project = 100 }, "script")
-- (19,040,215.35 − 7,000,581.64) ÷ 7,000,581.64 = 171.98 %
no_doubt("the rate that the amounts give",
    { income = 19040215.35, budget_income = 7000581.64, income_change_rate = "171.98%" }, "text-differs")
doubt("another rate than the amounts give",
    { income = 19040215.35, budget_income = 7000581.64, income_change_rate = "172.98%" }, "text-differs")
-- Sums of the accounts hold to the cent.
local SUMS = {
    { "income", "income_fiscal", "income_other" }, { "income", "budget_income", "income_change" },
    { "expenditure", "budget_expenditure", "expenditure_change" },
    { "expenditure", "exp_general", "exp_education", "exp_science", "exp_resources" },
    { "budget_expenditure", "budget_general", "budget_science" },
    { "exp_general", "budget_general", "exp_general_change" }, { "exp_science", "budget_science", "exp_science_change" },
}
for _, sum in ipairs(SUMS) do
    local facts, total = {}, 0
    for k = 2, #sum do facts[sum[k]], total = 1000 * k, total + 1000 * k end
    local name = sum[1] .. " of " .. table.concat(sum, ", ", 2)
    facts[sum[1]] = total + 0.01
    no_doubt(name .. " within a cent", facts, "sum-mismatch")
    local off = {}
    for fact, value in pairs(facts) do off[fact] = value end
    off[sum[1]] = total + 0.02
    doubt(name .. " two cents off", off, "sum-mismatch")
end
-- Amounts rounded to 万元 with two decimals: three of them are 150元 off at most, two 100元.
local function income_reason(off)
    return { income = 6000000 + off, budget_income = 1000000, transfers_reason = 5100000, personnel_reason = 100000 }
end
no_doubt("reasons for income 150元 off", income_reason(150), "sum-mismatch")
doubt("reasons for income 151元 off", income_reason(151), "sum-mismatch")
local function spending_reason(off)
    return { expenditure = 6000000 + off, budget_expenditure = 1000000, operating_reason = 5100000, personnel_reason = 100000 }
end
no_doubt("reasons for spending 100元 off", spending_reason(100), "sum-mismatch")
doubt("reasons for spending 101元 off", spending_reason(101), "sum-mismatch")
no_doubt("a balance 50元 off", { income = 160, income_fiscal = 100, income_other = 60, expenditure = 90, balance = 120 },
    "sum-mismatch")
doubt("49.9 of 100 of the projects have a section", { evaluated_projects = 49.9, project = 100 }, "script")

-- A whole and its part, 其中: in 元, whatever the unit.
local function parts(name, whole, whole_target, part, part_target, expected)
    test.case("parts: " .. name, { indicators = {
        { indicator = "output.investment", name = "投资", target = whole_target, actual = whole },
        { indicator = "output.investment__major", name = "重大项目投资", target = part_target, actual = part },
    } }, expected)
end
local FINE = { no_finding = { "parts-over-whole", "script" } }
parts("1亿元 of 10000万元", "10000万元", "≥10000万元", "1亿元", "≥1亿元", FINE)
parts("10000万元 of 1亿元", "1亿元", "≥1亿元", "10000万元", "≥10000万元", FINE)
parts("the rest is met", "10亿元", "≥10亿元", "6亿元", "≥6亿元", FINE)
parts("a whole just met hides a rest of 3 for 4", "10亿元", "≥10亿元", "7亿元", "≥6亿元", { finding = "script" })
parts("a whole not met hides nothing", "9亿元", "≥10亿元", "7亿元", "≥6亿元", FINE)
