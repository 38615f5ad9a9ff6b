-- expect: string is read-only
-- What texts can do is shared by all scripts.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local methods = string
  if getmetatable("") then return 0 end
  methods.rep = function() while true do end end
  return 1
end

return rules
