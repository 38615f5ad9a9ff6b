-- expect: error object is a table
-- A name that is a trap.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  error(setmetatable({}, { __name = setmetatable({}, { __index = function() while true do end end }) }))
end

return rules
