-- stages.lua - runs bench_stages several times and puts its lines together.
local suite = require "suite"
local timed = require "timed"
local stages = {}

-- { rows =, calibrate = ns, { name =, wall = ns, cpu = ns, peak = KiB }, … } of one run.
function stages.parse(text)
    local run = { rows = tonumber(text:match("\nrows (%d+)")) }
    for name, wall, cpu, peak in text:gmatch("(%a+) (%d+) (%d+) (%d+)\n") do
        if name == "calibrate" then
            run.calibrate = tonumber(cpu)
        else
            run[#run + 1] = { name = name, wall = tonumber(wall), cpu = tonumber(cpu), peak = math.tointeger(tonumber(peak)) }
        end
    end
    assert(run.rows and run.rows > 0 and run.calibrate and #run > 2, "bench_stages prints something else")
    return run
end

local function collect(runs, k)
    local list = {}
    for i, run in ipairs(runs) do list[i] = run[k] end
    return list
end

-- Medians over runs, in nanoseconds a row: { workers =, lua =, rows =, runs =, { name =, wall =, cpu =, peak = }, … };
-- `least` is the least processor time.
function stages.measure(bench, folder, nruns, workers, lua, tell)
    local runs = {}
    local command = { bench.tools .. "/bench_stages", folder .. (lua and "/scripted" or ""), bench.work .. "/out/stages.csv",
        tostring(workers), bench.source }
    for i = 1, nruns do
        tell("stages, %s, %d worker%s: %d of %d", lua and "Lua" or "standard", workers, workers > 1 and "s" or "", i, nruns)
        local run = timed.run(bench, command)
        assert(run.code == 0, run.log)
        runs[i] = stages.parse(run.log)
    end
    local rows = runs[1].rows
    local result = { workers = workers, lua = lua, rows = math.tointeger(rows), runs = runs,
        calibrate = timed.least(runs, "calibrate") / 2 ^ 22 }
    for k, stage in ipairs(runs[1]) do
        local list = collect(runs, k)
        result[k] = { name = stage.name, wall = timed.median(list, "wall") / rows, cpu = timed.median(list, "cpu") / rows,
            least = timed.least(list, "cpu") / rows, peak = timed.median(list, "peak") }
    end
    assert(suite.read(bench.work .. "/out/stages.csv"), "bench_stages wrote nothing")
    return result
end

return stages
