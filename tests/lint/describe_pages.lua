-- The tables of docs/rules.md and docs/rules.zh-CN.md, made of rules.def and api.def.
local rule_table = dofile("tests/lint/rule_table.lua")

local WORDS = {
    en = { ANY_NUMBER = "any number", POSITIVE = "more than 0", NOT_NEGATIVE = "0 or more", SHARE = "0 to 1",
        every = "every rule", needed = "needed", list = "list", parameter = "`[parameters] %s`, else %s",
        rules = "| rule | attainment |", options = "| rule | option | unless given | may be | meaning |",
        examples = "| rule | target | actual | attainment |", sources = "| rule | comes from |",
        globals = "globals", library = "| of Lua | is left | |" },
    zh = { ANY_NUMBER = "任意数", POSITIVE = "大于 0", NOT_NEGATIVE = "0 或以上", SHARE = "0 到 1",
        every = "任何规则", needed = "必填", list = "列表", parameter = "`[parameters] %s`，否则 %s",
        rules = "| 规则 | 得分系数 |", options = "| 规则 | 选项 | 不写时 | 可取 | 含义 |",
        examples = "| 规则 | 指标值 | 实际完成值 | 得分系数 |", sources = "| 规则 | 依据 |",
        globals = "全局", library = "| Lua 的 | 保留 | |" },
}

local function header(line)
    return { line, (line:gsub("[^|]+", "---")) }
end

local function rules_table(rules, _, language)
    local rows = header(WORDS[language].rules)
    for _, rule in ipairs(rules) do
        local usage = rule.usage
        if language == "zh" then usage = usage:gsub("` or `", "` 或 `") end
        rows[#rows + 1] = ("| `%s` %s | %s |"):format(usage, rule.label, rule[language])
    end
    return rows
end

local function may_be(option, words)
    if option.words then return '`"' .. table.concat(option.words, '"` `"') .. '"`' end
    if option.kind == "SWITCH" then return "true false" end
    return option.kind == "LIST" and words.list or words[option.range]
end

local function option_row(rule, option, language)
    local words = WORDS[language]
    local otherwise = option.needed and words.needed or option.otherwise or "—"
    if option.parameter then otherwise = words.parameter:format(option.parameter, otherwise) end
    return ("| %s | `%s` | %s | %s | %s |"):format(rule, option.name, otherwise, may_be(option, words), option[language])
end

local function options_table(rules, any, language)
    local rows = header(WORDS[language].options)
    for _, option in ipairs(any) do rows[#rows + 1] = option_row(WORDS[language].every, option, language) end
    for _, rule in ipairs(rules) do
        for _, option in ipairs(rule.options) do
            rows[#rows + 1] = option_row(("`%s`"):format(rule.name), option, language)
        end
    end
    return rows
end

local function examples_table(rules, _, language)
    local rows = header(WORDS[language].examples)
    for _, rule in ipairs(rules) do
        for _, e in ipairs(rule.examples) do
            local target = e.target == "" and "—" or e.target
            rows[#rows + 1] = ("| `%s` | %s | %s | %s |"):format(e.rule, target, e.actual, e.attainment)
        end
    end
    return rows
end

local function sources_table(rules, _, language)
    local rows = header(WORDS[language].sources)
    for _, rule in ipairs(rules) do
        rows[#rows + 1] = ("| `%s` %s | %s |"):format(rule.name, rule.label, rule.source[language])
    end
    return rows
end

-- How a function is called: `fund:cap(grade[, reason])`.
local function call_of(owner, entry)
    local text, options = "", entry.parameters:match("^options: ({.*})$")
    if options then return owner .. "." .. entry.name .. " " .. options:gsub(":", " =") end
    for i, p in ipairs(rule_table.parameters(entry.parameters)) do
        local name = (i > 1 and ", " or "") .. p.name
        text = text .. (p.optional and "[" .. name .. "]" or name)
    end
    return owner .. (owner == "fund" and ":" or ".") .. entry.name .. "(" .. text .. ")"
end

local function functions_table(owner, entries, language)
    local rows = header("| | |")
    for _, entry in ipairs(entries) do
        rows[#rows + 1] = ("| `%s` | %s |"):format(call_of(owner, entry), entry[language])
    end
    return rows
end

local function fields_table(owner, entries, language)
    local rows = header("| | |")
    local plain = owner == "given" or owner == "expected"
    for _, entry in ipairs(entries) do
        rows[#rows + 1] = ("| `%s%s` | %s |"):format(plain and "" or owner .. ".", entry.name, entry[language])
    end
    return rows
end

local function library_table(entries, language)
    local rows = header(WORDS[language].library)
    for _, entry in ipairs(entries) do
        local name = entry.name == "" and WORDS[language].globals or ("`%s`"):format(entry.name)
        rows[#rows + 1] = ("| %s | `%s` | %s |"):format(name, entry.names:gsub(" ", "` `"), entry[language])
    end
    return rows
end

-- The tables by name in a language: texts.
return function(rules_text, api_text, language)
    local rules, any = rule_table.rules(rules_text)
    local api, tables = rule_table.api(api_text), {}
    local makers = { rules = rules_table, options = options_table, examples = examples_table, sources = sources_table }
    for name, make in pairs(makers) do
        tables[name] = table.concat(make(rules, any, language), "\n")
    end
    for owner, entries in pairs(api) do
        local rows
        if owner == "library" then
            rows = library_table(entries, language)
        elseif owner:sub(-2) == "()" then
            rows = functions_table(owner:sub(1, -3), entries, language)
        else
            rows = fields_table(owner, entries, language)
        end
        tables["of " .. owner] = table.concat(rows, "\n")
    end
    return tables
end
