local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.check(fund)
  if fund.id == "f1" then error("检查失败") end
end
return rules
