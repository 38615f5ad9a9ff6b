-- run.lua - `steelyard review`: claims against plain arithmetic, row by row and summed up; what is to be done, and why.
--
--     lua5.4 tests/review/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/cases/?.lua;tests/review/?.lua;" .. package.path
local suite, json, expect, contradictions = require "suite", require "json", require "expect", require "contradictions"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local folder = suite.folder()
local check = suite.check

local function run(path, options)
    return suite.capture(("'%s' review '%s' --fail-on never -q --lang en %s 2>'%s/stderr'"):format(program, path, options, folder))
end

local function review(path)
    local text, ok, code = run(path, "--format json")
    check(ok, "%s: exit code %s: %s", path, tostring(code), suite.read(folder .. "/stderr"):sub(1, 300))
    return json.read(text)
end

local function is(a, b)
    if type(a) == "number" and type(b) == "number" then return math.abs(a - b) < 1e-9 end
    return a == b
end

local function codes_of(document, fund)
    local codes = {}
    for _, f in ipairs(document.findings) do
        if f.fund == fund then codes[f.code] = (codes[f.code] or 0) + 1 end
    end
    return codes
end

-- One row each: target, actual, weight, claim, rating, note; then verdict, recomputed, difference, and the finding that must be there.
local ROWS = {
    { "10个", "10个", 20, 20, "", "", "agrees", 20, 0 },
    { "10个", "9个", 20, 18, "", "x", "agrees", 18, 0 },
    { "10个", "9个", 20, 18.01, "", "x", "agrees", 18, 0.01 }, -- the tolerance
    { "10个", "9个", 20, 18.02, "", "x", "overclaimed", 18, 0.02 },
    { "10个", "9个", 20, 17.98, "", "x", "underclaimed", 18, -0.02 },
    { "10个", "9个", 20, 20, "", "", "overclaimed", 18, 2, "full-marks-missed-target" },
    { "10个", "9个", 20, 21, "", "", "overclaimed", 18, 3, "claimed-over-weight" },
    { "43.2", "37.24", 10, 9, "", "x", "agrees", 8.62, 0.38, "claimed-rounded" }, -- 8.6203… rounded
    { "43.2", "37.24", 10, 8.6, "", "x", "agrees", 8.62, -0.02, "claimed-rounded" },
    { "43.2", "37.24", 10, 8, "", "x", "agrees", 8.62, -0.62, "claimed-rounded" }, -- cut
    { "43.2", "37.24", 10, 8.7, "", "x", "overclaimed", 8.62, 0.08 },
    { "1000", "999", 20, 19, "", "x", "agrees", 19.98, -0.98, "claimed-rounded" },
    { "10个", "9个", 20, 15, "", "", "underclaimed", 18, -3, "deduction-without-reason" },
    { "10个", "5个", 20, 5, "0.5", "x", "judgement", 10, -5 },
    { "有效", "有效", 20, 20, "", "", "judgement", 20, 0, "actual-repeats-target" },
    { "10个", "", 20, 20, "", "", "cannot_tell", json.null, json.null, "actual-missing" },
    { "", "9个", 20, 20, "", "", "cannot_tell", json.null, json.null, "target-missing" },
    { "10个", "9元", 20, 20, "", "", "cannot_tell", json.null, json.null, "unit-mismatch" },
    { "10个", "9个", 20, "", "", "x", "cannot_tell", 18, json.null },
}

local function evaluation(name, funds, rows, more)
    suite.write(name .. "/evaluation.ini", "[evaluation]\nyears = 2022\ntype = t\n[data funds]\npath = funds.csv\n" ..
        "[data outcomes]\npath = outcomes.csv\n" .. (more or ""))
    suite.write(name .. "/config/t.ini", "[type]\nname = t\n")
    suite.write(name .. "/funds.csv", funds)
    suite.write(name .. "/outcomes.csv", "fund,indicator,target,actual,weight,claimed,rating,note\n" .. rows)
    return name
end

