-- run.lua - `lua`: lines of Lua with the funds of an evaluation; what they print, and that a line that fails is one
-- message, disturbs nothing and outlasts nothing.
--
--     lua5.4 tests/console/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = arg[1]
local data = os.getenv("STEELYARD_DATA") or "."
local capture, read, write = suite.capture, suite.read, suite.write
local check = suite.check_named
program, data = suite.absolute(program), suite.absolute(data)
local temp = suite.folder()

-- Two years of two funds; a type with parameters, a rule of each tier, a function, adjust and check.
local function lay_out()
    os.execute(("mkdir -p %s/e/data %s/e/config %s/e/scripts"):format(temp, temp, temp))
    write(temp .. "/e/evaluation.ini", "[evaluation]\ntitle = t\nyears = 2019-2020\ntype = own\nlanguage = en\n" ..
        "[data funds]\npath = data/funds.csv\n[data facts]\npath = data/facts.csv\n[data outcomes]\npath = data/outcomes.csv\n")
    write(temp .. "/e/data/funds.csv", "fund,year,name,budget,spent\nf1,2019,一号,100,50\nf1,2020,一号,100,80\nf2,2019,二号,200,200\n")
    write(temp .. "/e/data/facts.csv", "fund,year,fact,value\nf1,2020,编制数,12\nf1,2020,opened,2020-03-01\n")
    write(temp .. "/e/data/outcomes.csv", "fund,year,indicator,target,actual,weight\n" ..
        "f1,2019,a.b,100,40,50\nf1,2019,a.c,10,5,50\nf1,2020,a.b,100,80,50\nf1,2020,a.c,10,5,50\nf2,2019,a.b,100,99,100\n")
    write(temp .. "/e/config/own.ini", "[parameters]\npass = 0.5\nhalf = 0.5\n[grades]\ngood = 60\npoor = 0\n")
    write(temp .. "/e/scripts/own.lua", [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.*"] = sy.completion {}
rules.indicator["a.c"] = function(i, fund)
    return i.actual / i.target * rules.parameters.half, "halved"
end
function rules.adjust(fund)
    fund:deduct(2, "late")
    fund:cap("poor", "misuse")
    fund:veto("none")
end
function rules.check(fund)
    fund:finding("warning", { zh = "疑点", en = "a doubt" })
    fund:expect_sum("budget", { "spent" })
end
return rules
]])
end

-- Runs lines; exit code, output, messages.
local function run(lines, arguments)
    write(temp .. "/lines", lines)
    local _, how, code = os.execute(("cd '%s' && STEELYARD_DATA='%s' '%s' lua %s <lines >stdout 2>stderr"):format(temp,
        data, program, arguments or "e"))
    if how == "signal" then code = 128 + code end
    return code, read(temp .. "/stdout"), read(temp .. "/stderr")
end

