-- part_money.lua - invented amounts, many of them missing: sums, differences and rates by whole cents. English: nothing of
-- ours is Chinese. Many funds: the document stays finite and says what it leaves out.
local suite, office = require "suite", require "office"
local check, expect = suite.check, office.expect
local KEYS = { "budget_initial", "budget", "allotted", "received", "spent" }
local seed = 20190521

local function random(n)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed // 65536 % n
end

local function amount(cents)
    return ("%d.%02d"):format(cents // 100, cents % 100)
end

-- part / whole in per cent with two places, half up, of whole numbers.
local function rate(part, whole)
    if whole == 0 then return "–" end
    local sign = part < 0 and "-" or ""
    local n = (math.abs(part) * 20000 + whole) // (2 * whole)
    return (n == 0 and "" or sign) .. ("%d.%02d%%"):format(n // 100, n % 100)
end

local function evaluation(n)
    local rows, facts, funds = { "fund,name,department," .. table.concat(KEYS, ",") }, { "fund,fact,value,unit" }, {}
    for i = 1, n do
        local fund, cells = { name = "Fund " .. i }, { "f" .. i, "Fund " .. i, "Works" }
        for _, key in ipairs(KEYS) do
            if random(4) > 0 then fund[key] = random(900000000) end
            if key == "budget" and random(6) == 0 then fund[key] = 0 end
            cells[#cells + 1] = fund[key] and amount(fund[key]) .. "元" or ""
        end
        rows[#rows + 1] = table.concat(cells, ",")
        if i <= 5 then
            fund.income, fund.budget_income = random(90000000), random(90000000) + 1
            facts[#facts + 1] = ("f%d,income,%s,元"):format(i, amount(fund.income))
            facts[#facts + 1] = ("f%d,budget_income,%s,元"):format(i, amount(fund.budget_income))
        end
        funds[i] = fund
    end
    local outcomes = { "fund,indicator,target,actual,weight" }
    for i = 1, n do outcomes[#outcomes + 1] = ("f%d,output.quantity.roads,≥100,%d,100"):format(i, random(130)) end
    office.write("evaluation.ini", "[evaluation]\ntitle = Roads\nyears = 2020\ntype = roads\nlanguage = en\n" ..
        "[data funds]\npath = funds.csv\n[data facts]\npath = facts.csv\n[data outcomes]\npath = outcomes.csv\n")
    office.write("funds.csv", table.concat(rows, "\n") .. "\n")
    office.write("facts.csv", table.concat(facts, "\n") .. "\n")
    office.write("outcomes.csv", table.concat(outcomes, "\n") .. "\n")
    return funds
end

local function cell(cents)
    return cents and cents / 100 or "not given"
end

local funds = evaluation(40)
local bytes = office.make("money.docx", "score . --lang en")
local lines, text = office.lines("money.docx")
local sums, counts, spent, budget, rated = {}, {}, 0, 0, 0
for _, fund in ipairs(funds) do
    local row = { fund.name }
    for i, key in ipairs(KEYS) do
        row[i + 1] = cell(fund[key])
        sums[key] = (sums[key] or 0) + (fund[key] or 0)
        counts[key] = (counts[key] or 0) + (fund[key] and 1 or 0)
    end
    row[7] = "not given"
    if fund.spent and fund.budget then
        row[7] = rate(fund.spent, fund.budget)
        spent, budget, rated = spent + fund.spent, budget + fund.budget, rated + 1
    end
    expect(lines, row, "use of funds")
    if fund.spent and fund.budget_initial then
        local change = fund.spent - fund.budget_initial
        expect(lines, { fund.name, fund.spent / 100, fund.budget_initial / 100, change / 100,
            rate(change, fund.budget_initial) }, "initial budget")
    end
    if fund.income then
        local change = fund.income - fund.budget_income
        expect(lines, { "Income", fund.income / 100, fund.budget_income / 100, change / 100,
            rate(change, fund.budget_income) }, "final accounts")
    end
end
local function grouped(cents)
    local whole = tostring(cents // 100):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
    return whole .. (".%02d"):format(cents % 100)
end
local row = { "Sum" }
for i, key in ipairs(KEYS) do
    row[i + 1] = ("%s (of %d; %d not given)"):format(grouped(sums[key]), counts[key], #funds - counts[key])
end
row[7] = ("%s (of %d)"):format(rate(spent, budget), rated)
expect(lines, row, "sums")

-- Funds 31 to 40 have no section, and it is said; an option shows more.
check(text:find("There are 40 funds, of which the first 30 stand here and 10 are left out", 1, true), "left out is not said")
check(text:find("Fund 30 (f30)", 1, true) and not text:find("Fund 31 (f31)", 1, true), "sections of 30 funds")
office.make("all.docx", "score . --lang en --option funds=40")
local _, whole = office.lines("all.docx")
check(whole:find("Fund 40 (f40)", 1, true) and not whole:find("left out", 1, true), "sections of all funds")

-- Nothing of ours is Chinese in it: grades are the yardstick's, 元 is the unit as written and its key; the manual's advice
-- quotes a word that tables may hold.
local function is_plain(words, name)
    for _, word in ipairs { "元", "优", "良", "中", "差", "不适用" } do words = words:gsub(word, "") end
    for _, code in utf8.codes(words) do
        if code > 0x2E80 and code < 0xFFF0 then
            return check(false, "%s: %s (U+%04X)", name, words:match("[^\n]*" .. utf8.char(code) .. "[^\n]*"), code)
        end
    end
    check(true)
end
is_plain(text, "money.docx")
check(not text:find("yuan 元", 1, true) and text:find("in yuan", 1, true), "the currency in English")
office.make("part.docx", ("score %s/tests/part/evaluation --lang en"):format(office.data))
local _, part = office.lines("part.docx")
is_plain(part, "part.docx")

-- The same bytes whatever time and place the caller has; no entry has another time than a fixed one.
local again = office.make("again.docx", "score . --lang en", "SOURCE_DATE_EPOCH=1700000000 TZ=Asia/Shanghai LC_ALL=C")
check(bytes == again, "the bytes differ from run to run")
local at, entries = 1, 0
while true do
    at = bytes:find("PK\1\2", at, true)
    if not at then break end
    local time, day = string.unpack("<I2I2", bytes, at + 12)
    check(time == 0 and day == (0 << 9 | 1 << 5 | 1), "an entry of another time: %d %d", day, time)
    at, entries = at + 4, entries + 1
end
check(entries > 5, "%d entries", entries)
local core = office.parts("money.docx")["docProps/core.xml"]
for stamp in core:gmatch("W3CDTF\">([^<]*)<") do check(stamp:find("^1980%-01%-01T00:00:00"), "a time: %s", stamp) end

-- 5,000 funds
evaluation(5000)
office.make("many.docx", "score . --lang en")
local _, many = office.parts("many.docx")
check(many > 5, "no parts")
local xml = office.parts("many.docx")["word/document.xml"]
check(#xml < 20000000, "5,000 funds make %d bytes", #xml)
check(xml:find("4500", 1, true) and xml:find("4970", 1, true), "what is left out is not counted")
