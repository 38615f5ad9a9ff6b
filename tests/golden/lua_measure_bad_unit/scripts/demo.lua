local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.measure["benefit.social.jobs"] = function(fund)
  return 30, "%"
end
return rules
