-- expect: C stack overflow
-- A rule around a function that calls the rule.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

local rule
rule = sy.func { function(i, fund) return (rule(i, fund)) end }
rules.indicator["x"] = function(i, fund)
  return rule(i, fund)
end

return rules
