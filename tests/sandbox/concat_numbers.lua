-- expect: limit
-- `..` on numbers prints them: few instructions, much work.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i)
  local x, s = 1.2345678901234e300, ""
  while true do s = x .. x .. x end
  return s
end

return rules
