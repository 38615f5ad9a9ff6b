-- expect: limit
-- An error whose name Lua looks for through a long function.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function long(a)
  local x
  if a then
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
    x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a x = a
  end
  x()
end
rules.indicator["x"] = function(i, fund)
  while true do pcall(long) end
end

return rules
