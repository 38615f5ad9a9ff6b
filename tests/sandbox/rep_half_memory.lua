-- expect: limit
-- A text that fits while it is made, and not once more as a Lua string.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  return #("x"):rep(40000000)
end

return rules
