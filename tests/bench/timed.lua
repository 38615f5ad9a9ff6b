-- timed.lua - a command's cost as bench_timed tells it, and medians.
local suite = require "suite"
local timed = {}

-- Runs a list of words. { wall, user, system } in seconds, peak in KiB, code, log: what it printed.
function timed.run(bench, words)
    local quoted = {}
    for i, word in ipairs(words) do quoted[i] = suite.quote(word) end
    local result, log = bench.work .. "/out/result", bench.work .. "/out/log"
    assert(os.execute(("%s %s %s %s"):format(suite.quote(bench.tools .. "/bench_timed"), suite.quote(result),
        suite.quote(log), table.concat(quoted, " "))), "bench_timed cannot run")
    local wall, user, system, peak, code = suite.read(result):match("(%S+) (%S+) (%S+) (%d+) (%d+)")
    return { wall = tonumber(wall), user = tonumber(user), system = tonumber(system),
        peak = math.tointeger(tonumber(peak)), code = math.tointeger(tonumber(code)), log = suite.read(log) }
end

-- Of the members `key` of a list of tables that have one; nil where none has.
function timed.median(list, key)
    local values = {}
    for _, entry in ipairs(list) do values[#values + 1] = entry[key] end
    table.sort(values)
    local n = #values
    if n == 0 then return nil end
    return n % 2 == 1 and values[n // 2 + 1] or (values[n // 2] + values[n // 2 + 1]) / 2
end

function timed.least(list, key)
    local least
    for _, entry in ipairs(list) do least = math.min(least or entry[key], entry[key]) end
    return least
end

return timed
