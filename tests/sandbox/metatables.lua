-- expect: value
-- What the engine gives has no metatable that a script gets at.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["x"] = function(i, fund)
  for _, value in ipairs { i, fund, fund.facts, fund.indicators, rules, rules.indicator, sy, string,
      sy.date(2019, 1, 1), sy.completion {}, "text" } do
    assert(getmetatable(value) == false, "a metatable")
    assert(not pcall(setmetatable, value, {}), "a metatable that can be changed")
    assert(not pcall(function() value.field = 1 end), "a field that can be set")
  end
  return 1
end

return rules
