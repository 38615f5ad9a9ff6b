-- forms.lua - forms of a workbook that LibreOffice computed anew, against the JSON of the same scores.
local suite, json, office = require "suite", require "json", require "office"
local check = suite.check
local forms = {}

-- Column letters as positions in a row.
local NAME, WEIGHT, SCORE, ATTAINMENT, PATH = 4, 7, 8, 11, 16

function forms.same(cell, number, what)
    if number == json.null then return check(cell == "—" or cell == "", "%s: %s where nothing is", what, cell) end
    local read = tonumber(cell) or (cell:match("^(.*)%%$") and tonumber(cell:match("^(.*)%%$")) / 100)
    return check(read and math.abs(read - number) < 5e-10 * (1 + math.abs(number)), "%s: %s is not %.15g", what, cell, number)
end

local TOTAL, GRADE, MONEY = { ["总分"] = true, Total = true }, { ["等级"] = true, Grade = true },
    { ["年度资金总额"] = true, ["Total funds"] = true }

-- A form as it was computed anew: the row of each path, that of the total, the grade, the money.
function forms.read(rows)
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
            forms.same(form.money[7], item.weight, what .. " weight")
            forms.same(form.money[9], item.score, what .. " score")
        elseif check(row, "%s is not on the sheet", what) then
            forms.same(row[WEIGHT], item.weight, what .. " weight")
            forms.same(row[SCORE], item.score, what .. " score")
            forms.same(row[ATTAINMENT], item.attainment, what .. " attainment")
            check(row[NAME] == (item.name == json.null and item.path or item.name), "%s is called %s", what, row[NAME])
        end
    end
    if check(form.total, "%s has no total", name) then
        forms.same(form.total[SCORE], fund.score, name .. " total")
        check(form.grade == (fund.grade == json.null and "—" or fund.grade), "%s: grade %s", name, tostring(form.grade))
    end
end

function forms.sheet(fund, years)
    return years and fund.fund .. " " .. math.tointeger(fund.year) or fund.fund
end

function forms.compare(path, scores, what)
    local sheets = office.sheets(path)
    for _, fund in ipairs(scores.funds) do
        local name = forms.sheet(fund, #scores.evaluation.years > 1)
        if check(sheets[name], "%s: there is no sheet %s", what, name) then
            compare_fund(forms.read(sheets[name]), fund, what .. ": " .. name)
        end
    end
    local summary = sheets["汇总"] or sheets["Summary"]
    for i, fund in ipairs(scores.funds) do
        forms.same(summary[i + 2][6], fund.score, what .. ": summary of " .. fund.fund)
        check(summary[i + 2][7] == (fund.grade == json.null and "" or fund.grade), "%s: grade of %s", what, fund.fund)
    end
    return sheets
end

forms.SCORE = SCORE
return forms
