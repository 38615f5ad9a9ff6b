local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = function(i)
  return i.actual / i.traget
end

return rules
