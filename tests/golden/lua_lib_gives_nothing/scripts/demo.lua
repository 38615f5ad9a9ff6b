local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local a = require "a"
rules.indicator["*"] = function(i) return a.share(i) end

return rules
