-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 3000 do t["k" .. k] = k end
rules.indicator["x"] = function()
  for _ = 1, 1e6 do for k in pairs(t) do break end end
  return 1
end

return rules
