-- expect: value
-- An order that contradicts itself ends all the same.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local t = {}
  for k = 1, 500 do t[k] = k end
  table.sort(t, function() return true end)
  return 1
end

return rules
