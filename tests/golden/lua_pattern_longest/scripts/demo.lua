local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["*"] = sy.reverse {}
rules.indicator["benefit.*"] = sy.reverse {}
rules.indicator["benefit.social.*"] = sy.completion {}
rules.indicator["output.*"] = sy.completion {}
return rules