-- Lines and what they print.
local GOOD = {
    { "1 + 1", "2\n" },
    { "=1, 'a', nil, true", "1\ta\tnil\ttrue\n" },
    { "", "" },
    { "-- a comment", "" },
    { "0.1 + 0.2", "0.3\n" },
    { "10 / 2", "5\n" },
    { "x = 5\nx * x", "25\n" },
    { "local y = 1\nprint(y == nil)", nil, "unknown name 'y'" },
    { "do\n  local y = 3\n  z = y * 2\nend\nz", "6\n" },
    { "1 +\n2", "3\n" },
    { "print('a',\n{ 'b' })", "a\t{ \"b\" }\n" },
    { "function double(n)\n  return 2 * n\nend\ndouble(21)", "42\n" },
    { "s = [[\na\n\nb]]\n#s", "4\n" },
    { "{}", "{}\n" },
    { "{ 3, 1, 2 }", "{ 3, 1, 2 }\n" },
    { "{ b = 1, a = 'x\"y', [1] = true, ['c d'] = {} }",
        "{\n  [1] = true,\n  a = \"x\\\"y\",\n  b = 1,\n  [\"c d\"] = {},\n}\n" },
    { "t = {}\nt.t = t\nt", "{\n  t = {\n    t = {\n      t = {\n        t = {\n          t = {\n            t = { … },\n" ..
        "          },\n        },\n      },\n    },\n  },\n}\n" },
    { "funds", "{ \"f1\", \"f2\" }\n" },
    { "fund('f1').year, fund('f1', 2019).year, fund('f2').year", "2020\t2019\t2019\n" },
    { "fund('f1').spent, fund('f1').facts['编制数'], fund('f1').opened", "80\t12\t2020-03-01\n" },
    { "fund('f1').facts", "{\n  budget = 100,\n  spent = 80,\n  [\"编制数\"] = 12,\n  opened = 2020-03-01,\n}\n" },
    { "fund('f1').previous.spent", "50\n" },
    { "fund('f1').indicators", "{\n  [\"a.b\"],\n  [\"a.c\"],\n}\n" },
    { "i = fund('f1').indicators['a.b']\ni", "indicator {\n  path = \"a.b\",\n  name = \"a.b\",\n  sign = \">=\",\n" ..
        "  target = 100,\n  actual = 80,\n  weight = 50,\n  score = 40,\n  status = \"scored\",\n}\n" },
    { "f = fund('f1', 2019)\ni = f.indicators['a.b']\nsy.completion{}(i, f)", "0.4\tactual ÷ target = 40 ÷ 100 = 0.4 < 1 → 0.4\n" },
    { "f = fund('f1', 2019)\ni = f.indicators['a.b']\nrule(i, f)", "completion{ pass = 0.5, over = 1.3 }\n" },
    { "f = fund('f1')\ni = f.indicators['a.b']\nrule(i, f)(i, f)", "0.8\tactual ÷ target = 80 ÷ 100 = 0.8 < 1 → 0.8\n" },
    { "f = fund('f1')\ni = f.indicators['a.c']\nrule(i, f)", "function\n" },
    { "f = fund('f1')\ni = f.indicators['a.c']\nrule(i, f)(i, f)", "0.25\thalved\n" },
    { "rules('own').indicator", "{\n  [\"a.*\"] = completion{ pass = 0.5, over = 1.3 },\n  [\"a.c\"] = function,\n}\n" },
    { "rules('own', 2019).parameters.half", "0.5\n" },
    { "rules('own').adjust(fund('f1'))", "points -2: late\ncap poor: misuse\nveto: none\n" },
    { "rules('own').check(fund('f1'))", "warning: a doubt\nsum-mismatch: budget\n" },
    { "rules('project_self_evaluation').check ~= nil", "true\n" },
    { "for p in pairs(fund('f1').indicators) do print(p) end", "a.b\na.c\n" },
    { "sy.date(2020, 12, 31) - sy.date(2020, 1, 1)", "365\n" },
    { "'中文' .. '字'", "中文字\n" },
    { "pcall(error, 'x')", "false\tx\n" },
    { "helper = 1\nhelper", "1\n" },
    { "{\nhelp\n} ~= nil", "true\n" },
    { "'\\27[31m\\r\\8' .. utf8.char(0x9b, 0x202e), { '\\27]0;x\\7', '\\t' }",
        "\\x1b[31m\\x0d\\x08\\xc2\\x9b\\xe2\\x80\\xae\t{ \"\\x1b]0;x\\x07\", \"\t\" }\n" },
    { "print('\\255字\\xe5\\n\\127')", "\\xff字\\xe5\n\\x7f\n" },
    { "fund('f2').name .. '\\27'", "二号\\x1b\n" },
}

