-- 重庆市部门整体绩效自评 (chongqing_department): the self-evaluation form of a department's whole expenditure in Chongqing.
-- Where its rules come from: a published table of 2021 [F] for the points and for spending the budget (76 % of it earned
-- 7.6 of 10); the indicators that it takes from the national framework are graded as in department_common, which
-- this type extends.
--
-- The table prints a coefficient (得分系数) for each row and multiplies it by the row's weight. For a rate that is what its
-- rule gives; for a judgement it is the evaluator's rating. It prints rates, not the figures behind them, which hold where none
-- of their facts is told.
local sy = require "steelyard"
local checks = require "checks"
local execution = require "execution"
local rules = sy.base()
local check_common = rules.check

rules.measure["execution.rate"] = execution.rate

function rules.check(fund)
    checks.budget(fund)
    check_common(fund)
end

return rules
