-- run.lua - the program as a user meets it: commands, exit codes, messages, bytes.
--
--     lua5.4 tests/golden/run.lua PROGRAM [NAME …]
--
-- A folder with a file `command` is a case. It runs in a copy of good/ with the case's own files laid over,
-- by sh, where `steelyard` is the program. `exit` is the code (0 where absent), `stdout` and `stderr` the exact
-- bytes (none where absent). UPDATE_GOLDEN=1 writes them anew: read the difference before keeping it.
--
-- Laws that hold for every case are checked beside the bytes: see check_laws and check_kept.
local program, update = assert(arg[1], "run.lua PROGRAM [NAME …]"), os.getenv("UPDATE_GOLDEN") == "1"
local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/../lib/?.lua;" .. package.path
local suite = require "suite"
local quote, capture, check = suite.quote, suite.capture, suite.check_named
local read, write = suite.read, suite.write

local function shell(format, ...)
    assert(os.execute(format:format(...)))
end

program = suite.absolute(program)
local temp = suite.folder()
local data = os.getenv("STEELYARD_DATA") or capture("cd " .. quote(here) .. "/../.. && pwd"):gsub("%s+$", "")
-- A copy, beside which there are no plugins: what is said does not hang on the libraries of the machine.
shell("mkdir %s/bin && cp -a %s %s/libsteelyard.so* %s/bin", temp, quote(program), quote(program:match("^(.*)/")), temp)

-- A copy of good/ with the case's files over it, in a folder of its own.
local function lay_out(name)
    local folder = temp .. "/" .. name
    shell("rm -rf %s && mkdir %s && cd %s && cp -r good/. %s/ && cp -r %s/. %s/ && cd %s && " ..
        "rm -f command exit stdout stderr", folder, folder, quote(here), folder, name, folder, folder)
    return folder
end

-- Runs a command in a folder: exit code, standard output, standard error.
local function run(folder, command)
    write(temp .. "/command", command)
    local _, _, code = os.execute(("cd %s && env -u NO_COLOR -u COLUMNS -u STEELYARD_PLUGIN_PATH LC_ALL=C " ..
        "STEELYARD_DATA=%s PATH=%s/bin:\"$PATH\" sh %s/command >%s/out 2>%s/err </dev/null")
        :format(folder, quote(data), temp, temp, temp, temp))
    return code, read(temp .. "/out"), read(temp .. "/err")
end

local function show(text)
    return text == "" and "    (nothing)\n" or text:gsub("[^\n]+", "    %0")
end

-- Whatever the case: messages are whole lines of one form, and what fails at once prints no result.
local function check_laws(name, code, out, err)
    local at = 0
    for line in (err .. (err:find("\n$") and "" or "\n")):gmatch("(.-)\n") do
        at = at + 1
        check(err == "" or line:find("^steelyard: [enw][%l]+: ") or line:find("^Usage: ") or err:find("^Usage: "),
            name, "line %d of standard error is no message: %s", at, line)
        check(not line:find("[%z\1-\8\11-\31\127]"), name, "line %d of standard error has control characters", at)
    end
    if code == 3 and err:find("steelyard: error: ", 1, true) and not err:find("[script-error]", 1, true) then
        check(out == "", name, "nothing can be scored, and yet a result:\n%s", show(out))
    end
    if code == 2 or code == 4 then
        check(out == "", name, "exit code %d, and yet a result:\n%s", code, show(out))
        check(select(2, err:gsub("steelyard: error: ", "")) >= 1 or err:find("^Usage: "), name,
            "exit code %d without an error", code)
    end
end

local KEPT = "kept: what stood here before\n"

-- A command that fails before there is a result leaves the file of -o as it is, and nothing beside it.
local function check_kept(name, command, code)
    local folder = lay_out(name)
    for _, kept in ipairs { "kept.csv", "kept.json" } do
        write(folder .. "/" .. kept, KEPT)
        local before = capture("cd " .. folder .. " && find . | LC_ALL=C sort")
        local now = run(folder, command:gsub("%s+$", "") .. " -o " .. kept .. "\n")
        check(now == code, name, "with -o %s the exit code is %d, not %d", kept, now, code)
        check(read(folder .. "/" .. kept) == KEPT, name, "-o %s was touched", kept)
        check(capture("cd " .. folder .. " && find . | LC_ALL=C sort") == before, name,
            "with -o %s files are left behind", kept)
    end
end

local function check_stream(name, what, got, expected)
    check(got == expected, name, "%s differs\n  expected:\n%s\n  got:\n%s", what, show(expected), show(got))
end

local function run_case(name)
    local path = here .. "/" .. name
    local command = read(path .. "/command")
    local code, out, err = run(lay_out(name), command)
    if update then
        for what, text in pairs { exit = code == 0 and "" or code .. "\n", stdout = out, stderr = err } do
            os.remove(path .. "/" .. what)
            if text ~= "" then write(path .. "/" .. what, text) end
        end
    end
    check(code == tonumber(read(path .. "/exit") or "0"), name, "exit code %d, expected %s", code,
        read(path .. "/exit") or "0")
    check_stream(name, "standard output", out, read(path .. "/stdout") or "")
    check_stream(name, "standard error", err, read(path .. "/stderr") or "")
    check_laws(name, code, out, err)
    local plain = command:find("^steelyard [^\n]*\n?$") and not command:find("[;|>&]") and
        not command:find(" %-o") and not command:find("%-%-format") and
        (command:find("^steelyard score") or command:find("^steelyard explain") or
        command:find("^steelyard check"))
    if plain and code >= 2 and out == "" then
        check_kept(name, command, code)
    end
end

local names, ran = {}, 0
for i = 2, #arg do names[arg[i]] = true end
for path in io.popen("cd " .. quote(here) .. " && LC_ALL=C ls -d */command"):lines() do
    local name = path:match("^(.*)/command$")
    if not next(names) or names[name] then
        run_case(name)
        ran = ran + 1
    end
end
if not next(names) then
    local laws = assert(loadfile(here .. "/laws.lua"))
    laws { here = here, temp = temp, program = program, lay_out = lay_out, run = run, read = read,
        write = write, check = check, capture = capture, quote = quote }
end
check(ran > 0, "golden", "no case is called so")
suite.finish()
