-- The rules of @type@ (@label@). sy.base() gives the installed rules; write here what differs. Nothing
-- is changed yet: take the -- off an example and run steelyard score. All rules: docs/rules.md.
local sy = require "steelyard"
local rules = sy.base()

-- In steps: 95 and more in full, 85 and more four fifths, 75 and more half, less nothing.
-- rules.indicator["@path@"] = sy.tiers { { 95, 1 }, { 85, 0.8 }, { 75, 0.5 } }

-- A function gives the attainment, 0 to 1, and a reason.
-- rules.indicator["@path@"] = function(i, fund)
--     if i.actual >= i.target then return 1, "met" end
--     return i.actual / i.target * 0.9, "not met: a tenth is taken off"
-- end

-- Doubts about the data: listed below the results, the score stays.
-- function rules.check(fund)
--     if fund.spent and fund.budget and fund.spent > fund.budget then
--         fund:finding("warning", "more was spent than budgeted: say why")
--     end
-- end

return rules
