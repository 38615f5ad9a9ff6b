local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["output.a"] = sy.deduct { of = 5, from = 100 per = 1, lose = 0.5 }
return rules
