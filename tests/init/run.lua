-- run.lua - `init`: what it makes scores at once, whatever the type and language; it makes all of it or nothing.
--
--     STEELYARD_FAULTY=PROGRAM2 lua5.4 tests/init/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program, faulty = arg[1], os.getenv("STEELYARD_FAULTY")
local data = os.getenv("STEELYARD_DATA") or "."
local capture, read, write = suite.capture, suite.read, suite.write
local check = suite.check_named
program = suite.absolute(program)
local temp = suite.folder()

-- Exit code, standard output, messages of a command in the temporary folder.
local function run(arguments, environment, binary)
    local _, how, code = os.execute(("cd '%s' && %s '%s' %s >'%s/stdout.txt' 2>'%s/stderr.txt' </dev/null"):format(
        temp, environment or "", binary or program, arguments, temp, temp))
    if how == "signal" then code = 128 + code end
    return code, read(temp .. "/stdout.txt"), read(temp .. "/stderr.txt")
end

-- Names below a folder, sorted; without a folder nothing.
local function list(folder)
    return capture(("cd '%s/%s' 2>/dev/null && find . -type f | LC_ALL=C sort"):format(temp, folder))
end

local function clear()
    os.execute(("rm -rf '%s'/* '%s'/.steelyard*"):format(temp, temp))
end

