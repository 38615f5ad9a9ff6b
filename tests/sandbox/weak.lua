-- expect: __mode cannot be used
-- Weak tables tell when garbage is collected, which differs from run to run.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  setmetatable({}, { __mode = "k" })
  return 1
end

return rules
