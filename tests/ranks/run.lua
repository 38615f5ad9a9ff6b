-- run.lua - `score --rank` against counting: a fund's rank is one more than the funds of its type and year that have more
-- points. Random evaluations with ties, funds without a grade and without a score.
--
--     lua5.4 tests/ranks/run.lua PROGRAM [SEED]
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program, seed = arg[1], tonumber(arg[2]) or 20190731
local check = suite.check
local folder = suite.folder()

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

local function run(options)
    local pipe = assert(io.popen(("'%s' score '%s' -q --lang en %s"):format(program, folder, options)))
    local text = pipe:read("a")
    check(pipe:close(), "seed %d: score %s failed", seed, options)
    return text
end

local function rows(text)
    local list = {}
    for line in text:gmatch("[^\n]+") do
        local row = {}
        for cell in (line .. ","):gmatch("([^,]*),") do row[#row + 1] = cell end
        list[#list + 1] = row
    end
    return list
end

-- Status by what is written: half of the points missing is under min_coverage, everything missing is unscored.
local function generate()
    local funds = { "fund,type,year" }
    local outcomes = { "fund,year,indicator,target,actual,weight" }
    for i = 1, math.random(0, 30) do
        local year, kind = math.random(2018, 2019), math.random(6)
        funds[#funds + 1] = ("f%d,%s,%d"):format(i, math.random(2) == 1 and "s" or "t", year)
        local first, second = math.random(0, 4) * 25, math.random(0, 1) * 100
        outcomes[#outcomes + 1] = ("f%d,%d,a.x,100,%s,50"):format(i, year, kind == 1 and "" or first)
        outcomes[#outcomes + 1] = ("f%d,%d,a.y,100,%s,50"):format(i, year, kind <= 2 and "" or second)
    end
    write("funds.csv", table.concat(funds, "\n") .. "\n")
    write("outcomes.csv", table.concat(outcomes, "\n") .. "\n")
end

-- Ranks by fund, from the documents' own scores.
local function expect(funds)
    local ranks = {}
    for _, f in ipairs(funds) do
        local rank = 1
        for _, other in ipairs(funds) do
            local rival = f.status == "scored" and other.status == "scored" and other.type == f.type and other.year == f.year
            if rival and other.score > f.score then
                rank = rank + 1
            end
        end
        ranks[f.fund] = f.status == "scored" and rank or ""
    end
    return ranks
end

local function check_table(text, ranks, funds)
    local at, last = 0, nil
    for line in text:match("^[^\n]*\n(.-)\n\n"):gmatch("[^\n]+") do
        at = at + 1
        local words = {}
        for word in line:gmatch("%S+") do words[#words + 1] = word end
        local fund
        for _, word in ipairs(words) do fund = fund or (ranks[word] and word) end
        local rank = fund and ranks[fund] or ""
        check(fund and (rank == "" and words[1] ~= "1" or words[1] == tostring(rank)), "%s: not of rank %s", line, rank)
        local key = ""
        for _, f in ipairs(funds) do
            if f.fund == fund then key = f.type .. f.year end
        end
        if last and last.key == key then
            check((last.rank == "" and 1e9 or last.rank) <= (rank == "" and 1e9 or rank), "not sorted: %s", line)
        end
        last = { key = key, rank = rank }
    end
    check(at == #funds, "%d rows in the table, %d funds", at, #funds)
end

local function try(options)
    local document = json.read(run("--rank --format json " .. options))
    local ranks = expect(document.funds)
    local plain = rows(run("--format csv --option bom=no " .. options))
    local ranked = rows(run("--rank --format csv --option bom=no " .. options))
    check(ranked[1][#ranked[1]] == "rank" and #ranked[1] == #plain[1] + 1, "the column rank is not the last")
    check(#ranked == #plain and #plain == #document.funds + 1, "rows differ")
    for i, f in ipairs(document.funds) do
        local told = f.rank == json.null and "" or f.rank
        check(told == ranks[f.fund], "%s: rank %s, expected %s", f.fund, told,
            ranks[f.fund])
        local row = ranked[i + 1]
        check(row[13] == tostring(ranks[f.fund]), "%s: csv says rank %s, expected %s", f.fund, row[13], ranks[f.fund])
        check(table.concat(row, ",", 1, 12) == table.concat(plain[i + 1], ","), "csv is in another order")
    end
    if #document.funds > 0 then check_table(run("--rank " .. options), ranks, document.funds) end
    check(not run("--format json " .. options):find('"rank"', 1, true), "a rank that nobody asked for")
end

assert(os.execute(("mkdir '%s/config'"):format(folder)))
write("evaluation.ini", "[evaluation]\nyears = 2018-2019\n[data funds]\npath = funds.csv\n" ..
    "[data outcomes]\npath = outcomes.csv\n")
for _, name in ipairs { "s", "t" } do write("config/" .. name .. ".ini", "[missing]\nactual = exclude\n") end
for round = 1, 25 do
    math.randomseed(seed + round)
    generate()
    try("")
end
-- Narrowed, a rank is among those that are scored.
write("funds.csv", "fund,type,year\na,t,2019\nb,t,2019\nc,t,2019\nd,t,2019\ne,s,2019\na,t,2018\n")
write("outcomes.csv", "fund,year,indicator,target,actual,weight\na,2019,a.x,100,70,100\nb,2019,a.x,100,90,100\n" ..
    "c,2019,a.x,100,70,100\nd,2019,a.x,100,60,100\ne,2019,a.x,100,5,100\na,2018,a.x,100,1,100\n")
for options, told in pairs { ["--year 2019"] = "2 1 2 4 1", ["--fund a --fund c --fund d"] = "1 1 3 1", ["--type s"] = "1" } do
    local list = {}
    for i, row in ipairs(rows(run("--rank --format csv --option bom=no " .. options))) do
        if i > 1 then list[#list + 1] = row[13] end
    end
    check(table.concat(list, " ") == told, "%s: ranks %s, expected %s", options, table.concat(list, " "), told)
end
suite.finish()
