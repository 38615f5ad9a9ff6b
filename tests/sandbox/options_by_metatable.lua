-- expect: value
-- So are options.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function loop() while true do end end
local rule = sy.tiers(setmetatable({ { 3000, 1 } }, { __pairs = loop, __index = loop, __len = loop }))
rules.indicator["x"] = function(i, fund) return (rule(i, fund)) end

return rules
