-- expect: it appends
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local t = {}
  for _ = 1, 1e6 do table.insert(t, 1, 1) end
  return 1
end

return rules
