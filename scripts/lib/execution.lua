-- execution.lua - 预算执行率, the rate at which a budget was spent, for all types that have a row of it.
local sy = require "steelyard"
local execution = {}

-- 全年执行数 ÷ 全年预算数, a measure. The denominator is the budget after its changes, not what was received.
function execution.rate(fund)
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

return execution
