-- expect: limit
-- One `%` of numbers far apart takes as long as hundreds of other instructions.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i)
  local x, a = 1, 1e308
  while true do x = a % 3.1e-300 end
  return x
end

return rules
