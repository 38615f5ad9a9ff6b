-- part_cells.lua - cells by themselves: what is no figure, formulas, long numbers, formats that show another figure, merged
-- and hidden cells, facts, and the place that each finding names.
local suite, tried, parts = require "suite", require "tried", require "parts"
local check = suite.check
local number, text, cell, null = parts.number, parts.text, parts.cell, require("json").null

-- A workbook of the rows below a header; `formats` for parts.styles.
local function lay_out(header, rows, formats, behind, hidden)
    local head = {}
    for n, words in ipairs(header) do head[n] = text(words) end
    table.insert(rows, 1, head)
    tried.write("data/x.xlsx", parts.pack { sheets = { { name = "Sheet1", xml = parts.sheet(parts.rows(rows, 1, hidden), behind) } },
        styles = formats and parts.styles(formats) })
end

local OUTCOMES = { "fund", "indicator", "target", "actual", "weight" }

-- An evaluation of one outcome beside one that is in order; the cells are those of C2, D2 and E2.
local function outcome(name, target, actual, weight, formats)
    lay_out(OUTCOMES, { { text "f", text "a.x", target, actual, weight or number(50) },
        { text "f", text "a.y", text "≥10", number(10), number(50) } }, formats)
    tried.evaluation { { "outcomes", "data/x.xlsx" } }
    local document, err = tried.score(name)
    local y = tried.indicator(document, "a.y")
    check(y.score == 50 and y.source == "data/x.xlsx!Sheet1!D3", "%s: the row below has %s points, from %s", name,
        tostring(y.score), tostring(y.source))
    return document, tried.indicator(document, "a.x"), err
end

-- A fact that cannot be used: the code of its kind where [facts] gives it one.
local function check_bad_fact(name, document, place)
    local found = tried.found(document, "bad-number") .. tried.found(document, "bad-fact")
    check(found == "error " .. place, "%s: bad-number or bad-fact is '%s', not at %s", name, found, place)
end

local function check_finding(name, document, code, wanted)
    local found = tried.found(document, code)
    check(found == wanted, "%s: %s is '%s', not '%s'", name, code, found, wanted)
end

-- Errors of cells: rejected wherever they stand, never 0.
local ERRORS = { "#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!" }
for _, words in ipairs(ERRORS) do
    local wrong = cell('t="e"', "<v>" .. words .. "</v>")
    local document, i, err = outcome(words, text "≥10", wrong)
    check_finding(words, document, "bad-number", "error data/x.xlsx!Sheet1!D2")
    check(i.status == "rejected" and i.score == null and i.actual_text == words, "%s: status %s, score %s, text %s", words,
        tostring(i.status), tostring(i.score), tostring(i.actual_text))
    check(err:find("data/x.xlsx!Sheet1!D2: ", 1, true), "%s: the message names no cell: %s", words, err)
    document, i = outcome(words .. " against text", text "有效", wrong)
    check_finding(words .. " against text", document, "bad-number", "error data/x.xlsx!Sheet1!D2")
    check(i.status == "rejected", "%s against text: status %s", words, tostring(i.status))
    document, i = outcome(words .. " without a target", false, wrong)
    check_finding(words .. " without a target", document, "bad-number", "error data/x.xlsx!Sheet1!D2")
    check(i.status ~= "scored", "%s without a target: status %s", words, tostring(i.status))
    document, i = outcome(words .. " as target", wrong, number(9))
    check_finding(words .. " as target", document, "bad-number", "error data/x.xlsx!Sheet1!C2")
    check(i.status == "rejected", "%s as target: status %s", words, tostring(i.status))
    i = select(2, outcome(words .. " as both", wrong, wrong))
    check(i.status == "rejected" and i.score == null, "%s as both: status %s, score %s", words, tostring(i.status), tostring(i.score))
    document = outcome(words .. " as weight", text "≥10", number(9), wrong)
    check_finding(words .. " as weight", document, "bad-number", "error data/x.xlsx!Sheet1!E2")
    document, i = outcome(words .. " of a formula", text "≥10", cell('t="e"', "<f>1/0</f><v>" .. words .. "</v>"))
    check_finding(words .. " of a formula", document, "bad-number", "error data/x.xlsx!Sheet1!D2")
    check(i.status == "rejected", "%s of a formula: status %s", words, tostring(i.status))
end

