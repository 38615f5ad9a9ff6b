-- run.lua - the engine against a second program: random evaluations of every status, policy, rounding and
-- adjustment, scored by score.lua in exact fractions, compared with `score --format csv` and `--detail`.
--
--     lua5.4 tests/second/run.lua PROGRAM [SEED]
package.path = "tests/lib/?.lua;tests/second/?.lua;" .. package.path
local program, seed = arg[1], tonumber(arg[2]) or 20190731
local generate = require "generate"
local score = require "score"
local suite = require "suite"

local check = suite.check
local folder = suite.folder()

local function write(e)
    assert(os.execute(("rm -rf '%s' && mkdir -p '%s/config' '%s/scripts'"):format(folder, folder, folder)))
    for name, text in pairs(e.files) do
        local file = assert(io.open(folder .. "/" .. name, "wb"))
        assert(file:write(text))
        file:close()
    end
end

-- Rows of what the program prints, as lists of cells; no cell here holds a line end.
local function run(options)
    local pipe = assert(io.popen(("'%s' score '%s' --format csv --option bom=no %s 2>'%s/stderr'"):format(
        program, folder, options, folder)))
    local text = pipe:read("a")
    local ok, _, code = pipe:close()
    check(ok, "exit code %s of score %s in a folder of seed %d", tostring(code), options, seed)
    local rows = {}
    for line in text:gmatch("([^\n]*)\n") do
        local cells, at = {}, 1
        while at <= #line + 1 do
            local quoted = line:match('^"([^"]*)"', at)
            local stop = quoted and at + #quoted + 2 or line:find(",", at, true) or #line + 1
            cells[#cells + 1] = quoted or line:sub(at, stop - 1)
            at = stop + 1
        end
        rows[#rows + 1] = cells
    end
    return rows
end

-- A number that is not cut to decimals: nil is an empty cell.
local function near(cell, value)
    if not value then return cell == "" end
    local number = tonumber(cell)
    return number ~= nil and math.abs(number - value:number()) <= 1e-12 * math.max(1, math.abs(value:number()))
end

local function printed(value, places)
    return value and value:print(places) or ""
end

local FUND_COLUMNS = "fund,name,type,department,year,score,grade,coverage,bound_low,bound_high,status,findings"
local ITEM_COLUMNS = "fund,year,indicator,name,sign,target,actual,unit,weight,attainment,score,status,claimed,reason"

local function compare_funds(e, results)
    local rows = run("")
    check(table.concat(rows[1] or {}, ",") == FUND_COLUMNS, "columns of funds: %s", table.concat(rows[1] or {}, ","))
    check(#rows == #e.funds + 1, "%d rows of %d funds", #rows - 1, #e.funds)
    for i, f in ipairs(e.funds) do
        local row, r, places = rows[i + 1] or {}, results[i], f.type.decimals
        local told = table.concat(row, ",", 1, math.min(#row, 11))
        local expected = table.concat({ f.id, "", f.type.name, row[4] or "", "2021", printed(r.score, places), r.grade or "",
            row[8] or "", printed(r.low, places), printed(r.high, places), r.status }, ",")
        check(told == expected, "seed %d: told %s\n%sexpected %s", seed, told, (" "):rep(#tostring(seed) + 3), expected)
        check(near(row[8] or "?", r.coverage), "seed %d: %s: coverage %s, expected %s", seed, f.id, tostring(row[8]),
            r.coverage and r.coverage:number() or "none")
    end
end

local function compare_items(e, results)
    local rows, at = run("--detail"), 1
    check(table.concat(rows[1] or {}, ",") == ITEM_COLUMNS, "columns of indicators: %s", table.concat(rows[1] or {}, ","))
    for i, f in ipairs(e.funds) do
        for _, item in ipairs(results[i].items) do
            at = at + 1
            local row = rows[at] or {}
            local where = ("seed %d: %s %s: "):format(seed, f.id, item.path)
            check(row[1] == f.id and row[3] == item.path and row[2] == "2021", "%stold %s %s", where, tostring(row[1]),
                tostring(row[3]))
            check(row[12] == item.status, "%s%s, expected %s", where, tostring(row[12]), item.status)
            check(near(row[9] or "?", item.weight), "%sweight %s", where, tostring(row[9]))
            check(near(row[10] or "?", item.attainment), "%sattainment %s", where, tostring(row[10]))
            local expected = item.score and f.type.apply ~= "total" and item.score:print(f.type.decimals)
            check(not item.score and row[11] == "" or expected == row[11] or (item.score and not expected
                and near(row[11] or "?", item.score)), "%sscore %s, expected %s", where, tostring(row[11]),
                expected or item.score and item.score:number() or "none")
        end
    end
    check(at == #rows, "%d rows of %d indicators", #rows - 1, at - 1)
end

for _ = 1, 6 do
    math.randomseed(seed)
    local e = generate.evaluation(20)
    local results = {}
    for i, f in ipairs(e.funds) do results[i] = score.fund(f) end
    write(e)
    compare_funds(e, results)
    compare_items(e, results)
    seed = seed + 1
end
suite.finish(true)
