-- expect: limit
-- The same as a loop's limit, without a function.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, n = ("0"):rep(60000) .. "1", 0
rules.indicator["x"] = function(i, fund)
  while true do
    pcall(function() for k = 1, a do n = k end end)
  end
end

return rules
