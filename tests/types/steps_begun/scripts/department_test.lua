-- Steps that have begun.
local test = require "steelyard.test"

test.case("50 of 46: nine steps have begun", { indicator = "input.staff_control", facts = { staff = 50, staff_quota = 46 } },
    { score = 0.5 }) -- 5 − 9 × 0.5
test.case("just the quota", { indicator = "input.staff_control", facts = { staff = 46, staff_quota = 46 } }, { score = 5 })
test.case("a whole step", { indicator = "input.staff_control", facts = { staff = 101, staff_quota = 100 } },
    { score = 4.5 })
test.case("99.27 % is a step begun", { indicator = "process.budget_completion",
    facts = { carry_in = "19.8万元", budget_initial = "1922.76万元", budget_added = "767.86万元", balance = "19.8万元" } },
    { score = 3 }) -- 5 − 2
test.case("a building 0.1 % over", { indicator = "process.buildings",
    facts = { building_area = 1001, building_area_approved = 1000 } }, { score = 1.8 }) -- 3 × (5 − 2) ÷ 5
