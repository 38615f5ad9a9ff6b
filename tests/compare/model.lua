-- model.lua - types of two years, invented: yardsticks and funds whose second year has some things of its own and the
-- others of the first.
local model = {}

local PATHS = { "output.quantity.a", "output.quantity.b", "output.quality.c", "output.cost.d", "benefit.social.e", "benefit.social.f",
    "satisfaction.g" }
model.causes = { "results", "targets", "weights", "rules" }

local state = 1
local function random(low, high)
    state = (state * 1103515245 + 12345) % 2147483648
    return low + (state // 65536) % (high - low + 1)
end
local function pick(list) return list[random(1, #list)] end

-- Rules: how each is written (nil: none is declared), whether it reads a target or a fact, and what it makes of an actual.
local function by_sign(a, t, sign)
    if sign == "<=" then return a <= t and 1 or t > 0 and t / a or 0 end
    return a >= t and 1 or t > 0 and math.max(0, a / t) or 0
end
local RULES = {
    { target = true, of = by_sign },
    { text = "sy.pass_fail{}", target = true, of = function(a, t,
        sign) return (sign == "<=" and a <= t or sign ~= "<=" and a >= t) and 1 or 0 end },
    { text = "sy.tiers{ { 90, 1 }, { 60, 0.7 }, { 30, 0.4 } }",
        of = function(a) return a >= 90 and 1 or a >= 60 and 0.7 or a >= 30 and 0.4 or 0 end },
    { text = "sy.completion{ pass = 0.6 }", target = true, of = function(a, t)
        local ratio = t > 0 and math.max(0, a / t) or 0
        return a >= t and 1 or ratio < 0.6 and 0 or ratio
    end },
    { text = "function(i, fund) return math.min(1, i.actual / fund.base) end", target = true, fact = "base",
        of = function(a, _, _, facts) return math.min(1, a / facts.base) end },
    { text = "function(i) return math.max(0, math.min(1, (i.weight - (100 - i.actual) * 0.1) / i.weight)) end", target = true,
        weight = true,
        of = function(a, _, _, _, weight) return math.max(0, math.min(1, (weight - (100 - a) * 0.1) / weight)) end },
    { text = "function(i) return i.actual >= i.target and 1 or 0.5 end", target = true, of = function(a,
        t) return a >= t and 1 or 0.5 end },
}
model.plain_rule = RULES[1]

local function new_weight() return random(5, 40) / 2 end

local function new_yard()
    local y = { weights = {}, rules = {}, targets = {}, measure = {}, policy = {}, rescale = pick { "total", "total", "level" } }
    for _, path in ipairs(PATHS) do
        if random(0, 9) > 2 then y.weights[path] = new_weight() end
        y.rules[path] = random(0, 1) == 0 and RULES[1] or pick(RULES)
        if random(0, 5) == 0 then y.targets[path] = { random(40, 120), ">=" } end
        if random(0, 9) == 0 then y.measure[path] = true end
    end
    y.policy.missing = pick { "zero", "exclude", "full", "zero" }
    y.policy.untargeted = pick { "exclude", "zero" }
    y.policy.not_applicable = pick { "exclude", "zero" }
    return y
end

local function new_row()
    local r = { target = { random(0, 130), pick { ">=", ">=", "<=" } }, actual = random(0, 140), weight = new_weight() }
    local odd = random(0, 24)
    if odd == 0 then r.target = nil elseif odd == 1 then r.actual = nil elseif odd == 2 then r.not_applicable = true
    elseif odd == 3 and not model.unrated then r.rating = random(0, 10) / 10 end
    return r
end

local function new_data()
    local data = { rows = {}, facts = { k = random(10, 130) }, adjust = 0 }
    if random(0, 2) > 0 then data.facts.base = random(50, 150) end
    if random(0, 3) == 0 then data.adjust = random(-60, 30) / 10 end
    for _, path in ipairs(PATHS) do data.rows[path] = new_row() end
    return data
end

-- What [was] says in the second year: new paths, each with those before it.
local WAS = {
    { ["output.quality.c_new"] = { "output.quality.c" } },
    { ["benefit.social.e1"] = { "benefit.social.e" }, ["benefit.social.e2"] = { "benefit.social.e" } }, -- split
    { ["output.quantity.ab"] = { "output.quantity.a", "output.quantity.b" } }, -- merged
    { ["output.quantity.x1"] = { "output.quantity.a", "output.quantity.b" }, ["output.quantity.x2"] = { "output.quantity.b" } }, -- both
}

-- The second year's name of a path, or several, or none.
local function renamed(was)
    local to = {}
    for _, path in ipairs(PATHS) do to[path] = { path } end
    for _, olds in pairs(was) do
        for _, old in ipairs(olds) do to[old] = {} end
    end
    local news = {}
    for new in pairs(was) do news[#news + 1] = new end
    table.sort(news)
    for _, new in ipairs(news) do
        local old = was[new][1]
        table.insert(to[old], new)
    end
    return to
end

local function second_yard(t, first, fresh, to)
    local y = { weights = {}, rules = {}, targets = {}, measure = {} }
    local function of(cause) return t.moves[cause] and fresh or first end
    for old, news in pairs(to) do
        for _, new in ipairs(news) do
            y.weights[new] = of("weights").weights[old]
            y.targets[new] = of("targets").targets[old]
            y.rules[new] = of("rules").rules[old]
            y.measure[new] = of("rules").measure[old]
        end
    end
    y.policy, y.rescale = of("rules").policy, of("rules").rescale
    return y
end

local function second_data(t, first, fresh, to)
    local function of(cause) return t.moves[cause] and fresh or first end
    local data = { rows = {}, facts = of("results").facts, adjust = (t.changes and fresh or first).adjust }
    for old, news in pairs(to) do
        for _, new in ipairs(news) do
            local r = of("results").rows[old]
            data.rows[new] = { actual = r.actual, not_applicable = r.not_applicable, rating = r.rating,
                target = of("targets").rows[old].target,
                weight = of("weights").rows[old].weight }
        end
    end
    return data
end

-- A type with its funds. `moves`: what the second year has of its own; `changes`: also indicators and adjustments.
function model.make(number, nfunds)
    local t = { name = "t" .. number, moves = {}, was = {}, funds = {}, scripts = {} }
    state = number * 7919 + 17
    for _ = 1, 5 do random(0, 1) end
    if number % 3 == 0 then
        t.moves[pick(model.causes)] = true
    else
        for _, cause in ipairs(model.causes) do t.moves[cause] = random(0, 3) > 0 end
        t.changes = random(0, 1) == 0
    end
    if t.changes and random(0, 2) > 0 then t.was = pick(WAS) end
    local to = renamed(t.was)
    local first, fresh = new_yard(), new_yard()
    if t.changes and random(0, 1) == 0 then to[pick { "output.cost.d", "benefit.social.f" }] = {} end -- dropped
    t.yards = { first, second_yard(t, first, fresh, to) }
    for f = 1, nfunds do
        local before, after = new_data(), new_data()
        t.funds[f] = { id = t.name .. "-" .. f, years = { before, second_data(t, before, after, to) } }
        if t.changes and number % 2 == 0 then t.funds[f].years[2].rows["satisfaction.new"] = new_row() end
    end
    return t
end

return model
