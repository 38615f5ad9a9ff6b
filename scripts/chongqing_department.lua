-- 重庆市部门整体绩效自评 (chongqing_department): the self-evaluation form of a department's whole expenditure in Chongqing.
-- Where its rules come from: a published table of 2021 [F] for the points and for spending the budget (76 % of it earned
-- 7.6 of 10); the indicators that it takes from the national framework are graded as in department_common, which
-- this type extends.
--
-- The table prints a coefficient (得分系数) for each row and multiplies it by the row's weight. For a rate that is what its
-- rule gives; for a judgement it is the evaluator's rating.
local sy = require "steelyard"
local checks = require "checks"
local execution = require "execution"
local reported = require "reported"
local rules = sy.base()
local check_common = rules.check

rules.measure["execution.rate"] = execution.rate

-- The form prints rates, not the figures behind them: where none of those is told, the rate holds that it reports.
local sources = {
    { path = "input.staff_control", "staff", "staff_quota" },
    { path = "input.sangong_change", "sangong", "sangong_last", "sangong_budget", "sangong_budget_last" },
    { path = "process.budget_completion", "expenditure", "budget_expenditure", "funds_total", "balance" },
    { path = "process.budget_adjustment", "budget_adjusted", "budget_initial" },
    { path = "process.carry_over", "carry_over", "budget_expenditure", "expenditure" },
    { path = "process.public_funds", "public_funds", "public_funds_budget" },
    { path = "process.sangong_control", "sangong", "sangong_budget" },
    { path = "process.procurement", "procurement", "procurement_budget" },
    { path = "process.asset_use", "assets", "assets_in_use" },
}
for _, source in ipairs(sources) do
    source.kind = "number"
    local computed = rules.measure["*" .. source.path:sub((source.path:find(".", 1, true)))]
    rules.measure["*" .. source.path] = function(fund) -- the path alone, where it has points
        local row = reported.row(fund, source)
        if row then
            return row.actual, row.unit
        end
        return computed(fund)
    end
end

function rules.check(fund)
    checks.budget(fund)
    reported.check(fund, sources)
    check_common(fund)
end

return rules
