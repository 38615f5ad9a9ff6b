-- expect: limit
-- One instruction copies all arguments.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local numbers = {}
for k = 1, 900 do numbers[k] = k end
local function copy(...)
  while true do local n = select("#", ...) end
end
rules.indicator["x"] = function()
  copy(table.unpack(numbers))
  return 1
end

return rules
