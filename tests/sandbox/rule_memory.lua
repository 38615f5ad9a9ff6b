-- expect: limit
-- Rules hold memory of their own, which counts.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local kept = {}
local tiers = {}
for k = 1, 1000 do tiers[k] = { k, 1 } end
while true do kept[#kept + 1] = sy.tiers(tiers) end
return rules
