-- expect: globals are read-only
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  pairs = nil
  return 1
end

return rules
