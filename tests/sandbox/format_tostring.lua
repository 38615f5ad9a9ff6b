-- expect: limit
-- %s calls __tostring, which never returns.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = setmetatable({}, { __tostring = function() while true do end end })
rules.indicator["x"] = function()
  pcall(string.format, "%s", t)
  return 1
end

return rules