local FAILURES = {
    { "x.y.z", "lua:1: unknown name 'x', in: x.y.z" },
    { "\n\nerror('boom')", "lua:3: boom, in: error('boom')" },
    { "do\n  local a = 1\n  a.b.c = 1\nend", "lua:3: attempt to index a nil value (field 'b'), in: a.b.c = 1",
        "attempt to index a number" },
    { ")", "lua:1: unexpected symbol near ')', in: )" },
    { "fund('f3')", "lua:1: there is no fund 'f3': did you mean 'f1'?" },
    { "fund('f2', 2020)", "lua:1: fund 'f2' has no year 2020" },
    { "fund('f2', 20)", "20 is no year" },
    { "fund()", "a fund's id must be a text" },
    { "rules('owm')", "type 'owm' has neither an INI nor a script: did you mean 'own'?" },
    { "rules('own').indicator['a.d'] = sy.completion{}", "rules are set while the script loads only" },
    { "sy.completoin{}", "did you mean 'completion'?" },
    { "sy.completion{ ower = 1 }", "did you mean 'over'?" },
    { "fund('f1').indicators['a.b'].actul", "did you mean 'actual'?" },
    { "fund('f1'):cap('god', 'x')", "'god' is no grade of this type" },
    { "sy.rules{ api = 1 }", "while the script loads only" },
    { "require '../x'", "not a path" },
    { "io.open('/etc/passwd')", "unknown name 'io'" },
    { "load('return 1')", "unknown name 'load'" },
    { "while true do end", "more than 1000000 instructions" },
    { "while true do pcall(function() while true do end end) end", "more than 1000000 instructions" },
    { "t = {} for n = 1, 1e9 do t[n] = ('x'):rep(1000) .. n end", "more than" },
    { "sy = nil\nsy.completion{}", "unknown name 'sy'" },
    { "help 'deduc'", "no rule, field or finding is called 'deduc', did you mean 'deduct'" },
    { "help 'zzzzzz'", "no rule, field or finding is called 'zzzzzz': help" },
    { "help .. {}", "attempt to concatenate" },
    { "setmetatable({}, { __gc = print })", "__gc cannot be used" },
}

lay_out()
for _, case in ipairs(GOOD) do
    local code, out, messages = run(case[1] .. "\n")
    if case[3] then
        check(code == 3 and messages:find(case[3], 1, true), case[1], "exit code %d: %s%s", code, out, messages)
    else
        check(code == 0 and out == case[2] and messages == "", case[1], "exit code %d: %s%s", code, out, messages)
    end
end
-- A failure is one message, and the lines behind it run as if it had not been.
for _, case in ipairs(FAILURES) do
    local code, out, messages = run(case[1] .. "\n'still ' .. 'here'\n")
    check(code == 3 and out:find("still here\n$") and messages:find("^steelyard: error: [^\n]+\n$") and
        (messages:find(case[2], 1, true) or case[3] and messages:find(case[3], 1, true)), case[1],
        "exit code %d: %s%s", code, out, messages)
end

