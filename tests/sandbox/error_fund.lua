-- expect: error object is a userdata
-- A fund, thrown; what catches it in a later call has nothing.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  error(fund)
end

return rules
