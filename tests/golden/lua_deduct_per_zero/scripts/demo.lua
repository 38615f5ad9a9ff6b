local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = sy.deduct { of = 5, from = 100, per = 0, lose = 1 }

return rules
