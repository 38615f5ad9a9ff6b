-- reported.lua - values that a form prints without the figures behind them. A measure wins over what is reported, also where
-- it gives none; for a form that carries rates alone that would leave nothing to score.
--
-- A source is { path = …, kind = "number" or "userdata" (a date), and the facts that a measure would compute it from }.
local checks = require "checks"
local reported = {}

-- The row of a source, where it has an actual of that kind and none of the facts is told; nil otherwise.
function reported.row(fund, source)
    for _, fact in ipairs(source) do
        if fund.facts[fact] ~= nil then
            return nil
        end
    end
    local row = fund.indicators[source.path]
    return row and type(row.actual) == source.kind and row or nil
end

-- Says which values nobody could compute.
function reported.check(fund, sources)
    local names = {}
    for _, source in ipairs(sources) do
        local row = reported.row(fund, source)
        names[#names + 1] = row and row.name
    end
    if #names > 0 then
        checks.say(fund, "note", nil, { zh = "没有基础数据可供计算，按填报值：%s",
            en = "no facts to compute it from, so the reported value holds: %s" },
            { zh = table.concat(names, "、"), en = table.concat(names, ", ") })
    end
end

return reported
