-- expect: limit
-- The same through fund.facts.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local long = ("x"):rep(60000)
rules.indicator["x"] = function(i, fund)
  for _ = 1, 1e6 do local nothing = fund.facts[long] end
  return 1
end

return rules
