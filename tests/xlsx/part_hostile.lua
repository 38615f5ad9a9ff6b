-- part_hostile.lua - workbooks that mean no good, or were broken on the way: each is refused in one line that names it, or
-- read, with bounded time and memory; never a crash, never another file.
local suite, tried, parts, zip = require "suite", require "tried", require "parts", require "zip"
local check = suite.check
local number, text = parts.number, parts.text

local SECONDS, MEBIBYTES = 300, 200 -- 2 seconds are meant; a busy machine or a sanitizer has to fail no test

-- What measures, built beside the program; under a sanitizer memory says nothing.
local timed = tried.program:match("^(.*)/[^/]*$") .. "/tests/bench/bench_timed"
if not suite.read(timed) then timed = nil end
local sanitized = (suite.read((tried.program:gsub("[^/]*$", "CMakeCache.txt"))) or ""):find("-fsanitize", 1, true)

local cost = {} -- of each file, for XLSX_COST=1

-- Runs the program under a measure, of what it and its children cost: exit code (124: too long), output, messages.
local function run(name, words)
    local inner = ("STEELYARD_DATA=%s timeout %d %s %s >out 2>err </dev/null"):format(suite.quote(tried.data), SECONDS,
        suite.quote(tried.program), words)
    local command = inner
    if timed then command = ("%s result log sh -c %s"):format(suite.quote(timed), suite.quote(inner)) end
    local _, _, code = os.execute(("cd %s && rm -f result; %s"):format(suite.quote(tried.folder), command))
    local result = timed and suite.read(tried.folder .. "/result")
    if result then
        local wall, peak, exit = result:match("^(%S+) %S+ %S+ (%d+) (%d+)")
        wall, peak, code = tonumber(wall), tonumber(peak) / 1024, tonumber(exit)
        cost[#cost + 1] = { wall, peak, name }
        check(sanitized or peak <= MEBIBYTES, "%s: %d MiB at the peak", name, peak // 1)
    end
    check(code ~= 124, "%s: is not done after %d seconds", name, SECONDS)
    return code, suite.read(tried.folder .. "/out"), suite.read(tried.folder .. "/err")
end

-- What holds of each. `wanted`: "refused", "read", "either", or "whole": refused, or read as if nothing were wrong. Then
-- words of the message of a refusal, or of the output.
local function hostile(name, bytes, wanted, words)
    tried.write("data/x.xlsx", bytes)
    local code, out, err = run(name, "score . --format json")
    check(code == 0 or code == 3, "%s: exit code %s: %s", name, tostring(code), err:sub(1, 300))
    check(utf8.len(out) and utf8.len(err) and not err:find("[%z\1-\9\11-\31\127]"), "%s: no clean text", name)
    check(#err < 20000, "%s: %d bytes of messages", name, #err)
    if wanted == "read" or wanted == "refused" then
        check(code == (wanted == "read" and 0 or 3), "%s: exit code %s: %s", name, tostring(code), err:sub(1, 300))
    end
    if code == 3 then
        check(out == "", "%s: something was written", name)
        check(err:find("^steelyard: error: [^\n]*data/x%.xlsx[^\n]*\n$"), "%s: not one line that names the file: %s", name, err:sub(1, 400))
        check(not words or wanted ~= "refused" or err:find(words, 1, true), "%s: '%s' does not say '%s'", name, err:sub(1, 300),
            words or "")
    elseif code == 0 then
        for line in err:gmatch("[^\n]+") do
            check(line:find("^steelyard: "), "%s: a line that is no message: %s", name, line:sub(1, 200))
        end
        words = wanted == "whole" and '"score": 70,' or words
        check(not words or out:find(words, 1, true), "%s: '%s' is not there: %s", name, words or "", out:sub(-600))
    end
    check(not (out .. err):find("root:", 1, true), "%s: another file was read", name)
end

tried.evaluation { { "outcomes", "data/x.xlsx" } }

-- A workbook that is in order, in which one thing at a time is broken.
local HEADER = { text "fund", text "indicator", text "target", text "actual", text "weight" }
local ROW = { text "f", text "a.x", number(10), number(7, 1), number(100) }
local DATA = parts.rows { HEADER, ROW }
local GOOD = '"score": 70,'
local SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
local BOOK, LINKS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"

local function good_book()
    return { sheets = { { name = "S", xml = parts.sheet(DATA) } }, shared = parts.shared { "z" }, styles = parts.styles { "0" } }
end

-- The same with one part changed: by a function, to a text, to a part of an archive, or left out by false.
local function with(part, change)
    return parts.pack(good_book(), function(name, xml)
        if name ~= part then return nil end
        if type(change) == "function" then return (change(xml)) end
        return change
    end)
end

local function sheet(xml)
    return with(SHEET, parts.sheet(xml))
end

local good = with()
hostile("in order", good, "read", GOOD)
if not timed then print("memory is not measured: no tests/bench/bench_timed beside the program") end

-- Files that are no workbooks.
local OLE = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
local function utf16(words)
    return (words:gsub(".", "%0\0"))
end
hostile("empty", "", "refused")
hostile("text", "fund,indicator,target,actual,weight\nf,a.x,10,7,100\n", "refused")
hostile("one byte", "P", "refused")
hostile("zeros", ("\0"):rep(100000), "refused")
hostile("an .xls", OLE .. ("\0"):rep(504) .. utf16 "Workbook" .. ("\0"):rep(2000), "refused", "xls")
hostile("encrypted", OLE .. ("\0"):rep(504) .. utf16 "EncryptionInfo" .. ("\0"):rep(100) .. utf16 "EncryptedPackage" .. ("\0"):rep(2000),
    "refused", "password")
hostile("HTML", "<html><table><tr><td>fund</td></tr></table></html>", "refused")
hostile("an archive of nothing", zip.pack {}, "refused")
hostile("an archive without a workbook", zip.pack { zip.part("a.txt", "hello") }, "refused")
hostile("an .ods", zip.pack { zip.part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), zip.part("content.xml", "<a/>") },
    "refused")
hostile("a .docx", zip.pack { zip.part(TYPES, "<Types/>"), zip.part("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats' ..
    '.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/' ..
    'officeDocument" Target="word/document.xml"/></Relationships>'), zip.part("word/document.xml", "<w:document xmlns:w='w'/>") },
        "refused")
hostile("an .xlsb", with(LINKS, function(xml) return xml:gsub("sheet1%.xml", "sheet1.bin") end), "refused")

-- Cut off at every place, or with a byte turned: what is left is refused, or all is there.
for at = 1, #good - 1, math.max(1, #good // 60) do
    hostile("cut off at byte " .. at, good:sub(1, at), "refused")
end
for at = #good - 60, #good - 1, 3 do hostile("cut off at byte " .. at, good:sub(1, at), "refused") end
for at = 1, #good, math.max(1, #good // 120) do
    hostile("byte " .. at .. " turned", good:sub(1, at - 1) .. string.char(good:byte(at) ~ 0xFF) .. good:sub(at + 1), "whole")
end
hostile("rubbish before it", ("x"):rep(1000) .. good, "either")
hostile("rubbish behind it", good .. ("x"):rep(1000), "either")
hostile("a wrong sum", with(SHEET, zip.part(SHEET, parts.sheet(DATA), { crc = 1 })), "refused")
hostile("a size that is too small", with(SHEET, zip.part(SHEET, parts.sheet(DATA), { size = 10 })), "either")
hostile("a size that is too large", with(SHEET, zip.part(SHEET, parts.sheet(DATA), { size = 0x7FFFFFFF })), "either")
hostile("a part under a password", with(SHEET, zip.part(SHEET, parts.sheet(DATA), { flags = 0x801 })), "refused")
hostile("a method that nobody knows", with(SHEET, zip.part(SHEET, parts.sheet(DATA), { method = 77 })), "refused")
hostile("deflated rubbish", with(SHEET, zip.part(SHEET, "\xFF\xFF\xFF\xFF", { method = 8 })), "refused")

-- A figure that became another on the way: the sum of the part tells.
hostile("a figure turned, stored", (parts.pack(good_book(), function(name, xml) return zip.part(name, xml) end):gsub("<v>7</v>",
    "<v>9</v>")),
    "refused")

-- Each part gone, empty, another thing, or not well formed.
for _, part in ipairs { "_rels/.rels", BOOK, LINKS, SHEET } do
    hostile(part .. " gone", with(part, false), part == "_rels/.rels" and "whole" or "refused")
    hostile(part .. " empty", with(part, ""), "refused")
    hostile(part .. " a picture", with(part, "\137PNG\r\n\26\n" .. ("\0"):rep(1000)), "refused")
    hostile(part .. " cut off", with(part, function(xml) return xml:sub(1, #xml // 2) end), "refused")
    hostile(part .. " wrongly closed", with(part, function(xml) return xml:gsub("</(%w+)>%s*$", "</%1x>") end), "refused")
    hostile(part .. " not UTF-8", with(part, function(xml) return xml:gsub("%?>", "%0<!-- \xFF\xFE -->", 1) end), "refused")
    hostile(part .. " another element", with(part, "<html/>"), part == "_rels/.rels" and "whole" or "refused")
end
for _, part in ipairs { STRINGS, STYLES } do
    hostile(part .. " gone", with(part, false), "either")
    hostile(part .. " empty", with(part, ""), "either")
    hostile(part .. " a picture", with(part, "\137PNG\r\n\26\n" .. ("\0"):rep(1000)), "either")
    hostile(part .. " cut off", with(part, function(xml) return xml:sub(1, #xml // 2) end), "refused")
end
hostile("no content types", with(TYPES, false), "either")
hostile("wrong content types", with(TYPES, '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' ..
    '<Override PartName="/xl/workbook.xml" ContentType="image/png"/></Types>'), "either")
hostile("no strings and no styles", parts.pack({ sheets = good_book().sheets }), "read", GOOD)

-- Places that lead out of the archive, or round in a circle.
for _, target in ipairs { "../../etc/passwd", "/etc/passwd", "../../../../../../../../etc/passwd", "file:///etc/passwd",
    "http://example.invalid/sheet1.xml", "worksheets/sheet9.xml", "", ".", "..", "/", "worksheets/", "worksheets\\sheet1.xml",
    "workbook.xml", "_rels/workbook.xml.rels", ("../"):rep(10000) .. "x", ("a/"):rep(10000) .. "x", ("x"):rep(70000),
        "%2e%2e/%2e%2e/etc/passwd" } do
    hostile("target " .. target:sub(1, 40), parts.pack { sheets = { { name = "S", xml = parts.sheet(DATA), target = target } } }, "either")
end
hostile("an external target", parts.pack { sheets = { { name = "S", xml = parts.sheet(DATA), target = "file:///etc/passwd",
    mode = "External" } } },
    "refused")
hostile("an external target that is inside", parts.pack { sheets = { { name = "S", xml = parts.sheet(DATA), mode = "External" } } },
    "either")
do
    local list = { zip.part("../../etc/passwd", "root:x"), zip.part("/etc/passwd", "root:x"), zip.part("C:\\x", "x"), zip.part("", "x"),
        zip.part("xl/", ""), zip.part("a\0b", "x"), zip.part("\xFF\xFE", "x") }
    for _, part in ipairs(parts.book(good_book())) do list[#list + 1] = zip.part(part[1], part[2]) end
    hostile("names that lead out", zip.pack(list), "either")
    list = {}
    for _, part in ipairs(parts.book(good_book())) do
        list[#list + 1] = zip.part(part[1], part[2])
        list[#list + 1] = zip.part(part[1], part[1] == SHEET and parts.sheet(parts.rows { HEADER }) or part[2])
    end
    hostile("every name twice", zip.pack(list), "either")
end

-- Bombs: parts that are a thousand times larger than the file.
local ZEROS = 1 << 30
hostile("a sheet of 1 GiB of zeros", with(SHEET, zip.run(SHEET, "", "\0", ZEROS, "")), "refused")
hostile("a sheet of 1 GiB of blanks", with(SHEET, zip.run(SHEET, '<?xml version="1.0"?><worksheet>', " ", ZEROS, "</worksheet>")),
    "refused")
hostile("strings of 1 GiB of blanks", with(STRINGS, zip.run(STRINGS, "<sst>", " ", ZEROS, "</sst>")), "refused")
hostile("a string of 1 GiB", with(STRINGS, zip.run(STRINGS, "<sst><si><t>", "x", ZEROS, "</t></si></sst>")), "refused")
hostile("styles of 1 GiB", with(STYLES, zip.run(STYLES, "<styleSheet>", "<a/>", ZEROS // 4, "</styleSheet>")), "refused")
hostile("a workbook of 1 GiB", with(BOOK, zip.run(BOOK, "<workbook>", "<a/>", ZEROS // 4, "</workbook>")), "refused")
hostile("relationships of 1 GiB", with(LINKS, zip.run(LINKS, "<Relationships>", "<a/>", ZEROS // 4, "</Relationships>")), "refused")
hostile("a picture of 1 GiB that nothing reads", (function()
    local list = { zip.run("xl/media/image1.png", "", "\0", ZEROS, "") }
    for _, part in ipairs(parts.book(good_book())) do list[#list + 1] = zip.part(part[1], part[2]) end
    return zip.pack(list)
end)(), "either", GOOD)
hostile("a size that hides a bomb", with(SHEET, (function()
    local part = zip.run(SHEET, "<worksheet><sheetData>", "<row/>", ZEROS // 6, "</sheetData></worksheet>")
    part.size = 1000
    return part
end)()), "refused")
do
    local sheets = {}
    for n = 1, 42 do sheets[n] = { name = "S" .. n, xml = "" } end
    hostile("42 sheets of 100 MB", parts.pack({ sheets = sheets }, function(name)
        if not name:find("worksheets", 1, true) then return nil end
        return zip.run(name, "<worksheet><sheetData>", '<row r="1"/>', 100000000 // 12, "</sheetData></worksheet>")
    end), "either")
end

-- Entities: those of XML itself are all that there are.
local laughs = { '<!DOCTYPE x [<!ENTITY a0 "ha">' }
for n = 1, 30 do laughs[#laughs + 1] = ('<!ENTITY a%d "%s">'):format(n, ("&a%d;"):format(n - 1):rep(10)) end
laughs = table.concat(laughs) .. "]>"
local function behind_head(declaration, from, to)
    return function(xml) return (xml:gsub("%?>", function() return "?>" .. declaration end, 1):gsub(from, function() return to end, 1)) end
end
hostile("laughs in a sheet", with(SHEET, behind_head(laughs, "<t>fund</t>", "<t>&a30;</t>")), "refused")
hostile("laughs in the strings", with(STRINGS, behind_head(laughs, "<t>z</t>", "<t>&a30;</t>")), "refused")
hostile("laughs in the workbook", with(BOOK, behind_head(laughs, 'name="S"', 'name="&a30;"')), "refused")
hostile("a long entity many times", with(SHEET, behind_head('<!DOCTYPE x [<!ENTITY a "' .. ("x"):rep(100000) .. '">]>', "<t>fund</t>",
    "<t>" .. ("&a;"):rep(100000) .. "</t>")), "refused")
for name, declaration in pairs {
    ["a file"] = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        ["an address"] = '<!DOCTYPE x [<!ENTITY e SYSTEM "http://example.invalid/">]>',
    ["a parameter"] = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;<!ENTITY e "z">]>',
        ["itself"] = '<!DOCTYPE x [<!ENTITY e "&e;">]>' } do
    hostile("an entity of " .. name, with(SHEET, behind_head(declaration, "<t>fund</t>", "<t>&e;</t>")), "refused")
    hostile("an entity of " .. name .. " in the strings", with(STRINGS, behind_head(declaration, "<t>z</t>", "<t>&e;</t>")), "refused")
end
hostile("a DTD", with(SHEET, behind_head('<!DOCTYPE x SYSTEM "file:///etc/passwd">', "zzz", "")), "refused")
hostile("a harmless DTD", with(SHEET, behind_head("<!DOCTYPE worksheet>", "zzz", "")), "either")
hostile("an entity that is not declared", with(SHEET, behind_head("", "<t>fund</t>", "<t>&e;</t>")), "refused")

-- Sheets that are large without being long.
hostile("a million times the same row", with(SHEET, zip.run(SHEET, parts.sheet(DATA):match("^(.*)</sheetData>"), '<row r="3"/>', 1000000,
    "</sheetData></worksheet>")), "whole")
do
    local rows = {}
    for n = 3, 1048576 do rows[n - 2] = '<row r="' .. n .. '"/>' end
    hostile("a million empty rows", with(SHEET, zip.part(SHEET, (parts.sheet(DATA):gsub("</sheetData>", function(stop)
        return table.concat(rows) .. stop
    end)))), "read", GOOD)
end
hostile("a million rows without a number", with(SHEET, zip.run(SHEET, parts.sheet(DATA):match("^(.*)</sheetData>"), "<row/>", 1000000,
    "</sheetData></worksheet>")), "read", GOOD)
hostile("two million rows without a number", with(SHEET, zip.run(SHEET, parts.sheet(DATA):match("^(.*)</sheetData>"), "<row/>", 2000000,
    "</sheetData></worksheet>")), "refused")
hostile("a million empty cells in a row", with(SHEET, zip.run(SHEET, "<worksheet><sheetData><row>", "<c/>", 1000000,
    "</row></sheetData></worksheet>")), "refused")
local function beside(extra)
    return sheet((DATA:gsub("</sheetData>", extra .. "%0")))
end
hostile("a cell in the last corner", beside '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "read", GOOD)
hostile("a cell behind the last corner", beside '<row r="1048577"><c r="XFE1048577"><v>1</v></c></row>', "either")
hostile("only a cell in the last corner", sheet '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', "refused")
hostile("a header across all columns",
    sheet('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>fund</t></is></c><c r="XFD1" t="inlineStr">' ..
    "<is><t>indicator</t></is></c></row></sheetData>"), "either")
for _, place in ipairs { "A0", "0", "A", "1", "", "a5", "$A$5", "A5:B6", "AAAAAAAAAAAAAAAAAAAA5", "A99999999999999999999999", "A-5",
    "甲5", "A5 " } do
    hostile("a cell at '" .. place .. "'", beside(('<row r="5"><c r="%s"><v>1</v></c></row>'):format(place)), "either")
end
for _, place in ipairs { "0", "-1", "", "x", "1.5", "99999999999999999999999", "4294967297", "2147483648" } do
    hostile("a row at '" .. place .. "'", beside(('<row r="%s"><c><v>1</v></c></row>'):format(place)), "either")
end
hostile("rows backwards", beside '<row r="9"><c r="B9"><v>1</v></c></row><row r="5"><c r="B5"><v>1</v></c></row>', "either")
hostile("cells backwards", beside '<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>2</v></c></row>', "either")
hostile("a cell twice", beside '<row r="5"><c r="B5"><v>1</v></c><c r="B5"><v>2</v></c></row>', "either")
hostile("a row twice", beside '<row r="2"><c r="B2"><v>1</v></c></row>', "either")
hostile("a cell of another row", beside '<row r="5"><c r="B6"><v>1</v></c></row>', "either")
do
    local header, row = { HEADER[1], HEADER[2] }, { ROW[1], ROW[2] }
    for n = 3, 20000 do header[n], row[n] = text("c" .. n), number(n) end
    hostile("20,000 columns", sheet(parts.rows { header, row }), "either")
    header = { table.unpack(HEADER) }
    for n = 6, 16384 do header[n] = text("c" .. n) end
    hostile("16,384 columns", sheet(parts.rows { header, ROW }), "refused", "data/x.xlsx!S!")
end
for _, n in ipairs { 20000, 500000 } do
    local merges = { "<mergeCells>" }
    for i = 1, n do merges[i + 1] = ('<mergeCell ref="A%d:A%d"/>'):format(2 * i + 2, 2 * i + 3) end
    hostile(n .. " merged areas", with(SHEET, zip.part(SHEET, parts.sheet(DATA, table.concat(merges) .. "</mergeCells>"))),
        n == 20000 and "read" or "either", GOOD)
end
hostile("merged areas that are wide", with(SHEET, parts.sheet(DATA, "<mergeCells>" ..
    ('<mergeCell ref="A10:XFD10"/><mergeCell ref="A11:XFD12"/>'):rep(5000) .. "</mergeCells>")), "either")
hostile("one merged area over all", with(SHEET, parts.sheet(DATA, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')), "either")
for _, area in ipairs { "", "A1", "B2:A1", "A0:B0", "A1:", "x", "A1:B99999999999999", "A1:B2:C3" } do
    hostile("the merged area '" .. area .. "'", with(SHEET, parts.sheet(DATA,
        ('<mergeCells><mergeCell ref="%s"/></mergeCells>'):format(area))),
        "either")
end
hostile("merged areas across one another", with(SHEET, parts.sheet(DATA, "<mergeCells>" ..
    ('<mergeCell ref="C9:J20"/><mergeCell ref="A10:Z12"/>')
    :rep(20000) .. "</mergeCells>")), "either")

-- XML that never ends.
local AT = parts.sheet(DATA):match("^(.*)</sheetData>")
hostile("an endless attribute", with(SHEET, zip.run(SHEET, AT .. '<row r="', "9", 1 << 28, '"/></sheetData></worksheet>')), "refused")
hostile("an endless name", with(SHEET, zip.run(SHEET, AT .. "<", "a", 1 << 28, "/></sheetData></worksheet>")), "refused")
hostile("endless attributes", with(SHEET, zip.run(SHEET, AT .. "<row", ' xmlns:a="b"', 1 << 20, "/></sheetData></worksheet>")), "refused")
hostile("an endless comment", with(SHEET, zip.run(SHEET, AT .. "<!--", "a", 1 << 28, "--></sheetData></worksheet>")), "either")
hostile("an endless text", with(SHEET, zip.run(SHEET, AT .. '<row><c t="inlineStr"><is><t>', "a", 1 << 28,
    "</t></is></c></row></sheetData></worksheet>")), "refused")
hostile("an endless value", with(SHEET, zip.run(SHEET, AT .. "<row><c><v>", "1", 1 << 28, "</v></c></row></sheetData></worksheet>")),
    "refused")
hostile("an endless formula", with(SHEET, zip.run(SHEET, AT .. "<row><c><f>", "1+", 1 << 27, "</f></c></row></sheetData></worksheet>")),
    "either")
hostile("deep nesting", with(SHEET, zip.run(SHEET, AT, "<row>", 5000000, "")), "refused")
hostile("deep nesting that closes", with(SHEET, AT .. ("<x>"):rep(100000) .. ("</x>"):rep(100000) .. "</sheetData></worksheet>"), "either")
hostile("a rich text of a million runs", with(STRINGS, zip.run(STRINGS, "<sst><si>", "<r><t>a</t></r>", 1000000, "</si></sst>")), "either")
hostile("ten million strings", with(STRINGS, zip.run(STRINGS, "<sst>", "<si><t/></si>", 10000000, "</sst>")), "either")
hostile("a format that is long", with(STYLES, parts.styles { ('"x"0'):rep(100000) }), "either")
hostile("a million styles", with(STYLES, zip.run(STYLES, "<styleSheet><cellXfs>", '<xf numFmtId="14"/>', 1000000,
    "</cellXfs></styleSheet>")),
    "either")
for _, format in ipairs { '"', "[", "\\", "0;0;0;0;0;0", "[[[[", '0"', "[$", "[>", "_", "*", "General General", ";;;", "", "yyyy[",
    "E+E+", "%%%%%%%%", "0,,,,,,,,,,,,,,,,,," } do
    hostile("the format '" .. format .. "'", with(STYLES, parts.styles { format }), "either")
end

-- Places in lists that there are not.
local function cell_of(words)
    return beside("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>g</t></is></c><c r=\"B3\" t=\"inlineStr\"><is><t>a.x</t></is></c>" ..
        "<c r=\"C3\"><v>10</v></c><c r=\"D3\" " .. words .. "</c><c r=\"E3\"><v>100</v></c></row>")
end
for _, n in ipairs { "1", "-1", "999999999", "99999999999999999999", "x", "", "0.5", "4294967296" } do
    hostile("the string " .. n, cell_of(('t="s"><v>%s</v>'):format(n)), "either")
    hostile("the style " .. n, cell_of(('s="%s"><v>1</v>'):format(n)), "either")
end
for _, kind in ipairs { "q", "", "S", "inlineStr ", "date", ("s"):rep(10000) } do
    hostile("a cell of the type '" .. kind:sub(1, 20) .. "'", cell_of(('t="%s"><v>1</v>'):format(kind)), "either")
end
hostile("a day that is none", cell_of 't="d"><v>2019-13-45</v>', "either")
hostile("a boolean that is none", cell_of 't="b"><v>7</v>', "either")
for _, length in ipairs { 32767, 32768, 1000000 } do
    hostile("a string of " .. length, cell_of('t="inlineStr"><is><t>' .. ("长"):rep(length) .. "</t></is>"), "either")
end
for _, words in ipairs { "_xD83D_", "_xDE00__xD83D_", "_xFFFF_", "_x0000_", "_x0000__x001B_[31m", "_x202E_" } do
    hostile("the text " .. words, cell_of('t="inlineStr"><is><t>' .. words .. "</t></is>"), "either")
end

-- Books of very many sheets, or of none.
do
    local sheets = {}
    for n = 1, 50000 do sheets[n] = { name = "S" .. n, xml = parts.sheet(DATA) } end
    local one = zip.part("x", parts.sheet(DATA))
    hostile("50,000 sheets", parts.pack({ sheets = sheets }, function(name, xml)
        if name:find("worksheets/sheet", 1, true) then
            return { name = name, method = 0, packed = one.packed, size = one.size, crc = one.crc }
        end
        return zip.part(name, xml)
    end), "either")
end
hostile("no sheets", with(BOOK, function(xml) return xml:gsub("<sheets>.*</sheets>", "<sheets/>") end), "refused")
hostile("a sheet without a name", with(BOOK, function(xml) return xml:gsub(' name="S"', "") end), "either")
hostile("a sheet without a relationship", with(BOOK, function(xml) return xml:gsub(' r:id="rId1"', "") end), "refused")
hostile("a relationship that is not there", with(BOOK, function(xml) return xml:gsub("rId1", "rId99") end), "refused")
hostile("two sheets of a name", parts.pack { sheets = { { name = "S", xml = parts.sheet(DATA) }, { name = "S",
    xml = parts.sheet(DATA) } } }, "either")
hostile("a name with line ends", parts.pack { sheets = { { name = "a&#10;b&#9;c", xml = parts.sheet(DATA) } } }, "either")
hostile("a name with terminal codes", with(BOOK, function(xml) return xml:gsub('name="S"', 'name="a&#x9b;31mb&#x85;&#x202e;c"') end),
    "either")
hostile("a long name", parts.pack { sheets = { { name = ("长"):rep(20000), xml = parts.sheet(DATA) } } }, "either")

if os.getenv("XLSX_COST") then
    for column, unit in ipairs { "s", "MiB" } do
        table.sort(cost, function(a, b) return a[column] > b[column] end)
        for n = 1, 12 do print(("%8.2f %s  %s"):format(cost[n][column], unit, cost[n][3])) end
    end
end
