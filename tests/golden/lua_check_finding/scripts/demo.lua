local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.check(fund)
  if fund.id == "f1" then fund:finding("warning", "支出与\n预算\27[31m不符") end
end
return rules
