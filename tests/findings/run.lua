-- run.lua - every finding through the program: severity, fund, year, indicator, place, and the sentence in both languages.
--
--     lua5.4 tests/findings/run.lua PROGRAM [CODE …]
--
-- cases_loading.lua, cases_scoring.lua, cases_workbooks.lua and cases_claims.lua hold evaluations by code. Each is checked
-- with `check --format csv` in English and Chinese, those of claims with `review`; the findings of that code must be those
-- of expected.txt, in that order. A code of findings_codes.def that no case raises is a failure. UPDATE_GOLDEN=1 writes
-- expected.txt anew: read the difference before keeping it.
package.path = "tests/lib/?.lua;tests/findings/?.lua;" .. package.path
local suite = require "suite"
local program = assert(arg[1], "run.lua PROGRAM [CODE …]")
local cases, csv, json = require "cases_loading", require "csv", require "json"
for _, name in ipairs { "cases_scoring", "cases_workbooks", "cases_claims" } do
    for code, list in pairs(require(name)) do
        assert(not cases[code], code .. " stands in two case files: keep its cases together")
        cases[code] = list
    end
end
local folder = suite.folder()
local check = suite.check

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

-- What every case has unless it brings its own: one fund of type q, two indicators of 50 points.
local BASE = {
    ["evaluation.ini"] = "[evaluation]\ntitle = findings\nyears = 2019\ntype = q\n" ..
        "[data funds]\npath = data/funds.csv\n[data outcomes]\npath = data/outcomes.csv\n",
    ["config/q.ini"] = "[type]\nname = q\n",
    ["data/funds.csv"] = "fund,type\nf,\n",
    ["data/outcomes.csv"] = "fund,indicator,target,actual,weight\nf,a.x,≥10个,9个,50\nf,a.y,≥10个,9个,50\n",
}

-- A further source of data for a case: `table` is its name.
local function lay_out(case)
    assert(os.execute(("rm -rf '%s' && mkdir '%s'"):format(folder, folder)))
    local files = {}
    for name, text in pairs(BASE) do files[name] = text end
    for name, text in pairs(case.files) do files[name] = text or nil end
    for _, name in ipairs { "ratings", "facts", "adjustments" } do
        local path = "data/" .. name .. ".csv"
        if files[path] then
            files["evaluation.ini"] = files["evaluation.ini"] .. ("[data %s]\npath = %s\n"):format(name, path)
        end
    end
    for name, text in pairs(files) do write(name, text) end
end

local COLUMNS = { "severity", "code", "fund", "year", "indicator", "message", "source" }

-- What a command finds, as rows of COLUMNS below their names: check's table, or the findings of review's document.
local function run(language, command)
    local pipe = assert(io.popen(("'%s' %s '%s' --fail-on never --format %s -q --lang %s 2>'%s/stderr'"):format(program, command,
        folder, command == "check" and "csv --option bom=no" or "json", language, folder)))
    local text = pipe:read("a")
    local _, _, code = pipe:close()
    if command == "check" then return csv(text), code end
    local rows = { COLUMNS }
    for n, f in ipairs(text ~= "" and json.read(text).findings or {}) do
        rows[n + 1] = {}
        for c, column in ipairs(COLUMNS) do rows[n + 1][c] = f[column] == json.null and "" or tostring(f[column]) end
    end
    return rows, code
end

local function pick(rows, code)
    local list = {}
    for i = 2, #rows do
        local row = {}
        for c, column in ipairs(COLUMNS) do row[column] = rows[i][c] end
        if row.code == code then list[#list + 1] = row end
    end
    return list
end

-- A case as lines: what is found, and what is said of it in both languages.
local function run_case(code, number, case)
    lay_out(case)
    local command = case.command or "check"
    local rows, exit = run("en", command)
    local zh_rows, zh_exit = run("zh", command)
    local en, zh = pick(rows, code), pick(zh_rows, code)
    check(exit == (case.exit or 0) and zh_exit == exit, "%s, case %d: exit codes %s and %s", code, number, tostring(exit),
        tostring(zh_exit))
    check(#en > 0, "%s, case %d: is not raised", code, number)
    check(#en == #zh, "%s, case %d: %d findings in English, %d in Chinese", code, number, #en, #zh)
    local lines = { ("%s, case %d"):format(code, number) }
    for i, f in ipairs(en) do
        local other = zh[i] or {}
        for _, column in ipairs { "severity", "fund", "year", "indicator", "source" } do
            check(f[column] == other[column], "%s, case %d: %s differs by language", code, number, column)
        end
        lines[#lines + 1] = ("    %s | %s | %s | %s | %s"):format(f.severity, f.fund, f.year, f.indicator, f.source)
        lines[#lines + 1] = "        " .. f.message
        lines[#lines + 1] = "        " .. tostring(other.message)
    end
    return table.concat(lines, "\n") .. "\n"
end

local function read_expected()
    local file, all, head = io.open("tests/findings/expected.txt", "rb"), {}, nil
    for line in (file and file:read("a") or ""):gmatch("[^\n]*\n") do
        if not line:find("^ ") then head = line end
        all[head] = (all[head] or "") .. line
    end
    return all
end

local wanted = {}
for i = 2, #arg do wanted[arg[i]] = true end
local known, expected, written = {}, read_expected(), {}
local update = os.getenv("UPDATE_GOLDEN") == "1"
for code in io.open("engine/table/findings_codes.def"):read("a"):gmatch('FINDING%([%w_]+, "([%w-]+)"') do
    known[#known + 1], known[code] = code, true
    if not next(wanted) or wanted[code] then
        check(cases[code] and #cases[code] > 0, "%s: no case raises it", code)
        for number, case in ipairs(cases[code] or {}) do
            local text = run_case(code, number, case)
            local head = text:match("^[^\n]*\n")
            written[#written + 1] = text
            check(update or text == expected[head], "%s: expected\n%sgot\n%s", code, tostring(expected[head]), text)
            expected[head] = nil
        end
    end
end
for code in pairs(cases) do check(known[code], "there is no finding %s", code) end
if update then
    local file = assert(io.open("tests/findings/expected.txt", "wb"))
    file:write(table.concat(written))
    file:close()
elseif not next(wanted) then
    for head in pairs(expected) do check(false, "expected.txt has a case that is not there: %s", head) end
end
suite.finish()
