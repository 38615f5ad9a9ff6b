-- expect: limit
-- An error that asks for the place of a call far below.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  local function down(n)
    if n == 0 then
      while true do pcall(error, "x", 900) end
    end
    return 1 + down(n - 1)
  end
  return down(1000)
end

return rules
