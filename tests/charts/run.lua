-- run.lua - bars and lines of a terminal: as long and as high as the figures beside them say, no line wider than the terminal,
-- and nothing of it where the output goes elsewhere.
--
--     lua5.4 tests/charts/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite, json = require "suite", require "json"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local check = suite.check

-- What a terminal of so many columns shows.
local function terminal(words, columns, environment)
    local inner = ("stty cols %d rows 50; %s %s -q 2>/dev/null"):format(columns, suite.quote(program), words)
    local text = suite.capture(("env %s script -qec %s /dev/null </dev/null"):format(environment or "TERM=xterm", suite.quote(inner)))
    return (text:gsub("\r", ""):gsub("\27%[[%d;]*m", ""))
end

local function pipe(words, environment)
    return (suite.capture(("env %s %s %s -q 2>/dev/null"):format(environment or "TERM=xterm", suite.quote(program), words)))
end

local PARTS = { ["█"] = 8, ["▉"] = 7, ["▊"] = 6, ["▋"] = 5, ["▌"] = 4, ["▍"] = 3, ["▎"] = 2, ["▏"] = 1 }
local STEPS = { ["▁"] = 1, ["▂"] = 2, ["▃"] = 3, ["▄"] = 4, ["▅"] = 5, ["▆"] = 6, ["▇"] = 7, ["█"] = 8 }
local CELLS = 20

-- The eighths of the bar at the end of a line; 0 where there is none.
local function bar_of(line)
    local eighths = 0
    for _, code in utf8.codes(line) do eighths = eighths + (PARTS[utf8.char(code)] or 0) end
    return eighths
end

local function width_of(line)
    local width = 0
    for _, code in utf8.codes(line) do
        width = width + ((code >= 0x1100 and code <= 0x115F or code >= 0x2E80 and code <= 0xA4CF or code >= 0xAC00 and code <= 0xD7A3 or
            code >= 0xF900 and code <= 0xFAFF or code >= 0xFE30 and code <= 0xFE6F or code >= 0xFF00 and code <= 0xFF60) and 2 or 1)
    end
    return width
end

local function lines_of(text)
    local lines = {}
    for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
    return lines
end

local function expected(share)
    if share <= 0 then return 0 end
    if share >= 1 then return CELLS * 8 end
    return math.min(math.max(math.floor(share * CELLS * 8 + 1e-9), 1), CELLS * 8 - 1)
end

local function check_levels(words, language, columns)
    local what = words .. " " .. language .. " " .. columns
    local text = terminal(words .. " --lang " .. language, columns)
    local document = json.read(pipe(words .. " --format json --lang " .. language))
    local lines, at = lines_of(text), nil
    for i, line in ipairs(lines) do
        check(width_of(line) <= columns, "%s: a line of %d: %s", what, width_of(line), line)
        if line:find(language == "zh" and "得分率" or "share", 1, true) then at = i end
    end
    if not check(at, "%s: no bars", what) then return end
    for _, fund in ipairs(document.funds) do
        for k, level in ipairs(fund.levels) do
            at = at + 1
            local line = lines[at]
            check((line:find(fund.fund, 1, true) == 1) == (k == 1), "%s: %s stands at %s", what, fund.fund, line)
            check(line:find(level.name, 1, true), "%s: %s is not in %s", what, level.name, line)
            if level.score == json.null then
                check(bar_of(line) == 0 and not line:find("%d%%"), "%s: what is missing has a bar: %s", what, line)
            else
                check(bar_of(line) == expected(level.score / level.weight), "%s: %s of %s: %s", what, level.score, level.weight, line)
                check(line:find(("%.1f%%"):format(level.score / level.weight * 100 + 1e-9), 1, true), "%s: %s", what, line)
            end
        end
    end
end

for _, language in ipairs { "zh", "en" } do
    for _, columns in ipairs { 80, 120 } do
        check_levels("score examples/lusong", language, columns)
        check_levels("score examples/three-years --fund train-b", language, columns)
    end
end

-- Lines of years: the step of each year between the ends of the scale.
for _, language in ipairs { "zh", "en" } do
    local text = terminal("compare examples/three-years --lang " .. language, 80)
    local document, lines = json.read(pipe("compare examples/three-years --format json")), lines_of(text)
    local from = tonumber(lines[1]:match("[（(](%d+)–100[）)]"))
    check(from == 80, "the scale begins at %s", tostring(from))
    for i, fund in ipairs(document.funds) do
        local line, wanted, scores = lines[i + 1], {}, {}
        for _, year in ipairs(document.years) do
            scores[#scores + 1] = false
            for _, one in ipairs(fund.years) do
                if one.year == year and one.score ~= json.null then scores[#scores] = one.score end
            end
        end
        for k, score in ipairs(scores) do
            wanted[k] = score and math.floor((score - from) / (100 - from) * 7 + 0.5) + 1 or 0
        end
        local seen = {}
        for _, code in utf8.codes(line) do
            local c = utf8.char(code)
            if STEPS[c] or c == "·" then seen[#seen + 1] = STEPS[c] or 0 end
        end
        check(line:find(fund.fund, 1, true) == 1 and table.concat(seen, " ") == table.concat(wanted, " "), "%s: %s",
            table.concat(wanted, " "), line)
        for _, score in ipairs(scores) do
            check(not score or line:find(("%.2f"):format(score), 1, true), "%s is not in %s", score, line)
        end
    end
    for _, line in ipairs(lines) do check(width_of(line) <= 80, "a line of %d: %s", width_of(line), line) end
end

-- Where nothing can be drawn there are the figures alone.
local function is_plain(text, what)
    check(not text:find("█", 1, true) and not text:find("走势", 1, true) and not text:find("得分率", 1, true), "%s has charts", what)
end
for _, words in ipairs { "score examples/lusong", "compare examples/three-years" } do
    is_plain(pipe(words), words .. " in a pipe")
    is_plain(terminal(words, 80, "TERM=dumb"), words .. " on a dumb terminal")
    is_plain(terminal(words .. " --detail", 80), words .. " --detail")
    is_plain(terminal(words .. " --format csv", 80), words .. " as csv")
    local plain, coloured = terminal(words, 80, "TERM=xterm NO_COLOR=1"), terminal(words .. " --color always", 80)
    check(plain == coloured and plain:find("█", 1, true), "%s: colours change the text", words)
end
-- Many funds: bars would hide the table.
is_plain(terminal("score examples/three-years", 80), "sixteen funds")
suite.finish()
