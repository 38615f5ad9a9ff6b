-- generate.lua - small evaluations out of a fixed seed: types with all policies, roundings and grades; funds with
-- indicators of every status, adjustments, caps and vetoes. Each is made as what it is and as files that say it.
local generate = {}

local RATINGS = { { "好", "1" }, { "较好", "0.85" }, { "一般", "0.7" }, { "较差", "0.3" }, { "差", "0" } }
local TARGETS = { 2, 3, 4, 5, 7, 8, 10, 20, 25, 40, 80, 200, 400 }
local POLICIES = { "zero", "exclude", "full" }
local BRANCHES = { "output.quantity", "output.quality", "benefit.social", "satisfaction", "资金.效果" }

local function pick(list)
    return list[math.random(#list)]
end

local function chance(share)
    return math.random() < share
end

-- Hundredths as people write them: 1250 -> "12.5".
local function hundredths(n)
    local text = ("%d.%02d"):format(n // 100, n % 100)
    return (text:gsub("%.?0+$", ""))
end

local function make_type(name)
    local t = { name = name, full_score = "100", min_coverage = "0.6", decimals = 2, mode = "half_up",
        apply = "indicator", rescale = "total", weights = {}, levels = {},
        missing = { actual = "zero", target = "exclude", rating = "exclude", rejected = "exclude",
            not_applicable = "exclude" },
        grades = { { "优", "90" }, { "良", "80" }, { "中", "60" }, { "差", "0" } } }
    t.given = {} -- which keys its INI says
    local function maybe(key, share, values)
        if chance(share) then
            t[key], t.given[key] = pick(values), true
        end
    end
    maybe("full_score", 0.3, { "100", "120", "50", "10", "150.5" })
    maybe("min_coverage", 0.4, { "0", "0.3", "0.5", "0.75", "0.9", "1" })
    maybe("decimals", 0.6, { 0, 1, 2, 3, 4 })
    maybe("mode", 0.6, { "half_up", "half_even", "down" })
    maybe("apply", 0.4, { "indicator", "total" })
    maybe("rescale", 0.5, { "total", "level" })
    for _, status in ipairs { "actual", "target", "rating", "rejected", "not_applicable" } do
        if chance(0.5) then
            t.missing[status], t.given[status] = pick(POLICIES), true
        end
    end
    if chance(0.3) then
        t.given.grades = true
        t.grades = pick { { { "A", "95" }, { "B", "72.5" }, { "C", "0" } }, { { "合格", "60" }, { "不合格", "0" } },
            { { "一等", "85" }, { "二等", "70" }, { "三等", "50" }, { "末等", "0" } } }
    end
    return t
end

local function ini_of(t)
    local out = {}
    local function line(...)
        out[#out + 1] = string.format(...)
    end
    local function keys(section, names, from)
        local open = false
        for _, key in ipairs(names) do
            if t.given[key] then
                if not open then line("[%s]", section) end
                open = true
                line("%s = %s", key, from[key])
            end
        end
    end
    line("[type]\nname = %s", t.name)
    if t.given.full_score then line("full_score = %s", t.full_score) end
    if t.given.min_coverage then line("min_coverage = %s  ; a comment", t.min_coverage) end
    keys("rounding", { "decimals", "mode", "apply" }, t)
    t.missing.rescale, t.given.rescale = t.rescale, t.given.rescale
    keys("missing", { "actual", "target", "rating", "rejected", "not_applicable", "rescale" }, t.missing)
    if t.given.grades then
        line("[grades]")
        for _, g in ipairs(t.grades) do line("%s = %s", g[1], g[2]) end
    end
    line("[ratings]")
    for _, r in ipairs(RATINGS) do line("%s = %s", r[1], r[2]) end
    if #t.levels > 0 then
        line("[levels]")
        for _, l in ipairs(t.levels) do line("%s = %s", l[1], l[2]) end
    end
    if #t.weights > 0 then
        line("[weights]")
        for _, w in ipairs(t.weights) do line("%s = %s", w[1], w[2]) end
    end
    return table.concat(out, "\n") .. "\n"
end

-- What each kind of row looks like, and what it is.
local KINDS = {
    function(row) -- more is better
        local t = pick(TARGETS)
        row.kind, row.target, row.actual = "more", t, chance(0.5) and math.random(0, 2 * t) or math.random(0, t)
        row.target_text, row.actual_text = "≥" .. t, tostring(row.actual)
    end,
    function(row) -- less is better
        local t = pick { 1, 2, 3, 5, 6, 12 }
        row.kind, row.target, row.actual = "less", t, pick { 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 24 }
        row.target_text, row.actual_text = "≤" .. t, tostring(row.actual)
    end,
    function(row) row.kind, row.rating = "rated", pick(RATINGS)[1] end,
    function(row) row.kind, row.rating = "rated", pick { "0.5", "0.125", "1", "0" } end,
    function(row) row.kind, row.rating, row.target_text, row.actual_text = "rated", pick(RATINGS)[1], "≥4", "3" end,
    function(row) row.kind, row.target_text, row.actual_text = "rated", "不断提高", pick(RATINGS)[1] end,
    function(row) row.kind, row.target_text, row.actual_text = "repeated", "达到要求", "达到要求" end,
    function(row) row.kind, row.target_text, row.actual_text = "unrated", "不断提高", "有所提高" end,
    function(row) row.kind, row.target_text, row.actual_text = "missing", "≥5", pick { "", "—", "/" } end,
    function(row) row.kind, row.target_text, row.actual_text = "untargeted", "", pick { "5", "12.5" } end,
    function(row) row.kind, row.target_text, row.actual_text = "untargeted", "", "" end,
    function(row) row.kind, row.target_text, row.actual_text = "rejected", "≥5", pick { "12..5", "1,23,4", "≥≥5" } end,
    function(row) row.kind, row.target_text, row.actual_text = "rejected", "≥5万元", "3人" end,
    function(row)
        row.kind, row.target_text, row.actual_text = "not_applicable", pick { "≥5", "" }, pick { "不适用", "N/A", "无此项" }
    end,
    function(row) -- not applicable wins over a rating
        row.kind, row.target_text, row.actual_text, row.rating = "not_applicable", "≥5", "NA", "好"
    end,
}

-- Points of n rows that add up to `sum` hundredths.
local function share_points(sum, n)
    local points, left = {}, sum
    for i = 1, n - 1 do
        points[i] = math.random(0, 2 * left // (n - i + 1))
        if chance(0.5) then points[i] = points[i] // 100 * 100 end
        left = left - points[i]
    end
    points[n] = left
    return points
end

local function make_rows(t, f)
    local n = math.random(1, 8)
    local full = math.tointeger(tonumber(t.full_score) * 100)
    local points = share_points(chance(0.85) and full or full + math.random(-300, 300), n)
    local mostly = chance(0.6) -- most funds have mostly numbers
    for i = 1, n do
        local row = { path = pick(BRANCHES) .. ".i" .. i, weight = points[i] }
        KINDS[mostly and chance(0.7) and math.random(2) or math.random(#KINDS)](row)
        row.weight_text = hundredths(row.weight)
        if chance(0.03) then row.weight, row.weight_text = nil, "" end
        f.rows[i] = row
    end
end

-- A type whose [weights] share the points of [levels]; its funds have the shared indicators and what they forget.
local function make_split(t)
    t.split = true
    t.levels = { { "output", "60" }, { "benefit", "40" } }
    t.weights = { { "output.*", "split" }, { "benefit.kept", "12.5" }, { "benefit.*", "split" } }
    t.full_score, t.given.full_score = "100", nil
end

local function make_split_rows(f)
    for _, branch in ipairs { "output", "benefit" } do
        for i = 1, math.random(1, 7) do
            local row = { path = branch .. ".x.i" .. i, weight_text = "" }
            KINDS[math.random(#KINDS)](row)
            f.rows[#f.rows + 1] = row
        end
    end
    if chance(0.5) then
        f.rows[#f.rows + 1] = { path = "benefit.kept", weight_text = "12.5", kind = "more", target = 8, actual = 7,
            target_text = "8", actual_text = "7" }
    else -- it stands in [weights], so that it is asked for
        f.forgotten = { path = "benefit.kept", kind = "untargeted" }
    end
end

local function make_adjustments(t, f)
    for _ = 1, chance(0.4) and math.random(1, 3) or 0 do
        local a = {}
        if chance(0.75) then a.points = pick { "-0.5", "-2", "-7.25", "1", "3.125", "0.05", "-100", "60", "-0.005" } end
        if not a.points or chance(0.2) then a.cap = pick(t.grades)[1] end
        f.adjustments[#f.adjustments + 1] = a
    end
    f.misuse = t.script and chance(0.3)
    f.late = t.script and chance(0.4) and math.random(1, 6) or nil
end

local SCRIPT = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.adjust(fund)
    if fund.late then fund:deduct(fund.late / 8, "late") end
    if fund.misuse == true then fund:veto("misuse") end
end
return rules
]]

local function csv(...)
    local cells = {}
    for i, cell in ipairs { ... } do
        cells[i] = cell:find('[,"\n]') and '"' .. cell:gsub('"', '""') .. '"' or cell
    end
    return table.concat(cells, ",") .. "\n"
end

-- An evaluation of `ntypes` types with some funds each: its types by name, its funds in order, its files.
function generate.evaluation(ntypes)
    local e = { types = {}, funds = {}, files = {} }
    local funds, outcomes = { csv("fund", "type", "department", "misuse", "late") },
        { csv("fund", "indicator", "target", "actual", "weight", "rating") }
    local adjustments = { csv("fund", "points", "cap", "reason") }
    for k = 1, ntypes do
        local t = make_type("t" .. k)
        if chance(0.2) then make_split(t) end
        t.script = chance(0.3)
        e.types[t.name] = t
        e.files["config/" .. t.name .. ".ini"] = ini_of(t)
        if t.script then e.files["scripts/" .. t.name .. ".lua"] = SCRIPT end
        for i = 1, 4 do
            local f = { id = t.name .. "-" .. i, type = t, rows = {}, adjustments = {} }
            if t.split then make_split_rows(f) else make_rows(t, f) end
            make_adjustments(t, f)
            e.funds[#e.funds + 1] = f
            funds[#funds + 1] = csv(f.id, t.name, "d" .. k % 3, f.misuse and "是" or "", f.late and tostring(f.late) or "")
            for _, row in ipairs(f.rows) do
                outcomes[#outcomes + 1] = csv(f.id, row.path, row.target_text or "", row.actual_text or "",
                    row.weight_text, row.rating or "")
            end
            if f.forgotten then f.rows[#f.rows + 1] = f.forgotten end
            for _, a in ipairs(f.adjustments) do
                adjustments[#adjustments + 1] = csv(f.id, a.points or "", a.cap or "", "why")
            end
        end
    end
    e.files["evaluation.ini"] = "[evaluation]\ntitle = second\nyears = 2021\nlanguage = en\n"
        .. "[data funds]\npath = funds.csv\n[data outcomes]\npath = outcomes.csv\n"
        .. "[data adjustments]\npath = adjustments.csv\n"
    e.files["funds.csv"], e.files["outcomes.csv"] = table.concat(funds), table.concat(outcomes)
    e.files["adjustments.csv"] = table.concat(adjustments)
    return e
end

generate.RATINGS = RATINGS
return generate
