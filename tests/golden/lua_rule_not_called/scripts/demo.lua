local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = sy.completion

return rules
