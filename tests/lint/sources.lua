-- Lint: length of files and functions, opening comments, unfinished work, forbidden calls.
local lib = dofile("tests/lint/lib.lua")
local rules = dofile("tests/lint/rules.lua")

local faults, protected = {}, {}
local files = {}
for _, path in ipairs(lib.files("engine plugins examples scripts tests", "*.c", "*.h", "*.lua")) do
    if not path:find("^tests/golden/[^/]+/scripts/") then -- wrong on purpose, some are not even Lua
        files[#files + 1] = path
    end
end
for _, path in ipairs(files) do
    local text = lib.read(path)
    table.move(rules.source_faults(path, text), 1, 1000, #faults + 1, faults)
    if path:find("^engine/") and rules.protected_calls(text) > 0 then
        protected[#protected + 1] = ("%s (%d)"):format(path, rules.protected_calls(text))
    end
end
if #protected > 1 or (protected[1] and not protected[1]:find("%(1%)$")) then
    faults[#faults + 1] = "lua_pcall is called in more than one place: " .. table.concat(protected, ", ")
end
lib.finish(faults, #files, "files")
