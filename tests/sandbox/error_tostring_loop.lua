-- expect: limit
-- A text is asked for, and never comes.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = setmetatable({}, { __tostring = function() while true do end end })
rules.indicator["x"] = function(i, fund)
  pcall(tostring, t)
  return 1
end

return rules
