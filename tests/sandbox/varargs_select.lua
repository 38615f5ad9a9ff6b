-- expect: limit
-- Thousands of values are handed on by each instruction.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local function last(...)
    while true do select(2, ...) end
  end
  local function more(n, ...)
    if n == 0 then return last(...) end
    return more(n - 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...)
  end
  return more(380)
end

return rules
