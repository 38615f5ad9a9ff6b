-- Writes an evaluation of many rows with everything in it that workers could get wrong: each status, findings of
-- many codes, functions of each kind, scripts that fail, that hit a limit midway, that keep something. Seeded: the
-- same bytes each time.
local M = {}

local state
local function random(n) -- 1 to n
    state = (state * 6364136223846793005 + 1442695040888963407)
    return (state >> 33) % n + 1
end

local head = 'local sy = require "steelyard"\nlocal helper = require "helper"\nlocal rules = sy.rules { api = 1 }\n'

M.scripts = {
    -- Declared rules alone.
    plain = head .. [[
rules.indicator["output.a.*"] = sy.completion { over = 1.2 }
rules.indicator["output.b.*"] = sy.reverse { mode = "linear" }
rules.indicator["output.c.*"] = sy.tiers { { 90, 1 }, { 60, 0.6 } }
rules.indicator["output.d.*"] = sy.deduct { of = 5, from = 50, per = 7, lose = 0.5, when = "either" }
]],
    -- Functions of each kind.
    func = head .. [[
local base = sy.by_sign {}
rules.indicator["output.a.*"] = function(i, fund)
  if i.actual % 97 == 0 then error("cannot be divided: " .. i.name) end
  if i.actual % 89 == 0 then return helper.none(fund) end
  if i.actual % 83 == 0 then return 2 end
  return i.actual / (i.actual + i.target), "占比" .. helper.half(i.actual)
end
rules.indicator["output.b.*"] = function(i, fund)
  local before = i.previous or 0
  local other = fund.indicators["output.a.n1"]
  if fund.staff then return math.min(1, before / 1000 + fund.staff / 200), other and other.unit end
  return fund.staff / 2
end
rules.indicator["output.c.*"] = function(i, fund)
  local attainment, why = base(i, fund)
  return attainment, why
end
rules.indicator["output.d.*"] = sy.func { function(i) return i.actual > 500 and 1 or 0.5 end, target = false, missing = 0.25 }
rules.measure["output.e.rate"] = function(fund)
  local before = fund.previous and fund.previous.indicators["output.e.rate"]
  if fund.staff == 13 then return nil, "不算" end
  if fund.staff == 14 then return sy.not_applicable("无此项") end
  if before and before.actual then return before.actual / 2 + sy.percent(fund.spent, fund.budget) / 2, "%" end
  return sy.percent(fund.spent, fund.budget), "%"
end
rules.target["output.e.rate"] = function(fund)
  return fund.indicators["output.e.rate"].actual and 60 or 50, "%"
end
function rules.adjust(fund)
  if fund.score and fund.score < 40 then fund:add(1.5, "起点低") end
  if fund.staff == 7 then fund:cap("中", "人员" .. fund.staff) end
  if fund.staff == 8 then fund:veto("否决") end
  if fund.staff > 150 then fund:deduct(0.25) end
end
function rules.check(fund)
  fund:expect_sum("budget", { "spent" }, 500)
  if fund.staff == 9 then error({}) end
  if fund.staff and fund.staff > 190 then fund:finding("warning", "人多：" .. fund.name) end
end
]],
    -- From some row on it is stopped: the instructions …
    loops = head .. [[
rules.indicator["output.a.*"] = function(i) while i.actual == 777 do end return 0.5, "a" .. i.actual end
rules.indicator["output.b.*"] = function(i) return 0.25, "b" .. i.actual end
function rules.adjust(fund) fund:add(1, "仍在") end
]],
    -- … the memory …
    hoards = head .. [[
rules.indicator["output.a.*"] = function(i)
  local t = {}
  while i.actual == 778 do t = { t, ("x"):rep(1900) } end
  return 0.5
end
function rules.check(fund) fund:finding("note", "还能查") end
]],
    -- … that it keeps something, in an indicator's function and in the last function of all.
    counts = head .. [[
local seen, total = {}, 0
rules.indicator["output.a.*"] = function(i) if i.actual == 779 then seen[i.path] = true end return 0.5 end
rules.indicator["output.b.*"] = function(i) return i.actual > 500 and 1 or 0.75, "b" end
function rules.adjust(fund) total = total + fund.score fund:add(total % 2) end
]],
}

local types = { "plain", "func", "func", "func", "plain", "loops", "hoards", "counts" }

local function number_cell(row)
    local kind = random(60)
    if kind == 1 then return "" end
    if kind == 2 then return "不适用" end
    if kind == 3 then return "12..5" end
    if kind == 4 then return "已完成" end
    if kind == 5 then return "约" .. random(900) end
    if kind == 6 then return random(9) .. "万元" end
    return tostring(random(1000) + row % 3)
end

