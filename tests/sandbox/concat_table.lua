-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 4000 do t[k] = "x" end
rules.indicator["x"] = function()
  for _ = 1, 1e6 do table.concat(t) end
  return 1
end

return rules
