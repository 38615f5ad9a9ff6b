-- expect: limit
-- The same as an argument that must be whole.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, n = ("0"):rep(60000) .. "1", 0
rules.indicator["x"] = function(i, fund)
  while true do n = select(a, 1, 2) + #("x"):rep(a) end
end

return rules
