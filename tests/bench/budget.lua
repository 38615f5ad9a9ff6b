-- budget.lua - what each stage may cost: processor time a row by one worker, as a multiple of the time of hashing 64
-- bytes in the same run, so that a slide shows on any machine.
local budget = {}

local SLIDE = 1.3  -- a stage that costs so many times its budget slid …
local SLACK = 0.2  -- … where it is by so much too: below that a clock's noise is larger

local HEAD = [[
# Processor time a row of each stage, one worker, as a multiple of hashing 64 bytes: ./dev bench --budget compares,
# ./dev bench --update-budget writes. `lua` is `score` with a Lua function for each indicator.
]]

local function cost(measured, stage)
    return stage.least / measured.calibrate
end

-- { { name =, ratio = }, … } of what stages.measure gives, and `lua`, the stage `score` with a function for each
-- indicator; the least of the runs, which others disturb least.
function budget.ratios(standard, scripted)
    local list = {}
    for i, stage in ipairs(standard) do list[i] = { name = stage.name, ratio = cost(standard, stage) } end
    for _, stage in ipairs(scripted) do
        if stage.name == "score" then list[#list + 1] = { name = "lua", ratio = cost(scripted, stage) } end
    end
    return list
end

function budget.text(ratios)
    local lines = {}
    for i, stage in ipairs(ratios) do lines[i] = ("%-10s %7.2f\n"):format(stage.name, stage.ratio) end
    return HEAD .. table.concat(lines)
end

-- Ratios by name.
function budget.read(text)
    local ratios = {}
    for line in (assert(text, "there is no budget: ./dev bench --update-budget") .. "\n"):gmatch("(.-)\n") do
        local name, ratio = line:match("^(%a+)%s+([%d.]+)$")
        if name then
            ratios[name] = tonumber(ratio)
        else
            assert(line == "" or line:sub(1, 1) == "#", "the budget has a line that is no stage: " .. line)
        end
    end
    return ratios
end

-- A table for people, and whether some stage slid. A stage without a budget has slid: it has to be given one.
function budget.compare(allowed, measured)
    local lines, slid = { ("%-10s %8s %8s\n"):format("stage", "budget", "now") }, false
    for _, stage in ipairs(measured) do
        local may = allowed[stage.name]
        local bad = not may or (stage.ratio > may * SLIDE and stage.ratio > may + SLACK)
        slid = slid or bad
        lines[#lines + 1] = ("%-10s %8s %8.2f%s\n"):format(stage.name, may and ("%.2f"):format(may) or "none", stage.ratio,
            bad and (may and ("  slid: %.1f times"):format(stage.ratio / may) or "  has no budget") or "")
    end
    lines[#lines + 1] = slid and "A stage slid: make it cheaper, or tell why and ./dev bench --update-budget.\n" or "No stage slid.\n"
    return table.concat(lines), slid
end

return budget
