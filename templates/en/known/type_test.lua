-- Tests of @type@: steelyard test runs them. Each is a name, the data given, the result expected. For a
-- rule that you change, add a case worked by hand. All figures are invented.
local test = require "steelyard.test"

@cases@
-- Given may be one indicator (indicator, target, actual, rating), facts, or a whole fund
-- (indicators = { … }); expected attainment, score, status, finding and more:
-- test.case("name", { indicator = "@path@", target = "≥10", actual = "5" }, { attainment = 0.5 })
