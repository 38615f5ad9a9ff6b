-- expect: limit
-- Each line that sets a rule is looked for through the calls around it.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function dive(n)
  if n > 0 then
    local x = dive(n - 1)
    return x
  end
  for _ = 1, 50000 do rules.indicator["x"] = nil end
end

dive(150)
return rules
