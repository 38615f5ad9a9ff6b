-- made.lua - cells made of every form, in every width, with every unit and multiple, and what they must come to:
-- plain arithmetic over forms.tsv and the table of units below, which shares nothing with the program.
local made = {}

local WHERE = { PREFIX = "prefix", SUFFIX = "suffix", INNER = "inner", WHOLE = "whole", COLUMN = "column",
    DEADLINE = "deadline", COUNTED = "counted" }
local MACROS = { SIGN_FORM = { "prefix", "column" }, COLUMN_FORM = { "column" }, AFTER_FORM = { "suffix" },
    COUNTED_FORM = { "counted" } }

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

-- "place form" of each row of the parser's tables, from their source.
function made.known_forms()
    local known = {}
    local text = read("engine/model/value_forms.c"):match("static const struct form forms%[%] = {(.-)\n};")
    for line in text:gmatch("[^\n]+") do
        local macro, form, rest = line:match('^%s*([%u_]*)[({]"(.-)"(.*)$')
        for _, place in ipairs(form and (MACROS[macro] or {}) or {}) do known[place .. " " .. form] = true end
        if form and not MACROS[macro] then
            for place in rest:gmatch("FORM_(%u+)") do known[WHERE[place] .. " " .. form] = true end
        end
    end
    for shape in read("engine/model/value_date.c"):match("shapes%[%] = {(.-)\n};"):gmatch('{"(.-)"') do
        known["date " .. shape] = true
    end
    return known
end

local function wide(text)
    return (text:gsub("[!-~]", function(c) return utf8.char(0xFEE0 + c:byte()) end):gsub(" ", "　"))
end

local NUMBERS = { { "5", 5 }, { "0.5", 0.5 }, { "1,234.5", 1234.5 }, { "12 000", 12000 }, { "90", 90 } }
-- As written, what one is in the base unit, the base.
local UNITS = { { "", 1, "" }, { "个", 1, "个" }, { "人次", 1, "人次" }, { "%", 1, "%" }, { "‰", 0.1, "%" },
    { "个百分点", 1, "%" }, { "元", 1, "元" }, { "万元", 1e4, "元" }, { "亿元", 1e8, "元" }, { "百万元", 1e6, "元" },
    { "万人次", 1e4, "人次" }, { "千米", 1000, "米" }, { "亿立方米", 1e8, "立方米" }, { "万元/公里", 1e4, "元/公里" },
    { "元/人*月", 1, "元/人*月" }, { "小时", 1 / 24, "天" }, { "年", 12, "月" } }
local SIGNS = { [">="] = true, ["<="] = true, [">"] = true, ["<"] = true, ["="] = true }

-- What a form in front of, or behind, a number says: sign and findings.
local SAYS = { ["soft <="] = { "<=", "" }, approximate = { ">=", "approximate" }, reach = { ">=", "approximate" },
    up = { ">=", "" }, down = { ">=", "" }, filler = { ">=", "" } }
for sign in pairs(SIGNS) do SAYS[sign] = { sign, "" } end

local function join(form, number)
    return form:find("[%w.]$") and form .. " " .. number or form .. number
end

