-- agree.lua - whether two programs computed the same: scores fund by fund.
local agree = {}

local function split(line)
    local cells = {}
    for cell in (line .. ","):gmatch("([^,]*),") do cells[#cells + 1] = cell end
    return cells
end

-- Scores by "fund,year", and their number, of a CSV without commas in its cells.
function agree.scores(path)
    local file = assert(io.open(path, "rb"))
    local column = {}
    for i, name in ipairs(split((file:read("l") or ""):gsub("^\u{FEFF}", ""):gsub("\r$", ""))) do column[name] = i end
    assert(column.fund and column.year and column.score, path .. " has no fund, year and score")
    local scores, n = {}, 0
    for line in file:lines() do
        local cells = split((line:gsub("\r$", "")))
        scores[cells[column.fund] .. "," .. cells[column.year]] = tonumber(cells[column.score])
        n = n + 1
    end
    file:close()
    return scores, n
end

-- How many of `theirs` are not the same, and how many by more than one hundredth (or not in `ours` at all). All of ours
-- must be there unless it is a `sample`.
function agree.compare(ours, nours, theirs, ntheirs, sample)
    local unlike, wrong = 0, 0
    for key, score in pairs(theirs) do
        local mine = ours[key]
        if mine ~= score then unlike = unlike + 1 end
        if not mine or math.abs(mine - score) > 0.010001 then wrong = wrong + 1 end
    end
    if not sample then wrong = wrong + math.max(0, nours - ntheirs) end
    return unlike, wrong
end

return agree
