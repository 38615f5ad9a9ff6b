-- expect: C stack overflow
-- A concatenation that concatenates.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t
t = setmetatable({}, { __concat = function(a, b) return a .. b end })
rules.indicator["x"] = function(i, fund)
  return #(t .. t)
end

return rules
