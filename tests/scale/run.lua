-- Nothing is given up for speed: one evaluation, larger than a part of a file, in every arrangement of its rows and
-- every spelling of its cells. Scores are the same, those of plain figures by other arithmetic too; every finding
-- stands at the line where its row was put; all bytes are the same for any number of workers.
--   lua5.4 tests/scale/run.lua PROGRAM
local program = assert(arg[1], "usage: run.lua PROGRAM")
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local check = suite.check
local folder = suite.folder()

local FUNDS, YEARS = 1900, { 2017, 2018 } -- 45,600 rows: each half is more than the 1 MiB of a part
local PATHS = { "output.quantity.a", "output.quantity.b", "output.quality.a", "output.quality.b", "output.timeliness.a",
    "output.cost.a", "benefit.economic.a", "benefit.social.a", "benefit.ecological.a", "benefit.sustained.a",
    "satisfaction.a", "satisfaction.b" }
local SIGNS = { ">=", ">=", ">=", ">=", "=", "<=", ">=", ">=", "<=", ">=", ">=", ">=" }
local WEIGHTS = { 9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8 }
local HEADER = { "fund", "year", "indicator", "sign", "target", "actual", "note" }
local COLUMNS = 6 -- without the note

local state = 20170406
local function random(n) -- 1 to n
    state = state * 6364136223846793005 + 1442695040888963407
    return (state >> 33) % n + 1
end

