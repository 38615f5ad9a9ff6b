-- expect: table in scripts has no 'move'
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  table.move({}, 1, 1e9, 2)
  return 1
end

return rules
