-- part_sheets.lua - which cells are read: sheets by name and number, hidden and unread ones, ranges, header rows, a book of
-- several tables; tables that lie anywhere in a sheet.
local suite, tried, parts = require "suite", require "tried", require "parts"
local check = suite.check
local number, text = parts.number, parts.text

-- A table of one fund whose indicator has `actual` of 10 points; where a sheet was read, `actual` tells which.
local function rows_of(actual)
    return { { text "fund", text "indicator", text "target", text "actual", text "weight" },
        { text "f", text "a.x", number(100), number(actual), number(100) } }
end

local function sheet(name, actual, state)
    return { name = name, state = state, xml = parts.sheet(actual and parts.rows(rows_of(actual)) or "<sheetData/>") }
end

local function book(sheets)
    tried.write("data/x.xlsx", parts.pack { sheets = sheets })
end

local function evaluate(name, options)
    tried.evaluation { { "outcomes", "data/x.xlsx", options } }
    return tried.score(name)
end

local function check_read(name, options, actual, place)
    local document, err = evaluate(name, options)
    local i = tried.indicator(document, "a.x")
    check(i.actual == actual and i.source == "data/x.xlsx!" .. place, "%s: read %s from %s, not %s from %s", name,
        tostring(i.actual), tostring(i.source), tostring(actual), place)
    return document, err
end

local function check_refused(name, options, ...)
    tried.evaluation { { "outcomes", "data/x.xlsx", options } }
    return tried.refused(name, "score .", 3, ...)
end

-- Sheets.
book { sheet("封面", nil), sheet("甲 表", 11, "hidden"), sheet("乙", 12), sheet("3", 13), sheet("A&B's", 14), sheet("底", 15, "veryHidden") }
local document
check_read("by name", "sheet = 乙\n", 12, "乙!D2")
check_read("by number", "sheet = 5\n", 14, "A&B's!D2")
check_read("a name that is a number", "sheet = 3\n", 13, "3!D2")
document = check_read("hidden", "sheet = 甲 表\n", 11, "甲 表!D2")
check(tried.found(document, "hidden-read") == "note data/x.xlsx!甲 表", "hidden: hidden-read is '%s'", tried.found(document, "hidden-read"))
document = check_read("very hidden", "sheet = 6\n", 15, "底!D2")
check(tried.found(document, "hidden-read") == "note data/x.xlsx!底", "very hidden: hidden-read is '%s'",
    tried.found(document, "hidden-read"))
document = check_read("visible", "sheet = 乙\n", 12, "乙!D2")
check(tried.found(document, "hidden-read") == "", "visible: hidden-read is '%s'", tried.found(document, "hidden-read"))
for name, options in pairs { ["no such sheet"] = "sheet = 丙\n", ["no such number"] = "sheet = 7\n", ["no number"] = "sheet = 0\n",
    ["a negative number"] = "sheet = -1\n", ["a long number"] = "sheet = 99999999999999999999\n" } do
    check_refused(name, options, "data/x.xlsx", options:match("= (.-)\n"), "甲 表", "乙", "A&B's")
end
book { sheet("甲", 11, "hidden"), sheet("乙", 12), sheet("丙", 13) }
document = check_read("the first visible", "", 12, "乙!D2")
check(tried.found(document, "sheets-unread") == "note data/x.xlsx!乙", "sheets-unread is '%s'", tried.found(document, "sheets-unread"))
local message = tried.message(document, "sheets-unread")
check(message:find("甲", 1, true) and message:find("丙", 1, true), "sheets-unread: '%s' does not name 甲 and 丙", message)
check_read("a number counts hidden ones", "sheet = 1\n", 11, "甲!D2")
book { sheet("甲", 11), sheet("乙") }
document = check_read("an empty sheet beside", "", 11, "甲!D2")
check(tried.found(document, "sheets-unread") == "", "an empty sheet beside: %s", tried.found(document, "sheets-unread"))
book { sheet("甲", 11, "hidden"), sheet("乙", 12, "hidden") }
check_read("none is visible", "sheet = 乙\n", 12, "乙!D2")
book { sheet("空") }
check_refused("an empty sheet", "", "data/x.xlsx", "空")

