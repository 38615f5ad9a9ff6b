-- expect: limit
-- A function that calls nothing in so many words, but an __eq.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
local function loop() while true do end end
local other = {}
local t = setmetatable({}, { __eq = loop })

rules.indicator["x"] = function(i, fund)
  return t == other and 1
end

return rules
