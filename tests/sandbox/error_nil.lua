-- expect: error object is nil
-- An error without an object.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  pcall(error)
  error(nil)
end

return rules
