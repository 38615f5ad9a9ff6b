-- 推进新型工业化专项资金 (industrialization): new and newly scaled-up industrial firms, growth of industry.
--
-- Where the rules come from: 财预〔2020〕10号 for what it extends (levels, completion ratio, ratings); timeliness,
-- satisfaction and checks are those of all special funds (special_fund.lua). A growth rate is held
-- against the planned rate in proportion; a negative one earns nothing.
local sy = require "steelyard"
local rules = sy.base()

rules.indicator["output.quantity.*"] = sy.completion {}
rules.indicator["output.quality.*"] = sy.completion {}
rules.indicator["benefit.economic.*"] = sy.completion {}

return rules
