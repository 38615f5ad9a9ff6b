-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local s = ("绩"):rep(20000)
rules.indicator["x"] = function()
  for _ = 1, 1e6 do utf8.len(s) end
  return 1
end

return rules
