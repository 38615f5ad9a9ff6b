-- run.lua - every standard rule with random options over random rows and rows at its edges, four ways: declared (the
-- kernel), called by a function, as the only part of `least` and of an `average` with a function, and by model.lua in
-- exact fractions; then in other units.
--
--     lua5.4 tests/rules/run.lua PROGRAM [SEED]
package.path = "tests/lib/?.lua;tests/rules/?.lua;" .. package.path
local program, seed = arg[1], tonumber(arg[2]) or 20190731
local generate = require "generate"
local model = require "model"
local suite = require "suite"

local ROWS = 40
local WAYS = { "declared", "called", "least", "average" }
local check = suite.check
local folder = suite.folder()

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

local function run(options)
    local pipe = assert(io.popen(("'%s' score '%s' --detail --format csv --option bom=no %s 2>'%s/stderr'"):format(
        program, folder, options, folder)))
    local rows = {}
    for line in pipe:lines() do
        local cells, at = {}, 1
        while at <= #line + 1 do
            local quoted = line:match('^"([^"]*)"', at)
            local stop = quoted and at + #quoted + 2 or line:find(",", at, true) or #line + 1
            cells[#cells + 1] = quoted or line:sub(at, stop - 1)
            at = stop + 1
        end
        rows[#rows + 1] = cells
    end
    local ok, _, code = pipe:close()
    check(ok, "exit code %s, seed %d", tostring(code), seed)
    return rows
end

local function day(x)
    return os.date("!%Y-%m-%d", x.n * 86400)
end

-- Cells of a row in a unit that is `scale` times the base one.
local function cells(row, unit)
    local function money(x)
        return generate.text(unit and x / unit.scale or x) .. (unit and unit.name or "")
    end
    if row.day then return day(row.target) .. "前", day(row.actual), day(row.previous) end
    local target = row.hi and money(row.target) .. "~" .. money(row.hi) or money(row.target)
    local actual = row.items and "" or money(row.actual)
    for _, item in ipairs(row.items or {}) do actual = actual .. utf8.char(0x245F + item) end -- ①③
    return target, actual, money(row.previous)
end

local function write_data(rules, rows, units)
    local out = { "fund,year,indicator,weight,target,actual,sign\n" }
    for r in ipairs(rules) do
        for k, row in ipairs(rows[r]) do
            local target, actual, previous = cells(row, units and units[(r + k) % #units + 1])
            local sign = (row.hi or row.day) and "" or row.sign
            for _, way in ipairs(WAYS) do
                local path = ("r%d.%s"):format(r, way)
                out[#out + 1] = ("f%d,2018,%s,1,,%s,\n"):format(k, path, previous)
                out[#out + 1] = ("f%d,2019,%s,1,%s,%s,%s\n"):format(k, path, target, actual, sign)
            end
        end
    end
    write("outcomes.csv", table.concat(out))
end

local function write_script(rules)
    local out = { 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }\n' }
    for r, rule in ipairs(rules) do
        out[#out + 1] = ([[
do
  local base = %s
  local function call(i, fund) return base(i, fund) end
  rules.indicator["r%d.declared"] = base
  rules.indicator["r%d.called"] = sy.func { call, target = false }
  rules.indicator["r%d.least"] = sy.least { base }
  rules.indicator["r%d.average"] = sy.average { { base, 2 }, { sy.least { sy.func { call, target = false } }, 0.5 } }
end
]]):format(generate.source(rule), r, r, r, r)
    end
    write("scripts/t.lua", table.concat(out) .. "return rules\n")
end

local function result_of(rows)
    local found = {}
    for _, row in ipairs(rows) do found[row[1] .. " " .. tostring(row[3])] = row end
    return found
end

-- Every way gives the model's answer.
local function compare(rules, rows, found, what)
    for r, rule in ipairs(rules) do
        for k, row in ipairs(rows[r]) do
            local expected = model.attainment(rule, row):number()
            for _, way in ipairs(WAYS) do
                local got = found[("f%d r%d.%s"):format(k, r, way)] or {}
                local x = tonumber(got[10])
                local target, actual, previous = cells(row)
                check(got[12] == "scored" and x and x >= 0 and x <= 1 and math.abs(x - expected) <= 1e-12,
                    "seed %d%s: %s %s: sign %s target %s actual %s previous %s: %s %s, expected %.17g", seed, what, way,
                    generate.source(rule), row.sign, target, actual, previous, tostring(got[12]), tostring(got[10]),
                    expected)
            end
        end
    end
end

local function make(kinds, each)
    local rules, rows = {}, {}
    for _, kind in ipairs(kinds) do
        for _ = 1, each do
            rules[#rules + 1] = generate.rule(kind)
            rows[#rules] = {}
            for k = 1, ROWS do rows[#rules][k] = generate.row(rules[#rules]) end
        end
    end
    return rules, rows
end

assert(os.execute(("mkdir -p '%s/scripts'"):format(folder)))
write("evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\nlanguage = en\n[data outcomes]\npath = outcomes.csv\n")
local rational = dofile("tests/second/rational.lua")
local UNITS = { { name = "元", scale = rational.new(1) }, { name = "万元", scale = rational.new(10000) } }

for _ = 1, 3 do
    math.randomseed(seed)
    local rules, rows = make(generate.KINDS, 8)
    write_script(rules)
    write_data(rules, rows)
    compare(rules, rows, result_of(run("")), "")
    -- Rules that hold an actual against a target do not see the unit: 元 in one row, 万元 in the next.
    rules, rows = make({ "by_sign", "completion", "reverse", "pass_fail" }, 6)
    write_script(rules)
    write_data(rules, rows, UNITS)
    compare(rules, rows, result_of(run("")), ", money")
    seed = seed + 1
end

suite.finish(true)
