-- workbook.lua - .xlsx workbooks of any content, for tests: with the parts that a reader needs and no others.
local zip = require "zip"
local workbook = {}

-- An archive of parts, each { name, text }.
function workbook.zip(parts)
    local list = {}
    for n, part in ipairs(parts) do list[n] = zip.part(part[1], part[2]) end
    return zip.pack(list)
end

local function escape(text)
    return (text:gsub('[<>&"]', { ["<"] = "&lt;", [">"] = "&gt;", ["&"] = "&amp;", ['"'] = "&quot;" }))
end

local function letters(column)
    local text = ""
    while column > 0 do
        text = string.char(65 + (column - 1) % 26) .. text
        column = (column - 1) // 26
    end
    return text
end

function workbook.cell_name(row, column)
    return letters(column) .. row
end

-- A cell: text, a number, or { v = value, t = type, f = formula, format = number format's code }.
local function write_cell(place, cell, styles)
    if type(cell) == "string" then
        return ('<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'):format(place, escape(cell))
    elseif type(cell) ~= "table" then
        return ('<c r="%s"><v>%s</v></c>'):format(place, ("%.17g"):format(cell))
    end
    local formula = cell.f and "<f>" .. escape(cell.f) .. "</f>" or ""
    local value = cell.v == nil and "" or "<v>" .. escape(tostring(cell.v)) .. "</v>"
    local style = cell.format and (' s="%d"'):format(styles(cell.format)) or ""
    return ('<c r="%s"%s%s>%s%s</c>'):format(place, style, cell.t and ' t="' .. cell.t .. '"' or "", formula, value)
end

local function write_sheet(sheet, styles)
    local rows, merges = {}, {}
    for r = 1, sheet.rows.n or #sheet.rows do
        local row, cells, last = sheet.rows[r] or {}, {}, 0
        for c in pairs(row) do last = math.max(last, c) end
        for c = 1, last do
            if row[c] ~= nil and row[c] ~= "" then
                cells[#cells + 1] = write_cell(workbook.cell_name(r, c), row[c], styles)
            end
        end
        local hidden = sheet.hidden_rows and sheet.hidden_rows[r] and ' hidden="1"' or ""
        rows[#rows + 1] = ('<row r="%d"%s>%s</row>'):format(r, hidden, table.concat(cells))
    end
    for _, range in ipairs(sheet.merges or {}) do merges[#merges + 1] = ('<mergeCell ref="%s"/>'):format(range) end
    return '<?xml version="1.0" encoding="UTF-8"?><worksheet ' ..
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' .. (sheet.before or "") .. "<sheetData>" ..
        table.concat(rows) .. "</sheetData>" ..
        (#merges > 0 and "<mergeCells>" .. table.concat(merges) .. "</mergeCells>" or "") .. "</worksheet>"
end

local function write_styles(codes)
    local formats, cells = {}, { '<xf numFmtId="0"/>' }
    for i, code in ipairs(codes) do
        formats[i] = ('<numFmt numFmtId="%d" formatCode="%s"/>'):format(163 + i, escape(code))
        cells[i + 1] = ('<xf numFmtId="%d" applyNumberFormat="1"/>'):format(163 + i)
    end
    return '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>' ..
        table.concat(formats) .. "</numFmts><cellXfs>" .. table.concat(cells) .. "</cellXfs></styleSheet>"
end

local RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

local function write_relations(list)
    local out = {}
    for i, r in ipairs(list) do
        out[i] = ('<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>'):format(i, RELATIONS, r[1], r[2])
    end
    return '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' ..
        table.concat(out) .. "</Relationships>"
end

-- The parts of a workbook. sheets: a list of { name, rows = { { cell, … }, … }, hidden, hidden_rows = { [row] = true },
-- merges = { "A1:B2" }, before = "<cols>…" }; options: date1904, recalculates.
function workbook.parts(sheets, options)
    local codes, known, list, names, parts = {}, {}, {}, {}, {}
    local function styles(code)
        if not known[code] then
            codes[#codes + 1] = code
            known[code] = #codes
        end
        return known[code]
    end
    options = options or {}
    for i, sheet in ipairs(sheets) do
        parts[i] = { ("xl/worksheets/sheet%d.xml"):format(i), write_sheet(sheet, styles) }
        list[i] = { "worksheet", ("worksheets/sheet%d.xml"):format(i) }
        names[i] = ('<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>'):format(escape(sheet.name or "Sheet" .. i), i,
            sheet.hidden and ' state="hidden"' or "", i)
    end
    list[#list + 1] = { "styles", "styles.xml" }
    parts[#parts + 1] = { "xl/styles.xml", write_styles(codes) }
    parts[#parts + 1] = { "xl/_rels/workbook.xml.rels", write_relations(list) }
    parts[#parts + 1] = { "xl/workbook.xml",
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="' .. RELATIONS .. '">' ..
        (options.date1904 and '<workbookPr date1904="1"/>' or "") .. "<sheets>" .. table.concat(names) .. "</sheets>" ..
        (options.recalculates and '<calcPr fullCalcOnLoad="1"/>' or "") .. "</workbook>" }
    parts[#parts + 1] = { "_rels/.rels", write_relations { { "officeDocument", "xl/workbook.xml" } } }
    return parts
end

function workbook.make(sheets, options)
    return workbook.zip(workbook.parts(sheets, options))
end

return workbook
