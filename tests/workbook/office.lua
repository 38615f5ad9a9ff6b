-- office.lua - LibreOffice without a window: opens a file, computes every formula anew, and saves it as something else.
local suite = require "suite"
local office = {}

local SETTINGS = [[<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
]]

-- Comma, quotes, UTF-8, cells as they are and not as they are shown, every sheet.
local CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"

local profile

-- Converts files of a folder; what LibreOffice says, and whether it went well.
function office.convert(format, to, ...)
    if not profile then
        profile = suite.folder()
        suite.write(profile .. "/user/registrymodifications.xcu", SETTINGS)
    end
    local words = {
        "LC_ALL=C.UTF-8 timeout 120 soffice", "-env:UserInstallation=file://" .. profile,
        "--headless --convert-to", suite.quote(format), "--outdir", suite.quote(to),
    }
    for _, path in ipairs { ... } do words[#words + 1] = suite.quote(path) end
    return suite.capture(table.concat(words, " ") .. " 2>&1 </dev/null")
end

local function parse(text)
    local rows, row, at = {}, {}, 1
    while at <= #text do
        local cell
        if text:sub(at, at) == '"' then
            local pieces = {}
            at = at + 1
            while true do
                local stop = assert(text:find('"', at, true))
                pieces[#pieces + 1] = text:sub(at, stop - 1)
                at = stop + 1
                if text:sub(at, at) ~= '"' then break end
                pieces[#pieces + 1] = '"'
                at = at + 1
            end
            cell = table.concat(pieces)
        else
            local stop = text:find("[,\n]", at) or #text + 1
            cell, at = text:sub(at, stop - 1), stop
        end
        row[#row + 1] = cell
        if text:sub(at, at) == "\n" then
            rows[#rows + 1], row = row, {}
        end
        at = at + 1
    end
    if #row > 0 then rows[#rows + 1] = row end
    return rows
end

-- The sheets of a workbook, computed anew: rows of cells by the sheet's name.
function office.sheets(path)
    local folder = suite.folder()
    local said = office.convert(CSV, folder, path)
    local stem, sheets, any = path:match("([^/]+)%.%w+$"), {}, false
    for file in suite.capture("ls " .. suite.quote(folder)):gmatch("[^\n]+") do
        local name = file:sub(#stem + 2, -5)
        sheets[name] = parse((suite.read(folder .. "/" .. file):gsub("\r\n", "\n")))
        any = true
    end
    suite.check(any, "LibreOffice made nothing of %s: %s", path, said)
    return sheets
end

-- Changes cells of a workbook's sheet, which is a number: { F12 = 30 }. The sheets are counted from 1.
function office.change(path, to, changes)
    local folder = suite.folder()
    assert(os.execute(("cd %s && unzip -q %s"):format(suite.quote(folder), suite.quote(path))))
    for sheet, cells in pairs(changes) do
        local file = ("%s/xl/worksheets/sheet%d.xml"):format(folder, sheet)
        local xml = suite.read(file)
        for cell, value in pairs(cells) do
            local n
            xml, n = xml:gsub('(<c r="' .. cell .. '"[^>]*><v>)[^<]*(</v>)', "%1" .. value .. "%2")
            suite.check(n == 1, "%s of sheet %d is no number", cell, sheet)
        end
        suite.write(file, xml)
    end
    os.remove(to)
    assert(os.execute(("cd %s && zip -q -r %s ."):format(suite.quote(folder), suite.quote(to))))
end

return office
