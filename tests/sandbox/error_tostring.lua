-- expect: error object is a table
-- The __tostring of an error object is not called.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  error(setmetatable({}, { __tostring = function() while true do end end }))
end

return rules
