-- run.lua - workbooks that `score`, `compare` and others write: LibreOffice computes every formula anew, and what comes out is
-- what the JSON says; figures that are changed in the sheet move scores as the engine moves them; a workbook is read back as
-- official forms with the same scores; and whatever text the data has stays text.
--
--     lua5.4 tests/workbook/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/workbook/?.lua;" .. package.path
local suite, json, office, invented = require "suite", require "json", require "office", require "invented"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local check, folder = suite.check, suite.folder()

local function run(words)
    local text, ok, code = suite.capture(suite.quote(program) .. " " .. words .. " -q 2>" .. suite.quote(folder .. "/said"))
    return text, ok, code, suite.read(folder .. "/said")
end

local function document(words)
    local text = run(words .. " --format json")
    return json.read(text)
end

-- Column letters as positions in a row.
local NAME, WEIGHT, SCORE, ATTAINMENT, PATH = 4, 7, 8, 11, 16

local function same(cell, number, what)
    if number == json.null then return check(cell == "—" or cell == "", "%s: %s where nothing is", what, cell) end
    local read = tonumber(cell) or (cell:match("^(.*)%%$") and tonumber(cell:match("^(.*)%%$")) / 100)
    return check(read and math.abs(read - number) < 5e-10 * (1 + math.abs(number)), "%s: %s is not %.15g", what, cell, number)
end

local TOTAL, GRADE, MONEY = { ["总分"] = true, Total = true }, { ["等级"] = true, Grade = true },
    { ["年度资金总额"] = true, ["Total funds"] = true }

-- A form as it was computed anew: the row of each path, that of the total, the grade, the money.
local function read_form(rows)
    local form = { paths = {}, at = {} }
    for i, row in ipairs(rows) do
        if TOTAL[row[1]] then
            form.total = row
        elseif GRADE[row[1]] then
            form.grade = row[WEIGHT]
        elseif MONEY[row[2]] then
            form.money = row
        elseif row[PATH] and row[PATH] ~= "" and not form.total and i > 10 then
            form.paths[row[PATH]], form.at[row[PATH]] = row, i
        end
    end
    return form
end

local function compare_fund(form, fund, name)
    for _, item in ipairs(fund.indicators) do
        local what = name .. " " .. item.path
        local row = form.paths[item.path]
        if not row and item.path == "execution.rate" and form.money then
            same(form.money[7], item.weight, what .. " weight")
            same(form.money[9], item.score, what .. " score")
        elseif check(row, "%s is not on the sheet", what) then
            same(row[WEIGHT], item.weight, what .. " weight")
            same(row[SCORE], item.score, what .. " score")
            same(row[ATTAINMENT], item.attainment, what .. " attainment")
            check(row[NAME] == (item.name == json.null and item.path or item.name), "%s is called %s", what, row[NAME])
        end
    end
    if check(form.total, "%s has no total", name) then
        same(form.total[SCORE], fund.score, name .. " total")
        check(form.grade == (fund.grade == json.null and "—" or fund.grade), "%s: grade %s", name, tostring(form.grade))
    end
end

local function sheet_name(fund, years)
    return years and fund.fund .. " " .. math.tointeger(fund.year) or fund.fund
end

