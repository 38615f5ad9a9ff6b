-- run.lua - `steelyard compare`: hundreds of invented types of two years against a second, plain implementation of the
-- Shapley values; closing, swapping, one cause alone; [was]; what is refused, and how it is told.
--
--     lua5.4 tests/compare/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/compare/?.lua;" .. package.path
local suite, json, invented = require "suite", require "json", require "invented"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local folder = suite.folder()
local check = suite.check

local ALL = { "results", "targets", "weights", "rules", "indicators", "adjustments", "rounding" }

local function run(path, options)
    return suite.capture(("'%s' compare '%s' -q --lang en %s 2>'%s/stderr'"):format(program, path, options, folder))
end

local function compare(path, options)
    local text, ok, code = run(path, "--format json " .. (options or ""))
    check(ok, "%s: exit code %s: %s", path, tostring(code), suite.read(folder .. "/stderr"):sub(1, 300))
    return json.read(text), text
end

-- Small evaluations of one type, told file by file

-- `files`: by path; outcomes of a year are lines `fund,indicator,target,actual`.
local function small(name, files, years, more)
    local path = folder .. "/" .. name
    suite.write(path .. "/evaluation.ini",
        ("[evaluation]\ntype = t\nyears = %s\n[data outcomes]\npath = o-{year}.csv\n%s"):format(years, more or ""))
    suite.write(path .. "/config/t.ini", "[type]\nname = t\n")
    for file, text in pairs(files) do
        suite.write(path .. "/" .. file, (file:find "^o%-" and "fund,indicator,target,actual,weight\n" or "") .. text)
    end
    return path
end

local function only_causes(change, expected)
    for _, cause in ipairs(ALL) do
        local want = expected[cause] or 0
        check(change.causes ~= json.null and math.abs(change.causes[cause] - want) < 1e-9, "%s %s→%s: %s is %s, not %s", change.sentence,
            change.from, change.to, cause, change.causes ~= json.null and tostring(change.causes[cause]), tostring(want))
    end
end

local function change_of(document, fund, n)
    for _, f in ipairs(document.funds) do
        if f.fund == fund then return f.changes[n or 1], f end
    end
end

-- The words of the report that evaluators write.
local function check_sentences()
    local path = small("words", {
        ["o-2018.csv"] = "甲,output.quantity.push,≥10000条次,8240条次,100\n",
        ["o-2019.csv"] = "甲,output.quantity.push,≥10000条次,8610条次,100\n",
        ["config/t.ini"] = "[names]\noutput.quantity.push = 推送惠企政策条次\n",
    }, "2018-2019")
    local change = change_of(compare(path, "--lang zh"), "甲")
    check(change.sentence == "得分由82.40升至86.10，提高3.70分：实绩提高3.70分（推送惠企政策条次 +3.70）。", "%s", change.sentence)
    change = change_of(compare(path, "--lang zh --years 2019,2018"), "甲")
    check(change.sentence == "得分由86.10降至82.40，降低3.70分：实绩降低3.70分（推送惠企政策条次 -3.70）。", "%s", change.sentence)
    change = change_of(compare(path), "甲")
    check(change.sentence == "The score rose from 82.40 to 86.10, by 3.70 points: results +3.70 (推送惠企政策条次 +3.70).",
        "%s", change.sentence)
    local d = change.drivers[1]
    check(d.from[1].actual == "8240条次" and d.to[1].actual == "8610条次" and d.to[1].target == "≥10000条次", "values as written")
    local text = run(path, "--lang zh")
    check(text:find("  +3.70  推送惠企政策条次：指标值 ≥10000条次→≥10000条次；实际 8240条次→8610条次",
        1, true), "the page of one fund: %s", text)
end

