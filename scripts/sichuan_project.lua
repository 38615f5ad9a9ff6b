-- 四川省项目支出绩效自评 (sichuan_project): the self-evaluation form of Sichuan, 10 points for spending the budget and 90 for
-- all other indicators in one pool, of which one may carry 60 or all 90. Where its rules come from: tables that
-- the province's units publish [F]; they say that an execution rate under 90 % must be explained.
--
-- Indicators are graded as in project_self_evaluation, which this type extends; judgements are held against their tiers
-- as in the other forms [M].
local sy = require "steelyard"
local checks = require "checks"
local tiers = require "tiers"
local rules = sy.base()
local check_budget = rules.check

-- The rate as it is scored, and whether a reason stands beside it: in the budget row or as a fact.
local function check_execution(fund, below)
    local row = fund.indicators["execution.rate"]
    local rate = row and row.actual
    if type(rate) ~= "number" or rate >= below or row.note or fund.facts.execution_reason then
        return
    end
    checks.say(fund, "warning", nil, {
        zh = "预算执行率 %.2f%% 低于 %.6g%%，没有说明原因：请填写预算执行一行的偏差原因",
        en = "%.2f%% of the budget was spent, less than %.6g%%, and no reason is given: fill in the note of the budget row" },
        rate, below)
end

function rules.check(fund)
    check_budget(fund)
    if rules.parameters.explain_below then
        check_execution(fund, rules.parameters.explain_below)
    end
    tiers.check(fund, rules.parameters)
end

return rules
