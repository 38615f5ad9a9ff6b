-- expect: cannot change a protected metatable
-- The metatables of what is read-only.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  for _, t in ipairs { math, string, table, utf8, sy } do
    if getmetatable(t) then return 1 end
  end
  return setmetatable(sy, {})
end

return rules
