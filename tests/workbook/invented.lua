-- invented.lua - an invented evaluation with every standard rule, every way to round and to hand points on, every status,
-- adjustments, caps and vetoes; and how its figures are changed afterwards.
local suite = require "suite"
local invented = {}

-- Rules by branch of the path; functions and what a sheet has not stand as numbers.
local SCRIPT = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.pass.*"] = sy.completion { pass = 0.6 }
rules.indicator["a.reverse.*"] = sy.reverse { mode = "linear" }
rules.indicator["a.between.*"] = sy.between { lo = 90, hi = 110, width = 20 }
rules.indicator["a.tiers.*"] = sy.tiers { { 90, 1 }, { 80, 0.8 }, { 60, 0.5 } }
rules.indicator["a.upper.*"] = sy.tiers { of = 8, edge = "upper", { 10, 8 }, { 20, 5 }, { 30, 1 } }
rules.indicator["b.deduct.*"] = sy.deduct { of = 5, from = 100, per = 5, lose = 0.7 }
rules.indicator["b.ceil.*"] = sy.deduct { of = 5, from = 100, per = 5, lose = 0.7, steps = "ceil", when = "below" }
rules.indicator["b.prorata.*"] = sy.deduct { of = 5, from = 100, per = 3, lose = 0.7, steps = "prorata", when = "either" }
rules.indicator["b.violations.*"] = sy.violations { of = 4, lose = 0.5 }
rules.indicator["b.checklist.*"] = sy.checklist { of = 7 }
rules.indicator["c.binary.*"] = sy.pass_fail {}
rules.indicator["c.efficacy.*"] = sy.efficacy { satisfied = 95, unacceptable = 60 }
rules.indicator["c.months.*"] = sy.deadline { lose = 0.15, per = "month" }
rules.indicator["c.weeks.*"] = sy.deadline { lose = 0.05, per = "week" }
rules.indicator["c.days.*"] = sy.deadline { lose = 0.01, per = "day" }
rules.indicator["c.least.*"] = sy.least { sy.completion {}, sy.tiers { { 90, 1 }, { 50, 0.7 } } }
rules.indicator["c.average.*"] = sy.average { { sy.completion {}, 2 }, { sy.between { lo = 50, hi = 150, width = 50 }, 1 } }
function rules.adjust(fund)
  if fund.id:sub(-5) == "-veto" then fund:veto("截留挪用") end
end
rules.indicator["d.func.*"] = function(i) return i.actual / (i.target + 7) end
return rules
]]

local YARDSTICKS = {
    up = "decimals = 2\nmode = half_up", even = "decimals = 1\nmode = half_even", down = "decimals = 1\nmode = down",
    whole = "decimals = 0\nmode = half_up", total = "decimals = 2\nmode = half_up\napply = total",
    level = "decimals = 2\nmode = half_up"
}
local BRANCHES = { "a.plain", "a.less", "a.equal", "a.range", "a.pass", "a.reverse", "a.between", "a.tiers", "a.upper", "b.deduct",
    "b.ceil", "b.prorata", "b.violations", "b.checklist", "c.binary", "c.efficacy", "c.by", "c.months", "c.weeks", "c.days", "c.least",
    "c.average", "d.func", "d.rated", "d.money" }

-- A generator of its own: the same numbers everywhere.
local state = 7
local function random(n)
    state = (state * 1103515245 + 12345) % 2147483648
    return state // 65536 % n
end

local function date(day)
    local months = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
    for month, days in ipairs(months) do
        if day < days then return ("2023-%02d-%02d"):format(month, day + 1) end
        day = day - days
    end
end

-- Target and actual of a branch, and another actual in the same form.
local function values(branch)
    local edge = random(3) == 0
    local t = 50 + random(100)
    local a = edge and t or 30 + random(140)
    if branch == "a.less" then return "≤" .. t .. "万元", a .. "万元", random(200) .. "万元" end
    if branch == "a.equal" then return random(4) == 0 and "=0个" or "=" .. t .. "个", a .. "个", random(90) .. "个" end
    if branch == "a.range" then return t .. "-" .. t + 20 .. "岁", a .. "岁", nil end
    if branch == "a.pass" then return "≥" .. t .. ".5%", a .. ".25%", random(200) .. ".75%" end
    if branch == "a.upper" then return nil, random(40) .. "天", random(40) .. "天" end
    if branch == "b.violations" or branch == "b.checklist" then return nil, random(8) .. "项", random(8) .. "项" end
    if branch == "c.by" or branch == "c.months" or branch == "c.weeks" or branch == "c.days" then
        return date(200 + random(60)) .. "前", date(180 + random(180)), nil
    end
    if branch == "d.rated" then return "有所改善", random(2) == 0 and
        "达成预期指标" or "部分达成预期指标并具有一定效果", nil end
    if branch == "d.money" then return "≥0." .. 10 + random(80) .. "亿元", 1000 + random(8000) .. "万元", 1000 + random(9000) ..
        "万元" end
    if branch:find("^a%.plain") then return "≥" .. t .. ",000人次", a .. ",000人次", 50 + random(99) .. ",500人次" end
    return "≥" .. t .. "%", a .. "." .. random(10) .. "%", random(150) .. "." .. 1 + random(9) .. "%"
