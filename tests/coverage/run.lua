-- run.lua - `steelyard test --coverage`: rules, bands of tiers and lines of functions that no case reaches, counted by
-- hand in the scripts below; the gate of --coverage-min; and that nothing else changes.
--
--     lua5.4 tests/coverage/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program = assert(arg[1], "run.lua PROGRAM")
local check = suite.check
local folder = suite.folder()

local function same(what, got, expected)
    check(got == expected, "%s: got\n%s\nexpected\n%s", what, got, expected)
end

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

-- Standard output, standard error and exit code of the program in a folder.
local function run(arguments, where)
    local pipe = assert(io.popen(("cd '%s' && '%s' %s 2>'%s/stderr' && echo 'code 0' || echo code $?"):format(
        where or folder, program, arguments, folder)))
    local text = pipe:read("a")
    pipe:close()
    local file = assert(io.open(folder .. "/stderr", "rb"))
    local errors = file:read("a")
    file:close()
    local out, code = text:match("^(.*)code (%d+)\n$")
    return out, errors, tonumber(code)
end

-- What was reached and what was not, as lines of text: "path: rules 1/2, tiers 0/0, lines 3/4", "path:5: kind: what".
local function tell(document)
    local lines = {}
    local function counts(part)
        return ("rules %d/%d, tiers %d/%d, lines %d/%d"):format(part.rules.reached, part.rules.total, part.tiers.reached,
            part.tiers.total, part.lines.reached, part.lines.total)
    end
    for _, file in ipairs(document.coverage.files) do
        lines[#lines + 1] = file.path .. ": " .. counts(file)
        for _, gap in ipairs(file.unreached) do
            local what = gap.what ~= json.null and gap.what or gap.line .. "-" .. gap.last_line
            lines[#lines + 1] = ("  %d: %s: %s"):format(gap.line, gap.kind, what)
        end
    end
    lines[#lines + 1] = "all: " .. counts(document.coverage)
    return table.concat(lines, "\n")
end

local function coverage(arguments)
    local out, errors, code = run("test --coverage --format json " .. (arguments or ""))
    check(out ~= "" and code ~= 3, "%s: exit %d, %s", arguments, code, errors)
    local document = json.read(out)
    return tell(document), document, code
end

write("evaluation.ini", "[evaluation]\ntitle = t\nyears = 2020-2021\n")
write("config/t.ini", "[weights]\na.measured = 10\n")
-- 6 rules, of which rating{} at 15 grades nothing; bands 4 + 3; lines of functions 8 9 10 11 13, 17, 20 21.
write("scripts/t.lua", [[
local sy = require "steelyard"
local half = require "half"
local rules = sy.rules { api = 1 }

rules.indicator["a.tiers"] = sy.tiers { of = 5, { 90, 5 }, { 80, 4 }, { 60, 2 } }
rules.indicator["a.least"] = sy.least { sy.completion {}, sy.tiers { edge = "upper", { 0, 1 }, { 10, 0.5 } } }
rules.indicator["a.fun"] = function(i)
    if i.actual >= i.target then
        return 1
    elseif i.actual < 0 then
        return 0, "below nothing"
    end
    return half.of(i.actual / i.target)
end
rules.indicator["a.never"] = sy.rating {}
rules.measure["a.measured"] = function(fund)
    return fund.x, "%"
end
function rules.check(fund)
    if fund.x and fund.x > 100 then
        fund:finding("warning", "too much")
    end
end

return rules
]])
-- Lines 3 and 6: the second function is never called.
write("scripts/lib/half.lua", [[
local half = {}
function half.of(x)
    return x / 2
end
function half.unused(x)
    return x * 2
end
return half
]])
-- What it inherits counts where it is written.
write("scripts/2021-/t.lua", [[
local sy = require "steelyard"
local rules = sy.base()
rules.indicator["a.year"] = sy.tiers { { 50, 1 }, { 0, 0 } }
return rules
]])
write("scripts/u.lua", [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.adjust(fund)
    if fund.misuse then
        fund:points(-1, "misuse")
    end
end
return rules
]])
local CASES = [[
test.case("between 80 and 90", { indicator = "a.tiers", actual = 85 }, { attainment = 0.8 })
test.case("over 90", { indicator = "a.tiers", actual = 90 }, { attainment = 1 })
test.case("least", { indicator = "a.least", target = 5, actual = 5 }, { attainment = 0.5 })
test.case("half of half", { indicator = "a.fun", target = 2, actual = 1 }, { attainment = 0.25 })
test.case("measured", { indicator = "a.measured", target = "≥100%", facts = { x = 50 } }, { attainment = 0.5 })
]]
write("scripts/t_test.lua", CASES)

local T = [[
scripts/t.lua: rules 5/6, tiers 3/7, lines 5/8
  5: tiers: 60 ≤ a < 80 → 2
  5: tiers: a < 60 → 0
  6: tiers: a ≤ 0 → 1
  6: tiers: a > 10 → 0
  9: lines: 9-9
  11: lines: 11-11
  15: rules: rules.indicator["a.never"]
  21: lines: 21-21]]
local WHOLE = [[
scripts/2021-/t.lua: rules 0/1, tiers 0/2, lines 0/0
  3: rules: rules.indicator["a.year"]
  3: tiers: a < 50 → 0
  3: tiers: a ≥ 50 → 1
scripts/lib/half.lua: rules 0/0, tiers 0/0, lines 1/2
  6: lines: 6-6
]] .. T .. [[

scripts/u.lua: rules 0/1, tiers 0/0, lines 0/2
  3: rules: rules.adjust
  4: lines: 4-5
all: rules 5/8, tiers 3/9, lines 6/12]]

-- A folder: all of its scripts. A test file or a type: the script beside it.
same("folder", coverage(), WHOLE)
same("test file", coverage("scripts/t_test.lua"), T .. "\nall: rules 5/6, tiers 3/7, lines 5/8")
same("type", coverage("--type t"), T .. "\nall: rules 5/6, tiers 3/7, lines 5/8")
same("invented cases reach nothing", coverage("--properties"), WHOLE)
same("from elsewhere", (coverage(("'%s'"):format(folder)):gsub(folder .. "/", "")), WHOLE)

-- For people, at 80 columns.
same("table", (run("test --coverage --lang en")), [[
scripts/t_test.lua: 5 cases
5 of 5 cases passed (1 file)

Coverage                  rules    tiers    lines  reached
  scripts/2021-/t.lua       0/1      0/2        -     0.0%
  scripts/lib/half.lua        -        -      1/2    50.0%
  scripts/t.lua             5/6      3/7      5/8    61.9%
  scripts/u.lua             0/1        -      0/2     0.0%
  all                       5/8      3/9     6/12    48.2%

Reached by no case:
  scripts/2021-/t.lua:3: rules.indicator["a.year"]
  scripts/2021-/t.lua:3: tier a < 50 → 0
  scripts/2021-/t.lua:3: tier a ≥ 50 → 1
  scripts/lib/half.lua:6: lines that did not run: 6
  scripts/t.lua:5: tier 60 ≤ a < 80 → 2
  scripts/t.lua:5: tier a < 60 → 0
  scripts/t.lua:6: tier a ≤ 0 → 1
  scripts/t.lua:6: tier a > 10 → 0
  scripts/t.lua:9: lines that did not run: 9, 11, 21
  scripts/t.lua:15: rules.indicator["a.never"]
  scripts/u.lua:3: rules.adjust
  scripts/u.lua:4: lines that did not run: 4-5
]])
same("in Chinese, brief", (run("test -q --coverage --lang zh scripts/t_test.lua")), [[
5 个用例通过 5 个（1 个文件）

覆盖                规则     分档       行   覆盖率
  scripts/t.lua      5/6      3/7      5/8    61.9%
]])
do -- a path that leaves its numbers no room has a line of its own
    local long = "a folder with quite a long name, longer than others"
    write(long .. "/scripts/v.lua", "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\nreturn rules\n")
    write(long .. "/scripts/v_test.lua", 'test.case("1", { indicator = "a.x", target = 2, actual = 1 }, { attainment = 0.5 })\n')
    local out = run(("test -q --coverage --lang en '%s'"):format(long))
    same("long path", out:match("Coverage.*"), "Coverage      rules    tiers    lines  reached\n  " .. long .. "/scripts/v.lua\n" ..
        "                  -        -        -        -\n")
end

-- The gate: 14 of 29 is 48.27… %, cut to 48.2 and compared as it is.
for minimum, expected in pairs { ["0"] = 0, ["48.2"] = 0, ["48.27"] = 0, ["48.28"] = 1, ["49"] = 1, ["100"] = 1 } do
    local out, errors, code = run("test --coverage-min " .. minimum .. " --lang en")
    check(code == expected and out:find("48.2%%"), "--coverage-min %s: exit %d", minimum, code)
    local said = errors:find("cases reach 48.2% of the rules, tiers and lines, less than the " .. minimum .. "%", 1, true)
    check((said ~= nil) == (expected == 1), "--coverage-min %s: %s", minimum, errors)
end
for _, wrong in ipairs { "101", "-1", "1e1", "''", "abc", "100.1", "90%" } do
    local _, errors, code = run("test --coverage-min " .. wrong)
    check(code == 2 and errors:find("per cent", 1, true), "--coverage-min %s: exit %d, %s", wrong, code, errors)
end
do
    local _, errors, code = run("score --coverage")
    check(code == 2 and errors:find("score has no --coverage", 1, true), "score: exit %d, %s", code, errors)
    local out, note = run("test --coverage --format csv")
    check(not out:find("48.2", 1, true) and note:find("cases reach 48.2%", 1, true), "csv: %s", note)
end

-- Results are the same with and without, and for any number of workers.
local plain, covered = json.read((run("test --format json"))), json.read((run("test --coverage --format json")))
check(plain.coverage == json.null and covered.coverage ~= json.null, "coverage is told where it is asked for")
check(#plain.cases == 5 and #covered.cases == 5, "five cases")
for i, case in ipairs(plain.cases) do
    for key, value in pairs(case) do
        if type(value) ~= "table" then
            check(covered.cases[i][key] == value, "%s: %s differs", case.case, key)
        end
    end
end
for jobs = 2, 5 do
    same("--jobs " .. jobs, (run("test --coverage --format json --jobs " .. jobs)), (run("test --coverage --format json --jobs 1")))
end

-- More cases reach the rest of t.lua.
write("scripts/t_test.lua", CASES .. [[
test.case("60", { indicator = "a.tiers", actual = 60 }, { attainment = 0.4 })
test.case("a hair under 60", { indicator = "a.tiers", actual = "59.9999999999" }, { attainment = 0.4 })
test.case("under 60", { indicator = "a.tiers", actual = "59.99" }, { attainment = 0 })
test.case("none", { indicator = "a.least", target = "≤0", actual = 0 }, { attainment = 0 })
test.case("many", { indicator = "a.least", target = 10, actual = 11 }, { attainment = 0 })
test.case("all", { indicator = "a.fun", target = 2, actual = 2 }, { attainment = 1 })
test.case("negative", { indicator = "a.fun", target = 2, actual = -1 }, { attainment = 0 })
test.case("a judgement", { indicator = "a.never", rating = "0.5" }, { attainment = 0.5 })
test.case("too much", { indicator = "a.measured", target = "≥100%", facts = { x = 101 } }, { finding = "script" })
]])
local all, _, code = coverage("scripts/t_test.lua")
same("all of it", all, [[
scripts/t.lua: rules 6/6, tiers 7/7, lines 8/8
all: rules 6/6, tiers 7/7, lines 8/8]])
check(select(3, run("test --coverage-min 100 scripts/t_test.lua")) <= 1, "exit %d", code)

-- What graded an indicator: a judgement is no doing of a rule that reads numbers; a value that is missing grades
-- nothing, unless the rule says what it earns.
write("scripts/t.lua", [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.rated"] = sy.completion {}
rules.indicator["a.rating"] = sy.rating {}
rules.indicator["a.missing"] = sy.completion {}
rules.indicator["a.said"] = sy.tiers { { 1, 1 }, missing = 0.5 }
rules.indicator["a.*"] = sy.reverse {}
rules.measure["a.lacks"] = function(fund) return fund.nothing end
rules.target["a.target"] = function(fund) return fund.x end
rules.target["a.none"] = function(fund) return nil end
local tiers = sy.tiers { { 50, 1 } }
rules.indicator["b.called"] = function(i, fund) return tiers(i, fund) end
local function again(i) return i and 1 or again(i) end
return rules
]])
write("scripts/t_test.lua", [[
test.case("1", { indicator = "a.rated", target = 5, rating = "0.5" }, { attainment = 0.5 })
test.case("2", { indicator = "a.rating", rating = "0.5" }, { attainment = 0.5 })
test.case("3", { indicator = "a.missing", target = 5 }, { status = "missing" })
test.case("4", { indicator = "a.said" }, { attainment = 0.5 })
test.case("5", { indicator = "a.lacks", target = 5 }, { status = "missing" })
test.case("6", { indicator = "a.target", actual = 5, facts = { x = 5 } }, { attainment = 1 })
test.case("7", { indicator = "a.none", actual = 5 }, { status = "untargeted" })
test.case("8", { indicator = "b.called", actual = 50, target = 1 }, { attainment = 1 })
]])
same("what graded", coverage("scripts/t_test.lua"), [[
scripts/t.lua: rules 5/9, tiers 1/4, lines 4/5
  3: rules: rules.indicator["a.rated"]
  5: rules: rules.indicator["a.missing"]
  6: tiers: a ≥ 1 → 1
  6: tiers: a < 1 → 0
  8: rules: rules.measure["a.lacks"]
  10: rules: rules.target["a.none"]
  11: tiers: a < 50 → 0
  13: lines: 13-13
all: rules 5/9, tiers 1/4, lines 4/5]])

-- A function that never ends still stops, and its lines were reached (`while true` alone has no code).
write("scripts/t.lua", [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.x"] = function()
    while true do
        pcall(function()
            while true do end
        end)
    end
end
return rules
]])
write("scripts/t_test.lua", 'test.case("endless", { indicator = "a.x", target = 1, actual = 1 }, { error = "instructions" })\n')
local endless, told = coverage("scripts/t_test.lua")
check(told.passed == 1, "the endless function is stopped")
same("endless", endless, [[
scripts/t.lua: rules 0/1, tiers 0/0, lines 2/2
  3: rules: rules.indicator["a.x"]
all: rules 0/1, tiers 0/0, lines 2/2]])

-- A type without a script has nothing to reach, and misses nothing. A script without tests must load all the same.
os.remove(folder .. "/scripts/t.lua")
write("scripts/t_test.lua", 'test.case("by sign", { indicator = "a.x", target = 2, actual = 1 }, { attainment = 0.5 })\n')
do
    local out, errors, exit = run("test --coverage-min 100 --lang en scripts/t_test.lua")
    check(exit == 0 and errors == "" and out:find("all +%- +%- +%- +%-"), "no script: exit %d, %s%s", exit, errors, out)
    write("scripts/u.lua", "return 1 +\n")
    out, errors, exit = run("test --coverage")
    check(exit == 3 and out == "" and errors:find("scripts/u.lua:2", 1, true), "broken: exit %d, %s", exit, errors)
    check(select(3, run("test")) == 0, "without --coverage nobody reads it")
end

-- The installed folder: every script counts, its worked tests reach all of it, and the sums are those of the files.
local root = assert(io.popen("pwd")):read("l")
local out = run("test --coverage --format json", root)
local sums, listed = { rules = 0, tiers = 0, lines = 0 }, {}
local installed = json.read(out).coverage
for _, file in ipairs(installed.files) do
    listed[file.path] = true
    for kind in pairs(sums) do sums[kind] = sums[kind] + file[kind].total end
    for _, gap in ipairs(file.unreached) do
        local what = gap.what ~= json.null and gap.what or "does not run"
        check(false, "%s:%d: no worked test reaches it: %s: %s", file.path, gap.line, gap.kind, what)
    end
end
for kind, sum in pairs(sums) do check(installed[kind].total == sum, "%s: %d, %d", kind, installed[kind].total, sum) end
for path in assert(io.popen("ls scripts/*.lua")):lines() do
    local script = not path:find("_test%.lua$") and not path:find("%.d%.lua$")
    check((listed[path] ~= nil) == script, "%s is counted, or is no script of a type", path)
end

suite.finish()
