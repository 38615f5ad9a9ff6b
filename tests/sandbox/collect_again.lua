-- expect: limit
-- Memory kept almost full, so that each request collects all of it.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local kept = {}
for k = 1, 60000 do kept[k] = {} end
local fill = ("x"):rep(29000000)
rules.indicator["x"] = function()
  local more = {}
  for k = 1, 25 do more[k] = ("y"):rep(1000000) end
  for k = 1, 1e6 do local t = { k } end
  return 1
end

return rules
