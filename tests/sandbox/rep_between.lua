-- expect: limit
-- Lengths whose product wraps around.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  return #("xy"):rep(math.maxinteger, "between")
end

return rules
