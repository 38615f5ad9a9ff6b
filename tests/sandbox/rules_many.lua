-- expect: limit
-- Rules without end.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  while true do
    pcall(sy.tiers, { { 90, 1 }, { 80, 0.8 }, { 60, 0.6 } })
    pcall(sy.checklist, { { "a", 1 }, { "b", 2 } })
    pcall(sy.average, { { sy.rating {}, 1 }, { sy.completion {}, 2 } })
  end
end

return rules
