-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local s = ("a"):rep(60000)
rules.indicator["x"] = function()
  for _ = 1, 1e6 do s:find("aaaaaaaaab") end
  return 1
end

return rules
