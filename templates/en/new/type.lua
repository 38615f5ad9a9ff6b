-- The rules of @type@. Made by steelyard init: examples of common rules; replace them and say where each
-- comes from. A script says how far a target was met, 0 to 1; what that is worth stands in
-- config/@type@.ini.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

-- Counted points: the table has a list such as 1,3 or a count.
rules.indicator["decision.goals"] = sy.checklist {
    { "1 the goals are justified", 3 },
    { "2 they fit the duties and plans", 3 },
    { "3 they can be measured", 4 },
}
rules.indicator["process.files"] = sy.checklist { of = 5 }

-- A measure is computed from facts. Half a point of 10 is lost for each per cent below 100.
rules.measure["process.execution"] = function(fund)
    return sy.percent(fund.spent, fund.budget), "%"
end
rules.indicator["process.execution"] = sy.deduct { of = 10, from = 100, per = 1, lose = 0.5, when = "below" }

-- Each case loses 2 points of 10.
rules.indicator["process.compliance"] = sy.violations { of = 10, lose = 2 }

-- Met: full points; else in proportion.
rules.indicator["output.quantity.*"] = sy.completion {}

-- A function gives the attainment and a reason.
rules.indicator["output.quality.passed"] = function(i, fund)
    local all = fund.indicators["output.quantity.firms"]
    local figures = string.format("%.14g passed of %.14g", i.actual, i.target)
    if all and all.actual and i.actual > all.actual then
        return 0, figures .. ": more than were supported, a figure is wrong"
    end
    if i.actual >= i.target then
        return 1, figures
    end
    return math.max(0, i.actual / i.target), figures .. ": not all"
end

-- In time: full points; a fifth is lost for each month begun.
rules.indicator["output.timeliness.*"] = sy.deadline { lose = 0.2, per = "month" }

-- Costs: up to the target full points, above it target / actual.
rules.indicator["output.cost.*"] = sy.reverse { mode = "ratio" }

-- In steps: 90 and more in full, 80 and more four fifths, 60 and more half, less nothing.
rules.indicator["satisfaction.*"] = sy.tiers { { 90, 1 }, { 80, 0.8 }, { 60, 0.5 } }

-- After misuse the grade is at most misuse_cap of [parameters].
function rules.adjust(fund)
    if fund.misuse == true then
        fund:cap(rules.parameters.misuse_cap, "misuse")
    end
end

-- Doubts about the data: listed below the results, the score stays.
function rules.check(fund)
    if fund.spent and fund.budget and fund.spent > fund.budget then
        fund:finding("warning", "more was spent than budgeted: say why")
    end
end

return rules
