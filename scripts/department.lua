-- 部门整体支出 (department): the whole expenditure of a department, after the indicator tables that Hunan
-- departments publish (省级办法：湘财绩〔2020〕7号). Names and formulas are those of 财预〔2013〕53号
-- 《预算绩效评价共性指标体系框架》, annex 2, as those tables carry them.
--
-- [F] marks a rule whose wording stands in a published table (four Hunan departmental tables of 2017 and 2018,
-- two of Yueyang); [M] one that is typical and not confirmed: configuration, not a quotation. Rules are written with
-- the points of the table they come from (`of`); what an indicator weighs here stands in department.ini.
-- Steps are whole steps: a published 99.27 % under "每低于5%扣2分" kept all its points.
--
-- Indicators of input and process are computed from facts. What a department achieved (output, benefit) comes
-- with its own indicators and is graded by sign.
local sy = require "steelyard"
local checks = require "checks"
local ledger = require "department_ledger"
local rules = sy.rules { api = 1 }

-- 投入 --------------------------------------------------------------------------------------------------

-- [F] 以100%为标准，≤100%计满分，每超过一个百分点扣0.5分，扣完为止
rules.measure["input.staff_control"] = function(fund)
    return sy.percent(fund.staff, fund.staff_quota), "%"
end
rules.indicator["input.staff_control"] = sy.deduct { of = 5, from = 100, per = 1, lose = 0.5 }

-- [F] ≤0计满分，每超过一个百分点扣0.5分。On budget figures, as three of the four tables have it.
rules.measure["input.sangong_change"] = function(fund)
    local last = fund.sangong_budget_last
    if last == nil and fund.previous then
        last = fund.previous.sangong_budget
    end
    local now = fund.sangong_budget
    if now == 0 and last == 0 then
        return 0, "%"
    end
    return sy.percent(now - last, last), "%"
end
rules.indicator["input.sangong_change"] = sy.deduct { of = 5, from = 0, per = 1, lose = 0.5 }

-- [F] ≥90% 5分；80%(含)-90% 4分；70%(含)-80% 3分；60%(含)-70% 2分；低于60%不得分. Formula [M]: 重点项目支出÷项目总支出
rules.measure["input.key_spending"] = function(fund)
    return sy.percent(fund.key_projects, fund.project), "%"
end
rules.indicator["input.key_spending"] = sy.tiers { of = 5, { 90, 5 }, { 80, 4 }, { 70, 3 }, { 60, 2 } }

-- 过程：预算执行 ----------------------------------------------------------------------------------------

-- [F] (上年结转+年初预算+本年追加−年末结余)÷(上年结转+年初预算+本年追加)；100%计满分，每低于5%扣2分. Where the
-- fund tells 总指标 (funds_total), that is the sum in the denominator.
rules.measure["process.budget_completion"] = function(fund)
    local total = fund.funds_total
    if total == nil then
        total = fund.carry_in + fund.budget_initial + fund.budget_added
    end
    return sy.percent(total - fund.balance, total), "%"
end
rules.indicator["process.budget_completion"] =
    sy.deduct { of = 5, from = 100, per = 5, lose = 2, when = "below" }

-- [F] 本年追加预算÷年初预算；=0 5分；0-10%(含) 4分；10-20%(含) 3分；20-30%(含) 2分；大于30%不得分. Without 追加 it
-- is 总指标 less 年初预算 and, where told, 上年结转.
rules.measure["process.budget_control"] = function(fund)
    local added = fund.budget_added
    if added == nil then
        added = fund.funds_total - fund.budget_initial
        if fund.carry_in ~= nil then
            added = added - fund.carry_in
        end
    end
    return sy.percent(added, fund.budget_initial), "%"
end
rules.indicator["process.budget_control"] =
    sy.tiers { of = 5, edge = "upper", { 0, 5 }, { 10, 4 }, { 20, 3 }, { 30, 2 } }

-- [M] 实际支出公用经费÷预算安排公用经费；≤100%计满分，每超过1%扣1分（8分制）
rules.measure["process.public_funds"] = function(fund)
    return sy.percent(fund.public_funds, fund.public_funds_budget), "%"
end
rules.indicator["process.public_funds"] = sy.deduct { of = 8, from = 100, per = 1, lose = 1 }

-- [F] “三公经费”实际支出数÷预算安排数；≤100%计满分，每超过一个百分点扣1分（6分制）
rules.measure["process.sangong_control"] = function(fund)
    if fund.sangong == 0 and fund.sangong_budget == 0 then
        return 0, "%"
    end
    return sy.percent(fund.sangong, fund.sangong_budget), "%"
end
rules.indicator["process.sangong_control"] = sy.deduct { of = 6, from = 100, per = 1, lose = 1 }

-- [M] 实际政府采购金额÷政府采购预算数；100%计满分，每偏离5%扣2分（6分制）
rules.measure["process.procurement"] = function(fund)
    return sy.percent(fund.procurement, fund.procurement_budget), "%"
end
rules.indicator["process.procurement"] = sy.deduct { of = 6, from = 100, per = 5, lose = 2, when = "either" }

-- [F] 实际建设面积÷批准建设面积；≤100%计满分，每超出5%扣2分；无此项目计满分
rules.measure["process.buildings"] = function(fund)
    if fund.building_area == nil and fund.construction == 0 then
        return sy.not_applicable("本年无基建支出，没有此项目")
    end
    return sy.percent(fund.building_area, fund.building_area_approved), "%"
end
rules.indicator["process.buildings"] =
    sy.deduct { of = 5, from = 100, per = 5, lose = 2, not_applicable = 1 }

-- 过程：预算管理 ----------------------------------------------------------------------------------------

-- [F] three sub-points of 1 each; their wording is [M]
rules.indicator["process.management"] = sy.checklist {
    { "①已制定预算资金、内部财务、会计核算等管理制度", 1 },
    { "②管理制度合法、合规、完整", 1 },
    { "③管理制度得到有效执行", 1 },
}

-- [F] 每发现一处不合规扣1分（3分制）
rules.indicator["process.compliance"] = sy.violations { of = 3, lose = 1 }

-- [M] five sub-points of 1 each
rules.indicator["process.disclosure"] = sy.checklist {
    { "①按规定内容公开预决算信息", 1 },
    { "②按规定时限公开预决算信息", 1 },
    { "③基础数据信息和会计信息资料真实", 1 },
    { "④基础数据信息和会计信息资料完整", 1 },
    { "⑤基础数据信息和会计信息资料准确", 1 },
}

-- 效果 --------------------------------------------------------------------------------------------------

-- [M] ≥95% 6分；85%(含)-95% 4分；75%(含)-85% 2分；低于75%不得分
rules.indicator["satisfaction.*"] = sy.tiers { of = 6, { 95, 6 }, { 85, 4 }, { 75, 2 } }

-- [M] 截留、挪用: the grade is at most what [parameters] says.
function rules.adjust(fund)
    if fund.misuse == true and rules.parameters.misuse_cap then
        fund:cap(rules.parameters.misuse_cap, "截留、挪用财政资金")
    end
end

function rules.check(fund)
    ledger.check(fund, rules.parameters)
    checks.parts(fund)
    checks.wording(fund)
end

return rules