local function check_rows()
    local lines = {}
    for n, row in ipairs(ROWS) do
        lines[n] = ("f%d,a.x,%s,%s,%s,%s,%s,%s\n"):format(n, table.unpack(row, 1, 6))
    end
    local document = review(evaluation(folder .. "/rows", "fund\n", table.concat(lines)))
    check(document.schema == "steelyard.review/1" and #document.funds == #ROWS, "schema or funds")
    for n, fund in ipairs(document.funds) do
        local i, row = fund.indicators[1], ROWS[n]
        check(i.verdict == row[7] and is(i.recomputed, row[8]) and is(i.difference, row[9]), "row %d: %s, %s, %s", n, i.verdict,
            tostring(i.recomputed), tostring(i.difference))
        check(is(i.claimed, row[4] == "" and json.null or row[4]) and is(i.weight, row[3]), "row %d: claim or weight", n)
        check(not row[10] or codes_of(document, fund.fund)[row[10]] == 1, "row %d: %s is not found", n, tostring(row[10]))
        local codes = codes_of(document, fund.fund)
        for _, code in ipairs { "full-marks-missed-target", "claimed-over-weight", "claimed-rounded", "deduction-without-reason" } do
            check(row[10] == code or not codes[code], "row %d: %s is found", n, code)
        end
        local comparable = row[7]:find("agrees") or row[7]:find("claimed")
        check(is(fund.claimed_comparable, comparable and row[4] or json.null) and
            is(fund.recomputed_total, comparable and row[8] or json.null), "row %d: sums", n)
        check(is(fund.unreviewed_weight, comparable and 0 or row[3]), "row %d: unreviewed weight", n)
    end
end

-- What is to be done, the worst first: sums, totals and what each asks for.
local function check_work()
    local path = evaluation(folder .. "/work", "fund,claimed,claimed_grade\n甲,100,优\n乙,97,优\n丙,0,\n丁,100,优\n戊,,\n", [[
甲,a.x,10,10,50,50,,
甲,a.y,10,10,50,50,,
乙,a.x,10,10,50,50,,
乙,a.y,10,9,50,47,,
丙,a.x,10,10,50,50,,
丙,a.y,10,10,50,50,,
丁,a.x,10,5,50,50,,
丁,a.y,10,10,50,50,,
戊,a.x,10,9,50,45,,x
戊,a.y,10,9,50,40,,
]])
    local document = review(path)
    local wanted = {
        ["甲"] = { "pass", 100, 100, 0 }, ["乙"] = { "return", 97, 95, 2 }, ["丙"] = { "return", 0, 100, 0 },
        ["丁"] = { "visit", 100, 75, 25 }, ["戊"] = { "add_reason", json.null, 90, -5 } }
    for _, fund in ipairs(document.funds) do
        local row = wanted[fund.fund]
        check(fund.advice == row[1], "%s: %s", fund.fund, fund.advice)
        check(is(fund.claimed_total, row[2]) and is(fund.recomputed_total, row[3]), "%s: %s, %s", fund.fund,
            tostring(fund.claimed_total), tostring(fund.recomputed_total))
    end
    local order = {}
    for n, work in ipairs(document.summary.worst) do
        order[n] = work.fund
        check(is(work.over, wanted[work.fund][4]) and work.advice == wanted[work.fund][1], "%s: over %s", work.fund,
            tostring(work.over))
    end
    check(table.concat(order, " ") == "丁 乙 丙 戊 甲", "the worst first: %s", table.concat(order, " "))
    check(codes_of(document, "丙")["total-not-rolled-up"] == 1 and not codes_of(document, "丙")["claimed-sum"], "rolled up")
    check(codes_of(document, "丁")["full-marks-missed-target"] == 1, "full marks")
    check(codes_of(document, "乙")["deduction-without-reason"] == 1 and not codes_of(document, "乙")["claimed-sum"], "乙")
    local rows, points = 0, 0
    for _, verdict in ipairs(document.summary.verdicts) do rows, points = rows + verdict.rows, points + verdict.points end
    check(rows == 10 and points == 500, "summary: %d rows, %g points", rows, points)
    check(json.null == document.funds[5].claimed_grade and document.funds[4].grade == "中", "grades")
    suite.write(path .. "/funds.csv", "fund,claimed\n甲,99\n")
    check(codes_of(review(path), "甲")["claimed-sum"] == 1, "a claimed total that is not the sum")
    local same = run(path, "--format json --jobs 1") == run(path, "--format json --jobs 4")
    check(same, "one worker and four differ")
end

local function find(document, code, indicator)
    local found
    for _, f in ipairs(document.findings) do
        if f.code == code and (not indicator or f.indicator == indicator) then found = found or f end
    end
    return found
end

-- What is claimed beside indicators: a total alone, which what is missing may still reach; a grade; nothing at all. Many that claim
-- all there is: one finding for them all, and a share and a number that [review] gives.
local function check_beside()
    local funds = "fund,claimed,claimed_grade\n总,98,\n够,95,\n等,,优\n无,,\n满,100,\n整,90,\n"
    local rows = "总,a.x,10,7.2,100,,,\n够,a.x,10,9,50,,,\n够,a.y,10,,50,,,\n等,a.x,100,89.6,100,90,,x\n" ..
        "无,a.x,10,10,100,,,\n满,a.x,10,10,100,,,\n整,a.x,100,89.6,100,,,\n"
    local path = evaluation(folder .. "/beside", funds, rows)
    local wanted = {
        ["总"] = { "visit", "claims 98 in total, recomputed 72" }, ["够"] = { "pass", "other findings: 2" },
        ["等"] = { "return", "claims grade 优, recomputed 良; rounded or cut: 1" }, ["无"] = { "return", "nothing is claimed" },
        ["满"] = { "pass", "claims and rules agree" }, ["整"] = { "pass", "claims and rules agree" } }
    local document = review(path)
    for _, fund in ipairs(document.funds) do
        check(fund.advice == wanted[fund.fund][1] and fund.why == wanted[fund.fund][2], "%s: %s, %s", fund.fund, fund.advice, fund.why)
    end
    check(document.summary.worst[1].fund == "总" and is(document.summary.worst[1].over, 26), "over in total")
    check(not find(document, "claims-all-perfect"), "one of five claims all")
    local function claims_all(section)
        evaluation(path, funds, rows, section)
        return find(review(path), "claims-all-perfect")
    end
    check(not claims_all "[review]\nperfect_share = 0.3\nperfect_funds = 1\n", "one of five is no 30 %")
    check(not claims_all "[review]\nperfect_share = 0.2\nperfect_funds = 2\n", "one is no two")
    check(claims_all "[review]\nperfect_share = 0.2\nperfect_funds = 1\n", "one of five is 20 %")
    for _, line in ipairs { "target_share = 1.1", "perfect_share = x", "perfect_funds = 2.5", "perfect_funds = 0", "target_share = -1" } do
        evaluation(path, funds, rows, "[review]\n" .. line .. "\n")
        local text, _, code = suite.capture(("'%s' review '%s' 2>&1"):format(program, path))
        check(code == 3 and text:find(line:gsub(" = (.*)", " '%1' is no "), 1, true), "%s: %s", line, text)
    end
end

-- A thousand funds: a third claims full marks for 5 to 9 of 10, a third a little too much, a third what the rules give.
local MANY = 1000
local function write_many(name)
    local funds, rows = { "fund,claimed,claimed_grade" }, {}
    for n = 1, MANY do
        local actual = 5 + n % 5
        local claimed = n % 3 == 0 and 50 or n % 3 == 1 and actual * 5 + 1 or actual * 5
        funds[n + 1] = ("P%04d,%d,%s"):format(n, claimed + 50, n % 3 == 0 and "优" or "良")
        rows[n] = ("P%04d,a.x,10个,%d个,50,%d,,原因\nP%04d,a.y,10个,10个,50,50,,\n"):format(n, actual, claimed, n)
    end
    return evaluation(folder .. "/" .. name, table.concat(funds, "\n") .. "\n", table.concat(rows))
end

-- The summary is that of the funds, and the worklist has them all in its order.
local function check_many()
    local path = write_many "many"
    local document, rows, points, codes, grades, work = review(path), {}, {}, {}, {}, {}
    local summary = document.summary
    for _, fund in ipairs(document.funds) do
        for _, i in ipairs(fund.indicators) do
            rows[i.verdict], points[i.verdict] = (rows[i.verdict] or 0) + 1, (points[i.verdict] or 0) + i.weight
        end
        local grade = fund.claimed_grade .. fund.grade
        grades[grade], work[fund.fund] = (grades[grade] or 0) + 1, fund
    end
    for _, f in ipairs(document.findings) do codes[f.code] = (codes[f.code] or 0) + 1 end
    for _, v in ipairs(summary.verdicts) do
        check(v.rows == (rows[v.verdict] or 0) and is(v.points, points[v.verdict] or 0), "summary: %s: %d rows", v.verdict, v.rows)
    end
    for _, g in ipairs(summary.grades) do
        check(grades[g.claimed .. g.recomputed] == g.funds, "summary: %s as %s", g.claimed, g.recomputed)
    end
    for _, c in ipairs(summary.findings) do check(codes[c.code] == c.count, "summary: %s: %d", c.code, c.count) end
    check(#summary.worst == MANY, "worst: %d funds", #summary.worst)
    local order = { visit = 4, ["return"] = 3, add_reason = 2, pass = 1 }
    for n, w in ipairs(summary.worst) do
        local before = summary.worst[n - 1] or { advice = "visit", over = math.huge }
        check(order[before.advice] > order[w.advice] or before.advice == w.advice and before.over >= w.over, "worst %d: %s", n, w.fund)
        check(work[w.fund].advice == w.advice and work[w.fund].why == w.why, "worst %d is not its fund", n)
        local number = tonumber(w.fund:sub(2))
        local over = number % 3 == 0 and 25 - number % 5 * 5 or number % 3 == 1 and 1 or 0
        check(is(w.over, over) and w.advice == (over >= 10 and "visit" or over > 0 and "return" or w.advice), "%s: %s, %g", w.fund,
            w.advice, w.over)
    end
end

-- The worklist on a terminal of 80 columns: in both languages a line a fund and no line too wide.
local function check_terminal()
    local path = folder .. "/many"
    for _, lang in ipairs { "zh", "en" } do
        local lines, funds = {}, {}
        local text = suite.capture(("COLUMNS=80 '%s' review '%s' -q --fail-on never --lang %s"):format(program, path, lang))
        for line in text:gmatch("[^\n]+") do
            lines[#lines + 1] = line
            if line:find "^P%d" then funds[#funds + 1] = line end
            local width = 0
            for _, code in utf8.codes(line) do width = width + (code >= 0x2e80 and 2 or 1) end
            check(width <= 80, "%s: %d columns: %s", lang, width, line)
        end
        check(#funds == MANY and funds[1]:find "^P0015 ", "%s: %d funds, first %s", lang, #funds, tostring(funds[1]))
        check(#lines < MANY * 1.5, "%s: %d lines", lang, #lines)
        local close = table.concat(lines, "\n", #lines - 6)
        for _, word in ipairs { "→", lang == "zh" and "现场核查 " or "visit ", "full-marks-missed-target 333" } do
            check(close:find(word, 1, true), "%s: the end does not tell %s:\n%s", lang, word, close)
        end
    end
end

-- [review] tolerance; exit codes; what a row an indicator is for spreadsheets.
local function check_options()
    local path = evaluation(folder .. "/options", "fund\n甲\n", "甲,a.x,10,9,100,92,,x\n", "[review]\ntolerance = 2\n")
    check(review(path).funds[1].indicators[1].verdict == "agrees", "the tolerance of evaluation.ini")
    evaluation(path, "fund\n甲\n", "甲,a.x,10,9,100,92,,x\n", "[review]\ntolerance = -1\n")
    local text, _, code = suite.capture(("'%s' review '%s' 2>&1"):format(program, path))
    check(code == 3 and text:find("tolerance '-1' is no number of points", 1, true), "a wrong tolerance: %s", text)
    evaluation(path, "fund\n甲\n", "甲,a.x,10,9,100,101,,x\n")
    _, _, code = suite.capture(("'%s' review '%s' 2>&1"):format(program, path))
    check(code == 1, "a claim over its weight ends with %s", tostring(code))
    local csv = run(path, "--format csv --option bom=no")
    check(csv:find("fund,year,indicator,name,weight,claimed,recomputed,difference,verdict,reason,source\n" ..
        "甲,2022,a.x,,100,101,90,11,overclaimed,", 1, true) == 1, "csv: %s", csv)
    local page = run(path, "")
    check(page:find("What to do: visit (claims too high: 1, by 11 points net; above the weight: 1", 1, true), "page: %s", page)
end

-- The published tables: their claims against what plain arithmetic gives, with the tolerance of points and of rounding.
local function check_published()
    for _, name in ipairs { "hebei_langfang_hvac_2019", "hubei_yangtze_fishing_2020", "shanxi_jishan_public_health_2021",
        "yunnan_yongde_mingliang_2022" } do
        local path = "tests/cases/" .. name
        local rows, told = expect.rows(path, expect.budget_points(path)), {}
        for _, i in ipairs(review(path).funds[1].indicators) do told[i.path] = i end
        for _, row in ipairs(rows) do
            local i, claimed, score = told[row.path], tonumber(row.published), tonumber(row.score)
            if check(i, "%s: %s is not there", name, row.path) and claimed and i.verdict ~= "judgement" and row.attainment ~= "" then
                local exact = tonumber(row.attainment) * i.weight
                local places = #(row.published:match("%.(%d+)$") or "")
                local scale = 10 ^ places
                local fits = math.abs(claimed - score) <= 0.01 + 1e-9 or
                    math.abs(math.floor(exact * scale + 0.5 + 1e-9) / scale - claimed) < 1e-9 or
                    math.abs(math.floor(exact * scale + 1e-9) / scale - claimed) < 1e-9
                local verdict = fits and "agrees" or claimed > score and "overclaimed" or "underclaimed"
                check(i.verdict == verdict, "%s: %s: %s, not %s", name, row.path, i.verdict, verdict)
            end
        end
    end
end

-- Every contradiction of published tables is a finding with its place, and what is to be done follows from it. The table
-- without them raises none of them.
local function check_contradictions()
    local path, options = folder .. "/表.csv", "--type project_self_evaluation --year 2019 --format json"
    local function review_table(text)
        suite.write(path, text)
        local output, ok = run(path, options)
        return ok and json.read(output) or { funds = { {} }, findings = {} }
    end
    local plain = review_table(contradictions.table {})
    check(plain.funds[1].advice == "pass" and plain.funds[1].claimed_total == 98, "the table itself: %s: %s", plain.funds[1].advice,
        plain.funds[1].why)
    for _, case in ipairs(contradictions.CASES) do
        local what, edits, code, indicator, line = table.unpack(case, 1, 5)
        local document = review_table(contradictions.table(edits, case.years))
        local f = find(document, code, indicator)
        check(not find(plain, code), "%s: the table itself has it", what)
        if check(f, "%s: %s is not found", what, code) then
            check(f.source == "表.csv:" .. line, "%s: found at %s", what, f.source)
            check(f.indicator == (indicator or json.null), "%s: found of %s", what, tostring(f.indicator))
        end
        check(not case.advice or document.funds[1].advice == case.advice, "%s: %s: %s", what, document.funds[1].advice,
            document.funds[1].why)
    end
end

-- Execution above 100 % is told whatever the type: by amounts, by the funds' own, by a rate alone; and once, where a script says it.
local function check_overspent()
    local function told(rows, options, type)
        suite.write(folder .. "/o.csv", "一级指标,二级指标,三级指标,指标值,实际完成值,分值\n" .. rows)
        local text = suite.capture(("'%s' review '%s/o.csv' --type %s --year 2019 -q --fail-on never --format json %s"):format(program,
            folder, type, options))
        local list = {}
        for _, f in ipairs(json.read(text).findings) do
            if f.code == "overspent" then list[#list + 1] = f.message .. " | " .. f.source end
        end
        return table.concat(list, "; ")
    end
    local amounts, rate = "预算执行,预算执行率,资金总额,43.2万元,45万元,10\n", "预算执行,预算执行率,资金总额,100%,105%,10\n"
    for _, type in ipairs { "mine", "department", "project_self_evaluation" } do
        check(told(amounts, "--lang en", type) == "450000 was spent on a budget of 432000, 104.17%: say why | o.csv:2", "amounts of %s: %s",
            type, told(amounts, "--lang en", type))
        check(told(rate, "--lang zh", type) == "预算执行率 105%，大于 100%：请核实超支原因 | o.csv:2", "a rate of %s: %s", type,
            told(rate, "--lang zh", type))
        check(told((amounts:gsub("45万元", "43.2万元")), "", type) == "" and told((rate:gsub("105", "100")), "", type) == "", "%s: all", type)
    end
    check(told(rate:gsub("105", "5"):gsub("100%%", "3个"), "", "mine") == "", "a count is no rate")
end

check_rows()
check_work()
check_contradictions()
check_overspent()
check_beside()
check_many()
check_terminal()
check_options()
check_published()
suite.finish()
