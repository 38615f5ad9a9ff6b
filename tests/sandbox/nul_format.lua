-- expect: from 1 to 255
-- The same byte, made by a format.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  return ("%c"):format(256) < "a" and 0 or 1
end

return rules
