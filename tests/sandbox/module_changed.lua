-- expect: steelyard is read-only
-- The module is the same for all scripts.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  sy.completion = function() return 1 end
  return 1
end

return rules
