-- office.lua - what the parts share: the program in a folder of its own, what LibreOffice reads in a document, its parts.
local suite = require "suite"
local office = { folder = suite.folder(), data = os.getenv("STEELYARD_DATA") or suite.absolute(".") }
local quote, check = suite.quote, suite.check

function office.write(name, text)
    suite.write(office.folder .. "/" .. name, text)
end

function office.read(name)
    return suite.read(office.folder .. "/" .. name)
end

-- Exit code, output, messages of a command in the folder, and folders that it left in /tmp: their names hold the number of
-- the process. `env`: words for env(1).
function office.run(words, env)
    local script = ("cd %s || exit 99\nexec env STEELYARD_DATA=%s %s %s %s <&- >out 2>err"):format(quote(office.folder),
        quote(office.data), env or "A=a", quote(office.program), words):gsub("<&%-", "</dev/null")
    office.write("script", "echo $$ >pid\n" .. script)
    local _, kind, code = os.execute(("cd %s && sh script"):format(quote(office.folder)))
    if kind == "signal" then code = 128 + code end
    return code, office.read("out"), office.read("err"), office.left()
end

function office.left()
    local pid = office.read("pid"):match("%d+")
    return (suite.capture("ls -d /tmp/steelyard-docx-" .. pid .. "-* 2>/dev/null"))
end

-- A document of a report; fails the test where there is none. `words`: command and evaluation.
function office.make(name, words, env)
    local code, _, err, left = office.run(words .. " -q -o " .. name, env)
    check(code == 0, "%s: exit code %s: %s", name, tostring(code), err)
    check(left == "", "%s: left %s", name, left)
    local bytes = office.read(name)
    return check(bytes and bytes:sub(1, 4) == "PK\3\4", "%s: no document", name) and bytes or nil
end

-- What LibreOffice reads in it, as lines: a cell or paragraph each. It also has to make pages of it.
function office.lines(name)
    local home = office.folder .. "/office"
    local command = "cd %s && soffice --headless -env:UserInstallation=file://%s --convert-to %s %s >lo 2>&1"
    for _, kind in ipairs { '"txt:Text (encoded):UTF8"', "pdf" } do
        check(os.execute(command:format(quote(office.folder), home, kind, name)), "LibreOffice does not open %s: %s", name,
            office.read("lo"))
    end
    local pdf = office.read(name:gsub("docx$", "pdf"))
    check(pdf and pdf:sub(1, 5) == "%PDF-" and #pdf > 5000, "%s: no pages", name)
    local text = (office.read(name:gsub("docx$", "txt")) or ""):gsub("^\239\187\191", ""):gsub("\r", "")
    local lines = {}
    for line in text:gmatch("[^\n]*") do lines[#lines + 1] = line end
    return lines, text
end

-- The parts of a document by name, and how many.
function office.parts(name)
    local folder, parts, n = office.folder .. "/parts-" .. name, {}, 0
    assert(os.execute(("rm -rf %s && mkdir %s && cd %s && cmake -E tar xf ../%s"):format(quote(folder), quote(folder),
        quote(folder), name)))
    for path in suite.capture("cd " .. quote(folder) .. " && find . -type f"):gmatch("%./([^\n]+)") do
        parts[path] = suite.read(folder .. "/" .. path)
        n = n + 1
    end
    return parts, n
end

-- Whether a line shows what is expected: a text, a number however it is grouped, true for anything.
local function shows(line, expected)
    if expected == true then return true end
    if type(expected) == "number" then
        local plain = line:gsub(",", ""):gsub("%%$", "")
        local shown = tonumber(plain)
        return shown ~= nil and math.abs(shown - expected) < 1e-9
    end
    return line == expected
end

-- The line at which a run of cells stands, at `from` or behind it; nil.
function office.find(lines, cells, from)
    for i = from or 1, #lines - #cells + 1 do
        local all = true
        for k = 1, #cells do
            if not shows(lines[i + k - 1], cells[k]) then
                all = false
                break
            end
        end
        if all then return i end
    end
end

-- The same as a check.
function office.expect(lines, cells, what, from)
    local at = office.find(lines, cells, from)
    local words = {}
    for i, cell in ipairs(cells) do words[i] = tostring(cell) end
    check(at, "%s: not there: %s", what, table.concat(words, " | "))
    return at
end

return office
