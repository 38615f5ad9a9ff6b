local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = sy.checklist { { "①甲", 1 }, { "①乙", 1 } }

return rules
