-- expect: more than 1000 values
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  return select("#", table.unpack({}, 1, 1e7))
end

return rules
