-- expect: value
-- Nothing, as often as can be.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  return #(""):rep(math.maxinteger) + 1
end

return rules
