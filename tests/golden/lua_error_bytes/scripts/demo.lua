local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = function(i)
  error("\xFF\xFE坏\27[31m")
end

return rules
