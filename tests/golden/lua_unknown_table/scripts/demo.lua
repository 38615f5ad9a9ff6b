local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicators["benefit.social.jobs"] = sy.completion {}
return rules
