-- tiers.lua - doubts about judgements in tiers: 达成 100%–80%(含), 部分达成 80%–60%(含), 未达成 60%–0%, or whatever edges a
-- type has in [parameters]: tier_full, tier_part (the lower edge of the first and second tier, which belongs to
-- its tier; the upper one does not) and word_full, word_part, word_none (how the words of each tier begin).
-- Used by the `rules.check` of types of self-evaluation forms.
--
-- Where the cell of the actual names a tier, both a rating that is a number and the points that the unit claimed
-- have to lie in it. Edges in points are rounded to a cent, as a provincial system does [F]: of 7 points
-- the first tier is 5.60 to 7.00, the second 4.20 to 5.59.
local checks = require "checks"
local tiers = {}

local function starts(text, word)
    return type(word) == "string" and text:sub(1, #word) == word
end

-- The tier that a cell names: its lower edge and its upper one, nil for the first tier, which ends at 1.
local function tier_of(words, parameters)
    if starts(words, parameters.word_none) then
        return 0, parameters.tier_part
    elseif starts(words, parameters.word_part) then
        return parameters.tier_part, parameters.tier_full
    elseif starts(words, parameters.word_full) then
        return parameters.tier_full, nil
    end
end

local function cents(points)
    return math.floor(points * 100 + 0.5 + 1e-9) / 100
end

local function outside(x, low, high, most)
    return x < low - 1e-9 or x > most + 1e-9 or high and x > high - 1e-9
end

local function edge(high, most)
    return string.format("%.6g", high or most), { zh = high and "（不含）" or "（含）", en = high and "" or " included" }
end

local function check_indicator(fund, i, low, high)
    if type(i.rating) == "number" and outside(i.rating, low, high, 1) then
        local upper, closed = edge(high, 1)
        checks.say(fund, "warning", nil, {
            zh = "%s：评定系数 %.6g 不在实际完成值“%s”所在的档内：%.6g（含）到 %s%s",
            en = "%s: rated %.6g, outside the tier of its actual “%s”, from %.6g included to %s%s" },
            i.name, i.rating, i.actual, low, upper, closed)
    end
    if not i.claimed or not i.weight then
        return
    end
    local from, to = cents(low * i.weight), high and cents(high * i.weight)
    if outside(i.claimed, from, to, i.weight) then
        local upper, closed = edge(to, i.weight)
        checks.say(fund, "warning", nil, {
            zh = "%s：自评 %.6g 分不在实际完成值“%s”所在的档内：%.6g 分（含）到 %s 分%s",
            en = "%s: %.6g points claimed, outside the tier of its actual “%s”, from %.6g included to %s%s" },
            i.name, i.claimed, i.actual, from, upper, closed)
    end
end

function tiers.check(fund, parameters)
    for _, i in pairs(fund.indicators) do
        local low, high
        if type(i.actual) == "string" then
            low, high = tier_of(i.actual, parameters)
        end
        if low then
            check_indicator(fund, i, low, high)
        end
    end
end

return tiers
