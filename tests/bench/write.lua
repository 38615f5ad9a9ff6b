-- write.lua - what was measured as JSON, and into a document.
local suite = require "suite"
local write = {}

local NAMES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function text_of(s)
    return '"' .. s:gsub('[%c"\\]', function(c) return NAMES[c] or ("\\u%04x"):format(c:byte()) end) .. '"'
end

-- Keys of a table in their order: those of its list part are left out of an object that has others too.
local function names_of(t)
    local names = {}
    for key in pairs(t) do
        if type(key) == "string" then names[#names + 1] = key end
    end
    table.sort(names)
    return names
end

local value

local function join(open, parts, close, indent)
    if #parts == 0 then return open .. close end
    local line = "\n" .. ("  "):rep(indent + 1)
    return open .. line .. table.concat(parts, "," .. line) .. "\n" .. ("  "):rep(indent) .. close
end

-- A table that has both a list and names becomes an object whose list is "stages".
function value(v, indent)
    if type(v) == "string" then return text_of(v) end
    if math.type(v) == "float" then return ("%.9g"):format(v) end
    if type(v) ~= "table" then return tostring(v) end
    local names, parts, deeper = names_of(v), {}, indent + 1
    if #names == 0 then
        for i, entry in ipairs(v) do parts[i] = value(entry, deeper) end
        return join("[", parts, "]", indent)
    end
    for i, name in ipairs(names) do parts[i] = text_of(name) .. ": " .. value(v[name], deeper) end
    if #v > 0 then parts[#parts + 1] = '"stages": ' .. value(table.move(v, 1, #v, 1, {}), deeper) end
    return join("{", parts, "}", indent)
end

function write.json(result)
    result.schema = "steelyard.bench/1"
    return value(result, 0) .. "\n"
end

-- The text between the marks of a document.
function write.document(path, text)
    local old = assert(suite.read(path), path .. " is not there")
    local from = select(2, old:find("<!-- bench -->\n", 1, true))
    local to = old:find("<!-- end -->", 1, true)
    assert(from and to and from < to, path .. " has no <!-- bench --> and <!-- end -->")
    suite.write(path, old:sub(1, from) .. "\n```text\n" .. text .. "```\n\n" .. old:sub(to))
end

return write
