-- expect: limit
-- The indicators of a fund, for ever.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local n = 0
rules.indicator["x"] = function(i, fund)
  while true do
    for path in pairs(fund.indicators) do n = n + #path end
    n = n + (fund.indicators.x and 1 or 0)
  end
end

return rules
