-- reported.lua - values that a form prints without the figures behind them. A measure wins over what is reported, also where
-- it gives none; for a form that carries rates alone that would leave nothing to score.
--
-- A rate is { compute = function(fund), and the facts that it is computed from }; `kind = "userdata"` makes it a date.
local checks = require "checks"
local reported = {}

-- Whether a path is that of a pattern with one `*`.
local function fits(path, pattern)
    local star = pattern:find("*", 1, true)
    local head, tail = pattern:sub(1, star - 1), pattern:sub(star + 1)
    return #path >= #head + #tail and path:sub(1, #head) == head and path:sub(#path - #tail + 1) == tail
end

-- The row of a source that has an actual of its kind, where none of the facts is told; nil otherwise, or with two such rows.
local function row_of(fund, source)
    for _, fact in ipairs(source.rate) do
        if fund.facts[fact] ~= nil then
            return nil
        end
    end
    local found
    for path, row in pairs(fund.indicators) do
        if fits(path, source.pattern) and type(row.actual) == (source.rate.kind or "number") then
            if found then
                return nil
            end
            found = row
        end
    end
    return found
end

-- Makes a rate the measure of a pattern, and adds to `sources` what `reported.check` needs to know of it. The formula is the
-- rate's own `compute`, in the type's script or department_rates.lua.
function reported.add(rules, sources, pattern, rate)
    local source = { pattern = pattern, rate = rate }
    sources[#sources + 1] = source
    rules.measure[pattern] = function(fund)
        local row = row_of(fund, source)
        if row then
            return row.actual, row.unit
        end
        return rate.compute(fund)
    end
end

-- Says which values nobody could compute.
function reported.check(fund, sources)
    local names = {}
    for _, source in ipairs(sources) do
        local row = row_of(fund, source)
        names[#names + 1] = row and row.name
    end
    if #names > 0 then
        checks.say(fund, "note", nil, { zh = "没有基础数据可供计算，按填报值：%s",
            en = "no facts to compute it from, so the reported value holds: %s" },
            { zh = table.concat(names, "、"), en = table.concat(names, ", ") })
    end
end

return reported
