-- run.lua - `steelyard improve`: what it says is done to the data, and scored; no fewer changes would do, by brute force;
-- what no result can mend, and what is refused.
--
--     lua5.4 tests/improve/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite, json = require "suite", require "json"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local folder = suite.folder()
local check = suite.check

local function capture(command, path, options)
    return suite.capture(("'%s' %s '%s' -q --lang en %s 2>'%s/stderr'"):format(program, command, path, options, folder))
end

local function improve(path, fund, grade, options)
    local text, ok, code = capture("improve", path, ("'%s' --to '%s' --format json %s"):format(fund, grade, options or ""))
    check(ok, "%s: exit code %s: %s", path, tostring(code), suite.read(folder .. "/stderr"):sub(1, 300))
    return json.read(text).funds[1], text
end

local function score(path, fund)
    return json.read((capture("score", path, ("--fund '%s' --format json"):format(fund)))).funds[1]
end

-- Kinds of rules, and how an actual of that kind looks.
local SCRIPT = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["x.tiers"] = sy.tiers { { 95, 1 }, { 80, 0.8 }, { 60, 0.6 } }
rules.indicator["x.deduct"] = sy.deduct { of = 5, from = 100, per = 1, lose = 0.5 }
rules.indicator["x.late"] = sy.deadline { lose = 0.1, per = "week" }
rules.indicator["x.own"] = function(i) return i.actual >= i.target * 0.9 and 1 or 0.4 end
rules.indicator["x.count"] = sy.checklist { of = 5 }
rules.measure["x.spent"] = function(fund) return sy.percent(fund.done, fund.plan), "%" end
return rules
]]
local KINDS = {
    { "x.up", "≥200个", function(n) return n * 2 .. "个" end },
    { "x.down", "≤50元", function(n) return 50 + n .. "元" end },
    { "x.between", "90%~95%", function(n) return n .. "%" end },
    { "x.tiers", "", function(n) return n end },
    { "x.deduct", "", function(n) return 100 + n // 10 end },
    { "x.late", "2019年6月底前", function(n) return "2019-07-" .. ("%02d"):format(1 + n % 28) end },
    { "x.own", "≥40.5万元", function(n) return n / 4 .. "万元" end },
    { "x.count", "", function(n) return n % 5 end },
    { "x.spent", "≥100%", function() return "" end },
    { "x.word", "有效", function() return "较差" end },
}
local WEIGHTS = { 12, 10, 8, 14, 10, 8, 12, 6, 10, 10 }

local state = 11
local function random(low, high)
    state = (state * 1103515245 + 12345) % 2147483648
    return low + (state // 65536) % (high - low + 1)
end

local function invent(n)
    local fund = { id = "f" .. n, rows = {}, done = random(50, 100) }
    for i, kind in ipairs(KINDS) do
        local met = kind[1] ~= "x.word" and kind[1] ~= "x.spent" and random(0, 3) == 0
        fund.rows[i] = random(0, 12) == 0 and kind[1] ~= "x.word" and "" or tostring(kind[3](met and 100 or random(30, 95)))
        if kind[1] == "x.between" and met then fund.rows[i] = "92%" end
    end
    return fund
end

local function write(path, fund, ratings)
    local config = { "[weights]\n" }
    for i, kind in ipairs(KINDS) do config[#config + 1] = ("%s = %d\n"):format(kind[1], WEIGHTS[i]) end
    config[#config + 1] = "[signs]\nx.word = qualitative\n[ratings]\n好 = 1\n较差 = 0.3\n[rounding]\ndecimals = 2\n"
    suite.write(path .. "/config/t.ini", table.concat(config))
    suite.write(path .. "/scripts/t.lua", SCRIPT)
    suite.write(path .. "/evaluation.ini",
        "[evaluation]\nyears = 2019\ntype = t\n[data funds]\npath = f.csv\n[data outcomes]\npath = o.csv\n")
    suite.write(path .. "/f.csv", ("fund,plan,done\n%s,100,%s\n"):format(fund.id, fund.done))
    local rows = { "fund,indicator,target,actual,rating\n" }
    for i, kind in ipairs(KINDS) do
        rows[#rows + 1] = ("%s,%s,%s,%s,%s\n"):format(fund.id, kind[1], kind[2], fund.rows[i], ratings and ratings[i] or "")
    end
    suite.write(path .. "/o.csv", table.concat(rows))
end

-- The data as `improve` would have it; nil where that is no figure of the data.
local function apply(fund, changes)
    local better = { id = fund.id, done = fund.done, rows = { table.unpack(fund.rows) } }
    local ratings = {}
    for _, change in ipairs(changes) do
        for i, kind in ipairs(KINDS) do
            if kind[1] == change.indicator then
                if kind[1] == "x.spent" then better.done = change.to:match "^[%d.]+"
                elseif change.rating then ratings[i] = change.to
                else better.rows[i] = change.to end
            end
        end
    end
    return better, ratings
end

-- Whether some set of fewer changes, each to the best that `improve` says of them all, would do.
local function fewer_do(fund, all, k, bound, path)
    local n = #all
    for set = 0, (1 << n) - 1 do
        local chosen = {}
        for i = 1, n do
            if set >> (i - 1) & 1 == 1 then chosen[#chosen + 1] = all[i] end
        end
        if #chosen == k - 1 then
            local sum = 0
            for _, c in ipairs(chosen) do sum = sum + c.gain end
            if sum >= bound - 0.02 then -- near enough to be tried
                write(path, apply(fund, chosen))
                if score(path, fund.id).score >= 90 then return true end
            end
        end
    end
    return false
end

local counts = {}

local function check_invented(n)
    local fund, path = invent(n), folder .. "/invented"
    write(path, fund)
    local before = score(path, fund.id)
    local way = improve(path, fund.id, "优")
    counts[way.outcome] = (counts[way.outcome] or 0) + 1
    check(way.score == before.score and way.grade == before.grade, "%d: where it stands", n)
    if way.outcome == "there" then
        check(before.grade == "优" and #way.changes == 0, "%d: is there", n)
        return
    end
    check(way.outcome == "reached" or way.outcome == "short", "%d: outcome %s", n, way.outcome)
    local last, sum = before.score, 0
    for _, change in ipairs(way.changes) do
        check(math.abs(change.score - last - change.points) < 1e-6, "%d: %s brings %s", n, change.indicator, change.points)
        last, sum = change.score, sum + change.points
    end
    check(math.abs(last - way.reached_score) < 1e-6, "%d: the last step's score", n)
    local better, ratings = apply(fund, way.changes)
    write(path, better, ratings)
    local after = score(path, fund.id)
    check(math.abs(after.score - way.reached_score) < 1e-6 and after.grade == way.reached_grade, "%d: said %s %s, scored %s %s", n,
        tostring(way.reached_score), tostring(way.reached_grade), tostring(after.score), tostring(after.grade))
    check((way.outcome == "reached") == (after.grade == "优"), "%d: %s, and has %s", n, way.outcome, tostring(after.grade))
    if way.outcome ~= "reached" then return end
    -- Each change by itself at its best: what it gains is known from the best of all, asked for with a grade that none has.
    write(path, fund)
    local all = improve(path, fund.id, "卓越", "--set t.grades.卓越=100").changes
    for _, change in ipairs(all) do
        local one, rating = apply(fund, { change })
        write(path, one, rating)
        change.gain = score(path, fund.id).score - before.score
    end
    check(not fewer_do(fund, all, #way.changes, 90 - before.score, path), "%d: fewer than %d changes do", n, #way.changes)
end

local function small(name, config, rows, more)
    local path = folder .. "/" .. name
    suite.write(path .. "/config/t.ini", config)
    suite.write(path .. "/evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n" .. (more or ""))
    suite.write(path .. "/o.csv", "fund,indicator,target,actual\n" .. rows)
    return path
end

-- The dearest only as far as is needed, the cheapest first.
local function check_words()
    local path = small("words", "[weights]\nx.near = 60\nx.far = 40\n", "a,x.near,≥100个,80个\na,x.far,≥1000个,400个\n")
    local way = improve(path, "a", "良")
    check(#way.changes == 1 and way.changes[1].to == "800个" and way.reached_score == 80, "800 are enough: %s", way.changes[1].to)
    way = improve(path, "a", "优")
    check(#way.changes == 2 and way.changes[1].indicator == "x.near" and way.changes[1].to == "100个" and way.changes[2].to == "750个" and
        way.reached_score == 90, "both: %s, %s", way.changes[1].to, way.changes[2] and way.changes[2].to)
    local text = capture("improve", path, "a --to 良")
    check(text:find("+16.00  x.far: 400个 → 800个, score 80.00", 1, true) and text:find("Then 80.00, 良.", 1, true),
        "in words: %s", text)
    way = improve(path, "a", "差")
    check(way.outcome == "there" and #way.changes == 0, "it is there")
end

local function check_hopeless()
    local path = small("untargeted", "[weights]\nx.one = 40\nx.two = 60\n", "a,x.one,≥10个,5个\na,x.two,,7个\n")
    local way = improve(path, "a", "优")
    check(way.outcome == "short" and way.reached_grade == json.null and #way.changes == 1 and way.reached_score == 100,
        "too little can be scored")
    check(capture("improve", path, "a --to 优"):find("Only 40% of the weight can be scored, less than 60%", 1, true), "and that is said")
    path = small("capped", "[weights]\nx.one = 100\n", "a,x.one,≥10个,9个\n", "[data adjustments]\npath = a.csv\n")
    suite.write(path .. "/a.csv", "fund,cap,reason\na,中,截留挪用\n")
    way = improve(path, "a", "优")
    check(way.outcome == "capped" and #way.changes == 0, "a cap: %s", way.outcome)
    check(capture("improve", path, "a --to 优"):find("at most 中: 截留挪用", 1, true), "and its reason")
    path = small("sums", "[weights]\nx.one = 90\n", "a,x.one,≥10个,5个\n")
    check(improve(path, "a", "优").outcome == "sums", "weights that do not add up")
    path = small("deducted", "[weights]\nx.one = 100\n", "a,x.one,≥10个,5个\n", "[data adjustments]\npath = a.csv\n")
    suite.write(path .. "/a.csv", "fund,points,reason\na,-11,迟报\n")
    way = improve(path, "a", "优")
    check(way.outcome == "short" and way.reached_score == 89 and way.reached_grade == "良", "11 points are off: %s",
        tostring(way.reached_score))
end

local REFUSED = {
    { "a", 2, "--to GRADE" }, { "--to 优", 2, "name a fund" }, { "a --to 优秀", 2, "did you mean '优'" }, { "b --to 优", 2,
        "no fund 'b'" },
    { "a --to 优 --year 2018", 2, "no year 2018" }, { "a --to 优 --fund a", 2, "has no --fund" },
}

local function check_refused()
    local path = folder .. "/words"
    for _, case in ipairs(REFUSED) do
        local command = ("cd '%s' && '%s' improve %s"):format(path, program, case[1])
        local text, ok, code = suite.capture(command .. (" 2>'%s/stderr'"):format(folder))
        local said = suite.read(folder .. "/stderr")
        check(not ok and code == case[2] and text == "" and said:find(case[3], 1, true), "%s: %s, %s", case[1], tostring(code), said)
    end
end

for n = 1, 60 do check_invented(n) end
check((counts.reached or 0) > 30, "%d of 60 reached", counts.reached or 0)
check_words()
check_hopeless()
check_refused()
suite.finish()
