-- expect: is a nil
-- A range of more places than a table has.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  pcall(table.concat, {}, "", math.mininteger, math.maxinteger)
  return table.concat({}, "", math.maxinteger - 1, math.maxinteger)
end

return rules
