-- expect: C stack overflow
-- Each text asks for a text.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t
t = setmetatable({}, { __tostring = function() return tostring(t) end })
rules.indicator["x"] = function(i, fund)
  return #tostring(t)
end

return rules
