-- expect: limit
-- The same, while the table grows: one instruction moves all of them.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local t = {}
  for j = 1, 1e9 do t[1 + j * 2 ^ -52] = 1 end
end

return rules
