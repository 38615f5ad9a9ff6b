-- plain.lua - what `compare` has to say, by plain arithmetic: one indicator after the other, and every order of the four
-- causes walked through.
local plain = {}

local CAUSES = { "results", "targets", "weights", "rules" }

-- The paths of a fund in a year, sorted: rows, [weights], measured ones.
local function paths_of(t, fund, y)
    local there, list = {}, {}
    local function add(set)
        for path in pairs(set) do
            if not there[path] then
                there[path] = true
                list[#list + 1] = path
            end
        end
    end
    add(fund.years[y].rows)
    add(t.yards[y].weights)
    add(t.yards[y].measure)
    table.sort(list)
    return list
end

local function weight_of(t, fund, path, y)
    local row = fund.years[y].rows[path]
    return t.yards[y].weights[path] or (row and row.weight)
end

-- Status and attainment of an indicator, called p[1] and p[2] in the two years, of such years' results, targets, rules.
local function grade(t, fund, p, results, targets, rules, weights)
    local row, yard = fund.years[results].rows[p[results]] or {}, t.yards[rules]
    local from = fund.years[targets].rows[p[targets]] or {}
    local target = from.target or t.yards[targets].targets[p[targets]]
    local facts = fund.years[results].facts
    local rule = yard.rules[p[rules]] or plain.rule
    local actual, not_applicable = row.actual, row.not_applicable
    if yard.measure[p[rules]] then actual, not_applicable = facts.k, nil end
    if not_applicable then return "not_applicable" end
    if row.rating then return "scored", row.rating end
    if rule.target and not target then return "untargeted" end
    if not actual then return "missing" end
    if rule.fact and not facts[rule.fact] then return "missing" end
    local weight = weight_of(t, fund, p[weights or rules], weights or rules)
    if rule.weight and not weight then return "missing" end
    return "scored", rule.of(actual, target and target[1], target and target[2], facts, weight)
end

-- Pieces { branch, weight, earned or nil } with what is left out handed on: each piece's points.
local function share_out(yard, pieces)
    local function sums(list)
        local weight, included = 0, 0
        for _, piece in ipairs(list) do
            weight = weight + piece.weight
            included = included + (piece.earned and piece.weight or 0)
        end
        return weight, included
    end
    local function scale(list, weight, included)
        for _, piece in ipairs(list) do
            piece.points = included > 0 and piece.earned and (piece.points or piece.earned) * weight / included or 0
        end
    end
    if yard.rescale == "total" then
        scale(pieces, sums(pieces))
        return
    end
    local branches, all, held = {}, 0, 0
    for _, piece in ipairs(pieces) do
        branches[piece.branch] = branches[piece.branch] or {}
        table.insert(branches[piece.branch], piece)
        all = all + piece.weight
    end
    for _, list in pairs(branches) do
        local weight, included = sums(list)
        scale(list, weight, included)
        held = held + (included > 0 and weight or 0)
    end
    for _, piece in ipairs(pieces) do piece.points = held > 0 and piece.points * all / held or 0 end
end

local function earned(yard, status, attainment, weight)
    if status == "scored" then return weight * attainment end
    local policy = yard.policy[status]
    return policy == "zero" and 0 or policy == "full" and weight or nil
end

local function new_piece(t, path, rules, status, attainment, weight)
    return { branch = path:match("^[^.]+"), weight = weight, earned = earned(t.yards[rules], status, attainment, weight), path = path }
end

-- All indicators of a year, as pieces with their points.
local function year_pieces(t, fund, y)
    local pieces = {}
    for _, path in ipairs(paths_of(t, fund, y)) do
        local weight = weight_of(t, fund, path, y)
        if weight then
            local status, attainment = grade(t, fund, { path, path }, y, y, y)
            pieces[#pieces + 1] = new_piece(t, path, y, status, attainment, weight)
        end
    end
    share_out(t.yards[y], pieces)
    return pieces
end

local function sum_points(pieces)
    local sum = 0
    for _, piece in ipairs(pieces) do sum = sum + piece.points end
    return sum
end

-- What both years have: pairs { first's path, second's path }, and groups of several.
local function common(t, fund)
    local before, after = {}, paths_of(t, fund, 2)
    for _, path in ipairs(paths_of(t, fund, 1)) do before[path] = true end
    local groups, of_old = {}, {}
    for _, path in ipairs(after) do
        local olds = {}
        for _, old in ipairs(before[path] and { path } or t.was[path] or {}) do
            if before[old] then olds[#olds + 1] = old end
        end
        local group
        for _, old in ipairs(olds) do group = group or of_old[old] end
        if #olds > 0 and not group then
            group = { old = {}, new = {} }
            groups[#groups + 1] = group
        end
        for _, old in ipairs(olds) do
            if of_old[old] ~= group then
                of_old[old] = group
                table.insert(group.old, old)
            end
        end
        if group then table.insert(group.new, path) end
    end
    return groups
end

local function year(state, cause) return state[cause] and 2 or 1 end

-- Whether what a mix lacks is lacking in the year that it is taken from: a target, an actual, or a fact that its own
-- rules read.
local function is_lacking(t, fund, p, status, results, targets, rules)
    local row, from = fund.years[results].rows[p[results]] or {}, fund.years[targets].rows[p[targets]] or {}
    if status == "untargeted" then return not from.target and not t.yards[targets].targets[p[targets]] end
    local own = results == rules or (not t.moves.rules and t.scripts[1] == t.scripts[2])
    return own or (not row.actual and not t.yards[rules].measure[p[rules]])
end

-- A pair that comes, in some mix, to what it comes to in neither year counts as a whole with the rules.
local function cannot_mix(t, fund, p)
    local pure = { (grade(t, fund, p, 1, 1, 1)), (grade(t, fund, p, 2, 2, 2)) }
    for results = 1, 2 do
        for targets = 1, 2 do
            for rules = 1, 2 do
                local status = grade(t, fund, p, results, targets, rules)
                local settled = status == "scored" or status == "not_applicable" or status == pure[1] or status == pure[2]
                if not settled and not is_lacking(t, fund, p, status, results, targets, rules) then return true end
            end
        end
    end
    return false
end

-- The score over common indicators in one state of the four.
local function score_state(t, fund, groups, state)
    local pieces, rules, weights = {}, year(state, "rules"), year(state, "weights")
    for _, group in ipairs(groups) do
        if #group.old == 1 and #group.new == 1 then
            local p = { group.old[1], group.new[1] }
            local weight = weight_of(t, fund, p[weights], weights)
            local results, targets = year(state, "results"), year(state, "targets")
            if group.unmixed == nil then group.unmixed = cannot_mix(t, fund, p) end
            local seen = weights
            if group.unmixed then results, targets, seen = rules, rules, rules end
            if weight then
                local status, attainment = grade(t, fund, p, results, targets, rules, seen)
                pieces[#pieces + 1] = new_piece(t, p[rules], rules, status, attainment, weight)
            end
        else
            local function total(y)
                local sum = 0
                for _, path in ipairs(y == 1 and group.old or group.new) do sum = sum + (weight_of(t, fund, path, y) or 0) end
                return sum
            end
            for _, path in ipairs(rules == 1 and group.old or group.new) do
                local weight = weight_of(t, fund, path, rules)
                if weight then
                    local status, attainment = grade(t, fund, { path, path }, rules, rules, rules)
                    pieces[#pieces + 1] = new_piece(t, path, rules, status, attainment, weight * total(weights) / total(rules))
                end
            end
        end
    end
    share_out(t.yards[rules], pieces)
    return sum_points(pieces)
end

-- Calls `walk` with each order of the four causes.
local function each_order(walk, order, left)
    if #left == 0 then return walk(order) end
    for i, cause in ipairs(left) do
        local rest, longer = { table.unpack(left) }, { table.unpack(order) }
        table.remove(rest, i)
        longer[#longer + 1] = cause
        each_order(walk, longer, rest)
    end
end

local function round(x)
    local sign = x < 0 and -1 or 1
    return sign * math.floor(math.abs(x) * 100 + 0.5 + 1e-7) / 100
end
plain.round = round

-- The printed score of a year, and the one before adjustments.
local function printed(t, fund, y)
    local pieces = year_pieces(t, fund, y)
    local any = false
    for _, piece in ipairs(pieces) do
        if piece.earned then
            piece.earned = round(piece.earned)
            any = true
        end
        piece.points = nil
    end
    share_out(t.yards[y], pieces)
    if not any then return nil end
    local base
    if t.yards[y].rescale == "level" then -- each branch is rounded by itself
        local branches, all, held = {}, 0, 0
        for _, piece in ipairs(pieces) do
            local b = branches[piece.branch] or { weight = 0, included = 0, sum = 0 }
            branches[piece.branch] = b
            b.weight = b.weight + piece.weight
            b.included = b.included + (piece.earned and piece.weight or 0)
            b.sum = b.sum + (piece.earned or 0)
            all = all + piece.weight
        end
        local sum = 0
        for _, b in pairs(branches) do
            if b.included > 0 then
                sum = sum + round(b.sum * b.weight / b.included)
                held = held + b.weight
            end
        end
        base = round(sum * all / held)
    else
        base = round(sum_points(pieces))
    end
    local score = base
    if fund.years[y].adjust ~= 0 then score = round(base + fund.years[y].adjust) end
    return math.max(0, math.min(100, score)), base
end

-- What is to be said of a fund: scores, causes unrounded, or nil for a year without a score.
function plain.compare(t, fund)
    local scores, bases = {}, {}
    for y = 1, 2 do scores[y], bases[y] = printed(t, fund, y) end
    local causes, groups = {}, common(t, fund)
    for _, cause in ipairs(CAUSES) do causes[cause] = 0 end
    each_order(function(order)
        local state = {}
        local before = score_state(t, fund, groups, state)
        for _, cause in ipairs(order) do
            state[cause] = true
            local after = score_state(t, fund, groups, state)
            causes[cause] = causes[cause] + (after - before) / 24
            before = after
        end
    end, {}, CAUSES)
    local first = score_state(t, fund, groups, {})
    local second = score_state(t, fund, groups, { results = true, targets = true, weights = true, rules = true })
    causes.indicators = (sum_points(year_pieces(t, fund, 2)) - sum_points(year_pieces(t, fund, 1))) - (second - first)
    if scores[1] and scores[2] then causes.adjustments = (scores[2] - bases[2]) - (scores[1] - bases[1]) end
    return { scores = scores, causes = causes }
end

return plain
