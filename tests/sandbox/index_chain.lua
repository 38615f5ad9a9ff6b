-- expect: limit
-- One field read through two thousand tables.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local first = {}
local last = first
for _ = 1, 150 do
  local t = {}
  setmetatable(last, { __index = t })
  last = t
end
rules.indicator["x"] = function()
  for _ = 1, 1e6 do local v = first.nothing end
  return 1
end

return rules
