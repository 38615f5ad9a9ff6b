-- Same bytes for any number of workers, on 200,000 rows of everything: scores, details, findings, messages and exit
-- codes. And the order of the rows of a fund is no matter of its scores.
--   lua5.4 tests/jobs/run.lua PROGRAM [ROWS]
local program = assert(arg[1], "usage: run.lua PROGRAM")
local rows = tonumber(arg[2] or os.getenv("STEELYARD_JOBS_ROWS") or 200000)
package.path = "tests/lib/?.lua;tests/jobs/?.lua;" .. package.path
local generate = require "generate"
local suite = require "suite"

local check, read = suite.check, suite.read
local folder = suite.folder()

-- Exit code, standard output, standard error.
local function run(what, jobs)
    local out, err = folder .. "/out", folder .. "/err"
    local _, how, code = os.execute(string.format("'%s' %s --jobs %d >'%s' 2>'%s'", program, what, jobs, out, err))
    return how == "exit" and code or how .. code, read(out), read(err)
end

local function first_difference(a, b)
    local line = 1
    local next_a, next_b = a:gmatch("[^\n]*\n?"), b:gmatch("[^\n]*\n?")
    while true do
        local x, y = next_a(), next_b()
        if x ~= y then return string.format("line %d\n  %s  %s", line, tostring(x):sub(1, 300), tostring(y):sub(1, 300)) end
        if x == nil then return "none" end
        line = line + 1
    end
end

local all = folder .. "/all"
generate.write(all, rows, 0, false)
local seen = {}
for _, what in ipairs { "score '%s' --format json -q", "score '%s' --format csv --detail --lang en", "score '%s' --format ndjson -q",
    "check '%s' --format csv -q" } do
    local code, out, err = run(what:format(all), 1)
    seen[#seen + 1] = out
    check(#out > rows, "%s: only %d bytes", what, #out)
    for _, jobs in ipairs { 2, 7 } do
        local other_code, other_out, other_err = run(what:format(all), jobs)
        check(code == other_code, "%s: exit code %s with 1 worker, %s with %d", what, code, other_code, jobs)
        check(out == other_out, "%s: other output with %d workers: %s", what, jobs, first_difference(out, other_out))
        check(err == other_err, "%s: other messages with %d workers: %s", what, jobs, first_difference(err, other_err))
    end
    check(code == 3, "%s: exit code %s", what, code)
end

-- That there was something to get wrong.
for _, status in ipairs { "scored", "not_applicable", "rejected", "untargeted", "missing", "unrated", "error" } do
    check(seen[2]:find("," .. status .. ",", 1, true), "no indicator is %s", status)
end
for _, status in ipairs { "scored", "insufficient", "error" } do
    check(seen[1]:find('"status": "' .. status .. '"', 1, true), "no fund is %s", status)
end
local codes, ncodes = {}, 0
for code in seen[4]:gmatch("\n%a+,([%w-]+),") do
    ncodes = ncodes + (codes[code] and 0 or 1)
    codes[code] = true
end
check(ncodes >= 15, "findings of %d codes", ncodes)
for _, message in ipairs { "more than 60000 instructions", "more than 2097152 bytes", "keeps 'seen' between calls",
    "cannot be divided", "has hit a limit before" } do
    check(seen[4]:find(message, 1, true), "no finding says '%s'", message)
end

-- Rows of a fund in another order.
local results = {}
for order = 0, 1 do
    local one = folder .. "/order" .. order
    generate.write(one, rows // 4, order, true)
    local code, out = run(string.format("score '%s' --format csv -q", one), 2)
    check(code == 3, "order %d: exit code %s", order, code)
    results[order] = out
end
check(results[0] == results[1], "other scores in another order: %s", first_difference(results[0], results[1]))

suite.finish()
