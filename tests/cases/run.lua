-- run.lua - the published tables, loaded as they stand, against plain arithmetic.
--
--     lua5.4 tests/cases/run.lua PROGRAM [--update]
--
-- For each folder: expected.csv is what expect.lua computes; the program gives each row that target, actual,
-- attainment, score and status, shows the published score as the claim, has no rows of its own, and its fund
-- score is the sum. The same holds for each table in the form in which offices publish it (form.lua), as a single
-- file in UTF-8 and in GB18030, and for a folder of such files, one a fund. --update rewrites expected.csv, from
-- expect.lua alone.
package.path = "tests/cases/?.lua;" .. package.path
local program, update = arg[1], arg[2] == "--update"
arg = nil -- luacheck: globals arg
local expect = require "expect"
local form = require "form"

local CASES = { "hebei_langfang_hvac_2019", "hubei_yangtze_fishing_2020", "hunan_dept_table_2018",
    "shanxi_jishan_public_health_2021", "yunnan_yongde_mingliang_2022" }

local faults, checked = {}, 0
local function fault(...)
    faults[#faults + 1] = string.format(...)
end

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

local function run(case, options, path)
    path = path or "tests/cases/" .. case
    local command = ("'%s' score '%s' --format csv %s 2>/dev/null"):format(program, path, options)
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    local ok, _, code = pipe:close()
    if not ok then
        fault("%s: exit code %s of: %s", case, tostring(code), command)
        return {}
    end
    return expect.read_csv(text)
end

-- The same number within 1e-9 of it, or the same text.
local function agree(told, expected)
    local a, b = tonumber(told), tonumber(expected)
    if a and b then
        return math.abs(a - b) <= 1e-9 * math.max(1, math.abs(b))
    end
    return told == expected
end

-- The rows of one fund, as --detail tells them, against what is expected of each.
local function compare_rows(case, records, rows)
    local told, sum = {}, 0
    for _, record in ipairs(records) do told[record.indicator] = record end
    for _, row in ipairs(rows) do
        local record = told[row.path]
        told[row.path] = nil
        sum = sum + row.score
        if not record then
            fault("%s: %s is not there", case, row.path)
        else
            row.claimed = row.published
            for _, key in ipairs { "target", "actual", "attainment", "score", "status", "claimed" } do
                checked = checked + 1
                if not agree(record[key], row[key]) then
                    fault("%s: %s: %s is '%s', expected '%s'", case, row.path, key, tostring(record[key]),
                        row[key])
                end
            end
        end
    end
    for path in pairs(told) do
        fault("%s: %s is in no row of the table", case, path)
    end
    return sum
end

local function compare(case, rows)
    local sum = compare_rows(case, run(case, "--detail"), rows)
    local fund = run(case, "")[1]
    if fund and not agree(fund.score, ("%.2f"):format(sum)) then
        fault("%s: the score is '%s', the rows add up to %.2f", case, fund.score, sum)
    end
end

local function write(path, text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
end

local SINGLE = "--type project_self_evaluation --year 2022"

-- Points in brackets are what the form itself says: nothing to find; what is no indicator is skipped.
local function check_findings(case, path, budget_points)
    local pipe = assert(io.popen(("'%s' check '%s' %s --format csv --fail-on never 2>/dev/null"):format(program, path,
        SINGLE)))
    local found = expect.read_csv(pipe:read("a"))
    pipe:close()
    local parts, brackets = 0, 0
    for _, f in ipairs(found) do
        if f.code == "part-row" then parts = parts + 1 end
        if f.code == "bracket-points" then brackets = brackets + 1 end
        if f.code == "bad-number" or f.code == "duplicate-key" then
            fault("%s: %s: %s", path, f.code, f.message)
        end
    end
    checked = checked + 2
    -- The type gives the budget row 10 points; a form that prints others is told so.
    if brackets ~= (budget_points == "10" and 0 or 1) then
        fault("%s: %d findings of points in brackets", path, brackets)
    end
    if parts ~= 2 then fault("%s: %d rows are parts of the budget, 2 expected", case, parts) end
end

-- A table as a file by itself: the fund is named after it.
local function compare_file(case, path, fund, rows, budget_points)
    local sum = compare_rows(path, run(case, SINGLE .. " --detail", path), rows)
    local told = run(case, SINGLE, path)[1]
    checked = checked + 2
    if not told or told.fund ~= fund then fault("%s: the fund is '%s'", path, told and told.fund or "") end
    if told and not agree(told.score, ("%.2f"):format(sum)) then
        fault("%s: the score is '%s', the rows add up to %.2f", path, told.score, sum)
    end
    check_findings(case, path, budget_points)
end

-- The forms of all tables that the installed type grades, single and as a folder by {fund}.
local function compare_forms(folder, tables)
    write(folder .. "/evaluation.ini", "[evaluation]\nyears = 2022\ntype = project_self_evaluation\n" ..
        "[data outcomes]\npath = forms/{fund}自评表.csv\n")
    assert(os.execute("mkdir " .. folder .. "/forms"))
    for _, t in ipairs(tables) do
        local path = ("%s/forms/%s自评表.csv"):format(folder, t.case)
        local text = form.write(t.records)
        write(path, text)
        compare_file(t.case, path, t.case .. "自评表", t.rows, t.records[1].weight)
        local gb = ("%s/%s.csv"):format(folder, t.case)
        assert(os.execute(("iconv -f UTF-8 -t GB18030 '%s' >'%s'"):format(path, gb)))
        compare_file(t.case, gb, t.case, t.rows, t.records[1].weight)
    end
    local by_fund = {}
    for _, record in ipairs(run("", "--detail", folder)) do
        by_fund[record.fund] = by_fund[record.fund] or {}
        table.insert(by_fund[record.fund], record)
    end
    for _, t in ipairs(tables) do
        compare_rows("folder: " .. t.case, by_fund[t.case] or {}, t.rows)
    end
end

local tables = {}
for _, case in ipairs(CASES) do
    local folder = "tests/cases/" .. case
    local rows = expect.rows(folder, expect.budget_points(folder))
    if update then
        local file = assert(io.open(folder .. "/expected.csv", "wb"))
        file:write(expect.print(rows))
        file:close()
    elseif expect.print(rows) ~= read(folder .. "/expected.csv") then
        fault("%s/expected.csv is not what expect.lua computes", folder)
    end
    compare(case, rows)
    if not case:find("hunan", 1, true) then -- which has rules of its own
        tables[#tables + 1] = { case = case, rows = expect.rows(folder, 10), records = expect.read_csv(read(folder .. "/indicators.csv")) }
    end
end
local pipe = assert(io.popen("mktemp -d"))
local temp = pipe:read("l")
pipe:close()
compare_forms(temp, tables)
os.execute("rm -rf '" .. temp .. "'")
for _, line in ipairs(faults) do
    io.stderr:write(line, "\n")
end
print(("%d values of %d tables, %d faults"):format(checked, #CASES, #faults))
os.exit(#faults == 0 and checked > 0)
