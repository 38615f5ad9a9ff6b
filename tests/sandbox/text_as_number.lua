-- expect: limit
-- A text of a million digits is read as a number, by functions that charge for numbers only.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a, n = ("0"):rep(60000) .. "1", 0
rules.indicator["x"] = function(i, fund)
  while true do n = math.floor(a) end
end

return rules
