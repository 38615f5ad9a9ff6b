-- A script with nothing wrong in it, loaded beside each attack.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i)
  local parts = {}
  for k, v in pairs({ b = 2, a = 1 }) do parts[#parts + 1] = k .. v end
  assert(table.concat(parts, " ") == "a1 b2", "pairs has no order")
  return math.abs(i.actual) / i.target, ("%s"):format("ok"):upper()
end

return rules
