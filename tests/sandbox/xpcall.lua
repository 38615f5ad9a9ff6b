-- expect: unknown name 'xpcall'
-- A handler of xpcall would run with hooks off.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  xpcall(function() while true do end end, function() while true do end end)
  return 1
end

return rules
