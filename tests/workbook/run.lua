-- run.lua - workbooks that `score`, `compare` and others write: LibreOffice computes every formula anew, and what comes out is
-- what the JSON says; figures that are changed in the sheet move scores as the engine moves them; a workbook is read back as
-- official forms with the same scores; and whatever text the data has stays text.
--
--     lua5.4 tests/workbook/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/workbook/?.lua;" .. package.path
local suite, json, office, forms, invented = require "suite", require "json", require "office", require "forms", require "invented"
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

-- Examples, in both languages.
for _, example in ipairs { "three-years", "lusong", "review" } do
    for _, language in ipairs { "zh", "en" } do
        local path = ("%s/%s-%s.xlsx"):format(folder, example, language)
        local words = "score examples/" .. example .. " --lang " .. language
        run(words .. " -o " .. suite.quote(path))
        forms.compare(path, document(words), example .. " " .. language)
    end
end

-- Every rule, rounding and status; then figures that are changed in the sheet, and in the data.
local evaluation = folder .. "/invented"
local numbers = invented.make(evaluation)
local book = folder .. "/invented.xlsx"
run("score " .. suite.quote(evaluation) .. " -o " .. suite.quote(book))
local before = document("score " .. suite.quote(evaluation))
local sheets = forms.compare(book, before, "invented")

local changes, changed = {}, 0
for i, fund in ipairs(before.funds) do
    local form = forms.read(sheets[fund.fund])
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
        local form = forms.read(recomputed[fund.fund])
        for _, item in ipairs(fund.indicators) do
            if item.rule ~= "function" then
                forms.same(form.paths[item.path][forms.SCORE], item.score, "changed " .. fund.fund .. " " .. item.path)
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
        local id = "book#" .. forms.sheet(fund, several)
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

require("hostile")(folder, run)
require("others")(folder, run, document, forms.same)
suite.finish()
