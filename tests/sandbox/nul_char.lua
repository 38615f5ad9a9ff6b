-- expect: from 1 to 255
-- The same byte, made at run time.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  return ("a" .. string.char(0)):rep(10) < "a" and 0 or 1
end

return rules
