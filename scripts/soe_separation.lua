-- 三供一业分离移交专项资金 (soe_separation): water, power, gas and property services of housing of state firms' staff
-- are handed over to those whose trade they are.
--
-- Where the rules come from: 财预〔2020〕10号 for what it extends (levels, ratings); timeliness, satisfaction and
-- checks are those of all special funds (special_fund.lua). Each handover and each effect is judged
-- by the words of [ratings].
local sy = require "steelyard"
local rules = sy.base()

rules.indicator["output.quantity.*"] = sy.rating {}
rules.indicator["benefit.*"] = sy.rating {}

return rules
