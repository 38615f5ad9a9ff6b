-- expect: overflow
-- A comparison that sorts.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local function before() table.sort({ 3, 2, 1 }, before) return true end
  before()
  return 1
end

return rules
