-- 10 + 20 + 40 + 20 + 10.
local test = require "steelyard.test"

local function project(weight)
    return { facts = { budget = 100, spent = 90 },
        indicators = {
            { level1 = "成本指标", level2 = "经济成本指标", name = "单价", target = "100元", actual = "125元", weight = weight },
            { level1 = "产出指标", level2 = "数量指标", name = "数量", target = "≥4套", actual = "3套", weight = 40 },
            { level1 = "效益指标", level2 = "社会效益指标", name = "受益户", target = "≥50户", actual = "50户", weight = 20 },
            { level1 = "满意度指标", level2 = "满意度", name = "满意度", target = "≥90%", actual = "90%", weight = 10 },
        } }
end
test.case("costs are reverse", project(20), { score = 85, grade = "良", no_finding = true }) -- 9 + 20 × 0.8 + 40 × 0.75 + 20 + 10
test.case("the level's points are checked", project(15), { grade = false, finding = { "level-sum", "weights-sum" } })
