-- run.lua - the published tables, loaded as they stand, against plain arithmetic.
--
--     lua5.4 tests/cases/run.lua PROGRAM [--update]
--
-- For each folder: expected.csv is what expect.lua computes; the program gives each row that target, actual,
-- attainment, score and status, shows the published score as the claim, has no rows of its own, and its fund
-- score is the sum. --update rewrites expected.csv, from expect.lua alone.
package.path = "tests/cases/?.lua;" .. package.path
local program, update = arg[1], arg[2] == "--update"
arg = nil -- luacheck: globals arg
local expect = require "expect"

local CASES = { "hebei_langfang_hvac_2019", "hubei_yangtze_fishing_2020", "hunan_dept_table_2018",
    "shanxi_jishan_public_health_2021", "yunnan_yongde_mingliang_2022" }

local faults, checked = {}, 0
local function fault(...)
    faults[#faults + 1] = string.format(...)
end

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

local function run(case, options)
    local command = ("'%s' score 'tests/cases/%s' --format csv %s 2>/dev/null"):format(program, case, options)
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    local ok, _, code = pipe:close()
    if not ok then
        fault("%s: exit code %s of: %s", case, tostring(code), command)
        return {}
    end
    return expect.read_csv(text)
end

-- The same number within 1e-9 of it, or the same text.
local function agree(told, expected)
    local a, b = tonumber(told), tonumber(expected)
    if a and b then
        return math.abs(a - b) <= 1e-9 * math.max(1, math.abs(b))
    end
    return told == expected
end

local function compare(case, rows)
    local told = {}
    for _, record in ipairs(run(case, "--detail")) do
        told[record.indicator] = record
    end
    local sum = 0
    for _, row in ipairs(rows) do
        local record = told[row.path]
        told[row.path] = nil
        sum = sum + row.score
        if not record then
            fault("%s: %s is not there", case, row.path)
        else
            row.claimed = row.published
            for _, key in ipairs { "target", "actual", "attainment", "score", "status", "claimed" } do
                checked = checked + 1
                if not agree(record[key], row[key]) then
                    fault("%s: %s: %s is '%s', expected '%s'", case, row.path, key, tostring(record[key]),
                        row[key])
                end
            end
        end
    end
    for path in pairs(told) do
        fault("%s: %s is in no row of the table", case, path)
    end
    local fund = run(case, "")[1]
    if fund and not agree(fund.score, ("%.2f"):format(sum)) then
        fault("%s: the score is '%s', the rows add up to %.2f", case, fund.score, sum)
    end
end

for _, case in ipairs(CASES) do
    local folder = "tests/cases/" .. case
    local rows = expect.rows(folder)
    if update then
        local file = assert(io.open(folder .. "/expected.csv", "wb"))
        file:write(expect.print(rows))
        file:close()
    elseif expect.print(rows) ~= read(folder .. "/expected.csv") then
        fault("%s/expected.csv is not what expect.lua computes", folder)
    end
    compare(case, rows)
end
for _, line in ipairs(faults) do
    io.stderr:write(line, "\n")
end
print(("%d values of %d tables, %d faults"):format(checked, #CASES, #faults))
os.exit(#faults == 0 and checked > 0)
