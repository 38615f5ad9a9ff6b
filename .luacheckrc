-- How Lua is checked here: 5.4, lines as long as a Chinese message needs.
std = "lua54"
max_line_length = 140
-- Attacks and golden cases do on purpose what luacheck warns of.
exclude_files = { "build", "tests/sandbox", "tests/golden/*/scripts" }
-- Made for editors: names and arguments that nothing uses.
files["scripts/*.d.lua"] = { ignore = { "111", "112", "113", "211", "212", "241", "631" } }
