-- @type@ 的评分规则。由 steelyard init 生成，规则是常见写法的例子，请按本地办法改写并注明出处。
-- 这里只说“完成了没有、完成了几成”（得分系数 0 到 1）；值多少分在 config/@type@.ini。
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

-- 要素计数：表里填 ①③ 这样的序号，或个数。
rules.indicator["decision.goals"] = sy.checklist {
    { "①目标依据充分", 3 },
    { "②目标与职责、规划一致", 3 },
    { "③目标细化为可衡量的指标", 4 },
}
rules.indicator["process.files"] = sy.checklist { of = 5 }

-- 计算指标：不靠填报，由基础数据算出。每低于 100% 一个百分点扣 0.5 分，满 10 分。
rules.measure["process.execution"] = function(fund)
    return sy.percent(fund.spent, fund.budget), "%"
end
rules.indicator["process.execution"] = sy.deduct { of = 10, from = 100, per = 1, lose = 0.5, when = "below" }

-- 每发现一次扣 2 分，满 10 分，扣完为止。
rules.indicator["process.compliance"] = sy.violations { of = 10, lose = 2 }

-- 完成比率：达到指标值得满分，否则按比例。
rules.indicator["output.quantity.*"] = sy.completion {}

-- 自己写的函数：得分系数和理由。
rules.indicator["output.quality.passed"] = function(i, fund)
    local all = fund.indicators["output.quantity.firms"]
    local figures = string.format("合格 %.14g 户，应有 %.14g 户", i.actual, i.target)
    if all and all.actual and i.actual > all.actual then
        return 0, figures .. "；合格数大于扶持企业数，数字有误"
    end
    if i.actual >= i.target then
        return 1, figures .. "，全部合格"
    end
    return math.max(0, i.actual / i.target), figures .. "，未全部合格"
end

-- 时效：按期满分，每迟一个月扣两成。
rules.indicator["output.timeliness.*"] = sy.deadline { lose = 0.2, per = "month" }

-- 成本：不超过指标值得满分，超过按 指标值÷实际值。
rules.indicator["output.cost.*"] = sy.reverse { mode = "ratio" }

-- 分档：90（含）以上满分，80（含）以上八成，60（含）以上五成，再低不得分。
rules.indicator["satisfaction.*"] = sy.tiers { { 90, 1 }, { 80, 0.8 }, { 60, 0.5 } }

-- 一票否决：截留、挪用时等级不高于 [parameters] 里的 misuse_cap。
function rules.adjust(fund)
    if fund.misuse == true then
        fund:cap(rules.parameters.misuse_cap, "截留、挪用")
    end
end

-- 数据的疑点：列在结果下面，不影响得分。
function rules.check(fund)
    if fund.spent and fund.budget and fund.spent > fund.budget then
        fund:finding("warning", "全年执行数大于全年预算数：请说明")
    end
end

return rules
