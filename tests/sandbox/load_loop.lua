-- expect: limit
-- The file itself never ends.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

while true do pcall(function() while true do end end) end
return rules
