-- 10 + 50 + 40.
local test = require "steelyard.test"

test.case("benefit has the points of satisfaction",
    { facts = { budget = 100, spent = 90 },
      indicators = { { indicator = "output.quantity.a", target = "≥4", actual = 3, weight = 50 },
                     { indicator = "benefit.social.b", target = "≥1", actual = 1, weight = 40 } } },
    { score = 86.5, grade = "良", no_finding = true }) -- 9 + 50 × 0.75 + 40
