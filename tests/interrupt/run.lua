-- run.lua - what a user at a terminal meets: Ctrl-C while data is read, while a report is written into a pipe and while it
-- replaces a file; the line that tells of progress. Pipes hold the program where each test wants it: nothing sleeps.
--
--     lua5.4 tests/interrupt/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = assert(arg[1])
local check = suite.check
local folder = suite.folder()

local function read(name)
    return suite.read(folder .. "/" .. name)
end

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

-- Runs a script of sh in the folder; what it prints.
local function sh(script)
    write("script", script)
    local pipe = assert(io.popen(("cd '%s' && P='%s' sh script 2>&1"):format(folder, program)))
    local text = pipe:read("a")
    pipe:close()
    return text
end

program = suite.absolute(program)
write("evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n")
local HEAD = "fund,indicator,target,actual,weight\n"
local function files()
    return sh("ls -A | grep -v '^script$' | tr '\\n' ' '")
end

-- A shell's background jobs ignore SIGINT: env gives it back. Opening a pipe waits until the other side has opened it.
local START = "env --default-signal=INT \"$P\" score . -q --format csv "

for _, jobs in ipairs { 1, 3 } do
    sh("rm -f outcomes.csv; mkfifo outcomes.csv")
    local before = files()
    local told = sh(START .. "--jobs " .. jobs .. " -o out.csv & p=$!; exec 3>outcomes.csv; echo '" ..
        HEAD:gsub("\n", "") .. "' >&3; kill -INT $p; wait $p; echo code $?")
    check(told == "code 130\n", "while reading, %d workers: %s", jobs, told)
    check(files() == before, "while reading: left %s", files())
end

-- More than a pipe holds: the program waits for a reader that reads nothing.
local rows = { HEAD }
for i = 1, 20000 do rows[#rows + 1] = ("fund-%d,a.x,100,%d,100\n"):format(i, i % 101) end
sh("rm -f outcomes.csv; mkfifo out")
write("outcomes.csv", table.concat(rows))
local before = files()
local told = sh(START .. "-o out & p=$!; exec 3<out; kill -INT $p; wait $p; echo code $?")
check(told == "code 130\n", "while writing a pipe: %s", told)
check(files() == before, "while writing a pipe: left %s", files())
sh("rm out")

-- While a file is replaced: whenever the signal comes, the old file or the whole new one, and no other.
sh(START .. "-o whole.csv")
local whole = read("whole.csv")
check(whole and #whole > 1000000, "the report is too small for this test")
local stopped, old = 0, 0
for _ = 1, 12 do
    write("out.csv", "old")
    before = files()
    -- As soon as the temporary file is there, or the program is gone.
    told = sh(START .. [[--option bom=yes -o out.csv & p=$!
while kill -0 $p 2>/dev/null; do
    for f in .steelyard-*; do [ -e "$f" ] && break 2; done
done
kill -INT $p 2>/dev/null; wait $p; echo code $?]])
    local now = read("out.csv")
    check(told == "code 130\n" or told == "code 0\n", "while replacing a file: %s", told)
    check(now == "old" or now == whole, "a file of %d bytes is neither the old nor the new one", #(now or ""))
    check(told ~= "code 0\n" or now == whole, "done, and yet the old file")
    check(files() == before, "while replacing a file: left %s", files())
    stopped = stopped + (told == "code 130\n" and 1 or 0)
    old = old + (now == "old" and 1 or 0)
end
check(stopped > 0 and old > 0, "no signal of twelve came in time: %d stopped, %d old", stopped, old)

-- Whoever is started with SIGINT ignored goes on, reading and writing.
sh("rm outcomes.csv; mkfifo outcomes.csv")
write("rows.csv", table.concat(rows))
told = sh("env --ignore-signal=INT \"$P\" score . -q -o out.csv & p=$!; exec 3>outcomes.csv; kill -INT $p; cat rows.csv >&3; " ..
    "exec 3>&-; while kill -INT $p 2>/dev/null; do :; done; wait $p; echo code $?")
check(told == "code 0\n" and read("out.csv") == whole, "SIGINT ignored: %s", told)

-- The line about progress: on a terminal, while the program waits for its data; gone when it has it. The data comes when
-- the line was seen.
local function watch(options, feed)
    sh("rm -f outcomes.csv out.csv; mkfifo outcomes.csv")
    local pipe = assert(io.popen(("cd '%s' && script -qefc \"'%s' score . --format csv -o out.csv %s\" /dev/null </dev/null")
        :format(folder, program, options)))
    local text = ""
    if feed == "late" then
        while not text:find("\r\27%[K[^\r]") do text = text .. assert(pipe:read(1), "no progress: " .. text) end
    end
    write("outcomes.csv", HEAD .. "p,a.x,100,90,100\n")
    text = text .. pipe:read("a")
    check(pipe:close(), "score on a terminal failed: %s", text)
    check(read("out.csv"):find("\np,,t,,2019,90.00,", 1, true), "progress changes the result")
    return text
end
local line = watch("--lang en", "late")
check(line:find("^\r\27%[Kreading data"), "the first line: %q", line)
check(select(2, line:gsub("\r\27%[K", "")) >= 2 and line:find("\r\27%[Ksteelyard: ") or line:find("\r\27%[K$"),
    "the line is not gone when messages come: %q", line)
line = watch("--lang zh", "late")
check(line:find("^\r\27%[K读取数据"), "the first line in Chinese: %q", line)

-- Writing, while the reader of the report takes its time: what is written is told. In parts and in one piece.
write("rows.csv", table.concat(rows))
sh("mv rows.csv outcomes.csv; rm -f out; mkfifo out")
local slow = { ["--format csv --jobs 2"] = 700000, ["--format csv --jobs 1"] = 700000, ["--format json"] = 700000,
    ["--format ndjson"] = 4000000 }
for how, size in pairs(slow) do
    local pipe = assert(io.popen(("cd '%s' && script -qefc \"'%s' score . -o out --lang en %s\" /dev/null </dev/null 2>&1")
        :format(folder, program, how .. " 2>&1")))
    local out = assert(io.open(folder .. "/out", "rb"))
    assert(out:read(size), "the report is too short for this test")
    local text = ""
    while not text:find("\r\27%[Kwriting [1-9]%d?%%") do text = text .. assert(pipe:read(1), "no share of writing: " .. text) end
    assert(out:read("a"))
    out:close()
    text = text .. pipe:read("a")
    check(pipe:close(), "%s: score into a pipe failed: %s", how, text)
    check(text:find("\r\27%[K$"), "%s: the line is not gone at the end: %q", how, text:sub(-80))
    for share in text:gmatch("\27%[Kwriting ([^\r]+)") do check(share:find("^%d%d?%%$"), "%s: a share of %q", how, share) end
end

suite.finish()
