-- run.lua - `steelyard test`: cases against plain arithmetic, each kind of expectation met and missed, test files that
-- cannot be used, evaluations with year folders, formats and exit codes.
--
--     lua5.4 tests/prove/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program = assert(arg[1], "run.lua PROGRAM")
local check = suite.check
local folder = suite.folder()
math.randomseed(20200110)

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

local function remove(name)
    os.execute(("rm -rf '%s/%s'"):format(folder, name))
end

-- Standard output, standard error and exit code of `steelyard test ARGUMENTS` in the folder.
local function run(arguments)
    local command = ("cd '%s' && '%s' test %s 2>'%s/stderr' && echo 'code 0' || echo code $?"):format(
        folder, program, arguments, folder)
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    pipe:close()
    local file = assert(io.open(folder .. "/stderr", "rb"))
    local errors = file:read("a")
    file:close()
    local out, code = text:match("^(.*)code (%d+)\n$")
    return out, errors, tonumber(code)
end

local function cases_of(arguments)
    local out, errors, code = run((arguments or "") .. " --format json")
    check(errors == "", "%s", errors)
    local told = json.read(out)
    local by_name = {}
    for _, case in ipairs(told.cases) do by_name[case.case] = case end
    return by_name, told, code
end

-- A type of our own: 60 and 40 points, checks, adjustments, measures.
write("config/t.ini", [[
[weights]
output.part = 60
output.other = 40
[grades]
优 = 90
良 = 80
差 = 0
[ratings]
好 = 1
中 = 0.6
[missing]
actual = exclude
[facts]
quota = number required
]])
write("scripts/t.lua", [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["output.part"] = sy.completion {}
rules.indicator["output.function"] = function(i) return i.actual / 100, "百分之" .. i.actual end
rules.indicator["output.broken"] = function(i) return i.nothing.at_all end
rules.indicator["output.grown"] = sy.against_previous { sy.completion {} }
rules.measure["output.rate"] = function(fund) return sy.percent(fund.spent, fund.budget), "%" end
rules.check = function(fund)
    if fund.spent and fund.budget and fund.spent > fund.budget then
        fund:finding("warning", { zh = "超支", en = "overspent" }, "overspent")
    end
end
rules.adjust = function(fund)
    if fund.misuse then fund:deduct(3, "挪用") end
    if fund.fraud then fund:cap("差", "虚报") end
end
return rules
]])

