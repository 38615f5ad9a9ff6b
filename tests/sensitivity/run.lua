-- run.lua - `steelyard sensitivity`: draws, quantiles, grades and ranks against plain arithmetic, draw by draw; each
-- indicator left out; which weights decide; what is refused.
--
--     lua5.4 tests/sensitivity/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite, json = require "suite", require "json"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local folder = suite.folder()
local check = suite.check

local function run(path, options)
    return suite.capture(("'%s' sensitivity '%s' -q --lang en %s 2>'%s/stderr'"):format(program, path, options, folder))
end

local function weigh(path, options)
    local text, ok, code = run(path, "--format json " .. (options or ""))
    check(ok, "%s %s: exit code %s: %s", path, options or "", tostring(code), suite.read(folder .. "/stderr"):sub(1, 300))
    return json.read(text), text
end

local function near(a, b, within) return type(a) == "number" and math.abs(a - b) <= (within or 1e-6) end

-- The numbers that are drawn: splitmix64 of the seed, the path's FNV-1a and the draw's number.
local function mix(x)
    x = x + 0x9E3779B97F4A7C15
    x = (x ~ (x >> 30)) * 0xBF58476D1CE4E5B9
    x = (x ~ (x >> 27)) * 0x94D049BB133111EB
    return x ~ (x >> 31)
end

local function hash(text)
    local h = 0xCBF29CE484222325
    for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
    return h
end

local function factor(seed, path, draw, spread)
    local even = (mix((mix(seed) ~ hash(path)) + mix(draw)) >> 11) * 2.0 ^ -53
    return 1 + spread * (2 * even - 1)
end

-- Funds with their indicators: path, weight, attainment (false: left out), and points that are added.
local PATHS = { "output.quantity.a", "output.quantity.b", "output.quality.c", "benefit.social.d", "benefit.social.e", "satisfaction.f" }
local WEIGHTS = { 20, 15, 15, 20, 20, 10 }

