local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.jobs"] = sy.completion { ovr = 1.2 }
return rules
