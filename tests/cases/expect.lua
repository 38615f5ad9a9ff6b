-- expect.lua - what each published table must score, by plain arithmetic: a second, simple program that shares
-- nothing with the engine. `lua5.4 tests/cases/expect.lua FOLDER` prints the folder's expected.csv.
--
-- It reads only what these five tables contain: signs ≥ ≤ = 不少于, numbers with a unit, words.
local expect = {}

local LEVEL1 = { ["产出"] = "output", ["效益"] = "benefit", ["满意度"] = "satisfaction", ["投入"] = "input",
    ["过程"] = "process" }
local LEVEL2 = { ["数量"] = "quantity", ["质量"] = "quality", ["时效"] = "timeliness", ["成本"] = "cost",
    ["经济效益"] = "economic", ["社会效益"] = "social", ["生态效益"] = "ecological",
    ["可持续影响"] = "sustained", ["满意度"] = "satisfaction" }

-- Records of a CSV file by header; quotes may hold commas and doubled quotes, not line ends.
function expect.read_csv(text)
    local header, records = nil, {}
    for line in (text:gsub("^\239\187\191", ""):gsub("\r", "") .. "\n"):gmatch("(.-)\n") do
        local cells, at = {}, 1
        while line ~= "" and at <= #line + 1 do
            local cell, stop = ""
            if line:sub(at, at) == '"' then
                repeat
                    stop = line:find('"', at + 1, true)
                    cell = cell .. line:sub(at + 1, stop - 1)
                    at = stop + 1
                    local again = line:sub(at, at) == '"'
                    if again then cell = cell .. '"' end
                until not again
                at = at + 1
            else
                stop = line:find(",", at, true) or #line + 1
                cell, at = line:sub(at, stop - 1), stop + 1
            end
            cells[#cells + 1] = cell
        end
        if not header then
            header = cells
        elseif #cells > 0 then
            local record = {}
            for i, name in ipairs(header) do record[name] = cells[i] or "" end
            records[#records + 1] = record
        end
    end
    return records
end

-- Half up in decimal; 1e-9 is far below any digit of these products.
local function round2(x)
    return math.floor(x * 100 + 0.5 + 1e-9) / 100
end

-- sign, number, unit; or nil, text
local function read_value(cell)
    for _, pair in ipairs { { "≥", ">=" }, { "≤", "<=" }, { "=", "=" }, { "不少于", ">=" } } do
        if cell:sub(1, #pair[1]) == pair[1] then
            local _, number, unit = read_value(cell:sub(#pair[1] + 1))
            return pair[2], number, unit
        end
    end
    local number, unit = cell:match("^(%d[%d.]*)(.*)$")
    if not number then return nil, cell end
    return nil, tonumber(number), unit
end

local function path_of(row)
    local level1 = row.level1:gsub("%(%d+%)$", ""):gsub("指标$", "")
    local level2 = row.level2:gsub("%(%d+%)$", ""):gsub("等$", ""):gsub("指标$", "")
    local name = row.level3:gsub("^指标%d+:", ""):gsub("[ .:=;#*%[%]]", "_")
    local first = LEVEL1[level1] or level1
    if first == "satisfaction" or LEVEL2[level2] == "satisfaction" then
        return "satisfaction." .. name
    end
    return first .. "." .. (LEVEL2[level2] or level2) .. "." .. name
end

-- Points lost for each whole step over (or below) a bound.
local function deduct(of, distance, per, lose)
    local steps = distance > 0 and math.floor(distance / per + 1e-9) or 0
    return math.max(0, of - lose * steps) / of
end

-- The rules that the Hunan table prints.
local PRINTED = {
    ["在职人员控制率"] = function(a) return deduct(8, a - 100, 1, 0.5) end,
    ["“三公经费”变动率"] = function(a) return deduct(8, a, 1, 0.8) end,
    ["预算完成率"] = function(a) return deduct(8, 100 - a, 5, 2) end,
    ["预算控制率"] = function(a) return (a <= 0 and 8 or a <= 10 and 6 or a <= 20 and 4 or a <= 30 and 2 or 0) / 8 end,
}
local COMPUTED = { ["预算控制率"] = 767.86 / 1922.76 * 100 }

local function grade_numbers(path, sign, target, actual)
    if not sign then
        sign = target == 0 and "=" or path:find("^output%.cost%.") and "<=" or ">="
    end
    if sign == "<=" then
        return actual <= target and 1 or target > 0 and target / actual or 0
    elseif target == 0 then
        return sign == "=" and (actual <= 0 and 1 or 0) or (actual >= 0 and 1 or 0)
    end
    return math.max(0, math.min(1, actual / target))
end

local function grade(row, printed)
    local path = path_of(row)
    local sign, target, unit = read_value(row.target)
    local _, actual = read_value(row.actual)
    if row.level1 == "预算执行" then
        local rate = actual / target * 100
        return "execution.rate", 100, rate, math.min(1, rate / 100), "scored"
    elseif printed then
        actual = COMPUTED[row.level3] or actual
        return path, target, actual, PRINTED[row.level3](actual), "scored"
    elseif actual == "" then
        return path, target, nil, nil, "missing"
    elseif type(target) == "string" then
        return path, target, actual, assert(target == actual and 1), "scored"
    end
    assert(type(actual) == "number" and (unit or true))
    return path, target, actual, grade_numbers(path, sign, target, actual), "scored"
end

local function text(value)
    return value == nil and "" or type(value) == "number" and ("%.10g"):format(value) or value
end

-- The budget row weighs what the yardstick says, whatever the table has: 20 points in Hubei, else 10.
function expect.budget_points(folder)
    return folder:find("hubei", 1, true) and 20 or 10
end

-- The rows of a folder: path, target, actual, attainment, score, status.
function expect.rows(folder, budget_points)
    local file = assert(io.open(folder .. "/indicators.csv", "rb"))
    local records = expect.read_csv(file:read("a"))
    file:close()
    local rows = {}
    for _, record in ipairs(records) do
        local path, target, actual, attainment, status = grade(record, folder:find("hunan", 1, true))
        local weight = path == "execution.rate" and budget_points or tonumber(record.weight)
        rows[#rows + 1] = { path = path, target = text(target), actual = text(actual),
            attainment = text(attainment), score = ("%.2f"):format(round2(weight * (attainment or 0))),
            status = status, published = record.published_score }
    end
    return rows
end

function expect.print(rows)
    local lines = { "path,target,actual,attainment,score,status" }
    for _, row in ipairs(rows) do
        lines[#lines + 1] = table.concat({ row.path, row.target, row.actual, row.attainment, row.score,
            row.status }, ",")
    end
    return table.concat(lines, "\n") .. "\n"
end

if arg and arg[0] and arg[0]:find("expect%.lua$") then
    local folder = assert(arg[1], "usage: expect.lua FOLDER")
    io.write(expect.print(expect.rows(folder, expect.budget_points(folder))))
end

return expect
