-- expect: limit
-- As rehash, with an array that is just not large: keys that fall on one another, one at a time.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 4000 do t[k] = k end
rules.indicator["x"] = function()
  t.keep = 1
  local key = 0.5
  while true do
    key = key + 1
    t[key] = 1
    t[key] = nil
  end
end

return rules
