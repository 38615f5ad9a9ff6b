-- Worked tests of special_fund: what the special funds share, and the doubts of lib/checks.lua.
local test = require "steelyard.test"

-- 资金下达及时性：6 月底前；逾期每满一个月或不足一个月扣一成 -------------------------------------------
local function allotted(day)
    return { indicator = "output.timeliness.allotted", weight = 5, facts = { allotted_on = day } }
end
test.case("allotted on the last day", allotted("2020-06-30"),
    { actual = "2020-06-30", target = "2020-06-30", attainment = 1, score = 5, no_finding = "script" })
test.case("allotted a day before", allotted("2020-06-29"), { attainment = 1, score = 5 })
test.case("allotted a day late", allotted("2020-07-01"), { attainment = 0.9, score = 4.5 })
test.case("allotted a month late", allotted("2020-07-30"), { attainment = 0.9, score = 4.5 })
test.case("allotted at the end of the next month", allotted("2020-07-31"), { attainment = 0.9, score = 4.5 })
test.case("allotted a day after that", allotted("2020-08-01"), { attainment = 0.8, score = 4 })
test.case("allotted on the last day of September",
    allotted("2020-09-30"), { attainment = 0.7, score = 3.5, no_finding = "script" }) -- three months
test.case("allotted in October is a doubt", allotted("2020-10-01"), { attainment = 0.6, score = 3, finding = "script" })
test.case("allotted on 24 December", allotted("2020-12-24"), { attainment = 0.4, score = 2, finding = "script" })
test.case("allotted a year late", allotted("2021-06-30"), { attainment = 0, score = 0 }) -- twelve months
test.case("no date of allotment", { indicator = "output.timeliness.allotted", weight = 5 },
    { status = "missing", score = 0, finding = "fact-missing" })

-- 资金拨付天数：≤30 天，线性 2 − a ÷ t（PMKPI selfreverseindex） ----------------------------------------
local function paid(day)
    return { indicator = "output.timeliness.paid", weight = 5, facts = { allotted_on = "2020-05-01", paid_on = day } }
end
test.case("paid the same day", paid("2020-05-01"), { actual = 0, attainment = 1, score = 5, no_finding = "script" })
test.case("paid on day 29", paid("2020-05-30"), { actual = 29, attainment = 1, score = 5 })
test.case("paid on day 30", paid("2020-05-31"), { actual = 30, attainment = 1, score = 5 })
test.case("paid on day 31", paid("2020-06-01"), { actual = 31, attainment = 2 - 31 / 30, score = 4.83 }) -- 5 × 29 ÷ 30
test.case("paid on day 45", paid("2020-06-15"), { actual = 45, attainment = 0.5, score = 2.5 }) -- 2 − 45 ÷ 30
test.case("paid on day 59", paid("2020-06-29"), { actual = 59, attainment = 2 - 59 / 30, score = 0.17 }) -- 5 × 1 ÷ 30
test.case("paid on day 60", paid("2020-06-30"), { actual = 60, attainment = 0, score = 0 })
test.case("paid on day 61", paid("2020-07-01"), { actual = 61, attainment = 0, score = 0 })
test.case("paid before it was allotted", paid("2020-04-21"), { actual = -10, attainment = 1, finding = "script" })
test.case("not paid", { indicator = "output.timeliness.paid", weight = 5, facts = { allotted_on = "2020-05-01" } },
    { status = "missing", score = 0, finding = "fact-missing" })

-- 支出占下达指标比率：≤100% -----------------------------------------------------------------------------
local function spending(amount)
    return { indicator = "output.cost.spending_control", weight = 4, facts = { allotted = "20万元", spent = amount } }
end
test.case("spent what was allotted", spending("20万元"), { actual = 100, attainment = 1, score = 4, no_finding = "overspent" })
test.case("spent less than allotted", spending("19.99万元"), { actual = 99.95, attainment = 1, score = 4 })
test.case("spent more than allotted", spending("25万元"), { actual = 125, attainment = 0.8, score = 3.2, finding = "overspent" })
test.case("over by half a last digit is no doubt", spending(200050), { actual = 100.025, no_finding = "overspent" })
test.case("over by more than that is one", spending(200051), { actual = 100.0255, finding = "overspent" })
test.case("nothing allotted", { indicator = "output.cost.spending_control", weight = 4,
      facts = { allotted = 0, spent = "1万元" } }, { status = "missing", score = 0 })

-- 满意度：≥90% 满分，80%(含)-90% 八成，60%(含)-80% 一半，<60% 不得分 ------------------------------------
for _, edge in ipairs { { "60%", 0.5, "59.99%", 0 }, { "80%", 0.8, "79.99%", 0.5 }, { "90%", 1, "89.99%", 0.8 } } do
    local at, earns, below, less = table.unpack(edge)
    local function satisfied(share)
        return { indicator = "satisfaction.firms", target = "≥90%", actual = share, weight = 10 }
    end
    test.case("satisfaction at " .. at, satisfied(at), { attainment = earns, score = 10 * earns })
    test.case("satisfaction just below " .. at, satisfied(below), { attainment = less, score = 10 * less })
end
test.case("satisfaction well above", { indicator = "satisfaction.firms", target = "≥90%", actual = "99%", weight = 10 },
    { attainment = 1, score = 10 })

-- 截留、挪用：等级最高为差 ------------------------------------------------------------------------------
local function fund(facts)
    facts.budget = facts.budget or "20万元"
    facts.spent = facts.spent or "20万元"
    return { facts = facts, indicators = {
        { indicator = "output.quantity.events", target = "≥10场", actual = "10场", weight = 50 },
        { indicator = "benefit.social.level", target = "≥10%", actual = "10%", weight = 30 },
        { indicator = "satisfaction.firms", target = "≥90%", actual = "95%", weight = 10 } } }
