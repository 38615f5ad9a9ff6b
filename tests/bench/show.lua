-- show.lua - what was measured as a text of 80 columns.
local programs = require "programs"
local show = {}

local function find(result, key)
    for _, p in ipairs(result.programs) do
        if p.key == key or p.best == key then return p end
    end
end

local function add(lines, ...)
    lines[#lines + 1] = (string.format(...):gsub("%s+$", ""))
end

local function show_machine(lines, result)
    local m = result.machine
    add(lines, "%s", m.version)
    add(lines, "%s, %d processor%s, %d GiB, %s", m.model, m.processors, m.processors == 1 and "" or "s", m.memory_gib, m.kernel)
    add(lines, "%d outcomes of %d funds, medians of %d run%s", result.rows, result.funds, result.runs,
        result.runs == 1 and "" or "s")
    if #result.programs > 0 then add(lines, "(whole programs under 5 seconds: of %d)", programs.TURNS * result.runs) end
    if m.load > m.processors / 2 then
        add(lines, "Other work ran beside it (load %.1f): seconds and wall times are too long.", m.load)
    end
end

-- Sums over the stages of a whole run: the scan alone is none of them.
local function whole(way, key)
    local sum = 0
    for _, stage in ipairs(way) do sum = sum + (stage.name ~= "scan" and stage[key] or 0) end
    return sum
end

local function show_stages(lines, ways)
    if #ways == 0 then return end
    add(lines, "")
    add(lines, "Nanoseconds a row; processor time is that of all threads. MiB: peak so far.")
    add(lines, "")
    local head, under = ("%-9s"):format("stage"), (" "):rep(9)
    for _, way in ipairs(ways) do
        head = head .. ("%16s"):format((way.lua and "Lua" or "standard") .. ", " .. way.workers)
        under = under .. ("%8s%8s"):format("wall", "cpu")
    end
    add(lines, "%s", head)
    add(lines, "%s%7s", under, "MiB")
    for k, stage in ipairs(ways[1]) do
        local line = ("%-9s"):format(stage.name)
        for _, way in ipairs(ways) do line = line .. ("%8.1f%8.1f"):format(way[k].wall, way[k].cpu) end
        add(lines, "%s%7.0f", line, stage.peak / 1024)
    end
    local line = ("%-9s"):format("whole")
    for _, way in ipairs(ways) do line = line .. ("%8.1f%8.1f"):format(whole(way, "wall"), whole(way, "cpu")) end
    add(lines, "%s", line)
    add(lines, "%-9s%8.1f  of hashing 64 bytes: what tests/bench/budget counts in", "unit", ways[1].calibrate)
end

-- Seconds, to the place that a whole of `wall` seconds makes worth while.
local function show_seconds(x, wall)
    return (wall < 0.1 and "%.4f" or "%.2f"):format(x)
end

local function show_programs(lines, result)
    if #result.programs == 0 then return end
    local duckdb = find(result, "DuckDB")
    add(lines, "")
    add(lines, "From files to a file, all checks on.%s", duckdb and " Times as fast as DuckDB: its whole process, its query." or "")
    add(lines, "")
    add(lines, "%-31s%9s%8s%8s%7s%s", "program", "seconds", "user", "system", "MiB",
        duckdb and ("%8s%8s"):format("whole", "query") or "")
    for _, p in ipairs(result.programs) do
        local times = ""
        if duckdb and p.rows == result.rows and p.key ~= "detail" then
            times = ("%8.2f%8.2f"):format(duckdb.wall / p.wall, duckdb.inside / p.wall)
        end
        add(lines, "%-31s%9s%8s%8s%7.0f%s", p.name, show_seconds(p.wall, p.wall), show_seconds(p.user, p.wall),
            show_seconds(p.system, p.wall), p.peak / 1024, times)
        if p == duckdb then add(lines, "%-31s%9s", "  its query alone", show_seconds(p.inside, p.wall)) end
        if p.sample then add(lines, "  %d rows alone, one decision each: %.1f µs a row", p.sample, p.inside / p.sample * 1e6) end
    end
end

local function show_ratio(lines, result, from, to, text)
    local a, b = find(result, from), find(result, to)
    if a and b then add(lines, text, a.wall / b.wall) end
end

local function show_ratios(lines, result)
    add(lines, "")
    show_ratio(lines, result, "standard-1", "standard-2", "Two workers against one, standard rules: %.2f times as fast.")
    show_ratio(lines, result, "lua-1", "lua-2", "Two workers against one, Lua functions: %.2f times as fast.")
    local base = find(result, "standard-1")
    for _, p in ipairs(result.programs) do
        if base and p.key and p.key:find("^rows%-") then
            add(lines, "A row of %d takes %.2f times what one of %d takes.", math.max(p.rows, base.rows),
                p.rows > base.rows and p.wall / p.rows / (base.wall / base.rows) or base.wall / base.rows / (p.wall / p.rows),
                math.min(p.rows, base.rows))
        end
    end
end

-- Who computed something else is no peer.
local function show_agreement(lines, result)
    for _, p in ipairs(result.programs) do
        if p.wrong and p.wrong > 0 then
            add(lines, "%s: %d of %d funds have another score: not the same work.", p.name, p.wrong, p.compared)
            result.failed = result.failed or p.kind ~= "peer"
        elseif p.unlike and p.unlike > 0 then
            add(lines, "%s: %d of %d funds differ by 0.01, which binary fractions round down.", p.name, p.unlike, p.compared)
        end
    end
    if find(result, "standard-1") then
        add(lines, "Scores were compared with those of the standard rules, fund by fund.")
    end
    for _, a in ipairs(result.absent or {}) do add(lines, "Not installed: %s. To add it:\n  %s", a.name, a.install) end
end

function show.text(result)
    local lines = {}
    show_machine(lines, result)
    show_stages(lines, result.stages)
    show_programs(lines, result)
    if #result.programs > 0 then
        show_ratios(lines, result)
        show_agreement(lines, result)
    end
    return table.concat(lines, "\n") .. "\n"
end

return show
