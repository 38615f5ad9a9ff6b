local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.measure["output.quantity.visits"] = function(fund)
  return { 1, 2, 3 }
end

return rules
