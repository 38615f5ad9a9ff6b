-- run.lua - workbooks through the program: what openpyxl, libxlsxwriter, LibreOffice and others write gives the same as the
-- figures as CSV; what each kind of cell, format and sheet is read as; what is refused; hostile files.
--
--     lua5.4 tests/xlsx/run.lua PROGRAM [PART …]
--
-- Parts: made, cells, sheets, files, hostile. README.md says what makes the workbooks of made/.
package.path = "tests/lib/?.lua;tests/xlsx/?.lua;" .. package.path
local suite, tried = require "suite", require "tried"
tried.program = suite.absolute(assert(arg[1], "run.lua PROGRAM [PART …]"))
local parts = { "made", "cells", "sheets", "files", "hostile" }
if arg[2] then parts = table.move(arg, 2, #arg, 1, {}) end
for _, part in ipairs(parts) do require("part_" .. part) end
suite.finish()
