-- expect: error object is a table
-- Whoever describes this error must not call back.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = setmetatable({}, { __tostring = function() while true do end end, __name = ("x"):rep(1000) })
rules.indicator["x"] = function() error(t) end

return rules
