-- score.lua - from outcomes to a score, a second time: plain loops over exact fractions, sharing nothing with the
-- engine. It takes what generate.lua made and gives each indicator's and each fund's result.
local rational = require "rational"
local generate = require "generate"

local score = {}
local ZERO, ONE = rational.new(0), rational.new(1)
local POLICY_OF = { missing = "actual", untargeted = "target", unrated = "rating", rejected = "rejected",
    not_applicable = "not_applicable" }

local function attainment_of(row)
    if row.kind == "more" then
        return row.actual >= row.target and ONE or rational.new(row.actual, row.target)
    elseif row.kind == "less" then
        return row.actual <= row.target and ONE or rational.new(row.target, row.actual)
    elseif row.kind == "repeated" then
        return ONE
    elseif row.kind == "rated" then
        local word = row.rating or row.actual_text
        for _, r in ipairs(generate.RATINGS) do
            if r[1] == word then return rational.read(r[2]) end
        end
        return rational.read(word)
    end
end

-- [weights] of a split type: 60 shared by output, 40 less the 12.5 of benefit.kept by the rest of benefit.
local function split_weight(f, row)
    if row.path == "benefit.kept" then return rational.read("12.5") end
    local branch, sharers = row.path:match("^%a+"), 0
    for _, other in ipairs(f.rows) do
        if other.path:match("^%a+") == branch and other.path ~= "benefit.kept" then sharers = sharers + 1 end
    end
    return rational.read(branch == "output" and "60" or "27.5") / rational.new(sharers)
end

local function points_of(t, points)
    return t.apply == "total" and points or points:round(t.decimals, t.mode)
end

local function score_items(f)
    local items = {}
    for i, row in ipairs(f.rows) do
        local attainment = attainment_of(row)
        local weight = row.weight and rational.new(row.weight, 100)
        if f.type.split then weight = split_weight(f, row) end
        local item = { path = row.path, weight = weight, attainment = attainment,
            status = attainment and "scored" or row.kind }
        if weight and attainment then
            item.score = points_of(f.type, weight * attainment)
        elseif weight then
            local policy = f.type.missing[POLICY_OF[item.status]]
            if policy == "zero" then item.score = ZERO end
            if policy == "full" then item.score = points_of(f.type, weight) end
        end
        items[i] = item
    end
    return items
end

local function sums(list, value_of)
    local total, included, points = ZERO, ZERO, ZERO
    for _, item in ipairs(list) do
        total = total + item.weight
        local value = value_of(item)
        if value then
            included, points = included + item.weight, points + value
        end
    end
    return total, included, points
end

-- Sum of scores with the points of what is left out handed on; nil: nothing is included.
local function base_of(f, items, value_of)
    local t, branches, order, all = f.type, {}, {}, {}
    for _, item in ipairs(items) do
        if item.weight then
            local name = item.path:match("^[^.]+")
            if not branches[name] then
                branches[name] = {}
                order[#order + 1] = name
            end
            table.insert(branches[name], item)
            all[#all + 1] = item
        end
    end
    local total, included, points = sums(all, value_of)
    if included == ZERO then return nil end
    if t.rescale == "total" then
        return (points * (total / included)):round(t.decimals, t.mode)
    end
    local held, sum = ZERO, ZERO
    for _, name in ipairs(order) do
        local whole, left, part = sums(branches[name], value_of)
        if left ~= ZERO then
            sum, held = sum + points_of(t, part * (whole / left)), held + whole
        end
    end
    return (sum * (total / held)):round(t.decimals, t.mode)
end

local function adjust(f, base)
    local full = rational.read(f.type.full_score):round(f.type.decimals, f.type.mode)
    if f.misuse then return ZERO end
    for _, a in ipairs(f.adjustments) do
        if a.points then base = base + rational.read(a.points) end
    end
    if f.late then base = base - rational.new(f.late, 8) end
    base = base:round(f.type.decimals, f.type.mode)
    return base < ZERO and ZERO or base > full and full or base
end

local function grade_of(f, points)
    local t, place = f.type, nil
    local share = points * rational.new(100) / rational.read(t.full_score)
    for i, g in ipairs(t.grades) do
        if share >= rational.read(g[2]) then
            place = i
            break
        end
    end
    for _, a in ipairs(f.adjustments) do
        for i, g in ipairs(t.grades) do
            if a.cap == g[1] and i > place then place = i end
        end
    end
    return t.grades[place][1]
end

local function sums_right(f, items, total)
    if total ~= rational.read(f.type.full_score) then return false end
    for _, level in ipairs(f.type.levels) do
        local sum = ZERO
        for _, item in ipairs(items) do
            if item.path:match("^[^.]+") == level[1] and item.weight then sum = sum + item.weight end
        end
        if sum ~= rational.read(level[2]) then return false end
    end
    return true
end

function score.fund(f)
    local items = score_items(f)
    local total, scored, void = ZERO, ZERO, ZERO
    for _, item in ipairs(items) do
        if item.weight then
            total = total + item.weight
            if item.status == "scored" then scored = scored + item.weight end
            if item.status == "not_applicable" then void = void + item.weight end
        end
    end
    local function bound(full)
        return function(item)
            if item.status == "scored" or item.status == "not_applicable" then return item.score end
            return full and points_of(f.type, item.weight) or ZERO
        end
    end
    local result = { items = items, status = "scored" }
    local base = base_of(f, items, function(item) return item.score end)
    local low, high = base_of(f, items, bound(false)), base_of(f, items, bound(true))
    if total ~= void then result.coverage = scored / (total - void) end
    result.score = base and adjust(f, base)
    result.low, result.high = low and adjust(f, low), high and adjust(f, high)
    if not base then
        result.status = "unscored"
    elseif result.coverage and result.coverage < rational.read(f.type.min_coverage) then
        result.status = "insufficient"
    elseif sums_right(f, items, total) then
        result.grade = grade_of(f, result.score)
    end
    return result
end

return score
