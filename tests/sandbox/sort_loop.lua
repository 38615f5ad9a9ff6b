-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 4000 do t[k] = (k * 7919) % 4001 end
rules.indicator["x"] = function()
  for _ = 1, 1e6 do table.sort(t, function(a, b) return a < b end) table.sort(t) end
  return 1
end

return rules
