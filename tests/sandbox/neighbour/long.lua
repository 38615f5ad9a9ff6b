-- Some ten thousand instructions a call.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local n = 0
  for k = 1, 4000 do n = n + (k & 1) end
  return n / 2000
end

return rules
