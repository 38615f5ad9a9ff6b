-- run.lua - the worked tests of whole departments and of the program rating, then of regulations whose [parameters]
-- choose another printed rule than the shipped type: each folder here is an evaluation without data, with worked tests beside
-- it. A word that no rule knows stops the work and is named.
--
--     lua5.4 tests/regulations/run.lua PROGRAM
local program = arg[1]
local here = arg[0]:match("^(.*)/[^/]*$")
local SHIPPED = "scripts/%s_test.lua"
local TESTS = { SHIPPED:format("department"), SHIPPED:format("department_common"), SHIPPED:format("part"),
    here .. "/common_variant", here .. "/eight_points", here .. "/steps_begun", here .. "/yueyang" }
local faults, passed = 0, 0

for _, path in ipairs(TESTS) do
    local pipe = assert(io.popen(("'%s' test '%s' --lang en 2>&1"):format(program, path)))
    local text = pipe:read("a")
    local ok = pipe:close()
    local n, all = text:match("(%d+) of (%d+) cases passed")
    if not ok or n ~= all or not n or tonumber(n) == 0 then
        faults = faults + 1
        io.stderr:write(path, ":\n", text)
    end
    passed = passed + (tonumber(n) or 0)
end
local REFUSED = {
    ["control_points=4"] = "control_points = 4 is none of 3, 5, 8",
    ["management_points=4"] = "management_points = 4 is none of 3, 8",
    ["sangong_base=bugdet"] = "sangong_base = bugdet is none of budget, total",
    ["staff_points=none"] = "staff_points is needed",
    ["compliance_points=x"] = "of must be a number",
    ["steps=flor"] = "did you mean 'floor'",
}
for set, message in pairs(REFUSED) do
    local pipe = assert(io.popen(("'%s' score tests/golden/type_department_eight --lang en --set department.parameters.%s 2>&1")
        :format(program, set)))
    local text = pipe:read("a")
    local _, _, code = pipe:close()
    if code ~= 3 or not text:find(message, 1, true) then
        faults = faults + 1
        io.stderr:write(set, ": ", text)
    end
end
print(("%d cases of %d places, %d faults"):format(passed, #TESTS, faults))
os.exit(faults == 0)
