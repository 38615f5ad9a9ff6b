-- run.lua - all shipped types: their worked tests pass, each stands in both pages of the manual, and so do variants here,
-- each an evaluation without data with worked tests of its own.
--
--     lua5.4 tests/types/run.lua PROGRAM
local program = arg[1]
local here = arg[0]:match("^(.*)/[^/]*$")
local NO_TYPES = { columns = true, defaults = true, units = true }
local PLACES = { "scripts", here .. "/provincial_system", here .. "/with_cost" }
local faults, passed, types = 0, 0, 0

local function fault(...)
    faults = faults + 1
    io.stderr:write(string.format(...), "\n")
end

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

for _, path in ipairs(PLACES) do
    local pipe = assert(io.popen(("'%s' test '%s' --lang en 2>&1"):format(program, path)))
    local text = pipe:read("a")
    local ok = pipe:close()
    local n, all = text:match("(%d+) of (%d+) cases passed")
    if not ok or n ~= all or not n or tonumber(n) == 0 then
        fault("%s:\n%s", path, text)
    end
    passed = passed + (tonumber(n) or 0)
end

local pages = { ["docs/types.md"] = read("docs/types.md"), ["docs/types.zh-CN.md"] = read("docs/types.zh-CN.md") }
local pipe = assert(io.popen("ls config"))
for file in pipe:lines() do
    local name = file:match("^([%w_]+)%.ini$")
    if name and not NO_TYPES[name] then
        types = types + 1
        for page, text in pairs(pages) do
            if not text:find("\n| `" .. name .. "` |", 1, true) then
                fault("%s has no row of %s", page, name)
            end
        end
    end
end
pipe:close()
print(("%d types, %d cases of %d places, %d faults"):format(types, passed, #PLACES, faults))
os.exit(faults == 0 and types > 0)
