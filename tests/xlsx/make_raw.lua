-- make_raw.lua - workbooks as no library here writes them, by hand: as WPS, strict writers, .NET and Java programs do.
--
--     lua5.4 tests/xlsx/make_raw.lua FOLDER
--
-- Writes FOLDER/*.xlsx, always the same bytes. form_*.xlsx have the figures of expected/form.csv, the others those of the
-- CSV file of their name.
package.path = "tests/lib/?.lua;tests/xlsx/?.lua;" .. package.path
local parts, suite, zip = require "parts", require "suite", require "zip"
local folder = assert(arg[1], "make_raw.lua FOLDER")
local number, text, cell = parts.number, parts.text, parts.cell

local function rows_of(name)
    return parts.csv(suite.read("tests/xlsx/expected/" .. name .. ".csv"))
end

local function save(name, bytes)
    suite.write(("%s/%s.xlsx"):format(folder, name), bytes)
end

-- What an office has as numbers in the form: the cell, what is stored, the format of it.
local FORMATS = { "#,##0.00", '"≥"0"人次"', '"≥"0%', "0%", 'yyyy"年"m"月"d"日"', '"≤"0"万元"', '0.00"万元"', '"="0%', "0.0%" }
local FORM = {
    E4 = { "387664.62", 1 }, F4 = { "387664.62", 1 }, E5 = { "387664.62", 1 }, F5 = { "387664.62", 1 },
    E6 = { "735", 2 }, F6 = { "735", 0 }, E8 = { "1", 3 }, F8 = { "1", 4 }, F9 = { "44915", 5 },
    E10 = { "0.94999999999999996", 3 }, F10 = { "0.92349999999999999", 4 }, E11 = { "40", 6 }, F11 = { "38.770000000000003", 7 },
    E13 = { "1", 8 }, F13 = { "0.97999999999999998", 4 }, E14 = { "1", 3 }, F14 = { "1", 4 },
    E15 = { "0.94999999999999996", 3 }, F15 = { "1", 9 }, E16 = { "0.94999999999999996", 3 }, F16 = { "0.995", 9 },
}

-- The rows of the form. `make(words)`: a text as a cell; `gap`: what stands where there is none; `days`: of the epoch.
local function form_rows(make, gap, days)
    local rows = {}
    for r, record in ipairs(rows_of("form")) do
        rows[r] = {}
        for c, words in ipairs(record) do
            local stored = FORM[parts.letters(c) .. r]
            if stored then
                local value = stored[2] == 5 and ("%d"):format(stored[1] - (days or 0)) or stored[1]
                rows[r][c] = number(value, stored[2])
            elseif r > 3 and (c == 4 or c == 7) and tonumber(words) then
                rows[r][c] = number(words)
            else
                rows[r][c] = words ~= "" and make(words) or gap
            end
        end
    end
    return rows
end

-- Texts as places in a list that grows.
local function new_shared()
    local list, places = {}, {}
    return list, function(words)
        if not places[words] then
            list[#list + 1] = words
            places[words] = #list - 1
        end
        return cell('t="s"', ("<v>%d</v>"):format(places[words]))
    end
end

local MERGED = '<mergeCells count="10"><mergeCell ref="A1:H1"/><mergeCell ref="A2:H2"/><mergeCell ref="A4:B4"/>' ..
    '<mergeCell ref="A6:A11"/><mergeCell ref="B6:B7"/><mergeCell ref="B9:B10"/><mergeCell ref="A12:A14"/>' ..
    '<mergeCell ref="A15:A16"/><mergeCell ref="B15:B16"/><mergeCell ref="A17:C17"/></mergeCells>'
local STYLES = parts.styles(FORMATS)

local function form_book(properties, days)
    local list, make = new_shared()
    local data = parts.rows(form_rows(make, false, days))
    return { sheets = { { name = "自评表", xml = parts.sheet(data, MERGED) } }, shared = parts.shared(list), styles = STYLES,
        properties = properties }
end

-- As WPS: targets from the root, empty cells with a style, further namespaces, extensions behind the data. The formats of
-- rows and columns are for cells that are not there.
local function wps()
    local list, make = new_shared()
    local data = parts.rows(form_rows(make, cell('s="1"', "")))
    local xml = parts.sheet(data:gsub('<row r="(%d+)"', '<row r="%1" spans="1:8" s="4" customFormat="1" ht="18" ' ..
        'customHeight="1" x14ac:dyDescent="0.2"'), MERGED .. '<phoneticPr fontId="2" type="noConversion"/><pageMargins ' ..
        'left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/><extLst><ext uri="{x}"><etc:row ' ..
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" r="99"><etc:c r="A99"/></etc:row></ext></extLst>')
    xml = xml:gsub("<sheetData>", '<sheetPr><tabColor rgb="FFFF0000"/></sheetPr><dimension ref="A1"/><sheetViews>' ..
        '<sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultColWidth="9" ' ..
        'defaultRowHeight="13.5"/><cols><col min="1" max="8" width="12" style="4"/></cols>%0')
    xml = xml:gsub("<worksheet ", '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' ..
        'mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ')
    save("form_wps", parts.pack { target = "/xl/", main = "/xl/workbook.xml", sheets = { { name = "自评表", xml = xml } },
        shared = parts.shared(list), styles = STYLES })
end

-- No styles, no shared strings, no dimension: all is text in place.
local function plain()
    local rows = {}
    for r, record in ipairs(rows_of("form")) do
        rows[r] = {}
        for c, words in ipairs(record) do rows[r][c] = words ~= "" and text(words) end
    end
    save("form_plain", parts.pack { sheets = { { name = "自评表", xml = parts.sheet(parts.rows(rows)) } } })
end

-- Neither rows nor cells say where they stand.
local function unplaced()
    local list, make = new_shared()
    local data = parts.rows(form_rows(make, cell("", "")))
    data = data:gsub('<row r="%d+"', "<row"):gsub('<c r="%u+%d+"', "<c")
    save("form_unplaced", parts.pack { sheets = { { name = "自评表", xml = parts.sheet(data, MERGED) } },
        shared = parts.shared(list), styles = STYLES })
end

-- Every element with a prefix, attributes in another order and other quotes.
local function prefixed()
    save("form_prefixed", parts.pack(form_book(), function(name, xml)
        if name == "[Content_Types].xml" then return nil end
        return (xml:gsub("<(/?)(%a)", "<%1x:%2"):gsub("xmlns=", "xmlns:x="):gsub('<x:c (r="[^"]*") ([^>]-)(/?)>',
            function(place, rest, stop) return ("<x:c %s  %s %s>"):format(rest:gsub('"', "'"), place, stop) end))
    end))
end

-- With a mark of UTF-8 first, each element on a line of its own; formats of the kinds that a cell never has.
local function indented()
    save("form_indented", parts.pack(form_book(), function(_, xml)
        xml = xml:gsub("><", ">\r\n  <"):gsub("</cellXfs>", '%0<cellStyles count="1">' ..
            '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><numFmt numFmtId="176" ' ..
            'formatCode="0%%"/></dxf></dxfs>')
        return "\xEF\xBB\xBF" .. xml
    end))
end

-- ISO 29500 strict: other namespaces.
local function strict()
    save("form_strict", parts.pack(form_book(), function(_, xml)
        xml = xml:gsub("http://schemas%.openxmlformats%.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main"):gsub(
            "http://schemas%.openxmlformats%.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships")
        return (xml:gsub("<workbook ", '<workbook conformance="strict" '))
    end))
end

-- Parts in other places under other names, targets with `..`.
local function places()
    local moved = { ["xl/workbook.xml"] = "office/Book One.xml", ["xl/_rels/workbook.xml.rels"] = "office/_rels/Book One.xml.rels",
        ["xl/worksheets/sheet1.xml"] = "data/first.xml", ["xl/sharedStrings.xml"] = "texts.xml", ["xl/styles.xml"] = "office/s.xml" }
    local list = {}
    for _, part in ipairs(parts.book(form_book())) do
        local xml = part[2]:gsub('Target="xl/workbook.xml"', 'Target="office/Book One.xml"'):gsub(
            'Target="worksheets/sheet1.xml"', 'Target="../data/first.xml"'):gsub('Target="sharedStrings.xml"',
            'Target="/texts.xml"'):gsub('Target="styles.xml"', 'Target="./s.xml"')
        for from, to in pairs(moved) do xml = xml:gsub('PartName="/' .. from:gsub("%p", "%%%0") .. '"', 'PartName="/' .. to .. '"') end
        list[#list + 1] = zip.part(moved[part[1]] or part[1], xml)
    end
    save("form_places", zip.pack(list))
end

-- The rows and texts in UTF-16, either order of bytes.
local function utf16()
    local turn = { ["xl/worksheets/sheet1.xml"] = "<I2", ["xl/sharedStrings.xml"] = ">I2" }
    save("form_utf16", parts.pack(form_book(), function(name, xml)
        if not turn[name] then return nil end
        local units = { string.pack(turn[name], 0xFEFF) }
        for _, code in utf8.codes((xml:gsub('encoding="UTF%-8"', 'encoding="UTF-16"'))) do
            units[#units + 1] = string.pack(turn[name], code)
        end
        return table.concat(units)
    end))
end

-- The formats of expected/formats.csv, values as Excel writes them: 17 digits.
local function formats()
    local rows, codes = {}, {}
    for r, record in ipairs(rows_of("formats")) do
        rows[r] = {}
        for c, words in ipairs(record) do rows[r][c] = text(words) end
        if r > 1 then
            codes[#codes + 1] = record[6]
            rows[r][3], rows[r][4] = number(record[5], #codes), number(record[4])
        end
    end
    save("formats_raw", parts.pack { sheets = { { name = "Sheet1", xml = parts.sheet(parts.rows(rows)) } },
        styles = parts.styles(codes) })
end

-- Formats that a workbook has by number alone, and days of the epoch of 1904.
local function builtin(name, days, properties)
    local rows, codes = {}, {}
    for r, record in ipairs(rows_of(name)) do
        rows[r] = {}
        for c, words in ipairs(record) do rows[r][c] = text(words) end
        if r > 1 then
            codes[#codes + 1] = tonumber(record[6]) or record[6]
            rows[r][3], rows[r][4] = number(tostring(math.tointeger(tonumber(record[5])) and
                ("%d"):format(record[5] - days) or record[5]), #codes), number(record[4])
        end
    end
    save(name .. "_raw", parts.pack { sheets = { { name = "Sheet1", xml = parts.sheet(parts.rows(rows)) } },
        styles = parts.styles(codes), properties = properties })
end

-- Cells of every type; `<` begins the inside of an <si>.
local STRINGS = {
    ["kind.shared"] = "s:共享字符串",
    ["kind.number_in_text"] = "s:007",
    ["kind.empty_shared"] = "s:<!-- none -->",
    ["kind.rich"] = "s:<r><rPr><b/><sz val=\"11\"/></rPr><t>达成</t></r><r><t>预期指标</t></r>",
    ["kind.phonetic"] = "s:<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>とうきょう</t></rPh><phoneticPr fontId=\"1\"/>",
    ["kind.rich_phonetic"] = "s:<r><t>東</t></r><r><t>京</t></r><rPh sb=\"0\" eb=\"1\"><t>とう</t></rPh><rPh sb=\"1\" eb=\"2\">" ..
        "<t>きょう</t></rPh>",
    ["kind.inline"] = { 't="inlineStr"', "<is><t>写在格内</t></is>" },
    ["kind.inline_rich"] = { 't="inlineStr"', "<is><r><t>写在</t></r><r><rPr><i/></rPr><t>格内</t></r></is>" },
    ["kind.inline_phonetic"] = { 't="inlineStr"', "<is><t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>かんじ</t></rPh></is>" },
    ["kind.inline_empty"] = { 't="inlineStr"', "<is/>" },
    ["kind.formula_text"] = { 't="str"', "<f>A1&amp;\"x\"</f><v>公式文本</v>" },
    ["kind.formula_empty_text"] = { 't="str"', "<f>IF(TRUE,\"\")</f><v></v>" },
    ["kind.formula_number"] = { "", "<f>5+7</f><v>12</v>" },
    ["kind.formula_shared"] = { "", '<f t="shared" si="0"/><v>13.5</v>' },
    ["kind.formula_array"] = { "", '<f t="array" ref="C13">SUM(A1:A2*B1:B2)</f><v>14</v>' },
    ["kind.formula_true"] = { 't="b"', "<f>1=1</f><v>1</v>" },
    ["kind.true"] = { 't="b"', "<v>1</v>" },
    ["kind.false"] = { 't="b"', "<v>0</v>" },
    ["kind.number"] = { 't="n"', "<v>12.5</v>" },
    ["kind.exponent"] = { "", "<v>1.25E2</v>" },
    ["kind.small_exponent"] = { "", "<v>1E-3</v>" },
    ["kind.large_exponent"] = { "", "<v>1.2E+7</v>" },
    ["kind.day"] = { 't="d" s="1"', "<v>2019-05-21</v>" },
    ["kind.day_and_time"] = { 't="d" s="1"', "<v>2019-05-21T00:00:00</v>" },
    ["kind.empty_value"] = { 's="1"', "<v/>" },
    ["kind.nothing"] = { 's="1"', "" },
    ["text.preserved"] = "s:<t xml:space=\"preserve\">  有  效  </t>",
    ["text.entities"] = "s:<t>A&amp;B &lt;C&gt; &#x4E2D;&quot;</t>",
    ["text.cdata"] = "s:<t><![CDATA[a<b&c]]></t>",
    ["text.comment"] = "s:<t>有<!-- x -->效</t>",
    ["text.instruction"] = "s:<t>有<?x y?>效</t>",
    ["text.escaped"] = "s:<t>_x4E2D_文</t>",
    ["text.escaped_lower"] = "s:<t>_x4e2d_文</t>",
    ["text.escaped_pair"] = "s:<t>_xD83D__xDE00_</t>",
    ["text.underscore"] = "s:<t>_x005F_x000D_</t>",
    ["text.no_escape"] = "s:<t>_x00D_ _xZZZZ_ x000D_</t>",
    ["text.beyond_16_bits"] = "s:<t>😀𠮷</t>",
    ["text.formula_escape"] = { 't="str"', "<f>A1</f><v>甲_x4E59_</v>" },
    ["text.inline_escape"] = { 't="inlineStr"', "<is><t>甲_x4E59_</t></is>" },
    ["text.line_end"] = "s:<t>第一行&#10;第二行</t>",
    ["text.return"] = "s:<t>第一行_x000D_\n第二行</t>",
}

local function strings()
    local list, make = new_shared()
    local rows = {}
    for r, record in ipairs(rows_of("strings")) do
        local made = r > 1 and assert(STRINGS[record[2]], record[2])
        if type(made) == "string" then made = make(made:sub(3)) end
        rows[r] = { make(record[1]), make(record[2]), made or make(record[3]), r > 1 and number(record[4]) or make(record[4]) }
    end
    save("strings_raw", parts.pack { sheets = { { name = "Sheet1", xml = parts.sheet(parts.rows(rows)) } },
        shared = parts.shared(list), styles = parts.styles { 14 } })
end

wps()
plain()
unplaced()
prefixed()
indented()
strict()
places()
utf16()
save("form_1904", parts.pack(form_book('date1904="1"', 1462)))
formats()
builtin("builtin", 0)
builtin("builtin1904", 1462, 'date1904="true"')
strings()
