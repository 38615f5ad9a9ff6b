-- run.lua - the US program rating (type part) from answers to a grade, against plain arithmetic, and in English alone: nothing
-- that it prints under --lang en has a Chinese character.
--
--     lua5.4 tests/part/run.lua PROGRAM
local program = arg[1]
local folder = "tests/part/evaluation"
local faults, checked = {}, 0

local function fault(...)
    faults[#faults + 1] = string.format(...)
end

local function run(options, errors)
    local pipe = assert(io.popen(("'%s' %s %s"):format(program, options, errors and "2>&1" or "2>/dev/null")))
    local text = pipe:read("a")
    pipe:close()
    return text
end

-- Rows of a CSV without quotes.
local function rows_of(text)
    local rows, header = {}, nil
    for line in text:gsub("^\239\187\191", ""):gsub("\r", ""):gmatch("[^\n]+") do
        local cells = {}
        for cell in (line .. ","):gmatch("([^,]*),") do cells[#cells + 1] = cell end
        if header then
            local row = {}
            for i, name in ipairs(header) do row[name] = cells[i] end
            rows[#rows + 1] = row
        else
            header = cells
        end
    end
    return rows
end

local function read_rows(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return rows_of(text)
end

-- A section is worth its weight times the mean of its answers, without those that do not apply or are no
-- answer; what is left blank is a No.
local WORTH = { yes = 1, ["large extent"] = 0.67, ["small extent"] = 0.33, no = 0, [""] = 0 }
local SECTIONS = { purpose = 20, planning = 10, management = 20, results = 50 }

local function scores_of(answers)
    local sums, seen = {}, {}
    for _, row in ipairs(answers) do
        local section, worth = row.indicator:match("^%a+"), WORTH[row.actual:lower()]
        local fund, key = row.fund, row.fund .. row.indicator
        sums[fund] = sums[fund] or {}
        if worth and not seen[key] then
            local s = sums[fund][section] or { total = 0, n = 0 }
            s.total, s.n = s.total + worth, s.n + 1
            sums[fund][section] = s
        end
        seen[key] = true
    end
    local scores = {}
    for fund, sections in pairs(sums) do
        local score = 0
        for section, s in pairs(sections) do score = score + SECTIONS[section] * s.total / s.n end
        scores[fund] = ("%.2f"):format(math.floor(score * 100 + 0.5 + 1e-9) / 100)
    end
    return scores
end

-- loans, ports: a fact says what is lacking. grants: its answers do. idle: all are No, but the facts say that
-- there are measures and baselines.
local GRADES = { weather = "Moderately Effective", loans = "Results Not Demonstrated",
    grants = "Results Not Demonstrated", maps = "Effective", ports = "Results Not Demonstrated", idle = "Ineffective",
    ghost = "" }

local told = rows_of(run("score " .. folder .. " --format csv"))
local scores = scores_of(read_rows(folder .. "/data/answers.csv"))
for _, row in ipairs(told) do
    checked = checked + 2
    local score = row.fund ~= "ghost" and scores[row.fund] or row.score
    if tonumber(row.score) ~= tonumber(score) then
        fault("%s: the score is %s, the answers come to %s", row.fund, row.score, score)
    end
    if row.grade ~= GRADES[row.fund] then
        fault("%s: the grade is '%s', not '%s'", row.fund, row.grade, GRADES[row.fund])
    end
end
if #told ~= 7 then fault("%d programs are scored, not 7", #told) end

-- CJK radicals and above: Chinese characters, their punctuation, full width. What stands below are ×, →, –, ≤; a CSV
-- opens with U+FEFF.
local function find_chinese(text)
    for line in text:gmatch("[^\n]+") do
        for _, c in utf8.codes(line) do
            if c >= 0x2E80 and c ~= 0xFEFF then return line end
        end
    end
end

local commands = { "check " .. folder, "check " .. folder .. " --format json", "config " .. folder,
    "config " .. folder .. " --type part", "score " .. folder .. " --rank", "score " .. folder .. " --detail" }
for _, format in ipairs { "table", "csv", "json", "ndjson", "markdown" } do
    commands[#commands + 1] = ("score %s --format %s"):format(folder, format)
    commands[#commands + 1] = ("score %s --detail --format %s"):format(folder, format)
end
for fund in pairs(GRADES) do
    commands[#commands + 1] = ("explain %s %s"):format(folder, fund)
    commands[#commands + 1] = ("explain %s %s --format json"):format(folder, fund)
end
for _, command in ipairs(commands) do
    local text = run(command .. " --lang en", true)
    local line = find_chinese(text)
    checked = checked + 1
    if #text < 40 then fault("%s prints next to nothing: %s", command, text) end
    if line then fault("%s: Chinese in '%s'", command, line) end
end
if not find_chinese(run("score " .. folder .. " --lang zh")) then fault("what finds Chinese finds none") end

for _, line in ipairs(faults) do
    io.stderr:write(line, "\n")
end
print(("%d checks, %d faults"):format(checked, #faults))
os.exit(#faults == 0 and checked > 0)