-- Cells without a value that has been calculated: missing, never 0, and it is said where.
for name, inside in pairs {
    ["formula alone"] = "<f>5+6</f>", ["formula with an empty value"] = "<f>5+6</f><v></v>",
    ["formula with a closed value"] = "<f>5+6</f><v/>", ["shared formula alone"] = '<f t="shared" si="0"/>',
    ["array formula alone"] = '<f t="array" ref="D2:D3">A1:A2</f>', ["empty formula"] = "<f/>" } do
    local document, i = outcome(name, text "≥10", cell("", inside))
    check_finding(name, document, "formula-uncached", "warning data/x.xlsx!Sheet1!D2")
    check(i.status == "missing" and i.actual == null and i.actual_text == null, "%s: status %s, actual %s", name,
        tostring(i.status), tostring(i.actual_text))
end
do
    local uncached = cell("", "<f>5+6</f>")
    local document, i = outcome("target of a formula", uncached, number(9))
    check_finding("target of a formula", document, "formula-uncached", "warning data/x.xlsx!Sheet1!C2")
    check(i.status == "untargeted", "target of a formula: status %s", tostring(i.status))
    document = outcome("weight of a formula", text "≥10", number(9), uncached)
    check_finding("weight of a formula", document, "formula-uncached", "warning data/x.xlsx!Sheet1!E2")
    document, i = outcome("formula of 0", text "≥10", cell("", "<f>5-5</f><v>0</v>"))
    check_finding("formula of 0", document, "formula-uncached", "")
    check(i.status == "scored" and i.actual == 0, "formula of 0: status %s", tostring(i.status))
    document, i = outcome("formula of no text", text "≥10", cell('t="str"', '<f>IF(1,"")</f><v></v>'))
    check_finding("formula of no text", document, "formula-uncached", "")
    check(i.status == "missing", "formula of no text: status %s", tostring(i.status))
    document, i = outcome("a blank cell", text "≥10", cell('s="0"', ""))
    check_finding("a blank cell", document, "formula-uncached", "")
    check(i.status == "missing" and i.source == "data/x.xlsx!Sheet1!D2", "a blank cell: %s at %s", tostring(i.status),
        tostring(i.source))
    i = select(2, outcome("no cell", text "≥10", false))
    check(i.status == "missing" and i.source == "data/x.xlsx!Sheet1!D2", "no cell: %s at %s", tostring(i.status),
        tostring(i.source))
end

-- A workbook keeps 15 digits: more of them in a number are a code that lost its last ones. Noise behind a fraction is not.
for value, lost in pairs {
    ["110101199003074518"] = true, ["1.10101199003074E+17"] = true, ["1234567890123456"] = true, ["1E+15"] = true,
    ["-1234567890123456"] = true, ["123456789012345"] = false, ["0.57999999999999996"] = false,
    ["38.770000000000003"] = false, ["19040215.350000001"] = false, ["1E+14"] = false } do
    local document = outcome("digits of " .. value, text "≥10", number(value))
    check_finding("digits of " .. value, document, "digits-lost", lost and "note data/x.xlsx!Sheet1!D2" or "")
end
do
    local document, i = outcome("a code in a text cell", false, text "110101199003074518")
    check_finding("a code in a text cell", document, "digits-lost", "")
    check(i.actual_text == "110101199003074518", "a code in a text cell: %s", tostring(i.actual_text))
end

-- Formats that show another figure: the number is read, and it is said.
for _, case in ipairs {
    { "1234567", "#,##0," }, { "1234567", "0.0,," }, { "1234567", '0.0,,"百万"' }, { "1234567", '0.0,"千"' },
    { "1234567", '0!.0,"万"' }, { "1234567", '0\\.0,"万"' }, { "1234567", '0"."0,"万"' }, { "1234567", '[>=10000]0.0,"千";0' },
    { "12", '[>=10]0"人";0"个"' }, { "12", '[=1]"是";[=0]"否";0' }, { "0.5", "# ?/?" }, { "0.5", "# ??/100" }, { "0.5", 12 },
    { "1234567", "[<0]-0;0,," } } do
    local name = "format " .. case[2]
    local document, i = outcome(name, text "≥0.1", number(case[1], 1), nil, { case[2] })
    check_finding(name, document, "format-doubtful", "note data/x.xlsx!Sheet1!D2")
    check(i.actual == tonumber(case[1]), "%s: read as %s", name, tostring(i.actual_text))
