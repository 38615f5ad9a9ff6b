-- expect: C stack overflow
-- A table that looks for fields in itself.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local t = {}
  setmetatable(t, { __index = t })
  return t.nothing
end

return rules
