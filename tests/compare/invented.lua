-- invented.lua - hundreds of invented types of two years, as files, and what `compare` says of them against plain.lua:
-- causes that close, negate when the years are swapped, and are zero where nothing moved.
local suite, json, model, plain = require "suite", require "json", require "model", require "plain"
local check = suite.check
local invented = {}
plain.rule = model.plain_rule

local TYPES, FUNDS = 200, 3
local ALL = { "results", "targets", "weights", "rules", "indicators", "adjustments", "rounding" }

-- Files of invented types

local function sorted(t)
    local keys = {}
    for k in pairs(t) do keys[#keys + 1] = k end
    table.sort(keys)
    return keys
end

local function write_type(path, t, y)
    local yard, lines = t.yards[y], {}
    local function add(...) lines[#lines + 1] = string.format(...) end
    add("[missing]\nactual = %s\ntarget = %s\nnot_applicable = %s\nrescale = %s", yard.policy.missing, yard.policy.untargeted,
        yard.policy.not_applicable, yard.rescale)
    add("[weights]")
    for _, p in ipairs(sorted(yard.weights)) do add("%s = %.15g", p, yard.weights[p]) end
    add("[targets]")
    for _, p in ipairs(sorted(yard.targets)) do add("%s = ≥%d个", p, yard.targets[p][1]) end
    if y == 2 then
        add("[was]")
        for _, p in ipairs(sorted(t.was)) do add("%s = %s", p, table.concat(t.was[p], ", ")) end
    end
    suite.write(("%s/config/%d/%s.ini"):format(path, 2017 + y, t.name), table.concat(lines, "\n") .. "\n")
    lines = { 'local sy = require "steelyard"\nlocal rules = sy.rules { api = 1 }' }
    for _, p in ipairs(sorted(yard.rules)) do
        if yard.rules[p].text then add("rules.indicator[%q] = %s", p, yard.rules[p].text) end
    end
    for _, p in ipairs(sorted(yard.measure)) do add('rules.measure[%q] = function(fund) return fund.k, "个" end', p) end
    add("return rules")
    t.scripts[y] = table.concat(lines, "\n") .. "\n"
    suite.write(("%s/scripts/%d/%s.lua"):format(path, 2017 + y, t.name), t.scripts[y])
end

-- A target is written with its sign, or bare beside a sign's column.
local function write_row(fund, path, y, r)
    local target, sign = "", ""
    if r.target then
        local bare = (r.target[1] + r.weight) % 2 == 0
        target = (bare and "" or r.target[2] == ">=" and "≥" or "≤") .. r.target[1] .. "个"
        sign = bare and r.target[2] or ""
    end
    local actual = r.not_applicable and "不适用" or r.actual and r.actual .. "个" or ""
    return ("%s,%d,%s,%s,%s,%s,%.15g,%s\n"):format(fund.id, 2017 + y, path, sign, target, actual, r.weight,
        r.rating and ("%.15g"):format(r.rating) or "")
end

local function write_evaluation(path, types)
    suite.write(path .. "/evaluation.ini",
        "[evaluation]\nyears = 2018-2019\n[data funds]\npath = funds.csv\n[data outcomes]\npath = outcomes.csv\n" ..
        "[data adjustments]\npath = adjustments.csv\n")
    local funds, rows, adjustments = { "fund,type,year,k,base\n" }, { "fund,year,indicator,sign,target,actual,weight,rating\n" },
        { "fund,year,points\n" }
    for _, t in ipairs(types) do
        for y = 1, 2 do
            write_type(path, t, y)
            for _, fund in ipairs(t.funds) do
                local data = fund.years[y]
                funds[#funds + 1] = ("%s,%s,%d,%s,%s\n"):format(fund.id, t.name, 2017 + y, data.facts.k, data.facts.base or "")
                for _, p in ipairs(sorted(data.rows)) do rows[#rows + 1] = write_row(fund, p, y, data.rows[p]) end
                if data.adjust ~= 0 then adjustments[#adjustments + 1] = ("%s,%d,%.15g\n"):format(fund.id, 2017 + y, data.adjust) end
            end
        end
    end
    suite.write(path .. "/funds.csv", table.concat(funds))
    suite.write(path .. "/outcomes.csv", table.concat(rows))
    suite.write(path .. "/adjustments.csv", table.concat(adjustments))
end

-- Against plain arithmetic

local function cents(x) return math.floor(x * 100 + 0.5) end

-- Half a cent may fall either way where doubles are added in another order.
local function is_rounded(given, exact)
    return cents(given) == cents(plain.round(exact)) or math.abs(math.abs(given - exact) - 0.005) < 1e-6
end

local counts = { moved = {}, known = 0, unmixed = 0, groups = 0 }

local function check_causes(t, fund, change, expected)
    local sum = 0
    for _, cause in ipairs(ALL) do
        local given = change.causes[cause]
        sum = sum + cents(given)
        counts.moved[cause] = (counts.moved[cause] or 0) + (given ~= 0 and 1 or 0)
        if cause ~= "rounding" then
            check(is_rounded(given, expected.causes[cause]), "%s: %s is %s, plain %.6f", fund.id, cause, tostring(given),
                expected.causes[cause])
        end
    end
    check(sum == cents(change.change), "%s: causes come to %d cents, the change is %d", fund.id, sum, cents(change.change))
    check(cents(change.causes.rounding) <= 10 and cents(change.causes.rounding) >= -10, "%s: rounding is %s", fund.id,
        tostring(change.causes.rounding))
    for _, cause in ipairs(model.causes) do
        check(t.moves[cause] or t.changes or change.causes[cause] == 0, "%s: %s has not moved, and is %s", fund.id, cause,
            tostring(change.causes[cause]))
    end
    local standard = 0
    for _, cause in ipairs { "targets", "weights", "rules", "indicators" } do standard = standard + cents(change.causes[cause]) end
    check(cents(change.subtotals.standard) == standard and change.subtotals.results == change.causes.results, "%s: subtotals", fund.id)
end

-- What indicators brought comes to the causes.
local function check_drivers(fund, change)
    local sums = { results = 0, targets = 0, weights = 0, rules = 0, indicators = 0 }
    local last = math.huge
    for _, d in ipairs(change.drivers) do
        local own = 0
        for cause in pairs(sums) do
            sums[cause] = sums[cause] + d.causes[cause]
            own = own + d.causes[cause]
        end
        check(math.abs(own - d.change) < 1e-5, "%s: %s brings %s, its causes %s", fund.id, d.indicator, tostring(d.change), own)
        check(math.abs(d.change) <= last + 1e-6, "%s: drivers are not in order", fund.id)
        last = math.abs(d.change)
        counts.unmixed = counts.unmixed + (d.mixed == false and 1 or 0)
        counts.groups = counts.groups + ((#d.from > 1 or #d.to > 1) and 1 or 0)
    end
    for cause, sum in pairs(sums) do
        check(math.abs(sum - change.causes[cause]) < 0.00501, "%s: drivers bring %.6f of %s, %s", fund.id, sum, cause,
            tostring(change.causes[cause]))
    end
end

local function check_fund(t, fund, said)
    local expected = plain.compare(t, fund)
    check(said.fund == fund.id and #said.years == 2 and #said.changes == 1, "%s: years or changes", fund.id)
    local change = said.changes[1]
    for y = 1, 2 do
        local score = said.years[y].score
        check(score == (expected.scores[y] or json.null) or (expected.scores[y] and is_rounded(score, expected.scores[y])),
            "%s: %d is %s, plain %s",
            fund.id, 2017 + y, tostring(score), tostring(expected.scores[y]))
    end
    if not (expected.scores[1] and expected.scores[2]) then
        check(change.change == json.null and change.causes == json.null and #change.drivers == 0, "%s: a change from nothing", fund.id)
        return
    end
    counts.known = counts.known + 1
    check(cents(change.change) == cents(said.years[2].score) - cents(said.years[1].score), "%s: the change", fund.id)
    check_causes(t, fund, change, expected)
    check_drivers(fund, change)
end

local function each_change(document, visit)
    for _, fund in ipairs(document.funds) do
        for _, change in ipairs(fund.changes) do visit(fund.fund, change) end
    end
end

local function check_swapped(compare, path, document)
    local there = {}
    each_change(document, function(fund, change) there[fund] = change end)
    each_change(compare(path, "--years 2019,2018"), function(fund, change)
        local other = there[fund]
        check(change.from == 2019 and change.to == 2018, "%s: years of the way back", fund)
        for _, cause in ipairs(ALL) do
            check(change.change == json.null or change.causes[cause] == -other.causes[cause], "%s: %s is %s, and back %s", fund, cause,
                other.causes ~= json.null and tostring(other.causes[cause]), tostring(change.causes ~= json.null and change.causes[cause]))
        end
        check(change.yardsticks_differ == other.yardsticks_differ, "%s: yardsticks differ one way", fund)
    end)
end

-- `name`: of the folder; without ratings rows of two numbers go a way of their own.
function invented.check(compare, folder, name, unrated)
    local types, path = {}, folder .. "/" .. name
    model.unrated = unrated
    counts = { moved = {}, known = 0, unmixed = 0, groups = 0 }
    for n = 1, TYPES do types[n] = model.make(unrated and n + TYPES or n, FUNDS) end
    write_evaluation(path, types)
    local document, text = compare(path, "--jobs 1")
    check(document.schema == "steelyard.compare/1" and #document.funds == TYPES * FUNDS, "schema or funds")
    local at = 0
    for _, t in ipairs(types) do
        for _, fund in ipairs(t.funds) do
            at = at + 1
            check_fund(t, fund, document.funds[at])
        end
    end
    for _, cause in ipairs(ALL) do check(counts.moved[cause] > 50, "%s moves %d changes", cause, counts.moved[cause]) end
    check(counts.known > 500 and counts.unmixed > 50 and counts.groups > 50, "%d changes, %d not mixed, %d groups", counts.known,
        counts.unmixed,
        counts.groups)
    check_swapped(compare, path, document)
    local _, again = compare(path, "--jobs 3")
    check(again == text, "three workers write other bytes than one")
    local one = compare(path, "--fund " .. types[7].funds[2].id)
    check(#one.funds == 1, "one fund")
    check(one.funds[1].changes[1].sentence == document.funds[(7 - 1) * FUNDS + 2].changes[1].sentence, "one fund alone is told otherwise")
end

return invented
