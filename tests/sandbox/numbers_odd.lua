-- expect: not-a-number
-- Not-a-number through functions that count.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  for _, x in ipairs { 0 / 0, 1 / 0, -1 / 0, -0.0, math.mininteger, 2 ^ 63, 1e308 } do
    pcall(string.rep, "x", x)
    pcall(string.sub, "x", x, x)
    pcall(table.concat, { 1 }, "", x, x)
    pcall(utf8.offset, "x", x)
    pcall(string.char, x)
    pcall(sy.date, x, x, x)
    pcall(sy.tiers, { { x, 1 } })
    pcall(sy.percent, x, x)
    pcall(error, "x", x)
  end
  return 0 / 0
end

return rules
