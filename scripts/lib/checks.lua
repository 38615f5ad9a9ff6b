-- checks.lua - doubts about the data that can arise in any fund: overspending, figures that are told twice,
-- sums, parts over their whole. Used by the `rules.check` of the types. Each function does nothing
-- where a figure that it needs is missing: missing figures are found elsewhere.
--
-- Two habits of the data that these checks build on:
--   * an indicator whose path is another one's, followed by `__` and a word, is a part of it (其中):
--     `output.quantity.investment__engines` is a part of `output.quantity.investment`;
--   * facts that are amounts are in 元; an indicator's numbers are in its own unit.
local checks = {}

local function is_number(x)
    return type(x) == "number"
end

-- An amount in 元 as people write it.
function checks.money(x)
    local size = math.abs(x)
    if size >= 1e8 then
        return string.format("%.10g亿元", x / 1e8)
    elseif size >= 1e4 then
        return string.format("%.10g万元", x / 1e4)
    end
    return string.format("%.10g元", x)
end

-- A finding in both languages. What is put into the texts stands in the same order in both; what differs by language
-- is a table { zh = …, en = … }.
function checks.say(fund, severity, code, texts, ...)
    local values, filled = { ... }, {}
    for _, language in ipairs { "zh", "en" } do
        local list = {}
        for k, value in ipairs(values) do
            list[k] = type(value) == "table" and value[language] or value
        end
        filled[language] = string.format(texts[language], table.unpack(list))
    end
    fund:finding(severity, filled, code)
end
local say = checks.say

-- A sum or difference of indicators, some of them derived: six digits say enough.
local function quantity(x, unit)
    if unit == "元" then
        local step = x == 0 and 1 or 10 ^ (math.floor(math.log(math.abs(x), 10)) - 5)
        return checks.money(math.floor(x / step + 0.5) * step)
    end
    return string.format("%.6g", x) .. (unit or "")
end

-- The budget row: nothing to measure without a budget, and no spending beyond it. The unit of a table is
-- not always known here, so the figures stand without one.
function checks.budget(fund)
    local budget, spent = fund.budget, fund.spent
    if not is_number(budget) then
        return
    end
    if budget == 0 then
        if is_number(spent) then
            say(fund, "warning", "zero-budget", {
                zh = "全年执行数为 %.14g，全年预算数为 0：无法计算预算执行率，按不适用处理",
                en = "%.14g was spent on a budget of 0: the rate of execution does not apply" }, spent)
        else
            say(fund, "warning", "zero-budget", { zh = "全年预算数为 0：无法计算预算执行率，按不适用处理",
                en = "the budget is 0: the rate of execution does not apply" })
        end
    end
    if is_number(spent) and spent > budget then
        local rate = budget > 0 and string.format("%.2f%%", spent / budget * 100)
        say(fund, "warning", "overspent", { zh = "全年执行数 %.14g 大于全年预算数 %.14g%s：请核实超支原因",
            en = "%.14g was spent on a budget of %.14g%s: say why" }, spent, budget,
            { zh = rate and "，执行率 " .. rate or "", en = rate and ", " .. rate or "" })
    end
end

-- Whether two amounts that should be one are ten thousand times apart: 万元 written as 元 or the other way.
local function is_unit_slip(a, b)
    local small, large = math.min(a, b), math.max(a, b)
    return small > 0 and math.abs(large / small / 10000 - 1) < 0.01
end

-- One figure told in two places. Names and places are { zh = …, en = … }.
function checks.same_figure(fund, name, a, where_a, b, where_b, within)
    if not is_number(a) or not is_number(b) or math.abs(a - b) <= within then
        return
    end
    local one, other = checks.money(a), checks.money(b)
    if is_unit_slip(a, b) then
        say(fund, "warning", "unit-slip", { zh = "%s：%s为 %s，%s为 %s，约差一万倍：元与万元可能混用",
            en = "%s: in %s %s, in %s %s, about ten thousand times apart: 元 and 万元 may be mixed up" },
            name, where_a, one, where_b, other)
    else
        say(fund, "warning", "text-differs", { zh = "%s：%s为 %s，%s为 %s，相差 %s",
            en = "%s: in %s %s, in %s %s, %s apart" }, name, where_a, one, where_b, other,
            checks.money(math.abs(a - b)))
    end
end

-- A total and its parts, where the fund tells them all.
function checks.sum(fund, total, parts, within)
    if not is_number(fund.facts[total]) then
        return
    end
    for _, part in ipairs(parts) do
        if not is_number(fund.facts[part]) then
            return
        end
    end
    fund:expect_sum(total, parts, within)
