-- expect: __call must be a function
-- A table that is its own __call shifts its arguments a million million times.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local t = {}
  setmetatable(t, { __call = t })
  t()
  return 1
end

return rules
