-- generate.lua - rules with every option, and rows at and beside the steps and edges of each.
local rational = dofile("tests/second/rational.lua")

local generate = {}

local function pick(list)
    return list[math.random(#list)]
end

local function chance(share)
    return math.random() < share
end

-- A decimal of at most `places` decimals, as fraction.
local function decimal(low, high, places)
    local scale = math.tointeger(10 ^ (places or 0))
    return rational.new(math.random(low * scale, high * scale), scale)
end

-- As people and scripts write it: exactly.
function generate.text(x)
    local places, d = 0, x.d
    while d > 1 do
        d, places = d % 10 == 0 and d // 10 or d % 5 == 0 and d // 5 or d // 2, places + 1
    end
    while (x * rational.new(math.tointeger(10 ^ places))).d ~= 1 do places = places + 1 end
    return x:print(places)
end

local function maybe(o, key, make)
    if chance(0.6) then o[key] = make() end
end

local function full(o)
    maybe(o, "of", function() return pick { rational.new(5), rational.new(10), rational.new(25, 2), rational.new(3) } end)
    return o.of or rational.new(1)
end

local MAKERS = {}

function MAKERS.by_sign() return {} end
function MAKERS.pass_fail() return {} end
function MAKERS.rating() return {} end

function MAKERS.completion(o)
    maybe(o, "pass", function() return decimal(0, 1, 1) end)
    maybe(o, "over", function() return decimal(1, 2, 2) end)
end

function MAKERS.reverse(o)
    maybe(o, "mode", function() return pick { "ratio", "linear" } end)
end

function MAKERS.between(o)
    o.lo = decimal(-5, 100, 1)
    o.hi = o.lo + decimal(0, 30, 1)
    maybe(o, "width", function() return pick { rational.new(0), decimal(1, 40, 1), rational.new(1, 5) } end)
    o.edges = { o.lo, o.hi, o.lo - (o.width or o.lo), o.hi + (o.width or o.lo) }
end

function MAKERS.tiers(o)
    local of, bound = full(o), decimal(-20, 60, 1)
    maybe(o, "edge", function() return pick { "lower", "upper" } end)
    o.edges = {}
    for i = 1, math.random(6) do
        o[i] = { bound, of * rational.new(math.random(0, 20), 20) }
        o.edges[i] = bound
        bound = bound + rational.new(math.random(1, 300), 10)
    end
    for i = #o, 2, -1 do -- in any order
        local k = math.random(i)
        o[i], o[k] = o[k], o[i]
    end
end

function MAKERS.deduct(o)
    full(o)
    o.from, o.per = decimal(-5, 120, 1), pick { rational.new(1), rational.new(5), rational.new(1, 10), rational.new(3, 4) }
    o.lose = decimal(0, 1, 2)
    maybe(o, "steps", function() return pick { "floor", "ceil", "prorata" } end)
    maybe(o, "when", function() return pick { "above", "below", "either" } end)
    o.edges = { o.from }
    for i = 2, 6 do o.edges[i] = o.from + o.per * rational.new(math.random(-20, 20)) end
end

function MAKERS.checklist(o)
    local n = math.random(2, 9)
    o.count = n
    if chance(0.5) then
        o.of = rational.new(n)
        return
    end
    for i = 1, n do o[i] = { i, rational.new(math.random(1, 8), 2) } end
end

function MAKERS.violations(o)
    full(o)
    o.lose = decimal(0, 2, 2)
end

function MAKERS.efficacy(o)
    o.satisfied = decimal(-10, 100, 1)
    o.unacceptable = o.satisfied + pick { rational.new(math.random(1, 300), 10), rational.new(math.random(-300, -1), 10) }
    maybe(o, "base", function() return decimal(0, 1, 1) end)
    o.edges = { o.satisfied, o.unacceptable }
end

function MAKERS.deadline(o)
    full(o)
    o.lose = decimal(0, 1, 2)
    maybe(o, "per", function() return pick { "day", "week", "month" } end)
end

local LEAVES = { "completion", "reverse", "by_sign", "pass_fail", "between", "tiers", "deduct", "efficacy", "violations" }

local function small(depth)
    local kind = pick(LEAVES)
    if depth > 0 and chance(0.3) then kind = pick { "least", "average", "against_previous" } end
    return generate.rule(kind, depth)
end

local function reads_target(rule)
    if rule.name == "least" or rule.name == "average" then
        for _, part in ipairs(rule) do
            if reads_target(rule.name == "average" and part[1] or part) then return true end
        end
        return false
    end
    return rule.name == "completion" or rule.name == "reverse" or rule.name == "by_sign" or rule.name == "pass_fail"
end

function MAKERS.against_previous(o, depth)
    repeat o[1] = small(depth - 1) until reads_target(o[1])
    o.edges = o[1].edges
end

function MAKERS.least(o, depth)
    for i = 1, math.random(4) do
        o[i] = small(depth - 1)
        o.edges = o[i].edges or o.edges
    end
end

function MAKERS.average(o, depth)
    for i = 1, math.random(4) do
        o[i] = { small(depth - 1), rational.new(math.random(1, 8), 2) }
        o.edges = o[i][1].edges or o.edges
    end
end

generate.KINDS = { "by_sign", "completion", "reverse", "between", "tiers", "deduct", "checklist", "violations",
    "pass_fail", "rating", "efficacy", "deadline", "against_previous", "least", "average" }

function generate.rule(name, depth)
    local rule = { name = name }
    MAKERS[name](rule, depth or 2)
    return rule
end

-- Each option that MAKERS may set, in a fixed order.
local OPTIONS = { "of", "pass", "over", "mode", "edge", "lo", "hi", "width", "from", "per", "lose", "steps", "when",
    "satisfied", "unacceptable", "base" }

function generate.source(rule)
    local out = {}
    for _, key in ipairs(OPTIONS) do
        local x = rule[key]
        if type(x) == "string" then
            out[#out + 1] = ("%s = %q"):format(key, x)
        elseif x then
            out[#out + 1] = ("%s = %s"):format(key, generate.text(x))
        end
    end
    for _, part in ipairs(rule) do
        if rule.name == "tiers" then
            out[#out + 1] = ("{ %s, %s }"):format(generate.text(part[1]), generate.text(part[2]))
        elseif rule.name == "checklist" then
            out[#out + 1] = ("{ '%d. item', %s }"):format(part[1], generate.text(part[2]))
        elseif rule.name == "average" then
            out[#out + 1] = ("{ %s, %s }"):format(generate.source(part[1]), generate.text(part[2]))
        else
            out[#out + 1] = generate.source(part)
        end
    end
    return ("sy.%s { %s }"):format(rule.name, table.concat(out, ", "))
end

local SIGNS = { ">=", ">", "=", "<", "<=", "between" }

local function number_row(rule)
    local row = { sign = pick(SIGNS), target = pick { decimal(0, 120, 1), rational.new(0), decimal(-20, 0, 1) } }
    row.previous = decimal(-5, 120, 1)
    row.actual = pick { decimal(-10, 160, 2), row.target, row.previous, row.target * rational.new(13, 10),
        row.target * decimal(0, 2, 1) }
    if rule.edges and chance(0.6) then
        row.actual = pick(rule.edges) + pick { rational.new(0), rational.new(1, 1000), rational.new(-1, 1000) }
    end
    if row.sign == "between" then
        if rule.name ~= "by_sign" and rule.name ~= "pass_fail" then
            row.sign = ">="
        else
            row.hi = row.target + decimal(0, 40, 1)
            row.actual = pick { row.actual, row.target, row.hi, row.hi + rational.new(1, 100) }
        end
    end
    return row
end

-- A row for a rule. Numbers carry no unit here.
function generate.row(rule)
    if rule.name == "rating" then
        return { sign = ">=", target = rational.new(1), previous = rational.new(1), actual = decimal(0, 1, 3) }
    elseif rule.name == "deadline" then
        local due = math.random(17000, 19000)
        return { sign = "by", target = rational.new(due), previous = rational.new(due), day = true,
            actual = rational.new(due + pick { 0, 1, -1, 7, 8, 14, 30, 31, 32, math.random(-40, 400) }) }
    end
    local row = number_row(rule)
    if rule.name == "checklist" then
        row.items = {}
        for i = 1, rule.count do
            if chance(0.5) then row.items[#row.items + 1] = i end
        end
        if #row.items == 0 then row.items[1] = rule.count end
    end
    return row
end

return generate
