-- model.lua - every standard rule a second time, as plain Lua over exact fractions: no binary fraction is near a
-- step or an edge here, so nothing snaps. A rule is { name, options… } with fractions for numbers; a row has
-- target, actual, hi, previous as fractions (days for dates), sign as a word.
local rational = dofile("tests/second/rational.lua")

local model = {}
local ZERO, ONE, TWO = rational.new(0), rational.new(1), rational.new(2)

local function unit(x)
    return x < ZERO and ZERO or x > ONE and ONE or x
end

local function floor(x)
    return rational.new(x.n // x.d)
end

local function ceil(x)
    return -floor(-x)
end

local function completion(o, a, t)
    if a >= t then return ONE end
    if t <= ZERO or a / t < (o.pass or ZERO) then return ZERO end
    return unit(a / t)
end

local function reverse(o, a, t)
    if a <= t then return ONE end
    if t <= ZERO then return ZERO end
    return o.mode == "linear" and unit(TWO - a / t) or t / a
end

local function by_sign(o, row)
    local a, t = row.actual, row.target
    if row.sign == "<" or row.sign == "<=" then return reverse(o, a, t) end
    if row.sign == "between" then return (t <= a and a <= row.hi) and ONE or ZERO end
    if row.sign == "by" then return a <= t and ONE or ZERO end
    if row.sign == "=" and t == ZERO then return a <= ZERO and ONE or ZERO end
    return completion(o, a, t)
end

local function left(of, lost)
    return unit((of - lost) / of)
end

local RULES = {
    by_sign = by_sign,
    completion = function(o, row) return completion(o, row.actual, row.target) end,
    reverse = function(o, row) return reverse(o, row.actual, row.target) end,
    pass_fail = function(_, row) return by_sign({}, row) == ONE and ONE or ZERO end,
    rating = function(_, row) return row.actual end,
}

function RULES.between(o, row)
    local a, width = row.actual, o.width or ZERO
    local outside = a < o.lo and o.lo - a or a > o.hi and a - o.hi or ZERO
    if outside == ZERO then return ONE end
    return outside >= width and ZERO or ONE - outside / width
end

function RULES.tiers(o, row)
    local best
    for _, tier in ipairs(o) do
        if o.edge == "upper" and row.actual <= tier[1] then
            if not best or tier[1] < best[1] then best = tier end
        elseif o.edge ~= "upper" and tier[1] <= row.actual then
            if not best or tier[1] > best[1] then best = tier end
        end
    end
    return best and best[2] / (o.of or ONE) or ZERO
end

function RULES.deduct(o, row)
    local d = row.actual - o.from
    if o.when == "below" then d = -d end
    if o.when == "either" and d < ZERO then d = -d end
    if d < ZERO then d = ZERO end
    local steps = d / o.per
    if (o.steps or "floor") == "floor" then steps = floor(steps) end
    if o.steps == "ceil" then steps = ceil(steps) end
    return left(o.of or ONE, o.lose * steps)
end

function RULES.checklist(o, row) -- row.items: the numbers of those met
    local points, all = ZERO, ZERO
    for i, item in ipairs(o) do
        all = all + item[2]
        for _, met in ipairs(row.items) do
            if met == i then points = points + item[2] end
        end
    end
    if #o == 0 then points = rational.new(#row.items) end
    return unit(points / (o.of or all))
end

function RULES.violations(o, row)
    return left(o.of or ONE, o.lose * row.actual)
end

function RULES.efficacy(o, row)
    local base = o.base or rational.new(3, 5)
    return unit(base + (ONE - base) * ((row.actual - o.unacceptable) / (o.satisfied - o.unacceptable)))
end

-- Walks the calendar from the day after the target on; Lua's own dates do the counting of days in months.
local function months_begun(due, done)
    local from = os.date("!*t", due * 86400 + 43200)
    local last = os.date("!*t", (due + 1) * 86400 + 43200).day == 1
    local n, day = 0, due + 1
    while day <= done do
        local now, before = os.date("!*t", day * 86400 + 43200), os.date("!*t", (day - 1) * 86400 + 43200)
        if last then
            if now.day == 1 then n = n + 1 end
        elseif day == due + 1 or before.day == from.day or (now.day == 1 and before.day < from.day) then
            n = n + 1
        end
        day = day + 1
    end
    return n
end

function RULES.deadline(o, row)
    local due, done = row.target.n, row.actual.n
    local late = math.max(0, done - due)
    local n = late
    if o.per == "week" then n = (late + 6) // 7 end
    if o.per == "month" then n = months_begun(due, done) end
    return left(o.of or ONE, o.lose * rational.new(n))
end

function RULES.against_previous(o, row)
    local sign = (row.sign == "between" or row.sign == "by") and ">=" or row.sign
    return model.attainment(o[1], { actual = row.actual, target = row.previous, sign = sign, items = row.items })
end

function RULES.least(o, row)
    local least = ONE
    for _, part in ipairs(o) do
        local x = model.attainment(part, row)
        if x < least then least = x end
    end
    return least
end

function RULES.average(o, row)
    local sum, weights = ZERO, ZERO
    for _, part in ipairs(o) do
        sum, weights = sum + model.attainment(part[1], row) * part[2], weights + part[2]
    end
    return sum / weights
end

function model.attainment(rule, row)
    return RULES[rule.name](rule, row)
end

return model
