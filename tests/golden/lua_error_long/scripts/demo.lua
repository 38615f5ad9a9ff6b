local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = function(i)
  error(("很长"):rep(3000))
end

return rules
