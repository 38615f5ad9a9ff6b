-- expect: C stack overflow
-- A comparison that compares.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t
t = setmetatable({}, { __lt = function(a, b) return a < b end })
rules.indicator["x"] = function(i, fund)
  return t < t and 1 or 0
end

return rules