local types = {}
for file in capture("ls '" .. data .. "/config'"):gmatch("([^\n]+)%.ini\n") do
    if file ~= "columns" and file ~= "defaults" and file ~= "units" then types[#types + 1] = file end
end
check(#types >= 7, "types", "%d are installed", #types)

local function score(folder)
    local code, text, messages = run("score '" .. folder .. "' --format json -q")
    check(code == 0, folder, "score: exit code %d: %s", code, messages)
    return code == 0 and json.read(text) or { funds = {}, findings = {} }, text
end

-- Every fund has a score, a grade, all of its points, and there is nothing to warn of.
local function check_scores(folder, nfunds)
    local result, text = score(folder)
    check(#result.funds == nfunds, folder, "%d funds, not %d", #result.funds, nfunds)
    for _, fund in ipairs(result.funds) do
        check(fund.status == "scored" and type(fund.grade) == "string" and fund.coverage == 1 and fund.score > 60
            and fund.score < 100, folder, "%s: %s, score %s, grade %s, coverage %s", fund.fund, fund.status,
            fund.score, fund.grade, fund.coverage)
    end
    for _, finding in ipairs(result.findings) do
        check(finding.severity == "note", folder, "%s: %s", finding.code, finding.message)
    end
    return text
end

-- Its tests pass, and there are some.
local function check_tests(folder, least)
    local code, text, messages = run("test '" .. folder .. "' --format json --properties --coverage-min 100")
    local n = text ~= "" and json.read(text).passed or 0
    check(code == 0 and n >= least, folder, "test: exit code %d, %d passed: %s%s", code, n, text, messages)
end

-- The files of an evaluation of the types, sorted.
local function expected_files(names)
    local files = { "./README.md", "./evaluation.ini" }
    for _, name in ipairs(names) do
        for _, file in ipairs { "config/%s.ini", "scripts/%s.lua", "scripts/%s_test.lua", "data/funds-%s.csv",
            "data/outcomes-%s.csv", "data/facts-%s.csv" } do
            files[#files + 1] = "./" .. file:format(name)
        end
    end
    table.sort(files)
    return table.concat(files, "\n") .. "\n"
end

local function check_files(folder, names, language)
    check(list(folder) == expected_files(names), folder, "files: %s", list(folder))
    for file in list(folder):gmatch("[^\n]+") do
        local text = read(temp .. "/" .. folder .. "/" .. file)
        check(not text:find("@[%a_]+@"), folder, "%s: a word was not replaced: %s", file, text:match("@[%a_]+@"))
        check(text:find("^\xEF\xBB\xBF") ~= nil == (file:find("%.csv$") ~= nil), folder, "%s: BOM", file)
        check(not file:find("%.lua$") or load(text), folder, "%s is no Lua", file)
    end
    for _, file in ipairs { "README.md", "evaluation.ini" } do
        check(read(temp .. "/" .. folder .. "/" .. file):find(language == "zh" and "虚构" or "invented"), folder,
            "%s does not say that figures are invented", file)
    end
end

-- The evaluation's own INI and script of an installed type say nothing new, also when the `;` are taken off.
local function check_new_layers(folder, name, text)
    local path = temp .. "/" .. folder .. "/config/" .. name .. ".ini"
    local ini, n = ("\n" .. read(path)):gsub("\n; ([^\n]- = )", "\n%1")
    check(n > 0, folder, "%s: nothing to change", path)
    write(path, ini)
    local _, active = score(folder)
    check(active == text, folder, "the values shown are not those in force")
    os.execute(("rm -r '%s/%s/config' '%s/%s/scripts'"):format(temp, folder, temp, folder))
    local _, bare = score(folder)
    local function plain(document) return (document:gsub('"source":[^}]*', "")) end
    check(plain(bare) == plain(text), folder, "another result without config/ and scripts/")
end

for _, language in ipairs { "zh", "en" } do
    for _, name in ipairs(types) do
        local folder = name .. "-" .. language
        local code, out, messages = run(("init %s --type %s --lang %s"):format(folder, name, language))
        check(code == 0 and messages == "", folder, "exit code %d: %s", code, messages)
        check(out:find(folder, 1, true) and out:find("虚构") == (language == "zh" and out:find("虚构") or nil), folder,
            "closing: %s", out)
        check_files(folder, { name }, language)
        check_tests(folder, 1)
        check_new_layers(folder, name, check_scores(folder, 1))
    end
    clear()
    for _, name in ipairs { "my_fund", "我的专项", "a" } do
        run(("init %s --type %s --lang %s"):format(name, name, language))
        check_files(name, { name }, language)
        check_scores(name, 2)
        check_tests(name, 20)
    end
    run(("init all --lang %s --type own --type %s --type own"):format(language, table.concat(types, " --type ")))
    check_files("all", { "own", table.unpack(types) }, language)
    check_scores("all", #types + 2)
    clear()
end

-- What it says to type next can be typed.
local function check_closing()
    local _, out = run("init 'my fund'")
    local n = 0
    for line in out:gmatch("\n  (%S*steelyard [set][^\n]*)") do
        n = n + 1
        local _, _, code = os.execute(("cd '%s' && %s >/dev/null 2>&1"):format(temp, line))
        check(code == 0, "closing", "%s: exit code %d", line, code)
    end
    check(n == 3, "closing", "%d commands: %s", n, out)
    check(list("my fund") == expected_files { "project_self_evaluation" }, "usual type", "%s", list("my fund"))
    local code, quiet = run("init quiet -q")
    check(code == 0 and quiet == "", "-q", "%s", quiet)
    check(capture(("cd '%s' && diff -r quiet 'my fund'"):format(temp)) == "", "again", "other bytes")
end

-- A folder that is there and empty is used, also the current one; a slash at the end is nothing.
local function check_empty()
    os.execute(("mkdir '%s/here' '%s/there' && ln -s there '%s/link'"):format(temp, temp, temp))
    local here = ("cd here && env STEELYARD_DATA='%s' "):format(suite.absolute(data))
    check(run("init .", here) == 0, "the current folder", "%s", read(temp .. "/stderr.txt"))
    check(run("init link/") == 0, "a link", "%s", read(temp .. "/stderr.txt"))
    check(run("init new///") == 0, "slashes", "%s", read(temp .. "/stderr.txt"))
    for _, folder in ipairs { "here", "there", "new" } do
        check(list(folder) == expected_files { "project_self_evaluation" }, folder, "%s", list(folder))
    end
end

local REFUSALS = {
    { "init", 2, "name a folder" },
    { "init ''", 2, "name is empty" },
    { "init a b", 2, "one argument too many" },
    { "init a --format csv", 2, "init has no --format" },
    { "init a --set x.weights.y=1", 2, "init has no --set" },
    { "init a --lang fr", 2, "--lang is zh or en" },
    { "init a --type sme_suport", 2, "did you mean 'sme_support'" },
    { "init a --type Department", 2, "did you mean 'department'" },
    { "init a --type ../x", 2, "letters, digits" },
    { "init a --type x/y", 2, "letters, digits" },
    { "init a --type .", 2, "letters, digits" },
    { "init a --type 'x y'", 2, "letters, digits" },
    { "init a --new --type 'x\255'", 2, "letters, digits" },
    { "init a --new --type 'x\u{9b}31m'", 2, "letters, digits" },
    { "init a --new --type 'x\u{202e}y'", 2, "letters, digits" },
    { "init a --new --type 'x\u{3000}y'", 2, "letters, digits" },
    { "init a --type ''", 2, "letters, digits" },
    { "init a --type=-x", 2, "letters, digits" },
    { "init a --type " .. ("x"):rep(65), 2, "letters, digits" },
    { "init a --type columns", 2, "another meaning" },
    { "init a --type x_test", 2, "another meaning" },
    { "init full", 4, "full: there is something already" },
    { "init file", 4, "file: there is something already" },
    { "init dangling", 4, "dangling: there is something already" },
    { "init absent/a", 4, "No such file" },
    { "init file/a", 4, "Not a directory" },
}

local function check_refusals()
    clear()
    os.execute(("cd '%s' && mkdir full && echo mine >full/mine && echo mine >file && ln -s nowhere dangling"):format(temp))
    local before = list(".")
    for _, case in ipairs(REFUSALS) do
        local code, out, messages = run(case[1])
        check(code == case[2] and messages:find("^steelyard: error: [^\n]+\n$") and messages:find(case[3], 1, true),
            case[1], "exit code %d: %s", code, messages)
        check(out == "", case[1], "printed: %s", out)
        os.execute(("rm -f '%s/stdout.txt' '%s/stderr.txt'"):format(temp, temp))
        check(list(".") == before and not capture(("ls -A '%s'"):format(temp)):find("%.steelyard"), case[1], "left: %s",
            list("."))
    end
    check(run("init near --type sme_suport --new") == 0, "--new", "%s", read(temp .. "/stderr.txt"))
    check_scores("near", 2)
end

-- Whatever fails or ends the program: the folder is whole or as it was, and nothing lies beside it.
local function check_faults()
    local whole = expected_files { "project_self_evaluation" }
    local function try(what, how, empty, least)
        local seen, n = {}, 0
        while true do
            clear()
            if empty then os.execute(("mkdir '%s/d'"):format(temp)) end
            local name = ("%s:%d:%s"):format(what, n, how)
            local code = run("init d", ("STEELYARD_FAULT=%s STEELYARD_FAULT_HIT=hit"):format(name), faulty)
            if not read(temp .. "/hit") then break end
            local files = list("d")
            local done = files == whole
            seen[done and "whole" or "none"] = true
            check(done or files == "", name, "half a folder: %s", files)
            check(code ~= 0 or done, name, "exit code 0 without a folder")
            check(empty or done or capture(("ls -d '%s/d' 2>/dev/null"):format(temp)) == "", name, "an empty folder")
            check(capture(("ls -A '%s'; ls -A '%s/d' 2>/dev/null"):format(temp, temp)):find("%.steelyard") == nil, name,
                "something is left over")
            n = n + (what == "malloc" and 7 or 1)
        end
        check(n >= least and seen.none, what .. ":" .. how, "%d times, whole %s, none %s", n, seen.whole, seen.none)
    end
    for _, empty in ipairs { false, true } do
        try("write", "ENOSPC", empty, 8)
        try("fsync", "EIO", empty, 8)
        try("rename", "EIO", empty, 9)
        try("open", "EACCES", empty, 8)
    end
    try("read", "EIO", false, 8)
    try("malloc", "ENOMEM", true, 100)
    for _, how in ipairs { "int", "+int", "term" } do
        clear()
        for n = 0, 40 do
            local name = ("output:%d:%s"):format(n, how)
            local code = run("init d", ("STEELYARD_FAULT=%s STEELYARD_FAULT_HIT=hit"):format(name), faulty)
            if not read(temp .. "/hit") then
                check(n > 20, how, "%d moments", n)
                break
            end
            check(code == (how == "term" and 143 or 130) and (list("d") == whole or list("d") == ""), name,
                "exit code %d: %s", code, list("d"))
            clear()
        end
    end
end

check_closing()
check_empty()
check_refusals()
check_faults()
suite.finish()
