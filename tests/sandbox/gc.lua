-- expect: __gc cannot be used
-- A finalizer would run with hooks off.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  setmetatable({}, { __gc = function() while true do end end })
  return 1
end

return rules
