local sy = require "steelyard"
local rules = sy.rules { api = 1 }

function rules.adjust(fund)
  fund:deduct(0 / 0, "x")
end

return rules
