-- 科技计划项目资金 (tech_plan): rewards and subsidies of a science and technology plan.
--
-- Where the rules come from: 财预〔2020〕10号 for what it extends (levels, completion ratio, ratings); timeliness,
-- satisfaction and checks are those of all special funds (special_fund.lua). Policies, awards and
-- platforms are judged by the words of [ratings]: they have no number to hold against a plan.
local sy = require "steelyard"
local rules = sy.base()

rules.indicator["output.quantity.*"] = sy.completion {}
rules.indicator["benefit.economic.*"] = sy.completion {}
rules.indicator["output.quality.policy_issued"] = sy.rating {}
rules.indicator["output.quality.little_giants"] = sy.rating {}
rules.indicator["output.quality.awards"] = sy.rating {}
rules.indicator["output.quality.platforms"] = sy.rating {}

-- A growth that is to beat an average, which is often not given as a number: then it is a judgement.
rules.indicator["benefit.economic.fiscal_science_growth"] = sy.by_sign {}

return rules