local function amount(cents)
    return ("%d.%02d"):format(cents // 100, cents % 100)
end

-- What is wrong with a row: cells that differ, and the finding that this is.
local QUIRKS = {
    { code = "bad-number", actual = "12..5" }, { code = "bad-number", target = "1,23,4x" },
    { code = "actual-missing", actual = "" }, { code = "target-missing", target = "" }, { code = "bad-sign", sign = "??" },
}

-- Half up, in cents; whole numbers alone.
local function earn(weight, sign, target, actual)
    local part, whole = actual, target
    if sign == "<=" then part, whole = target, actual end
    if part >= whole then return weight * 100 end
    return (2 * weight * 100 * part + whole) // (2 * whole)
end

-- Rows { cells, code =, over =, twin = }, and the scores in cents of funds with plain figures alone, by "fund,year".
local function make_rows()
    local rows, scores, again = {}, {}, {}
    for fund = 1, FUNDS do
        for _, year in ipairs(YEARS) do
            local key, sum = ("P%05d,%d"):format(fund, year), 0
            for k = 1, #PATHS do
                local target = 10000 + random(990000)
                local actual = SIGNS[k] == "=" and random(3) > 1 and target or target * (50 + random(100)) // 100
                local row = { ("P%05d"):format(fund), tostring(year), PATHS[k], SIGNS[k], amount(target), amount(actual), "" }
                row.over = SIGNS[k] ~= "<=" and 10 * actual >= 13 * target
                rows[#rows + 1] = row
                sum = sum + earn(WEIGHTS[k], SIGNS[k], target, actual)
                if #rows % 997 == 0 then
                    local quirk = QUIRKS[#rows // 997 % #QUIRKS + 1]
                    row[4], row[5], row[6] = quirk.sign or row[4], quirk.target or row[5], quirk.actual or row[6]
                    row.code, scores[key] = quirk.code, false
                    row.over = quirk.sign ~= nil and 10 * actual >= 13 * target -- a sign that is none is left out: >=
                elseif #rows % 1499 == 0 then
                    again[#again + 1] = row
                end
            end
            if scores[key] == nil then scores[key] = sum end
        end
    end
    -- Given twice, the second far behind the first: whichever is read first counts.
    for _, row in ipairs(again) do
        local twin = table.move(row, 1, #row, 1, {})
        twin.over, twin.twin, row.twin = row.over, row, twin
        rows[#rows + 1] = twin
    end
    return rows, scores
end

local rows, plain_scores = make_rows()

local function write_evaluation(home, sources)
    local ini = { "[evaluation]\ntitle = t\nyears = 2017-2018\ntype = t\nlanguage = en\n[data funds]\npath = funds.csv\n" }
    for i, name in ipairs(sources) do
        ini[#ini + 1] = ("[data outcomes %s]\npath = %s\n"):format(i == 1 and "" or "more" .. i, name):gsub(" %]", "]")
    end
    local weights = {}
    for k, path in ipairs(PATHS) do weights[k] = ("%s = %d\n"):format(path, WEIGHTS[k]) end
    local funds = { "fund,year\n" }
    for fund = 1, FUNDS do
        for _, year in ipairs(YEARS) do funds[#funds + 1] = ("P%05d,%d\n"):format(fund, year) end
    end
    suite.write(home .. "/evaluation.ini", table.concat(ini))
    suite.write(home .. "/config/t.ini", "[weights]\n" .. table.concat(weights))
    suite.write(home .. "/funds.csv", table.concat(funds))
end

local function quoted(cell)
    return '"' .. cell:gsub('"', '""') .. '"'
end

local function plainly(cell)
    return cell:find('[",\r\n]') and quoted(cell) or cell
end

-- Writes a file of rows; tells each where it stands and in which order it is read. `how` may have: cell, a function
-- that spells one; columns; ends, what ends a line; bom; open, when no line break ends the last one.
local function write_rows(home, name, list, how)
    local spell, columns, ends = how.cell or plainly, how.columns or COLUMNS, how.ends or "\n"
    local parts, line = { how.bom and "\u{FEFF}" or "" }, 1
    local function add(cells)
        local record = {}
        for c = 1, columns do record[c] = spell(cells[c]) end
        parts[#parts + 1] = table.concat(record, ",") .. ends
        line = line + select(2, parts[#parts]:gsub("\n", ""))
    end
    add(HEADER)
    for _, row in ipairs(list) do
        row.place, how.read = name .. ":" .. line, how.read + 1
        row.at = how.read
        add(row)
    end
    local text = table.concat(parts)
    if how.open then text = text:sub(1, -1 - #ends) end
    check(#text > 1 << 20, "%s/%s: %d bytes are one part", home, name, #text)
    suite.write(home .. "/" .. name, text)
end

-- The findings that there must be, sorted: code,fund,year,indicator,place and, of a row given twice, the first place.
local function expect_findings()
    local list = {}
    for _, row in ipairs(rows) do
        local where = ("%s,%s,%s,%s"):format(row[1], row[2], row[3], row.place)
        local second = row.twin and row.twin.at < row.at
        if second then list[#list + 1] = ("duplicate-key,%s first %s"):format(where, row.twin.place) end
        if row.code then list[#list + 1] = row.code .. "," .. where end
        if row.over and not second then list[#list + 1] = "target-too-low," .. where end
    end
    table.sort(list)
    return list
end

local function read_findings(text)
    local list = {}
    for line in text:gmatch("[^\n]+") do
        local code, where, message, source = line:match("^%a+,([%w-]+),(P%d+,%d+,[%w.]+),(.*),(%S+:%d+)$")
        if code then
            local first = message:match("given twice; the first, (%S+), counts")
            list[#list + 1] = code .. "," .. where .. "," .. source .. (first and " first " .. first or "")
        elseif not line:find("^\u{FEFF}") then
            list[#list + 1] = line
        end
    end
    table.sort(list)
    return list
end

local function sort_lines(text)
    local list = {}
    for line in text:gmatch("[^\n]+") do list[#list + 1] = line end
    table.sort(list)
    return list
end

local function first_difference(a, b)
    for i = 1, math.max(#a, #b) do
        if a[i] ~= b[i] then return ("%s, not %s"):format(a[i] or "nothing", b[i] or "nothing") end
    end
end

local COMMANDS = { score = "score '%s' --format csv", detail = "score '%s' --detail --format ndjson",
    check = "check '%s' --format csv --fail-on never" }

-- Standard output of each command; the same for 1, 2 and 7 workers.
local function run(home)
    local printed = {}
    for name, command in pairs(COMMANDS) do
        for _, jobs in ipairs { 1, 2, 7 } do
            local out, _, code = suite.capture(("%s %s -q --jobs %d 2>&1"):format(suite.quote(program), command:format(home), jobs))
            check(code == 0, "%s, %s, %d workers: exit code %s: %s", home, name, jobs, code, out:sub(1, 300))
            printed[name] = printed[name] or out
            check(out == printed[name], "%s, %s: other bytes with %d workers", home, name, jobs)
        end
    end
    return printed
end

local function check_scores(text)
    local seen = 0
    for key_fund, year, score in text:gmatch("\n(P%d+),,t,,(%d+),([%d.]+),") do
        local expected = plain_scores[key_fund .. "," .. year]
        check(expected ~= nil, "fund %s of %s is none", key_fund, year)
        if expected then
            check(score == amount(expected), "%s of %s: %s, not %s", key_fund, year, score, amount(expected))
            seen = seen + 1
        end
    end
    check(seen > 3000, "only %d funds of plain figures", seen)
end

local first -- what the first arrangement printed
local function arrange(name, lists, how)
    local home, names = folder .. "/" .. name, {}
    how.read = 0
    for i, list in ipairs(lists) do
        names[i] = i == 1 and "outcomes.csv" or ("more%d.csv"):format(i)
        write_rows(home, names[i], list, how)
    end
    write_evaluation(home, names)
    local printed = run(home)
    local difference = first_difference(read_findings(printed.check), expect_findings())
    check(not difference, "%s: finding %s", name, difference or "")
    if not first then
        first = { score = printed.score, detail = sort_lines(printed.detail) }
        check_scores(printed.score)
        check(#first.detail == FUNDS * #YEARS * #PATHS, "%d rows of detail", #first.detail)
    end
    check(printed.score == first.score, "%s: other scores", name)
    difference = first_difference(sort_lines(printed.detail), first.detail)
    check(not difference, "%s: detail %s", name, difference or "")
    os.execute("rm -rf " .. suite.quote(home))
end

local function shuffled()
    local list = table.move(rows, 1, #rows, 1, {})
    for i = #list, 2, -1 do
        local k = random(i)
        list[i], list[k] = list[k], list[i]
    end
    return list
end

-- Every second row in the second file: both hold rows of each fund.
local function halves(list)
    local a, b = {}, {}
    for i, row in ipairs(list) do
        local half = i % 2 == 1 and a or b
        half[#half + 1] = row
    end
    return { a, b }
end

-- Some rows with a note of more than a part of the file, in whose quotes stand lines that look like rows.
local function with_decoys(list)
    local decoy = ("\nP00001,2017,output.quantity.a,>=,1,2,\nP09999,2018,satisfaction.z,>=,12..5,3,"):rep(16000)
    local other = table.move(list, 1, #list, 1, {})
    for _, i in ipairs { 1, #list // 3, #list - 1 } do other[i][7] = 'said "so":' .. decoy end
    return other
end

arrange("plain", { rows }, {})
arrange("crlf", { rows }, { ends = "\r\n" })
arrange("bom", { rows }, { bom = true })
arrange("open", { rows }, { open = true })
arrange("quoted", { rows }, { cell = quoted })
arrange("mixed", { rows }, { cell = function(cell) return random(9) == 1 and quoted(cell) or plainly(cell) end, columns = 7 })
arrange("all_at_once", { rows }, { cell = quoted, ends = "\r\n", bom = true, open = true, columns = 7 })
arrange("shuffled", { shuffled() }, {})
arrange("split", halves(rows), {})
arrange("split_shuffled", halves(shuffled()), { cell = quoted, ends = "\r\n" })
arrange("decoys", { with_decoys(rows) }, { columns = 7 })
suite.finish()
