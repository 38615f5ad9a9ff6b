local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.jobs"] = function(i, fund)
  if i.actual >= i.target then return 1 end
end
return rules
