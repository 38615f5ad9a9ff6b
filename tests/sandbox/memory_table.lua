-- expect: limit
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local kept = {}
rules.indicator["x"] = function()
  pcall(function() while true do kept[#kept + 1] = ("x"):rep(100000) .. #kept end end)
  return 1
end

return rules
