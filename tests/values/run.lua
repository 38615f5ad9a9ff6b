-- run.lua - written values through the whole program, against what people decided that they mean.
--
--     lua5.4 tests/values/run.lua PROGRAM
--
-- meaning.tsv    cells and what they mean, by hand
-- malformed.tsv  cells that are no value: each as an actual, as a target and as a fact is a finding with its place
-- forms.tsv      every form that the parser knows; cells of each are made here and worked out by other arithmetic
-- facts.tsv      facts of each kind
package.path = "tests/values/?.lua;" .. package.path
local program = assert(arg[1], "run.lua PROGRAM")
arg = nil -- luacheck: globals arg
local made = require "made"
local rig = require "rig"(program)

local faults, checked = {}, 0
local function check(ok, format, ...)
    checked = checked + 1
    if not ok then faults[#faults + 1] = format:format(...) end
end

local STATUS = { s = "scored", r = "rejected", u = "unrated", m = "missing", t = "untargeted", n = "not_applicable" }

-- The same number, range or text; numbers within 1e-12 of each other.
local function agree(told, expected)
    local a, b = tonumber(told), tonumber(expected)
    if a and b then return math.abs(a - b) <= 1e-12 * math.max(math.abs(a), math.abs(b)) end
    return told == expected
end

-- target-too-low is about how far, not about how a value is read.
local function codes(found)
    local list = {}
    for _, f in ipairs(found or {}) do
        if f.code ~= "target-too-low" then list[#list + 1] = f.code end
    end
    table.sort(list)
    return table.concat(list, " ")
end

-- Each case is a row of outcomes; what the program says of it is what is expected.
local function check_rows(name, cases)
    local told = rig.score(cases)
    for i, case in ipairs(cases) do
        local row, found = told.rows[i], told.findings[i]
        local what = ("%s:%s '%s' | '%s' | '%s' | '%s'"):format(name, case.line or "made", case.target,
            case.actual, case.unit or "", case.column or "")
        for _, key in ipairs { "sign", "target_read", "actual_read", "base", "status" } do
            if case[key] then
                check(row and agree(row[key], case[key]), "%s: %s is '%s', expected '%s'", what, key,
                    row and row[key] or "(no row)", case[key])
            end
        end
        if case.findings then
            check(codes(found) == case.findings, "%s: findings '%s', expected '%s'", what, codes(found),
                case.findings)
        end
    end
end

local function check_meaning()
    local cases = {}
    for _, row in ipairs(rig.read_tsv("meaning.tsv")) do
        local c = row.cells
        local list = {}
        for code in (c[10] or ""):gmatch("%S+") do list[#list + 1] = code end
        table.sort(list)
        cases[#cases + 1] = { line = row.line, target = c[1], actual = c[2], unit = c[3], column = c[4], sign = c[5],
            target_read = c[6], actual_read = c[7], base = c[8] or "", status = assert(STATUS[c[9]], row.line),
            findings = table.concat(list, " ") }
    end
    check(#cases >= 300, "meaning.tsv has %d rows, fewer than 300", #cases)
    check_rows("meaning.tsv", cases)
end

-- A cell that is no value: the finding, its place, and that nothing was scored from it.
local function check_refused(what, written, row, found, code, line, side)
    local status = code == "unrated" and "unrated" or "rejected"
    check(row and row.status == status, "%s: status '%s', expected '%s'", what, row and row.status or "(none)", status)
    check(row and row.attainment == "" and row.score == "", "%s: it was scored", what)
    local read = row and row[side .. "_read"] or "?"
    check(read == "" or read == written or read == "'" .. written, "%s: read as '%s'", what, read)
    local seen
    for _, f in ipairs(found or {}) do seen = seen or (f.code == code and f) end
    check(seen, "%s: findings '%s', expected '%s'", what, codes(found), code)
    check(not seen or seen.source == "outcomes.csv:" .. line, "%s: the finding is at '%s', line %d expected", what,
        seen and seen.source or "", line)
end

local function check_malformed()
    local rows, cases, facts = rig.read_tsv("malformed.tsv"), {}, {}
    check(#rows >= 200, "malformed.tsv has %d rows, fewer than 200", #rows)
    for i, row in ipairs(rows) do
        local c = row.cells
        cases[2 * i - 1] = { target = c[2], actual = c[1] }
        cases[2 * i] = { target = c[1], actual = c[2] }
        facts[i] = { written = c[1], kind = c[2]:find("^%d+%-%d+%-%d+$") and "date" or "number" }
    end
    local told, bad = rig.score(cases), rig.facts(facts)
    for i, row in ipairs(rows) do
        local c = row.cells
        local what = ("malformed.tsv:%d '%s'"):format(row.line, c[1])
        local as_actual, as_target = 2 * i - 1, 2 * i
        check_refused(what .. " as an actual", c[1], told.rows[as_actual], told.findings[as_actual],
            c[3] and c[3] ~= "" and c[3] or "bad-number", as_actual + 1, "actual")
        check_refused(what .. " as a target", c[1], told.rows[as_target], told.findings[as_target],
            c[4] and c[4] ~= "" and c[4] or "bad-number", as_target + 1, "target")
        local code = c[4] == "unrated" and "bad-fact" or "bad-number" -- words are no number, and so no such fact
        check(codes(bad.findings[i]) == code, "%s as a fact: findings '%s', expected '%s'", what, codes(bad.findings[i]), code)
        check(bad.values[i] == "", "%s as a fact: read as '%s'", what, tostring(bad.values[i]))
    end
end

local function check_facts()
    local rows, facts = rig.read_tsv("facts.tsv"), {}
    for i, row in ipairs(rows) do
        facts[i] = { written = row.cells[1], unit = row.cells[2], kind = row.cells[3] }
    end
    local told = rig.facts(facts)
    for i, row in ipairs(rows) do
        check(agree(told.values[i], row.cells[4] or ""), "facts.tsv:%d '%s': is '%s', expected '%s'", row.line,
            row.cells[1], tostring(told.values[i]), row.cells[4] or "")
        local code = codes(told.findings[i])
        check(code == (row.cells[5] or ""), "facts.tsv:%d '%s': finding '%s', expected '%s'", row.line, row.cells[1],
            code, row.cells[5] or "")
    end
end

-- The forms of the parser's own tables are those of forms.tsv, no more and no fewer.
local function check_forms()
    local rows = rig.read_tsv("forms.tsv")
    local listed, known = {}, made.known_forms()
    for _, row in ipairs(rows) do
        local key = row.cells[1] .. " " .. row.cells[2]
        check(not listed[key], "forms.tsv:%d: %s twice", row.line, key)
        check(known[key], "forms.tsv:%d: the parser has no form %s", row.line, key)
        listed[key] = true
    end
    for key in pairs(known) do
        check(listed[key], "forms.tsv has no row for the parser's form %s", key)
    end
    local cases = made.cases(rows)
    check(#cases > 10000, "only %d cells were made of the forms", #cases)
    check_rows("forms.tsv", cases)
end

check_meaning()
check_malformed()
check_facts()
check_forms()
rig.check_hostile(check)
for i = 1, math.min(#faults, 60) do io.stderr:write(faults[i]:sub(1, 400), "\n") end
print(("%d checks of written values, %d faults"):format(checked, #faults))
rig.close()
os.exit(#faults == 0)
