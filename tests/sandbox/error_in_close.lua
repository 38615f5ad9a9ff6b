-- expect: first
-- An error while a variable is closed does not hide the first.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local _ <close> = setmetatable({}, { __close = function() error("in close") end })
  error("first")
end

return rules
