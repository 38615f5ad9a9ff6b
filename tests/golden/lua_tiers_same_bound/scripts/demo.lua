local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = sy.tiers { { 90, 1 }, { 90, 0.5 } }

return rules