-- A table anywhere: the header is the first row with anything in it, and rows keep their numbers.
local function shifted(down, right, actual)
    local rows = rows_of(actual)
    for _, row in ipairs(rows) do
        for _ = 1, right do table.insert(row, 1, false) end
    end
    tried.write("data/x.xlsx", parts.pack { sheets = { { name = "S", xml = parts.sheet(parts.rows(rows, down + 1)) } } })
end
shifted(4, 2, 17)
check_read("four rows down, two columns right", "", 17, "S!F6")
shifted(1048000, 100, 17)
check_read("far down and right", "", 17, "S!CZ1048002")
do
    local rows = rows_of(18)
    local xml = parts.sheet((parts.rows({ rows[1] }, 3) .. parts.rows({ rows[2] }, 9)):gsub("</sheetData><sheetData>", ""))
    tried.write("data/x.xlsx", parts.pack { sheets = { { name = "S", xml = xml } } })
    check_read("rows between are not there", "", 18, "S!D9")
    local blank = { text "", text "  ", number("") }
    tried.write("data/x.xlsx", parts.pack { sheets = { { name = "S", xml = parts.sheet(parts.rows { blank, rows[1], blank, rows[2] }) } } })
    check_read("rows of empty cells", "", 18, "S!D4")
end

-- A table within other things: titles above, remarks below and beside.
local noise = { text "标题" }
local inside = rows_of(19)
for _, row in ipairs(inside) do
    table.insert(row, 1, text "左")
    row[7] = text "右"
end
tried.write("data/x.xlsx", parts.pack { sheets = { { name = "S", xml = parts.sheet(parts.rows { noise, noise, inside[1], inside[2],
    { false, text "g", text "a.z", number(1), number(1), number(100) }, { text "注：" } }) } } })
