-- expect: inside
-- A text is asked for, and its function fails.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  return #tostring(setmetatable({}, { __tostring = function() error("inside") end }))
end

return rules