end

-- A cell without a style has the first.
do
    local xml = parts.styles { "0%" }:gsub('<xf numFmtId="0"/>', '<xf numFmtId="10"/>')
    tried.write("data/x.xlsx", parts.pack { styles = xml, sheets = { { name = "Sheet1", xml = parts.sheet(parts.rows { { text "fund",
        text "indicator", text "actual" }, { text "f", text "a.x", number("0.5") } }) } } })
    tried.evaluation { { "outcomes", "data/x.xlsx" } }
    local i = tried.indicator(tried.score("the first style"), "a.x")
    check(i.actual_text == "50%", "the first style: '%s'", tostring(i.actual_text))
end

-- Formats that show a part of a day: the same day, however it is written.
for _, format in ipairs { "yyyy-mm-dd hh:mm", "yyyy/m/d h:mm:ss", 'm"月"d"日"', "[$-804]m/d", 22, 28, 58, "mm/dd",
    'yyyy"年"m"月"d"日" aaaa', "[$-804]aaaa yyyy/m/d", '[$-804]yyyy"年"m"月"d"日" dddd' } do
    local i = select(2, outcome("day as " .. format, text "2019-12-31前", number("43606", 1), nil, { format }))
    check(i.actual == "2019-05-21" and i.status == "scored", "day as %s: %s, from '%s'", format, tostring(i.actual),
        tostring(i.actual_text))
end
for _, value in ipairs { "43606.5", "43606.999988425925", "43606.000011574072" } do
    local i = select(2, outcome("time of day " .. value, text "2019-12-31前", number(value, 1), nil, { "yyyy-mm-dd" }))
    check(i.actual == "2019-05-21", "time of day %s: %s, from '%s'", value, tostring(i.actual), tostring(i.actual_text))
end
-- No days: 1900 had no 29 February, and before the epoch and behind the year 9999 there is none.
for _, value in ipairs { "60", "-1", "2958466", "1E+300" } do
    local i = select(2, outcome("no day " .. value, text "2019-12-31前", number(value, 1), nil, { "yyyy-mm-dd" }))
    check(i.status == "rejected", "no day %s: %s, '%s'", value, tostring(i.status), tostring(i.actual_text))
end

-- Numbers that are none.
for _, value in ipairs { "abc", "1,5", "0x10", "NaN", "INF", "1e", "--1", "1.2.3", "1E+400" } do
    local document, i = outcome("value " .. value, text "≥10", number(value))
    check(i.status == "rejected" and tried.found(document, "bad-number") == "error data/x.xlsx!Sheet1!D2",
        "value %s: %s, '%s'", value, tostring(i.status), tostring(i.actual_text))
end

-- Merged cells: the value is the first cell's, whatever the others still hold.
do
    lay_out(OUTCOMES, { { text "f", text "a.x", text "≥10", number(10), number(50) },
        { text "f", text "a.y", text "≥10", number(7), number(50) } }, nil,
        '<mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>')
    tried.evaluation { { "outcomes", "data/x.xlsx" } }
    local document = tried.score("merged")
    local x, y = tried.indicator(document, "a.x"), tried.indicator(document, "a.y")
    check(x.actual == 10 and y.status == "missing", "merged: %s, %s", tostring(x.actual), tostring(y.status))
end

-- Hidden rows are read, with a note for the sheet or the row.
do
    lay_out(OUTCOMES, { { text "f", text "a.x", text "≥10", number(10), number(50) },
        { text "f", text "a.y", text "≥10", number(10), number(50) } }, nil, nil, { [3] = true })
    tried.evaluation { { "outcomes", "data/x.xlsx" } }
    local document = tried.score("hidden row")
    check(document and document.funds[1].score == 100, "hidden row: it is not scored")
    local found, count = tried.found(document, "hidden-read")
    check(count == 1 and found:find("^note data/x%.xlsx!Sheet1"), "hidden row: %s", found)
    for value, hidden in pairs { ["true"] = true, ["false"] = false, ["0"] = false } do
        local xml = parts.sheet((parts.rows { { text "fund", text "indicator" }, { text "f", text "a.x" } }
            :gsub('<row r="2"', '%0 hidden="' .. value .. '"')))
        tried.write("data/x.xlsx", parts.pack { sheets = { { name = "Sheet1", xml = xml } } })
        count = select(2, tried.found(tried.score("hidden = " .. value), "hidden-read"))
        check(count == (hidden and 1 or 0), "hidden = %s: %d findings", value, count)
    end