end

-- A part that is larger than its whole.
function checks.part(fund, part_name, part, whole_name, whole, within)
    if is_number(part) and is_number(whole) and part > whole + within then
        say(fund, "warning", "parts-over-whole", { zh = "%s %s 大于%s %s", en = "%s, %s, is more than %s, %s" },
            part_name, checks.money(part), whole_name, checks.money(whole))
    end
end

-- A difference and its rate in per cent, as a table prints them (two decimals).
function checks.rate(fund, name, now, before, rate)
    if not (is_number(now) and is_number(before) and is_number(rate)) or before == 0 then
        return
    end
    local computed = (now - before) / before * 100
    if math.abs(computed - rate) > 0.00501 then
        say(fund, "warning", "text-differs", { zh = "%s：表中增减 %.2f%%，按数额计算为 %.2f%%",
            en = "%s: a change of %.2f%% in the table, %.2f%% by the amounts" }, name, rate, computed)
    end
end

local MONEY = { ["元"] = 1, ["万元"] = 1e4, ["亿元"] = 1e8 }

-- A number of an indicator so that it compares with another's or a fact: amounts in 元, others as they are; nil for no number.
function checks.common(x, unit)
    if not is_number(x) then
        return nil
    end
    return x * (MONEY[unit] or 1), MONEY[unit] and "元" or unit
end
local common = checks.common

-- What stands before the last `__` of a path, or nil.
local function whole_of(path)
    local at, last = path:find("__", 1, true), nil
    while at do
        last = at
        at = path:find("__", at + 2, true)
    end
    return last and last > 1 and path:sub(1, last - 1) or nil
end

local function open_group(whole)
    local actual, unit = common(whole.actual, whole.unit)
    return { name = whole.name, whole = actual, planned = common(whole.target, whole.unit), unit = unit,
        names = {}, actual = 0, target = 0 }
end

-- The parts of each indicator, added up, in order of the data.
local function gather_parts(indicators)
    local list, by_path = {}, {}
    for path, part in pairs(indicators) do
        local above = whole_of(path)
        local whole = above and indicators[above]
        local actual, unit = common(part.actual, part.unit)
        if whole and actual and is_number(whole.actual) then
            local group = by_path[above]
            if not group then
                group = open_group(whole)
                by_path[above] = group
                list[#list + 1] = group
            end
            if unit == group.unit then
                local target = common(part.target, part.unit)
                group.names[#group.names + 1] = part.name
                group.actual = group.actual + actual
                group.target = group.target and target and group.target + target
            end
        end
    end
    return list
end

-- A whole that is met because one part is far over its target must not hide that the rest falls short.
local function check_rest(fund, group, names)
    local rest, planned = group.whole - group.actual, group.planned - group.target
    if planned > 0 and rest < planned then
        say(fund, "warning", nil, { zh = "%s 总体完成计划，但除其中的 %s 外只完成 %s，为其余计划 %s 的 %.1f%%",
            en = "%s is met as a whole, but without %s only %s of the %s planned for the rest was done, %.1f%%" },
            group.name, names, quantity(rest, group.unit), quantity(planned, group.unit), rest / planned * 100)
    end
end

-- Indicators against their parts (其中): together no more than the whole.
function checks.parts(fund)
    for _, group in ipairs(gather_parts(fund.indicators)) do
        local names = { zh = table.concat(group.names, "、"), en = table.concat(group.names, ", ") }
        if group.actual > group.whole then
            say(fund, "warning", "parts-over-whole", { zh = "%s 为 %s，大于其总体（%s）的 %s：口径不一致或数字有误",
                en = "%s is %s, more than its whole (%s) of %s: another scope, or a wrong figure" }, names,
                quantity(group.actual, group.unit), group.name, quantity(group.whole, group.unit))
        elseif group.target and group.planned and group.whole >= group.planned then
            check_rest(fund, group, names)
        end
    end
end

-- A share cannot pass 100 %: what is called 占比 and does is a rate of completion.
function checks.wording(fund)
    for _, i in pairs(fund.indicators) do
        local words = i.note
        if type(words) == "string" and words:find("占比", 1, true) and is_number(i.actual)
            and is_number(i.target) and i.target > 0 and i.actual > i.target then
            say(fund, "note", nil, { zh = "%s 称“占比”，而完成值为计划的 %.2f%%：应为完成率，不是占比",
                en = "%s is called a share (占比), but is %.2f%% of the plan: a rate of completion, no share" }, i.name,
                i.actual / i.target * 100)
        end
    end
end

return checks