-- Years that say the same in other words: nothing has moved.
local function check_nothing()
    local path = small("nothing", {
        ["o-2018.csv"] = "a,x.one,≥20万元,15万元,40\na,x.two,6月底前,5月20日,30\na,x.three,≥2018年11月30日前,2018-12-02,30\n",
        ["o-2019.csv"] = "a,x.one,≥20万元,15万元,40\na,x.two,6月底前,5月20日,30\na,x.three,≥2019年11月30日前,2019-12-02,30\n",
    }, "2018-2019")
    local change = change_of(compare(path), "a")
    only_causes(change, {})
    check(change.change == 0 and #change.drivers == 0 and change.yardsticks_differ == false, "the same year twice: %s", change.sentence)
    check(change.sentence == "The score stayed at 60.00.", "%s", change.sentence)
end

-- Days are held against days of their own year: what was late in May is late in a year whose target is May.
local function check_days()
    local path = small("days", {
        ["o-2018.csv"] = "a,x.one,2018年6月底前,2018-06-20,100\n",
        ["o-2019.csv"] = "a,x.one,2019年5月底前,2019-06-20,100\n",
    }, "2018-2019")
    only_causes(change_of(compare(path), "a"), { targets = -100 })
    path = small("february", {
        ["o-2019.csv"] = "a,x.one,2019年2月底前,2019-02-28,100\n",
        ["o-2020.csv"] = "a,x.one,2020年2月底前,2020-02-29,100\n",
    }, "2019-2020")
    only_causes(change_of(compare(path), "a"), {})
end

-- 100 元 by the target's unit, and what no rule can hold against it.
local function check_units()
    local path = small("units", {
        ["o-2018.csv"] = "a,x.one,≥10万元,8万元,100\n",
        ["o-2019.csv"] = "a,x.one,≥100000元,90000元,100\n",
    }, "2018-2019")
    only_causes(change_of(compare(path), "a"), { results = 10 })
    path = small("mixed", {
        ["o-2018.csv"] = "a,x.one,≥10万元,8万元,50\na,x.two,≥10个,8个,50\n",
        ["o-2019.csv"] = "a,x.one,≥80%,76%,50\na,x.two,≥10个,9个,50\n",
    }, "2018-2019")
    local change = change_of(compare(path), "a")
    only_causes(change, { results = 5, rules = 7.5 })
    for _, d in ipairs(change.drivers) do check(d.mixed == (d.indicator == "x.two"), "%s: mixed is %s", d.indicator, tostring(d.mixed)) end
end

-- Last year's actual is a result; so is a rating.
local function check_previous()
    local path = small("previous", {
        ["o-2017.csv"] = "a,x.one,,50个,100\n",
        ["o-2018.csv"] = "a,x.one,,40个,100\n",
        ["o-2019.csv"] = "a,x.one,,20个,100\n",
        ["scripts/t.lua"] = 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }\n' ..
            'rules.indicator["x.*"] = sy.against_previous { sy.completion{} }\nreturn rules\n',
    }, "2017-2019")
    local document = compare(path, "--years 2018,2019")
    only_causes(change_of(document, "a"), { results = -30 }) -- 40/50, 20/40
    document = compare(path)
    local change, fund = change_of(document, "a")
    check(change.change == json.null and fund.years[1].score == json.null and #fund.years == 3, "2017 has nothing before it")
    check(change.sentence == "2017 has no score.", "%s", change.sentence)
    only_causes(fund.changes[2], { results = -30 })
    path = small("renamed", {
        ["o-2018.csv"] = "a,x.old,,40个,100\n",
        ["o-2019.csv"] = "a,x.one,,20个,100\n",
        ["o-2020.csv"] = "a,x.one,,30个,100\n",
        ["config/2019-/t.ini"] = "[was]\nx.one = x.mid\nx.mid = x.old\n",
        ["scripts/t.lua"] = 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }\n' ..
            'rules.indicator["x.*"] = sy.against_previous { sy.completion{} }\nreturn rules\n',
    }, "2018-2020")
    only_causes(change_of(compare(path, "--years 2019,2020"), "a"), { results = 50 }) -- 20/40 by its old name, 30/20
    path = small("rated", {
        ["o-2018.csv"] = "a,x.one,有效,达成预期指标,100\n",
        ["o-2019.csv"] = "a,x.one,有效,部分达成,100\n",
        ["config/t.ini"] = "[ratings]\n达成预期指标 = 1\n部分达成 = 0.7\n",
        ["config/2019/t.ini"] = "[ratings]\n部分达成 = 0.8\n",
    }, "2018-2019")
    change = change_of(compare(path), "a")
    check(change.change == -20 and change.causes.results + change.causes.rules == -20, "%s", change.sentence)
    path = small("judged", {
        ["o-2018.csv"] = "a,x.one,有效,很好,100\n",
        ["o-2019.csv"] = "a,x.one,有效,很好,100\n",
        ["r.csv"] = "fund,year,indicator,rating\na,2018,x.one,0.6\na,2019,x.one,0.8\n",
    }, "2018-2019", "[data ratings]\npath = r.csv\n")
    local judged = change_of(compare(path), "a")
    only_causes(judged, { results = 20 })
    check(judged.drivers[1].from[1].rating == "0.6" and judged.drivers[1].to[1].rating == "0.8", "ratings of both years")
    check(run(path, ""):find("actual 很好→很好; rating 0.6→0.8", 1, true), "ratings in words")
    only_causes(change, { results = -25, rules = 5 }) -- in 2018 the word earns 0.7, in 2019 0.8
