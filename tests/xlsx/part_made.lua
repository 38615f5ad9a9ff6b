-- part_made.lua - each workbook of made/ against the CSV file with its figures: the same JSON but for places, which are the
-- same rows; the same bytes for any number of workers.
local suite, tried, parts = require "suite", require "tried", require "parts"
local check = suite.check

-- By the first word of a workbook's name: evaluation.ini, the sheet.
local SETS = {
    form = { sheet = "自评表", years = "2022", type = "project_self_evaluation", options = "header_row = 3\nfund = 明朗中学\n" },
    formats = { sheet = "Sheet1" },
    strings = { sheet = "Sheet1" },
    builtin = { sheet = "Sheet1" },
    builtin1904 = { sheet = "Sheet1" },
    hidden = { sheet = "Sheet1", extra = { ["hidden-read"] = true, ["sheets-unread"] = true } },
}
-- What a workbook alone can say: findings that the CSV file does not have, left out before both are compared.
local EXTRA = { ["sheets-unread"] = true, ["hidden-read"] = true, ["digits-lost"] = true, ["format-doubtful"] = true,
    ["formula-uncached"] = true }

-- Places as rows: @7. The names of files are the same otherwise.
local function rows_of_csv(text, lines)
    local rows = {}
    for row, line in ipairs(lines) do rows[line] = row end
    return (text:gsub("data/x%.csv:(%d+)", function(line) return "@" .. tostring(rows[tonumber(line)]) end)
        :gsub("data/x%.csv", "data/x"))
end

local function rows_of_workbook(text, sheet)
    return (text:gsub("data/x%.xlsx!" .. sheet .. "!%u+(%d+)", "@%1"):gsub("data/x%.xlsx", "data/x"))
end

-- Lines of JSON without the findings that only a workbook has, and those by code.
local function without_extra(text)
    local lines, extra = {}, {}
    for line in text:gmatch("[^\n]+") do
        local code = line:match('^    { "severity": "%l+", "code": "([%w-]+)"')
        if code and EXTRA[code] then
            extra[code] = (extra[code] or 0) + 1
        else
            lines[#lines + 1] = line:gsub("},$", "}")
        end
    end
    return lines, extra
end

local function compare(name, got, wanted)
    for n = 1, math.max(#got, #wanted) do
        local g, w = got[n] or "(nothing)", wanted[n] or "(nothing)"
        if g ~= w then
            -- Where an indicator differs, its own line tells all: go on with the next.
            check(false, "%s: %s\n     not: %s", name, g:sub(1, 420), w:sub(1, 420))
            if #got ~= #wanted then return end
        else
            check(true)
        end
    end
end

-- The column of the actual values, as letters, by the header.
local function actual_column(records, header)
    for c, cell in ipairs(records[header]) do
        if cell == "actual" or cell == "实际完成值" then return parts.letters(c) end
    end
end

local function check_places(name, document, sheet, column)
    for _, fund in ipairs(document.funds) do
        for _, i in ipairs(fund.indicators) do
            local letters = tostring(i.source):match("^data/x%.xlsx!" .. sheet .. "!(%u+)%d+$")
            check(letters == column, "%s: %s comes from %s, not from column %s", name, i.path, tostring(i.source), column)
        end
    end
end

local function try(path)
    local name = path:match("([^/]+)%.xlsx$")
    local first = name:match("^[^_]+")
    local set = SETS[first]
    if not set then return end
    local figures = suite.read("tests/xlsx/expected/" .. first .. ".csv")
    local records, lines = parts.csv(figures)
    tried.write("data/x.csv", figures)
    tried.write("data/x.xlsx", suite.read(path))
    local function score(extension, words)
        tried.evaluation({ { "outcomes", "data/x." .. extension, set.options } }, set.years, set.type)
        return tried.score(name .. ", as " .. extension, words)
    end
    local _, _, wanted = score("csv")
    local document, err, got = score("xlsx")
    if not got or not wanted then return end
    local told, extra = without_extra(rows_of_workbook(got, set.sheet))
    compare(name, told, (without_extra(rows_of_csv(wanted, lines))))
    for code in pairs(extra) do
        check(set.extra and set.extra[code], "%s: %s, and nothing is", name, code)
    end
    check_places(name, document, set.sheet, actual_column(records, first == "form" and 3 or 1))
    local _, one, four = score("xlsx", "--jobs 1")
    local _, four_err, four_out = score("xlsx", "--jobs 4")
    check(four == got and four_out == got and one == err and four_err == err, "%s: other bytes for --jobs 1 and 4", name)
end

local tries = 0
for path in suite.capture("ls tests/xlsx/made/*.xlsx"):gmatch("[^\n]+") do
    try(path)
    tries = tries + 1
end
check(tries >= 20, "%d workbooks in tests/xlsx/made", tries)

-- What is made by hand is what make_raw.lua makes now.
local made = suite.folder()
assert(os.execute("lua5.4 tests/xlsx/make_raw.lua " .. suite.quote(made)))
for name in suite.capture("ls " .. suite.quote(made)):gmatch("[^\n]+") do
    check(suite.read(made .. "/" .. name) == suite.read("tests/xlsx/made/" .. name),
        "tests/xlsx/made/%s is not what make_raw.lua makes", name)
end
