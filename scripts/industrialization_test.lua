-- Worked tests of industrialization: counts and growth rates in proportion; a fall earns nothing.
local test = require "steelyard.test"

local function row(path, target, actual)
    return { indicator = path, target = target, actual = actual }
end
test.case("new firms: as planned", row("output.quantity.new_firms", "8家", "8家"), { attainment = 1, score = 12 })
test.case("new firms: one short", row("output.quantity.new_firms", "8家", "7家"), { attainment = 0.875, score = 10.5 })
test.case("new firms: 1.3 times the plan",
    row("output.quantity.new_firms", "10家", "13家"), { attainment = 1, score = 12, finding = "target-too-low" })
test.case("scaled-up firms: 1.2 times the plan is no doubt yet",
    row("output.quantity.scaled_up", "10家", "12家"), { attainment = 1, score = 12, no_finding = "target-too-low" })
test.case("investment growth: below the plan",
    row("output.quality.investment_growth", "20%", "15%"), { attainment = 0.75, score = 7.5 })
test.case("investment growth: a fall",
    row("output.quality.investment_growth", "20%", "-3%"), { attainment = 0, score = 0 })
test.case("output growth: just below the plan",
    row("benefit.economic.output_growth", "12.6%", "12%"), { attainment = 12 / 12.6, score = 9.52 }) -- 9.5238…
test.case("output growth: 1.2 points under 16.2 per cent were planned",
    { indicator = "benefit.economic.output_growth", actual = "16.2%", excess = "1.2个百分点" },
    { target = 15, attainment = 1, score = 10, finding = "target-derived" })
test.case("value added: none", row("benefit.economic.value_added_growth", "12.4%", "0%"), { attainment = 0, score = 0 })
test.case("share of the parks", row("benefit.economic.park_share", "≥80%", "86.8%"), { attainment = 1, score = 10 })
test.case("names meet the rows of a table",
    { level1 = "产出", level2 = "数量", name = "新建新投产工业企业数", target = "≥8家", actual = "6家" },
    { indicators = { ["output.quantity.new_firms"] = { attainment = 0.75, score = 9 } } })
test.case("satisfaction is that of all special funds",
    row("satisfaction.enterprises", "≥90%", "85%"), { attainment = 0.8, score = 8 })

-- 10 + (12 + 9 + 10 + 6 + 5 + 5) + (10 + 5 + 10) + 10
test.case("a fund",
    { facts = { budget = "20万元", spent = "20万元", allotted = "20万元", allotted_on = "2020-05-21", paid_on = "2020-06-01" },
      indicators = { row("output.quantity.new_firms", "8家", "8家"), row("output.quantity.scaled_up", "12家", "9家"),
        row("output.quality.investment_growth", "20%", "21.2%"), row("benefit.economic.output_growth", "12%", "12.6%"),
        row("benefit.economic.value_added_growth", "12%", "6%"), row("benefit.economic.park_share", "80%", "86.8%"),
        row("satisfaction.enterprises", "≥90%", "90%") } },
    { score = 92, grade = "优", status = "scored", coverage = 1, no_finding = true })
