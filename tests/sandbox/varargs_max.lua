-- expect: limit
-- Thousands of values are compared by one call.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local function last(...)
    while true do math.max(...) end
  end
  local function more(n, ...)
    if n == 0 then return last(...) end
    return more(n - 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...)
  end
  return more(180)
end

return rules
