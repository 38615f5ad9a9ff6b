-- A case of each rule.
local test = require "steelyard.test"
test.case("falls", { indicator = "a.falls", target = "≥4", actual = 2, facts = { lump = "1万元", junk = 1 } }, { attainment = 0.5 })
test.case("money", { indicator = "a.money", actual = "1万元" }, { status = "scored" })
test.case("good", { indicator = "a.good", target = "≥4", actual = 2, previous = 3 }, { attainment = 0 })
test.exempt("a.good", "range", "it has none")
