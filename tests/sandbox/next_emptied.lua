-- expect: limit
-- A table that was full once is walked through to find that it is empty.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 100000 do t[k] = k end
for k = 1, 100000 do t[k] = nil end
rules.indicator["x"] = function()
  local n = 0
  for _ = 1, 1e6 do if next(t) == nil then n = n + 1 end end
  return n
end

return rules
