-- expect: limit
-- The same through fund.indicators, which are compared one by one.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local long = ("x"):rep(60000)
rules.indicator["x"] = function(i, fund)
  for _ = 1, 1e6 do local nothing = fund.indicators[long] end
  return 1
end

return rules
