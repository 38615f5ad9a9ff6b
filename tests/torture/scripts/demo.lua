-- Every kind of rule, and functions of every kind.
local sy = require "steelyard"
local shares = require "shares"
local rules = sy.rules { api = 1 }

rules.indicator["output.quantity.*"] = sy.completion { pass = 0.2 }
rules.indicator["output.cost.*"] = sy.reverse { mode = "linear" }
rules.indicator["output.quality.courses"] = sy.deduct { of = 5, from = 10, per = 2, lose = 1 }
rules.indicator["output.quality.steps"] = sy.checklist { { "①", 2 }, { "②", 1 } }
rules.indicator["output.quality.faults"] = sy.violations { of = 4, lose = 1 }
rules.indicator["output.timeliness.*"] = sy.deadline { lose = 0.1, per = "month" }
rules.indicator["satisfaction.*"] = sy.tiers { { 90, 1 }, { 80, 0.8 }, { 60, 0.6 } }
rules.indicator["benefit.economic.*"] = function(i)
  local by_ratio, why = sy.completion {} (i)
  return shares.half(by_ratio), string.format("%s: %.2f", why or "", i.actual)
end
rules.indicator["benefit.ecological.*"] = function(i, fund)
  return fund.nobody_tells + i.actual
end

rules.measure["output.quantity.staff"] = function(fund)
  return sy.percent(fund.staff, fund.previous and fund.previous.staff or 10), "%"
end

function rules.adjust(fund)
  if fund.misuse == true then fund:cap("差", "截留挪用") end
  fund:deduct(0.5, ("迟报"):rep(3))
end

function rules.check(fund)
  fund:finding("note", "看过了 " .. fund.id)
  fund:expect_sum("spent", { "staff", "paid" }, 0.01)
end

return rules
