-- 2023年起合格率分档：95%及以上满分，90%及以上八成，80%及以上六成，再低不得分。
local sy = require "steelyard"
local rules = sy.base()
rules.indicator["output.quality.pass_rate"] = sy.tiers { { 95, 1 }, { 90, 0.8 }, { 80, 0.6 } }
return rules
