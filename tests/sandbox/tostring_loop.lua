-- expect: overflow
-- __tostring that asks itself.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local t = setmetatable({}, { __tostring = function(self) return tostring(self) end })
  return #tostring(t)
end

return rules
