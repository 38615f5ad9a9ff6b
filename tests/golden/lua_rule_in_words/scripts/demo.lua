local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = "completion"

return rules
