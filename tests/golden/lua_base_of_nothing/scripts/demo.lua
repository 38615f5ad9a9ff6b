local sy = require "steelyard"
local rules = sy.base()
return rules
