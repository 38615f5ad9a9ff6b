-- expect: limit
-- Texts that differ at their last byte: `<` reads both, and no library function is called.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, b, n = ("x"):rep(65000), ("x"):rep(64999) .. "y", 0
rules.indicator["x"] = function(i, fund)
  while true do
    if a < b then n = n + 1 end
  end
end

return rules
