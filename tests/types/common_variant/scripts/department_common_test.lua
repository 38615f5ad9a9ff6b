-- The formulas that a yardstick may choose in place of the framework's own.
local test = require "steelyard.test"

test.case("what is not left of all that there was to spend",
    { indicator = "process.budget_completion", facts = { carry_in = 10, budget_initial = 80, budget_added = 10, balance = 4 } },
    { actual = 96, attainment = 0.96 })
test.case("三公经费变动率 of the budget, half as much for a point",
    { indicator = "input.sangong_change", facts = { sangong_budget = 104, sangong_budget_last = 100 } },
    { actual = 4, attainment = 0.8 }) -- 1 − 0.05 × 4
test.case("carried over against what was spent",
    { indicator = "process.carry_over_rate.carry_over", facts = { carry_over = 15, expenditure = 100, budget_expenditure = 200 } },
    { actual = 15, attainment = 0.6 }) -- 9 ÷ 15
test.case("the change of what is carried over has points, its rate has none",
    { indicator = "process.carry_over_change", facts = { carry_over = 75, carry_over_last = 100 } },
    { actual = -25, attainment = 0.75, score = 1.5 }) -- 1 − 0.05 × 5, of 2
