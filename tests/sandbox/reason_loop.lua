-- expect: limit
-- A reason is checked byte by byte.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local long = ("x"):rep(60000)
rules.indicator["x"] = function(i, fund)
  for _ = 1, 1e6 do sy.not_applicable(long) end
  return 1
end

return rules