-- All in one session is what each is alone: nothing but globals stays.
local function check_session()
    local lines, expected = {}, {}
    for _, case in ipairs(GOOD) do
        if case[2] then
            lines[#lines + 1] = case[1]
            expected[#expected + 1] = case[2]
        end
    end
    local code, out, messages = run(table.concat(lines, "\n") .. "\n")
    check(code == 0 and out == table.concat(expected), "session", "exit code %d: %s%s", code, out, messages)
end

-- What a line does to a fund is said, not done: the scores are those of `score`.
local function check_ends()
    local _, _, messages = run("{ 1,\n")
    check(messages == "steelyard: error: the last statement is not finished\n", "unfinished", "%s", messages)
    local code, out
    code, out, messages = run("x = {\n1,\0 2 }\n'still ' .. 'here'\n")
    check(code == 3 and out == "still here\n" and messages == "steelyard: error: a line has a NUL byte: lines are UTF-8 text\n",
        "NUL", "%d %s%s", code, out, messages)
    -- Each line of a statement has all of it compiled anew: too many would take for ever.
    code, _, messages = run("x = [[\n" .. ("abcdefghi\n"):rep(5000) .. "]]\n")
    check(code == 3 and messages:find("^steelyard: error: lua:1: a statement of so many lines belongs in a script\n"),
        "many lines", "%d %s", code, messages:sub(1, 300))
    code, out = run("1", "e")
    check(code == 0 and out == "1\n", "no end of the line", "%d %s", code, out)
    code, out = run("funds\n", "")
    check(code == 0 and out == "{}\n", "no evaluation", "%d %s", code, out)
    code, out = run("rules('sme_support').indicator['output.quantity.*']\nsy.percent(1, 4)\n", "")
    check(code == 0 and out == "completion{ over = 1.3 }\n25\n", "no evaluation", "%d %s", code, out)
    code, out = run("funds\n", "e --fund f2")
    check(code == 0 and out:find("f2"), "--fund", "%d %s", code, out)
    code, _, messages = run("1\n", "absent")
    check(code == 4 and messages:find("absent"), "absent", "%d %s", code, messages)
    code, _, messages = run("1\n", "e f")
    check(code == 2 and messages:find("one argument too many"), "arguments", "%d %s", code, messages)
    code, out = run("help\n", "e")
    check(code == 0 and out:find("sy.tiers", 1, true) and out:find("rule(i, f)", 1, true), "help", "%s", out)
    code, out = run("help\n", "e --lang zh")
    check(code == 0 and out:find("指标", 1, true), "help --lang zh", "%s", out)
    os.execute(("cd '%s' && printf '1' >one && cd e && STEELYARD_DATA='%s' '%s' lua <../one >../here 2>&1"):format(temp,
        data, program))
    check(read(temp .. "/here") == "1\n", "this folder", "%s", read(temp .. "/here"))
end

-- What is asked at the prompt is what `steelyard help` says, however it is typed; nothing is wider than a terminal.
local function check_help()
    local function help(topic, language)
        return capture(("STEELYARD_DATA='%s' '%s' help '%s' --lang %s"):format(data, program, topic, language))
    end
    for topic, ways in pairs {
        deduct = { 'help "deduct"', "help 'deduct'", "help deduct", "help(sy.deduct)", " help( 'deduct' );", "help sy.deduct{}",
            "help 扣分" },
        ["fund:cap"] = { "help fund:cap", 'help "fund.cap"' },
        ["bad-number"] = { "help bad-number" },
        rules = { 'help "rules"' },
        findings = { "help findings" },
    } do
        for _, way in ipairs(ways) do
            for _, language in ipairs { "en", "zh" } do
                local code, out, messages = run(way .. "\n", "e --lang " .. language)
                check(code == 0 and messages == "" and #out > 80 and out == help(topic, language), way, "exit code %d: %s%s",
                    code, out, messages)
            end
        end
    end
    for _, language in ipairs { "en", "zh" } do
        local _, out = run("help\n", "e --lang " .. language)
        for line in out:gmatch("[^\n]+") do
            local columns = utf8.len(line) + select(2, line:gsub("[\xe3-\xef][\x80-\xbf][\x80-\xbf]", ""))
            check(columns <= 80, "help", "%d columns: %s", columns, line)
        end
        check(select(2, out:gsub("sy%.", "")) > 20, "help", "names of the module: %s", out)
    end
    local code, out = run("1\nquit\n2\n", "e")
    check(code == 0 and out == "1\n", "quit", "%d %s", code, out)
    code, out = run("x = {\nexit\n}\nexit\n2\n", "e")
    check(code == 3 and out == "", "exit in a statement is a name", "%d %s", code, out)
end

-- On a terminal: a prompt, Ctrl-C drops what was begun, arrows bring lines back, Ctrl-D ends. The shell stays until
-- its last line is seen: `script` may drop what is still on its way when the shell ends. Ctrl-C reaches the shell too,
-- and some end of it as soon as the program has ended: the trap keeps every one of them.
local function check_terminal()
    local keys_path = temp .. "/keys"
    os.execute("mkfifo '" .. keys_path .. "'")
    local command = ("env STEELYARD_DATA=%s TERM=xterm LANG=C.UTF-8 %s lua %s/e -q"):format(data, program, temp)
    local screen = assert(io.popen(("timeout 60 script -qec 'trap : INT; %s; echo code $?; read -r last' /dev/null <'%s' 2>&1"):format(
        command, keys_path)))
    local keys = assert(io.open(keys_path, "wb"))
    keys:setvbuf("no")
    local seen = ""
    local function expect(text, send)
        while not seen:find(text, 1, true) do
            local c = screen:read(1)
            if not c then
                check(false, "terminal", "no '%s' in %q", text, seen)
                return false
            end
            seen = seen .. c
        end
        seen = ""
        keys:write(send)
        return true
    end
    local done = expect("> ", "x = 1 + 1\r") and expect("> ", "'资金' .. x\r") and expect("资金2", "") and
        expect("> ", "y = {\r") and expect(">> ", "\3") and expect("\n> ", "no.such\r") and
        expect("error: lua:4: unknown name 'no', in: no.such", "") and expect("> ", "\27[A\27[A\27[A\27[A\r") and
        expect("> ", "x + 40\r") and expect("42", "") and expect("> ", "\4") and expect("code 0", "\r")
    check(done, "terminal", "did not go through")
    keys:close()
    screen:close()
end

check_session()
check_ends()
check_help()
check_terminal()
suite.finish()
