-- expect: limit
-- Every misspelt name is compared with all that it may have meant.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local name = ("pth"):rep(60)
  for _ = 1, 1e6 do pcall(function() return i[name] end) end
  for _ = 1, 1e6 do pcall(function() return sy[name] end) end
  return 1
end

return rules
