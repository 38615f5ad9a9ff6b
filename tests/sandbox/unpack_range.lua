-- expect: values
-- A range whose length is no number.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  return table.unpack({}, math.mininteger, math.maxinteger)
end

return rules
