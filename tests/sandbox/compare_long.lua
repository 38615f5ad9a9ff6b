-- expect: limit
-- One instruction compares millions of bytes.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, b = ("x"):rep(5000000), ("x"):rep(4999999) .. "x"
rules.indicator["x"] = function()
  local n = 0
  for _ = 1, 1e6 do if a == b then n = n + 1 end end
  return n
end

return rules