end

-- Facts: yes and no of cells, and what a cell with an error leaves out.
tried.write("config/q.ini", "[facts]\nyes = boolean\nno = boolean\nsum = number\n[weights]\na.yes = 40\na.no = 40\na.sum = 20\n")
tried.write("scripts/q.lua", [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.measure["a.yes"] = function(fund) return fund.yes == true and 1 or 0 end
rules.measure["a.no"] = function(fund) return fund.no == false and 1 or 0 end
rules.measure["a.sum"] = function(fund) return fund.sum end
rules.target["a.yes"] = function() return 1 end
rules.target["a.no"] = function() return 1 end
rules.target["a.sum"] = function() return 1 end
return rules
]])
do
    lay_out({ "fund", "fact", "value" }, { { text "f", text "yes", cell('t="b"', "<v>1</v>") },
        { text "f", text "no", cell('t="b"', "<v>0</v>") }, { text "f", text "sum", cell('t="e"', "<v>#DIV/0!</v>") } })
    tried.evaluation({ { "facts", "data/x.xlsx" } }, "2019", "q")
    local document = tried.score("facts")
    check(tried.indicator(document, "a.yes").score == 40, "facts: TRUE is not yes")
    check(tried.indicator(document, "a.no").score == 40, "facts: FALSE is not no")
    check_bad_fact("facts", document, "data/x.xlsx!Sheet1!C4")
    check(tried.indicator(document, "a.sum").status == "missing", "facts: #DIV/0! is %s",
        tostring(tried.indicator(document, "a.sum").status))
    lay_out({ "fund", "fact", "value" }, { { text "f", text "other", cell('t="e"', "<v>#REF!</v>") } })
    check_bad_fact("a fact of no kind", tried.score("a fact of no kind"), "data/x.xlsx!Sheet1!C2")
    lay_out({ "fund", "budget", "spent" }, { { text "f", number(100), cell('t="e"', "<v>#N/A</v>") } })
    tried.evaluation({ { "funds", "data/x.xlsx" } }, "2019", "project_self_evaluation")
    document = tried.score("funds")
    check_bad_fact("funds", document, "data/x.xlsx!Sheet1!C2")
    check(tried.indicator(document, "execution.rate").status ~= "scored", "funds: spent is #N/A, and the rate is scored")
end
-- The same as CSV: what is compared with is right.
do
    tried.write("data/x.csv", "fund,fact,value\nf,yes,TRUE\nf,no,FALSE\nf,sum,1\n")
    tried.evaluation({ { "facts", "data/x.csv" } }, "2019", "q")
    local document = tried.score("facts of CSV")
    check(document and document.funds[1].score == 100, "facts of CSV: no 100 points")
end

-- Findings of the engine name the cell: rows and columns that are told by it.
do
    lay_out({ "fund", "indicator", "weight", "remarks", "target", "actual", "odd" }, {
        { text "f", text "a.x", number(50), text "z", text "≥10", text "12..5" },
        {}, { text "f", text "a.y", number("0.5", 1), false, text "≥10", number(9) },
        { text "f", text "a.y", number(50), false, text "≥10", number(8) } }, { "0%" })
    tried.evaluation { { "outcomes", "data/x.xlsx" } }
    local document = tried.score("places")
    check(tried.found(document, "bad-number"):find("error data/x.xlsx!Sheet1!F2", 1, true), "places: actual: %s",
        tried.found(document, "bad-number"))
    check(tried.found(document, "bad-number"):find("error data/x.xlsx!Sheet1!C4", 1, true), "places: weight: %s",
        tried.found(document, "bad-number"))
    check_finding("places", document, "duplicate-key", "error data/x.xlsx!Sheet1!F5")
    check(tried.message(document, "duplicate-key"):find("data/x.xlsx!Sheet1!F4", 1, true), "places: %s",
        tried.message(document, "duplicate-key"))
    local unknown = tried.found(document, "unknown-column")
    check(unknown:find("note data/x.xlsx!Sheet1!D1", 1, true) and unknown:find("note data/x.xlsx!Sheet1!G1", 1, true),
        "places: headers: %s", unknown)
end
