-- Worked tests of sme_support: counts of work done in proportion to the plan, problems solved against those that were
-- raised, and a whole fund. What the type shares with other special funds is tested in special_fund_test.lua.
local test = require "steelyard.test"

-- [weights] policy_push = 10; [parameters] over = 1.3.
test.case("in part",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "5250条次" },
    { attainment = 0.75, score = 7.5, status = "scored", reason = "5250 ÷ 7000", no_finding = true })
test.case("just short of the plan",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "6999条次" },
    { attainment = 6999 / 7000, score = 10 }) -- 9.9986 points
test.case("as planned",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "7000条次" },
    { attainment = 1, score = 10, no_finding = true })
test.case("just short of 1.3 times the plan",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "9099条次" },
    { attainment = 1, no_finding = true })
test.case("over-fulfilled",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "9100条次" },
    { attainment = 1, score = 10, finding = "target-too-low" })
test.case("nothing done",
    { indicator = "output.quantity.events", target = "≥20场", actual = "0场" },
    { attainment = 0, score = 0, status = "scored" })
test.case("events that nobody reported",
    { indicator = "output.quantity.events", target = "≥20场" },
    { status = "missing", finding = "actual-missing" })

-- [weights] tax_relief = 10: 4.83 ÷ 6.44 is 0.75, whatever unit tells it.
test.case("tax relief in part",
    { indicator = "benefit.economic.tax_relief", target = "6.44亿元", actual = "48300万元" },
    { attainment = 0.75, score = 7.5, target = 6.44, actual = 4.83 })
test.case("tax relief over the plan",
    { indicator = "benefit.economic.tax_relief", target = "6.44亿元", actual = "超6.44亿元" },
    { attainment = 1, score = 10 })

-- [weights] problems_solved = 10.
test.case("all problems solved",
    { indicator = "output.quality.problems_solved", target = "1523个", actual = "1523个" },
    { attainment = 1, score = 10, reason = "解决 1523 ÷ 收集 1523，收集的问题已全部解决" })
test.case("more solved than raised",
    { indicator = "output.quality.problems_solved", target = "1523个", actual = "3046个" },
    { attainment = 1, score = 10, reason = "已全部解决" })
test.case("all but one",
    { indicator = "output.quality.problems_solved", target = "4个", actual = "3个" },
    { attainment = 0.75, score = 7.5, reason = "解决 3 ÷ 收集 4，未全部解决" })
test.case("no problem raised",
    { indicator = "output.quality.problems_solved", target = "0个", actual = "0个" },
    { attainment = 1, score = 10 })
test.case("fewer than none",
    { indicator = "output.quality.problems_solved", target = "4个", actual = "-1个" },
    { attainment = 0, score = 0 })

-- The table's names are those of [names].
test.case("the form's own words",
    { level1 = "产出指标", level2 = "数量指标", name = "推送惠企政策条次", target = "≥8条次", actual = "6条次" },
    { attainment = 0.75, score = 7.5, indicators = { ["output.quantity.policy_push"] = { attainment = 0.75 } } })

-- Everything is met but policy_push, by 3 ÷ 4 of 10 points; the money was allotted in May and paid 20 days later.
local function fund(misuse)
    return {
        facts = { budget = "100万元", spent = "100万元", allotted = "100万元", misuse = misuse,
                  allotted_on = "2020年5月10日", paid_on = "2020年5月30日" },
        indicators = {
            { indicator = "output.quantity.policy_push", target = "≥8000条次", actual = "6000条次" },
            { indicator = "output.quantity.events", target = "≥20场", actual = "20场" },
            { indicator = "output.quantity.firms_reached", target = "≥300家", actual = "300家" },
            { indicator = "output.quality.problems_solved", target = "50个", actual = "50个" },
            { indicator = "benefit.economic.tax_relief", target = "6.44亿元", actual = "6.5亿元" },
            { indicator = "benefit.economic.funds_won", target = "500万元", actual = "500万元" },
            { indicator = "benefit.social.service_level", target = "有所提升", rating = "达成预期指标" },
            { indicator = "satisfaction.enterprises", target = "≥90%", actual = "92%" },
        },
    }
end
test.case("a whole fund", fund(false),
    { score = 97.5, grade = "优", status = "scored", coverage = 1, bounds = { 97.5, 97.5 }, no_finding = true,
      indicators = { ["output.timeliness.paid"] = { actual = 20, attainment = 1, score = 5 },
                     ["execution.rate"] = { actual = 100, score = 10 } } })
test.case("misuse caps the grade", fund(true),
    { score = 97.5, grade = "差", cap = "差", reason = "截留、挪用", points = 0 })