local function add(cases, target, actual, sign, value, base, findings, more)
    local case = { target = target, actual = actual, sign = sign, base = base, findings = findings, status = "scored" }
    case.target_read = value and ("%.17g"):format(value)
    for key, x in pairs(more or {}) do case[key] = x end
    cases[#cases + 1] = case
end

-- Every number with every unit, half and full width, plain and with blanks; `write` puts the form to it.
local function with_numbers(cases, write, sign, findings)
    for _, n in ipairs(NUMBERS) do
        for _, u in ipairs(UNITS) do
            local value = n[2] * u[2]
            for _, cell in ipairs { write(n[1], u[1]), wide(write(n[1], u[1])), write(n[1], " " .. u[1]) } do
                add(cases, cell, n[1] .. u[1], sign, value, u[3], findings)
            end
        end
    end
end

local function add_front(cases, form, meaning)
    if meaning == "link" then
        with_numbers(cases, function(n, u) return "提升" .. form .. n .. u end, ">=", "")
    elseif meaning == "when" then
        add(cases, form .. "2019年6月底前", "2019-06-30", "by", nil, "", "", { target_read = "2019-06-30" })
        add(cases, form .. "5个", "5个", nil, nil, nil, nil, { status = "unrated" })
    elseif meaning == "by" then
        add(cases, join(form, "2019-06-30"), "2019-06-30", "by", nil, "", "", { target_read = "2019-06-30" })
        add(cases, join(form, "5"), "5", nil, nil, nil, "bad-number", { status = "rejected" })
    elseif meaning == "soft between" then
        add(cases, form .. "5~10个", "6个", "between", nil, "个", "", { target_read = "5~10" })
    else
        local says = assert(SAYS[meaning], meaning)
        with_numbers(cases, function(n, u) return join(form, n) .. u end, says[1], says[2])
        if SIGNS[meaning] then
            -- The sign is dropped from an actual, with a note.
            add(cases, "5个", join(form, "6个"), ">=", 5, "个", "actual-has-sign", { actual_read = "6" })
            add(cases, join(form, form == "=" and "=5" or "≥≥5"), "5", nil, nil, nil, nil,
                form == "=" and {} or { status = "rejected" })
        elseif meaning == "soft <=" then
            add(cases, form .. "5%~10%", "6%", "between", nil, "%", "", { target_read = "5~10" })
            add(cases, form .. "≥5%", "6%", ">=", 5, "%", "")
        elseif meaning == "reach" then
            add(cases, form .. "≥5%", "6%", ">=", 5, "%", "")
            add(cases, form .. "5%以上", "6%", ">=", 5, "%", "")
        elseif meaning == "up" or meaning == "down" then
            local other = meaning == "up" and "下降" or "提升"
            add(cases, join(form, "5%"), other .. "5%", ">=", 5, "%", "kind-mismatch", { status = "rejected" })
        end
    end
end

local function add_behind(cases, form, meaning)
    if meaning == "soft between" then
        add(cases, "5~10个" .. form, "6个", "between", nil, "个", "", { target_read = "5~10" })
        return
    end
    local says = assert(SAYS[meaning], meaning)
    local blank = form:find("^%w") and " " or ""
    with_numbers(cases, function(n, u) return n .. u .. blank .. form end, says[1], says[2])
    if SIGNS[meaning] then
        local word = meaning == ">=" and "不低于" or "不超过"
        add(cases, word .. "5%" .. blank .. form, "5%", meaning, 5, "%", "")
        add(cases, (meaning == ">=" and "≤" or "≥") .. "5%" .. blank .. form, "5%", nil, nil, nil, nil,
            { status = "rejected" })
    end
end

local function add_column(cases, form, meaning)
    if SIGNS[meaning] or meaning == "none" then
        for _, column in ipairs { form, form:upper(), wide(form), " " .. form .. " " } do
            add(cases, "5个", "5个", SIGNS[meaning] and meaning or ">=", 5, "个", "", { column = column })
        end
        add(cases, "≥5个", "5个", ">=", 5, "个", (SIGNS[meaning] and meaning ~= ">=") and "sign-differs" or "",
            { column = form })
    elseif meaning == "between" then
        add(cases, "5~10个", "6个", "between", nil, "个", "", { column = form, target_read = "5~10" })
    elseif meaning == "by" then
        add(cases, "2019-06-30", "2019-06-30", "by", nil, "", "", { column = form, target_read = "2019-06-30" })
    else
        assert(meaning == "qualitative", meaning)
        add(cases, "5", "5", "qualitative", nil, nil, "actual-repeats-target", { column = form })
    end
end

local MONTH_DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
local function last_day(year, month)
    local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
    return month == 2 and leap and 29 or MONTH_DAYS[month]
end

local function iso(year, month, day)
    if day == 0 then
        month = month - 1
        if month == 0 then year, month = year - 1, 12 end
        day = last_day(year, month)
    end
    return ("%04d-%02d-%02d"):format(year, month, day)
end

-- What a shape of a date comes to: as it stands, and with "before" behind it.
local function days_of(meaning, year, month, day)
    if meaning == "day" then return iso(year, month, day), iso(year, month, day) end
    if meaning == "month" then return iso(year, month, last_day(year, month)), iso(year, month, 0) end
    if meaning == "month end" then
        local last = iso(year, month, last_day(year, month))
        return last, last
    end
    if meaning == "year" then return iso(year, 12, 31), iso(year - 1, 12, 31) end
    return iso(year, 12, 31), iso(year, 12, 31)
end

local function fill(shape, year, month, day, pad)
    local two = pad and "%02d" or "%d"
    return (shape:gsub("[YMD]", function(letter)
        return letter == "Y" and tostring(year) or two:format(letter == "M" and month or day)
    end))
end

local DAYS = { { 2019, 1, 1 }, { 2019, 2, 28 }, { 2020, 2, 29 }, { 2019, 9, 30 }, { 2019, 12, 31 }, { 2000, 2, 29 } }

local function add_date(cases, shape, meaning, ends)
    for _, d in ipairs(DAYS) do
        local year = shape:find("Y") and d[1] or 2019
        local day = (shape:find("Y") or d[1] == 2019) and d[3] or 28
        local stands, before = days_of(meaning, year, d[2], day)
        for _, cell in ipairs { fill(shape, year, d[2], day), fill(shape, year, d[2], day, true) } do
            for _, written in ipairs { cell, wide(cell) } do
                if meaning ~= "year word" then
                    add(cases, written, stands, "by", nil, "", "", { target_read = stands, actual_read = stands })
                    add(cases, stands, written, "by", nil, "", "", { actual_read = stands })
                end
                for form, says in pairs(ends) do
                    if says == "within" or meaning ~= "year word" then
                        local due = says == "before" and before or stands
                        add(cases, written .. form, "1999-01-01", "by", nil, "", "", { target_read = due })
                        add(cases, written .. form .. "完成支付", "1999-01-01", "by", nil, "", "", { target_read = due })
                    end
                end
            end
        end
    end
end

local function add_whole(cases, form, meaning)
    if meaning == "not applicable" then
        for _, actual in ipairs { form, form:upper(), wide(form), " " .. form .. "　" } do
            add(cases, "5个", actual, ">=", 5, "个", "", { status = "not_applicable", actual_read = "" })
        end
    else -- a boolean is one as a fact alone: as an actual it is a word
        add(cases, "5个", form, ">=", 5, "个", "bad-number", { status = "rejected", actual_read = form })
    end
end

function made.cases(rows)
    local cases, ends = {}, {}
    for _, row in ipairs(rows) do
        if row.cells[1] == "deadline" then ends[row.cells[2]] = row.cells[3] end
    end
    for _, row in ipairs(rows) do
        local place, form, meaning = row.cells[1], row.cells[2], row.cells[3]
        if place == "prefix" then
            add_front(cases, form, meaning)
        elseif place == "suffix" then
            add_behind(cases, form, meaning)
        elseif place == "inner" then
            with_numbers(cases, function(n, u) return n .. form .. u end, ">=", "approximate")
        elseif place == "column" then
            add_column(cases, form, meaning)
        elseif place == "whole" then
            add_whole(cases, form, meaning)
        elseif place == "counted" then
            add(cases, "10" .. form, "十" .. form, nil, nil, nil, "bad-number", { status = "rejected" })
            add(cases, "10" .. form, "几十" .. form .. "以上", nil, nil, nil, "bad-number", { status = "rejected" })
        elseif place == "date" then
            add_date(cases, form, meaning, ends)
        end
    end
    return cases
end

return made
