-- department_rates.lua - the rates of a department's whole expenditure, computed from facts. Used by department_common.lua
-- and department.lua.
--
-- Names and formulas are those of 财预〔2013〕53号《预算绩效评价共性指标体系框架》, annex 2. [F] marks a formula that stands in
-- a published table, [M] one that is general knowledge of the field and was not checked against the text.
--
-- Each rate here is { compute = function(fund), and its facts }, for `reported.add`: the function gives a per cent, or nothing
-- where a fact is missing. Where published tables compute a rate in more than one way, a function that makes the
-- rate takes the way's name, which is a word of [parameters].
local sy = require "steelyard"
local rates = {}

-- What the word of a parameter stands for; any other word stops the loading.
local function choose(parameter, word, words, choices)
    return choices[word] or error(string.format("[parameters] %s = %s is none of %s", parameter, tostring(word), words), 0)
end
rates.choose = choose

local function percent_of(part, whole)
    return { part, whole, compute = function(fund)
        return sy.percent(fund[part], fund[whole]), "%"
    end }
end

-- Nothing planned and nothing spent is a rate of 0; spending without a plan has no rate.
local function percent_of_plan(spent, planned)
    return { spent, planned, compute = function(fund)
        if fund[planned] == 0 then
            if fund[spent] == 0 then
                return 0, "%"
            end
            return nil, "预算安排为 0 而有支出：无法计算比率"
        end
        return sy.percent(fund[spent], fund[planned]), "%"
    end }
end

-- (本年−上年)÷上年. Last year's figure is a fact of its own, else the fund's own of the year before. From nothing to nothing is no
-- change.
local function change_of(now, last)
    return { now, last, compute = function(fund)
        local before = fund[last]
        if before == nil and fund.previous then
            before = fund.previous[now]
        end
        local this = fund[now]
        if before == 0 then
            if this == 0 then
                return 0, "%"
            end
            return nil, "上年为 0 而本年不为 0：无法计算变动率"
        end
        return sy.percent(this - before, before), "%"
    end }
end

-- 在职人员控制率 [F]: 在职人员数÷编制数
rates.staff_control = percent_of("staff", "staff_quota")

-- “三公经费”变动率: of 预算数 [F, three of four tables] or of 总额 [F, one table; 53号 [M]]
function rates.sangong_change(base)
    return choose("sangong_base", base, "budget, total", {
        budget = change_of("sangong_budget", "sangong_budget_last"),
        total = change_of("sangong", "sangong_last"),
    })
end

-- 公务招待费变动率, 公务用车购置运行费变动率 [F]: as above, of what was spent
rates.reception_change = change_of("reception", "reception_last")
rates.vehicles_change = change_of("vehicles", "vehicles_last")

-- 重点支出安排率 [M]: 重点项目支出÷项目总支出
rates.key_spending = percent_of("key_projects", "project")

-- 预算完成率: 预算完成数÷预算数 [M], or what is not left of all that there was to spend [F, Hunan]:
-- (上年结转+年初预算+本年追加−年末结余)÷(上年结转+年初预算+本年追加), where 总指标 (funds_total), if told, is the sum.
function rates.budget_completion(formula)
    return choose("completion", formula, "spent, balance", {
        spent = percent_of("expenditure", "budget_expenditure"),
        balance = { "funds_total", "carry_in", "budget_initial", "budget_added", "balance", compute = function(fund)
            local total = fund.funds_total
            if total == nil then
                total = fund.carry_in + fund.budget_initial + fund.budget_added
            end
            return sy.percent(total - fund.balance, total), "%"
        end },
    })
end

-- 预算调整率 [M]: 预算调整数÷预算数, where 调整数 is the sum of what was added, cut and moved
rates.budget_adjustment = percent_of("budget_adjusted", "budget_initial")

-- 预算控制率 [F, Hunan]: 本年追加预算÷年初预算. Without 追加 it is 总指标 less 年初预算 and, where told, 上年结转.
rates.budget_control = { "budget_added", "funds_total", "budget_initial", compute = function(fund)
    local added = fund.budget_added
    if added == nil then
        added = fund.funds_total - fund.budget_initial
        if fund.carry_in ~= nil then
            added = added - fund.carry_in
        end
    end
    return sy.percent(added, fund.budget_initial), "%"
end }

-- 支付进度率 [M]: 实际支付进度÷既定支付进度
rates.payment_progress = percent_of("payment_progress", "payment_progress_planned")

-- 结转结余率: 结转结余总额÷支出预算数 [M], or ÷本年支出完成数 [F, a published table]
function rates.carry_over(base)
    return percent_of("carry_over", choose("carry_over_base", base, "budget, expenditure",
        { budget = "budget_expenditure", expenditure = "expenditure" }))
end

-- 结转结余变动率 [F, a published table]: (本年累计结转结余−上年)÷上年
rates.carry_over_change = change_of("carry_over", "carry_over_last")

-- 公用经费控制率 [M], “三公经费”控制率 [M]: 实际支出数÷预算安排数
rates.public_funds = percent_of_plan("public_funds", "public_funds_budget")
rates.sangong_control = percent_of_plan("sangong", "sangong_budget")

-- 政府采购执行率 [M]: 实际政府采购金额÷政府采购预算数
rates.procurement = { "procurement", "procurement_budget", compute = function(fund)
    if fund.procurement_budget == 0 and fund.procurement == 0 then
        return sy.not_applicable("本年没有政府采购")
    end
    return sy.percent(fund.procurement, fund.procurement_budget), "%"
end }

-- 新建楼堂馆所面积控制率 [F]: 实际建设面积÷批准建设面积, 投资概算控制率 [M]: 实际投资额÷概算投资额
local function building_rate(part, whole)
    return { part, whole, compute = function(fund)
        if fund[part] == nil and fund.construction == 0 then
            return sy.not_applicable("本年无基建支出，没有此项目")
        end
        return sy.percent(fund[part], fund[whole]), "%"
    end }
end
rates.buildings = building_rate("building_area", "building_area_approved")
rates.investment = building_rate("investment", "investment_approved")

-- 资金结余 [F], an amount
rates.balance = { "balance", compute = function(fund)
    return fund.balance, "元"
end }

-- 固定资产利用率 [M]: 在用固定资产总额÷全部固定资产总额
rates.asset_use = percent_of("assets_in_use", "assets")

-- 职责履行 [M]: 实际完成率, 完成及时率, 质量达标率, 重点工作办结率 are all held against what was planned.
rates.tasks_done = percent_of("tasks_done", "tasks_planned")
rates.tasks_timely = percent_of("tasks_timely", "tasks_planned")
rates.tasks_met = percent_of("tasks_met", "tasks_planned")
rates.key_tasks = percent_of("key_tasks_done", "key_tasks")

return rates
