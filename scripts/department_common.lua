-- 部门整体支出共性指标 (department_common): the national framework for a department's whole expenditure, 财预〔2013〕53号
-- 《预算绩效评价共性指标体系框架》, annex 2.
--
-- The framework is a reference: it names indicators and formulas, carries no points and says of no value how it is
-- scored. So all that this script decides is [M], typical and open to change, not a quotation: rates are graded against
-- [targets] by sign, rates of change lose in proportion, judgements count the points that are met. The formulas stand in
-- lib/department_rates.lua with their sources; the wording of the points below is short and our own.
--
-- Rates come from facts; a row that reports a rate holds where none of its facts is told, with a note. A measure holds
-- wherever the row stands and once it has points: `*.carry_over_change` is there for a yardstick that
-- takes it in place of `*.carry_over` (二者择其一).
local sy = require "steelyard"
local checks = require "checks"
local rates = require "department_rates"
local reported = require "reported"
local rules = sy.rules { api = 1 }
local parameters = rules.parameters
local sources = {}

-- A rate as the measure of a row, wherever that stands; the reported one where none of its facts is told.
local function measure(leaf, rate)
    reported.add(rules, sources, "*." .. leaf, rate)
end

-- 投入：预算配置
measure("staff_control", rates.staff_control)
measure("sangong_change", rates.sangong_change(parameters.sangong_base))
measure("key_spending", rates.key_spending)
-- 过程：预算执行
measure("budget_completion", rates.budget_completion(parameters.completion))
measure("budget_adjustment", rates.budget_adjustment)
measure("payment_progress", rates.payment_progress)
measure("carry_over", rates.carry_over(parameters.carry_over_base))
measure("carry_over_change", rates.carry_over_change)
measure("public_funds", rates.public_funds)
measure("sangong_control", rates.sangong_control)
measure("procurement", rates.procurement)
-- 过程：资产管理
measure("asset_use", rates.asset_use)
-- 产出：职责履行
measure("tasks_done", rates.tasks_done)
measure("tasks_timely", rates.tasks_timely)
measure("tasks_met", rates.tasks_met)
measure("key_tasks", rates.key_tasks)

-- A rate that should not pass its target, and whose target may be 0 or less, so that no share of it can be
-- taken: each percentage point over it costs the same share of the points.
local lose = parameters.change_lose
local function within_target(i)
    local over = i.actual - i.target
    if over <= 0 then
        return 1
    end
    return math.max(0, 1 - lose * over), string.format("超出 %.6g 个百分点，每个百分点扣 %.6g", over, lose)
end
rules.indicator["*.sangong_change"] = within_target
rules.indicator["*.budget_adjustment"] = within_target
rules.indicator["*.carry_over_change"] = within_target

-- 投入：目标设定
rules.indicator["input.goals_reasonable"] = sy.checklist {
    { "①符合法律法规和发展规划", 1 },
    { "②符合部门职责", 1 },
    { "③符合部门中长期规划", 1 },
}
rules.indicator["input.goals_clear"] = sy.checklist {
    { "①分解为具体工作任务", 1 },
    { "②有清晰、可衡量的指标值", 1 },
    { "③与年度任务或计划相对应", 1 },
    { "④与年度预算资金相匹配", 1 },
}

-- 过程：预算管理
rules.indicator["process.预算管理.rules"] = sy.checklist {
    { "①有预算资金、内部财务、会计核算等制度", 1 },
    { "②制度合法、合规、完整", 1 },
    { "③制度得到有效执行", 1 },
}
rules.indicator["process.compliance"] = sy.checklist {
    { "①符合财经法规和财务制度", 1 },
    { "②资金拨付有完整的审批程序和手续", 1 },
    { "③重大支出经过评估论证", 1 },
    { "④符合预算批复的用途", 1 },
    { "⑤没有截留、挤占、挪用、虚列支出", 1 },
}
rules.indicator["process.disclosure"] = sy.checklist {
    { "①按规定内容公开预决算", 1 },
    { "②按规定时限公开预决算", 1 },
}
rules.indicator["process.information"] = sy.checklist {
    { "①基础数据和会计资料真实", 1 },
    { "②基础数据和会计资料完整", 1 },
    { "③基础数据和会计资料准确", 1 },
}

-- 过程：资产管理
rules.indicator["process.资产管理.rules"] = sy.checklist {
    { "①有资产管理制度", 1 },
    { "②制度合法、合规、完整", 1 },
    { "③制度得到有效执行", 1 },
}
rules.indicator["process.asset_safety"] = sy.checklist {
    { "①资产保存完整", 1 },
    { "②资产配置合理", 1 },
    { "③资产处置规范", 1 },
    { "④账务合规，账实相符", 1 },
    { "⑤有偿使用和处置收入及时足额上缴", 1 },
}

function rules.check(fund)
    reported.check(fund, sources)
    checks.parts(fund)
    checks.wording(fund)
end

return rules
