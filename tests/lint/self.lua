-- Lint of the lint: each rule fires on a bad sample and is quiet on a good one.
local lib = dofile("tests/lint/lib.lua")
local rules = dofile("tests/lint/rules.lua")

local HEAD = "/* sample */\n"
-- check, path, text, what the one fault must say (false: no fault)
local SAMPLES = {
    { "layer", "engine/stage/load.c", '#include "model/value.h"\n', false },
    { "layer", "engine/base/pool.c", '#include "base/pool.h"\n', false },
    { "layer", "engine/base/pool.c", '#include "table/findings.h"\n', "base stands below table" },
    { "layer", "engine/model/ini.c", '#include "rule/kernel.h"\n', "model stands below rule or beside it" },
    { "layer", "engine/rule/script.c", '#include "plug/host.h"\n', "rule stands below plug or beside it" },
    { "layer", "engine/plug/host.c", '#include "../model/ini.h"\n', "'..'" },
    { "layer", "engine/stage/load.c", '#include <steelyard/steelyard.h>\n', "library's face" },
    { "layer", "engine/api/score.c", '#include <steelyard/steelyard.h>\n', false },
    { "layer", "engine/stage/load.c", '#include "other/x.h"\n', "no folder of engine/" },
    { "layer", "engine/other/x.c", "", "no folder of engine/" },
    { "layer", "engine/cli/main.c", '#include "base/buf.h"\n', "only its own folder and public" },
    { "layer", "engine/cli/main.c", '#include "cli/cli.h"\n#include <popt.h>\n', false },
    { "layer", "engine/stage/load.c", "#include <lua.h>\n", "belongs in engine/rule/" },
    { "layer", "plugins/csv/csv.c", '#include "base/buf.h"\n', "a plugin includes only" },
    { "layer", "plugins/csv/csv.c", '#include "csv.h"\n#include <steelyard/plugin.h>\n', false },
    { "layer", "engine/include/steelyard/base.h", '#include "base/pool.h"\n', "a public header" },
    { "layer", "engine/base/pool.c", '/* #include "stage/x.h" */\n', false },
    { "source", "engine/base/a.c", HEAD .. "int x; /* printf(1) */\n", false },
    { "source", "engine/base/a.c", HEAD .. 'char *s = "exit(1) // stderr";\n', false },
    { "source", "engine/base/a.c", HEAD .. "int f(void) { return snprintf(0, 0, 0); }\n", false },
    { "source", "engine/base/a.c", HEAD .. "void f(void) { exit (1); }\n", "does not use exit" },
    { "source", "engine/base/a.c", HEAD .. "void f(void) { g(stderr); }\n", "does not use stderr" },
    { "source", "plugins/csv/a.c", HEAD .. 'void f(void) { printf("x"); }\n', "does not use printf" },
    { "source", "engine/base/a.c", HEAD .. 'char c = \'"\'; void f(void) { abort(); }\n', "does not use abort" },
    { "source", "engine/base/a.c", HEAD .. 'char *s = "\\\\\\""; void f(void) { abort(); }\n', "does not use abort" },
    { "source", "engine/stage/a.c", HEAD .. "double f(void) { return strtod(0, 0); }\n", "obeys the locale" },
    { "source", "engine/base/number.c", HEAD .. "double f(void) { return strtod(0, 0); }\n", false },
    { "source", "engine/cli/main.c", HEAD .. "void f(void) { exit(1); }\n", false },
    { "source", "tests/unit/test_a.c", HEAD .. "void f(void) { exit(1); }\n", false },
    { "source", "engine/base/a.c", "int x;\n", "no opening comment" },
    { "source", "scripts/a.lua", "return 1\n", "no opening comment" },
    { "source", "scripts/a.lua", "-- a\nreturn 1 -- TO" .. "DO\n", "TO" .. "DO" },
    { "source", "engine/base/a.c", HEAD .. ("int x;\n"):rep(499), false },
    { "source", "engine/base/a.c", HEAD .. ("int x;\n"):rep(500), "501 lines" },
    { "source", "engine/base/a.c", HEAD .. "{\n" .. ("x;\n"):rep(58) .. "}\n", false },
    { "source", "engine/base/a.c", HEAD .. "{\n" .. ("x;\n"):rep(59) .. "}\n", "function of 61 lines" },
}

local faults = {}
for number, sample in ipairs(SAMPLES) do
    local check, path, text, expected = table.unpack(sample)
    local found = rules[check .. "_faults"](path, text)
    local fits = expected and #found == 1 and found[1]:find(expected, 1, true)
    if not expected then
        fits = #found == 0
    end
    if not fits then
        faults[#faults + 1] = ("sample %d, %s: expected %s, got: %s"):format(
            number, path, expected or "no fault", table.concat(found, "; "))
    end
end
local annotations = dofile("tests/lint/luacats.lua")
local ANNOTATED = {
    { "---@class a\n---@field b? number|\"x\" what\n---@field [integer] (a|string)[]\n---@operator sub(a): integer\n", false },
    { "---@param a number\n---@param b? { c?: string, d: fun(x: any): number?, string }\nfunction f(a, b) end\n", false },
    { "---@alias a table<string, number>\n---@return a, string? why\nfunction f() end\n", false },
    { "---@clas a\n", "cannot be read" },
    { "---@field a numbr\n", "no type numbr" },
    { "---@field a number|\n", "cannot be read" },
    { "---@field number\n", "cannot be read" },
    { "---@class a\n---@class a\n", "twice" },
    { "---@param a number\nfunction f(b) end\n", "not those above" },
    { "---@param a number\nlocal f\n", "without a function" },
    { "function f(a) end\n", "not those above" },
}
for number, sample in ipairs(ANNOTATED) do
    local found = annotations(sample[1])
    if (sample[2] and not (found[1] or ""):find(sample[2], 1, true)) or (not sample[2] and #found > 0) then
        faults[#faults + 1] = ("annotation %d: got %s"):format(number, table.concat(found, "; "))
    end
end
if rules.protected_calls("lua_pcall(L); x_lua_pcall(L); /* lua_pcall( */ lua_pcallk (L)") ~= 2 then
    faults[#faults + 1] = "protected_calls counts wrongly"
end
lib.finish(faults, #SAMPLES, "samples")
