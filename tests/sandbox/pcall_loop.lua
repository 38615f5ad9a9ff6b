-- expect: limit
-- Each limit is caught and the loop begins again.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function loop() while true do end end
rules.indicator["x"] = function()
  while true do pcall(loop) end
end

return rules
