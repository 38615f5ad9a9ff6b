-- run.lua - `steelyard review`: claims against plain arithmetic, row by row and summed up; what is to be done, and why.
--
--     lua5.4 tests/review/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/cases/?.lua;" .. package.path
local suite, json, expect = require "suite", require "json", require "expect"
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
    check(page:find("What to do: visit (claims too high: 1, by 11 points net; claims above their weight: 1", 1, true), "page: %s", page)
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

check_rows()
check_work()
check_options()
check_published()
suite.finish()
