local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.adjust(fund)
    fund:cap("poor" reason)
end
return rules
