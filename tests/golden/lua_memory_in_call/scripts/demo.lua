local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.jobs"] = function(i, fund)
  if i.actual < i.target then local s = "x" while true do s = s .. s end end return 1
end
return rules
