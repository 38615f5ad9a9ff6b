-- expect: limit
-- A billion bytes at once.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  pcall(string.rep, "x", 1e9)
  return 1
end

return rules
