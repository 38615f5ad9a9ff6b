-- 部门整体支出 (department): the whole expenditure of a department, after the indicator tables that Hunan
-- departments publish (省级办法：湘财绩〔2020〕7号). Names and formulas are those of 财预〔2013〕53号
-- 《预算绩效评价共性指标体系框架》, annex 2, as those tables carry them; the formulas stand in lib/department_rates.lua.
--
-- [F] marks a rule whose wording stands in a published table (four Hunan departmental tables of 2017 and 2018,
-- two of Yueyang); [M] one that is typical and not confirmed: configuration, not a quotation. Rules are written with
-- the points of the table they come from (`of`); what an indicator weighs here stands in department.ini. Where tables of
-- different points print different rules, a word of [parameters] says whose rule holds.
--
-- Not every row stands in every table: a measure and a rule here are patterns, which hold once an INI or the data gives
-- their row points. `row = none` in an INI's [weights] takes a row of the default table away.
--
-- Indicators of input and process are computed from facts; a form that reports a rate is believed where none of its facts
-- is told, with a note. What a department achieved (output, benefit) comes
-- with its own indicators and is graded by sign.
local sy = require "steelyard"
local checks = require "checks"
local ledger = require "department_ledger"
local rates = require "department_rates"
local reported = require "reported"
local rules = sy.rules { api = 1 }
local parameters = rules.parameters
local sources = {}

-- A rate as the measure of a row; the reported one where none of its facts is told.
local function measure(pattern, rate)
    reported.add(rules, sources, pattern, rate)
end

-- How "每超过一个百分点扣…" counts a part of a step. A published 99.27 % under "每低于5%扣2分" kept all its points: whole steps.
local steps = parameters.steps

-- The full points of the table whose rule holds.
local function points(name)
    return parameters[name] or error("[parameters] " .. name .. " is needed: the full points of the table", 0)
end

-- 投入 --------------------------------------------------------------------------------------------------

-- [F] 以100%为标准，≤100%计满分，每超过一个百分点扣0.5分，扣完为止: of 5 points, and of 8
measure("*.staff_control", rates.staff_control)
rules.indicator["*.staff_control"] =
    sy.deduct { of = points("staff_points"), from = 100, per = 1, lose = 0.5, steps = steps }

-- [F] ≤0计满分，每超过一个百分点扣0.5分 of 5, 0.8 of 8, 0.3 of 3: a tenth of the points
measure("*.sangong_change", rates.sangong_change(parameters.sangong_base))
rules.indicator["*.sangong_change"] = sy.deduct { of = 5, from = 0, per = 1, lose = 0.5, steps = steps }

-- [F] ≥90% 5分；80%(含)-90% 4分；70%(含)-80% 3分；60%(含)-70% 2分；低于60%不得分
measure("*.key_spending", rates.key_spending)
rules.indicator["*.key_spending"] = sy.tiers { of = 5, { 90, 5 }, { 80, 4 }, { 70, 3 }, { 60, 2 } }

-- [F] 公务招待费变动率、公务用车购置运行费变动率：≤0计满分，每超过一个百分点扣0.2分（2分制）
measure("*.reception_change", rates.reception_change)
rules.indicator["*.reception_change"] = sy.deduct { of = 2, from = 0, per = 1, lose = 0.2, steps = steps }
measure("*.vehicles_change", rates.vehicles_change)
rules.indicator["*.vehicles_change"] = sy.deduct { of = 2, from = 0, per = 1, lose = 0.2, steps = steps }

-- 过程：预算执行 ----------------------------------------------------------------------------------------

-- [F] 100%计满分，每低于5%扣2分，扣完为止: of 5 points, and of 8
measure("*.budget_completion", rates.budget_completion("balance"))
rules.indicator["*.budget_completion"] = sy.deduct {
    of = points("completion_points"), from = 100, per = 5, lose = 2, when = "below", steps = steps,
}

-- [F] 预算控制率 (Yueyang: 预算调整率) =0、0-10%(含)、10-20%(含)、20-30%(含)、大于30%: the points of three tables
measure("*.budget_control", rates.budget_control)
rules.indicator["*.budget_control"] = sy.tiers(rates.choose("control_points", parameters.control_points, "3, 5, 8", {
    [3] = { of = 3, edge = "upper", { 0, 3 }, { 10, 2 }, { 20, 1 }, { 30, 0.5 } },
    [5] = { of = 5, edge = "upper", { 0, 5 }, { 10, 4 }, { 20, 3 }, { 30, 2 } },
    [8] = { of = 8, edge = "upper", { 0, 8 }, { 10, 6 }, { 20, 4 }, { 30, 2 } },
}))

