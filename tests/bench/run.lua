-- ./dev bench works: its data is what it says, its floor and Steelyard agree, its output can be read. No time is judged.
--   lua5.4 tests/bench/run.lua PROGRAM
local program = assert(arg[1], "usage: run.lua PROGRAM")
package.path = "tests/bench/?.lua;tests/lib/?.lua;" .. package.path
local agree = require "agree"
local budget = require "budget"
local json = require "json"
local programs = require "programs"
local stages = require "stages"
local suite = require "suite"
local timed = require "timed"

local check, quote, read = suite.check, suite.quote, suite.read
local folder = suite.folder()
local tools = program:match("^(.*)/") .. "/tests/bench"

-- The data: whole funds, the same bytes each time, each sign met, missed and (for findings) far surpassed.
for _, name in ipairs { "a", "b" } do
    assert(os.execute(("%s/bench_generate 3001 %s/%s"):format(quote(tools), folder, name)))
end
local outcomes = read(folder .. "/a/outcomes.csv")
check(outcomes == read(folder .. "/b/outcomes.csv"), "other outcomes the second time")
check(read(folder .. "/a/funds.csv") == read(folder .. "/b/funds.csv"), "other funds the second time")
local rows, far, kinds = 0, 0, {}
for fund, year, path, sign, target, actual in outcomes:gmatch("(P%d+),(%d+),([%w.]+),([<>=]+),([%d.]+),([%d.]+)\n") do
    target, actual = tonumber(target), tonumber(actual)
    rows = rows + 1
    far = far + (sign == ">=" and actual >= 1.3 * target and 1 or 0)
    kinds[sign .. (actual < target and "below" or actual > target and "above" or "same")] = true
    check(#fund == 8 and tonumber(year) >= 2017 and tonumber(year) <= 2020 and path:find("%.i%d%d$"), "row %d is odd", rows)
end
check(rows == 3012, "%d rows, not the whole funds that hold 3001", rows)
check(far > rows * 0.17 and far < rows * 0.23, "%d of %d rows far over their target", far, rows)
for _, kind in ipairs { ">=below", ">=above", "<=below", "<=above", "=below", "=above", "=same" } do
    check(kinds[kind], "no row is %s", kind)
end

-- The floor by plain arithmetic in fractions of whole numbers, done here once more.
local function cents(text)
    return math.tointeger(tonumber((text:gsub("%.", ""))))
end

local weights, types, expected = {}, {}, {}
for type, path, weight in read(folder .. "/a/weights.csv"):gmatch("(%a+),([%w.]+),(%d+)") do weights[type .. path] = cents(weight) end
for fund, type, year in read(folder .. "/a/funds.csv"):gmatch("(P%d+),(%a+),D%d+,(%d+)") do types[fund .. "," .. year] = type end
for key, path, sign, target, actual in outcomes:gmatch("(P%d+,%d+),([%w.]+),([<>=]+),([%d.]+),([%d.]+)\n") do
    local whole, part = cents(target), cents(actual)
    if sign == "<=" then whole, part = part, whole end
    local weight = weights[types[key] .. path] * 100
    -- Half up: the largest number of cents that is at most a half above the exact share.
    local points = weight
    if part < whole then
        points = weight * part // whole
        if 2 * (weight * part - points * whole) >= whole then points = points + 1 end
    end
    expected[key] = (expected[key] or 0) + points
end
assert(os.execute(("%s/bench_one_file %s/a %s/floor.csv"):format(quote(tools), folder, folder)))
local scores, n = agree.scores(folder .. "/floor.csv")
check(n == 251, "the floor has %d funds", n)
for key, sum in pairs(expected) do
    check(math.abs(scores[key] * 100 - sum) < 1e-6, "%s: %s by the floor, %d cents here", key, scores[key], sum)
end

-- Who disagrees is found out.
local other = {}
for key, score in pairs(scores) do other[key] = score end
check(agree.compare(scores, n, other, n) == 0, "a score differs from itself")
other["P0000000,2017"], other["P0000001,2017"] = scores["P0000000,2017"] + 0.01, scores["P0000001,2017"] - 0.02
other["P0000002,2017"] = nil
local unlike, wrong = agree.compare(scores, n, other, n - 1)
check(unlike == 2 and wrong == 2, "two changed by 0.01 and 0.02, one left out: %d unlike, %d wrong", unlike, wrong)
check(select(2, agree.compare(scores, n, { x = 1 }, 1, true)) == 1, "a fund that we have not is no disagreement")

-- The whole, on a copy of the documents.
assert(os.execute("mkdir -p " .. folder .. "/docs && cp docs/performance*.md " .. folder .. "/docs"))
local function bench(words)
    local run = timed.run({ work = folder .. "/a", tools = tools }, { "lua5.4", "tests/bench/bench.lua", program, "--work",
        folder .. "/work", "--docs", folder .. "/docs", "--budget-file", folder .. "/budget", table.unpack(words) })
    return run.code, run.log
end
assert(os.execute("mkdir -p " .. folder .. "/a/out"))
local code, log = bench { "stages", "whole", "--rows", "3001", "--runs", "2", "--document", "--json", folder .. "/out.json" }
if check(code == 0, "exit code %s: %s", code, log) then
    local result = json.read(read(folder .. "/out.json"))
    check(result.schema == "steelyard.bench/1" and result.rows == 3012 and result.funds == 251, "another head")
    check(#result.stages == 4, "%d ways of the stages", #result.stages)
    for _, way in ipairs(result.stages) do
        local names = {}
        for i, stage in ipairs(way.stages) do names[i] = stage.name end
        check(table.concat(names, " ") == "scan load bind measure score check total write close", "stages %s",
            table.concat(names, " "))
        check(way.rows == 3012, "the scan met %s rows", way.rows)
    end
    local compared = {}
    for _, p in ipairs(result.programs) do
        check(#p.runs == 6 and p.peak > 0 and p.wall > 0, "%s: %d runs", p.name, #p.runs)
        if p.wrong then
            compared[#compared + 1] = p.key
            check(p.wrong == 0 and p.unlike == 0 and p.compared == 251, "%s: %s of %s funds have another score", p.name,
                p.unlike, p.compared)
        end
    end
    check(table.concat(compared, " ") == "standard-2 one-file lua-1 lua-2", "compared: %s", table.concat(compared, " "))
    for line in log:gmatch("[^\n]+") do
        check(utf8.len(line) <= 80 or line:find(folder, 1, true), "a line of %d columns: %s", utf8.len(line), line)
    end
    local tables = log:match("^(.-)written: ")
    for _, name in ipairs { "performance.md", "performance.zh-CN.md" } do
        local document, old = read(folder .. "/docs/" .. name), read("docs/" .. name)
        check(document:find("```text\n" .. tables .. "```", 1, true), "%s does not hold the tables", name)
        check(document:match("^(.-)<!%-%- bench") == old:match("^(.-)<!%-%- bench") and
            document:match("<!%-%- end.*$") == old:match("<!%-%- end.*$"), "%s: more than the tables has changed", name)
    end
end
check(bench { "--rows", "0" } == 2 and bench { "--rows" } == 2 and bench { "whale" } == 2, "bad words are taken")

-- A fund scored otherwise is told, and is a failure: a wrong floor stands in for a wrong Steelyard.
local show = require "show"
local told = { machine = { version = "", model = "", processors = 1, memory_gib = 1, kernel = "", load = 0.5 },
    rows = 1, funds = 1, runs = 1,
    stages = {}, programs = { { name = "ours", key = "standard-1", kind = "ours", rows = 1, wall = 1, user = 1, system = 0,
        peak = 1, compared = 9, wrong = 3, unlike = 3 } } }
check(not show.text(told):find("Other work", 1, true), "a quiet machine is called busy")
told.machine.load = 1.5
check(show.text(told):find("Other work ran beside it (load 1.5)", 1, true), "a busy machine is not told")
check(show.text(told):find("ours: 3 of 9 funds have another score", 1, true) and told.failed, "wrong scores are not told")

-- Peers that are not there are told, with what installs them; of those that are there the script is.
local list, absent = programs.list({ program = program, tools = tools, source = ".", work = folder .. "/work" }, folder .. "/a", 3001,
    { parts = { peers = true } })
told.absent, told.programs = absent, {}
for _, p in ipairs(list) do
    check(p.kind ~= "peer" or read(p.command[2]), "%s has no script %s", p.name, p.command[2])
    told.programs[1] = p.key == "one-file" and p or told.programs[1]
end
for _, key in ipairs { "wall", "user", "system", "peak" } do told.programs[1][key] = 1 end
check(#absent >= 2 and absent[1].name == "DuckDB" and absent[1].install:find("^npm install "), "DuckDB is there")
for _, a in ipairs(absent) do
    check(show.text(told):find("Not installed: " .. a.name .. ". To add it:\n  " .. a.install, 1, true), "%s is not told", a.name)
end

-- The budget: what slid, what did not, what has none.
local measured = { calibrate = 2, { name = "load", least = 20 }, { name = "bind", least = 4 }, { name = "check", least = 0.2 } }
local ratios = budget.ratios(measured, { calibrate = 4, { name = "load", least = 8 }, { name = "score", least = 12 } })
check(#ratios == 4 and ratios[1].ratio == 10 and ratios[2].ratio == 2, "ratios %s, %s", ratios[1].ratio, ratios[2].ratio)
check(ratios[4].name == "lua" and ratios[4].ratio == 3, "%s of %s", ratios[4].name, ratios[4].ratio)
local allowed = budget.read(budget.text(ratios))
check(allowed.load == 10 and allowed.bind == 2 and allowed.check == 0.1 and allowed.lua == 3, "a budget is not read as it was written")
local function slid(load, bind, quick)
    return select(2, budget.compare(allowed, { { name = "load", ratio = load }, { name = "bind", ratio = bind },
        { name = "check", ratio = quick } }))
end
check(not slid(10, 2, 0.1) and not slid(12.9, 2.5, 0.1), "what grew by less than 30 % slid")
check(slid(13.1, 2, 0.1) and slid(10, 2.7, 0.1), "what grew by more than 30 % did not slide")
check(not slid(10, 2, 0.29) and slid(10, 2, 0.4), "the slack of what costs next to nothing")
check(select(2, budget.compare(allowed, { { name = "fresh", ratio = 1 } })), "a stage without a budget did not slide")
check(not pcall(budget.read, "load ten\n") and not pcall(budget.read, nil), "a broken budget is taken")
check(bench { "--update-budget", "--rows", "3001", "--runs", "2" } == 0 and budget.read(read(folder .. "/budget")).load > 0,
    "no budget is written")
suite.write(folder .. "/budget", "load 0.0001\n")
check(bench { "--budget", "--rows", "3001", "--runs", "1" } == 1, "a slide is no exit code 1")

-- Medians, and a command that fails.
check(timed.median({ { x = 3 }, { x = 1 }, { x = 2 } }, "x") == 2 and timed.median({ { x = 4 }, { x = 1 } }, "x") == 2.5 and
    timed.median({ {} }, "x") == nil, "medians")
local failed = timed.run({ work = folder .. "/a", tools = tools }, { "sh", "-c", "echo said; exit 7" })
check(failed.code == 7 and failed.log == "said\n", "exit code %s, '%s'", failed.code, failed.log)
check(not pcall(stages.parse, "rows 0\n"), "no stages are taken for some")

suite.finish()
