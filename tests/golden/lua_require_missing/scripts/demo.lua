local help = require "nosuch"
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
return rules
