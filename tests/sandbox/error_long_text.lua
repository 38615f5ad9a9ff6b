-- expect: xxxx
-- A message of megabytes.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  error(("x"):rep(2000000))
end

return rules
