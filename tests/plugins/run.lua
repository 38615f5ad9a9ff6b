-- Plugins through the program: those that are used, those that are refused, and readers that misbehave.
--
--     lua5.4 tests/plugins/run.lua PROGRAM
--
-- The plugins are those of fixtures/, which the build puts beside the program. Each case has a folder of its own,
-- which STEELYARD_PLUGIN_PATH names. A refusal is one warning with path, reason and what to do; the run goes on.
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = assert(arg[1], "run.lua PROGRAM")
local quote, capture, check = suite.quote, suite.capture, suite.check
local read, write = suite.read, suite.write

local function shell(format, ...)
    assert(os.execute(format:format(...)))
end

program = suite.absolute(program)
local fixtures = program:match("^(.*)/") .. "/fixtures"
local temp = suite.folder()
local root = capture("id -u"):find("^0%s*$") ~= nil
local trace = temp .. "/trace"

shell("mkdir -p %s/e/data %s/none && chmod 755 %s", temp, temp, temp)
write(temp .. "/e/evaluation.ini", [[
[evaluation]
years = 2019
type = demo
language = en
[data outcomes]
path = data/outcomes.csv
]])
write(temp .. "/e/data/outcomes.csv", "fund,indicator,target,actual,weight\nb,output.x.y,10,9,100\n")

-- Runs the program with the plugins of some folders: exit code, standard output, standard error.
local function run(path, command)
    local _, _, code = os.execute(("cd %s/e && env -u COLUMNS -u NO_COLOR STEELYARD_PLUGIN_PATH=%s LOADED_TRACE=%s " ..
        "%s %s >%s/out 2>%s/err </dev/null"):format(temp, quote(path), trace, quote(program), command, temp, temp))
    return code, read(temp .. "/out"), read(temp .. "/err")
end

local function folder(name, ...)
    shell("mkdir %s/%s", temp, name)
    for _, plugin in ipairs { ... } do
        shell("cp %s/%s.so %s/%s/", fixtures, plugin, temp, name)
    end
    shell("chmod -R go-w %s/%s", temp, name)
    return temp .. "/" .. name
end

local code, plain = run(temp .. "/none", "score -q")
check(code == 0 and plain:find("90.00", 1, true), "without plugins the score is not 90:\n%s", plain)

