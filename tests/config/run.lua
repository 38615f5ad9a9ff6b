-- run.lua - `config` against a second reading of the INI files: layers are laid here with plain tables, one line after the
-- other, and every key, value, place and hidden value is compared; then `--diff` against two of those tables.
--
--     lua5.4 tests/config/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program, data = arg[1], os.getenv("STEELYARD_DATA") or "."
local check = suite.check
local folder = suite.folder()

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

local function run(arguments, code)
    local pipe = assert(io.popen(("cd '%s' && '%s' config %s 2>stderr"):format(folder, program, arguments)))
    local text = pipe:read("a")
    local _, _, got = pipe:close()
    local messages = assert(io.open(folder .. "/stderr", "rb")):read("a")
    check((got or 0) == (code or 0), "config %s: exit code %s: %s", arguments, got, messages)
    return text, messages
end

program = suite.absolute(program)

-- The lines of an INI: section, key, value, place.
local function read_ini(path, shown)
    local list, section, at, file = {}, nil, 0, io.open(path, "rb")
    if not file then return nil end
    for line in file:lines() do
        at = at + 1
        line = line:gsub("^%s*[;#].*", ""):gsub("%s;.*", ""):gsub("%s+$", "")
        section = line:match("^%[(.-)%]") or section
        local key, value = line:match("^([^=]-)%s*=%s*(.*)$")
        if key then list[#list + 1] = { section = section, key = key, value = value, source = shown .. ":" .. at } end
    end
    file:close()
    return list
end

-- All lines that concern a type, lowest layer first.
local function layers(type, year, sets)
    local own, lines, base = {}, {}, nil
    local function take(path, shown)
        for _, line in ipairs(read_ini(path, shown) or {}) do
            own[#own + 1] = line
            if line.section == "type" and line.key == "extends" then base = line.value end
        end
    end
    take(data .. "/config/" .. type .. ".ini", "steelyard:config/" .. type .. ".ini")
    take(folder .. "/config/" .. type .. ".ini", "config/" .. type .. ".ini")
    for _, years in ipairs { { "-2018", 0, 2018 }, { "2020-", 2020, 9999 }, { "2020", 2020, 2020 } } do
        local name = "config/" .. years[1] .. "/" .. type .. ".ini"
        if year >= years[2] and year <= years[3] then take(folder .. "/" .. name, name) end
    end
    for _, set in ipairs(sets or {}) do
        local of, section, key, value = set:match("^([^.]*)%.([^.]*)%.([^=]*)=(.*)$")
        if of == type then own[#own + 1] = { section = section, key = key, value = value, source = "--set" } end
    end
    if base and base ~= "none" then
        for _, line in ipairs(layers(base, year, sets)) do
            if line.section ~= "type" or (line.key ~= "name" and line.key ~= "extends") then lines[#lines + 1] = line end
        end
    end
    return table.move(own, 1, #own, #lines + 1, lines)
end

-- Section and key to value, source and what is hidden.
local function effective(type, year, sets)
    local lines = read_ini(data .. "/config/defaults.ini", "steelyard:config/defaults.ini")
    local defaults, keys = {}, {}
    for _, line in ipairs(lines) do defaults[line.section .. " " .. line.key] = line end
    table.move(layers(type, year, sets), 1, 1000, #lines + 1, lines)
    local function lay(line)
        local name = line.section .. " " .. line.key
        local before = keys[name]
        keys[name] = { section = line.section, key = line.key, value = line.value, source = line.source,
            overrides = before and before.value .. " (" .. before.source .. ")" ..
                (before.overrides ~= "" and "; " .. before.overrides or "") or "" }
        local fixed = line.section == "type" or line.section == "rounding" or line.section == "missing"
        if line.value == "none" and fixed and defaults[name] then lay(defaults[name]) end
    end
    for _, line in ipairs(lines) do lay(line) end
    return keys
end

local SECTIONS = { type = 1, levels = 2, weights = 3, signs = 4, targets = 5, names = 6, facts = 7, parameters = 8,
    ratings = 9, grades = 10, rounding = 11, missing = 12, was = 13 }

-- The cells of a line of CSV, none of which holds a line end.
local function cells(line)
    local row, at = {}, 1
    while at <= #line + 1 do
        local stop, text = at, ""
        while line:sub(stop, stop) == '"' do -- a quoted piece; two in a row stand for one quote
            local close = line:find('"', stop + 1, true)
            text, stop = text .. (stop > at and '"' or "") .. line:sub(stop + 1, close - 1), close + 1
        end
        if stop == at then
            stop = line:find(",", at, true) or #line + 1
            text = line:sub(at, stop - 1)
        end
        row[#row + 1] = text
        at = stop + 1
    end
    return row
end

-- As a spreadsheet must find it.
local function safe(section, value)
    local runs = value:find("^[=+@-]") and not tonumber(value) and section ~= "signs"
    return runs and "'" .. value or value
end

local function rows(text)
    local list = {}
    for line in text:gmatch("[^\n]+") do list[#list + 1] = cells(line) end
    return table.remove(list, 1), list
end

local function check_rows(type, year, sets)
    local options = ("--type %s --year %d"):format(type, year)
    for _, set in ipairs(sets or {}) do options = options .. " --set '" .. set .. "'" end
    local header, list = rows(run(options .. " --format csv --option bom=no"))
    check(table.concat(header, ",") == "type,year,section,key,value,source,overrides", "header of %s", options)
    local keys, last = effective(type, year, sets), 0
    for _, row in ipairs(list) do
        local section, key = row[3], row[4]
        if SECTIONS[section] then
            local expected = keys[section .. " " .. key]
            check(row[1] == type and row[2] == tostring(year), "%s: a row of %s %s", options, row[1], row[2])
            check(expected and row[5] == safe(section, expected.value) and row[6] == expected.source and row[7] == expected.overrides,
                "%s: [%s] %s = %s, %s, %s; expected %s, %s, %s", options, section, key, row[5], row[6], row[7],
                expected and expected.value, expected and expected.source, expected and expected.overrides)
            check(SECTIONS[section] >= last, "%s: [%s] is not in order", options, section)
            keys[section .. " " .. key], last = nil, SECTIONS[section]
        end
    end
    for name in pairs(keys) do check(false, "%s: %s is not shown", options, name) end
end

local function check_document(type, year)
    local _, list = rows(run(("--type %s --year %d --format csv --option bom=no"):format(type, year)))
    local document = json.read(run(("--type %s --year %d --format json"):format(type, year)))
    local y = document.yardsticks[1]
    check(document.schema == "steelyard.config/1" and #document.yardsticks == 1 and y.type == type and y.year == year,
        "the document is of another type")
    local at = 0
    for _, key in ipairs(y.keys) do
        at = at + 1
        local hidden = {}
        for _, h in ipairs(key.overrides) do hidden[#hidden + 1] = h.value .. " (" .. h.source .. ")" end
        local told = { key.section, key.key, safe(key.section, key.value), key.source, table.concat(hidden, "; ") }
        check(table.concat(told, "|") == table.concat(list[at], "|", 3), "json says %s, csv %s", table.concat(told, "|"),
            table.concat(list[at], "|", 3))
    end
    for i, script in ipairs(y.scripts) do
        at = at + 1
        check(list[at][3] == "scripts" and list[at][4] == script.file and list[at][5] == tostring(i), "script %d", i)
    end
    for _, rule in ipairs(y.rules) do
        at = at + 1
        local pattern = rule.pattern ~= json.null and rule.pattern or list[at][3] == "rules" and rule.of or "(otherwise)"
        check((list[at][3] == "rules." .. rule.of or list[at][3] == "rules") and list[at][4] == pattern and
            list[at][5] == rule.rule and list[at][6] == (rule.source ~= json.null and rule.source or ""),
            "rule %s of json is not that of csv", pattern)
    end
    check(at == #list, "%s: csv has %d rows, json %d", type, #list, at)
end

local function check_diff(type, from, to)
    local old, new = effective(type, from), effective(type, to)
    local _, list = rows(run(("--type %s --diff %d %d --format csv --option bom=no"):format(type, from, to)))
    local function gone(key) return not key or key.value == "none" end
    for _, row in ipairs(list) do
        if SECTIONS[row[2]] then
            local name = row[2] .. " " .. row[3]
            local a, b = not gone(old[name]) and old[name] or nil, not gone(new[name]) and new[name] or nil
            check(a or b, "%s is in neither year", name)
            check(row[4] == (a and b and "changed" or a and "dropped" or "added"), "%s: %s", name, row[4])
            check(row[5] == (a and safe(row[2], a.value) or "") and row[6] == (b and safe(row[2], b.value) or "") and
                row[7] == (a and a.source or "") and row[8] == (b and b.source or ""), "%s: %s", name, table.concat(row, "|"))
            old[name], new[name] = nil, nil
        end
    end
    for name, a in pairs(old) do
        local b = new[name]
        local same = gone(a) and gone(b) or not gone(a) and not gone(b) and
            (a.value == b.value or tonumber(a.value) and tonumber(a.value) == tonumber(b.value))
        check(same, "%s %d-%d: %s differs and is not shown", type, from, to, name)
        new[name] = nil
    end
    for name, b in pairs(new) do check(gone(b), "%s %d-%d: %s is added and not shown", type, from, to, name) end
    return list
end

local function find(list, section, key)
    for _, row in ipairs(list) do
        if row[2] == section and row[3] == key then return row end
    end
end

local HEAD = "local sy = require 'steelyard'\nlocal rules = "

write("evaluation.ini", "[evaluation]\nyears = 2018-2020\ntype = mine\n[data funds]\npath = funds.csv\n")
write("funds.csv", "fund,type,year\na,sme_support,2019\nb,,2018\nold,soe_separation,2001\n")
write("config/mine.ini", "[type]\nname = 自有\nextends = sme_support\nfull_score = none\n[levels]\noutput = 60\noutput.quantity = 20\n" ..
    "[weights]\noutput.quantity.* = split\nexecution.rate = none\nbenefit.x = 7\n[signs]\nbenefit.x = =\n" ..
    "[parameters]\nshift = -5\nword = =1+1\n[rounding]\ndecimals = none\n")
write("config/sme_support.ini", "[parameters]\nover = 1.5\n")
write("config/2020-/mine.ini", "[weights]\nbenefit.x = 8\nbenefit.y = 2\n[levels]\noutput = 60.0\n[missing]\nactual = full\n")
write("config/2020/sme_support.ini", "[weights]\noutput.quantity.events = none\n[parameters]\nover = none\n")
write("config/-2018/mine.ini", "[grades]\n好 = 50\n不好 = 0\n[was]\nbenefit.x = benefit.z\n")
write("scripts/mine.lua", HEAD .. "sy.base()\nrules.indicator['benefit.*'] = sy.completion { pass = 0.5 }\n" ..
    "rules.indicator['benefit.x'] = function(i) return 1 end\nrules.measure['benefit.y'] = function() return 1 end\n" ..
    "return rules\n")
write("scripts/2020-/mine.lua", HEAD .. "sy.base()\nrules.indicator['benefit.*'] = sy.completion { pass = 0.6 }\n" ..
    "return rules\n")

for _, type in ipairs { "sme_support", "tech_plan", "department", "project_self_evaluation", "mine" } do
    for year = 2018, 2020 do
        -- Grades that replace the default ones leave these out: not a matter of one key alone.
        if not (type == "mine" and year == 2018) then
            check_rows(type, year)
            check_document(type, year)
        end
    end
end
check_rows("mine", 2019, { "mine.weights.benefit.x=9", "sme_support.levels.benefit=31", "mine.parameters.over=none" })
check_diff("sme_support", 2019, 2020)
check_diff("sme_support", 2020, 2019)

local list = check_diff("mine", 2019, 2020)
check(find(list, "scripts", "scripts/2020-/mine.lua")[4] == "added", "a script of the year folder is not added")
local changed = find(list, "rules.indicator", "benefit.*")
check(changed[5]:find("pass = 0.5", 1, true) and changed[6]:find("pass = 0.6", 1, true), "the rule is not shown")
check(changed[7] == "scripts/mine.lua:3" and changed[8] == "scripts/2020-/mine.lua:3", "places of the rule")
check(not find(list, "rules.indicator", "benefit.x"), "a function that stays is no difference")
check(not find(list, "levels", "output"), "60 and 60.0 are one number")

-- A copy of a script is no difference, though its rules stand in another file.
write("scripts/2019/copied.lua", HEAD .. "sy.rules { api = 1 }\nrules.indicator['a.*'] = function() return 1 end\nreturn rules\n")
assert(os.execute(("cd '%s/scripts' && mkdir -p 2020 && cp 2019/copied.lua 2020/"):format(folder)))
write("config/copied.ini", "[levels]\na = 100\n")
local text = run("--type copied --diff 2019 2020 --lang en")
check(text == "Nothing differs between 2019 and 2020.\n", "a copied script: %s", text)
write("scripts/2020/copied.lua", HEAD .. "sy.rules { api = 1 }\nrules.indicator['a.*'] = function() return 0 end\nreturn rules\n")
list = check_diff("copied", 2019, 2020)
check(#list == 3 and find(list, "scripts", "scripts/2019/copied.lua")[4] == "dropped" and
    find(list, "scripts", "scripts/2020/copied.lua")[4] == "added" and
    find(list, "rules.indicator", "a.*")[4] == "changed", "a changed script: %d differences", #list)

-- Types of the funds in the years of the evaluation; a year without funds is shown as any other.
local function shown(arguments)
    local _, all = rows(run(arguments .. " --format csv --option bom=no"))
    local seen, order = {}, {}
    for _, row in ipairs(all) do
        local key = row[1] .. " " .. row[2]
        if not seen[key] then order[#order + 1] = key end
        seen[key] = true
    end
    return table.concat(order, ", ")
end
check(shown("--year 2019") == "sme_support 2019, mine 2019", "types of funds: %s", shown("--year 2019"))
check(shown("--year 2031 --type mine") == "mine 2031", "a year without funds")
check(shown("") == "sme_support 2018, sme_support 2019, sme_support 2020, mine 2018, mine 2019, mine 2020",
    "all years: %s", shown(""))

-- Data that cannot be read is said once, and config/ tells the types.
os.remove(folder .. "/funds.csv")
local out, err = run("--year 2019 --format csv")
check(err:find("^steelyard: warning: [^\n]*funds.csv: no such file[^\n]*\n$"), "unread data: %s", err)
check(out:find("mine,2019,", 1, true) and out:find("copied,2019,", 1, true), "types of config/ are not shown")
out, err = run("--year 2019 --type mine")
check(err == "" and out ~= "", "named types need no data: %s", err)

suite.finish()
