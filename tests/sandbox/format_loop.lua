-- expect: limit
-- Formats that are short to write and long to do.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local format = ("%99.99f"):rep(500)
local numbers = {}
for k = 1, 500 do numbers[k] = 1e308 end
rules.indicator["x"] = function()
  for _ = 1, 1e6 do string.format(format, table.unpack(numbers)) end
  return 1
end

return rules
