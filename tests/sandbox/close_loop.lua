-- expect: limit
-- A variable's __close runs while the error of the limit unwinds the stack.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local closing = setmetatable({}, { __close = function() while true do end end })
rules.indicator["x"] = function()
  for _ = 1, 10 do
    pcall(function()
      local guard <close> = closing
      while true do end
    end)
  end
  return 1
end

return rules
