local sy = require "steelyard"
local rules = sy.rules { api = 1 }

function rules.adjust(fund)
  fund:deduct(2)
end

return rules
