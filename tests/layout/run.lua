-- run.lua - how rows lie in a file changes nothing: the same evaluation with its rows by fund, funds from the last to the
-- first, and all funds' rows in turn; funds that are alike beside funds that lack a row, have one more or twice the same.
-- Every attainment, weight and score against plain arithmetic.
--
--     lua5.4 tests/layout/run.lua PROGRAM [SEED]
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program, seed = arg[1], tonumber(arg[2]) or 20191122
local check = suite.check
local folder = suite.folder()
local KEYS = {"a.x", "a.y", "a.z", "b.x", "b.y"} -- [weights] 30 20 10 25 15
local WEIGHTS = {["a.x"] = 30, ["a.y"] = 20, ["a.z"] = 10, ["b.x"] = 25, ["b.y"] = 15, ["c.own"] = 5}

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

local function score(options)
    local text, ok = suite.capture(("%s score %s -q --option bom=no %s 2>&1"):format(suite.quote(program), suite.quote(folder), options))
    check(ok, "seed %d: score %s: %s", seed, options, text:sub(1, 200))
    return text
end

-- A row: fund, year, path, target, actual, weight of the data (of c.own alone), whether it repeats a key.
local function add(fund, path, at)
    table.insert(fund.rows, at or #fund.rows + 1, {path = path, target = 2 ^ math.random(0, 3),
        actual = 2 ^ math.random(-2, 3), own = path == "c.own" and 5 or "", twice = at})
end

