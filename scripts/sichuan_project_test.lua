-- Worked tests of sichuan_project: 10 + 90 in one pool; an execution rate under 90 per cent must be explained.
local test = require "steelyard.test"

test.case("one indicator carries all 90 points",
    { facts = { budget = "100万元", spent = "95万元" },
      indicators = { { indicator = "output.quantity.roads", target = "≥50公里", actual = "48公里", weight = 90 } } },
    { score = 95.9, grade = "优", no_finding = true, -- 10 × 0.95 + 90 × 48 ÷ 50
      indicators = { ["execution.rate"] = { actual = 95, score = 9.5 }, ["output.quantity.roads"] = { score = 86.4 } } })
test.case("one carries 60, another 30",
    { facts = { budget = "100万元", spent = "100万元" },
      indicators = { { indicator = "benefit.social.jobs", target = "≥30人", actual = "30人", weight = 60 },
                     { indicator = "satisfaction.villagers", target = "≥90%", actual = "81%", weight = 30 } } },
    { score = 97, grade = "优", no_finding = true }) -- 10 + 60 + 30 × 81 ÷ 90
test.case("80 points of indicators are too few",
    { facts = { budget = "100万元", spent = "100万元" },
      indicators = { { indicator = "benefit.social.jobs", target = "≥30人", actual = "30人", weight = 80 } } },
    { grade = false, finding = "weights-sum" })

test.case("execution at 90 per cent",
    { indicator = "execution.rate", facts = { budget = "100万元", spent = "90万元" } },
    { actual = 90, attainment = 0.9, score = 9, no_finding = "script" })
test.case("execution just below 90 per cent",
    { indicator = "execution.rate", facts = { budget = "100万元", spent = "89.99万元" } },
    { actual = 89.99, attainment = 0.8999, score = 9, finding = "script" }) -- 8.999, rounded
test.case("execution below 90 per cent, explained in the row",
    { indicator = "execution.rate", note = "招标结余", facts = { budget = "100万元", spent = "60万元" } },
    { actual = 60, score = 6, no_finding = "script" })
test.case("execution below 90 per cent, explained as a fact",
    { indicator = "execution.rate",
      facts = { budget = "100万元", spent = "60万元", execution_reason = "招标结余" } },
    { actual = 60, score = 6, no_finding = "script" })
test.case("execution that cannot be told",
    { indicator = "execution.rate", facts = { budget = "100万元" } },
    { status = "missing", score = 0, no_finding = "script" })

test.case("a judgement outside its tier",
    { indicator = "benefit.social.jobs", target = "增加就业", actual = "部分达成预期指标并具有一定效果", rating = 0.8,
      weight = 20, facts = { budget = "100万元", spent = "100万元" } },
    { attainment = 0.8, score = 16, finding = "script" })
for words, attainment in pairs { ["达成年度指标"] = 1, ["部分达成年度指标并具有一定效果"] = 0.7, ["未达成年度指标且效果较差"] = 0.3 } do
    test.case("judged by the words of the measure: " .. words,
        { indicator = "benefit.social.jobs", target = "改善", actual = words, weight = 20,
          facts = { budget = "100万元", spent = "100万元" } }, { attainment = attainment })
end
test.case("a judgement at the lower edge of its tier",
    { indicator = "benefit.social.jobs", target = "增加就业", actual = "部分达成预期指标并具有一定效果", rating = 0.6,
      weight = 20, facts = { budget = "100万元", spent = "100万元" } },
    { attainment = 0.6, score = 12, no_finding = "script" })
test.case("what was spent over the budget",
    { indicator = "execution.rate", facts = { budget = "100万元", spent = "101万元" } },
    { attainment = 1, score = 10, finding = "overspent" })
