-- 中小企业扶持专项资金 (sme_support): support for small and medium enterprises: policies brought to firms, their
-- problems solved, tax relief and project money won for them.
--
-- Where the rules come from: 财预〔2020〕10号 for what it extends (levels, completion ratio, ratings); timeliness,
-- satisfaction and checks are those of all special funds (special_fund.lua). Problems solved are
-- held against the problems that were collected: there is no credit for solving more than were raised.
local sy = require "steelyard"
local rules = sy.base()

-- Counts of work done: in proportion to the plan; far over it, the plan was probably too low ([parameters] over).
rules.indicator["output.quantity.*"] = sy.completion {}
rules.indicator["benefit.economic.*"] = sy.completion {}

rules.indicator["output.quality.problems_solved"] = function(i)
    local figures = string.format("解决 %.14g ÷ 收集 %.14g", i.actual, i.target)
    if i.target <= 0 or i.actual >= i.target then
        return 1, figures .. "，收集的问题已全部解决"
    end
    return math.max(0, i.actual / i.target), figures .. "，未全部解决"
end

return rules
