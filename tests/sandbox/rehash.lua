-- expect: limit
-- Each new key makes Lua count a long array again.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 150000 do t[k] = k end
rules.indicator["x"] = function()
  t.keep = 1
  for k = 1, 1e6 do
    local key = -k
    t[key] = 1
    t[key] = nil
  end
  return 1
end

return rules
