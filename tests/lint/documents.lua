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

-- Labels of a section's lines, in their order, and words of severities.
local PAGES = {
    { page = "docs/findings.md", mark = ": ", sentence = 1,
        labels = { "severity", "meaning", "message", "cause", "place", "remedy", "wrong", "right" },
        severities = { NOTE = "note", WARNING = "warning", ERROR = "error" } },
    { page = "docs/findings.zh-CN.md", mark = "：", sentence = 2,
        labels = { "程度", "含义", "消息", "原因", "位置", "办法", "错误写法", "正确写法" },
        severities = { NOTE = "提示", WARNING = "警告", ERROR = "错误" } },
}
local MEANING_WIDTH = 50 -- `steelyard help findings` has a line of 80 columns for each code

local function read_definitions(path)
    local list = {}
    for word, severity, en, zh in lib.read(path):gmatch('FINDING%([%w_]+,%s*"([%w-]+)",%s*(%u+),%s*"(.-)",%s*"(.-)"%)') do
        list[#list + 1] = { word = word, severity = severity, en, zh }
    end
    return list
end

-- Columns of a text in print: characters beyond Latin letters and punctuation take two.
local function width(text)
    local n = 0
    for _, c in utf8.codes(text) do n = n + (c >= 0x2E80 and 2 or 1) end
    return n
end

-- A sentence of the definitions as a pattern: `{a}` is whatever was put there.
local function sentence_pattern(sentence)
    local pattern = sentence:gsub("%p", "%%%0"):gsub("%%{%w%%}", ".*")
    return "^" .. pattern .. "$"
end

-- Sections of a page: { word =, line =, { label =, text = }, … }
local function read_sections(page, mark)
    local sections, section = {}, nil
    lib.each_line(lib.read(page), function(line, number)
        local word = line:match("^### `([%w-]+)`$")
        if word then
            section = { word = word, line = number }
            sections[#sections + 1] = section
        elseif line:sub(1, 1) == "#" then
            section = nil
        elseif section and line:sub(1, 2) == "- " then
            local from, to = line:find(mark, 1, true)
            section[#section + 1] = { label = from and line:sub(3, from - 1) or line, text = to and line:sub(to + 1) or "" }
        end
    end)
    return sections
end

local function check_section(page, section, definition)
    local function bad(...)
        fault("%s:%d: %s: %s", page.page, section.line, section.word, string.format(...))
    end
    for i, label in ipairs(page.labels) do
        local item = section[i]
        if not item or item.label ~= label or item.text == "" then
            return bad("line %d is not `- %s%s…`", i, label, page.mark)
        end
    end
    if #section ~= #page.labels then bad("has %d lines, not %d", #section, #page.labels) end
    local usual = page.severities[definition.severity]
    if section[1].text ~= usual then bad("is %s, not %s", usual, section[1].text) end
    if width(section[2].text) > MEANING_WIDTH then bad("the meaning is wider than %d columns", MEANING_WIDTH) end
    local message = section[3].text:match("^`(.*)`$")
    if not message or not message:find(sentence_pattern(definition[page.sentence])) then
        bad("the message is none of “%s”", definition[page.sentence])
    end
    if section[7].text == section[8].text then bad("right and wrong are the same") end
end

-- Each code has a section in each language, in the same order, with everything that `steelyard help` shows.
local function check_findings(page, definitions)
    local known, seen = {}, {}
    for _, d in ipairs(definitions) do known[d.word] = d end
    for _, section in ipairs(read_sections(page.page, page.mark)) do
        if seen[section.word] then
            fault("%s:%d: %s stands there twice", page.page, section.line, section.word)
        elseif not known[section.word] then
            fault("%s:%d: there is no finding %s", page.page, section.line, section.word)
        else
            check_section(page, section, known[section.word])
        end
        seen[section.word] = true
    end
    for _, d in ipairs(definitions) do
        if not seen[d.word] then fault("%s: the finding %s is not there", page.page, d.word) end
    end
end

-- What the usage of a rule shows are its options, and the other way round.
local function check_usage(definitions)
    local usage = {}
    for _, call in ipairs(rule_table.calls(lib.read(definitions))) do
        local kind, name = call[2], call[3]
        if call[1] == "RULE" then
            usage[kind] = call[6]
        elseif call[1] ~= "EXAMPLE" and call[1] ~= "LIST" and call[1] ~= "SOURCE" and usage[kind] and name ~= "NULL" and
            not usage[kind]:find("%f[%w_]" .. name .. "%f[^%w_]") then
            fault("%s: the usage of %s does not show %s", definitions, kind, name)
        end
    end
end

local files = lib.files("*.md docs examples tests", "*.md")
for _, path in ipairs(files) do
    check_links(path, lib.read(path))
end
local definitions = read_definitions("engine/table/findings_codes.def")
if #definitions == 0 then fault("engine/table/findings_codes.def: no finding codes") end
for _, page in ipairs(PAGES) do check_findings(page, definitions) end
check_usage("engine/rule/rules.def")
table.sort(faults)
lib.finish(faults, #files, "documents")
