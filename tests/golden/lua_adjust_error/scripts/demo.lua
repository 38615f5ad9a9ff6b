local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.adjust(fund)
  if fund.id == "f1" then error("调整失败") end
end
return rules
