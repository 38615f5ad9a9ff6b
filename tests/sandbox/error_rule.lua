-- expect: error object is a userdata
-- A rule, thrown.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  error(sy.rating {})
end

return rules
