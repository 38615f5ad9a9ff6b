-- expect: this one
-- Levels that there are not.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  pcall(error, "x", math.maxinteger)
  pcall(error, "x", math.mininteger)
  pcall(error, "x", -1)
  error("this one", 0)
end

return rules
