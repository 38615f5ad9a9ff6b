-- run.lua - `score --watch` as its user has it: files are saved in every way, what moved is read from a pipe. The program is
-- waited for by reading, never by the clock.
--
--     lua5.4 tests/watch/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = suite.absolute(assert(arg[1]))
local check = suite.check
local folder = suite.folder()

local function sh(command, ...)
    local done, _, code = os.execute(("cd '%s' && { %s; }"):format(folder, command:format(...)))
    return done and 0 or code
end

local function put(name, text)
    suite.write(folder .. "/" .. name, text)
end

-- As editors save: a new file under another name, renamed over the old one.
local function save(name, text)
    put(".new", text)
    assert(os.rename(folder .. "/.new", folder .. "/" .. name))
end

local function read(name)
    return suite.read(folder .. "/" .. name)
end

local HEAD = "fund,indicator,target,actual,weight\n"
local SCRIPT = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.z"] = function(i) return %s end
return rules
]]

-- An evaluation of one fund: a.x and a.y are met, a.z has what the script gives; 40 + 57 + 3 points.
local function lay_out()
    sh("chmod -R u+w . && rm -rf -- * .[!.]* 2>/dev/null; mkdir eval eval/scripts eval/data")
    put("eval/evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\nlanguage = en\n" ..
        "[data outcomes]\npath = data/out-*.csv\n")
    put("eval/data/out-1.csv", HEAD .. "sme-2019,a.x,10,10,40\nsme-2019,a.y,10,10,57\nsme-2019,a.z,10,10,3\n")
    put("eval/scripts/t.lua", SCRIPT:format("0.75"))
end