end

-- A function that looks at another indicator sees what is mixed of it, too.
local function check_functions()
    local path = small("beside", {
        ["o-2018.csv"] = "a,x.one,≥1,5,50\na,x.two,≥10,10,50\n",
        ["o-2019.csv"] = "a,x.one,≥1,5,50\na,x.two,≥20,20,50\n",
        ["scripts/t.lua"] = 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }\n' ..
            'rules.indicator["x.one"] = function(i, fund)\n' ..
            '  return math.min(1, i.actual / fund.indicators["x.two"].target)\nend\nreturn rules\n',
    }, "2018-2019")
    only_causes(change_of(compare(path), "a"), { results = 12.5, targets = -25 })
end

-- Names that changed twice, split weights, rounding to a tenth in one of the years, a cap by the full score.
local function check_years()
    local path = small("chain", {
        ["o-2018.csv"] = "a,x.a,≥10个,8个,\na,x.keep,≥10个,10个,\n",
        ["o-2019.csv"] = "a,x.b,≥10个,9个,\na,x.keep,≥10个,10个,\n",
        ["o-2020.csv"] = "a,x.c,≥10个,10个,\na,x.keep,≥10个,10个,\n",
        ["config/t.ini"] = "[levels]\nx = 100\n[weights]\nx.* = split\n",
        ["config/2019-/t.ini"] = "[was]\nx.b = x.a\n[rounding]\ndecimals = 1\n",
        ["config/2020/t.ini"] = "[was]\nx.c = x.b\n",
    }, "2018-2020")
    local document = compare(path)
    only_causes(change_of(document, "a", 1), { results = 5 })
    only_causes(change_of(document, "a", 2), { results = 5 })
    only_causes(change_of(compare(path, "--years 2018,2020"), "a"), { results = 10 })
    only_causes(change_of(compare(path, "--years 2020,2018"), "a"), { results = -10 })
    document = compare(path, "--yardstick 2020")
    only_causes(change_of(document, "a", 1), { results = 5 })
    local driver = change_of(document, "a", 1).drivers[1]
    check(driver.indicator == "x.c" and driver.mixed, "by 2020's names: %s", driver.indicator)
    check(change_of(document, "a").yardsticks_differ == false, "one yardstick differs from itself")
    path = small("full", {
        ["o-2018.csv"] = "a,x.one,≥10个,9个,100\n",
        ["o-2019.csv"] = "a,x.one,≥10个,10个,100\n",
        ["adjust.csv"] = "fund,year,points\na,2018,5\na,2019,5\n",
    }, "2018-2019", "[data adjustments]\npath = adjust.csv\n")
    only_causes(change_of(compare(path), "a"), { results = 10, adjustments = -5 })
end

-- An indicator that the data of a year never had, by another year's yardstick: left out, and no zero.
local function check_yardstick()
    local path = small("yardstick", {
        ["o-2018.csv"] = "a,x.one,≥10个,8个,\n",
        ["o-2019.csv"] = "a,x.one,≥10个,9个,\na,x.new,≥10个,5个,\n",
        ["config/t.ini"] = "[weights]\nx.one = 100\n",
        ["config/2019/t.ini"] = "[weights]\nx.one = 60\nx.new = 40\n",
    }, "2018-2019")
    local change, fund = change_of(compare(path, "--yardstick 2019"), "a")
    check(fund.years[1].score == 80 and fund.years[2].score == 74, "by 2019's: %s, %s", tostring(fund.years[1].score),
        tostring(fund.years[2].score))
    check(fund.years[1].coverage == 0.6, "2018 has 60 of 100 points: %s", tostring(fund.years[1].coverage))
    only_causes(change, { results = 6, indicators = -12 })
    local _, ok, code = run(path, "--strict")
    check(not ok and code == 3, "--strict gives %s", tostring(code))
    check(suite.read(folder .. "/stderr"):find("yardsticks of 2018 and 2019 differ for t", 1, true), "what --strict says")
    _, ok = run(path, "--strict --yardstick 2018")
    check(ok, "one yardstick is refused")
    change, fund = change_of(compare(path), "a")
    check(change.yardsticks_differ, "yardsticks that differ")
    only_causes(change, { results = 8, weights = -34, indicators = 20 })
    _ = fund
end

