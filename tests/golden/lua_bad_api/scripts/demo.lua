local sy = require "steelyard"
local rules = sy.rules { api = 2 }
return rules
