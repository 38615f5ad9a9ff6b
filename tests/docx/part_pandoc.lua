-- part_pandoc.lua - pandoc that is not there, fails, writes nonsense, hangs or is interrupted: one line that says so, the output
-- as it was, no folder and no process left behind.
local suite, office = require "suite", require "office"
local check, quote = suite.check, suite.quote

office.write("evaluation.ini", "[evaluation]\nyears = 2020\ntype = t\nlanguage = en\n[data outcomes]\npath = outcomes.csv\n")
office.write("outcomes.csv", "fund,indicator,target,actual,weight\na,output.quantity.x,≥10,9,100\n")

-- A pandoc of ours, first on the PATH.
local function fake(script)
    office.write("bin/pandoc", "#!/bin/sh\n" .. script)
    assert(os.execute("chmod 755 " .. quote(office.folder .. "/bin/pandoc")))
    return "PATH=" .. quote(office.folder .. "/bin") .. ":/usr/bin:/bin"
end

local function refuses(name, env, says, options)
    office.write("kept.docx", "old")
    local code, out, err, left = office.run("score . -q -o kept.docx " .. (options or ""), env)
    check(code == 4, "%s: exit code %s: %s", name, tostring(code), err)
    check(out == "" and select(2, err:gsub("\n", "")) == 1, "%s: not one line: %s", name, err)
    check(err:find(says, 1, true), "%s: says %s", name, err)
    check(office.read("kept.docx") == "old", "%s: the output was touched", name)
    check(left == "", "%s: left %s", name, left)
    check(suite.capture("ls -A " .. quote(office.folder) .. " | grep '^.steelyard'") == "", "%s: left a file", name)
end

-- Ended, whether or not its parent has taken note.
local function is_gone(file)
    local pid = office.read(file):match("%d+")
    local stat = suite.read("/proc/" .. pid .. "/stat")
    return not stat or stat:match("%) (%a)") == "Z"
end

refuses("absent", "PATH=/nonexistent", "apt-get install pandoc")
refuses("failing", fake("echo 'broken pipe organ' >&2\necho more >&2\nexit 47\n"),
    "pandoc failed (exit code 47): broken pipe organ")
refuses("silent", fake("exit 1\n"), "pandoc failed (exit code 1)")
refuses("killed", fake("kill -KILL $$\n"), "pandoc was ended by signal 9")
refuses("nothing", fake("exit 0\n"), "pandoc ended without a document")
refuses("nonsense", fake("echo nonsense >report.docx\n"), "pandoc ended without a document")
refuses("controls", fake("printf 'a\\033[31mb\\n' >&2\nexit 3\n"), "a?[31mb")
refuses("a folder of its own", fake("mkdir sub\nexit 5\n"), "(exit code 5)")
local shell = "echo $$ >" .. quote(office.folder .. "/shell") .. "\nsleep 1000 &\necho $! >" ..
    quote(office.folder .. "/child") .. "\nwait\n"
refuses("hanging", fake(shell), "pandoc took longer than 1 seconds", "--option timeout=1")
check(is_gone("shell") and is_gone("child"), "hanging: processes are left")

-- What it is given: a private folder, nothing on standard input, no environment of the caller, no signals held back.
refuses("curious", fake("umask 0\nstat -c %a . >" .. quote(office.folder .. "/mode") .. "\nenv >" ..
    quote(office.folder .. "/env") .. "\ncat >" .. quote(office.folder .. "/stdin") .. "\nls /proc/self/fd >" ..
    quote(office.folder .. "/fds") .. "\nexit 6\n"), "(exit code 6)", nil)
check(office.read("mode") == "700\n", "the folder is of mode %s", office.read("mode"))
check(not office.read("env"):find("STEELYARD", 1, true), "the environment: %s", office.read("env"))
check(office.read("env"):find("SOURCE_DATE_EPOCH=315532800", 1, true), "no fixed time")
check(office.read("stdin") == "", "standard input: %s", office.read("stdin"))
check(select(2, office.read("fds"):gsub("\n", "")) <= 4, "open files: %s", office.read("fds"))

for _, option in ipairs { "timeout=x", "timeout=", "funds=-1", "funds=99999", "funds=1.5" } do
    local code, _, err = office.run("score . -q -o kept.docx --option " .. option)
    check(code == 2 and err:find("is a number from 0 to", 1, true), "%s: %s %s", option, tostring(code), err)
end

-- Ctrl-C while pandoc runs, with a file and with standard output. The shell opens the pipe when pandoc has begun.
for _, where in ipairs { "-o kept.docx", "--format docx >out.docx" } do
    office.write("kept.docx", "old")
    os.execute("cd " .. quote(office.folder) .. " && rm -f begun shell child && mkfifo begun")
    local env = fake("echo $$ >" .. quote(office.folder .. "/shell") .. "\nsleep 1000 &\necho $! >" ..
        quote(office.folder .. "/child") .. "\necho begun >" .. quote(office.folder .. "/begun") .. "\nwait\n")
    office.write("script", ("cd %s\nenv --default-signal=INT STEELYARD_DATA=%s %s %s score . -q %s &\np=$!\necho $p >pid\n" ..
        "read x <begun\nkill -INT $p\nwait $p\necho code $?\n"):format(quote(office.folder), quote(office.data), env,
        quote(office.program), where))
    local told = suite.capture("sh " .. quote(office.folder .. "/script") .. " 2>&1")
    check(told == "code 130\n", "interrupted, %s: %s", where, told)
    check(office.left() == "", "interrupted, %s: left %s", where, office.left())
    check(is_gone("shell") and is_gone("child"), "interrupted, %s: processes are left", where)
    check(office.read("kept.docx") == "old", "interrupted, %s: the output was touched", where)
    os.execute("rm " .. quote(office.folder .. "/begun"))
end

-- Ctrl-C while the document is written into a pipe that nobody reads any more: a pandoc of ours makes more than a pipe holds.
os.execute("cd " .. quote(office.folder) .. " && rm -f out && mkfifo out")
local long = fake("{ printf 'PK\\003\\004'; head -c 1000000 /dev/zero; } >report.docx\n")
office.write("script", ("cd %s\nenv --default-signal=INT STEELYARD_DATA=%s %s %s score . -q --format docx >out &\np=$!\n" ..
    "echo $p >pid\nexec 3<out\nhead -c 4 <&3 | tail -c 4 >head\nkill -INT $p\nwait $p\necho code $?\n"):format(
    quote(office.folder), quote(office.data), long, quote(office.program)))
local told = suite.capture("timeout -s KILL 60 sh " .. quote(office.folder .. "/script") .. " 2>&1")
check(told == "code 130\n", "interrupted while a pipe is full: %s", told)
check(office.read("head") == "PK\3\4", "the pipe began with %s", office.read("head"))
check(office.left() == "", "interrupted while a pipe is full: left %s", office.left())
