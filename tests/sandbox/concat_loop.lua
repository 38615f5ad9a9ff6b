-- expect: limit
-- `..` copies a long text again and again: few instructions, much work.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local long = ("x"):rep(2000000)
rules.indicator["x"] = function(i)
  for k = 1, 1e6 do local s = long .. k end
  return 1
end

return rules