local function make_fund(i, kind)
    local fund = {id = ("f%03d"):format(i), year = 2018 + i % 2, rows = {}}
    local from, lacks = kind == "turned" and #KEYS or 1, kind == "lacking" and math.random(#KEYS)
    for k = from, kind == "turned" and 1 or #KEYS, kind == "turned" and -1 or 1 do
        if k ~= lacks then add(fund, KEYS[k]) end
    end
    if kind == "more" then add(fund, "c.own") end
    if kind == "twice" then
        local k = math.random(#KEYS)
        add(fund, KEYS[k], math.random(k + 1, #fund.rows + 1))
    end
    return fund
end

-- The rows of funds in one of the orders; those of a fund keep theirs.
local function lay(funds, order)
    local list, longest = {}, 0
    local function put(fund, row)
        list[#list + 1] = ("%s,%d,%s,%g,%g,%s\n"):format(fund.id, fund.year, row.path, row.target, row.actual, row.own)
    end
    for _, fund in ipairs(funds) do longest = math.max(longest, #fund.rows) end
    if order == "in turn" then
        for k = 1, longest do
            for _, fund in ipairs(funds) do
                if fund.rows[k] then put(fund, fund.rows[k]) end
            end
        end
    else
        for i = 1, #funds do
            local fund = funds[order == "by fund" and i or #funds + 1 - i]
            for _, row in ipairs(fund.rows) do put(fund, row) end
        end
    end
    return "fund,year,indicator,target,actual,weight\n" .. table.concat(list)
end

-- Lines of --detail that there have to be: what is reported, then what the type has and the fund has not.
local function expect(funds, year)
    local lines = {}
    for _, fund in ipairs(funds) do
        local there = {}
        for _, row in ipairs(fund.year == year and fund.rows or {}) do
            if not row.twice then
                local ratio = math.min(1, row.actual / row.target)
                there[row.path] = true
                lines[#lines + 1] = ("%s,%d,%s,%d,%.10g,%.2f,scored"):format(fund.id, year, row.path, WEIGHTS[row.path],
                    ratio, math.floor(WEIGHTS[row.path] * ratio * 100 + 0.5) / 100)
            end
        end
        for _, path in ipairs(fund.year == year and KEYS or {}) do
            if not there[path] then
                lines[#lines + 1] = ("%s,%d,%s,%d,,,untargeted"):format(fund.id, year, path, WEIGHTS[path])
            end
        end
    end
    return lines
end

-- The same cells of what was printed.
local function read(text)
    local lines = {}
    for line in text:gmatch("\n([^\n]+)") do
        local c = {}
        for cell in (line .. ","):gmatch("([^,]*),") do c[#c + 1] = cell end
        local points = tonumber(c[11])
        lines[#lines + 1] = ("%s,%s,%s,%s,%s,%s,%s"):format(c[1], c[2], c[3], c[9], c[10],
            points and ("%.2f"):format(points) or "", c[12])
    end
    return lines
end

local function compare(got, wanted, what)
    check(#got == #wanted, "%s: %d lines, not %d", what, #got, #wanted)
    for i = 1, math.max(#got, #wanted) do
        if not check(got[i] == wanted[i], "%s, line %d: %s, not %s", what, i, tostring(got[i]), tostring(wanted[i])) then
            break
        end
    end
end

-- Kinds of funds as they follow one another; every fund is of the one type, in two years by turns.
local plain = {"plain"}
local mixes = {
    {"plain", plain}, {"one that lacks a row, at the end", plain, "lacking"}, {"rows twice", {"plain", "twice", "plain"}},
    {"other orders", {"plain", "turned"}}, {"one row more", {"plain", "plain", "more"}},
    {"everything", {"plain", "lacking", "turned", "twice", "more", "plain", "plain"}}}

math.randomseed(seed)
write("evaluation.ini", "[evaluation]\ntitle = layout\nyears = 2018-2019\ntype = t\nlanguage = en\n" ..
    "[data funds]\npath = funds.csv\n[data outcomes]\npath = outcomes.csv\n")
write("config/t.ini", "[weights]\na.x = 30\na.y = 20\na.z = 10\nb.x = 25\nb.y = 15\n")
for _, mix in ipairs(mixes) do
    local name, kinds, last = mix[1], mix[2], mix[3]
    local funds, list = {}, {"fund,year\n"}
    for i = 1, 200 do
        funds[i] = make_fund(i, i > 198 and last or kinds[math.random(#kinds)])
        list[#list + 1] = ("%s,%d\n"):format(funds[i].id, funds[i].year)
    end
    write("funds.csv", table.concat(list))
    local first, twice = nil, 0
    for _, fund in ipairs(funds) do
        for _, row in ipairs(fund.rows) do twice = twice + (row.twice and 1 or 0) end
    end
    for _, order in ipairs {"by fund", "turned round", "in turn"} do
        write("outcomes.csv", lay(funds, order))
        local text = score("--format csv --detail")
        local both = {}
        for _, fund in ipairs(funds) do table.move(expect({fund}, fund.year), 1, #KEYS + 1, #both + 1, both) end
        compare(read(text), both, ("seed %d: %s, %s"):format(seed, name, order))
        compare(read(score("--format csv --detail --year 2019")), expect(funds, 2019),
            ("seed %d: %s, %s, one year of two"):format(seed, name, order))
        local _, said = suite.capture(("%s check %s -q --format json"):format(suite.quote(program), suite.quote(folder)))
            :gsub('"duplicate%-key"', "")
        check(said == twice, "seed %d: %s, %s: %d duplicates said, not %d", seed, name, order, said, twice)
        first = first or text
        check(text == first, "seed %d: %s: %s is not by fund", seed, name, order)
        check(score("--format csv --detail --jobs 3") == first, "seed %d: %s, %s: three workers", seed, name, order)
    end
end

-- More paths than two bytes can number, then funds like one another, each of whose rows has a number beyond that.
local many, head = {}, "fund,year,indicator,target,actual,weight\n"
for i = 1, 70000 do many[i] = ("g000,2018,d.i%d,4,%d,1\n"):format(i, 1 + i % 4) end
for k = 1, 3 do
    for i = 69990, 70000 do many[#many + 1] = ("g00%d,2018,d.i%d,4,%d,1\n"):format(k, i, k) end
end
write("config/t.ini", "[type]\nname = many\n")
write("funds.csv", "fund,year\ng000,2018\ng001,2018\ng002,2018\ng003,2018\n")
write("outcomes.csv", head .. table.concat(many))
local lines = read(score("--format csv --detail"))
check(#lines == 70033, "many paths: %d lines", #lines)
for i, line in ipairs(lines) do
    local fund, path, actual = many[i]:match("^(g%d+),2018,(d%.i%d+),4,(%d),")
    local wanted = ("%s,2018,%s,1,%.10g,%.2f,scored"):format(fund, path, actual / 4, actual / 4)
    if not check(line == wanted, "many paths: %s, not %s", line, wanted) then break end
end
suite.finish()
