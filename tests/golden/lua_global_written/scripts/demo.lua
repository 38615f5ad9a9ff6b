local sy = require "steelyard"
local rules = sy.rules { api = 1 }

count = 0
rules.indicator["*"] = function(i)
  count = count + 1
  return 1
end

return rules
