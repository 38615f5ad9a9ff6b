-- hostile.lua - texts that no workbook holds as they are, and names that no sheet may have: they arrive, and nothing runs.
local suite, office = require "suite", require "office"
local check = suite.check

local function csv(cells)
    for i, cell in ipairs(cells) do cells[i] = '"' .. cell:gsub('"', '""') .. '"' end
    return table.concat(cells, ",") .. "\n"
end

local LONG = ("很长"):rep(20000)
local NAMES = {
    { "=1+1", "'=1+1" }, { "+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0" }, { "-2+3", "'-2+3" }, { "@SUM(A1)", "'@SUM(A1)" },
    { "a\1b\31c", "a\\x01b\\x1Fc" }, { "<b>&amp;\"'", "<b>&amp;\"'" }, { "_x0041_ stays", "_x0041_ stays" },
    { "\u{FFFE}x\u{FFFF}", "\u{FFFD}x\u{FFFD}" }, { "𠀀字", "𠀀字" }, { "=HYPERLINK(\"http://x\",\"y\")",
        "'=HYPERLINK(\"http://x\",\"y\")" },
    { "http://example.invalid/", "http://example.invalid/" }
}
local FUNDS = { "[a]:b*c?d/e\\f", "'quoted'", "History", "history", ("长名"):rep(30), ("长名"):rep(31), ("𠀀"):rep(20), "a", "A",
    "=cmd" }

return function(folder, run)
    local evaluation = folder .. "/hostile"
    local outcomes = "fund,level1,level2,name,target,actual,weight,note\n"
    for i, fund in ipairs(FUNDS) do
        for k, name in ipairs(NAMES) do
            outcomes = outcomes .. csv { fund, "产出指标", "数量指标", name[1], "≥10个", k .. "个", tostring(i), k == 1 and
                LONG or name[1] }
        end
    end
    suite.write(evaluation .. "/outcomes.csv", outcomes)
    suite.write(evaluation .. "/evaluation.ini", "[evaluation]\ntitle = =1+1\nyears = 2023\n\n[data outcomes]\npath = outcomes.csv\n")
    local path = folder .. "/hostile.xlsx"
    local _, ok, code, said = run("score " .. suite.quote(evaluation) .. " -o " .. suite.quote(path))
    check(ok, "exit %s: %s", code, said)
    local sheets, n, forms = office.sheets(path), 0, {}
    for name in pairs(sheets) do
        n = n + 1
        check(utf8.len(name) <= 31 and not name:find("[%[%]:*?/\\]"), "a sheet called %s", name)
        if name ~= "汇总" and name ~= "疑点" and name ~= "评价标准" then forms[#forms + 1] = name end
    end
    check(#forms == #FUNDS and n == #FUNDS + 3, "%d forms among %d sheets", #forms, n)
    check(sheets["汇总"][1][1] == "'=1+1", "the title is %s", sheets["汇总"][1][1])
    for _, name in ipairs(forms) do
        local seen = {}
        for _, row in ipairs(sheets[name]) do
            if row[4] then seen[row[4]] = row end
        end
        for k, text in ipairs(NAMES) do
            local row = seen[text[2]]
            if check(row, "%s: there is no %s", name, text[2]) and k > 1 then
                check(row[9] == text[2], "%s: the note %s is %s", name, text[2], row[9])
            end
        end
        local long = seen[NAMES[1][2]]
        check(long and utf8.len(long[9]) == 32767 and long[9]:find("…$"), "%s: the long note has %d", name, long and
            utf8.len(long[9]) or 0)
    end
    -- The parts of the archive are XML, none of it links or formulas of the data's.
    local parts = suite.capture("unzip -p " .. suite.quote(path) .. " 'xl/worksheets/*' xl/workbook.xml")
    check(not parts:find("cmd|", 1, true) or not parts:find("<f>[^<]*cmd"), "a formula runs what the data says")
    check(not parts:find("HYPERLINK(", 1, true), "a formula of the data")
    check(not suite.capture("unzip -l " .. suite.quote(path)):find("externalLink"), "something outside is linked")
    -- More funds than sheets are asked for: the summary has them all, and says so.
    run("score " .. suite.quote(evaluation) .. " --option sheets=2 -o " .. suite.quote(path))
    sheets = office.sheets(path)
    local summary, count = sheets["汇总"], 0
    for _ in pairs(sheets) do count = count + 1 end
    check(count == 5 and #summary >= #FUNDS + 3, "%d sheets, %d rows", count, #summary)
    check(summary[#FUNDS + 3][1]:find("另有 8 个", 1, true), "said: %s", summary[#FUNDS + 3][1])
    local _, fine, exit, line = run("score " .. suite.quote(evaluation) .. " --option sheets=x -o " .. suite.quote(path))
    check(not fine and exit == 2 and line:find("whole number", 1, true), "sheets=x: exit %s, %s", exit, line)
end
