-- part_text.lua - text of users stays text: markup, raw pandoc, addresses, controls, very long cells; nothing is read from disk
-- or net for it; missing facts are said to be missing.
local suite, office = require "suite", require "office"
local check = suite.check

local SECRET = "the-secret-that-no-document-may-hold"
office.write("secret.txt", SECRET)
local HOSTILE = {
    "<script>alert(1)</script>", "<img src=\"file://" .. office.folder .. "/secret.txt\">",
    "<iframe src=\"secret.txt\"></iframe>", "<embed src='../secret.txt'/>", "</td></tr></table><h1>Taken over</h1>",
    "`<w:p/>`{=openxml}", "```{=openxml}", "<!-- comment -->", "<![CDATA[x]]>", "&lt;b&gt; &amp; &#60;i&#62; &euro;",
    "![picture](file:///etc/passwd)", "[link](http://127.0.0.1:9/x)", "$x^2$ \\(y\\) \\[z\\]", "<?xml version=\"1.0\"?>",
    "<a href=\"http://127.0.0.1:9/\">there</a>", "<svg onload=alert(1)>", "<math><mi>x</mi></math>", "\"quoted\" 'single'",
    "{.class #id key=value}", "<base href=\"http://127.0.0.1:9/\">", "<style>@import url(http://127.0.0.1:9/)</style>",
    "<link rel=stylesheet href=http://127.0.0.1:9/>", "* item", "# head", "1. one", "<title>Taken</title>", "</body></html>",
    "%.SECTION%", "a  b", "--option", "<div custom-style=\"Title\">Taken</div>", "<span custom-style='By Hand'>x</span>",
}
local CONTROLS = {
    ["a\1b"] = "a\\x01b", ["bell\7x"] = "bell\\x07x", ["esc\27[31m"] = "esc\\x1b[31m", ["del\127x"] = "del\\x7fx",
    ["rtl\u{202E}evil"] = "rtl\\xe2\\x80\\xaeevil", ["iso\u{2066}x"] = "iso\\xe2\\x81\\xa6x",
    ["non\u{FFFE}char"] = "non\\xef\\xbf\\xbechar", ["nel\u{85}x"] = "nel\\xc2\\x85x",
}

local function csv(text)
    return "\"" .. text:gsub("\"", "\"\"") .. "\""
end

local shown = {}
local outcomes, facts = { "fund,indicator,target,actual,weight,note" }, { "fund,fact,value" }
for i, text in ipairs(HOSTILE) do
    outcomes[#outcomes + 1] = ("h,output.quantity.i%d,%s,%s,1,%s"):format(i, csv(text), csv(text), csv(text))
    facts[#facts + 1] = ("h,fact%d,%s"):format(i, csv(text))
    shown[#shown + 1] = text
end
for text, escaped in pairs(CONTROLS) do
    facts[#facts + 1] = ("h,control%d,%s"):format(#facts, csv(text))
    shown[#shown + 1] = escaped
end
local LONG = "0123456789" .. ("字"):rep(40000)
facts[#facts + 1] = "h,long," .. csv(LONG)
facts[#facts + 1] = "h,lines," .. csv("first line\nsecond line")
outcomes[#outcomes + 1] = "<b>other</b>,output.quantity.i1,≥1,1,100,"
office.write("evaluation.ini", "[evaluation]\ntitle = <h1>Title & co</h1><script>\nyears = 2020\ntype = h\n" ..
    "language = en\n[data funds]\npath = funds.csv\n[data facts]\npath = facts.csv\n[data outcomes]\npath = outcomes.csv\n")
office.write("funds.csv", "fund,name,department,budget,spent\nh,\"<img src=\"\"secret.txt\"\"> & name\",<b>dept</b>,,\n" ..
    "<b>other</b>,,<b>dept</b>,,0元\n")
office.write("facts.csv", table.concat(facts, "\n") .. "\n")
office.write("outcomes.csv", table.concat(outcomes, "\n") .. "\n")

for _, language in ipairs { "en", "zh" } do
    office.make("hostile.docx", "score . --lang " .. language)
    local lines, text = office.lines("hostile.docx")
    local flat = text:gsub("%s+", " ")
    for _, words in ipairs(shown) do
        check(flat:find((words:gsub("%s+", " ")), 1, true), "%s: not shown as it is: %s", language, words)
    end
    for _, words in ipairs { "<h1>Title & co</h1><script>", "<img src=\"secret.txt\"> & name", "<b>dept</b>", "<b>other</b>" } do
        check(flat:find(words, 1, true), "%s: not shown as it is: %s", language, words)
    end
    check(office.find(lines, { "first line", "second line" }), "%s: lines of a cell", language)
    check(not text:find(SECRET, 1, true) and not text:find("root:", 1, true), "%s: a file was read", language)
    check(not text:find(("字"):rep(2100), 1, true), "%s: 40,000 characters of a cell", language)
    local rest = #"0123456789" + 40000 - 2000
    check(text:find(language == "zh" and "其后还有" .. rest .. "个字" or rest .. " more characters left out", 1, true),
        "%s: what was cut is not counted", language)
    local parts = office.parts("hostile.docx")
    for name, part in pairs(parts) do
        check(not name:find("media"), "%s: %s", language, name)
        check(not part:find("TargetMode=\"External\"", 1, true), "%s: an address in %s", language, name)
        check(not name:find("%.xml$") or not part:find("[\1-\8\11\12\14-\31]"), "%s: a control in %s", language, name)
        check(not name:find("%.xml$") or utf8.len(part), "%s: no UTF-8 in %s", language, name)
    end
    local xml = parts["word/document.xml"]
    check(select(2, xml:gsub("<w:pStyle w:val=\"Title\"", "")) == 1, "%s: more than one title", language)
    -- Missing is not 0, and 0 is not missing.
    local w = language == "zh" and "未提供" or "not given"
    check(office.find(lines, { "<img src=\"secret.txt\"> & name", w, w, w, w, w, w }), "%s: missing amounts", language)
    check(office.find(lines, { "<b>other</b>", w, w, w, w, 0, w }), "%s: an amount of 0", language)
end

-- An evaluation of nothing but a fund.
office.write("outcomes.csv", "fund,indicator,target,actual,weight\n")
office.write("facts.csv", "fund,fact,value\n")
office.write("funds.csv", "fund\nalone\n")
office.make("alone.docx", "score . --lang zh")
local _, alone = office.lines("alone.docx")
check(alone:find("绩效指标：数据未提供。", 1, true), "no indicators")
check(alone:find("决算数与预算数、全年执行数与年初预算数：数据未提供", 1, true), "no budget")
office.write("funds.csv", "fund\n")
office.make("none.docx", "score . --lang en")
local _, none = office.lines("none.docx")
check(none:find("The data holds no fund.", 1, true), "no funds")
