-- expect: limit
-- A million bytes, over and over.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  for _ = 1, 1e5 do local s = ("x"):rep(1000000) end
  return 1
end

return rules
