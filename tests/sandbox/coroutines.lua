-- expect: unknown name 'coroutine'
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  while true do coroutine.wrap(function() end) end
end

return rules
