-- part_files.lua - a workbook as a single file, in patterns of paths, under other names, and what is said of one that lacks
-- something.
local suite, tried, parts, zip = require "suite", require "tried", require "parts", require "zip"
local check = suite.check
local number, text, cell = parts.number, parts.text, parts.cell

-- The form without its titles, as rows.
local function form_rows()
    local rows = {}
    for r, record in ipairs((parts.csv(suite.read("tests/xlsx/expected/form.csv")))) do
        if r >= 3 then
            local row = {}
            for c, words in ipairs(record) do row[c] = words ~= "" and text(words) end
            rows[#rows + 1] = row
        end
    end
    rows[8][6] = number("0.92349999999999999", 1) -- 资金到位及时率, 92.35%
    return rows
end

local function pack(rows, name)
    return parts.pack { sheets = { { name = name or "自评表", xml = parts.sheet(parts.rows(rows)) } }, styles = parts.styles { "0%" } }
end

-- A single file is an evaluation: the fund is named after it.
local SINGLE = " --type project_self_evaluation --year 2022 --lang en"
local figures = suite.read("tests/xlsx/expected/form.csv"):gsub("^[^\n]*\n[^\n]*\n", "")
suite.write(tried.folder .. "/single/明朗中学.xlsx", pack(form_rows()))
suite.write(tried.folder .. "/single/csv/明朗中学.csv", figures)
do
    local code, out, err = tried.run("score single/明朗中学.xlsx --format json" .. SINGLE)
    check(code == 0, "single file: exit code %s: %s", tostring(code), err:sub(1, 200))
    local _, wanted = tried.run("score single/csv/明朗中学.csv --format json" .. SINGLE)
    local function plain(words)
        return (words:gsub('"[^"\n]*明朗中学%.xlsx!自评表!%u+(%d+)"', "@%1"):gsub('"[^"\n]*明朗中学%.csv:(%d+)"', "@%1")
            :gsub('"inputs": [^\n]*', ""))
    end
    check(plain(out) == plain(wanted), "single file: is not scored as its CSV: %s", plain(out):sub(1, 400))
    check(out:find('"fund": "明朗中学"', 1, true), "single file: the fund has another name")
    check(out:find('明朗中学.xlsx!自评表!F8"', 1, true), "single file: no cell")
    code, out = tried.run("explain single/明朗中学.xlsx 明朗中学" .. SINGLE)
    check(code == 0, "explain: exit code %s", tostring(code))
    for _, place in ipairs { "F4", "F8", "F14" } do
        check(out:find("明朗中学.xlsx!自评表!" .. place, 1, true), "explain: shows no cell %s: %s", place, out:sub(1, 400))
    end
    check(out:find("92.35%", 1, true), "explain: shows no 92.35%%")
    code, out = tried.run("explain single/明朗中学.xlsx 明朗中学 资金到位及时率" .. SINGLE)
    check(code == 0 and out:find("92.35%", 1, true) and out:find("明朗中学.xlsx!自评表!F8", 1, true),
        "explain of an indicator: exit code %s: %s", tostring(code), out:sub(1, 400))
    code, out, err = tried.run("check single/明朗中学.xlsx --fail-on never" .. SINGLE)
    check(code == 0 and not (out .. err):find("bad-number", 1, true), "check: exit code %s: %s", tostring(code), out .. err)
end

-- Names: an extension, its case, the content alone, a reader that is named; patterns in a path.
local SMALL = { { text "indicator", text "target", text "actual", text "weight" }, { text "a.x", number(100), number(60), number(100) } }
local small = pack(SMALL, "S")
local function check_path(name, file, path, options, fund)
    tried.write(file, small)
    tried.evaluation { { "outcomes", path, options } }
    local document = tried.score(name)
    local i = tried.indicator(document, "a.x")
    check(i.score == 60 and i.source == file .. "!S!C2", "%s: %s points, from %s", name, tostring(i.score), tostring(i.source))
    check(document and document.funds[1].fund == fund, "%s: fund %s", name, tostring(document and document.funds[1].fund))
end
check_path("xlsx", "names/a.xlsx", "names/a.xlsx", "fund = f\n", "f")
check_path("xlsm", "names/a.xlsm", "names/a.xlsm", "fund = f\n", "f")
check_path("XLSX", "names/A.XLSX", "names/A.XLSX", "fund = f\n", "f")
check_path("by content", "names/a.data", "names/a.data", "fund = f\n", "f")
check_path("a reader that is named", "names/a.bin", "names/a.bin", "reader = xlsx\nfund = f\n", "f")
check_path("{fund}", "forms/学校.xlsx", "forms/{fund}.xlsx", "", "学校")
check_path("{year}", "years/表2019.xlsx", "years/表{year}.xlsx", "fund = f\n", "f")
check_path("*", "stars/甲-1.xlsx", "stars/*.xlsx", "fund = f\n", "f")
check_path("a blank in the path", "two words/a b!c.xlsx", "two words/a b!c.xlsx", "fund = f\n", "f")

-- Two years, two workbooks; then two funds.
tried.write("pair/t2018.xlsx", small)
tried.write("pair/t2019.xlsx", pack({ SMALL[1], { text "a.x", number(100), number(70), number(100) } }, "S"))
tried.evaluation({ { "outcomes", "pair/t{year}.xlsx", "fund = f\n" } }, "2018-2019")
local document = tried.score("two years")
check(document and #document.funds == 2 and document.funds[1].score == 60 and document.funds[2].score == 70, "two years: other scores")
tried.evaluation { { "outcomes", "pair/{fund}.xlsx" } }
document = tried.score("two funds")
check(document and #document.funds == 2 and document.funds[2].score == 70, "two funds: other scores")

-- What is wrong is said in one line, at the file or the cell; nothing is written, and -o stays.
local function check_refused(name, bytes, code, ...)
    tried.write("data/x.xlsx", bytes)
    tried.evaluation { { "outcomes", "data/x.xlsx", "fund = f\n" } }
    tried.write("kept.json", "kept")
    tried.refused(name, "score . -o kept.json", code, "data/x.xlsx", ...)
    check(suite.read(tried.folder .. "/kept.json") == "kept", "%s: the output file was touched", name)
end
check_refused("no column of the name", pack({ { text "甲", text "actual" }, { text "z", number(1) } }, "S"), 3, "data/x.xlsx!S!A1", "甲")
check_refused("only titles", pack({ { text "标题" } }, "S"), 3, "data/x.xlsx!S!A1", "标题")
check_refused("a column twice", pack({ { text "indicator", text "actual", text "actual" }, { text "a", number(1), number(2) } }, "S"), 3,
    "data/x.xlsx!S!C1")
tried.evaluation { { "outcomes", "data/absent.xlsx" } }
tried.refused("an absent file", "score .", 4, "data/absent.xlsx")
os.execute("mkdir " .. suite.quote(tried.folder .. "/data/folder.xlsx"))
tried.evaluation { { "outcomes", "data/folder.xlsx", "fund = f\n" } }
tried.refused("a folder", "score .", 4, "data/folder.xlsx")
-- A header alone is an empty table.
tried.write("data/x.xlsx", pack({ SMALL[1] }, "S"))
tried.evaluation { { "outcomes", "data/x.xlsx", "fund = f\n" } }
check(tried.score("a header alone"), "a header alone: is refused")
-- A longer row than its header: what stands beside is said, not read.
tried.write("data/x.xlsx", pack({ SMALL[1], { text "a.x", number(100), number(60), number(100), false, text "备" } }, "S"))
document = tried.score("beside the table")
check(tried.indicator(document, "a.x").score == 60, "beside the table: not 60 points")
check(tried.found(document, "beside-table") == "note data/x.xlsx!S!F2", "beside the table: '%s'", tried.found(document, "beside-table"))
tried.write("data/x.xlsx", pack({ SMALL[1], { text "a.x", number(100), number(60), number(100), text "", text " ", cell("", "") } }, "S"))
check(tried.found(tried.score("blanks beside"), "beside-table") == "", "blanks beside: beside-table")
-- Headers that are numbers, dates or lack a name.
tried.write("data/x.xlsx", pack({ { text "indicator", false, text "target", text "actual", number(2019), text "weight" },
    { text "a.x", false, number(100), number(60), number(5), number(100) } }, "S"))
document = tried.score("a column without a name")
check(tried.indicator(document, "a.x").score == 60, "a column without a name: not 60 points")
check(tried.indicator(document, "a.x").source == "data/x.xlsx!S!D2", "a column without a name: %s", tried.indicator(document, "a.x").source)
check(tried.found(document, "unknown-column"):find("data/x.xlsx!S!E1", 1, true), "a header that is a number: '%s'",
    tried.found(document, "unknown-column"))

-- Headers as forms have them: broken over two lines, with blanks and remarks.
tried.write("data/x.xlsx", pack({ { text "一级\n指标", text "二级 指标", text "三级指标", text "分值\n（10分）", text "年度\r\n指标值（A）",
    text "实际\n完成值（B）" }, { text "产出\n指标", text "数量指标", text "指标1：\n人数", number(100), text "≥100", number(60) } }, "S"))
document = tried.score("headers over two lines")
check(document and document.funds[1].score == 60, "headers over two lines: not 60 points")

-- A long sheet: rows as they come from CSV, with findings all over, for any number of workers.
do
    local rows, lines = { { text "fund", table.unpack(SMALL[1]) } }, { "fund,indicator,target,actual,weight" }
    for n = 1, 20000 do
        local fund, actual = ("f%d"):format(n % 500), n % 37 == 0 and "12..5" or n % 41 == 0 and "" or tostring(n % 120)
        rows[n + 1] = { text(fund), text("a.i" .. n), number(100), actual == "12..5" and text(actual) or actual ~= "" and number(actual),
            number(n % 53 == 0 and "0.5" or "2.5", n % 53 == 0 and 1 or nil) }
        lines[n + 1] = ("%s,a.i%d,100,%s,%s"):format(fund, n, actual, n % 53 == 0 and "50%" or "2.5")
    end
    local shared, list = {}, {}
    for _, row in ipairs(rows) do
        for c, made in ipairs(row) do
            local words = made and made[2]:match("^<is><t>(.*)</t></is>$")
            if words and not shared[words] then
                list[#list + 1] = words
                shared[words] = #list - 1
            end
            if words then row[c] = cell('t="s"', ("<v>%d</v>"):format(shared[words])) end
        end
    end
    tried.write("data/x.xlsx", parts.pack({ sheets = { { name = "S", xml = parts.sheet(parts.rows(rows)) } }, shared = parts.shared(list),
        styles = parts.styles { "0%" } }, function(name, xml) return zip.part(name, xml) end))
    tried.write("data/x.csv", table.concat(lines, "\n") .. "\n")
    tried.evaluation { { "outcomes", "data/x.csv" } }
    local _, _, wanted = tried.score("a long table as CSV")
    tried.evaluation { { "outcomes", "data/x.xlsx" } }
    local _, err, got = tried.score("a long sheet", "--jobs 1")
    if wanted and got then
        check(got:gsub("data/x%.xlsx!S!%u(%d+)", "@%1"):gsub("x%.xlsx", "x") == wanted:gsub("data/x%.csv:(%d+)", "@%1")
            :gsub("x%.csv", "x"), "a long sheet: another evaluation than its CSV")
        for jobs = 2, 5 do
            local _, other_err, other = tried.score("a long sheet", "--jobs " .. jobs)
            check(other == got and other_err == err, "a long sheet: other bytes for --jobs %d", jobs)
        end
    end
end

-- Messages in Chinese name the same cells.
tried.evaluation { { "outcomes", "data/x.xlsx", "fund = f\n" } }
tried.write("data/x.xlsx", pack({ SMALL[1], { text "a.x", text "≥10", cell('t="e"', "<v>#N/A</v>"), number(100) } }, "S"))
local _, zh = tried.run "check . --lang zh --fail-on never"
check(zh:find("data/x.xlsx!S!C2", 1, true), "Chinese: no cell: %s", zh:sub(1, 300))

-- The plugin says what it is.
local _, listed = tried.run "plugins"
check(listed:find("reader xlsx%s+xlsx xlsm%s+sheet range header_row"), "plugins: no reader xlsx with its options")
