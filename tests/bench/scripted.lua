-- Every indicator graded by a function, as a user would write it: the rule of each type of the second evaluation that
-- is timed. It gives what the standard rules give for these figures.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = function(i)
  local target, actual = i.target, i.actual
  if i.sign == "<=" then
    if actual <= target then return 1 end
    return target / actual
  end
  if actual >= target then return 1 end
  return actual / target
end

return rules
