-- programs.lua - whole programs from files to a file: Steelyard's own runs, the floor, the peers that are installed.
local agree = require "agree"
local data = require "data"
local suite = require "suite"
local timed = require "timed"
local programs = { TURNS = 3 }

local SAMPLE = 20004 -- rows that a decision engine is asked for, whole funds
local LONG = 10      -- seconds; what takes longer is run three times at most
local QUICK = 5      -- seconds; what takes less is run TURNS times a round, as ratios are taken of it
local APT = "apt-get install "

local function there(command)
    return (os.execute(command .. " >/dev/null 2>&1"))
end

local function version_of(command)
    return suite.capture(command .. " 2>/dev/null"):match("%d[%w.-]*") or ""
end

local function npm_version(modules, package)
    local text = suite.read(modules .. "/node_modules/" .. package .. "/package.json")
    return text and there("node --version") and (text:match('"version"%s*:%s*"(%d+%.%d+)') or "")
end

-- The Python that has pandas, and its version.
local function find_pandas()
    for _, python in ipairs { "python3", "/usr/bin/python3" } do
        local version = version_of(python .. " -c 'import pandas; print(pandas.__version__)'")
        if version ~= "" then return python, version end
    end
end

-- What else does the same work: { name, command, variants of one peer have the same `best` }; and what is absent.
local function list_peers(bench, folder)
    local list, absent = {}, {}
    local modules, scripts = bench.work .. "/peers", bench.source .. "/tests/bench/peers/"
    local function add(version, install, peer, ...)
        if not version then
            absent[#absent + 1] = { name = peer.name, install = install }
            return
        end
        peer.name, peer.kind = peer.name .. " " .. version, "peer"
        peer.command = { ... }
        table.move({ modules, folder, bench.work .. "/out/peer.csv", tostring(SAMPLE) }, 1, 4, #peer.command + 1, peer.command)
        if peer.variant then peer.command[#peer.command + 1] = peer.variant end
        peer.out = bench.work .. "/out/peer.csv"
        list[#list + 1] = peer
    end
    local npm = "npm install --prefix build/bench/peers "
    local duckdb, zen = npm_version(modules, "@duckdb/node-api"), npm_version(modules, "@gorules/zen-engine")
    for i, variant in ipairs { "names", "numbers" } do
        if duckdb or i == 1 then
            add(duckdb, npm .. "@duckdb/node-api", { name = "DuckDB", best = "DuckDB", variant = variant }, "node",
                scripts .. "duckdb.mjs")
        end
    end
    local python, pandas = find_pandas()
    add(pandas, APT .. "python3-pandas", { name = "pandas" }, python, scripts .. "pandas.py")
    add(there("command -v sqlite3") and version_of("sqlite3 --version"), APT .. "sqlite3", { name = "SQLite" }, "sh",
        scripts .. "sqlite.sh")
    add(there("command -v mlr") and version_of("mlr --version"), APT .. "miller", { name = "Miller" }, "sh",
        scripts .. "miller.sh")
    add(zen, npm .. "@gorules/zen-engine", { name = "GoRules Zen", sample = SAMPLE }, "node", scripts .. "zen.mjs")
    return list, absent
end

-- Ours: `more` are further arguments.
local function ours(bench, name, key, folder, rows, jobs, more)
    local out = ("%s/out/%s"):format(bench.work, key:gsub("%W", "-"))
    local words = { bench.program, "score", folder, "-q", "--jobs", tostring(jobs), "-o", out }
    table.move(more or { "--format", "csv" }, 1, more and #more or 2, #words + 1, words)
    return { name = name, key = key, kind = "ours", command = words, out = out, rows = rows }
end

-- What is run, in this order, once a round; and the peers that are not there.
function programs.list(bench, folder, rows, options)
    local count = data.count(folder)
    local list = {
        ours(bench, "standard rules, 1 worker", "standard-1", folder, count, 1),
        ours(bench, "standard rules, 2 workers", "standard-2", folder, count, 2),
        { name = "C for this file alone", key = "one-file", kind = "floor", rows = count, out = bench.work .. "/out/floor.csv",
            command = { bench.tools .. "/bench_one_file", folder, bench.work .. "/out/floor.csv" } },
    }
    local absent
    if options.parts.whole then
        local scripted = folder .. "/scripted"
        list[#list + 1] = ours(bench, "Lua functions, 1 worker", "lua-1", scripted, count, 1)
        list[#list + 1] = ours(bench, "Lua functions, 2 workers", "lua-2", scripted, count, 2)
        list[#list + 1] = ours(bench, "ndjson --detail, 2 workers", "detail", folder, count, 2,
            { "--detail", "--format", "ndjson" })
        for _, size in ipairs { math.max(1, rows // 5), options.large and rows * 4 } do
            if size then
                local other = data.make(bench, size)
                local n = data.count(other)
                list[#list + 1] = ours(bench, ("%d rows, 1 worker"):format(n), "rows-" .. n, other, n, 1)
            end
        end
        list[#list + 1] = ours(bench, "examples/lusong", "lusong", bench.source .. "/examples/lusong", nil, 1,
            { "--format", "csv" })
    end
    if options.parts.peers then
        local peers
        peers, absent = list_peers(bench, folder)
        table.move(peers, 1, #peers, #list + 1, list)
    end
    return list, absent
end

-- Lua functions and all peers must have computed what the standard rules did.
local function compare(list)
    local scores, n
    for _, p in ipairs(list) do
        if p.key == "standard-1" then scores, n = agree.scores(p.out) end
    end
    return function(p)
        if p.kind == "ours" and not p.key:find("^lua") and p.key ~= "standard-2" then return end
        local theirs, ntheirs = agree.scores(p.out)
        p.compared = ntheirs
        p.unlike, p.wrong = agree.compare(scores, n, theirs, ntheirs, p.sample)
    end
end

local function run_once(bench, p)
    local run = timed.run(bench, p.command)
    assert(run.code == 0, ("%s: exit code %d\n%s"):format(p.name, run.code, run.log))
    run.inside = tonumber(run.log:match("inside ([%d.]+)"))
    run.log = nil
    return run
end

-- Of the spellings of one peer the fastest stays.
local function keep_best(list)
    local best = {}
    for _, p in ipairs(list) do
        local other = p.best and best[p.best]
        if p.best and (not other or p.wall < other.wall) then best[p.best] = p end
    end
    for i = #list, 1, -1 do
        if list[i].best and best[list[i].best] ~= list[i] then table.remove(list, i) end
    end
end

-- One run of each in turn; of the quick ones only where `quick`. The first is looked at while what it wrote is there.
local function run_turn(bench, list, quick, tell)
    local look
    for _, p in ipairs(list) do
        local n = #p.runs
        if n == 0 or p.runs[1].wall < (quick and QUICK or LONG) or n < 3 and not quick then
            tell("%s, run %d", p.name, n + 1)
            p.runs[n + 1] = run_once(bench, p)
            if p.key == "standard-1" and n == 0 then look = compare(list) end
            if look then look(p) end
        end
    end
end

-- `nruns` rounds; adds runs, medians (wall, user, system, inside in seconds, peak in KiB) and agreement.
function programs.run(bench, list, nruns, tell)
    for _, p in ipairs(list) do p.runs = {} end
    for _ = 1, nruns do
        for turn = 1, programs.TURNS do run_turn(bench, list, turn > 1, tell) end
    end
    for _, p in ipairs(list) do
        for _, key in ipairs { "wall", "user", "system", "peak", "inside" } do p[key] = timed.median(p.runs, key) end
        p.command, p.out = nil, nil -- paths of this machine tell nothing
    end
    keep_best(list)
end

return programs
