-- Times Steelyard, stage by stage and as a whole, beside what else does the work. ./dev bench calls it.
--   lua5.4 tests/bench/bench.lua PROGRAM [stages] [whole] [peers] [OPTION …]
package.path = "tests/bench/?.lua;tests/lib/?.lua;" .. package.path
local budget = require "budget"
local data = require "data"
local programs = require "programs"
local show = require "show"
local stages = require "stages"
local suite = require "suite"
local write = require "write"

local USAGE = [[
./dev bench [stages] [whole] [peers] [OPTION …]    without a word: all three

  stages            each stage of a run, from the inside
  whole             the whole program, from files to file
  peers             what else does the same work, as far as it is installed
  --rows N          of outcomes, rounded up to whole funds (5000000)
  --runs K          of everything, in turn; medians are shown (5)
  --large           four times the rows too
  --json FILE       everything measured, each run
  --document        the tables into docs/performance.md and docs/performance.zh-CN.md
  --budget          the stages against tests/bench/budget; exit code 1 where one slid
  --update-budget   writes that file
  --install-peers   first installs the peers that are missing (apt-get, npm)]]

local function stop(...)
    io.stderr:write("bench: ", string.format(...), "\n")
    os.exit(2)
end

local function whole_number(name, text)
    local n = math.tointeger(tonumber(text or ""))
    if not n or n < 1 then stop("%s needs a whole number from 1", name) end
    return n
end

local FLAGS = { ["--large"] = "large", ["--budget"] = "budget", ["--update-budget"] = "update_budget",
    ["--document"] = "document" }
local PARTS = { stages = true, whole = true, peers = true }

local function read_arguments(list)
    local options = { runs = 5, parts = {}, work = "build/bench", budget_file = "tests/bench/budget", docs = "docs" }
    local i = 2
    while list[i] do
        local word, value = list[i], list[i + 1]
        if word == "--help" then
            print(USAGE)
            os.exit(true)
        elseif FLAGS[word] then
            options[FLAGS[word]] = true
        elseif PARTS[word] then
            options.parts[word], options.some = true, true
        elseif word == "--rows" or word == "--runs" then
            options[word:sub(3)] = whole_number(word, value)
            i = i + 1
        elseif word == "--json" or word == "--work" or word == "--budget-file" or word == "--docs" then
            if not value then stop("%s needs a path", word) end
            options[word:sub(3):gsub("-", "_")] = value
            i = i + 1
        else
            stop("there is no '%s'\n%s", word, USAGE)
        end
        i = i + 1
    end
    if not options.some then options.parts = { stages = true, whole = true, peers = true } end
    return options
end

local function first_line(command)
    return (suite.capture(command .. " 2>/dev/null"):match("[^\n]*"))
end

local function describe_machine(program)
    local memory = tonumber((suite.read("/proc/meminfo") or ""):match("MemTotal:%s+(%d+)")) or 0
    local cpu = suite.read("/proc/cpuinfo") or ""
    return { model = cpu:match("model name%s*:%s*([^\n]+)") or "unknown processor",
        processors = math.tointeger(tonumber(first_line("nproc"))) or 1, memory_gib = (memory + 524288) // 1048576,
        kernel = first_line("uname -sr"), load = tonumber((suite.read("/proc/loadavg") or ""):match("^%S+")) or 0,
        version = first_line(suite.quote(program) .. " --version") }
end

-- Where it is told what runs: on a terminal one line, else nothing.
local terminal = os.execute("test -t 2")
local function tell(...)
    if terminal then io.stderr:write("\r\27[K", string.format(...)) end
end

local function run_budget(bench, options)
    local folder = data.make(bench, options.rows or 1000000)
    local standard = stages.measure(bench, folder, options.runs, 1, false, tell)
    local measured = budget.ratios(standard, stages.measure(bench, folder, options.runs, 1, true, tell))
    tell("")
    if options.update_budget then
        suite.write(options.budget_file, budget.text(measured))
        print("written: " .. options.budget_file)
        return true
    end
    local text, slid = budget.compare(budget.read(suite.read(options.budget_file)), measured)
    io.write(text)
    return not slid
end

local function run_all(bench, options)
    local rows = options.rows or 5000000
    local result = { machine = describe_machine(bench.program), runs = options.runs, stages = {}, programs = {} }
    local folder = data.make(bench, rows)
    result.rows, result.funds = data.count(folder)
    if options.parts.stages then
        for _, way in ipairs { { 1, false }, { 2, false }, { 1, true }, { 2, true } } do
            result.stages[#result.stages + 1] = stages.measure(bench, folder, options.runs, way[1], way[2], tell)
        end
    end
    if options.parts.whole or options.parts.peers then
        result.programs, result.absent = programs.list(bench, folder, rows, options)
        programs.run(bench, result.programs, options.runs, tell)
    end
    tell("")
    return result
end

local program = assert(arg[1], "bench.lua PROGRAM …")
local options = read_arguments(arg)
local bench = { program = suite.absolute(program), work = suite.absolute(options.work), source = suite.absolute(".") }
bench.tools = bench.program:match("^(.*)/") .. "/tests/bench"
assert(os.execute("mkdir -p " .. suite.quote(bench.work .. "/out")))
if options.budget or options.update_budget then os.exit(run_budget(bench, options)) end
local result = run_all(bench, options)
local text = show.text(result)
io.write(text)
if options.json then suite.write(options.json, write.json(result)) end
if options.document then
    for _, name in ipairs { "performance.md", "performance.zh-CN.md" } do
        write.document(options.docs .. "/" .. name, text)
        print("written: " .. options.docs .. "/" .. name)
    end
end
os.exit(not result.failed)
