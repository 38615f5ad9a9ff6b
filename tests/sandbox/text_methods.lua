-- expect: read-only
-- The functions of texts, through any text.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local methods = string
  methods.rep = function() return "stolen" end
end

return rules