end

-- What a cell shows as the number in it.
local function number_of(text)
    return tonumber((text:match("[%d,.]+"):gsub(",", "")))
end

-- Funds of every yardstick: plain ones, one with statuses of all kinds, ones that are adjusted.
local KINDS = { "plain", "open", "points", "cap", "veto", "hollow" }

local function spoil(kind, n, target, actual)
    if kind == "open" and n % 6 == 1 then return target, "" end
    if kind == "open" and n % 6 == 3 then return "", actual end
    if kind == "open" and n % 6 == 5 then return target, "无此项" end
    if kind == "hollow" and n <= 13 then return target, "不适用" end
    return target, actual
end

function invented.make(folder)
    local outcomes, changed = { "fund,indicator,name,target,actual,weight,note" }, {}
    local funds = { "fund,name,type,year,department,全年预算数(万元),全年执行数(万元),staff" }
    local adjustments = { "fund,points,cap,reason" }
    local changes = {}
    suite.write(folder .. "/scripts/up.lua", SCRIPT)
    for type, rounding in pairs(YARDSTICKS) do
        local missing = type == "level" and "\nrescale = level" or ""
        suite.write(folder .. "/config/" .. type .. ".ini", "[type]\nscript = up.lua\nmin_coverage = 0\n\n[rounding]\n" .. rounding ..
            "\n\n[missing]\nactual = exclude" .. missing ..
                "\n\n[ratings]\n达成预期指标 = 1\n部分达成预期指标并具有一定效果 = 0.7\n")
    end
    local types = {}
    for type in pairs(YARDSTICKS) do types[#types + 1] = type end
    table.sort(types)
    for _, type in ipairs(types) do
        for _, kind in ipairs(KINDS) do
            local fund = type .. "-" .. kind
            funds[#funds + 1] = ("%s,%s的项目（虚构）,%s,2023,某局,%d.5,%d.25,%d"):format(fund, fund, type, 100 + random(50),
                80 + random(40), random(30))
            for n, branch in ipairs(BRANCHES) do
                local target, actual, other = values(branch)
                target, actual = spoil(kind, n, target or "", actual)
                local path = branch .. ".i" .. n
                outcomes[#outcomes + 1] = ('%s,%s,指标%d号,"%s","%s",%s,%s'):format(fund, path, n, target, actual,
                    n == #BRANCHES and "4" or n % 2 == 0 and "3.5" or "4.5", n % 5 == 0 and "原因" .. n or "")
                if other and kind == "plain" then
                    changes[fund .. " " .. path] = other
                end
            end
        end
        adjustments[#adjustments + 1] = type .. "-points,-2.35,,晚报"
        adjustments[#adjustments + 1] = type .. "-points,1.1,,创新"
        adjustments[#adjustments + 1] = type .. "-cap,,中,整改未完成"
        adjustments[#adjustments + 1] = type .. "-cap,-1,,延期"
    end
    for i, line in ipairs(outcomes) do
        local fund, path = line:match("^([^,]+),([^,]+)")
        local other = changes[fund .. " " .. path]
        changed[i] = other and line:gsub('^([^"]*"[^"]*",)"[^"]*"', function(head) return head .. '"' .. other .. '"' end) or line
    end
    local ini = "[evaluation]\ntitle = 虚构的评价\nyears = 2023\n\n[data funds]\npath = data/funds.csv\n\n[data outcomes]\npath = data/%s\n\n" ..
        "[data adjustments]\npath = data/adjustments.csv\n"
    suite.write(folder .. "/data/funds.csv", table.concat(funds, "\n") .. "\n")
    suite.write(folder .. "/data/outcomes.csv", table.concat(outcomes, "\n") .. "\n")
    suite.write(folder .. "/data/changed.csv", table.concat(changed, "\n") .. "\n")
    suite.write(folder .. "/data/adjustments.csv", table.concat(adjustments, "\n") .. "\n")
    suite.write(folder .. "/evaluation.ini", ini:format("outcomes.csv"))
    suite.write(folder .. "/changed.ini", ini:format("changed.csv"))
    local numbers = {}
    for key, text in pairs(changes) do numbers[key] = number_of(text) end
    return numbers
end

return invented
