-- Worked tests of sme_support: what 财预〔2020〕10号 and the rules of special funds make of figures as a
-- district reports them.
local test = require "steelyard.test"

test.case("over-fulfilled",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "19200条次" },
    { attainment = 1, score = 10, finding = "target-too-low" })

test.case("in part",
    { indicator = "output.quantity.policy_push", target = "≥7000条次", actual = "5250条次" },
    { attainment = 0.75, score = 7.5, status = "scored", no_finding = true })
