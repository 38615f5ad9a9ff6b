-- 项目支出绩效自评 (project_self_evaluation): the unit self-evaluation form of 财预〔2020〕10号
-- 《项目支出绩效评价管理办法》 as provinces print it. It is the base of the types of special funds.
--
-- Where the rules come from: quantitative indicators are graded by their sign (met: full points, else in
-- proportion; a reverse indicator by target ÷ actual, as the Hubei and Jinan forms print), qualitative ones by
-- the words of [ratings]. Both are what the engine does where no rule is given. The execution rate is
-- 全年执行数 ÷ 全年预算数; more than 100 % earns no more than the full points, and is a finding.
local sy = require "steelyard"
local checks = require "checks"
local rules = sy.rules { api = 1 }

rules.measure["execution.rate"] = function(fund)
    local row = fund.indicators["execution.rate"]
    if not fund.budget and not fund.spent and row and row.actual then
        -- A table that prints the rate alone: there is nothing to compute it from.
        fund:finding("note", { zh = "没有预算数和执行数：预算执行率按填报值",
            en = "neither budget nor spending is told: the rate of execution is the reported one" })
        return row.actual, row.unit
    end
    if fund.budget == 0 then
        return sy.not_applicable("全年预算数为 0")
    end
    return sy.percent(fund.spent, fund.budget), "%"
end

function rules.check(fund)
    checks.budget(fund)
end

return rules
