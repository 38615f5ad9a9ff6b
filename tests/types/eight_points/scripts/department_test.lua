-- The printed rules of the 8-point table, point by point.
local test = require "steelyard.test"

local function of_eight(indicator, facts, kept)
    local name = indicator
    for _, fact in ipairs { "staff", "sangong_budget", "balance", "budget_added" } do
        if facts[fact] then name = name .. " " .. fact .. " " .. facts[fact] end
    end
    test.case(name, { indicator = indicator, facts = facts }, { attainment = kept / 8, score = kept })
end

-- ≤100%计8分，每超过一个百分点扣0.5分: 0.5 of 8, not a tenth
for staff, kept in pairs { [1000] = 8, [1009] = 8, [1010] = 7.5, [1011] = 7.5, [1080] = 4, [1159] = 0.5, [1160] = 0 } do
    of_eight("input.staff_control", { staff = staff, staff_quota = 1000 }, kept)
end
of_eight("input.staff_control", { staff = 136, staff_quota = 143 }, 8) -- 95.10 %, as published

-- ≤0计8分，每超过一个百分点扣0.8分: a tenth
for budget, kept in pairs { [90] = 8, [100] = 8, [100.9] = 8, [101] = 7.2, [105] = 4, [109] = 0.8, [110] = 0 } do
    of_eight("input.sangong_change", { sangong_budget = budget, sangong_budget_last = 100 }, kept)
end

-- 100%计满分，每低于5%扣2分: 2 of 8
for balance, kept in pairs { [0] = 8, [4.9] = 8, [5] = 6, [9.9] = 6, [10] = 4, [15] = 2, [19.9] = 2, [20] = 0, [50] = 0 } do
    of_eight("process.budget_completion", { carry_in = 0, budget_initial = 90, budget_added = 10, balance = balance }, kept)
end

-- =0计8；0-10%(含)6；10-20%(含)4；20-30%(含)2；>30%不得分
for added, kept in pairs { [0] = 8, [0.1] = 6, [10] = 6, [10.1] = 4, [20] = 4, [20.1] = 2, [30] = 2, [30.1] = 0 } do
    of_eight("process.budget_control", { budget_added = added, budget_initial = 100 }, kept)
end

-- 四项各2分
for met, kept in pairs { [0] = 0, [1] = 2, [2] = 4, [3] = 6, [4] = 8 } do
    test.case("管理制度健全性 " .. met, { indicator = "process.management", actual = met }, { score = kept })
end
test.case("管理制度健全性 by marks", { indicator = "process.management", actual = "①②④" }, { score = 6 })

-- 每发现一处扣1分，共6分
for found, kept in pairs { [0] = 6, [1] = 5, [5] = 1, [6] = 0, [7] = 0 } do
    test.case("资金使用合规性 " .. found, { indicator = "process.compliance", actual = found }, { score = kept })
end

-- ≤100%计7分，每超过一个百分点扣1分
for spent, kept in pairs { [100] = 7, [100.9] = 7, [101] = 6, [106] = 1, [107] = 0 } do
    test.case("三公经费控制率 " .. spent, { indicator = "process.sangong_control",
        facts = { sangong = spent, sangong_budget = 100 } }, { attainment = kept / 7, score = kept })
end
