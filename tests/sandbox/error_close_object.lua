-- expect: error object is a userdata
-- What closes throws something else than what was thrown: the first is told.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local a <close> = setmetatable({}, { __close = function() error({}) end })
  local b <close> = setmetatable({}, { __close = function(_, e) error({ e }) end })
  error(fund)
end

return rules
