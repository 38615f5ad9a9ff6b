-- expect: C stack overflow
-- A field that asks for itself.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t
t = setmetatable({}, { __index = function(a, k) return a[k] end })
rules.indicator["x"] = function(i, fund)
  return t.x
end

return rules
