-- Worked tests of hubei_project: 20 + 80, ratio and reverse ratio, three tiers at 80 and 50 per cent.
local test = require "steelyard.test"

test.case("forward: weight × B ÷ A",
    { indicator = "output.quantity.boats", target = "≥6艘", actual = "5艘", weight = 20 },
    { attainment = 5 / 6, score = 16.67 }) -- 20 × 5 ÷ 6 = 16.666…
test.case("forward: never over the weight",
    { indicator = "output.quantity.boats", target = "≥6艘", actual = "7艘", weight = 20 },
    { attainment = 1, score = 20 })
test.case("reverse: weight × A ÷ B",
    { indicator = "output.cost.unit", target = "≤100元", actual = "125元", weight = 10 },
    { attainment = 0.8, score = 8 })
test.case("reverse: within the target",
    { indicator = "output.cost.unit", target = "≤100元", actual = "80元", weight = 10 },
    { attainment = 1, score = 10 })

test.case("execution carries 20 points",
    { indicator = "execution.rate", facts = { budget = "200万元", spent = "174.5万元" } },
    { actual = 87.25, attainment = 0.8725, score = 17.45 }) -- 174.5 ÷ 200; 20 × 0.8725
test.case("execution over 100 per cent earns no more",
    { indicator = "execution.rate", facts = { budget = "200万元", spent = "210万元" } },
    { attainment = 1, score = 20, finding = "overspent" })

-- A word alone: full points of the first tier, middle of the others: (80 + 50) ÷ 2, (50 + 0) ÷ 2.
test.case("first tier", { indicator = "benefit.social.fishers", target = "转产", actual = "达成预期指标", weight = 10 },
    { attainment = 1, score = 10, no_finding = "script" })
test.case("second tier", { indicator = "benefit.social.fishers", target = "转产",
      actual = "部分达成年度指标并具有一定效果", weight = 10 },
    { attainment = 0.65, score = 6.5, no_finding = "script" })
test.case("third tier", { indicator = "benefit.social.fishers", target = "转产",
      actual = "未达成年度指标且效果较差", weight = 10 },
    { attainment = 0.25, score = 2.5, no_finding = "script" })

-- The number of a judgement lies in the tier that the word names; the lower edge belongs to the tier.
local function rated(words, rating)
    return { indicator = "benefit.social.fishers", target = "转产", actual = words, rating = rating, weight = 7 }
end
local FULL, PART = "达成年度指标", "部分达成年度指标并具有一定效果"
local NONE = "未达成年度指标且效果较差"
test.case("rated at the lower edge of the first tier", rated(FULL, 0.8), { attainment = 0.8, no_finding = "script" })
test.case("rated just below the first tier", rated(FULL, 0.79), { attainment = 0.79, finding = "script" })
test.case("rated just below the second tier's end", rated(PART, "79.9%"), { attainment = 0.799, no_finding = "script" })
test.case("rated at the second tier's end", rated(PART, 0.8), { attainment = 0.8, finding = "script" })
test.case("rated at the lower edge of the second tier", rated(PART, 0.5), { attainment = 0.5, no_finding = "script" })
test.case("rated just below the second tier", rated(PART, 0.49), { attainment = 0.49, finding = "script" })
test.case("rated just below the third tier's end", rated(NONE, 0.49), { attainment = 0.49, no_finding = "script" })
test.case("rated at the third tier's end", rated(NONE, 0.5), { attainment = 0.5, finding = "script" })
test.case("rated nothing", rated(NONE, 0), { attainment = 0, no_finding = "script" })

-- What the unit claims of 7 points: 5.60 to 7.00, 3.50 to 5.59, 0 to 3.49 (0.8 × 7 = 5.6, 0.5 × 7 = 3.5).
local function claimed(words, points)
    return { indicator = "benefit.social.fishers", target = "转产", actual = words, claimed = points, weight = 7 }
end
test.case("claimed all of the first tier", claimed(FULL, 7), { score = 7, no_finding = "script" })
test.case("claimed the first tier's least", claimed(FULL, 5.6), { no_finding = "script", score = 7 })
test.case("claimed less than the first tier", claimed(FULL, 5.59), { finding = "script", score = 7 })
test.case("claimed the second tier's most", claimed(PART, 5.59), { no_finding = "script", score = 4.55 }) -- 0.65 × 7
test.case("claimed the first tier for the second", claimed(PART, 5.6), { finding = "script", score = 4.55 })
test.case("claimed the second tier's least", claimed(PART, 3.5), { no_finding = "script", score = 4.55 })
test.case("claimed less than the second tier", claimed(PART, 3.49), { finding = "script", score = 4.55 })
test.case("claimed the third tier's most", claimed(NONE, 3.49), { no_finding = "script", score = 1.75 }) -- 0.25 × 7
test.case("claimed the second tier for the third", claimed(NONE, 3.5), { finding = "script", score = 1.75 })
test.case("claimed more than the weight", claimed(FULL, 7.01), { finding = "script", score = 7 })
test.case("words that name no tier",
    { indicator = "benefit.social.fishers", target = "转产", actual = "转产", claimed = 1, weight = 7 },
    { attainment = 1, score = 7, finding = "actual-repeats-target", no_finding = "script" })

-- The published table of the fishing ban, 20 + 20 + 10 + 10 + 40: all points, and no weight out of place.
test.case("a published table",
    { facts = { budget = "1.56万元", spent = "1.56万元" },
      indicators = {
        { level1 = "产出指标", level2 = "数量指标", name = "补贴渔船数", target = "6", actual = "6", weight = 20 },
        { level1 = "产出指标", level2 = "质量指标", name = "渔船补贴发放率", target = "100%", actual = "100%", weight = 10 },
        { level1 = "产出指标", level2 = "时效指标", name = "12月底之前完成", target = "100%", actual = "100%", weight = 10 },
        { level1 = "效益指标", level2 = "满意度指标", name = "渔民满意度", target = "90%", actual = "90%", weight = 40 },
      } },
    { score = 100, grade = "优", status = "scored", no_finding = { "weights-sum", "level-sum", "weight-differs" } })
test.case("the indicators make 80 points, whatever the branch",
    { facts = { budget = "100万元", spent = "50万元" },
      indicators = { { indicator = "benefit.social.all", target = "≥100户", actual = "60户", weight = 80 } } },
    { score = 58, grade = "差", no_finding = { "weights-sum", "level-sum" } }) -- 20 × 0.5 + 80 × 0.6
test.case("90 points of indicators are too many",
    { facts = { budget = "100万元", spent = "50万元" },
      indicators = { { indicator = "benefit.social.all", target = "≥100户", actual = "60户", weight = 90 } } },
    { grade = false, finding = "weights-sum" })
