-- Whether a text of LuaCATS annotations is well formed: known tags, types that parse and exist, parameters that
-- are those of the function below. Returns a list of "line: fault".
local BASIC = { any = true, number = true, integer = true, string = true, boolean = true, table = true, ["nil"] = true }

local parse_type

local function skip(text, at)
    return text:match("^ *()", at)
end

-- `name: type, name?: type` up to the closing sign; returns the place after it.
local function parse_members(text, at, close, use)
    at = skip(text, at)
    while text:sub(at, at) ~= close do
        local after = text:match("^[%a_][%w_]*%??: *()", at)
        at = after and parse_type(text, after, use)
        if not at then return nil end
        at = skip(text, text:match("^ *,?()", at))
    end
    return at + 1
end

local function parse_function(text, at, use)
    at = parse_members(text, at, ")", use)
    local returns = at and text:match("^: *()", at)
    while returns do
        at = parse_type(text, returns, use)
        returns = at and text:match("^, *()", at)
    end
    return at
end

local function parse_generic(text, at, use)
    repeat
        at = parse_type(text, at, use)
        local next_one = at and text:match("^, *()", at)
        if not next_one then return at and text:match("^>()", at) end
        at = next_one
    until false
end

local function parse_atom(text, at, use)
    local after = text:match('^"[^"]*"()', at) or text:match("^%d+()", at)
    if after then return after end
    after = text:match("^fun%(()", at)
    if after then return parse_function(text, after, use) end
    after = text:match("^{()", at)
    if after then return parse_members(text, after, "}", use) end
    after = text:match("^%(()", at)
    if after then
        after = parse_type(text, after, use)
        return after and text:match("^%)()", after)
    end
    local name, stop = text:match("^([%a_][%w_.]*)()", at)
    if not name then return nil end
    if name ~= "true" and name ~= "false" then use(name) end
    local inside = text:match("^<()", stop)
    if inside then return parse_generic(text, inside, use) end
    return stop
end

-- The place after the type that begins at `at`, or nil.
function parse_type(text, at, use)
    repeat
        at = parse_atom(text, at, use)
        at = at and text:match("^[%[%]]*%??()", at)
        local more = at and text:match("^|()", at)
        if not more then return at end
        at = more
    until false
end

-- What a tag says of itself: the text of its types and whether it is right so far.
local READERS = {
    meta = function(rest) return "any", rest:find("^[%a_.]+$") end,
    alias = function(rest) return rest:match("^[%a_.]+ (.*)$") end,
    class = function(rest) return rest:match(": (.*)$") or "any", rest:find("^[%w_.]+") end,
    overload = function(rest) return rest, true end,
    operator = function(rest)
        local operand, result = rest:match("^%l+%(([%w_.]+)%): (.*)$")
        return operand and operand .. "|" .. result, true
    end,
    field = function(rest)
        local key, after = rest:match("^%[(%a+)%] (.*)$")
        if key then return after, BASIC[key] end
        return rest:match("^[%a_][%w_]*%?? (.*)$")
    end,
    param = function(rest) return rest:match("^[%a_][%w_]*%?? (.*)$") end,
    ["return"] = function(rest) return rest, true end,
}

local function define(tag, rest, defined)
    if tag == "class" or tag == "alias" then
        local name = rest:match("^[%w_.]+") or ""
        local twice = defined[name]
        defined[name] = true
        return not twice
    end
    return true
end

return function(text)
    local faults, defined, used, pending = {}, {}, {}, {}
    local number = 0
    for line in text:gmatch("([^\n]*)\n") do
        number = number + 1
        local function fault(what) faults[#faults + 1] = ("%d: %s: %s"):format(number, what, line) end
        local function use(name) used[#used + 1] = { name = name, line = number } end
        local tag, rest = line:match("^%-%-%-@(%a+) ?(.*)$")
        local arguments = line:match("^function [%a.:_]+%((.-)%) end$")
        if tag then
            local types, right = (READERS[tag] or function() end)(rest)
            local after = types and parse_type(types, 1, use)
            if not after or right == false or not types:find("^[ ,]", after) and after <= #types then
                fault("this annotation cannot be read")
            end
            if not define(tag, rest, defined) then fault("this is defined twice") end
            if tag == "param" then pending[#pending + 1] = rest:match("^[%w_]+") end
        elseif arguments then
            if arguments ~= table.concat(pending, ", ") then fault("its parameters are not those above it") end
            pending = {}
        elseif not line:find("^%-%-") and #pending > 0 then
            fault("parameters without a function")
            pending = {}
        end
    end
    for _, u in ipairs(used) do
        if not BASIC[u.name] and not defined[u.name] then
            faults[#faults + 1] = ("%d: there is no type %s"):format(u.line, u.name)
        end
    end
    return faults
end