-- One thing of the yardstick that differs, and the one cause that it is. The data of both years is the same.
local SINGLE = {
    { "[signs]\nx.cost = <=\n", "targets" },
    { "[targets]\nx.bare = ≥5个\n", "targets" },
    { "[weights]\nx.one = 30\nx.cost = 10\n", "weights" },
    { "[parameters]\nreverse = linear\n", "rules" },
    { "[ratings]\n较好 = 0.5\n", "rules" },
    { "[missing]\nactual = exclude\n", "rules" },
    { "[missing]\ntarget = zero\n", "rules" },
    { "[rounding]\ndecimals = 0\n", "rounding" },
    { "[grades]\n优 = 95\n", nil },
    { "[names]\nx.one = 一\n", nil },
    { nil, "rules", script = "rules.indicator['x.one'] = sy.tiers { { 80, 1 }, { 60, 0.5 } }" },
    { nil, "rules", script = "rules.measure['x.one'] = function(fund) return 9, '个' end" },
    { nil, "rules", script = "rules.target['x.one'] = function(fund) return 9, '个' end" },
    { nil, "adjustments", script = "function rules.adjust(fund) fund:deduct(2, '迟报') end" },
}

local ROWS = "a,x.one,≥10个,7个,\na,x.cost,50元,60元,\na,x.bare,,3个,\na,x.missing,≥4个,,\na,x.word,有效,较好,\na,x.down,≤30天,40天,\n"

local function check_single()
    for n, case in ipairs(SINGLE) do
        local files = {
            ["o-2018.csv"] = ROWS,
            ["o-2019.csv"] = ROWS,
            ["config/t.ini"] = "[weights]\nx.one = 20\nx.cost = 20\nx.bare = 15\nx.missing = 10\nx.word = 15\nx.down = 20\n" ..
                "[ratings]\n较好 = 0.8\n",
        }
        if case[1] then files["config/2019/t.ini"] = case[1] end
        if case.script then
            files["scripts/2019/t.lua"] = 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }\n' .. case.script ..
                "\nreturn rules\n"
        end
        local change = change_of(compare(small("single" .. n, files, "2018-2019")), "a")
        for _, cause in ipairs(ALL) do
            local moved = change.causes[cause] ~= 0
            check(moved == (cause == case[2]) or cause == "rounding", "%s: %s is %s", case[1] or case.script, cause,
                tostring(change.causes[cause]))
        end
        check(math.abs(change.causes.rounding) < 0.02 or case[2] == "rounding", "%s: rounding is %s", case[1] or case.script,
            change.causes.rounding)
        check(change.yardsticks_differ == (n ~= 10), "%s: yardsticks_differ is %s", case[1] or case.script,
            tostring(change.yardsticks_differ))
    end
end

local REFUSED = {
    { "--years 2018", 2, "one year alone" },
    { "--years 2018,2018", 2, "named twice" },
    { "--years 2018,2031", 2, "no year 2031" },
    { "--yardstick 2031", 2, "no year 2031" },
    { "--years 2018,x", 2, "'x' is no year" },
    { "--year 2018", 2, "has no --year" },
    { "--years 2018,2020", 3, "no data of 2020" },
    { "", 3, "no data of 2020" },
}

local function check_refused()
    local path = small("refused", {
        ["o-2018.csv"] = "a,x.one,≥10个,8个,100\n",
        ["o-2019.csv"] = "a,x.one,≥10个,9个,100\nb,x.one,≥10个,9个,100\n",
        ["o-2020.csv"] = "",
    }, "2018-2020")
    for _, case in ipairs(REFUSED) do
        local text, ok, code = run(path, case[1])
        local said = suite.read(folder .. "/stderr")
        check(not ok and code == case[2] and text == "" and said:find(case[3], 1, true), "compare %s: %s, %s", case[1],
            tostring(code), said)
    end
    local document = compare(path, "--years 2018,2019")
    local change, fund = change_of(document, "b")
    check(change == nil and #fund.years == 1 and fund.years[1].year == 2019, "a fund of one year is listed, not compared")
    local text = run(path, "--years 2018,2019 --format csv --option bom=no")
    check(text:find("\nb,,t,,2019,,90.00,,优,,1,,1,,,", 1, true), "its row: %s", text)
    local _, ok, code = run(folder .. "/refused", "--years 2018,2019 --fund b")
    check(ok, "a fund of one year alone: %s", tostring(code))
end

invented.check(compare, folder, "invented", false)
invented.check(compare, folder, "unrated", true)
check_sentences()
check_nothing()
check_days()
check_units()
check_previous()
check_functions()
check_years()
check_yardstick()
check_single()
check_refused()
suite.finish()
