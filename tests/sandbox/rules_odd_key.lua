-- expect: not by a number
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator[42] = sy.rating {}
return rules
