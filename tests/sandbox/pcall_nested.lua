-- expect: limit
-- Protected calls inside of protected calls, each of which begins again.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function dive(n)
  while true do pcall(dive, n + 1) end
end
rules.indicator["x"] = function() dive(1) return 1 end

return rules
