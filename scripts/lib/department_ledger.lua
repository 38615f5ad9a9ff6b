-- department_ledger.lua - doubts about a department's budget and final accounts: does the table add up, does
-- the text say what the table says, do the reasons explain the difference. Used by department.lua.
--
-- One figure is told in up to three places, and each telling is a fact of its own: NAME in the final-accounts
-- table, NAME_text in the overview, NAME_reason in the explanation of differences.
local checks = require "checks"
local ledger = {}

local FIGURES = {
    { "income", "总收入" },
    { "income_fiscal", "财政拨款收入" },
    { "income_other", "其他收入" },
    { "expenditure", "总支出" },
}

local function check_figures(fund, within)
    local facts = fund.facts
    for _, figure in ipairs(FIGURES) do
        local fact, name = figure[1], figure[2]
        checks.same_figure(fund, name, facts[fact .. "_text"], "正文", facts[fact], "决算表", within)
        checks.same_figure(fund, name, facts[fact .. "_reason"], "差异原因", facts[fact], "决算表", within)
    end
    checks.same_figure(fund, "年初预算", facts.budget_initial, "正文", facts.budget_income, "决算表预算数", within)
end

-- Totals and components: to the cent in the table, to the last digit of 万元 in the text.
local function check_sums(fund, within)
    checks.sum(fund, "income", { "income_fiscal", "income_other" }, 0.01)
    checks.sum(fund, "income", { "budget_income", "income_change" }, 0.01)
    checks.sum(fund, "expenditure", { "budget_expenditure", "expenditure_change" }, 0.01)
    checks.sum(fund, "expenditure", { "exp_general", "exp_education", "exp_science", "exp_resources" }, 0.01)
    checks.sum(fund, "budget_expenditure", { "budget_general", "budget_science" }, 0.01)
    checks.sum(fund, "exp_general", { "budget_general", "exp_general_change" }, 0.01)
    checks.sum(fund, "exp_science", { "budget_science", "exp_science_change" }, 0.01)
    checks.sum(fund, "expenditure_text", { "project", "basic" }, within)
    checks.sum(fund, "basic", { "personnel", "public_funds" }, within)
    checks.sum(fund, "sangong", { "vehicles", "reception", "abroad" }, within)
    checks.sum(fund, "staff_quota", { "staff_quota_admin", "staff_quota_institution" }, 0)
end

local function check_rates(fund)
    checks.rate(fund, "收入", fund.income, fund.budget_income, fund.income_change_rate)
    checks.rate(fund, "支出", fund.expenditure, fund.budget_expenditure, fund.expenditure_change_rate)
    checks.rate(fund, "一般公共服务支出", fund.exp_general, fund.budget_general, fund.exp_general_change_rate)
    checks.rate(fund, "科学技术支出", fund.exp_science, fund.budget_science, fund.exp_science_change_rate)
end

local function check_wholes(fund, within)
    checks.part(fund, "三公经费", fund.sangong, "公用经费", fund.public_funds, within)
    checks.part(fund, "基本支出", fund.basic, "总支出", fund.expenditure, within)
    checks.part(fund, "项目支出", fund.project, "总支出", fund.expenditure, within)
    checks.part(fund, "重点项目支出", fund.key_projects, "项目支出", fund.project, within)
end

-- The table's own balance: spending beyond the income that the table shows, and what it leaves at the end
-- of the year against the balance that the text states.
local function check_balance(fund, within)
    local income, expenditure = fund.income, fund.expenditure
    if not income or not expenditure then
        return
    end
    if expenditure > income then
        fund:finding("warning", string.format("决算表支出 %.2f 元大于收入 %.2f 元，差 %.2f 元", expenditure, income,
            expenditure - income), "overspent")
    end
    local fiscal, other, balance = fund.income_fiscal, fund.income_other, fund.balance
    if fiscal and other and balance then
        local left = fiscal + other - expenditure
        if math.abs(left - balance) > within then
            fund:finding("warning", string.format("正文年末结余 %.2f 元，决算表各项收入减支出为 %.2f 元", balance, left),
                "sum-mismatch")
        end
    end
end

-- A difference between accounts and budget against the reasons that are given with an amount.
local function check_reasons(fund, within)
    local income, budget = fund.income, fund.budget_income
    local transfers, other, personnel = fund.transfers_reason, fund.income_other, fund.personnel_reason
    if income and budget and transfers and personnel then
        local told = transfers + (other or 0) - personnel
        if math.abs(income - budget - told) > 3 * within then
            fund:finding("warning", string.format("收入比预算增加 %s，所列原因合计 %s，相差 %s 未说明",
                checks.money(income - budget), checks.money(told),
                checks.money(math.abs(income - budget - told))), "sum-mismatch")
        end
    end
    local spent, planned, operating = fund.expenditure, fund.budget_expenditure, fund.operating_reason
    if spent and planned and operating and personnel then
        local told = operating - personnel
        if math.abs(spent - planned - told) > 2 * within then
            fund:finding("warning", string.format("支出比预算增加 %s，所列原因合计 %s", checks.money(spent - planned),
                checks.money(told)), "sum-mismatch")
        end
    end
end

local function check_staff(fund)
    local staff, quota, reduced = fund.staff, fund.staff_quota, fund.staff_reduced
    if staff and quota and reduced and staff + reduced > quota then
        fund:finding("note", string.format("减少 %.0f 人之前在职 %.0f 人，超过现编制 %.0f 人：请说明编制是否调整", reduced,
            staff + reduced, quota))
    end
end

-- 增减 is no direction: without last year's figure the rate cannot be checked.
local function check_direction(fund, name, text)
    if type(text) == "string" and text:find("增减", 1, true) then
        fund:finding("warning", string.format("%s变动写作“%s”，未说明是增加还是减少", name, text))
    end
end

-- How much of the project spending has a performance section of its own.
local function check_evaluated(fund, percent)
    local evaluated, project = fund.evaluated_projects, fund.project
    if percent and evaluated and project and project > 0 and evaluated * 100 < project * percent then
        fund:finding("warning", string.format("项目支出 %s 中，有绩效说明的项目为 %s（%.1f%%），其余 %s 未评价",
            checks.money(project), checks.money(evaluated), evaluated / project * 100,
            checks.money(project - evaluated)))
    end
end

function ledger.check(fund, parameters)
    local within = tonumber(parameters.same_within) or 0
    check_figures(fund, within)
    check_sums(fund, within)
    check_rates(fund)
    check_wholes(fund, within)
    check_balance(fund, within)
    check_reasons(fund, within)
    check_staff(fund)
    check_direction(fund, "三公经费", fund.sangong_change_text)
    check_direction(fund, "公用经费", fund.public_funds_change_text)
    check_evaluated(fund, tonumber(parameters.evaluated_share))
end

return ledger