local function compare_book(path, scores, what)
    local sheets = office.sheets(path)
    for _, fund in ipairs(scores.funds) do
        local name = sheet_name(fund, #scores.evaluation.years > 1)
        if check(sheets[name], "%s: there is no sheet %s", what, name) then
            compare_fund(read_form(sheets[name]), fund, what .. ": " .. name)
        end
    end
    local summary = sheets["汇总"] or sheets["Summary"]
    for i, fund in ipairs(scores.funds) do
        same(summary[i + 2][6], fund.score, what .. ": summary of " .. fund.fund)
        check(summary[i + 2][7] == (fund.grade == json.null and "" or fund.grade), "%s: grade of %s", what, fund.fund)
    end
    return sheets
end

-- Examples, in both languages.
for _, example in ipairs { "three-years", "lusong", "review" } do
    for _, language in ipairs { "zh", "en" } do
        local path = ("%s/%s-%s.xlsx"):format(folder, example, language)
        local words = "score examples/" .. example .. " --lang " .. language
        run(words .. " -o " .. suite.quote(path))
        compare_book(path, document(words), example .. " " .. language)
    end
end

-- Every rule, rounding and status; then figures that are changed in the sheet, and in the data.
local evaluation = folder .. "/invented"
local numbers = invented.make(evaluation)
local book = folder .. "/invented.xlsx"
run("score " .. suite.quote(evaluation) .. " -o " .. suite.quote(book))
local before = document("score " .. suite.quote(evaluation))
local sheets = compare_book(book, before, "invented")

local changes, changed = {}, 0
for i, fund in ipairs(before.funds) do
    local form = read_form(sheets[fund.fund])
    for _, item in ipairs(fund.indicators) do
        local number, row = numbers[fund.fund .. " " .. item.path], form.at[item.path]
        local computed = form.paths[item.path]
        -- What a function gave stays as it is: a sheet runs no script.
        if number and row and item.rule ~= "function" and computed then
            changes[i + 1] = changes[i + 1] or {}
            changes[i + 1]["F" .. row] = ("%.15g"):format(number)
            changed = changed + 1
        end
    end
end
check(changed > 60, "%d figures are changed", changed)
office.change(book, folder .. "/changed.xlsx", changes)
local after, moved = document("score " .. suite.quote(evaluation .. "/changed.ini")), 0
local recomputed = office.sheets(folder .. "/changed.xlsx")
for i, fund in ipairs(after.funds) do
    if changes[i + 1] then
        local form = read_form(recomputed[fund.fund])
        for _, item in ipairs(fund.indicators) do
            if item.rule ~= "function" then
                same(form.paths[item.path][SCORE], item.score, "changed " .. fund.fund .. " " .. item.path)
                moved = moved + (item.score ~= before.funds[i].indicators[_].score and 1 or 0)
            end
        end
    end
end
check(moved > 40, "%d scores have moved", moved)

-- Read back as official forms, with the yardsticks that were there.
local function read_back(from, name, language)
    local back = folder .. "/back-" .. name .. "-" .. language
    assert(os.execute(("mkdir -p %s/forms"):format(suite.quote(back))))
    run(("score %s --lang %s -o %s/forms/book.xlsx"):format(suite.quote(from), language, suite.quote(back)))
    for _, part in ipairs { "config", "scripts" } do
        os.execute(("cp -r %s/%s %s/ 2>/dev/null"):format(suite.quote(from), part, suite.quote(back)))
    end
    local ini = suite.read(from .. "/evaluation.ini")
    suite.write(back .. "/evaluation.ini", ("[evaluation]\n%s\n%s\n\n[data forms]\npath = forms/*.xlsx\nlayout = self_evaluation_form\n")
        :format(ini:match("\n(years%s*=[^\n]*)"), ini:match("\n(type%s*=[^\n]*)") or ""))
    local first, second = document("score " .. suite.quote(from)), document("score " .. suite.quote(back))
    local by_sheet, several = {}, #first.evaluation.years > 1
    for _, fund in ipairs(second.funds) do by_sheet[fund.fund] = fund end
    for _, fund in ipairs(first.funds) do
        local id = "book#" .. sheet_name(fund, several)
        local own = by_sheet[id]
        if check(own, "%s: %s was not read back", name, id) then
            check(own.year == fund.year and own.type == fund.type, "%s: %s is of %s %s", name, id, own.year, own.type)
            local items = {}
            for _, item in ipairs(own.indicators) do items[item.path] = item end
            for _, item in ipairs(fund.indicators) do
                local other = items[item.path]
                check(other and other.score == item.score and other.status == item.status and other.weight == item.weight,
                    "%s: %s %s: %s, read back %s", name, id, item.path, item.score, other and other.score)
            end
            check(own.score == fund.score and own.grade == fund.grade and own.coverage == fund.coverage,
                "%s: %s: %s %s, read back %s %s", name, id, fund.score, fund.grade, own.score, own.grade)
            check(#own.adjustments == #fund.adjustments, "%s: %s: %d adjustments", name, id, #own.adjustments)
        end
    end
end
for _, language in ipairs { "zh", "en" } do
    for _, example in ipairs { "three-years", "lusong", "review" } do
        read_back(suite.absolute("examples/" .. example), example, language)
    end
    read_back(evaluation, "invented", language)
end

-- Same input, same bytes, for any number of workers and whatever the locale.
run("score " .. suite.quote(evaluation) .. " --jobs 1 -o " .. suite.quote(folder .. "/one.xlsx"))
assert(os.execute("sleep 2.1")) -- archives keep times of two seconds
run("score " .. suite.quote(evaluation) .. " --jobs 3 -o " .. suite.quote(folder .. "/three.xlsx"))
check(suite.read(folder .. "/one.xlsx") == suite.read(folder .. "/three.xlsx"), "other bytes")

require("hostile")(folder, run, read_form)
require("others")(folder, run, document, same)
suite.finish()
