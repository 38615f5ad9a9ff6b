-- run.lua - sizes at which work that grows with the square of the data would outlast the suite's time limit: one fund of
-- very many ratings, branches, keys, labels, shares, levels, words. Each must come out right.
--
--     lua5.4 tests/size/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = arg[1]
local folder = suite.folder()
local check = suite.check

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

-- `format` n times, the number in place of each %d.
local function lines(n, format)
    local list = {}
    for i = 1, n do list[i] = format:gsub("%%d", i) end
    return table.concat(list)
end

local function run(command)
    local pipe = assert(io.popen(("'%s' %s -q 2>&1"):format(program, command)))
    local text = pipe:read("a")
    local _, _, code = pipe:close()
    check(code == 0, "%s: exit code %s: %s", command, tostring(code), text:sub(1, 200))
    return text
end

-- Scores one fund of n indicators, n points in all, and compares score, grade and the rows of --detail, each of
-- which earns `share` of a point.
local function case(name, n, share, files, explained)
    assert(os.execute(("rm -rf '%s' && mkdir -p '%s/config' '%s/data'"):format(folder, folder, folder)))
    write("evaluation.ini", "[evaluation]\ntitle = size\nyears = 2019\nlanguage = en\ntype = q\n" ..
        "[data outcomes]\npath = data/outcomes.csv\n" .. (files["data/ratings.csv"] and
        "[data ratings]\npath = data/ratings.csv\n" or ""))
    files["config/q.ini"] = ("[type]\nfull_score = %d\n"):format(n) .. (files["config/q.ini"] or "")
    for path, text in pairs(files) do write(path, text) end
    local row = run(("score '%s' --format csv --option bom=no"):format(folder)):match("\n(.-)\n")
    local grade = share >= 0.9 and "优" or "差"
    local expected = ("f,,q,,2019,%.2f,%s,1,"):format(n * share, grade)
    check(row and row:sub(1, #expected) == expected, "%s: got %s, not %s…", name, tostring(row), expected)
    local detail, scored = run(("score '%s' --format csv --detail --option bom=no"):format(folder)), 0
    local _, all = detail:gsub("\n", "")
    for _ in detail:gmatch((",1,%s,%.2f,scored,"):format(share, share):gsub("%.", "%%.")) do scored = scored + 1 end
    check(all == n + 1 and scored == n, "%s: %d rows, %d scored, not %d", name, all - 1, scored, n)
    if explained then
        local _, said = run(("explain '%s' f"):format(folder)):gsub(explained, "")
        check(said == n, "%s: explained %d times, not %d", name, said, n)
    end
end

local HEAD = "fund,indicator,target,actual,weight\n"

local n = 400000
case("ratings", n, 0.5, {["data/outcomes.csv"] = HEAD .. lines(n, "f,a.i%d,10,9,1\n"),
    ["data/ratings.csv"] = "fund,indicator,rating\n" .. lines(n, "f,a.i%d,0.5\n")})

n = 100000
case("branches", n, 0.9, {["data/outcomes.csv"] = HEAD .. lines(n, "f,b%d.x,10,9,1\n")}, "\n  b%d+%.x\n")

case("keys", n, 0.9, {["data/outcomes.csv"] = "fund,indicator,actual\n" .. lines(n, "f,a.i%d,9\n"),
    ["config/q.ini"] = "[weights]\n" .. lines(n, "a.i%d = 1\n") .. "[targets]\n" .. lines(n, "a.i%d = ≥10\n") ..
        "[names]\n" .. lines(n, "a.i%d = name %d\n")}, "\n  a%.i(%d+)  name %1\n")

n = 100000
case("labels", n, 0.9, {["data/outcomes.csv"] = "fund,level1,level2,name,target,actual\n" ..
        lines(n, "f,产出指标,数量指标,名%d,10,9\n"),
    ["config/q.ini"] = "[weights]\n" .. lines(n, "output.quantity.i%d = 1\n") .. "[names]\n" ..
        lines(n, "output.quantity.i%d = 名%d\n")})

-- Rows of two branches in turn, each of which shares its level's points.
n = 120000
case("shares", n, 0.9, {["data/outcomes.csv"] = "fund,indicator,target,actual\n" ..
        lines(n // 2, "f,a.i%d,10,9\nf,b.i%d,10,9\n"),
    ["config/q.ini"] = ("[levels]\na = %d\nb = %d\n[weights]\na.* = split\nb.* = split\n"):format(n // 2, n // 2)},
    "%(split: 60000 / 60000%)")

n = 100000
case("levels", n, 0.9, {["data/outcomes.csv"] = HEAD .. lines(n, "f,b%d.x,10,9,1\n"),
    ["config/q.ini"] = "[levels]\n" .. lines(n, "b%d = 1\n")}, "\nb%d+  weight 1  score 0.90\n")

n = 100000
case("words", n, 0.5, {["data/outcomes.csv"] = HEAD .. lines(n, "f,a.i%d,work done,word%d,1\n"),
    ["config/q.ini"] = "[ratings]\n" .. lines(n, "word%d = 0.5\n")}, "→ 0%.5  %[ratings%]")

-- A finding a row, each with a text of its own: all of them are in the report, the first 20 of each code on stderr.
n = 100000
do
    assert(os.execute(("rm -rf '%s' && mkdir -p '%s/data'"):format(folder, folder)))
    write("evaluation.ini", "[evaluation]\ntitle = size\nyears = 2019\nlanguage = en\n[data outcomes]\npath = data/outcomes.csv\n")
    write("data/outcomes.csv", HEAD .. lines(n // 2, "f,a.i%d,10,%d..5,1\nf,b.i%d,10,约%d,1\n"))
    local pipe = assert(io.popen(("'%s' check '%s' --fail-on never -o '%s/all.csv' --option bom=no 2>&1")
        :format(program, folder, folder)))
    local said = pipe:read("a")
    check(pipe:close(), "check fails: %s", said:sub(1, 200))
    local counts = {}
    for line in io.lines(folder .. "/all.csv") do
        local code, text = line:match("^%w+,([%w-]+),f,2019,[ab]%.i%d+,actual '(.-)' is ")
        if code then counts[code] = (counts[code] or 0) + 1 end
        if code == "bad-number" then counts[text] = true end
    end
    check(counts["bad-number"] == n // 2 and counts.approximate == n // 2, "findings: %s bad, %s approximate",
        tostring(counts["bad-number"]), tostring(counts.approximate))
    for _, i in ipairs { 1, 777, n // 2 } do check(counts[i .. "..5"], "findings: %d..5 is not there", i) end
    for _, code in ipairs { "bad-number", "approximate" } do
        local _, shown = said:gsub("%[" .. code:gsub("-", "%%-") .. "%]\n", "")
        check(shown == 20 and said:find(("note: %s: 20 of %d shown"):format(code, n // 2), 1, true),
            "findings: %d of %s on stderr, and:\n%s", shown, code, said:sub(-300))
    end
end

suite.finish()
