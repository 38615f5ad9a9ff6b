-- expect: limit
-- A table that was large is walked through, place by place.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = {}
for k = 1, 1000 do t["k" .. k] = 1 end
for k = 1, 1000 do t["k" .. k] = nil end
rules.indicator["x"] = function(i, fund)
  while true do pairs(t) end
end

return rules
