-- expect: limit
-- A rule is called for ever.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local rule = sy.completion {}
rules.indicator["x"] = function(i, fund)
  while true do rule(i, fund) end
end

return rules
