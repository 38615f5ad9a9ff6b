-- expect: limit
-- As compare_long, with texts that are just not large.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, b = ("x"):rep(65000), ("x"):rep(64999) .. "x"
rules.indicator["x"] = function()
  local n = 0
  while true do
    if a == b and a <= b and b <= a then n = n + 1 end
  end
end

return rules
