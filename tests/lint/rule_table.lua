-- engine/rule/rules.def as the rows of docs/rules.md: rules, their options, worked examples.
local rule_table = {}

local RANGES = { ANY_NUMBER = "any number", POSITIVE = "more than 0", NOT_NEGATIVE = "0 or more", SHARE = "0 to 1" }

-- The arguments of NAME(…): texts without their quotes, other words as they stand.
local function arguments(text)
    local list, at = {}, 1
    while at <= #text do
        local quoted, after = text:match('^%s*"(.-[^\\])"%s*,?()', at)
        if not quoted then quoted, after = text:match('^%s*"(")%s*,?()', at), text:match('^%s*""%s*,?()', at) end
        if text:match('^%s*""', at) then quoted, after = "", text:match('^%s*""%s*,?()', at) end
        if not quoted then quoted, after = text:match("^%s*([^,]-)%s*,()", at) end
        if not quoted then quoted, after = text:match("^%s*(.-)%s*$", at), #text + 1 end
        list[#list + 1] = (quoted:gsub('\\"', '"'))
        at = after
    end
    return list
end

-- Calls of the file's own macros in order, each a list that begins with the macro's name.
function rule_table.calls(text)
    local calls = {}
    text = text:gsub("/%*.-%*/", ""):gsub("\n#[^\n]*", "")
    for name, inside in text:gmatch("\n(%u+)(%b())") do
        local call = arguments(inside:sub(2, -2))
        table.insert(call, 1, name)
        calls[#calls + 1] = call
    end
    return calls
end

local function option_row(rule, call)
    local name, parameter, default, range, meaning = call[3]
    if call[1] == "NEEDED" then
        default, range, meaning = "needed", RANGES[call[5]], call[6]
    elseif call[1] == "NUMBER" then
        default, range, parameter, meaning = call[6], RANGES[call[5]], call[7], call[8]
        if default == "NAN" then default = "—" end
    elseif call[1] == "WORD" then
        local words = {}
        for i = 5, 7 do
            if call[i] ~= "NULL" then words[#words + 1] = ('`"%s"`'):format(call[i]) end
        end
        default, range, parameter, meaning = words[1], table.concat(words, " "), call[8], call[9]
    elseif call[1] == "SWITCH" then
        default, range, meaning = "true", "true false", call[5]
    else
        name, default, range, meaning = call[3], "needed", "list", call[5]
        if call[4] == "0" then default = "—" end
    end
    if name == "NULL" then return nil end
    if parameter and parameter ~= "NULL" then default = ("`[parameters] %s`, else %s"):format(parameter, default) end
    return ("| %s | `%s` | %s | %s | %s |"):format(rule, name, default, range, meaning)
end

-- The rows of the three tables: lists of lines.
function rule_table.rows(text)
    local rules, options, examples, names = {}, {}, {}, { ANY_RULE = "every rule" }
    for _, call in ipairs(rule_table.calls(text)) do
        local kind = call[2]
        if call[1] == "RULE" then
            names[kind] = ("`%s`"):format(call[3])
            rules[#rules + 1] = ("| `%s` %s | %s |"):format(call[6], call[4], call[7])
        elseif call[1] == "EXAMPLE" then
            local target = call[4] == "" and "—" or call[4]
            examples[#examples + 1] = ("| `%s` | %s | %s | %s |"):format(call[3], target, call[5], call[6])
        else
            options[#options + 1] = option_row(names[kind], call)
        end
    end
    return rules, options, examples
end

return rule_table
