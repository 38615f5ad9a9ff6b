-- expect: value
-- Seconds of backtracking, if it were a pattern: it is plain text here.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  for _ = 1, 100 do
    if ("a"):rep(300):find(".-.-.-b") then return 0 end
  end
  return 1
end

return rules
