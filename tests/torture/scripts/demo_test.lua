-- Cases of every kind, some of which fail.
local test = require "steelyard.test"
local sy = require "steelyard"
test.case("met", { indicator = "output.quantity.x", target = "≥8万元", actual = "60000元", weight = 10 },
  { attainment = 0.75, target = 8, reason = "÷", no_finding = "overspent" })
test.case("not met", { level1 = "产出指标", level2 = "数量指标", name = "人数", target = 8, actual = 6, weight = 10, year = 2020 },
  { attainment = 0.5, score = 1, status = "missing", rating = "优", finding = { "overspent", "script" } })
test.case("a date", { indicator = "output.timeliness.x", target = "2019年6月底前", actual = sy.date(2019, 6, 1), weight = 5 },
  { actual = sy.date(2019, 6, 1) })
test.case("an error", { indicator = "benefit.economic.x", target = 8, actual = "x", weight = 5 }, { error = "nothing" })
test.case("a fund", { facts = { staff = 5, misuse = true }, fund = { name = "甲", claimed = 90 },
    indicators = { { indicator = "satisfaction.x", target = "≥90%", actual = "85%", weight = 5 } },
    previous = { facts = { staff = 4 }, indicators = { { indicator = "satisfaction.x", actual = "80%" } } } },
  { score = 93, grade = false, bounds = { 1, 2 }, points = -0.5, cap = "差", reason = "挪用",
    indicators = { ["satisfaction.x"] = { attainment = 0.8 }, ["nothing.x"] = { score = 1 } } })
test.exempt("output.cost.*", "monotone", "as printed")
