-- run.lua - all shipped types: each has worked tests, which pass and reach all of its rules, and a row in both pages of the
-- manual. Then regulations that print another rule than the shipped type: each folder here is an evaluation without data,
-- with worked tests beside it. A word of [parameters] that no rule knows stops the work and is named.
--
--     lua5.4 tests/types/run.lua PROGRAM
local program = arg[1]
local here = arg[0]:match("^(.*)/[^/]*$")
local NO_TYPES = { columns = true, defaults = true, units = true }
local faults, passed = 0, 0

local function fault(...)
    faults = faults + 1
    io.stderr:write(string.format(...), "\n")
end

local function read(path)
    local file = io.open(path, "rb")
    local text = file and file:read("a")
    return text, file and file:close()
end

-- What the program prints, errors too, and its exit code.
local function run(...)
    local pipe = assert(io.popen(("'%s' "):format(program) .. string.format(...) .. " --lang en 2>&1"))
    local text = pipe:read("a")
    local _, _, code = pipe:close()
    return text, code
end

local function lines(command)
    local list, pipe = {}, assert(io.popen(command))
    for line in pipe:lines() do list[#list + 1] = line end
    pipe:close()
    return list
end

local function check_cases(path, options)
    local text, code = run("test '%s' %s", path, options)
    local n, all = text:match("(%d+) of (%d+) cases passed")
    if code ~= 0 or n ~= all or not n or tonumber(n) == 0 then fault("%s:\n%s", path, text) end
    passed = passed + (tonumber(n) or 0)
    return text
end

-- The shipped types: together they reach every rule, alone each has cases.
local told = check_cases("scripts", "--coverage-min 100")
local pages = { ["docs/types.md"] = read("docs/types.md"), ["docs/types.zh-CN.md"] = read("docs/types.zh-CN.md") }
local types = 0
for _, file in ipairs(lines("ls config")) do
    local name = file:match("^([%w_]+)%.ini$")
    if name and not NO_TYPES[name] then
        types = types + 1
        local tests, script = read(("scripts/%s_test.lua"):format(name)), read(("scripts/%s.lua"):format(name))
        if not tests or not tests:find("test.case(", 1, true) then fault("%s has no worked tests", name) end
        if script and not told:find(("scripts/%s%%.lua +.*100%%.0%%%%"):format(name)) then
            fault("scripts/%s.lua is not reached by its tests", name)
        end
        for page, text in pairs(pages) do
            if not text:find("\n| `" .. name .. "` |", 1, true) then fault("%s has no row of %s", page, name) end
        end
    end
end

-- Variants.
local variants = lines(("ls -d '%s'/*/"):format(here))
for _, folder in ipairs(variants) do check_cases(folder, "") end

local REFUSED = {
    ["control_points=4"] = "control_points = 4 is none of 3, 5, 8",
    ["management_points=4"] = "management_points = 4 is none of 3, 8",
    ["sangong_base=bugdet"] = "sangong_base = bugdet is none of budget, total",
    ["staff_points=none"] = "staff_points is needed",
    ["compliance_points=x"] = "of must be a number",
    ["steps=flor"] = "did you mean 'floor'",
}
for set, message in pairs(REFUSED) do
    local text, code = run("score tests/golden/type_department_eight --set department.parameters.%s", set)
    if code ~= 3 or not text:find(message, 1, true) then fault("%s: %s", set, text) end
end

print(("%d types, %d variants, %d cases, %d faults"):format(types, #variants, passed, faults))
os.exit(faults == 0 and types > 0 and #variants > 0)
