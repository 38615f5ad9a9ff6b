local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.measure["benefit.social.jobs"] = function(fund)
  if fund.id == "f1" then return {} end
  return 30, "人"
end
return rules