local state = 5
local function random(low, high)
    state = (state * 1103515245 + 12345) % 2147483648
    return low + (state // 65536) % (high - low + 1)
end

local function invent(n)
    local funds = {}
    for f = 1, n do
        funds[f] = { points = f % 7 == 0 and -3 or 0, actuals = {} }
        for i = 1, #PATHS do
            local odd = random(0, 14)
            funds[f].actuals[i] = odd > 0 and random(60, 110) or false
        end
    end
    return funds
end

local function write(name, funds, rescale, decimals)
    local path = folder .. "/" .. name
    local config = {
        ("[type]\nname = t\n[missing]\nactual = exclude\nrescale = %s\n[rounding]\ndecimals = %d\n[weights]\n"):format(rescale, decimals),
    }
    for i, p in ipairs(PATHS) do config[#config + 1] = ("%s = %d\n"):format(p, WEIGHTS[i]) end
    suite.write(path .. "/config/t.ini", table.concat(config))
    suite.write(path .. "/evaluation.ini",
        "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n[data adjustments]\npath = a.csv\n")
    local rows, points = { "fund,indicator,target,actual\n" }, { "fund,points\n" }
    for f, fund in ipairs(funds) do
        for i, p in ipairs(PATHS) do rows[#rows + 1] = ("f%03d,%s,≥100个,%s\n"):format(f, p,
            fund.actuals[i] and fund.actuals[i] .. "个" or "") end
        if fund.points ~= 0 then points[#points + 1] = ("f%03d,%d\n"):format(f, fund.points) end
    end
    suite.write(path .. "/o.csv", table.concat(rows))
    suite.write(path .. "/a.csv", table.concat(points))
    return path
end

-- The score for weights times factors, without one indicator; nil: nothing is left.
local function score(fund, rescale, factors, without)
    local all, included, earned, points = {}, {}, {}, {}
    for i, p in ipairs(PATHS) do
        local branch, weight = p:match "^[^.]+", WEIGHTS[i] * (factors and factors[i] or 1)
        points[branch] = (points[branch] or 0) + WEIGHTS[i]
        if i ~= without then
            all[branch] = (all[branch] or 0) + weight
            if fund.actuals[i] then
                included[branch] = (included[branch] or 0) + weight
                earned[branch] = (earned[branch] or 0) + weight * math.min(1, fund.actuals[i] / 100)
            end
        end
    end
    local sum, held = 0, 0
    for branch in pairs(included) do
        local by = rescale == "level" and included[branch] or all[branch]
        sum = sum + points[branch] * earned[branch] / by
        held = held + points[branch] * included[branch] / by
    end
    if held == 0 then return nil end
    return math.max(0, math.min(100, sum * 100 / held + fund.points))
end

local function round(x, decimals)
    local scale = 10 ^ decimals
    return math.floor(x * scale + 0.5 + 1e-7) / scale
end

local function grade_of(x) return x >= 90 and "优" or x >= 80 and "良" or x >= 60 and "中" or "差" end

-- The smallest value that at least a share of n does not pass.
local function quantile(sorted, share) return sorted[math.max(1, math.ceil(share * #sorted - 1e-9))] end

local function check_fund(fund, said, options, all, ranks, label)
    local sum, square, chances = 0, 0, { ["优"] = 0, ["良"] = 0, ["中"] = 0, ["差"] = 0 }
    for _, x in ipairs(all) do
        sum = sum + x
        chances[grade_of(x)] = chances[grade_of(x)] + 1 / #all
    end
    local mean = sum / #all
    for _, x in ipairs(all) do square = square + (x - mean) ^ 2 end
    local sorted = { table.unpack(all) }
    table.sort(sorted)
    local drawn = said.drawn
    check(near(drawn.mean, mean, 2e-6) and near(drawn.sd, math.sqrt(square / #all), 2e-6), "%s: mean or sd", label)
    check(near(drawn.min, sorted[1]) and near(drawn.max, sorted[#all]) and near(drawn.p05, quantile(sorted, 0.05)) and
        near(drawn.median, quantile(sorted, 0.5)) and near(drawn.p95, quantile(sorted, 0.95)), "%s: quantiles", label)
    for grade, chance in pairs(chances) do
        check(said.grades == json.null or near(said.grades[grade], chance), "%s: the chance of %s", label, grade)
    end
    table.sort(ranks)
    check(said.ranks == json.null or (said.ranks.p05 == quantile(ranks, 0.05) and said.ranks.p95 == quantile(ranks, 0.95) and
        said.ranks.best == ranks[1] and said.ranks.worst == ranks[#ranks]), "%s: ranks", label)
    for i, item in ipairs(said.indicators) do
        local without = score(fund, options.rescale, nil, i)
        check(without and near(item.without, round(without, options.decimals)) and near(item.change, item.without - said.score),
            "%s: without %s %s, plain %s", label, item.indicator, tostring(item.without), tostring(without))
    end
end

local function check_draws(name, options)
    local funds = invent(options.funds)
    local path = write(name, funds, options.rescale, options.decimals)
    local arguments = ("--draws %d --spread %.15g --seed %d"):format(options.draws, options.spread, options.seed)
    local document, text = weigh(path, arguments .. " --jobs 1")
    check(document.schema == "steelyard.sensitivity/1" and #document.funds == #funds and document.draws == options.draws,
        "%s: schema or funds", name)
    local scores, ranks = {}, {}
    for f in ipairs(funds) do scores[f], ranks[f] = {}, {} end
    for draw = 0, options.draws - 1 do
        local factors, ranked = {}, {}
        for i, p in ipairs(PATHS) do factors[i] = factor(options.seed, p, draw, options.spread) end
        for f, fund in ipairs(funds) do
            local x = score(fund, options.rescale, factors)
            scores[f][draw + 1] = x and round(x, options.decimals)
            if document.funds[f].ranks ~= json.null then ranked[#ranked + 1] = scores[f][draw + 1] end
        end
        table.sort(ranked, function(a, b) return a > b end)
        local place = {}
        for i = #ranked, 1, -1 do place[ranked[i]] = i end
        for f in ipairs(funds) do ranks[f][draw + 1] = place[scores[f][draw + 1]] or 0 end
    end
    for f, fund in ipairs(funds) do check_fund(fund, document.funds[f], options, scores[f], ranks[f], name .. " " .. f) end
    local _, again = weigh(path, arguments .. " --jobs 3")
    check(again == text, "%s: three workers write other bytes", name)
    return path, document
end

-- Without any spread nothing moves.
local function check_still(path, document)
    local still = weigh(path, "--draws 20 --spread 0")
    for f, fund in ipairs(still.funds) do
        check(near(fund.drawn.sd, 0) and near(fund.drawn.median, fund.score, 0.031), "still %d: %s, %s", f, fund.drawn.median, fund.score)
        if fund.grades ~= json.null then
            check(near(fund.grades[grade_of(fund.drawn.median)], 1), "still %d: its grade", f)
        end
    end
    local other = weigh(path, "--draws 50 --seed 2")
    check(other.funds[1].drawn.mean ~= document.funds[1].drawn.mean, "another seed draws the same")
    for _, p in ipairs(still.indicators) do check(p.decides == json.null, "%s decides where nothing moves", p.indicator) end
end

-- One weight decides alone: the other branch has one indicator, which keeps its points.
local function check_decides()
    local path = folder .. "/decides"
    suite.write(path .. "/config/t.ini", "[weights]\nx.half = 30\nx.full = 30\ny.zero = 40\n")
    suite.write(path .. "/evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n")
    suite.write(path .. "/o.csv", "fund,indicator,target,actual\na,x.half,≥10个,5个\na,x.full,≥10个,10个\na,y.zero,≥10个,0个\n")
    local document = weigh(path, "--draws 4000 --spread 0.1")
    local shares = {}
    for _, p in ipairs(document.indicators) do shares[p.indicator] = p.decides end
    check(near(shares["x.half"], 0.5, 0.05) and near(shares["x.full"], 0.5, 0.05) and near(shares["y.zero"], 0, 0.01),
        "what decides: %s %s %s",
        shares["x.half"], shares["x.full"], shares["y.zero"])
    local fund = document.funds[1]
    check(near(fund.score, 45) and near(fund.indicators[1].without, 60) and near(fund.indicators[2].without, 30) and
        near(fund.indicators[3].without, 75), "left out: %s %s %s", fund.indicators[1].without, fund.indicators[2].without,
            fund.indicators[3].without)
    check(fund.indicators[1].grade == "中" and fund.indicators[2].grade == "差" and fund.grade == "差", "grades without")
end

-- How near a fund is to a grade: 0.4 short of 80 points, 0.3 above 90.
local function check_edges()
    local path = folder .. "/edges"
    suite.write(path .. "/config/t.ini", "[weights]\nx.one = 100\n")
    suite.write(path .. "/evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n")
    suite.write(path .. "/o.csv",
        "fund,indicator,target,actual\na,x.one,≥1000个,796个\nb,x.one,≥1000个,903个\nc,x.one,≥1000个,850个\nd,x.one,≥1000个,\n")
    local document = weigh(path, "--draws 10 --edge 0.4")
    local a, b, c = document.funds[1], document.funds[2], document.funds[3]
    check(a.edge.grade == "良" and near(a.edge.points, 0.4), "0.4 short")
    check(b.edge.grade == "优" and near(b.edge.points, -0.3), "0.3 above")
    check(c.edge == json.null, "5 points are no edge")
    check(weigh(path, "--draws 10 --edge 0.2").funds[1].edge == json.null, "0.4 is not within 0.2")
    local text = run(path, "--draws 10")
    check(text:find("short of 良 by 0.40", 1, true) and text:find("above 优 by 0.30", 1, true), "the table: %s", text)
    text = run(path, "--draws 10 --format csv --option bom=no")
    check(text:find("\na,,t,,2019,79.60,中,79.6,0,79.6,79.6,79.6,79.6,79.6,1,3,3,3,良,0.4\n", 1, true), "the row: %s", text)
end

local REFUSED = {
    { "--draws 0", "--draws 0" }, { "--draws 1000001", "--draws 1000001" }, { "--draws x", "no whole number" }, { "--draws 1.5",
        "no whole number" },
    { "--spread 1.01", "--spread 1.01" }, { "--spread -1", "no number" }, { "--seed x", "no whole number" }, { "--edge x", "no number" },
    { "--years 2018,2019", "has no --years" }, { "--fund nobody", "no fund 'nobody'" },
}

local function check_refused(path)
    for _, case in ipairs(REFUSED) do
        local text, ok, code = run(path, case[1])
        local said = suite.read(folder .. "/stderr")
        check(not ok and code == 2 and text == "" and said:find(case[2], 1, true), "%s: %s, %s", case[1], tostring(code), said)
    end
end

local path, document = check_draws("few", { funds = 12, draws = 400, spread = 0.2, seed = 1, rescale = "total", decimals = 2 })
check_draws("level", { funds = 12, draws = 300, spread = 0.5, seed = 9, rescale = "level", decimals = 2 })
check_draws("many", { funds = 400, draws = 60, spread = 0.3, seed = 3, rescale = "total", decimals = 2 }) -- ranks are counted
check_draws("coarse", { funds = 60, draws = 100, spread = 1, seed = 4, rescale = "level", decimals = 0 }) -- many ties
check_still(path, document)
check_decides()
check_edges()
check_refused(path)
suite.finish()