-- Completion is a ÷ t and no more than 1: of random figures half are expected as they are, half are not.
local function try_arithmetic()
    local lines, wrong, n = {}, {}, 200
    for i = 1, n do
        local t, a = math.random(1, 5000), math.random(0, 7000)
        local attainment = a >= t and 1 or a / t
        local off = i % 2 == 0
        if off then attainment = attainment + (i % 4 == 0 and 1e-6 or -1e-6) end
        wrong["case " .. i] = off
        lines[i] = ("test.case('case %d', { indicator = 'output.part', target = %s, actual = %s }, { attainment = %.17g })")
            :format(i, i % 3 == 0 and "'≥" .. t .. "个'" or t, i % 3 == 0 and "'" .. a .. "个'" or a, attainment)
    end
    write("scripts/t_test.lua", table.concat(lines, "\n") .. "\n")
    local cases, told, code = cases_of()
    check(code == 1 and told.count == n and told.passed == n // 2, "arithmetic: code %s, %s passed", code, told.passed)
    for name, off in pairs(wrong) do
        check(cases[name].passed == not off and #cases[name].failures == (off and 1 or 0), "%s", name)
        check(cases[name].line == tonumber(name:match("%d+")), "the line of %s", name)
    end
end

-- Points of 60, rounded half up to two places: exactly what is printed, and nothing near it.
local function try_scores()
    local lines, wrong = {}, {}
    for i = 1, 60 do
        local t, a = math.random(10, 999), math.random(0, 999)
        local points = a >= t and 6000 or (2 * 6000 * a + t) // (2 * t)
        local off = i % 2 == 0 and 1 or 0
        wrong["score " .. i] = off == 1
        lines[i] = ("test.case('score %d', { indicator = 'output.part', target = %d, actual = %d }, { score = %.2f })")
            :format(i, t, a, (points + off) / 100)
    end
    write("scripts/t_test.lua", table.concat(lines, "\n") .. "\n")
    local cases = cases_of()
    for name, off in pairs(wrong) do check(cases[name].passed == not off, "%s", name) end
end

-- given, an expectation that is met, one that is not, and what is told then.
local kinds = {
    { "indicator = 'output.part', target = 8, actual = 6", "attainment = 0.75", "attainment = 0.7", "0.75" },
    { "indicator = 'output.part', target = 8, actual = 6", "attainment = 3 / 4 + 1e-12", "attainment = false", "0.75" },
    { "indicator = 'output.part', target = 8, actual = 6", "score = 45", "score = 45.0000001", "45.00" },
    { "indicator = 'output.part', target = 8, actual = 6", "status = 'scored'", "status = 'missing'", "scored" },
    { "indicator = 'output.part', target = 8", "status = 'missing'", "attainment = 0", "(none)" },
    { "indicator = 'output.part', target = 8", "attainment = false, score = false", "score = 0", "(none)" },
    { "indicator = 'output.part', target = 8, actual = 6", "reason = '6 ÷ 8'", "reason = '6 ÷ 9'" },
    { "indicator = 'output.part', target = '8万元', actual = '60000元'", "actual = 6", "actual = 60000", "6" },
    { "indicator = 'output.part', target = '8万元', actual = '60000元'", "target = 8", "target = 80000", "8" },
    { "indicator = 'output.other', target = '3-5', actual = 4", "target = { 3, 5 }", "target = { 3, 6 }", "{ 3, 5 }" },
    { "indicator = 'output.other', target = '2020年9月30日前', actual = '2020年9月1日'", "actual = '2020-09-01'",
        "actual = '2020-09-02'", "2020-09-01" },
    { "indicator = 'output.other', target = '2020年9月30日前', actual = sy.date(2020, 9, 1)", "actual = sy.date(2020, 9, 1)",
        "actual = sy.date(2020, 9, 2)", "2020-09-01" },
    { "indicator = 'output.other', rating = '中'", "rating = '中', attainment = 0.6", "rating = '好'", "中" },
    { "indicator = 'output.other', rating = '中'", "status = 'scored'", "rating = false", "中" },
    { "indicator = 'output.other', target = 1, actual = 1", "rating = false", "rating = '中'", "(none)" },
    { "indicator = 'output.part', target = 8, actual = 20", "finding = 'target-too-low'", "no_finding = 'target-too-low'" },
    { "indicator = 'output.part', target = 8, actual = 8", "no_finding = true", "finding = 'target-too-low'", "(none)" },
    { "indicator = 'output.part', target = 8, actual = 20", "finding = { 'target-too-low' }", "no_finding = true" },
    { "indicator = 'output.broken', target = 8, actual = 20", "error = 'nothing'", "status = 'error'" },
    { "indicator = 'output.broken', target = 8, actual = 20", "error = 'nothing', status = 'error'", "error = 'elsewhere'" },
    { "indicator = 'output.part', target = 8, actual = 8", "attainment = 1", "error = 'any'", "(none)" },
    { "indicator = 'output.function', target = 8, actual = 25", "attainment = 0.25, reason = '百分之25'", "attainment = 0.5" },
    { "indicator = 'output.grown', actual = 110, previous = 100", "attainment = 1", "attainment = 0.5", "1" },
    { "indicator = 'output.grown', actual = 105, previous = { actual = 210 }", "attainment = 0.5", "attainment = 1", "0.5" },
    { "indicator = 'output.grown', actual = 105", "status = 'untargeted'", "status = 'scored'", "untargeted" },
    { "indicator = 'output.rate', facts = { spent = 25, budget = '50元' }", "actual = 50", "actual = 25", "50" },
    { "indicator = 'output.rate', facts = { spent = 25, budget = 50 }, target = '100%'", "attainment = 0.5", "attainment = 1" },
    { "level1 = '产出指标', level2 = '数量指标', name = '推送', target = 4, actual = 3", "attainment = 0.75", "attainment = 1" },
    { "indicator = 'output.part', target = 8, actual = 8, facts = { misuse = true }", "fund = { points = -3, reason = '挪用' }",
        "fund = { points = 0 }", "-3" },
    { "indicator = 'output.part', target = 8, actual = 8, facts = { misuse = false }", "fund = { points = 0 }",
        "fund = { points = -3 }", "0" },
    { "indicator = 'output.part', target = 8, actual = 8", "indicators = { ['output.part'] = { attainment = 1 } }",
        "indicators = { ['output.nowhere'] = { attainment = 1 } }", "there is no such indicator" },
    -- Whole funds: 60 × 0.75 + 40 = 85.
    { "indicators = { { indicator = 'output.part', target = 8, actual = 6 }, { indicator = 'output.other', target = 1, actual = 1 } }",
        "score = 85, grade = '良', status = 'scored', coverage = 1, points = 0, cap = false", "score = 85.01", "85.00" },
    { "indicators = { { indicator = 'output.part', target = 8, actual = 6 }, { indicator = 'output.other', target = 1, actual = 1 } }",
        "bounds = { 85, 85 }", "bounds = false", "{ 85, 85 }" },
    { "indicators = { ['output.part'] = { target = 8, actual = 6 }, ['output.other'] = { target = 1, actual = 1 } }",
        "indicators = { ['output.part'] = { attainment = 0.75 }, ['output.other'] = { attainment = 1 } }",
        "indicators = { ['output.part'] = { attainment = 1 } }", "0.75" },
    { "indicators = { { indicator = 'output.part', target = 8, actual = 8 } }", "coverage = 0.6", "coverage = 0.61", "0.6" },
    { "indicators = { { indicator = 'output.part', target = 8, actual = 8 } }", "bounds = { 60, 100 }", "bounds = { 60, 99 }",
        "{ 60, 100 }" },
    { "facts = { fraud = true }, indicators = { { indicator = 'output.part', target = 1, actual = 1 }, " ..
        "{ indicator = 'output.other', target = 1, actual = 1 } }", "cap = '差', grade = '差', reason = '虚报'", "cap = '良'", "差" },
    { "facts = { spent = 2, budget = 1 }", "finding = 'overspent', status = 'unscored', score = false, grade = false",
        "no_finding = 'overspent'" },
    { "facts = { spent = 1, budget = 2 }, fund = { name = '甲', department = '局', claimed = 99 }", "no_finding = 'overspent'",
        "finding = 'overspent'" },
}

local function try_kinds()
    local lines = { "local sy = require 'steelyard'" }
    for i, kind in ipairs(kinds) do
        for k = 2, 3 do
            lines[#lines + 1] = ("test.case('%d %s', { %s }, { %s })"):format(i, k == 2 and "met" or "missed", kind[1], kind[k])
        end
    end
    write("scripts/t_test.lua", table.concat(lines, "\n") .. "\n")
    local cases = cases_of("--lang en")
    for i, kind in ipairs(kinds) do
        local met, missed = cases[i .. " met"], cases[i .. " missed"]
        check(met.passed, "%s { %s }: %s", kind[1], kind[2], (met.failures[1] or {}).got)
        check(not missed.passed, "%s { %s } is met", kind[1], kind[3])
        local told = missed.failures[1]
        check(not kind[4] or (told and told.got == kind[4]), "%s { %s }: got %s", kind[1], kind[3], told and told.got)
    end
end

-- Files that cannot be used: their text, the line, what is said, in part.
local bad = {
    { "test.case('a', { indicator = 'output.x', actul = 5 }, { attainment = 1 })", 1, "'actul': did you mean 'actual'?" },
    { "test.case('a', { indicator = 'output.x', actual = 5 }, { attainmnt = 1 })", 1, "'attainmnt': did you mean 'attainment'?" },
    { "test.case('a', { indicator = 'output.x', actual = 5 }, { grade = '优' })", 1, "write fund = { grade = … }" },
    { "test.case('a', { facts = {} }, { attainment = 1 })", 1, "attainment is an indicator's" },
    { "\ntest.case('a', { indicator = 'output.x' }, {})", 2, "expects nothing" },
    { "test.case('a', { facts = {} }, { status = 'scored', fund = {} })", 1, "fund is a table" },
    { "test.case('a', { facts = {} }, { indicators = { a = { score = 1 }, b = 5 } })", 1, "indicators is a table" },
    { "test.case('a', { facts = {} }, { indicators = { a = { score = 1 }, b = {} } })", 1, "indicators is a table" },
    { "test.case('a', { facts = {} }, { indicators = { a = { score = 1 }, { score = 1 } } })", 1,
        "indicators is a table" },
    { "test.case('a', { actual = 5 }, { attainment = 1 })", 1, "which indicator?" },
    { "test.case('a', { facts = {} }, { finding = 'overspnt' })", 1, "'overspnt': did you mean 'overspent'?" },
    { "test.case('a', { facts = {} }, { status = 'missing' })", 1, "no status is called 'missing'" },
    { "test.case('a', { indicator = 'output.x' }, { attainment = '1' })", 1, "attainment is a number" },
    { "test.case('a', { indicator = 'output.x' }, { target = { 1, 2, 3 } })", 1, "target is a number" },
    { "test.case('a', { indicator = 'output.x', actual = {} }, { attainment = 1 })", 1, "actual is a number" },
    { "test.case('a', { indicator = 'output.x', actual = string.rep }, { attainment = 1 })", 1, "not function" },
    { "test.case('a', { indicator = 'output.x', actual = require 'steelyard'.tiers { { 1, 1 } } }, { score = 1 })", 1,
        "dates, true, false and tables" },
    { "test.case('a', { indicator = 'output.x' })", 1, "write test.case(" },
    { "test.case('a', { indicator = 'output.x', indicators = {} }, { score = 1 })", 1, "not both" },
    { "test.case('a', { indicators = { { path = 'x' } } }, { score = 1 })", 1, "no column 'path'" },
    { "test.case('a', { indicators = { { indicator = 'x' }, a = 1 } }, { score = 1 })", 1, "a list of rows" },
    { "test.case('a', { indicators = { x = { indicator = 'x' } } }, { score = 1 })", 1, "names an indicator again" },
    { "test.case('a', { indicators = { x = { path = 'x' } } }, { score = 1 })", 1, "no column 'path'" },
    { "test.case('a', { indicator = 'x', budget = 1 }, { score = 1 })", 1, "budget is a fact: write facts = { budget = … }" },
    { "test.case('a', { indicator = 'x', type = 't' }, { score = 1 })", 1, "type is the fund's: write fund = { type = … }" },
    { "test.case('a', { previous = 5 }, { score = 1 })", 1, "previous is last year's actual" },
    { "test.case('a', { previous = { factz = {} } }, { score = 1 })", 1, "'factz': did you mean 'facts'?" },
    { "test.case('a', { year = '2019' }, { score = 1 })", 1, "year is a number" },
    { "test.case('a', { facts = { 1, 2 } }, { score = 1 })", 1, "facts has names" },
    { "test.case('a', { fund = { departmnt = 'x' } }, { score = 1 })", 1, "'departmnt': did you mean 'department'?" },
    { "test.case('a', { facts = {} }, { score = 1 })\n\ntest.case('a', { facts = {} }, { score = 1 })", 3, "stands at line 1" },
    { "test.case('', { facts = {} }, { score = 1 })", 1, "has a name" },
    { "local x = 1\ntest.case('a', { x = ", 2, "unexpected symbol" },
    { "while true do end", 1, "more than 1000000 instructions" },
    { "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) end", 1, "more than" },
    { "local t = {} t.t = t test.case('a', t, {})", 1, "tables within tables" },
    { "x = 1", 1, "globals are read-only" },
    { "test.case = 1", 1, "read-only" },
    { "test.cse('a', {}, {})", 1, "'cse' (did you mean 'case'?)" },
    { "test.case('a', { [1.5] = 1 }, {})", 1, "a list has the elements" },
    { "test.case('a', { indicator = 'x', actual = 1 / 0 }, { score = 1 })", 1, "not finite" },
    { "test.case('a', { indicator = 'x', actual = 1e300 }, { score = 1 })", 1, "actual: a table cannot hold the number 1e+300" },
    { "test.case('a', { facts = { staff = 1e-9 } }, { score = 1 })", 1, "staff: a table cannot hold the number 1e-09" },
    { "test.case('a', { indicator = 'x', actual = '\\0' }, { score = 1 })", 1, "a text has a NUL byte" },
    { "test.case('a', { indicator = 'x', actual = string.char(255) }, { score = 1 })", 1, "not valid UTF-8" },
    { "test.exempt('output.*', 'monoton', 'why')", 1, "did you mean 'monotone'?" },
    { "test.exempt('output.*', 'monotone', '')", 1, "says why" },
    { "test.exempt('output.*', 'monotone')", 1, "write test.exempt(" },
    { "test.case('a', { facts = {}, fund = { type = 'tt' } }, { score = 1 })", 1, "type 'tt' has neither an INI nor a script" },
    { "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\nrules.indicator['output.part'] = sy.completion {}", 2,
        "sy.rules belongs in a script, TYPE.lua: a test file has cases" },
    { "local sy = require 'steelyard'\nlocal rules = sy.base()", 2, "there are no rules below" },
    { "require 'nothing'", 1, "there is no scripts/lib/nothing.lua" },
    { "local a = 1", nil, "has no test.case(" },
    { "", nil, "has no test.case(" },
}

local function try_bad()
    for _, b in ipairs(bad) do
        write("scripts/t_test.lua", b[1])
        local out, errors, code = run("")
        local place = "steelyard: error: scripts/t_test.lua:" .. (b[2] and b[2] .. ":" or "")
        check(code == 3 and out == "", "%s: code %s, output %s", b[1], code, out)
        check(errors:sub(1, #place) == place and errors:find(b[3], 1, true) and select(2, errors:gsub("\n", "")) == 1,
            "%s: %s", b[1], errors)
    end
end

-- A script that fails to load is no failed case.
local function try_broken_script()
    write("scripts/s.lua", "local sy = require 'steelyard'\nreturn sy.rules { api = 1 }.nothing(\n")
    write("scripts/s_test.lua", "test.case('a', { facts = {} }, { score = 1 })")
    local _, errors, code = run("--type s")
    check(code == 3 and errors:find("scripts/s.lua:3:", 1, true), "a broken script: %s", errors)
    write("scripts/s.lua", "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\nlocal n = 0\n" ..
        "rules.indicator['output.a'] = function() n = n + 1 return n / 10 end\nreturn rules\n")
    write("scripts/s_test.lua", "test.case('a', { indicator = 'output.a', target = 1, actual = 1 }, { attainment = 0.1 })")
    local cases, _, kept = cases_of("--type s --lang en")
    check(kept == 1 and cases.a.failures[2].got:find("keeps 'n' between calls", 1, true), "a script that keeps something")
    remove("scripts/s.lua")
    remove("scripts/s_test.lua")
end

-- Text for people, and the exit code, without a failure and with one; the language; -q.
local function try_text()
    write("scripts/t_test.lua", "local test = require 'steelyard.test'\nassert(test)\n" ..
        "test.case('三分之一', { indicator = 'output.part', target = 3, actual = 1 }, { score = 20 })\n")
    local out, errors, code = run("--lang en")
    check(out == "scripts/t_test.lua: 1 case\n1 of 1 case passed (1 file)\n" and errors == "" and code == 0, "%s%s", out, errors)
    check(run("--lang zh") == "scripts/t_test.lua：1 个用例\n1 个用例通过 1 个（1 个文件）\n", "in Chinese")
    check(run("--lang en -q") == "1 of 1 case passed (1 file)\n", "-q")
    write("scripts/t_test.lua", "test.case('one third',\n  { indicator = 'output.part', target = 3, actual = 1 },\n" ..
        "  { score = 21, finding = 'overspent' })\ntest.case('whole', { indicators = { { indicator = 'output.part', " ..
        "target = 1, actual = 1 } } }, { score = 1 })\n")
    out, errors, code = run("--lang en")
    check(code == 1 and errors == "", "code %s: %s", code, errors)
    for _, line in ipairs { "scripts/t_test.lua:1: one third\n", "    score: expected 21, got 20.00\n",
        "    finding: expected overspent, got (none)\n", "completion{ over = 1.3 }  [scripts/t.lua:3]\n",
        "actual ÷ target = 1 ÷ 3 ≈ 0.333333333 < 1", "scripts/t_test.lua:4: whole\n", "60.00",
        "0 of 2 cases passed, 2 failed (1 file)\n" } do
        check(out:find(line, 1, true), "%s is not in\n%s", line, out)
    end
    local chinese = run("--lang zh")
    check(chinese:find("    score：应为 21，实为 20.00\n", 1, true) and chinese:find("未通过 2 个", 1, true), "%s", chinese)
    check(run("--lang en --jobs 1") == run("--lang en --jobs 7"), "the number of workers shows")
end

local function try_formats()
    local csv, _, code = run("--format csv --option bom=no")
    check(code == 1 and csv:find("^file,line,case,type,year,indicator,passed,") and
        csv:find("scripts/t_test.lua,1,one third,t,2020,output.part,false,", 1, true), "csv: %s", csv)
    local told = select(2, cases_of())
    check(told.schema == "steelyard.test/1" and told.files == 1 and told.count == 2 and told.passed == 0, "json")
    local out = run("-o out.json")
    local file = assert(io.open(folder .. "/out.json", "rb"))
    check(out == "" and json.read(file:read("a")).count == 2, "-o: %s", out)
    file:close()
    check(run("--format markdown"):find("| one third", 1, true), "markdown")
    local _, errors, usage = run("--format nothing")
    check(usage == 2 and errors:find("no format is called 'nothing'", 1, true), "%s", errors)
    _, errors, usage = run("--year 2019")
    check(usage == 2 and errors:find("test has no --year", 1, true), "%s", errors)
    remove("out.json")
end

-- What is named, what is found, and the code where nothing is.
local function try_paths()
    write("scripts/t_test.lua", "test.case('a', { indicator = 'output.part', target = 1, actual = 1 }, { attainment = 1 })")
    for _, path in ipairs { "", ".", "scripts", "scripts/t_test.lua", "./scripts/", "--type t", folder } do
        local out, errors, code = run(path)
        check(code == 0 and out:find("1 of 1 case passed", 1, true), "%s: %s%s", path, out, errors)
    end
    check(select(3, run("scripts/t_test.lua ./scripts/t_test.lua scripts")) == 0, "the same file again")
    check(run("scripts ."):find("1 of 1 case passed", 1, true), "the same file twice counts once")
    for path, said in pairs { nowhere = "no such file or folder", config = "has no tests", ["config/t.ini"] = "is no test file",
        ["--type tt"] = "there are no tests of type 'tt'" } do
        local out, errors, code = run(path)
        check(code == 4 and out == "" and errors:find(said, 1, true), "%s: %s %s", path, code, errors)
    end
    write("t_test.lua", "test.case('a', { facts = {} }, { score = 1 })")
    local _, errors, code = run("t_test.lua")
    check(code == 4 and errors:find("stands beside the script", 1, true), "%s", errors)
    remove("t_test.lua")
end

-- An evaluation: its first year, its year folders with rules and weights of their own, its language; its data is not read.
local function try_evaluation()
    write("evaluation.ini", "[evaluation]\nyears = 2018-2021\nlanguage = zh\n[data outcomes]\npath = absent.csv\n")
    write("config/2020-/t.ini", "[weights]\noutput.part = 70\noutput.other = 30\n")
    write("scripts/2020-/t.lua", "local sy = require 'steelyard'\nlocal rules = sy.base()\n" ..
        "rules.indicator['output.part'] = sy.tiers { { 2, 1 }, { 0, 0.5 } }\nreturn rules\n")
    write("scripts/t_test.lua", [[
test.case("first year", { indicator = "output.part", target = 4, actual = 3 }, { attainment = 0.75, score = 45 })
test.case("later", { indicator = "output.part", target = 4, actual = 1, year = 2021 }, { attainment = 0.5, score = 35 })
test.case("after all", { indicator = "output.part", target = 4, actual = 1, year = 2030 }, { attainment = 0.5 })
test.case("before", { year = 2019, indicators = { { indicator = "output.grown", actual = 11 } },
    previous = { indicators = { { indicator = "output.grown", actual = 10 } } } },
  { indicators = { ["output.grown"] = { attainment = 1 } } })]])
    write("scripts/2020-/t_test.lua", 'test.case("folder", { indicator = "output.part", target = 4, actual = 1 }, { score = 35 })')
    local cases, told, code = cases_of()
    check(code == 0 and told.files == 2 and told.passed == 5, "the evaluation: %s of %s", told.passed, told.count)
    check(cases["first year"].year == 2018 and cases.later.year == 2021 and cases.folder.year == 2020, "years")
    check(cases.folder.file == "scripts/2020-/t_test.lua" and cases.folder.rule_source == "scripts/2020-/t.lua:3", "places")
    check(run(""):find("5 个用例通过 5 个（2 个文件）", 1, true), "the language of the evaluation")
    check(run("scripts/2020-"):find("1 个用例通过 1 个", 1, true), "a year folder")
    write("evaluation.ini", "[evaluation]\nyears = 2018-2021\n[limits]\ninstructions = 2000\n")
    write("scripts/2020-/t_test.lua", "for i = 1, 10000 do end")
    local _, errors, limit = run("")
    check(limit == 3 and errors:find("more than 2000 instructions", 1, true), "%s", errors)
    write("evaluation.ini", "[evaluation]\nyears = x\n")
    check(select(3, run("")) == 3, "an evaluation.ini that cannot be used")
    remove("evaluation.ini")
    remove("scripts/2020-")
    remove("config/2020-")
end

-- Each case is alone: that the same result stands in the fund that another is a part of is none of its findings.
local function try_alone()
    local row = "indicators = { { indicator = 'output.part', target = '8个', actual = '6个' } }"
    write("scripts/t_test.lua", ("test.case('whole', { %s }, { no_finding = 'result-repeated' })\n"):format(row) ..
        ("test.case('part', { %s, fund = { part_of = 'case-1' } }, { no_finding = 'result-repeated' })"):format(row))
    check(select(3, run("")) == 0, "cases see each other")
end

-- A type of weights alone, and one of the installed ones with a weight laid over.
local function try_types()
    write("scripts/t_test.lua", "test.case('t', { indicator = 'output.other', target = 4, actual = 1 }, { score = 10 })")
    write("config/w.ini", "[weights]\noutput.a = 100\n")
    write("scripts/w_test.lua", "test.case('w', { indicator = 'output.a', target = 4, actual = 1 }, { score = 25, attainment = 0.25 })")
    write("config/sme_support.ini", "[weights]\noutput.quantity.events = 5\n")
    write("scripts/sme_support_test.lua",
        "test.case('own weight', { indicator = 'output.quantity.events', target = 4, actual = 1 }, { score = 1.25 })")
    local _, told, code = cases_of()
    check(code == 0 and told.passed == 3 and told.files == 3, "types: %s of %s", told.passed, told.count)
    -- Beside config/units.ini the folder is the installed one, whatever else is installed.
    os.execute(("cp config/units.ini config/columns.ini config/defaults.ini '%s/config/'"):format(folder))
    local cases, _, none = cases_of("--type w")
    check(none == 0 and cases.w.passed, "the installed folder")
end

try_arithmetic()
try_scores()
try_kinds()
try_bad()
try_broken_script()
try_text()
try_formats()
try_paths()
try_evaluation()
try_alone()
try_types()
suite.finish()
