local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.check(fund)
  if fund.id == "f1" then fund:finding("fatal", "甲") end
end
return rules
