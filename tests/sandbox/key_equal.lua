-- expect: limit
-- A long key is compared with one of the same hash, byte by byte.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, b, n = ("x"):rep(65000), ("x"):rep(64999) .. "x", 0
local t = { [a] = 1 }
rules.indicator["x"] = function(i, fund)
  while true do n = t[b] end
end

return rules
