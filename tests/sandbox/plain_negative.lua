-- expect: limit
-- A function that calls nothing in so many words, but an __unm.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
local function loop() while true do end end
local t = setmetatable({}, { __unm = loop })

rules.indicator["x"] = function(i, fund)
  return -t
end

return rules
