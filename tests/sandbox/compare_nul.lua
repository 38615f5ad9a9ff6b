-- expect: NUL byte
-- Lua compares texts with NUL bytes piece by piece, each of one byte.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, b, n = ("\0"):rep(65000), ("\0"):rep(64999) .. "a", 0
rules.indicator["x"] = function(i, fund)
  while true do
    if a < b then n = n + 1 end
  end
end

return rules
