-- Worked tests of soe_separation: handovers and effects by judgement, the rest as all special funds.
local test = require "steelyard.test"
local FULL, PART, NONE = "达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"

for _, path in ipairs { "water", "power", "gas", "property" } do
    local function handed(words)
        return { indicator = "output.quantity." .. path, target = "完成移交", actual = words }
    end
    test.case(path .. ": handed over", handed(FULL), { attainment = 1, score = 8 })
    test.case(path .. ": partly", handed(PART), { attainment = 0.7, score = 5.6 })
    test.case(path .. ": not", handed(NONE), { attainment = 0.3, score = 2.4 })
end
test.case("a handover as the target words it",
    { indicator = "output.quantity.water", target = "完成", actual = "完成" },
    { attainment = 1, score = 8, finding = "actual-repeats-target" })
test.case("a handover that nobody judged",
    { indicator = "output.quantity.water", target = "完成移交", actual = "正在办理" }, { status = "unrated" })
test.case("a number for a handover is a judgement", { indicator = "output.quantity.gas", target = "完成移交",
      actual = "已完成管网改造", rating = 0.9 }, { attainment = 0.9, score = 7.2 })
test.case("an effect", { indicator = "benefit.economic.burden_relief", target = "减轻", actual = PART }, { attainment = 0.7, score = 7 })
test.case("an effect that lasts",
    { indicator = "benefit.sustained.legacy_solved", target = "解决", actual = NONE }, { attainment = 0.3, score = 3 })
test.case("residents", { indicator = "satisfaction.residents", target = "≥90%", actual = "80%" }, { attainment = 0.8, score = 8 })

local function whole(spent)
    local indicators = { { indicator = "satisfaction.residents", target = "≥90%", actual = "92%" } }
    for _, path in ipairs { "output.quantity.water", "output.quantity.power", "output.quantity.gas", "output.quantity.property",
        "benefit.economic.burden_relief", "benefit.social.functions_taken", "benefit.sustained.legacy_solved" } do
        indicators[#indicators + 1] = { indicator = path, target = "完成", actual = FULL }
    end
    return { facts = { budget = "10万元", spent = spent, allotted = "10万元", allotted_on = "2020-06-30", paid_on = "2020-07-30" },
        indicators = indicators }
end
test.case("a fund", whole("10万元"), { score = 100, grade = "优", coverage = 1, no_finding = true })
test.case("a fund that spent a third", whole("3.7万元"), { score = 93.7, grade = "优" }) -- 100 − 10 × 0.63