-- [M] 公用经费控制率：≤100%计满分，每超过1%扣1分（8分制）
measure("*.public_funds", rates.public_funds)
rules.indicator["*.public_funds"] = sy.deduct { of = 8, from = 100, per = 1, lose = 1, steps = steps }

-- [F] “三公经费”控制率：≤100%计满分，每超过一个百分点扣1分（6分制），[M] 7分制
measure("*.sangong_control", rates.sangong_control)
rules.indicator["*.sangong_control"] =
    sy.deduct { of = points("sangong_control_points"), from = 100, per = 1, lose = 1, steps = steps }

-- [M] 政府采购执行率：100%计满分，每偏离5%扣2分（6分制）
measure("*.procurement", rates.procurement)
rules.indicator["*.procurement"] =
    sy.deduct { of = 6, from = 100, per = 5, lose = 2, when = "either", steps = steps }

-- [F] 新建楼堂馆所面积控制率（实际建设面积÷批准建设面积）、投资概算控制率（实际投资额÷概算投资额 [M]）：≤100%计满分，每超出5%扣2分；
-- 无此项目计满分
local building = sy.deduct { of = 5, from = 100, per = 5, lose = 2, steps = steps, not_applicable = 1 }
measure("*.buildings", rates.buildings)
rules.indicator["*.buildings"] = building
measure("process*.investment", rates.investment)
rules.indicator["process*.investment"] = building

-- [F] 支付进度：春节前下达50%，6月底前全部下达；the actual is how many special funds were late, 0.5 of 3 points each
rules.indicator["*.payment_schedule"] = sy.violations { of = 3, lose = 0.5 }

-- [F] 资金结余：无结余3分；不超过上年结转2分；超过不得分
measure("process*.balance", rates.balance)
rules.indicator["process*.balance"] = sy.func {
    target = false,
    function(i, fund)
        local left = checks.common(i.actual, i.unit)
        if left <= 0 then
            return 1, "无结余"
        elseif left <= fund.carry_in then
            return 2 / 3, "结余不超过上年结转"
        end
        return 0, "结余超过上年结转"
    end,
}

-- 过程：预算管理 ----------------------------------------------------------------------------------------

-- [F] three sub-points of 1 each, [M] four of 2 each; their wording is [M]
rules.indicator["process.management"] = sy.checklist(rates.choose("management_points", parameters.management_points, "3, 8", {
    [3] = {
        { "①已制定预算资金、内部财务、会计核算等管理制度", 1 },
        { "②管理制度合法、合规、完整", 1 },
        { "③管理制度得到有效执行", 1 },
    },
    [8] = {
        { "①已制定预算资金管理办法、内部财务管理制度、会计核算制度", 2 },
        { "②已制定厉行节约制度", 2 },
        { "③管理制度合法、合规、完整", 2 },
        { "④管理制度得到有效执行", 2 },
    },
}))

-- [F] 每发现一处不合规扣1分（3分制），[M] 6分制
rules.indicator["process.compliance"] = sy.violations { of = points("compliance_points"), lose = 1 }

-- [M] five sub-points of 1 each
rules.indicator["process.disclosure"] = sy.checklist {
    { "①按规定内容公开预决算信息", 1 },
    { "②按规定时限公开预决算信息", 1 },
    { "③基础数据信息和会计信息资料真实", 1 },
    { "④基础数据信息和会计信息资料完整", 1 },
    { "⑤基础数据信息和会计信息资料准确", 1 },
}

-- 产出、效果 --------------------------------------------------------------------------------------------

-- [M] 重点工作实际完成率：实际完成数÷交办或下达数，按比例计分
measure("*.key_tasks", rates.key_tasks)
rules.indicator["*.key_tasks"] = sy.completion {}

-- [M] 行政效能：效果较好计满分，一般计一半，不明显不计分: words of [ratings]
rules.indicator["*.efficiency"] = sy.rating {}

-- [M] ≥95% 6分；85%(含)-95% 4分；75%(含)-85% 2分；低于75%不得分
rules.indicator["satisfaction.*"] = sy.tiers { of = 6, { 95, 6 }, { 85, 4 }, { 75, 2 } }

-- [M] 截留、挪用: the grade is at most what [parameters] says.
function rules.adjust(fund)
    if fund.misuse == true and parameters.misuse_cap then
        fund:cap(parameters.misuse_cap, "截留、挪用财政资金")
    end
end

function rules.check(fund)
    reported.check(fund, sources)
    ledger.check(fund, parameters)
    checks.parts(fund)
    checks.wording(fund)
end

return rules