-- One refused plugin: `prepare` may change its folder.
local function refused(name, plugin, says, prepare)
    local path = folder(name, table.unpack(plugin and { plugin } or {}))
    if prepare then prepare(path) end
    local rc, out, err = run(path, "score -q")
    check(rc == 0 and out == plain, "%s: the run does not go on: %d\n%s", name, rc, err)
    check(select(2, err:gsub("\n", "")) == 1, "%s: not one line:\n%s", name, err)
    check(err:sub(1, #"steelyard: warning: " + #path) == "steelyard: warning: " .. path, "%s: no path: %s", name, err)
    check(err:find(says, 1, true), "%s: %sdoes not say: %s", name, err, says)
    local _, csv = run(path, "plugins --format csv --option bom=no")
    check(select(2, csv:gsub("\nplugin,,refused,", "")) == 1, "%s: not listed as refused:\n%s", name, csv)
    check(csv:find(says:match("^[^,:;]+"), 1, true), "%s: the listing lacks the reason:\n%s", name, csv)
end

refused("other_abi", "other_abi", "built for plugin ABI 2, this is ABI 1: get it built for this version")
check(not read(trace), "a plugin of another ABI was loaded")
refused("wrong_number", "wrong_number", "built for plugin ABI 7, this is ABI 1")
refused("no_entry", "no_entry", "not a Steelyard plugin: it has no function sy_plugin_v1; remove it")
refused("null_entry", "null_entry", "sy_plugin_v1 describes nothing")
refused("small", "small", "a reader's description has no known size: build it anew")
refused("no_function", "no_function", "reader 'nothing' has no read function")
refused("clash", "clash", "its reader 'csv' has the name of a built-in one: rename it")
refused("missing_library", "missing_library", "absent.so: cannot open shared object file: No such file or directory: " ..
    "install the package that has this library")
refused("text", nil, "no shared library of this machine: build it anew, or remove it", function(path)
    write(path .. "/text.so", "not a library at all\n")
end)
refused("empty", nil, "no shared library of this machine", function(path)
    write(path .. "/empty.so", "")
end)
refused("cut", nil, "no shared library of this machine", function(path)
    write(path .. "/cut.so", read(fixtures .. "/good.so"):sub(1, 3000))
end)
refused("folder", nil, "not a file: remove it", function(path)
    shell("mkdir %s/x.so", path)
end)
refused("fifo", nil, "not a file: remove it", function(path)
    shell("mkfifo %s/x.so", path)
end)
refused("dangling", nil, "No such file or directory", function(path)
    shell("ln -s nowhere %s/x.so", path)
end)
refused("loop", nil, "symbolic links", function(path)
    shell("ln -s x.so %s/x.so", path)
end)
refused("writable", "good", "others may write it: not loaded; chmod go-w makes it safe", function(path)
    shell("chmod o+w %s/good.so", path)
end)
refused("group", "good", "others may write it", function(path)
    shell("chmod g+w %s/good.so", path)
end)
refused("writable_folder", "good", "others may write it: not loaded; chmod go-w makes it safe", function(path)
    shell("chmod o+w %s", path)
end)
refused("writable_target", nil, "a link into a folder that others may write: not loaded; copy the file", function(path)
    shell("mkdir %s/open && cp %s/good.so %s/open/ && chmod 755 %s/open/good.so && chmod 777 %s/open && " ..
        "ln -s %s/open/good.so %s/good.so", temp, fixtures, temp, temp, temp, temp, path)
end)
if root then
    refused("owner", "good", "belongs to another user: not loaded", function(path)
        shell("chown 65534 %s/good.so", path)
    end)
    refused("folder_owner", "good", "belongs to another user: not loaded", function(path)
        shell("chown 65534 %s", path)
    end)
end
do
    local first, second = folder("first", "good"), folder("second", "good")
    local rc, out, err = run(first .. ":" .. second, "score -q")
    check(rc == 0 and out == plain, "twice: the run does not go on")
    check(err == ("steelyard: warning: %s/good.so: reader 'good' is there already, from %s/good.so: remove one of the " ..
        "two\n"):format(second, first), "twice: %s", err)
end

-- Plugins that are used. Their reader gives one outcome with everything attained.
local function used(name, plugin, extension, options)
    local path = folder(name, plugin)
    write(temp .. "/e/data/x." .. extension, "whatever\n")
    write(temp .. "/e/used.ini", ("[evaluation]\nyears = 2019\ntype = demo\nlanguage = en\n[data outcomes]\n" ..
        "path = data/x.%s\n%s"):format(extension, options or ""))
    return run(path, "score used.ini --format csv --option bom=no -q")
end

for name, extension in pairs { good = "good", older = "older", newer = "newer", misbehave = "mis" } do
    local rc, out, err = used("used_" .. name, name, extension)
    check(rc == 0 and err == "" and out:find("\na,,demo,,2019,100.00,", 1, true), "%s is not used: %d\n%s%s", name, rc,
        out, err)
end
do -- the second reader of an array stands where the plugin's own size says
    local rc, out = used("used_newer2", "newer", "newer2")
    check(rc == 0 and out:find("\na,,demo,,2019,100.00,", 1, true), "newer2 is not used: %s", out)
    rc, out = used("used_option", "good", "fine", "sheet = 1\n")
    check(rc == 0 and out:find("100.00", 1, true), "an option of the plugin's reader is not taken: %s", out)
    local _, _, err = used("used_misspelt", "good", "fine", "shet = 1\n")
    check(err:find("used.ini:7: 'shet' is neither a column of outcomes nor an option of the reader good: did you " ..
        "mean 'sheet'?", 1, true), "a misspelt option: %s", err)
    local _, csv = run(temp .. "/used_good", "plugins --format csv --option bom=no")
    check(csv:find(("\nreader,good,loaded,good,2.5,MIT,good fine,sheet,%s/used_good/good.so,,\"two outcomes, " ..
        "whatever the file\"\n"):format(temp), 1, true), "good is not listed:\n%s", csv)
    local path = folder("linked")
    shell("mkdir %s/real && cp %s/good.so %s/real/ && chmod -R go-w %s/real && ln -s %s/real/good.so %s/", temp,
        fixtures, temp, temp, temp, path)
    local _, linked = run(path, "plugins --format csv --option bom=no")
    check(linked:find("\nreader,good,loaded", 1, true), "a safe link is not followed:\n%s", linked)
end

-- Readers that misbehave: one clear line, code 3 or 4, no result.
for fault, says in pairs {
    silent = "plugin of 'misbehave' failed without saying why (7)",
    nothing = "is empty: no header",
    ["batch-first"] = "gave rows before a header",
    ["two-headers"] = "gave a header out of turn",
    ["many-rows"] = "gave over 8192 rows at once",
    outside = "gave a cell that lies outside of its bytes",
    huge = "gave a cell of over 64 MiB",
    bytes = "gave a cell that is no UTF-8 text",
    writes = "may not write here",
    ["goes-on"] = "x.mis:3: row 3 is bad",
    other = "no fault is called 'other'",
} do
    local rc, out, err = used("fault_" .. fault:gsub("-", "_"), "misbehave", "mis", "fault = " .. fault .. "\n")
    check(rc == 3 or rc == 4, "%s: exit code %d", fault, rc)
    check(out == "", "%s: there is a result: %s", fault, out)
    check(err:find("^steelyard: error: [^\n]*data/x%.mis:[^\n]*\n$") and err:find(says, 1, true), "%s: %s", fault, err)
end

suite.finish()
