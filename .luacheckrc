-- How Lua is checked here: 5.4, lines as long as a Chinese message needs.
std = "lua54"
max_line_length = 140
-- Attacks and golden cases do on purpose what luacheck warns of.
exclude_files = { "build", "tests/sandbox", "tests/golden/*/scripts" }
