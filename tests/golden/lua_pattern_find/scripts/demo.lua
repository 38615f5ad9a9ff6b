local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = function(i)
  return i.unit:match("%a+") and 1 or 0
end

return rules
