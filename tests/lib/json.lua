-- json.lua - reads JSON: objects and lists as tables, null as json.null. Only for what the program writes, which is
-- valid: a fault raises.
local json = { null = setmetatable({}, { __tostring = function() return "null" end }) }
local ESCAPES = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }
local value

local function skip(text, at)
    return text:find("[^ \t\r\n]", at) or #text + 1
end

local function string_at(text, at)
    local parts = {}
    while true do
        local stop = text:find('["\\]', at)
        parts[#parts + 1] = text:sub(at, stop - 1)
        if text:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
        local c = text:sub(stop + 1, stop + 1)
        if c == "u" then
            parts[#parts + 1] = utf8.char(tonumber(text:sub(stop + 2, stop + 5), 16))
            at = stop + 6
        else
            parts[#parts + 1] = ESCAPES[c] or c
            at = stop + 2
        end
    end
end

-- The members of an object or a list up to its closing mark.
local function members(text, at, close, add)
    at = skip(text, at)
    while text:sub(at, at) ~= close do
        at = skip(text, add(at))
        if text:sub(at, at) == "," then at = skip(text, at + 1) end
    end
    return at + 1
end

local function object_at(text, at)
    local object = {}
    return object, members(text, at, "}", function(from)
        assert(text:sub(from, from) == '"', "a key")
        local key, stop = string_at(text, from + 1)
        stop = skip(text, stop)
        assert(text:sub(stop, stop) == ":", "a colon")
        object[key], stop = value(text, stop + 1)
        return stop
    end)
end

local function list_at(text, at)
    local list = {}
    return list, members(text, at, "]", function(from)
        list[#list + 1], from = value(text, from)
        return from
    end)
end

local WORDS = { ["true"] = true, ["false"] = false, null = json.null }

function value(text, at)
    at = skip(text, at)
    local c = text:sub(at, at)
    if c == "{" then return object_at(text, at + 1) end
    if c == "[" then return list_at(text, at + 1) end
    if c == '"' then return string_at(text, at + 1) end
    local word = assert(text:match("^[%w.+-]+", at), "a value")
    if WORDS[word] ~= nil then return WORDS[word], at + #word end
    return assert(tonumber(word), word), at + #word
end

function json.read(text)
    local result, at = value(text, 1)
    assert(skip(text, at) == #text + 1, "something behind the document")
    return result
end

return json
