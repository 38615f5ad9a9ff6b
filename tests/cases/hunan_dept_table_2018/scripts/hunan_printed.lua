-- hunan_printed.lua - the rules that the published table prints beside its rows, word for word; the notes of
-- indicators.csv quote them. The fourth row's rate is computed from the inputs that the table prints.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

-- 以100%为标准，≤100%计8分，每超过一个百分点扣0.5分，扣完为止
rules.indicator["*.在职人员控制率"] = sy.deduct { of = 8, from = 100, per = 1, lose = 0.5 }
-- ≤0计8分；>0每超过一个百分点扣0.8分，扣完为止
rules.indicator["*.“三公经费”变动率"] = sy.deduct { of = 8, from = 0, per = 1, lose = 0.8 }
-- 100%计满分，每低于5%扣2分，扣完为止
rules.indicator["*.预算完成率"] = sy.deduct { of = 8, from = 100, per = 5, lose = 2, when = "below" }
-- =0计8；0-10%(含)6；10-20%(含)4；20-30%(含)2；>30%不得分
rules.indicator["*.预算控制率"] =
    sy.tiers { of = 8, edge = "upper", { 0, 8 }, { 10, 6 }, { 20, 4 }, { 30, 2 } }

rules.measure["process.预算执行.预算控制率"] = function(fund)
    return sy.percent(fund.budget_added, fund.budget_initial), "%"
end

return rules
