local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicators["*"] = sy.completion {}

return rules
