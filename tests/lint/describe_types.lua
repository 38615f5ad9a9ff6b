-- scripts/steelyard.d.lua, made of rules.def and api.def: LuaCATS annotations for editors.
local rule_table = dofile("tests/lint/rule_table.lua")

local HEAD = [[
---@meta steelyard
-- Types of the rule API for editors with a Lua language server: it completes and checks what scripts write. Made of
-- engine/rule/rules.def and api.def by `./dev docs`; never loaded. 供编辑器补全和检查用，由上述文件生成，不被载入。

---@alias steelyard.grade fun(i: steelyard.indicator, fund: steelyard.fund): number?, string?
---@alias steelyard.measure fun(fund: steelyard.fund): any, string?
---@alias steelyard.adjust fun(fund: steelyard.fund)
---@alias steelyard.check fun(fund: steelyard.fund)

---@class steelyard.not_applicable

---A rule; called, it gives an attainment and its reason. 规则；调用它得到得分系数和理由。
---@class steelyard.rule
---@overload fun(i: steelyard.indicator, fund: steelyard.fund): number?, string?]]

local RANGES = { ANY_NUMBER = "", POSITIVE = "> 0", NOT_NEGATIVE = "≥ 0", SHARE = "0..1" }
local ELEMENTS = {
    ["{bound, points}"] = "number[]", ["{text, points}"] = "(string|number)[]", ["function"] = "steelyard.grade",
    ["rule"] = "steelyard.rule|steelyard.grade", ["{rule, weight}"] = "(steelyard.rule|steelyard.grade|number)[]",
}

local function type_of(option)
    if option.kind == "LIST" then return assert(ELEMENTS[option.name], option.name) end
    if option.words then return '"' .. table.concat(option.words, '"|"') .. '"' end
    return option.kind == "SWITCH" and "boolean" or "number"
end

-- "the full points 满分（> 0；1）": meaning, range, default.
local function meaning_of(option)
    local limits = { option.range and RANGES[option.range] ~= "" and RANGES[option.range] or nil }
    local otherwise = option.otherwise and option.otherwise:gsub("`", "")
    if option.parameter then
        otherwise = ("[parameters] %s"):format(option.parameter) .. (otherwise and ", " .. otherwise or "")
    end
    if otherwise then limits[#limits + 1] = "= " .. otherwise end
    local said = #limits > 0 and (" (%s)"):format(table.concat(limits, "; ")) or ""
    return ("%s %s%s"):format(option.en, option.zh, said)
end

local function option_line(option)
    local name = option.kind == "LIST" and "[integer]" or option.name .. (option.needed and "" or "?")
    return ("---@field %s %s %s"):format(name, type_of(option), meaning_of(option))
end

local function add_rule(out, rule)
    out[#out + 1] = ""
    out[#out + 1] = ("---@class steelyard.options.%s: steelyard.options"):format(rule.name)
    for _, option in ipairs(rule.options) do out[#out + 1] = option_line(option) end
    out[#out + 1] = ""
    out[#out + 1] = ("---%s: `%s`\n---"):format(rule.label, rule.usage)
    out[#out + 1] = "---" .. rule.en .. "\n---"
    out[#out + 1] = "---" .. rule.zh .. "\n---"
    for _, e in ipairs(rule.examples) do
        local case = e.target == "" and e.actual or ("%s, %s"):format(e.target, e.actual)
        out[#out + 1] = ("---    %s  -- %s → %s"):format(e.rule, case, e.attainment)
    end
    out[#out + 1] = ("---\n---Source: %s\n---依据：%s"):format(rule.source.en, rule.source.zh)
    out[#out + 1] = ("---@param options steelyard.options.%s"):format(rule.name)
    out[#out + 1] = ("---@return steelyard.rule\nfunction sy.%s(options) end"):format(rule.name)
end

local function add_fields(out, class, fields, optional)
    out[#out + 1] = ("\n---@class %s"):format(class)
    for _, f in ipairs(fields) do
        out[#out + 1] = ("---@field %s%s %s %s %s"):format(f.name, optional and "?" or "", f.type, f.en, f.zh)
    end
end

local function add_function(out, owner, entry)
    local names = {}
    out[#out + 1] = ("\n---%s\n---%s"):format(entry.en, entry.zh)
    for _, p in ipairs(rule_table.parameters(entry.parameters)) do
        names[#names + 1] = p.name
        out[#out + 1] = ("---@param %s%s %s"):format(p.name, p.optional and "?" or "", p.type)
    end
    if entry.returns ~= "" then out[#out + 1] = "---@return " .. entry.returns end
    out[#out + 1] = ("function %s%s(%s) end"):format(owner, entry.name, table.concat(names, ", "))
end

return function(rules_text, api_text)
    local rules, any = rule_table.rules(rules_text)
    local api, out = rule_table.api(api_text), { HEAD }
    add_fields(out, "steelyard.rules", api.rules)
    add_fields(out, "steelyard.indicator", api.i)
    add_fields(out, "steelyard.fund", api.fund)
    out[#out + 1] = "---@field [string] any a fact: money in 元, per cent as 45 for 45 % 基础数据：金额以元计，45% 为 45"
    out[#out + 1] = "local fund = {}"
    for _, entry in ipairs(api["fund()"]) do add_function(out, "fund:", entry) end
    add_fields(out, "steelyard.date", api.date)
    out[#out + 1] = "---@operator sub(steelyard.date): integer\n---@operator sub(integer): steelyard.date"
    out[#out + 1] = "---@operator add(integer): steelyard.date"
    out[#out + 1] = "\n---@class steelyard\nlocal sy = {}"
    for _, entry in ipairs(api["sy()"]) do add_function(out, "sy.", entry) end
    out[#out + 1] = "\n---@class steelyard.options"
    for _, option in ipairs(any) do out[#out + 1] = option_line(option) end
    for _, rule in ipairs(rules) do add_rule(out, rule) end
    add_fields(out, "steelyard.given", api.given, true)
    add_fields(out, "steelyard.expected", api.expected, true)
    out[#out + 1] = "\n---In test files, TYPE_test.lua. 用于测试文件 TYPE_test.lua。\n---@class steelyard.test\ntest = {}"
    for _, entry in ipairs(api["test()"]) do add_function(out, "test.", entry) end
    out[#out + 1] = "\nreturn sy\n"
    return table.concat(out, "\n")
end
