-- The rules of the house as functions from a file to its faults; layers.lua and sources.lua run them
-- over the tree, self.lua over bad samples.
local lib = dofile("tests/lint/lib.lua")
local rules = {}

-- Folders of engine/: a file includes its own folder and lower ones. Equal ranks do not meet.
local RANK = { base = 0, table = 1, model = 2, rule = 2, plug = 2, stage = 3, prove = 4, api = 5, cli = 6 }

-- Where a library's headers may be included. Others (libc, uthash) anywhere.
local LIBRARIES = {
    { "^lua", "engine/rule/" },
    { "^lauxlib", "engine/rule/" },
    { "^ini%.h$", "engine/model/" },
    { "^popt", "engine/cli/" },
    { "^histedit", "engine/cli/" },
    { "^iconv", "engine/base/" },
    { "^dlfcn", "engine/plug/" },
    { "^zip%.h$", "plugins/xlsx/" },
    { "^expat", "plugins/xlsx/" },
    { "^sqlite3", "plugins/sqlite/" },
    { "^libpq", "plugins/postgres/" },
}

local function quoted_fault(home, inside, target)
    if target:find("..", 1, true) then
        return "goes up with '..'"
    end
    local folder = target:match("^([^/]+)/")
    if home == "public" then
        return "a public header includes only <steelyard/…> and the C library"
    elseif not folder or folder == inside then
        return nil
    elseif home == "plugin" then
        return "a plugin includes only <steelyard/…> and its own folder"
    elseif inside == "cli" then
        return "the program includes only its own folder and public headers"
    elseif not RANK[folder] then
        return ("'%s' is no folder of engine/"):format(folder)
    elseif RANK[folder] >= RANK[inside] then
        return ("%s stands below %s or beside it"):format(inside, folder)
    end
end

local function angle_fault(home, inside, path, target)
    if target == "steelyard/steelyard.h" then
        if home == "engine" and inside ~= "api" and inside ~= "cli" then
            return "the library's face is for api, the program and its other users"
        end
        return nil
    elseif target:find("^steelyard/") then
        return nil
    end
    for _, entry in ipairs(LIBRARIES) do
        if target:find(entry[1]) and path:sub(1, #entry[2]) ~= entry[2] then
            return "belongs in " .. entry[2] .. " alone"
        end
    end
end

-- Includes that break the layers.
function rules.layer_faults(path, text)
    local home, inside = "engine", path:match("^engine/([^/]+)/")
    if inside == "include" then
        home = "public"
    elseif path:find("^plugins/") then
        home, inside = "plugin", path:match("^plugins/([^/]+)/")
    elseif not RANK[inside] then
        return { ("%s: '%s' is no folder of engine/"):format(path, tostring(inside)) }
    end
    local faults = {}
    lib.each_line(lib.strip(text, true), function(line, number)
        local open, target = line:match('^%s*#%s*include%s*([<"])([^>"]+)')
        if not open then return end
        local why
        if open == '"' then
            why = quoted_fault(home, inside, target)
        else
            why = angle_fault(home, inside, path, target)
        end
        if why then
            faults[#faults + 1] = ("%s:%d: includes %s: %s"):format(path, number, target, why)
        end
    end)
    return faults
end

local LINES_MAX, FUNCTION_MAX = 500, 60

-- What a library must not do to its host. The program may.
local CALLS = {}
for name in ([[printf vprintf puts putchar perror setlocale exit _exit _Exit quick_exit abort assert
    atexit getenv secure_getenv setenv putenv unsetenv signal sigaction raise system popen
    gets]]):gmatch("%S+") do
    CALLS[name] = true
end
-- These obey the locale's decimal point: numbers are read in base/number.c.
local LOCAL_CALLS = { strtod = true, strtof = true, strtold = true, atof = true }
local NAMES = { stdout = true, stderr = true, stdin = true, environ = true }

local function is_library(path)
    return (path:find("^engine/") and not path:find("^engine/cli/")) or path:find("^plugins/")
end

local function add_calls(faults, path, code)
    lib.each_line(code, function(line, number)
        for name, after in line:gmatch("%f[%w_]([%a_][%w_]*)%s*(%(?)") do
            local called = after == "("
            if NAMES[name] or (called and CALLS[name]) then
                faults[#faults + 1] = ("%s:%d: the library does not use %s"):format(path, number, name)
            elseif called and LOCAL_CALLS[name] and path ~= "engine/base/number.c" then
                faults[#faults + 1] = ("%s:%d: %s obeys the locale: use number_parse"):format(
                    path, number, name)
            end
        end
    end)
end

local function add_long_functions(faults, path, code)
    local open
    lib.each_line(code, function(line, number)
        if line:find("^{%s*$") then
            open = number
        elseif open and line:find("^}") then
            if number - open + 1 > FUNCTION_MAX then
                faults[#faults + 1] = ("%s:%d: function of %d lines, over %d"):format(
                    path, open, number - open + 1, FUNCTION_MAX)
            end
            open = nil
        end
    end)
end

-- Words that mark unfinished work. Put together here, so that this file does not hold them.
local UNFINISHED = { "TO" .. "DO", "FIX" .. "ME", "X" .. "XX" }

-- Faults of one source: length, opening comment, unfinished work, what a library must not call.
function rules.source_faults(path, text)
    local faults = {}
    local lines = lib.each_line(text, function(line, number)
        for _, word in ipairs(UNFINISHED) do
            if line:find("%f[%w]" .. word .. "%f[%W]") then
                faults[#faults + 1] = ("%s:%d: %s"):format(path, number, word)
            end
        end
    end)
    if lines > LINES_MAX then
        faults[#faults + 1] = ("%s: %d lines, over %d: split it"):format(path, lines, LINES_MAX)
    end
    local opening = path:find("%.lua$") and "^%-%-" or "^/%*"
    if not text:find(opening) then
        faults[#faults + 1] = path .. ":1: no opening comment that says its job and place"
    end
    if path:find("%.[ch]$") then
        local code = lib.strip(text)
        add_long_functions(faults, path, code)
        if is_library(path) then
            add_calls(faults, path, code)
        end
    end
    return faults
end

-- How many times a text calls into Lua under protection; the engine does so in one place.
function rules.protected_calls(text)
    return select(2, lib.strip(text):gsub("%f[%w_]lua_pcallk?%s*%(", ""))
end

return rules
