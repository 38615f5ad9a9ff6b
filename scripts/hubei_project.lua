-- 湖北省项目支出绩效自评 (hubei_project): the self-evaluation form of Hubei, 20 points for spending the budget and 80 for
-- the indicators. Where its rules come from: the province's published template and the rules printed on it [F].
--
-- Ratio and reverse ratio are those of project_self_evaluation, which this type extends. Here a judgement is also held
-- against its tier, 100–80, 80–50, 50–0 per cent, in [parameters].
local sy = require "steelyard"
local tiers = require "tiers"
local rules = sy.base()
local check_budget = rules.check

function rules.check(fund)
    check_budget(fund)
    tiers.check(fund, rules.parameters)
end

return rules
