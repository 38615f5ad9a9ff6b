-- expect: while the script loads only
-- Rules stand once the script is loaded.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  rules.indicator["y"] = sy.rating {}
  return 1
end

return rules
