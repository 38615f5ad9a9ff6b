-- Lint: includes follow the layers of ARCHITECTURE.md.
local lib = dofile("tests/lint/lib.lua")
local rules = dofile("tests/lint/rules.lua")

local faults = {}
local files = lib.files("engine plugins", "*.c", "*.h")
for _, path in ipairs(files) do
    table.move(rules.layer_faults(path, lib.read(path)), 1, 1000, #faults + 1, faults)
end
lib.finish(faults, #files, "files")
