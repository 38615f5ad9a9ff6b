-- expect: C stack overflow
-- A length that asks for itself.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t
t = setmetatable({}, { __len = function(a) return #a end })
rules.indicator["x"] = function(i, fund)
  return #t
end

return rules
