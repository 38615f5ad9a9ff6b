local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.jobs"] = function(i, fund)
  if i.actual < i.target then return math.pow(i.actual / i.target, 2) end return 1
end
return rules
