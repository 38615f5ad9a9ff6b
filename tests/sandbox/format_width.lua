-- expect: is no conversion
-- A width of a thousand million.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  return #string.format("%999999999d", 1)
end

return rules
