-- Lint: links of the documents lead somewhere; the manual has each finding code and its severity.
local lib = dofile("tests/lint/lib.lua")

local faults = {}
local function fault(...)
    faults[#faults + 1] = string.format(...)
end

local function exists(path)
    local file = io.open(path, "r")
    if file then file:close() end
    return file ~= nil
end

local function check_links(path, text)
    local folder = path:match("^(.*/)") or ""
    lib.each_line(text, function(line, number)
        for target in line:gmatch("%]%(([^)%s]+)%)") do
            local file = target:gsub("#.*$", "")
            if not target:find("^%a+://") and file ~= "" and not exists(folder .. file) then
                fault("%s:%d: the link to %s leads nowhere", path, number, target)
            end
        end
    end)
end

-- The rows of docs/findings.md: | `code` | severity | cause | remedy |
local function check_findings(manual, definitions)
    local severity = {}
    for word, usual in lib.read(definitions):gmatch('FINDING%([%w_]+,%s*"([%w-]+)",%s*(%u+)') do
        severity[word] = usual:lower()
    end
    local seen = {}
    lib.each_line(lib.read(manual), function(line, number)
        local word, usual, cause, remedy = line:match("^| `([%w-]+)` | (%a+) | (.-) | (.-) |$")
        if not word then return end
        if seen[word] then
            fault("%s:%d: %s stands there twice", manual, number, word)
        elseif not severity[word] then
            fault("%s:%d: there is no finding %s", manual, number, word)
        elseif severity[word] ~= usual then
            fault("%s:%d: %s is a %s, not a %s", manual, number, word, severity[word], usual)
        elseif #cause < 20 or #remedy < 10 then
            fault("%s:%d: %s lacks a cause or a remedy", manual, number, word)
        end
        seen[word] = true
    end)
    for word in pairs(severity) do
        if not seen[word] then
            fault("%s: the finding %s is not there", manual, word)
        end
    end
    if next(severity) == nil then
        fault("%s: no finding codes", definitions)
    end
end

local files = lib.files("*.md docs examples tests", "*.md")
for _, path in ipairs(files) do
    check_links(path, lib.read(path))
end
check_findings("docs/findings.md", "engine/table/findings_codes.def")
table.sort(faults)
lib.finish(faults, #files, "documents")
