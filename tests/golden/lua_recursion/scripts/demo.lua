local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["benefit.social.jobs"] = function(i, fund)
  local function f(n) return 1 + f(n + 1) end if i.actual < i.target then return f(1) end return 1
end
return rules
