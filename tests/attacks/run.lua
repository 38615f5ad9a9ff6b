-- run.lua - attacks through the whole program: `steelyard score` with scripts that mean no good.
--
--     lua5.4 tests/attacks/run.lua PROGRAM [NAME …]
--
-- Every script of tests/sandbox (what must become of it stands in its first line, see tests/unit/test_sandbox.c), and
-- those below, which are too long for a file or attack other functions than an indicator's. Each runs in an evaluation
-- with a second fund that no attack may touch. A script that is never done is one that the suite never ends with.
local program, only = assert(arg[1], "run.lua PROGRAM [NAME …]"), {}
for n = 2, #arg do only[arg[n]] = true end
local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/../lib/?.lua;" .. package.path
local suite = require "suite"
local capture, read, write = suite.capture, suite.read, suite.write

local temp = suite.folder()
local data = os.getenv("STEELYARD_DATA") or capture("cd '" .. here .. "/../..' && pwd"):gsub("%s+$", "")

local function check(name, holds, ...)
    return suite.check_named(holds, name, ...)
end

os.execute(("mkdir -p %s/scripts %s/config"):format(temp, temp))
write(temp .. "/evaluation.ini", [[
[evaluation]
years = 2019
language = en
[data funds]
path = funds.csv
[data outcomes]
path = outcomes.csv
]])
write(temp .. "/funds.csv", "fund,type\np,bad\nq,good\n")
write(temp .. "/outcomes.csv", "fund,indicator,weight,target,actual\np,x,100,7000,3500\nq,x,100,7000,3500\n")
write(temp .. "/scripts/good.lua", read(here .. "/../sandbox/neighbour/good.lua"))

-- Exit code, JSON, messages.
local function score(script)
    write(temp .. "/scripts/bad.lua", script)
    local _, _, code = os.execute(("STEELYARD_DATA='%s' '%s' score %s --format json >%s/out 2>%s/err </dev/null")
        :format(data, program, temp, temp, temp))
    return code, read(temp .. "/out"), read(temp .. "/err")
end

-- What holds for every attack: known exit codes, whole lines of clean text, no sanitizer's report, q's 50 points
-- wherever anything was written.
local function check_laws(name, code, out, err)
    check(name, code == 0 or code == 3, "exit code %s: %s", code, err:sub(1, 500))
    check(name, utf8.len(err) and not err:find("[%z\1-\9\11-\31\127]"), "a message is no clean text")
    for line in err:gmatch("[^\n]+") do
        check(name, line:find("^steelyard: "), "a line that is no message: %s", line:sub(1, 200))
    end
    check(name, utf8.len(out) and not out:find("[%z\1-\8\11-\31\127]"), "the output is no clean text")
    if out ~= "" then
        local q = out:match('"fund": "q".-"grade"') or ""
        check(name, q:find('"status": "scored"', 1, true) and q:find('"score": 50,', 1, true), "q has another score")
    end
end

-- `expected`: "value", "limit", or a text of the message.
local function attack(name, expected, script)
    if next(only) and not only[name] then return end
    local code, out, err = score(script)
    check_laws(name, code, out, err)
    local p = out:match('"fund": "p".-"grade"') or ""
    if expected == "value" then
        check(name, code == 0 and p:find('"score": 100,', 1, true), "exit code %s: %s", code, err:sub(1, 300))
        return
    end
    local text = expected == "limit" and "[limits]" or expected
    check(name, code == 3, "exit code %s", code)
    check(name, err:find(text, 1, true), "'%s' does not say '%s'", err:sub(1, 300), text)
    check(name, out == "" or p:find('"status": "error"', 1, true) and p:find('"score": null', 1, true),
        "p has a score")
end

for path in capture("ls " .. here .. "/../sandbox/*.lua"):gmatch("[^\n]+") do
    local script = read(path)
    local expected = script:match("^%-%- expect: ([^\n]*)")
    if not expected:find("^again:") then -- these need two calls
        attack(path:match("([^/]+)%.lua$"), expected, script)
    end
end

local head = 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }\n'
local tail = "\nreturn rules\n"

