local sy = require "steelyard"
local rules = sy.base()
rules.indicator["output.quantity.visits"] = sy.by_sign {}
return rules
