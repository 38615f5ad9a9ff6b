local sy = require “steelyard”
local rules = sy.rules { api = 1 }
return rules