document = check_read("a range", "range = B3:F4\n", 19, "S!E4")
check(document and #document.funds == 1, "a range: %d funds", document and #document.funds or 0)
check(tried.found(document, "unknown-column") == "", "a range: %s", tried.found(document, "unknown-column"))
document = check_read("a range to the next row", "range = B3:F5\n", 19, "S!E4")
check(document and #document.funds == 2, "a range to the next row: %d funds", document and #document.funds or 0)
check_read("a range and the row of the header", "range = B1:F4\nheader_row = 3\n", 19, "S!E4")
check_read("a range that begins above", "range = B2:F4\n", 19, "S!E4")
check_read("the row of the header", "header_row = 3\n", 19, "S!E4")
check_read("a range over the edge of the data", "range = B3:Z9\n", 19, "S!E4")
check_refused("a title as header", "", "data/x.xlsx!S!A1")
check_refused("the header below", "header_row = 4\n", "data/x.xlsx!S!")
check_refused("a header behind the data", "header_row = 99\n", "data/x.xlsx")
check_refused("a range behind the data", "range = B30:F40\n", "data/x.xlsx")
check_refused("a range that cuts columns off", "range = D3:F5\n", "data/x.xlsx!S!")
for _, range in ipairs { "B3", "B3:", ":F4", "B3-F4", "3:4", "B:F", "F4:B3", "B0:F4", "XFE1:XFE2", "A1:A1048577", "AAAA1:AAAB2", "甲3:乙4",
    "B3:F4:G5", "B99999999999999999999:F4" } do
    tried.evaluation { { "outcomes", "data/x.xlsx", "range = " .. range .. "\n" } }
    local code, out, err = tried.run "score . --format json"
    local refused = code == 3 and out == "" and err:find("^steelyard: error: [^\n]*range[^\n]*\n$") and err:find(range, 1, true)
    -- Turned round it may be understood.
    check(refused or range == "F4:B3" and code == 0 and out:find('"actual": 19,', 1, true), "range %s: exit code %s: %s", range,
        tostring(code), err:sub(1, 200))
end
for _, row in ipairs { "0", "-1", "x", "1.5", "1048577", "99999999999999999999" } do
    check_refused("header_row " .. row, "header_row = " .. row .. "\n", "header_row", row)
end
check_refused("an option of no reader", "header_rows = 3\n", "header_rows")

-- One book for all tables: what another source reads is not unread.
tried.write("data/x.xlsx", suite.read("tests/xlsx/made/sheets_openpyxl.xlsx"))
tried.write("config/sheets.ini", "[facts]\nstaff = number\nregular = boolean\nirregular = boolean\n")
tried.evaluation({ { "funds", "data/x.xlsx", "sheet = 项目\n" }, { "outcomes", "data/x.xlsx", "sheet = 指标 表\n" },
    { "facts", "data/x.xlsx", "sheet = 数据\n" } }, "2019", "sheets")
document = tried.score("a book of tables")
check(document and document.funds[1].score == 94 and document.funds[1].name == "营养改善", "a book of tables: %s points",
    tostring(document and document.funds[1].score))
check(tried.indicator(document, "a.x").source == "data/x.xlsx!指标 表!D2", "a book of tables: %s",
    tostring(tried.indicator(document, "a.x").source))
check(tried.found(document, "bad-fact") == "" and tried.found(document, "bad-number") == "", "a book of tables: bad facts")
check(tried.found(document, "hidden-read") == "", "a book of tables: %s", tried.found(document, "hidden-read"))
message = tried.message(document, "sheets-unread")
for _, name in ipairs { "项目", "指标", "数据", "空表" } do
    check(not message:find(name, 1, true), "a book of tables: '%s' names a sheet that was read, or is empty", message)
end
tried.evaluation({ { "funds", "data/x.xlsx" } }, "2019")
document = tried.score("the first visible of a book")
check(document and document.funds[1].name == "营养改善", "the first visible of a book: another was read")
message = tried.message(document, "sheets-unread")
for name, unread in pairs { ["封面"] = true, ["指标 表"] = true, ["数据"] = true, ["项目"] = false, ["空表"] = false } do
    check((message:find(name, 1, true) ~= nil) == unread, "the first visible of a book: '%s' and %s", message, name)
end
-- The others are read by other sources.
tried.evaluation({ { "funds", "data/x.xlsx" }, { "outcomes", "data/x.xlsx", "sheet = 指标 表\n" } }, "2019")
message = tried.message(tried.score("two tables of a book"), "sheets-unread")
for name, unread in pairs { ["封面"] = true, ["指标 表"] = false, ["数据"] = true, ["项目"] = false, ["空表"] = false } do
    check((message:find(name, 1, true) ~= nil) == unread, "two tables of a book: '%s' and %s", message, name)
end

-- Formulas as openpyxl leaves them.
tried.write("data/x.xlsx", suite.read("tests/xlsx/made/formulas_openpyxl.xlsx"))
document = evaluate("formulas of openpyxl", "")
check(tried.found(document, "formula-uncached") == "warning data/x.xlsx!Sheet1!D2", "formulas of openpyxl: %s",
    tried.found(document, "formula-uncached"))
check(tried.indicator(document, "a.formula").status == "missing", "formulas of openpyxl: %s",
    tostring(tried.indicator(document, "a.formula").status))
check(tried.indicator(document, "a.value").score == 50, "formulas of openpyxl: the value has no 50 points")
-- Hidden rows and a hidden sheet of openpyxl.
tried.write("data/x.xlsx", suite.read("tests/xlsx/made/hidden_openpyxl.xlsx"))
document = evaluate("hidden rows of openpyxl", "")
check(tried.found(document, "hidden-read"):find("^note data/x%.xlsx!Sheet1"), "hidden rows of openpyxl: %s",
    tried.found(document, "hidden-read"))
check(tried.indicator(document, "a.hidden").score == 15, "hidden rows of openpyxl: a.hidden is not read")
document = evaluate("a very hidden sheet of openpyxl", "sheet = 暗表\n")
check(tried.found(document, "hidden-read"):find("data/x.xlsx!暗表", 1, true), "a very hidden sheet of openpyxl: %s",
    tried.found(document, "hidden-read"))
