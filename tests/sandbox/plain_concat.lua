-- expect: limit
-- A function that calls nothing in so many words, but a __concat.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
local function loop() while true do end end
local t = setmetatable({}, { __concat = loop })

rules.indicator["x"] = function(i, fund)
  return t .. 1
end

return rules
