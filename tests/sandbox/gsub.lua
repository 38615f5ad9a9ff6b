-- expect: string in scripts has no 'gsub'
-- Pattern functions count no instructions.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  (" "):rep(100000):gsub("%s+$x", "")
  return 1
end

return rules