-- The program, started; its lines one by one, standard error among them. A shell's children may ignore SIGINT: env gives it
-- back. Whatever is wrong, it is over in a minute.
local function start(options, before)
    local pipe = assert(io.popen(("cd '%s' && echo $$ && %s exec env --default-signal=INT timeout 60 '%s' score eval --watch %s 2>&1")
        :format(folder, before or "", program, options or "-q")))
    local w = { pipe = pipe, pid = pipe:read("l") }
    function w.line() return pipe:read("l") or "(end)" end
    function w.ready(note)
        local text = {}
        repeat
            text[#text + 1] = w.line()
        until text[#text]:find("watching %d+ files; Ctrl%-C ends$") or text[#text] == "(end)"
        check(text[#text] ~= "(end)", "%s: never ready: %s", note, table.concat(text, "\n"))
        return table.concat(text, "\n")
    end
    function w.expect(...)
        for _, line in ipairs { ... } do
            local got = w.line()
            if not check(got == line, "expected %s\n     got %s", line, got) then break end
        end
    end
    function w.stop(note)
        os.execute("kill -INT " .. w.pid)
        local rest = pipe:read("a")
        local _, _, code = pipe:close()
        check(code == 130, "%s: ends with %s", note, tostring(code))
        check(rest == "", "%s: at the end %s", note, rest)
    end
    return w
end

-- Scripts, saved by renaming, again and again.
lay_out()
local w = start()
local text = w.ready("scripts")
check(text:find("sme%-2019 .* 99.25 "), "the first run prints scores: %s", text)
check(select(2, text:gsub("watching", "")) == 1, "said more than once: %s", text)
save("eval/scripts/t.lua", SCRIPT:format("1"))
w.expect("sme-2019 99.25 → 100.00 (+0.75) a.z")
save("eval/scripts/t.lua", SCRIPT:format("0"))
w.expect("sme-2019 100.00 → 97.00 (-3.00) a.z")
put("eval/scripts/t.lua", SCRIPT:format("0 + 0"))
w.expect("nothing moved")
-- One that cannot be read: the last good scores are what the next one is held against.
save("eval/scripts/t.lua", SCRIPT:format("0 +"))
w.expect("steelyard: error: eval/scripts/t.lua:3: unexpected symbol near 'end': in 'rules.indicator[\"a.z\"] = function(i) return 0 + end'")
save("eval/scripts/t.lua", SCRIPT:format("0.5"))
w.expect("sme-2019 97.00 → 98.50 (+1.50) a.z")
-- A library that is new, and the script that asks for it.
sh("mkdir eval/scripts/lib")
w.expect("nothing moved")
save("eval/scripts/lib/share.lua", "return { of = 1 }\n")
w.expect("nothing moved")
save("eval/scripts/t.lua", "local share = require 'share'\n" .. SCRIPT:format("share.of"))
w.expect("sme-2019 98.50 → 100.00 (+1.50) a.z")
save("eval/scripts/lib/share.lua", "return { of = 0 }\n")
w.expect("sme-2019 100.00 → 97.00 (-3.00) a.z")
w.stop("scripts")

-- Data, saved in place and by renaming; a file that a source's * matches, and one that it does not.
lay_out()
w = start()
w.ready("data")
put("eval/data/out-1.csv", HEAD .. "sme-2019,a.x,10,5,40\nsme-2019,a.y,10,9,57\nsme-2019,a.z,10,10,3\n")
w.expect("sme-2019 99.25 → 73.55 (-25.70, 优 → 中) a.x -20.00, a.y -5.70")
put("eval/data/other.csv", "no data\n")
save("eval/data/out-2.csv", HEAD .. "tech,a.x,10,10,100\n")
w.expect("tech 100.00 (new)")
save("eval/data/out-2.csv", HEAD .. "tech,a.x,10,10,90\n")
w.expect("tech 100.00 → 90.00 (-10.00, 优 → no grade) a.x", "findings: 1 new, 0 gone",
    "  data/out-2.csv:2: weights-sum: the weights add up to 90, the full score is 100: no grade")
save("eval/data/out-2.csv", HEAD .. "tech,a.x,,10,100\n")
w.expect("tech 90.00 → no score (scored → unscored) a.x 90.00 → no score", "findings: 2 new, 1 gone",
    "  data/out-2.csv:2: target-missing: a.x has no target", "  data/out-2.csv:2: unscored: nothing could be scored")
sh("rm eval/data/out-2.csv")
w.expect("tech no score (gone)", "findings: 0 new, 2 gone")
w.stop("data")

-- INIs of the evaluation, in folders that were not there; one that is wrong.
lay_out()
w = start()
w.ready("INIs")
sh("mkdir eval/config")
w.expect("nothing moved")
save("eval/config/t.ini", "[weights]\na.x = 37\na.z = 6\n")
w.expect("sme-2019 99.25 → 98.50 (-0.75) a.x -3.00, a.z +2.25", "findings: 2 new, 0 gone")
save("eval/config/t.ini", "[wieghts]\na.x = 37\na.z = 6\n")
w.expect("steelyard: error: eval/config/t.ini:1: unknown section [wieghts]; did you mean [weights]?")
save("eval/config/t.ini", "[weights]\na.x = 37\na.z = 6\n")
w.expect("nothing moved")
sh("mkdir eval/config/2019-")
w.expect("nothing moved")
save("eval/config/2019-/t.ini", "[grades]\n优 = 99\n")
w.expect("sme-2019 98.50 (优 → 良)")
-- 37 + 4.5 of 43 points that count, of 100.
save("eval/config/2019-/t.ini", "[type]\nmin_coverage = 0.3\n[grades]\n优 = 99\n[missing]\nactual = exclude\n")
w.expect("nothing moved")
save("eval/data/out-1.csv", HEAD .. "sme-2019,a.x,10,10,40\nsme-2019,a.y,10,,57\nsme-2019,a.z,10,10,3\n")
w.expect("sme-2019 98.50 → 96.51 (-1.99) a.y 57.00 → no score", "findings: 1 new, 0 gone",
    "  data/out-1.csv:3: actual-missing: a.y has no actual")
save("eval/evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\nlanguage = zh\n[data outcomes]\npath = data/out-*.csv\n")
w.expect("没有变化")
save("eval/data/out-1.csv", HEAD .. "sme-2019,a.x,10,10,40\nsme-2019,a.y,10,10,57\nsme-2019,a.z,10,10,3\n")
w.expect("sme-2019 96.51 → 98.50 (+1.99) a.y 无得分 → 57.00", "疑点：新增 0 条，消除 1 条")
w.stop("INIs")

-- Installed rules, which are another folder's here; a source that is a link; years; a narrow terminal; --year, --set and -o.
lay_out()
sh("mkdir data; cp -r '%s/config' '%s/scripts' data", os.getenv("STEELYARD_DATA"), os.getenv("STEELYARD_DATA"))
sh("rm eval/scripts/t.lua; mkdir far; mv eval/data/out-1.csv far/real.csv; ln -s ../../far/real.csv eval/data/out-1.csv")
put("eval/evaluation.ini", "[evaluation]\nyears = 2019-2020\ntype = t\nlanguage = en\n[data outcomes]\npath = data/out-*.csv\n")
local YEARS = "year,fund,indicator,target,actual,weight\n"
local function years(actual)
    local rows = { YEARS }
    for year = 2019, 2020 do
        for k = 1, 4 do
            rows[#rows + 1] = ("%d,sme,output.quantity.number_%d,10,%s,25\n"):format(year, k,
                year == 2020 and actual == 0 and 0 or actual - k * (actual < 10 and 1 or 0))
        end
    end
    return table.concat(rows)
end
put("far/real.csv", years(10))
local OWN = ("STEELYARD_DATA='%s/data' COLUMNS=80"):format(folder)
w = start("-q", OWN)
w.ready("years")
save("far/real.csv", years(9))
w.expect("sme (2019) 100.00 → 65.00 (-35.00, 优 → 中) output.quantity.number_4 -12.50 … and 3 more",
    "sme (2020) 100.00 → 65.00 (-35.00, 优 → 中) output.quantity.number_4 -12.50 … and 3 more")
save("data/scripts/t.lua", SCRIPT:format("1"))
w.expect("findings: 0 new, 2 gone") -- of unknown types
save("data/config/t.ini", "[parameters]\npass = 0.6\n")
w.expect("sme (2019) 65.00 → 52.50 (-12.50, 中 → 差) output.quantity.number_4",
    "sme (2020) 65.00 → 52.50 (-12.50, 中 → 差) output.quantity.number_4")
w.stop("years")
w = start("-q --year 2020 --set t.grades.中=52 -o scores.csv --option bom=no", OWN)
check(w.ready("-o"):find("^%S+ note: watching"), "a report into a file leaves standard output alone")
check(read("scores.csv"):find("\nsme,,t,,2020,52.50,中,"), "-o: %s", read("scores.csv"))
save("far/real.csv", years(10))
w.expect("sme (2020) 52.50 → 100.00 (+47.50, 中 → 优) output.quantity.number_4 +25.00 … and 3 more")
check(read("scores.csv"):find("\nsme,,t,,2020,100.00,优,"), "-o is written anew: %s", read("scores.csv"))
-- Interrupted amid a run, which waits for its data.
sh("mkfifo fifo && mv fifo eval/data/out-2.csv")
local waits = assert(io.open(folder .. "/eval/data/out-2.csv", "wb")) -- opened when the program has opened it
w.stop("amid a run")
waits:close()

-- A data file alone; an evaluation that goes away.
lay_out()
w = start("-q --year 2019")
w.ready("going")
sh("mv eval gone")
w.expect("steelyard: error: eval: no such file or folder")
local _, _, code = w.pipe:close()
check(code == 4, "gone: %s", tostring(code))
sh("mv gone/data/out-1.csv one.csv")
local function whole(options, expected, wanted)
    local pipe = assert(io.popen(("cd '%s' && '%s' %s 2>&1"):format(folder, program, options)))
    local got = pipe:read("a")
    local _, _, exit = pipe:close()
    check(exit == expected and got:find(wanted, 1, true), "%s: exit %s, %s", options, tostring(exit), got)
end
whole("score one.csv --watch --format json", 2, "error: --watch prints what moved, which is no json: name a file with -o")
whole("score nowhere --watch", 4, "nowhere: no such file or folder")
whole("score one.csv --watch --year 2019 --fund smee-2019", 2, "did you mean 'sme-2019'?")
whole("check one.csv --watch", 2, "check has no --watch")

suite.finish()
