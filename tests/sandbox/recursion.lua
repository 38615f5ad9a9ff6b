-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function dive(n) return 1 + dive(n + 1) end
rules.indicator["x"] = function() return dive(1) end

return rules
