-- Lint: links of the documents lead somewhere; the manual has each finding code and its severity.
local lib = dofile("tests/lint/lib.lua")

local rule_table = dofile("tests/lint/rule_table.lua")

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

-- The tables of docs/rules.md are those of rules.def: every row, in its order, and no other of that kind.
local function check_rules(manual, definitions)
    local text, told = lib.read(manual), {}
    for line in text:gmatch("[^\n]+") do
        told[line] = (told[line] or 0) + 1
    end
    local tables = { rule_table.rows(lib.read(definitions)) }
    local at = 1
    for _, rows in ipairs(tables) do
        for _, row in ipairs(rows) do
            local found = text:find("\n" .. row .. "\n", at, true)
            if told[row] ~= 1 then
                fault("%s: this row stands there %d times instead of once: %s", manual, told[row] or 0, row)
            elseif not found then
                fault("%s: this row is not in its place: %s", manual, row)
            end
            at = found or at
            told[row] = nil
        end
        if #rows == 0 then fault("%s: a table without rows", definitions) end
    end
    for line in pairs(told) do
        if line:find("^| `sy%.[%w_]+{") then
            fault("%s: %s has no such row: %s", manual, definitions, line)
        end
    end
end

-- What the usage of a rule shows are its options, and the other way round.
local function check_usage(definitions)
    local usage = {}
    for _, call in ipairs(rule_table.calls(lib.read(definitions))) do
        local kind, name = call[2], call[3]
        if call[1] == "RULE" then
            usage[kind] = call[6]
        elseif call[1] ~= "EXAMPLE" and call[1] ~= "LIST" and usage[kind] and name ~= "NULL" and
            not usage[kind]:find("%f[%w_]" .. name .. "%f[^%w_]") then
            fault("%s: the usage of %s does not show %s", definitions, kind, name)
        end
    end
end

local files = lib.files("*.md docs examples tests", "*.md")
for _, path in ipairs(files) do
    check_links(path, lib.read(path))
end
check_findings("docs/findings.md", "engine/table/findings_codes.def")
check_rules("docs/rules.md", "engine/rule/rules.def")
check_usage("engine/rule/rules.def")
table.sort(faults)
lib.finish(faults, #files, "documents")
