-- data.lua - the evaluations that are timed: FOLDER with standard rules, FOLDER/scripted with functions.
local suite = require "suite"
local data = {}

local function run(...)
    local command = string.format(...)
    assert(os.execute(command), command)
end

-- The same files under other rules.
local function add_scripted(folder, source)
    local scripted = folder .. "/scripted"
    run("mkdir -p %s/scripts", suite.quote(scripted))
    for _, name in ipairs { "funds.csv", "outcomes.csv", "weights.csv", "config" } do
        run("ln -sf ../%s %s", name, suite.quote(scripted))
    end
    suite.write(scripted .. "/evaluation.ini", suite.read(folder .. "/evaluation.ini"))
    for _, type in ipairs { "alpha", "beta", "gamma" } do
        suite.write(scripted .. "/scripts/" .. type .. ".lua", suite.read(source .. "/tests/bench/scripted.lua"))
    end
end

-- The folder with so many rows; made unless it is there and younger than what makes it.
function data.make(bench, rows)
    local folder = ("%s/data/%d"):format(bench.work, rows)
    local tool = bench.tools .. "/bench_generate"
    if not os.execute(("[ %s -nt %s ]"):format(suite.quote(folder .. "/made"), suite.quote(tool))) then
        run("rm -rf %s && mkdir -p %s", suite.quote(folder), suite.quote(bench.work .. "/data"))
        run("%s %d %s", suite.quote(tool), rows, suite.quote(folder))
        suite.write(folder .. "/made", "")
    end
    add_scripted(folder, bench.source)
    return folder
end

local function count_lines(path)
    return math.tointeger(tonumber((suite.capture("wc -l <" .. suite.quote(path)))))
end

-- Outcome rows, and funds by year.
function data.count(folder)
    return count_lines(folder .. "/outcomes.csv") - 1, count_lines(folder .. "/funds.csv") - 1
end

return data
