-- expect: protected metatable
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  setmetatable(_ENV, nil)
  return 1
end

return rules
