local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.jobs"] = sy.completion { over = "much" }
return rules
