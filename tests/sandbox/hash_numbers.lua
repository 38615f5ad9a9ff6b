-- expect: limit
-- Fractions that share one hash: each look-up walks the whole chain.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t, n = {}
for j = 1, 1000 do t[1 + j * 2 ^ -52] = 1 end
rules.indicator["x"] = function(i, fund)
  while true do n = t[1 + 2 ^ -51] end
end

return rules
