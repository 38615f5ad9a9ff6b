-- expect: limit
-- The same with next.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local long = ("x"):rep(60000)
rules.indicator["x"] = function(i, fund)
  local t = {}
  for n = 1, 300 do t[long .. n] = n end
  for _ = 1, 1e6 do next(t) end
  return 1
end

return rules
