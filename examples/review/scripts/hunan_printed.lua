-- hunan_printed.lua - the rules that the table prints beside its rows, of the four rows that can be seen.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

-- 100% 以内满分，每高一个百分点减 0.5 分
rules.indicator["*.在职人员控制率"] = sy.deduct { of = 8, from = 100, per = 1, lose = 0.5 }
-- 不增长满分，每高一个百分点减 0.8 分
rules.indicator["*.“三公经费”变动率"] = sy.deduct { of = 8, from = 0, per = 1, lose = 0.8 }
-- 100% 满分，每低 5% 减 2 分，不足一级不减
rules.indicator["*.预算完成率"] = sy.deduct { of = 8, from = 100, per = 5, lose = 2, when = "below" }
-- 追加 0 得 8 分，10% 以内 6 分，20% 以内 4 分，30% 以内 2 分，再高不得分
rules.indicator["*.预算控制率"] =
    sy.tiers { of = 8, edge = "upper", { 0, 8 }, { 10, 6 }, { 20, 4 }, { 30, 2 } }

-- 这一行的完成值和得分在公开的文本中看不到，由表中的年初预算和本年追加算出
rules.measure["process.预算执行.预算控制率"] = function(fund)
    return sy.percent(fund.budget_added, fund.budget_initial), "%"
end

return rules
