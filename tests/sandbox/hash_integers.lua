-- expect: limit
-- Whole numbers that share one hash where the table has 65536 places.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local t = {}
  for j = 1, 1e9 do t[j * 65535] = 1 end
end

return rules
