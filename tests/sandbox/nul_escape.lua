-- expect: NUL byte
-- The same byte, hidden in other escapes.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  return ("\\\\a\u{0000}"):rep(2) == "" and 0 or 1
end

return rules
