-- expect: limit
-- A table is called, which calls a table.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local t = setmetatable({}, { __call = function(self) return self() end })
rules.indicator["x"] = function(i, fund)
  while true do pcall(t) end
end

return rules
