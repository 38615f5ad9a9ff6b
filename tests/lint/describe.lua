-- Lint: scripts/steelyard.d.lua and the tables of docs/rules*.md are what engine/rule/rules.def and api.def say; with
-- --update they are written. A table stands between <!-- NAME --> and <!-- end -->.
local lib = dofile("tests/lint/lib.lua")
local make_tables = dofile("tests/lint/describe_pages.lua")
local make_types = dofile("tests/lint/describe_types.lua")
local check_types = dofile("tests/lint/luacats.lua")

local TYPES = "scripts/steelyard.d.lua"
-- An editor finds a module by the name in a file's first line: one file for each.
local TEST_TYPES = "scripts/steelyard.test.d.lua"
local TEST_MODULE = "---@meta steelyard.test\n-- What `require \"steelyard.test\"` gives, for editors: see steelyard.d.lua.\nreturn test\n"
local PAGES = { en = "docs/rules.md", zh = "docs/rules.zh-CN.md" }
local update = arg[1] == "--update"
local faults = {}
local function fault(...)
    faults[#faults + 1] = string.format(...)
end

-- The file as it is; a fault, or a new one, where it should be otherwise.
local function settle(path, now, text)
    if now == text then return end
    if not update then
        return fault("%s: is not what rules.def and api.def say: ./dev docs brings it up to date", path)
    end
    local file = assert(io.open(path, "w"))
    file:write(text)
    file:close()
    print("updated " .. path)
end

local function fill(path, tables)
    local now, used = lib.read(path), {}
    local text = now:gsub("(<!%-%- (.-) %-%->\n).-(\n<!%-%- end %-%->)", function(from, name, to)
        if not tables[name] then return fault("%s: there is no table '%s'", path, name) end
        used[name] = true
        return from .. "\n" .. tables[name] .. "\n" .. to
    end)
    for name in pairs(tables) do
        if not used[name] then fault("%s: the table '%s' is not there", path, name) end
    end
    settle(path, now, text)
end

-- Names that only the text of the C sources tells: what is looked for in a file, and a pattern for each name in it.
local KNOWN = {
    ["FUND%("] = { { "engine/stage/see.c", "^.*$", 'strcmp%(name, "([%w_]+)"%)' },
        { "engine/rule/api_object.c", "^.*$", 'strcmp%(name, "([%w_]+)"%)' } },
    ["GIVEN%("] = { { "engine/prove/case_given.c", "row_keys%[%] = (%b{})", '"([%w_]+)"' },
        { "engine/prove/case_given.c", "case_keys%[%] = (%b{})", '"([%w_]+)"' } },
    ["EXPECTED%("] = { { "engine/prove/case_expected.c", "whats%[PROVE_WHATS%] = (%b{})", '%] = {"([%w_]+)"' },
        { "engine/prove/case_expected.c", "^.*$", 'key, "([%w_]+)"%) == 0' } },
    ['METHOD%("test", '] = { { "engine/rule/test_file.c", "members%[%] = (%b{})", '{"([%w_]+)"' } },
}

local function check_known(macro, api_text)
    local described, known = {}, {}
    for name in api_text:gmatch("\n" .. macro .. '"([%w_]+)"') do described[name] = true end
    for _, place in ipairs(KNOWN[macro]) do
        local text, n = lib.read(place[1]):match(place[2]), 0
        for name in (text or ""):gmatch(place[3]) do
            known[name], n = true, n + 1
        end
        if n == 0 then fault("%s: no names by '%s'", place[1], place[3]) end
    end
    for name in pairs(known) do
        if not described[name] then fault("engine/rule/api.def: %s %s is not described", macro, name) end
    end
    for name in pairs(described) do
        if not known[name] then fault("engine/rule/api.def: there is no %s %s", macro, name) end
    end
end

local rules_text, api_text = lib.read("engine/rule/rules.def"), lib.read("engine/rule/api.def")
local types = make_types(rules_text, api_text)
local function read_if_there(path)
    local file = io.open(path, "r")
    return file and file:read("a")
end
settle(TYPES, read_if_there(TYPES), types)
settle(TEST_TYPES, read_if_there(TEST_TYPES), TEST_MODULE)
for language, path in pairs(PAGES) do fill(path, make_tables(rules_text, api_text, language)) end
for _, said in ipairs(check_types(types)) do fault("%s:%s", TYPES, said) end
for _, said in ipairs(check_types(TEST_MODULE)) do fault("%s:%s", TEST_TYPES, said) end
for macro in pairs(KNOWN) do check_known(macro, api_text) end
table.sort(faults)
lib.finish(faults, 3, "descriptions")
