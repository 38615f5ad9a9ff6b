-- expect: limit
-- All memory but a little is in use, so that every few requests collect all of it.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local kept, fill = {}, {}
for a = 1, 70 do
  local part = {}
  for b = 1, 2000 do part[b] = {} end
  kept[a] = part
end
rules.indicator["x"] = function()
  if #fill == 0 then
    for k = 1, 940 do fill[k] = ("x"):rep(60000) end
    return 1
  end
  for k = 1, 1e6 do local t = { k, { k } } end
  return 1
end

return rules
