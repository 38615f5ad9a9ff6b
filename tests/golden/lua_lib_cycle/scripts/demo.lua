local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a = require "a"

return rules
