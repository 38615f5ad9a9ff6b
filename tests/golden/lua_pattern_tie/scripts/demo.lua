local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.j*"] = sy.completion {}
rules.indicator["benefit.social.*s"] = sy.reverse {}
return rules
