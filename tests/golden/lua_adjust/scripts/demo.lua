local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.adjust(fund)
  if fund.id == "f1" then fund:deduct(2, "迟报") else fund:cap("差", "挪用") end
end
return rules
