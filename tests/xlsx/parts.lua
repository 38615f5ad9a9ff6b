-- parts.lua - the parts of a workbook as XML written by hand, for make_raw.lua and hostile.lua: nothing is checked, so
-- that everything can be wrong.
local zip = require "zip"
local parts = {}

local HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
local MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
local OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
local PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
local KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."

function parts.escape(text)
    return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

-- A, B, … Z, AA, …
function parts.letters(column)
    local text = ""
    while column > 0 do
        text = string.char(65 + (column - 1) % 26) .. text
        column = (column - 1) // 26
    end
    return text
end

-- Cells as XML; `format` is the place of a style, from 0.
function parts.text(text)
    return { 't="inlineStr"', "<is><t>" .. parts.escape(text) .. "</t></is>" }
end

function parts.number(value, format)
    return { format and ('s="%d"'):format(format) or "", ("<v>%s</v>"):format(value) }
end

-- A cell of any kind: its attributes but for the place, and what it holds.
function parts.cell(attributes, inside)
    return { attributes, inside }
end

-- Rows of cells (false where there is none) as <sheetData>; row numbers from `first`. `hidden`: numbers of hidden rows.
function parts.rows(rows, first, hidden)
    local list = {}
    for r, row in ipairs(rows) do
        r = r + (first or 1) - 1
        list[#list + 1] = ('<row r="%d"%s>'):format(r, hidden and hidden[r] and ' hidden="1"' or "")
        for c, cell in ipairs(row) do
            if cell then
                list[#list + 1] = ('<c r="%s%d"%s>%s</c>'):format(parts.letters(c), r,
                    cell[1] ~= "" and " " .. cell[1] or "", cell[2])
            end
        end
        list[#list + 1] = "</row>"
    end
    return "<sheetData>" .. table.concat(list) .. "</sheetData>"
end

function parts.sheet(data, behind)
    return HEAD .. ('<worksheet xmlns="%s" xmlns:r="%s">%s%s</worksheet>'):format(MAIN, OFFICE, data, behind or "")
end

-- `items`: texts, or the inside of <si> where it begins with a mark.
function parts.shared(items)
    local list = {}
    for n, item in ipairs(items) do
        list[n] = "<si>" .. (item:find("^<") and item or "<t>" .. parts.escape(item) .. "</t>") .. "</si>"
    end
    return HEAD .. ('<sst xmlns="%s" count="%d" uniqueCount="%d">%s</sst>'):format(MAIN, #items, #items, table.concat(list))
end

-- `formats`: codes, or numbers of built-in ones; the style n is the format n, 0 is General.
function parts.styles(formats)
    local codes, styles = {}, { '<xf numFmtId="0"/>' }
    for n, format in ipairs(formats) do
        local id = format
        if type(format) == "string" then
            id = 175 + n
            codes[#codes + 1] = ('<numFmt numFmtId="%d" formatCode="%s"/>'):format(id, parts.escape(format))
        end
        styles[#styles + 1] = ('<xf numFmtId="%d" applyNumberFormat="1"/>'):format(id)
    end
    return HEAD .. ('<styleSheet xmlns="%s">%s<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>' ..
        '<cellXfs count="%d">%s</cellXfs></styleSheet>'):format(MAIN,
        #codes > 0 and ('<numFmts count="%d">%s</numFmts>'):format(#codes, table.concat(codes)) or "", #styles,
        table.concat(styles))
end

local function relationships(list)
    local lines = {}
    for n, one in ipairs(list) do
        lines[n] = ('<Relationship Id="%s" Type="%s" Target="%s"%s/>'):format(one.id, one.type, parts.escape(one.target),
            one.mode and ' TargetMode="' .. one.mode .. '"' or "")
    end
    return HEAD .. ('<Relationships xmlns="%srelationships">%s</Relationships>'):format(PACKAGE, table.concat(lines))
end

local function content_types(sheets, book)
    local lines = {}
    for n in ipairs(sheets) do
        lines[n] = ('<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>'):format(n, KIND)
    end
    return HEAD .. ('<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-' ..
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName=' ..
        '"/xl/workbook.xml" ContentType="%ssheet.main+xml"/>%s%s%s</Types>'):format(PACKAGE, KIND, table.concat(lines),
        book.shared and '<Override PartName="/xl/sharedStrings.xml" ContentType="' .. KIND .. 'sharedStrings+xml"/>' or "",
        book.styles and '<Override PartName="/xl/styles.xml" ContentType="' .. KIND .. 'styles+xml"/>' or "")
end

-- The parts of a workbook, by name and in order: { name, text }. book.sheets: { name, xml, state }; book.shared,
-- book.styles: XML; book.properties: attributes of <workbookPr>; book.target: what a sheet's target is.
function parts.book(book)
    local sheets, links, files = {}, {}, {}
    for n, sheet in ipairs(book.sheets) do
        local target = ("worksheets/sheet%d.xml"):format(n)
        sheets[n] = ('<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>'):format(parts.escape(sheet.name), n,
            sheet.state and ' state="' .. sheet.state .. '"' or "", n)
        links[n] = { id = "rId" .. n, type = OFFICE .. "/worksheet", target = sheet.target or (book.target or "") .. target,
            mode = sheet.mode }
        files[n] = { "xl/" .. target, sheet.xml }
    end
    for _, kind in ipairs { "shared", "styles" } do
        local name = kind == "shared" and "sharedStrings" or kind
        if book[kind] then
            links[#links + 1] = { id = "rId" .. #links + 1, type = OFFICE .. "/" .. name,
                target = (book.target or "") .. name .. ".xml" }
            files[#files + 1] = { "xl/" .. name .. ".xml", book[kind] }
        end
    end
    local list = {
        { "[Content_Types].xml", content_types(book.sheets, book) },
        { "_rels/.rels", relationships { { id = "rId1", type = OFFICE .. "/officeDocument",
            target = book.main or "xl/workbook.xml" } } },
        { "xl/workbook.xml", HEAD .. ('<workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets></workbook>'):format(MAIN,
            OFFICE, book.properties and "<workbookPr " .. book.properties .. "/>" or "", table.concat(sheets)) },
        { "xl/_rels/workbook.xml.rels", relationships(links) },
    }
    return table.move(files, 1, #files, #list + 1, list)
end

-- The same as an archive; `change` may give another text, a part of zip.lua, or false to leave a part out.
function parts.pack(book, change)
    local list = {}
    for _, part in ipairs(parts.book(book)) do
        local name, text = part[1], part[2]
        local changed = change and change(name, text)
        if changed == nil then changed = text end
        if changed then
            list[#list + 1] = type(changed) == "string" and zip.deflated(name, changed) or changed
        end
    end
    return zip.pack(list)
end

-- Records of a CSV file, each a list of cells; quotes may hold commas, line ends and doubled quotes. Then the line at
-- which each begins.
function parts.csv(text)
    local records, lines, record, at, from, line = {}, {}, {}, 1, 1, 1
    while at <= #text do
        local cell, stop = text:match('^([^",\r\n]*)()', at)
        if text:sub(at, at) == '"' then
            cell, stop = "", at
            repeat
                local inside, after = text:match('^"([^"]*)"()', stop)
                cell, stop = cell .. inside, after
                local again = text:sub(stop, stop) == '"'
                if again then cell = cell .. '"' end
            until not again
        end
        record[#record + 1] = cell
        at = stop + 1
        if text:sub(stop, stop) ~= "," then
            records[#records + 1], lines[#lines + 1], record = record, line, {}
            if text:sub(stop, stop + 1) == "\r\n" then at = at + 1 end
            local _, ends = text:sub(from, at - 1):gsub("\n", "")
            from, line = at, line + ends
        end
    end
    return records, lines
end

return parts
