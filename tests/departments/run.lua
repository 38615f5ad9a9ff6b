-- run.lua - departments' roll-up against plain arithmetic: random funds that contain each other in chains, circles and
-- across departments, with money that is missing, zero or negative. Expected values are whole numbers throughout.
--
--     lua5.4 tests/departments/run.lua PROGRAM [SEED]
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program, seed = arg[1], tonumber(arg[2]) or 20190731
local check = suite.check
local folder = suite.folder()

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

local function pick(list)
    return list[math.random(#list)]
end

-- One fund in one year, as it is written; score is × 100.
local function make_fund(id, year, ids)
    local actual = math.random(0, 11000)
    return { fund = id, year = year, department = pick { "甲", "甲", "乙", "丙", "" },
        part_of = math.random() < 0.6 and pick(ids) or "", spent = pick { "", "0", "-5", "n", "n", "n" },
        score = math.min(actual, 10000), actual = actual, scored = math.random() < 0.8 }
end

local function generate()
    local ids, funds = { "elsewhere", "nobody" }, {}
    for i = 1, math.random(1, 14) do ids[#ids + 1] = "f" .. i end
    for year = 2018, 2019 do
        for i = 3, #ids do
            if math.random() < 0.8 then funds[#funds + 1] = make_fund(ids[i], year, ids) end
        end
    end
    for _, f in ipairs(funds) do
        if f.spent == "n" then f.spent = tostring(math.random(1, 10 ^ 9)) end
    end
    for i = #funds, 2, -1 do
        local other = math.random(i)
        funds[i], funds[other] = funds[other], funds[i]
    end
    return funds
end

-- Everything that contains a fund, nearest first; and whether that runs in a circle through the fund.
local function containers(funds, fund)
    local list, seen, at = {}, {}, fund
    while true do
        local whole
        for _, f in ipairs(funds) do
            if f.fund == at.part_of and f.year == at.year then whole = f end
        end
        if not whole or seen[whole] then return list, seen[fund] end
        list[#list + 1], seen[whole], at = whole, true, whole
    end
end

local function note(expected, code, fund)
    expected[#expected + 1] = code .. " " .. fund.fund .. " " .. fund.year
end

-- part_of of funds on a circle is dropped; what else is wrong with it is noted.
local function settle_parts(funds, expected)
    local circle = {}
    for _, f in ipairs(funds) do
        local _, runs = containers(funds, f)
        circle[f] = runs
    end
    for _, f in ipairs(funds) do
        local whole = containers(funds, f)[1]
        if circle[f] then
            note(expected, "part-circle", f)
        elseif f.part_of ~= "" and not whole then
            note(expected, "unknown-fund", f)
        elseif whole and whole.department ~= "" and whole.department ~= f.department then
            note(expected, "part-department", f)
        end
    end
    for f, runs in pairs(circle) do
        if runs then f.part_of = "" end
    end
end

local function half_up(over, under)
    return (2 * over + under) // (2 * under)
end

-- The funds of each department, in order of first mention, less those that contain another of it.
local function group(funds)
    local left, groups, order = {}, {}, {}
    for _, f in ipairs(funds) do
        for _, whole in ipairs(containers(funds, f)) do
            if whole.department == f.department then left[whole] = true end
        end
    end
    for _, f in ipairs(funds) do
        local key = f.department .. f.year
        if f.department ~= "" and not left[f] then
            if not groups[key] then
                groups[key] = {}
                order[#order + 1] = groups[key]
            end
            table.insert(groups[key], f)
        end
    end
    return order
end

local GRADES = { { "甲等", 9000 }, { "优", 8000 }, { "良", 6000 }, { "差", 0 } }

local function expect(members, expected)
    local scores, count, weighted, money, all, told, grades = 0, 0, 0, 0, 0, false, {}
    for _, f in ipairs(members) do told = told or f.spent ~= "" end
    for _, f in ipairs(members) do
        local spent = math.tointeger(tonumber(f.spent))
        if not spent and told then note(expected, "spent-missing", f) end
        if spent and spent < 0 then note(expected, "spent-negative", f) end
        spent = math.max(spent or 0, 0)
        all = all + spent
        if f.scored then
            scores, count, weighted, money = scores + f.score, count + 1, weighted + f.score * spent, money + spent
            for _, g in ipairs(GRADES) do
                if f.score >= g[2] then
                    grades[g[1]] = (grades[g[1]] or 0) + 1
                    break
                end
            end
        end
    end
    return { department = members[1].department, year = members[1].year, funds = #members, grades = grades,
        mean = count > 0 and half_up(scores, count), weighted_mean = money > 0 and half_up(weighted, money),
        coverage_by_money = all > 0 and { money, all } }
end

local function same_points(told, scaled)
    if not scaled then return told == json.null end
    return told ~= json.null and math.abs(told * 100 - scaled) < 1e-6
end

local function same_grades(told, expected)
    for name, n in pairs(expected) do
        if told[name] ~= n then return false end
    end
    for name in pairs(told) do
        if not expected[name] then return false end
    end
    return true
end

local function compare(told, e, what)
    check(told.department == e.department and told.year == e.year, "%s: not in order of the data", what)
    check(told.funds == e.funds, "%s: %s funds, expected %d", what, told.funds, e.funds)
    check(same_points(told.mean, e.mean), "%s: mean %s, expected %s", what, told.mean, e.mean)
    check(same_points(told.weighted_mean, e.weighted_mean), "%s: weighted mean %s, expected %s", what,
        told.weighted_mean, e.weighted_mean)
    check(same_grades(told.grades, e.grades), "%s: grades differ", what)
    local share = e.coverage_by_money
    check(share and told.coverage_by_money ~= json.null and
        math.abs(told.coverage_by_money * share[2] - share[1]) <= 1e-9 * share[2] or
        not share and told.coverage_by_money == json.null, "%s: coverage %s", what, told.coverage_by_money)
end

local CODES = { ["part-circle"] = true, ["unknown-fund"] = true, ["part-department"] = true,
    ["spent-missing"] = true, ["spent-negative"] = true }

local function run(options)
    local pipe = assert(io.popen(("'%s' score '%s' --format json -q %s"):format(program, folder, options)))
    local text = pipe:read("a")
    check(pipe:close(), "seed %d: score failed", seed)
    return json.read(text), text
end

local function lay_out(funds)
    local rows, outcomes = { "fund,year,department,part_of,spent" }, { "fund,year,indicator,target,actual,weight" }
    for _, f in ipairs(funds) do
        rows[#rows + 1] = ("%s,%d,%s,%s,%s"):format(f.fund, f.year, f.department, f.part_of, f.spent)
        outcomes[#outcomes + 1] = ("%s,%d,a.x,10000,%s,100"):format(f.fund, f.year, f.scored and f.actual or "")
    end
    write("funds.csv", table.concat(rows, "\n") .. "\n")
    write("outcomes.csv", table.concat(outcomes, "\n") .. "\n")
end

local function try(round)
    math.randomseed(seed + round)
    local funds, expected = generate(), {}
    lay_out(funds)
    settle_parts(funds, expected)
    local groups, told = group(funds), run("")
    check(#told.departments == #groups, "round %d: %d departments, expected %d", round, #told.departments, #groups)
    for i, members in ipairs(groups) do
        local e = expect(members, expected)
        if told.departments[i] then compare(told.departments[i], e, ("round %d, %s %d"):format(round, e.department, e.year)) end
    end
    local found = {}
    for _, f in ipairs(told.findings) do
        if CODES[f.code] then found[#found + 1] = f.code .. " " .. f.fund .. " " .. f.year end
    end
    table.sort(found)
    table.sort(expected)
    check(table.concat(found, "\n") == table.concat(expected, "\n"), "round %d: findings\n%s\nexpected\n%s", round,
        table.concat(found, "\n"), table.concat(expected, "\n"))
end

-- The best grade first, whatever order the data has.
local function try_order()
    lay_out { { fund = "a", year = 2019, department = "甲", part_of = "", spent = "1", actual = 100, scored = true },
        { fund = "b", year = 2019, department = "甲", part_of = "", spent = "1", actual = 9500, scored = true },
        { fund = "c", year = 2019, department = "甲", part_of = "", spent = "1", actual = 7000, scored = true },
        { fund = "d", year = 2019, department = "甲", part_of = "", spent = "1", actual = 7500, scored = true } }
    local _, text = run("")
    check(text:gsub("%s", ""):find('"grades":{"甲等":1,"良":2,"差":1}', 1, true), "the grades are not in order")
end

-- Who scores a whole without its parts has nothing that it contains.
local function try_narrow()
    lay_out { { fund = "w", year = 2019, department = "甲", part_of = "", spent = "9", actual = 9000, scored = true },
        { fund = "p", year = 2019, department = "甲", part_of = "w", spent = "1", actual = 5000, scored = true } }
    for options, mean in pairs { [""] = 50, ["--fund w"] = 90, ["--fund p"] = 50, ["--fund w --fund p"] = 50 } do
        local told = run(options).departments
        check(#told == 1 and told[1].funds == 1 and told[1].mean == mean, "%s: not %d", options, mean)
    end
end

-- A chain as long as the data: each contains the next, so that only the last counts.
local function try_deep()
    local rows = { "fund,department,part_of,year" }
    for i = 1, 20000 do rows[#rows + 1] = ("f%d,甲,%s,2019"):format(i, i > 1 and "f" .. i - 1 or "") end
    write("funds.csv", table.concat(rows, "\n") .. "\n")
    write("outcomes.csv", "fund,year,indicator,target,actual,weight\nf20000,2019,a.x,10000,7700,100\n")
    local told = run("").departments
    check(#told == 1 and told[1].funds == 1 and told[1].mean == 77, "a deep chain")
end

assert(os.execute(("mkdir '%s/config'"):format(folder)))
write("evaluation.ini", "[evaluation]\nyears = 2018-2019\ntype = t\n[data funds]\npath = funds.csv\n" ..
    "[data outcomes]\npath = outcomes.csv\n")
write("config/t.ini", "[missing]\nactual = exclude\n[grades]\n甲等 = 90\n优 = 80\n良 = 60\n差 = 0\n")
for round = 1, 60 do try(round) end
try_order()
try_narrow()
try_deep()
suite.finish()
