-- expect: limit
-- `..` doubles a text without calling any function.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local s = "x"
  while true do s = s .. s end
end

return rules
