-- expect: no NUL
-- The same byte, made as a character.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  return utf8.char(97, 0) < "a" and 0 or 1
end

return rules
