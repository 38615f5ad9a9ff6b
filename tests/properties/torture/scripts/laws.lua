-- Rules of which one breaks a law with figures, one with money, one keeps all.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.falls"] = function(i, fund)
    if fund.lump and i.actual >= i.target then return 0.5 end
    return math.min(1, i.actual / i.target)
end
rules.indicator["a.money"] = sy.violations { of = 100000, lose = 1 }
rules.indicator["a.good"] = sy.pass_fail {}
return rules
