-- run.lua - official forms (layout = self_evaluation_form): the published tables, laid out as forms in three variants, score what
-- plain arithmetic says and what their tables score; where forms stand does not matter; what is no form is passed over.
--
--     lua5.4 tests/form/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/form/?.lua;tests/cases/?.lua;" .. package.path
local suite, workbook, json = require "suite", require "workbook", require "json"
local variants, expect = require "variants", require "expect"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local folder = suite.folder()
local check = suite.check

local CASES = { hebei_langfang_hvac_2019 = "万元", hubei_yangtze_fishing_2020 = "万元", shanxi_jishan_public_health_2021 = "万元",
    yunnan_yongde_mingliang_2022 = "元" }
local NAMES = {}
for name in pairs(CASES) do NAMES[#NAMES + 1] = name end
table.sort(NAMES)

local tables = {}
for _, name in ipairs(NAMES) do
    local path = "tests/cases/" .. name
    tables[name] = { records = expect.read_csv(assert(suite.read(path .. "/indicators.csv"))), rows = expect.rows(path, 10) }
end

-- A grid as CSV, cells as they are written.
local function to_csv(grid)
    local lines = {}
    for r = 1, grid.n do
        local cells, last = {}, 0
        for c in pairs(grid[r] or {}) do last = math.max(last, c) end
        for c = 1, last do
            local cell = tostring((grid[r] or {})[c] or "")
            cells[c] = cell:find('[",\n]') and '"' .. cell:gsub('"', '""') .. '"' or cell
        end
        lines[r] = last == 0 and "," or table.concat(cells, ",")
    end
    return table.concat(lines, "\r\n") .. "\r\n"
end

-- A grid as the rows of a workbook: what a spreadsheet would make numbers are numbers, per cents by their format.
local function to_rows(grid)
    local rows = { n = grid.n }
    for r = 1, grid.n do
        rows[r] = {}
        for c, cell in pairs(grid[r] or {}) do
            local percent = type(cell) == "string" and cell:match("^(%d[%d.]*)%%$")
            rows[r][c] = percent and { v = ("%.17g"):format(tonumber(percent) / 100), format = "0.00%" } or
                tonumber(cell) or cell
        end
    end
    return rows
end

local function evaluation(name, options)
    suite.write(name .. "/evaluation.ini", "[evaluation]\nyears = 2022\ntype = project_self_evaluation\n[data forms]\n" ..
        (options or "path = forms/*\nlayout = self_evaluation_form\n"))
end

local function run(path, options)
    local text, ok, code = suite.capture(("'%s' %s 2>'%s/stderr'"):format(program, options:gsub("EVALUATION",
        suite.quote(path)), folder))
    check(ok, "exit code %s: %s: %s", tostring(code), options, suite.read(folder .. "/stderr"):sub(1, 300))
    return text
end

local function agree(told, expected)
    local a, b = tonumber(told), tonumber(expected)
    if a and b then return math.abs(a - b) <= 1e-9 * math.max(1, math.abs(b)) end
    return told == expected
end

-- A fund's rows and score against plain arithmetic.
local function check_fund(path, fund, rows, what)
    local told, sum = {}, 0
    for _, record in ipairs(expect.read_csv(run(path, "score EVALUATION --format csv --detail --fund '" .. fund .. "'"))) do
        told[record.indicator] = record
    end
    for _, row in ipairs(rows) do
        local record = told[row.path]
        told[row.path] = nil
        sum = sum + row.score
        if check(record, "%s: %s is not there", what, row.path) then
            for _, key in ipairs { "target", "actual", "attainment", "score", "status" } do
                check(agree(record[key], row[key]), "%s: %s: %s is '%s', expected '%s'", what, row.path, key, record[key],
                    row[key])
            end
            if row.path ~= "execution.rate" or record.claimed ~= "" then
                check(agree(record.claimed, row.published), "%s: %s: claimed is '%s'", what, row.path, record.claimed)
            end
        end
    end
    for indicator in pairs(told) do check(false, "%s: %s is in no row of the table", what, indicator) end
    local records = expect.read_csv(run(path, "score EVALUATION --format csv --fund '" .. fund .. "'"))
    check(#records == 1 and agree(records[1].score, ("%.2f"):format(sum)), "%s: the score is '%s', the rows add up to %.2f", what,
        records[1] and records[1].score, sum)
    return records[1]
end

-- Every table in every variant, as CSV and as a workbook, from a corner that is not A1.
local function check_variants()
    for variant, write in pairs(variants) do
        local path = folder .. "/" .. variant
        evaluation(path)
        for i, name in ipairs(NAMES) do
            local grid = { n = 0 }
            write(grid, i, i % 3 + 1, name, tables[name].records, CASES[name])
            suite.write(("%s/forms/%s.csv"):format(path, name), to_csv(grid))
            suite.write(("%s/forms/%s-表.xlsx"):format(path, name), workbook.make { { name = "自评表", rows = to_rows(grid) } })
        end
        for _, name in ipairs(NAMES) do
            for _, fund in ipairs { name, name .. "-表" } do
                local record = check_fund(path, fund, tables[name].rows, variant .. ": " .. fund)
                check(record and record.name == name and record.department == "某局（虚构）",
                    "%s: %s: name or department", variant, fund)
            end
        end
        local found = expect.read_csv(run(path, "check EVALUATION --format csv --option bom=no --fail-on never"))
        for _, f in ipairs(found) do
            check(f.code ~= "bad-number" and f.code ~= "form-missing" and f.code ~= "form-no-money" and f.code ~= "form-none",
                "%s: %s: %s: %s", variant, f.source, f.code, f.message)
            check(variant == "provincial" or f.code ~= "form-unplaced", "%s: %s: %s", variant, f.source, f.message)
        end
        local one, four = run(path, "score EVALUATION --format json --jobs 1"), run(path, "score EVALUATION --format json --jobs 4")
        check(one == four and #one > 1000, "%s: one worker and four differ", variant)
    end
end

-- Forms below one another, side by side, a sheet each: each is a fund.
local function check_places()
    local path, stacked, beside = folder .. "/places", { n = 0 }, { n = 0 }
    local a, b, c, d = table.unpack(NAMES)
    local row = variants.official(stacked, 2, 2, a, tables[a].records, CASES[a])
    row = variants.three_columns(stacked, row + 3, 1, b, tables[b].records, CASES[b])
    variants.official(stacked, row + 1, 4, c, tables[c].records, CASES[c])
    local _, column = variants.official(beside, 1, 1, d, tables[d].records, CASES[d])
    variants.official(beside, 3, column + 1, a, tables[a].records, CASES[a])
    evaluation(path)
    suite.write(path .. "/forms/合订.xlsx", workbook.make {
        { name = "说明", rows = { { "填报说明（虚构）" } } },
        { name = "一", rows = to_rows(stacked) }, { name = "二", rows = to_rows(beside) } })
    suite.write(path .. "/forms/叠放.csv", to_csv(stacked))
    for fund, name in pairs { ["合订#一"] = a, ["合订#一#2"] = b, ["合订#一#3"] = c, ["合订#二"] = d, ["合订#二#2"] = a,
        ["叠放"] = a, ["叠放#2"] = b, ["叠放#3"] = c } do
        local record = check_fund(path, fund, tables[name].rows, fund)
        check(record and record.name == name, "%s: is called '%s'", fund, record and record.name)
    end
    local text = run(path, "explain EVALUATION '合订#二#2' execution.rate")
    check(text:find("forms/合订.xlsx!二!", 1, true), "the cell of a fact is not told: %s", text)
end

-- What is no form is named and passed over; a table that is one source among others adds to the forms.
local function check_rest()
    local path, grid = folder .. "/rest", { n = 0 }
    local name = NAMES[4]
    variants.official(grid, 1, 1, name, tables[name].records, CASES[name])
    evaluation(path, "path = forms/*.xlsx\ntype = project_self_evaluation\n[data funds]\npath = funds.csv\n" ..
        "[data ratings]\npath = ratings.csv\n")
    suite.write(path .. "/funds.csv", "fund,department,part_of\n甲,某科（虚构）,\n")
    suite.write(path .. "/ratings.csv", "fund,indicator,rating,reason\n甲,output.quantity.学生受资助人数,0.5,抽查\n")
    suite.write(path .. "/forms/甲.xlsx", workbook.make { { rows = to_rows(grid) } })
    suite.write(path .. "/forms/乙.xlsx", workbook.make { { rows = { { "会议纪要" }, { "一级指标" } } } })
    suite.write(path .. "/forms/~$甲.xlsx", "open in a spreadsheet")
    local text = run(path, "score EVALUATION --format csv --option bom=no")
    check(text:find("\n甲,[^\n]*,某科（虚构）,2022,") and not text:find("\n乙"), "funds: %s", text)
    local found = run(path, "check EVALUATION --format csv --option bom=no --fail-on never --lang en")
    check(found:find("\nwarning,form-none,,,,no form is found here: passed over,forms/乙.xlsx\n", 1, true), "no form: %s", found)
    check(run(path, "explain EVALUATION 甲 output.quantity.学生受资助人数"):find("抽查"), "the rating counts")
    local told = run(path, "explain EVALUATION 甲 output.quality.营养改善计划覆盖率")
    for _, cell in ipairs { "E14", "F14", "G14" } do
        check(told:find("[forms/甲.xlsx!Sheet1!" .. cell .. "]", 1, true), "%s of target, actual, weight is not told: %s", cell, told)
    end
    local single = run(path .. "/forms/甲.xlsx", "score EVALUATION --format csv --option bom=no --type project_self_evaluation")
    check(single:find("\n甲," .. name), "a single file: %s", single)
end

-- A form by rows and |, as a grid.
local function to_grid(text)
    local grid = { n = 0 }
    for line in text:gmatch("(.-)\n") do
        grid.n = grid.n + 1
        grid[grid.n] = {}
        local column = 0
        for cell in (line .. "|"):gmatch("(.-)|") do
            column = column + 1
            grid[grid.n][column] = cell ~= "" and cell or nil
        end
    end
    return grid
end

-- What a fund's facts are, said by a script.
local FACTS = [[
local rules = require("steelyard").rules { api = 1 }
local base = sy and sy.base
function rules.check(fund)
  for _, name in ipairs { %s } do
    local value = fund.facts[name]
    fund:finding("note", name .. " is " .. (type(value) == "number" and ("%%.15g"):format(value) or tostring(value)))
  end
end
return rules
]]

local function check_province(path, form)
    local told, found, names = {}, {}, {}
    for name in pairs(form.facts) do names[#names + 1] = ("%q"):format(name) end
    table.sort(names)
    suite.write(path .. "/config/form.ini", "[type]\nname = form\nextends = project_self_evaluation\nscript = form.lua\n")
    suite.write(path .. "/scripts/form.lua", FACTS:format(table.concat(names, ", ")):gsub("local base[^\n]*\n", ""))
    local unplaced = {}
    for _, f in ipairs(json.read(run(path, "check EVALUATION --format json --fail-on never --lang en")).findings) do
        found[f.code] = f
        if f.code == "form-unplaced" then unplaced[f.message:match("^'(.-)'")] = true end
        if f.code == "script" then told[f.message] = true end
    end
    for name, value in pairs(form.facts) do
        local said = ("%s is %s"):format(name, type(value) == "number" and ("%.15g"):format(value) or value)
        check(told[said], "%s: no '%s'", form.name, said)
    end
    for _, text in ipairs(form.unplaced or {}) do
        check(unplaced[text], "%s: '%s' is not told", form.name, text)
        unplaced[text] = nil
    end
    if form.unplaced then check(not next(unplaced), "%s: '%s' is told", form.name, next(unplaced)) end
    for _, code in ipairs(form.codes) do check(found[code], "%s: %s is not found", form.name, code) end
end

-- What provinces print otherwise, as CSV and as a workbook.
local function check_provinces()
    for _, form in ipairs(require "provinces") do
        local path, grid = folder .. "/" .. form.name, to_grid(form.text)
        evaluation(path, "path = forms/*\ntype = form\n")
        suite.write(path .. "/forms/甲.csv", to_csv(grid))
        suite.write(path .. "/forms/乙.xlsx", workbook.make { { rows = to_rows(grid) } })
        check_province(path, form)
        suite.write(path .. "/scripts/form.lua", suite.read("scripts/project_self_evaluation.lua"))
        for _, fund in ipairs(json.read(run(path, "score EVALUATION --format json")).funds) do
            local left = 0
            for _ in pairs(form.rows) do left = left + 1 end
            check(fund.name == form.fund and fund.department == form.department, "%s: %s, %s", form.name, fund.name,
                fund.department)
            for _, i in ipairs(fund.indicators) do
                local row = form.rows[i.path] or {}
                left = left - (form.rows[i.path] and 1 or 0)
                for n, key in ipairs { "target", "actual", "weight", "claimed", "score" } do
                    local is, wanted = i[key] ~= json.null and i[key] or nil, row[n]
                    check(is == wanted or (type(is) == "number" and type(wanted) == "number" and math.abs(is - wanted) < 1e-9 *
                        math.max(1, wanted)), "%s: %s: %s is %s, not %s", form.name, i.path, key, tostring(is), tostring(wanted))
                end
            end
            check(left == 0, "%s: %d indicators are not there", form.name, left)
        end
    end
end

-- Each line: what the INI says, and what is answered.
local function check_refusals()
    local path, grid = folder .. "/refused", { n = 0 }
    variants.official(grid, 1, 1, "甲", tables[NAMES[1]].records, "元")
    suite.write(path .. "/forms/甲.xlsx", workbook.make { { rows = to_rows(grid) } })
    suite.write(path .. "/forms.json", "[]")
    for _, case in ipairs {
        { "path = forms/*\nlayout = self_evaluation_from\n", "unknown layout 'self_evaluation_from': did you mean 'self_evaluation_form'" },
        { "path = forms.json\n", "the reader json reads no forms" },
        { "path = forms/*\nsheet = 无\n", "has no sheet '无': there are Sheet1" },
        { "path = forms/*\nheader = 1\n", "is neither a column of funds nor an option" },
        { "path = forms/*\n[data ratings]\npath = forms/*\nlayout = self_evaluation_form\n", "cannot be forms" },
    } do
        evaluation(path, case[1])
        local text, ok = suite.capture(("'%s' score '%s' 2>&1"):format(program, path))
        check(not ok and text:find(case[2], 1, true) and select(2, text:gsub("\n", "")) == 1, "%s: %s", case[2], text)
    end
end

check_variants()
check_places()
check_provinces()
check_rest()
check_refusals()
suite.finish()
