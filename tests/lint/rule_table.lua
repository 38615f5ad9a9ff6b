-- engine/rule/rules.def and api.def as tables: what the pages and scripts/steelyard.d.lua are made of.
local rule_table = {}

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

local function given(word)
    return word ~= "NULL" and word or nil
end

-- One option of a rule; nil for what is read from [parameters] alone.
local function read_option(call)
    local option = { kind = call[1], name = given(call[3]) }
    if call[1] == "NEEDED" then
        option.needed, option.range, option.en, option.zh = true, call[5], call[6], call[7]
    elseif call[1] == "NUMBER" then
        option.range, option.parameter, option.en, option.zh = call[5], given(call[7]), call[8], call[9]
        if call[6] ~= "NAN" then option.otherwise = call[6] end
    elseif call[1] == "WORD" then
        option.words = { given(call[5]), given(call[6]), given(call[7]) }
        option.otherwise, option.parameter = ('`"%s"`'):format(call[5]), given(call[8])
        option.en, option.zh = call[9], call[10]
    elseif call[1] == "SWITCH" then
        option.otherwise, option.en, option.zh = "true", call[5], call[6]
    else
        option.needed, option.en, option.zh = call[4] ~= "0", call[5], call[6]
    end
    return option.name and option
end

-- Rules in order, each with its options, examples and source; and the options that every rule takes.
function rule_table.rules(text)
    local rules, of, any = {}, {}, { options = {} }
    of.ANY_RULE = any
    for _, call in ipairs(rule_table.calls(text)) do
        local rule = of[call[2]]
        if call[1] == "RULE" then
            rule = { name = call[3], label = call[4], usage = call[6], en = call[7], zh = call[8], options = {}, examples = {} }
            of[call[2]] = rule
            rules[#rules + 1] = rule
        elseif call[1] == "EXAMPLE" then
            table.insert(rule.examples, { rule = call[3], target = call[4], actual = call[5], attainment = call[6] })
        elseif call[1] == "SOURCE" then
            rule.source = { en = call[3], zh = call[4] }
        else
            table.insert(rule.options, read_option(call))
        end
    end
    return rules, any.options
end

local OWNERS = { RULES = "rules", ITEM = "i", FUND = "fund", DATE = "date", GIVEN = "given", EXPECTED = "expected" }

-- The entries of api.def by owner; functions under "sy()", "fund()", "test()"; what is left of Lua under "library".
function rule_table.api(text)
    local api = {}
    local function add(owner, entry)
        api[owner] = api[owner] or {}
        table.insert(api[owner], entry)
    end
    for _, call in ipairs(rule_table.calls(text)) do
        if call[1] == "METHOD" then
            add(call[2] .. "()", { name = call[3], parameters = call[4], returns = call[5], en = call[6], zh = call[7] })
        elseif call[1] == "LIBRARY" then
            add("library", { name = call[2], names = call[3], en = call[4], zh = call[5] })
        else
            add(OWNERS[call[1]], { name = call[2], type = call[3], en = call[4], zh = call[5] })
        end
    end
    return api
end

-- "a: number, b?: string" as a list of { name, type, optional }.
function rule_table.parameters(text)
    local list, depth, from = {}, 0, 1
    local function take(to)
        local name, optional, kind = text:sub(from, to):match("^%s*([%w_]+)(%??):%s*(.-)%s*$")
        if name then list[#list + 1] = { name = name, type = kind, optional = optional == "?" } end
    end
    for at = 1, #text do
        local c = text:sub(at, at)
        if c == "{" then depth = depth + 1 elseif c == "}" then depth = depth - 1 end
        if c == "," and depth == 0 then
            take(at - 1)
            from = at + 1
        end
    end
    take(#text)
    return list
end

return rule_table
