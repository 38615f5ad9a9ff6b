-- expect: value
-- A finalizer that is set after the metatable never comes into force.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local meta = {}
  local thing = setmetatable({}, meta)
  meta.__gc = function() while true do end end
  thing = nil
  for k = 1, 2000 do local t = { k, k, k } t[1] = t end
  return 1
end

return rules
