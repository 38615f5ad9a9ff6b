-- run.lua - reports as Word documents: LibreOffice opens them; every figure in them is that of the JSON or plain arithmetic;
-- hostile text stays text; pandoc that is absent, fails, hangs or is interrupted leaves nothing behind.
--
--     lua5.4 tests/docx/run.lua PROGRAM [PART …]
--
-- Parts: score, money, text, kinds, pandoc.
package.path = "tests/lib/?.lua;tests/docx/?.lua;" .. package.path
local suite, office = require "suite", require "office"
office.program = suite.absolute(assert(arg[1], "run.lua PROGRAM [PART …]"))
for _, need in ipairs { "pandoc", "soffice", "cmake" } do
    assert(os.execute("command -v " .. need .. " >/dev/null"), "this suite needs " .. need)
end
local parts = { "score", "money", "text", "kinds", "pandoc" }
if arg[2] then parts = table.move(arg, 2, #arg, 1, {}) end
for _, part in ipairs(parts) do require("part_" .. part) end
suite.finish()