-- In each kind of function, and while the script loads.
local kinds = {
    load = "do %s end",
    indicator = "rules.indicator.x = function(i, fund) %s end",
    measure = "rules.measure.x = function(fund) %s end",
    target = "rules.target.x = function(fund) %s end",
    adjust = "function rules.adjust(fund) %s end",
    check = "function rules.check(fund) %s end",
}
local bodies = {
    hang = { "limit", "while true do end" },
    memory = { "limit", "local t = {} while true do t = { t, ('x'):rep(1000) } end" },
    error = { "boom", "error('boom')" },
    object = { "table", "error({})" },
    recursion = { "limit", "local function f() return 1 + f() end return f()" },
    global = { "read-only", "stolen = 1" },
    files = { "unknown name 'io'", "io.open('/etc/passwd')" },
}
for kind, wrap in pairs(kinds) do
    for name, body in pairs(bodies) do
        attack(kind .. "_" .. name, body[1], head .. wrap:format(body[2]) .. tail)
    end
end

-- What scripts leave behind is paid for.
attack("findings_many", "limit", head .. [[
function rules.check(fund) for n = 1, 1e7 do fund:finding("note", "x" .. n) end end]] .. tail)
attack("findings_long", "limit", head .. [[
local long = ("x"):rep(16000)
function rules.check(fund) for n = 1, 1e6 do fund:finding("note", long) end end]] .. tail)
attack("adjustments_many", "limit", head .. [[
function rules.adjust(fund) for n = 1, 1e7 do fund:add(0, "x") end end]] .. tail)
attack("adjustments_long", "limit", head .. [[
local long = ("x"):rep(16000)
function rules.adjust(fund) for n = 1, 1e6 do fund:add(0, long) end end]] .. tail)
attack("finding_long", "longer than 16384 bytes", head .. [[
function rules.check(fund) fund:finding("note", ("x"):rep(16385)) end]] .. tail)
attack("adjustment_long", "longer than 16384 bytes", head .. [[
function rules.adjust(fund) fund:cap("中", ("x"):rep(16385)) end]] .. tail)
attack("sums_long", "limit", head .. [[
local parts = {}
for n = 1, 1000 do parts[n] = ("x"):rep(60000) end
function rules.check(fund) for n = 1, 1e6 do pcall(function() fund:expect_sum("a", parts) end) end end]] .. tail)

for kind, wrap in pairs { indicator = kinds.indicator, measure = kinds.measure, target = kinds.target } do
    attack(kind .. "_long_text", "longer than 16384 bytes", head .. wrap:format("return 1, ('x'):rep(20000)") .. tail)
    attack(kind .. "_long_reason", "longer than 16384 bytes",
        head .. wrap:format("return sy.not_applicable(('x'):rep(20000))") .. tail)
end

-- Texts of scripts in messages and results: no line ends, no terminal codes, no broken characters.
attack("name_of_function", "boom", head .. [[
local t = { ["a\nb\xff\27[31m"] = function() error("boom") end }
rules.indicator.x = function() local r = t["a\nb\xff\27[31m"]() return r end]] .. tail)
attack("message", "red", head .. [[rules.indicator.x = function() error("\xff\n\27[31mred") end]] .. tail)
attack("long_message", "长长", head .. [[rules.indicator.x = function() error(("长"):rep(20000)) end]] .. tail)

