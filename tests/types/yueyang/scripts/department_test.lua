-- Yueyang's steps of 预算调整率, 三公经费 by 总额, and parts of a step in proportion.
local test = require "steelyard.test"

-- =0计3分；0-10%(含)2；10-20%(含)1；20-30%(含)0.5；>30%不得分
for added, kept in pairs { [0] = 3, [0.1] = 2, [10] = 2, [10.1] = 1, [20] = 1, [20.1] = 0.5, [30] = 0.5, [30.1] = 0 } do
    test.case("预算调整率 " .. added .. " %",
        { level1 = "过程", level2 = "预算执行", name = "预算调整率", facts = { budget_added = added, budget_initial = 100 } },
        { score = kept })
end

test.case("三公经费变动率 of what was spent",
    { indicator = "input.sangong_change", facts = { sangong = 102.5, sangong_last = 100, sangong_budget = 900 } },
    { actual = 2.5, score = 3.75 }) -- 5 − 0.5 × 2.5
test.case("三公经费变动率 of what was spent last year",
    { indicator = "input.sangong_change", facts = { sangong = 101 }, previous = { facts = { sangong = 100 } } },
    { actual = 1, score = 4.5 })

-- 50 of 46, 108.70 %: published readings are 1.0 by whole steps, 0.5 by steps begun, 0.65 in proportion
test.case("50 of 46 in proportion", { indicator = "input.staff_control", facts = { staff = 50, staff_quota = 46 } },
    { attainment = (5 - 0.5 * (50 / 46 * 100 - 100)) / 5, score = 0.65 })
