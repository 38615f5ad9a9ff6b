local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["x" = 1
return rules
