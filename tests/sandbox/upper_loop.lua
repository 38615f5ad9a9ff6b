-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local s = ("x"):rep(300000)
rules.indicator["x"] = function()
  for _ = 1, 1e6 do local u = s:upper():lower():reverse():sub(2) end
  return 1
end

return rules
