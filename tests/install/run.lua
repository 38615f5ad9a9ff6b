-- An installed Steelyard and what is built against it, outside of the tree: the plugin of examples/plugin, the program
-- of examples/embed by pkg-config and by the CMake package.
--
--     lua5.4 tests/install/run.lua PROGRAM
--
-- PROGRAM stands in the build that is installed. CFLAGS go to what is built.
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = assert(arg[1], "run.lua PROGRAM")
local quote, check = suite.quote, suite.check

local function capture(command)
    return suite.capture(command .. " 2>&1")
end

local temp = suite.folder()
local tree = capture("pwd"):gsub("%s+$", "")
local build = program:match("^(.*)/")
local prefix = temp .. "/usr"

-- A command in a folder, with nothing of this tree in its environment.
local function run(folder, command, what)
    local text, ok = capture(("cd %s && env -u STEELYARD_DATA -u COLUMNS -u STEELYARD_PLUGIN_PATH " ..
        "PKG_CONFIG_PATH=%s/pkgconfig PATH=%s/bin:\"$PATH\" sh -c %s"):format(quote(temp .. "/" .. folder),
        prefix .. "/lib", prefix, quote(command)))
    check(ok, "%s: %s", what or command, text)
    return text
end

local function expect(text, says, what)
    check(text:find(says, 1, true), "%s does not say %s:\n%s", what, says, text)
end

local log, installed = capture(("cmake --install %s --prefix %s"):format(quote(build), quote(prefix)))
if check(installed, "cmake --install: %s", log) then
    -- Libraries stand in lib or in lib/ARCHITECTURE: wherever the package file is.
    local pc = capture("find " .. prefix .. " -name steelyard.pc"):gsub("%s+$", "")
    local lib = pc:match("^(.*)/pkgconfig/")
    capture(("ln -s %s/pkgconfig %s/lib/pkgconfig"):format(lib, prefix))
    capture(("cp -r %s/examples/plugin %s/plugin && cp -r %s/examples/embed %s/embed && chmod -R go-w %s/plugin")
        :format(tree, temp, tree, temp, temp))

    -- The plugin: by the variable, then installed beside the program.
    run("plugin", "make", "make of the plugin")
    local listed = run("plugin", "STEELYARD_PLUGIN_PATH=$PWD steelyard plugins --format csv --option bom=no")
    expect(listed, "\nreader,ledger,loaded,ledger,1.0,MIT,ledger,comment," .. temp .. "/plugin/ledger.so,,", "plugins")
    local scored = run("plugin", "STEELYARD_PLUGIN_PATH=/nowhere:$PWD steelyard score evaluation -q --format csv")
    -- 60 + 40 * 81 / 90 = 96; 100 * 150 / 200 = 75
    expect(scored, "\nroads-2019,,roads,,2019,96.00,", "score by the plugin")
    expect(scored, "\nlamps-2019,,roads,,2019,75.00,", "score by the plugin")
    local explained = run("plugin", "STEELYARD_PLUGIN_PATH=$PWD steelyard explain evaluation lamps-2019")
    expect(explained, "[data/outcomes.ledger:15]", "explain")
    local bad = run("plugin", "printf 'fund: x\\nno colon\\n' >evaluation/data/outcomes.ledger; " ..
        "STEELYARD_PLUGIN_PATH=$PWD steelyard score evaluation; test $? -eq 3", "a bad ledger")
    expect(bad, "evaluation/data/outcomes.ledger:2: this line is not NAME: VALUE", "a bad ledger")
    run("plugin", ("mkdir -p %s/lib/steelyard/plugins && cp ledger.so %s/lib/steelyard/plugins && chmod -R go-w %s")
        :format(prefix, prefix, prefix), "installing the plugin")
    local beside = run("plugin", "steelyard plugins --format csv")
    for _, format in ipairs { "ledger", "xlsx", "sqlite", "postgres" } do
        expect(beside, "\nreader," .. format .. ",loaded,", "plugins beside the program")
    end

    -- The library in a program of one's own, both ways.
    local evaluation = tree .. "/examples/lusong"
    run("embed", "cc $CFLAGS embed.c $(pkg-config --cflags --libs steelyard) -Wl,-rpath," .. lib .. " -o embed",
        "embed by pkg-config")
    run("embed", ("cmake -B build -DCMAKE_PREFIX_PATH=%s && cmake --build build"):format(prefix), "embed by CMake")
    for _, embed in ipairs { "./embed", "build/embed" } do
        local text = run("embed", ("%s %s %s/share/steelyard"):format(embed, quote(evaluation), prefix))
        expect(text, "soe-2019 2019: 74.70 of 100, 中\n", embed)
        expect(text, "sme-2019 2019: 64.66 of 100, no grade\n", embed)
    end
    expect(run("embed", ("./embed /nowhere %s/share/steelyard; test $? -eq 1"):format(prefix)), "no such file",
        "embed without an evaluation")
end

suite.finish()