local function target_cell()
    local kind = random(50)
    if kind == 1 then return "" end
    if kind == 2 then return "已完成" end
    if kind == 3 then return "≤" .. random(900) end
    if kind == 4 then return "100~900" end
    return "≥" .. random(900) .. "个"
end

-- The actual at which a script is stopped; met by the first of its type in the second third of the rows.
local stops = { loops = 777, hoards = 778, counts = 779 }

local ratings = { "好", "一般", "说不清", "0.8", "不适用" }

local function write(path, lines)
    local file = assert(io.open(path, "wb"))
    assert(file:write(table.concat(lines, "\n"), "\n"))
    assert(file:close())
end

local function shuffle(list)
    for i = #list, 2, -1 do
        local k = random(i)
        list[i], list[k] = list[k], list[i]
    end
end

local function write_config(folder, tame)
    write(folder .. "/evaluation.ini", {
        "[evaluation]", "title = t", "years = 2018, 2019", "[data funds]", "path = funds.csv",
        "[data outcomes]", "path = outcomes.csv", "[data adjustments]", "path = adjustments.csv",
        "[data ratings]", "path = ratings.csv", "[limits]", "instructions = 60000", "memory = 2 MiB" })
    write(folder .. "/scripts/lib/helper.lua", {
        "local M = {}", "function M.half(x) return x / 2 end",
        "function M.none(fund) return fund.no_such_fact / 2 end", "return M" })
    for name, text in pairs(M.scripts) do
        write(folder .. "/scripts/" .. name .. ".lua", { text, "return rules" })
        write(folder .. "/config/" .. name .. ".ini", {
            "[levels]", "output = 100", "[weights]", "output.a.n1 = 12", "output.e.rate = 8", "[targets]",
            "output.b.n2 = ≥500", "[ratings]", "好 = 1", "一般 = 0.5", "[facts]",
            tame and "staff = number" or "staff = number required", "[missing]", "actual = exclude" })
    end
end

-- `rows` outcomes in `folder`. `order` other than 0 shuffles the rows inside of each fund; `tame` leaves out what
-- depends on the order of rows: types whose scripts are stopped.
function M.write(folder, rows, order, tame)
    local funds = { "fund,year,type,name,department,budget,spent,staff,part_of" }
    local outcomes = { "fund,year,indicator,target,actual,unit,weight,rating,note" }
    local adjustments, ratings_rows = { "fund,year,points,cap,reason" }, { "fund,year,indicator,rating" }
    local done, fund, stopped = 0, 0, {}
    state = 20190517
    assert(os.execute("mkdir -p '" .. folder .. "/scripts/lib' '" .. folder .. "/config'"))
    while done < rows do
        fund = fund + 1
        local kind = types[fund % #types + 1]
        if tame and fund % #types >= 5 then kind = "func" end
        local count = fund == 3 and rows // 10 or 5 + random(40)
        local stop = done > rows // 3 and not stopped[kind] and stops[kind]
        stopped[kind] = stopped[kind] or stop
        for year = 2018, 2019 do
            local id = string.format("f%05d", fund)
            funds[#funds + 1] = string.format("%s,%d,%s,项目%d,部门%d,%d,%s,%s,%s", id, year, kind, fund, fund % 17,
                random(1000), random(30) == 1 and "" or random(1000), random(12) == 1 and "" or random(200),
                fund % 50 == 0 and "f00001" or "")
            if random(40) == 1 then adjustments[#adjustments + 1] = id .. "," .. year .. ",-" .. random(5) .. ",,手工" end
            if random(40) == 1 then ratings_rows[#ratings_rows + 1] = id .. "," .. year .. ",output.a.n1,好" end
            local mine = {}
            for k = 1, count do
                local branch = ("abcd"):sub(k % 4 + 1, k % 4 + 1)
                mine[k] = string.format("%s,%d,output.%s.n%d,%s,%s,%s,%s,%s,备注%d", id, year, branch, k // 4 + 1,
                    stop and k == 4 and "≥1个" or target_cell(), stop and k == 4 and stop or number_cell(k),
                    random(9) == 1 and "万元" or "", random(30) == 1 and "" or random(9),
                    random(25) == 1 and ratings[random(#ratings)] or "", k)
            end
            local keep = state
            if order ~= 0 then
                state = order + fund
                shuffle(mine)
                state = keep
            end
            table.move(mine, 1, count, #outcomes + 1, outcomes)
            done = done + count
        end
    end
    write_config(folder, tame)
    write(folder .. "/funds.csv", funds)
    write(folder .. "/outcomes.csv", outcomes)
    write(folder .. "/adjustments.csv", adjustments)
    write(folder .. "/ratings.csv", ratings_rows)
end

return M
