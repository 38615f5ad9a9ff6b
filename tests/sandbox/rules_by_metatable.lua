-- expect: value
-- A section is taken over raw: no metamethod of the script's table runs.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function loop() while true do end end
rules.indicator = setmetatable({ x = function() return 1 end },
  { __pairs = loop, __index = loop, __len = loop })

return rules
