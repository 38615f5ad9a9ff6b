-- expect: value
-- A table of one's own as environment is no way to the globals.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function()
  local check, tell = assert, type
  do
    local _ENV = {}
    tostring = 5 -- luacheck: ignore
    check(tostring == 5 and rules == nil or tell)
  end
  return tostring(1) == "1" and 1 or 0
end

return rules
