-- expect: limit
-- More arguments with each call.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local function grow(...)
  return grow(1, ...)
end
rules.indicator["x"] = function() return grow() end

return rules
