-- expect: string in scripts has no 'dump'
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function() return #string.dump(function() end) end

return rules