end
test.case("misuse caps the grade", fund { misuse = true }, { score = 100, grade = "差", cap = "差", reason = "挪用", points = 0 })
test.case("no misuse", fund { misuse = false }, { score = 100, grade = "优" })
test.case("nothing told of misuse", fund {},
    { score = 100, grade = "优", no_finding = { "script", "overspent", "text-differs", "unit-slip" } })

-- 数额：标题与下达、全部使用 ----------------------------------------------------------------------------
test.case("title and allotment differ", fund { title_amount = "21.16万元", allotted = "20万元" }, { finding = "text-differs" })
test.case("title and allotment agree within half a last digit",
    fund { title_amount = 200050, allotted = "20万元" }, { no_finding = "text-differs" })
test.case("title and allotment just do not agree",
    fund { title_amount = 200051, allotted = "20万元" }, { finding = "text-differs" })
test.case("title in 元 for 万元",
    fund { title_amount = "20元", allotted = "20万元" }, { finding = "unit-slip", no_finding = "text-differs" })
test.case("amounts of 亿 and of 元 are written as people do",
    fund { title_amount = "1.5亿元", allotted = "900元", spent = "900元", budget = "900元" }, { finding = "text-differs" })
test.case("said to be used in full", fund { allotted = "20万元", spent = "18万元", used_in_full = true },
    { finding = "text-differs" })
test.case("used in full", fund { allotted = "20万元", used_in_full = true }, { no_finding = "text-differs" })
test.case("not said to be used in full", fund { allotted = "20万元", spent = "18万元", used_in_full = false },
    { no_finding = "text-differs" })

-- 预算 --------------------------------------------------------------------------------------------------
test.case("over the budget", fund { budget = "20万元", spent = "20.5万元" }, { finding = "overspent", score = 100 })
test.case("no budget, and spending", fund { budget = 0, spent = "1万元" }, { finding = { "zero-budget", "overspent" } })
test.case("no budget, no spending told",
    { facts = { budget = 0 } }, { finding = "zero-budget", no_finding = "overspent" })

-- 其中：总体与部分 --------------------------------------------------------------------------------------
local function parts(rows)
    local indicators = {}
    for k, row in ipairs(rows) do
        local name, target, actual = table.unpack(row, 1, 3)
        indicators[k] = { indicator = "output.quantity." .. name, target = target, actual = actual, weight = 0 }
    end
    return { indicators = indicators }
end
test.case("a part larger than its whole",
    parts { { "investment", "≥10亿元", "13亿元" }, { "investment__engines", "≥9亿元", "14.1亿元" } },
    { finding = "parts-over-whole" })
test.case("parts as large as their whole",
    parts { { "investment", "≥10亿元", "13亿元" }, { "investment__engines", "≥9亿元", "9亿元" },
        { "investment__other", "≥1亿元", "4亿元" } }, { no_finding = { "parts-over-whole", "script" } })
test.case("two parts that are larger together",
    parts { { "firms", "≥10家", "13家" }, { "firms__new", "≥9家", "9家" }, { "firms__old", "≥1家", "5家" } },
    { finding = "parts-over-whole" })
-- 18.2 of 15.2 as a whole, but 1.3 of the 3.2 planned without the engines
test.case("a whole that is met, and hides what is not",
    parts { { "investment", "≥15.2亿元", "18.2亿元" }, { "investment__engines", "≥12亿元", "16.9亿元" } },
    { finding = "script", no_finding = "parts-over-whole" })
test.case("the same with 万元 for the part",
    parts { { "investment", "≥15.2亿元", "18.2亿元" }, { "investment__engines", "≥120000万元", "169000万元" } },
    { finding = "script", no_finding = "parts-over-whole" })
test.case("a whole that is met without its part",
    parts { { "firms", "≥10家", "15家" }, { "firms__new", "≥4家", "6家" } }, { no_finding = "script" })
test.case("a whole with nothing planned for the rest",
    parts { { "firms", "≥10家", "10家" }, { "firms__new", "≥10家", "10家" } }, { no_finding = "script" })
test.case("nothing done for the rest",
    parts { { "investment", "≥15亿元", "16亿元" }, { "investment__engines", "≥12亿元", "16亿元" } }, { finding = "script" })
test.case("a part in another unit is none of the whole",
    parts { { "firms", "≥10家", "10家" }, { "firms__jobs", "≥10人", "400人" } }, { no_finding = "parts-over-whole" })
test.case("a part of a part",
    parts { { "firms", "≥10家", "10家" }, { "firms__new", "≥8家", "8家" }, { "firms__new__big", "≥8家", "9家" } },
    { finding = "parts-over-whole" })
test.case("a part without a target",
    parts { { "firms", "≥10家", "13家" }, { "firms__new", nil, "14家" } }, { finding = "parts-over-whole" })
test.case("a part that is words", parts { { "firms", "≥10家", "13家" }, { "firms__new", "达标", "达标" } },
    { no_finding = "parts-over-whole" })

-- 占比 --------------------------------------------------------------------------------------------------
test.case("a share over 100 per cent",
    { indicator = "output.quantity.investment", target = "≥10亿元", actual = "12亿元", note = "占比年度计划120%", weight = 5 },
    { finding = "script" })
test.case("a share of all",
    { indicator = "output.quantity.investment", target = "≥10亿元", actual = "10亿元", note = "占比年度计划100%", weight = 5 },
    { no_finding = "script" })
test.case("a note of something else",
    { indicator = "output.quantity.investment", target = "≥10亿元", actual = "12亿元", note = "完成120%", weight = 5 },
    { no_finding = "script" })