-- Sources that keep a compiler busy, or are none.
local names = {}
for a = 97, 122 do
    for b = 97, 122 do
        local name = string.char(a, b)
        if not ("do if in or"):find(name, 1, true) then names[#names + 1] = name end
    end
end
local locals = "local " .. table.concat(names, ",", 1, 190) .. "\n"
attack("nested_names", "too many names", head .. ("local function f() " .. locals):rep(150) ..
    ("zz=z "):rep(150000) .. ("end "):rep(150) .. tail)
attack("hidden_names", "too many names", head .. ("local function f() " .. locals):rep(150) ..
    ("local _ = '\\z \n ' " .. ("zz=z "):rep(100)):rep(1000) .. ("end "):rep(150) .. tail)
attack("jumps", "goto, break, and, or", head .. "do " .. ("goto a "):rep(32000) .. "::a:: end" .. tail)
attack("breaks", "goto, break, and, or", head .. "while rules do " .. ("break "):rep(32000) .. "end" .. tail)
attack("ands", "goto, break, and, or", head .. "local b = rules " .. ("and rules "):rep(90000) .. tail)
attack("ors", "goto, break, and, or", head .. "local b = rules " .. ("or rules "):rep(90000) .. tail)
attack("elseifs", "goto, break, and, or", head .. "if rules then " .. ("elseif b then "):rep(70000) .. "end" .. tail)
attack("far_error", "limit", head .. "local function f(a) local x if a then " .. ("x=a "):rep(200000) ..
    "end x() end\nrules.indicator.x = function() while true do pcall(f) end end" .. tail)
attack("huge_numeral", "value", head .. "local a = 0." .. ("9"):rep(900000) ..
    "\nrules.indicator.x = function() return a end" .. tail)
attack("locals", "too many local variables", head .. ("local a\n"):rep(300) .. tail)
attack("shebang", "unexpected symbol", "#!/usr/bin/lua\n" .. head .. tail)
attack("bytecode_after_mark", "binary chunk", "\xef\xbb\xbf\27Lua")
attack("parentheses", "overflow", head .. "local x = " .. ("("):rep(5000) .. "1" .. (")"):rep(5000) .. tail)
attack("tables", "overflow", head .. "local x = " .. ("{"):rep(5000) .. ("}"):rep(5000) .. tail)
attack("blocks", "overflow", head .. ("do "):rep(5000) .. ("end "):rep(5000) .. tail)
attack("not_not", "overflow", head .. "local x = " .. ("not "):rep(100000) .. "1" .. tail)
attack("concatenation", "overflow", head .. "local x = " .. ("'a'.."):rep(100000) .. "1" .. tail)
attack("too_large", "larger than 1048576 bytes", head .. "--" .. ("x"):rep(1048576) .. tail)
attack("large", "value", head .. "rules.indicator.x = function() return 1 end\n--" .. ("x"):rep(1000000) .. tail)
attack("bytecode", "UTF-8", "\27Lua\x54\0\x19\x93")
attack("bytecode_of_a_function", "UTF-8", string.dump(load("return 1")))
attack("not_utf8", "UTF-8", "local s = '\xff\xfe'\n" .. head .. tail)
attack("bytecode_in_ascii", "binary chunk", "\27Lua")
attack("nothing", "return rules", "")
attack("binary_zeros", "NUL byte", ("\0"):rep(1000))

-- A script that requires itself, in a circle.
os.execute(("mkdir -p %s/scripts/lib"):format(temp))
write(temp .. "/scripts/lib/one.lua", 'return require "two"\n')
write(temp .. "/scripts/lib/two.lua", 'return require "one"\n')
attack("circle", "requires itself", 'require "one"\n' .. head .. tail)
write(temp .. "/scripts/lib/wild.lua", "while true do end\n")
for _, name in ipairs { "../bad", "/etc/passwd", "lib.wild", "lib/wild", "WILD", "", ".", "wild.lua", "wild ",
    ("x"):rep(100) } do
    attack("require_" .. name:sub(1, 20), "is needed, not a path", ("require(%q)\n"):format(name) .. head .. tail)
end
os.execute(("mkfifo %s/scripts/lib/pipe.lua"):format(temp))
attack("require_pipe", "no ordinary file", 'require "pipe"\n' .. head .. tail)
write(temp .. "/scripts/lib/large.lua", "--" .. ("x"):rep(1048576))
attack("require_large", "larger than 1048576 bytes", 'require "large"\n' .. head .. tail)
write(temp .. "/scripts/lib/shared.lua", "return { count = 0 }\n")
write(temp .. "/scripts/good.lua", 'local shared = require "shared"\n' ..
    read(here .. "/../sandbox/neighbour/good.lua"):gsub("return rules%s*$", "assert(shared.count == 0)\nreturn rules\n"))
attack("library_changed", "value", 'local shared = require "shared"\nshared.count = 1\n' .. head ..
    "rules.indicator.x = function() return shared.count end" .. tail)
attack("wild_library", "limit", 'require "wild"\n' .. head .. tail)

suite.finish()
