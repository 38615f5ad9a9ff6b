-- expect: called with an indicator
-- A table is no indicator.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local base = sy.completion {}
rules.indicator["x"] = function(_, fund)
  return base({ actual = 1, target = 1 }, fund)
end

return rules
