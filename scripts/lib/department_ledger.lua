-- department_ledger.lua - doubts about a department's budget and final accounts: does the table add up, does
-- the text say what the table says, do the reasons explain the difference. Used by department.lua.
--
-- One figure is told in up to three places, and each telling is a fact of its own: NAME in the final-accounts
-- table, NAME_text in the overview, NAME_reason in the explanation of differences.
local checks = require "checks"
local ledger = {}

local FIGURES = {
    { "income", { zh = "总收入", en = "total income" } },
    { "income_fiscal", { zh = "财政拨款收入", en = "fiscal appropriation" } },
    { "income_other", { zh = "其他收入", en = "other income" } },
    { "expenditure", { zh = "总支出", en = "total expenditure" } },
}
local TEXT = { zh = "正文", en = "the text" }
local REASON = { zh = "差异原因", en = "the reasons" }
local ACCOUNTS = { zh = "决算表", en = "the accounts" }
local say = checks.say

local function check_figures(fund, within)
    local facts = fund.facts
    for _, figure in ipairs(FIGURES) do
        local fact, name = figure[1], figure[2]
        checks.same_figure(fund, name, facts[fact .. "_text"], TEXT, facts[fact], ACCOUNTS, within)
        checks.same_figure(fund, name, facts[fact .. "_reason"], REASON, facts[fact], ACCOUNTS, within)
    end
    checks.same_figure(fund, { zh = "年初预算", en = "initial budget" }, facts.budget_initial, TEXT, facts.budget_income,
        { zh = "决算表预算数", en = "the accounts' budget" }, within)
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
    checks.rate(fund, { zh = "收入", en = "income" }, fund.income, fund.budget_income, fund.income_change_rate)
    checks.rate(fund, { zh = "支出", en = "expenditure" }, fund.expenditure, fund.budget_expenditure, fund.expenditure_change_rate)
    checks.rate(fund, { zh = "一般公共服务支出", en = "general public services" }, fund.exp_general, fund.budget_general,
        fund.exp_general_change_rate)
    checks.rate(fund, { zh = "科学技术支出", en = "science and technology" }, fund.exp_science, fund.budget_science,
        fund.exp_science_change_rate)
end

local function check_wholes(fund, within)
    local total, project = { zh = "总支出", en = "total expenditure" }, { zh = "项目支出", en = "project spending" }
    checks.part(fund, { zh = "三公经费", en = "the three public expenses (三公)" }, fund.sangong,
        { zh = "公用经费", en = "public funds" }, fund.public_funds, within)
    checks.part(fund, { zh = "基本支出", en = "basic spending" }, fund.basic, total, fund.expenditure, within)
    checks.part(fund, project, fund.project, total, fund.expenditure, within)
    checks.part(fund, { zh = "重点项目支出", en = "spending on key projects" }, fund.key_projects, project, fund.project, within)
end

-- The table's own balance: spending beyond the income that the table shows, and what it leaves at the end
-- of the year against the balance that the text states.
local function check_balance(fund, within)
    local income, expenditure = fund.income, fund.expenditure
    if not income or not expenditure then
        return
    end
    if expenditure > income then
        say(fund, "warning", "overspent", { zh = "决算表支出 %.2f 元大于收入 %.2f 元，差 %.2f 元",
            en = "the accounts show %.2f元 spent and %.2f元 received, %.2f元 less" }, expenditure, income,
            expenditure - income)
    end
    local fiscal, other, balance = fund.income_fiscal, fund.income_other, fund.balance
    if fiscal and other and balance then
        local left = fiscal + other - expenditure
        if math.abs(left - balance) > within then
            say(fund, "warning", "sum-mismatch", { zh = "正文年末结余 %.2f 元，决算表各项收入减支出为 %.2f 元",
                en = "a balance of %.2f元 in the text, %.2f元 by the accounts' income less expenditure" }, balance, left)
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
            say(fund, "warning", "sum-mismatch", { zh = "收入比预算增加 %s，所列原因合计 %s，相差 %s 未说明",
                en = "income is %s over the budget, the reasons add up to %s: %s is not explained" },
                checks.money(income - budget), checks.money(told), checks.money(math.abs(income - budget - told)))
        end
    end
    local spent, planned, operating = fund.expenditure, fund.budget_expenditure, fund.operating_reason
    if spent and planned and operating and personnel then
        local told = operating - personnel
        if math.abs(spent - planned - told) > 2 * within then
            say(fund, "warning", "sum-mismatch", { zh = "支出比预算增加 %s，所列原因合计 %s",
                en = "expenditure is %s over the budget, the reasons add up to %s" }, checks.money(spent - planned),
                checks.money(told))
        end
    end
end

local function check_staff(fund)
    local staff, quota, reduced = fund.staff, fund.staff_quota, fund.staff_reduced
    if staff and quota and reduced and staff + reduced > quota then
        say(fund, "note", nil, { zh = "减少 %.0f 人之前在职 %.0f 人，超过现编制 %.0f 人：请说明编制是否调整",
            en = "before %.0f left there were %.0f, over today's quota of %.0f: say whether the quota was changed" },
            reduced, staff + reduced, quota)
    end
end

-- 增减 is no direction: without last year's figure the rate cannot be checked.
local function check_direction(fund, name, text)
    if type(text) == "string" and text:find("增减", 1, true) then
        say(fund, "warning", nil, { zh = "%s变动写作“%s”，未说明是增加还是减少",
            en = "the change of %s is written “%s”: more or less is not said" }, name, text)
    end
end

-- How much of the project spending has a performance section of its own.
local function check_evaluated(fund, percent)
    local evaluated, project = fund.evaluated_projects, fund.project
    if percent and evaluated and project and project > 0 and evaluated * 100 < project * percent then
        say(fund, "warning", nil, { zh = "项目支出 %s 中，有绩效说明的项目为 %s（%.1f%%），其余 %s 未评价",
            en = "of the %s spent on projects, %s (%.1f%%) has a performance section; %s is not evaluated" },
            checks.money(project), checks.money(evaluated), evaluated / project * 100,
            checks.money(project - evaluated))
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
    check_direction(fund, { zh = "三公经费", en = "the three public expenses (三公)" }, fund.sangong_change_text)
    check_direction(fund, { zh = "公用经费", en = "public funds" }, fund.public_funds_change_text)
    check_evaluated(fund, tonumber(parameters.evaluated_share))
end

return ledger
