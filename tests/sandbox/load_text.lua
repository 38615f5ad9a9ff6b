-- expect: unknown name 'load'
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function() return load("return 1")() end

return rules
