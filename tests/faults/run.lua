-- run.lua - output is whole or not there: the program with one thing going wrong (fault.c) at each place where it
-- can, or killed there.
--
--     STEELYARD_FAULTY=PROGRAM lua5.4 tests/faults/run.lua PROGRAM
--
-- The second program is not run: the one with faults is the same code.
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = os.getenv("STEELYARD_FAULTY")
local quote, capture, read, write = suite.quote, suite.capture, suite.read, suite.write
local check = suite.check_named
local temp = suite.folder()
local folder, out = temp .. "/evaluation", temp .. "/out"
local OLD = "what stood here before\n"

-- Funds enough for an output of several blocks.
local function lay_out()
    os.execute(("mkdir -p %s/data %s"):format(folder, out))
    write(folder .. "/evaluation.ini", "[evaluation]\ntitle = t\nyears = 2019\nlanguage = en\n" ..
        "[data outcomes]\npath = data/outcomes.csv\n")
    local rows = { "fund,indicator,target,actual,weight\n" }
    for i = 1, 700 do
        rows[#rows + 1] = ("f%d,a.b,100,%d,100\n"):format(i, i % 130)
    end
    write(folder .. "/data/outcomes.csv", table.concat(rows))
end

-- Runs with a fault: exit code (128 and the signal), messages, whether it came to that.
local function run(fault, arguments)
    os.remove(temp .. "/hit")
    local _, how, code = os.execute(("cd %s && STEELYARD_FAULT=%s STEELYARD_FAULT_HIT=%s/hit %s %s >%s/stdout " ..
        "2>%s/stderr </dev/null"):format(out, fault, temp, quote(program), arguments, temp, temp))
    if how == "signal" then code = 128 + code end
    return code, read(temp .. "/stderr"), read(temp .. "/hit") ~= nil
end

local function files()
    return capture("cd " .. out .. " && ls -A")
end

local function begin(old)
    os.execute("rm -rf " .. out .. " && mkdir " .. out)
    if old then write(out .. "/scores.json", OLD) end
end

local SCORE = "score ../evaluation -q --jobs 1 -o scores.json"

lay_out()
begin(false)
check(run("none:0:none", SCORE) == 0, "without a fault", "%s", read(temp .. "/stderr"))
local NEW = assert(read(out .. "/scores.json"))
check(#NEW > 4 * 65536, "without a fault", "%d bytes are few blocks", #NEW)
check(files() == "scores.json\n", "without a fault", "left: %s", files())

-- Calls `each(n)` for n = 0, 1, … while the fault is met; how often that was.
local function for_each(what, how, old, each)
    for n = 0, 1000 do
        begin(old)
        local name = ("%s:%d:%s"):format(what, n, how)
        local code, err, hit = run(name, SCORE)
        if not hit then return n end
        each(name, code, err, read(out .. "/scores.json"), n)
    end
end

local function is_message(err)
    return err:find("^steelyard: error: [^\n]+\n$") ~= nil
end

-- An error: exit code 4, one line, the old file or none, nothing beside it. From the `endured`-th on it comes too
-- late to matter.
local function check_errors(what, how, least, endured)
    for _, old in ipairs { true, false } do
        local n = for_each(what, how, old, function(name, code, err, now, at)
            if at == endured then
                check(code == 0 and now == NEW, name, "exit code %d: %s", code, err)
                return
            end
            check(code == 4 and is_message(err), name, "exit code %d: %s", code, err)
            check(now == (old and OLD or nil), name, "the file was touched")
            check(files() == (old and "scores.json\n" or ""), name, "left: %s", files())
        end)
        check(n >= least, what .. ":" .. how, "happened %d times, not %d", n, least)
    end
end

-- Something that a program lives with: the same bytes.
local function check_endured(what, how, least)
    local n = for_each(what, how, true, function(name, code, err, now)
        check(code == 0 and err == "", name, "exit code %d: %s", code, err)
        check(now == NEW and files() == "scores.json\n", name, "other bytes, or left: %s", files())
    end)
    check(n >= least, what .. ":" .. how, "happened %d times, not %d", n, least)
end

-- A signal: the old file or the new one, whole. What is left is named as ours, and gone after the next run.
local function check_signal(how, expected, may_leave)
    local seen = {}
    local n = for_each("output", how, true, function(name, code, _, now)
        check(code == expected, name, "exit code %d, not %d", code, expected)
        check(now == OLD or now == NEW, name, "half a file: %d bytes", now and #now or -1)
        seen[now == OLD and "old" or "new"] = true
        local left = files():gsub("scores%.json\n", "")
        check(left == "" or (may_leave and left:find("^%.steelyard%-%d+%-%d+%.tmp\n$")), name, "left: %s", left)
        local again = run("none:0:none", SCORE)
        check(again == 0 and read(out .. "/scores.json") == NEW and files() == "scores.json\n", name,
            "the next run leaves: %s", files())
    end)
    check(n >= 8 and seen.old and seen.new, how, "%d moments, old %s, new %s", n, seen.old, seen.new)
end

check_errors("open", "EACCES", 1)
check_errors("write", "ENOSPC", 5)
check_errors("write", "EIO", 5)
check_errors("fsync", "EIO", 2, 1) -- the second is of the folder, whose file is there by then
check_errors("rename", "EIO", 1)
check_errors("read", "EIO", 5)
check_endured("write", "EINTR", 5)
check_endured("write", "short", 5)
check_endured("read", "EINTR", 5)
check_endured("read", "short", 5)
check_signal("kill", 137, true)
check_signal("+kill", 137, true)
check_signal("int", 130, false)
check_signal("+int", 130, false)
check_signal("term", 143, false)
check_signal("+term", 143, false)

-- A file that another writer holds, or that only looks like ours, is not touched.
local function check_others()
    begin(false)
    write(out .. "/.steelyard-12-x.tmp", "a user's\n")
    write(out .. "/.steelyard-1-0.tmp", "left over\n")
    os.execute(("cd %s && ln -s /nowhere .steelyard-2-0.tmp && mkdir .steelyard-3-0.tmp"):format(out))
    local code, err = run("none:0:none", SCORE)
    check(code == 0, "others", "exit code %d: %s", code, err)
    check(files() == ".steelyard-12-x.tmp\n.steelyard-2-0.tmp\n.steelyard-3-0.tmp\nscores.json\n", "others",
        "left: %s", files())
    write(out .. "/.steelyard-1-0.tmp", "being written\n")
    capture(("cd %s && flock .steelyard-1-0.tmp sh -c %s"):format(out,
        quote("cd " .. out .. " && " .. quote(program) .. " " .. SCORE)))
    check(read(out .. "/.steelyard-1-0.tmp") == "being written\n", "others", "a writer lost its file")
end

-- Standard output: an error is exit code 4 wherever it comes.
local function check_standard_output()
    for n = 0, 1000 do
        local code, err, hit = run(("write:%d:ENOSPC"):format(n), "score ../evaluation -q --format json")
        if not hit then
            check(n >= 5, "standard output", "%d writes", n)
            return
        end
        check(code == 4 and is_message(err), "standard output", "write %d: exit code %d: %s", n, code, err)
    end
end

-- What popt does without memory is not ours: it ends the program with 1, or takes no argument for an argument.
local function is_popt(code, err)
    return (code == 1 and err == "virtual memory exhausted.\n") or (code == 3 and err:find("%.: has no evaluation%.ini"))
end

-- The command line, popt among it: each allocation fails once; further on, where the library works, which is
-- tried one by one in its own process (tests/unit/test_torture.c), every 61st.
local function check_memory()
    local n, hits, arguments = 0, 0, SCORE .. " --year 2019 --fund f1,f2 --fund f3 --set x.weights.a.b=1 " ..
        "--fail-under 3 --option a=b"
    begin(true)
    local plain = run("none:0:none", arguments)
    while true do
        local code, err, hit = run(("malloc:%d:ENOMEM"):format(n), arguments)
        if not hit then break end
        local name = "malloc:" .. n
        check(code == plain or (code == 4 and err:find("memory")) or (n < 150 and is_popt(code, err)), name, "exit code %d: %s", code, err)
        check(read(out .. "/scores.json") == OLD and files() == "scores.json\n", name, "the file was touched")
        hits, n = hits + 1, n + (n < 150 and 1 or 61)
    end
    check(hits > 100, "memory", "%d allocations failed", hits)
end

check_others()
check_standard_output()
check_memory()
suite.finish()
