-- 专项资金 (special_fund): what the special funds of a department share: timeliness of the money, spending against
-- what was allotted, satisfaction, misuse, and doubts about the figures. sme_support, tech_plan,
-- industrialization and soe_separation extend it with their own indicators.
--
-- Where the rules come from: 财预〔2020〕10号 for what it extends. The steps of the satisfaction score are typical for
-- tables after 财预〔2021〕101号; the date by which money must be allotted (end of June) is that of published tables of
-- Yueyang, Hunan; what a late month loses, and the days for payment, are typical settings. Dates and days stand in
-- [targets], thresholds in [parameters].
local sy = require "steelyard"
local checks = require "checks"
local rules = sy.base()

-- 资金下达及时性: the day on which the money was allotted.
rules.measure["output.timeliness.allotted"] = function(fund)
    return fund.allotted_on
end
rules.indicator["output.timeliness.allotted"] = sy.deadline { lose = 0.1, per = "month" }

-- 资金拨付天数: days from allotment to payment; nothing is left at twice the target.
rules.measure["output.timeliness.paid"] = function(fund)
    return fund.paid_on - fund.allotted_on, "天"
end
rules.indicator["output.timeliness.paid"] = sy.reverse { mode = "linear" }

-- 支出占下达指标比率.
rules.measure["output.cost.spending_control"] = function(fund)
    return sy.percent(fund.spent, fund.allotted), "%"
end

-- 满意度: 90%(含)以上满分；80%(含)-90% 得八成；60%(含)-80% 得一半；低于60%不得分.
rules.indicator["satisfaction.*"] = sy.tiers { { 90, 1 }, { 80, 0.8 }, { 60, 0.5 } }

-- 截留、挪用: the grade is at most what [parameters] says.
function rules.adjust(fund)
    if fund.misuse == true and rules.parameters.misuse_cap then
        fund:cap(rules.parameters.misuse_cap, "截留、挪用专项资金")
    end
end

-- The amount in the title of a fund's section against the amount that was allotted, and what the text
-- says about its use.
local function check_amounts(fund, parameters)
    local within = tonumber(parameters.same_within) or 0
    local title, allotted, spent = fund.title_amount, fund.allotted, fund.spent
    checks.same_figure(fund, { zh = "资金数额", en = "the fund's amount" }, title, { zh = "标题金额", en = "the title" },
        allotted, { zh = "下达指标", en = "the allotment" }, within)
    if spent and allotted and spent > allotted + within then
        checks.say(fund, "warning", "overspent", { zh = "支出 %s 大于下达指标 %s",
            en = "%s was spent, more than the %s allotted" }, checks.money(spent), checks.money(allotted))
    end
    if fund.used_in_full == true and spent and allotted and spent < allotted - within then
        checks.say(fund, "warning", "text-differs", { zh = "文中称下达指标 %s 全部使用，支出数却为 %s（%.2f%%）",
            en = "the text says that all of the %s allotted was used, but %s (%.2f%%) was spent" },
            checks.money(allotted), checks.money(spent), spent / allotted * 100)
    end
end

-- Money that arrives late in the year, or is paid before it was allotted.
local function check_dates(fund, parameters)
    local allotted, paid = fund.allotted_on, fund.paid_on
    local month = tonumber(parameters.late_month)
    if allotted and month and allotted >= sy.date(fund.year, month, 1) then
        checks.say(fund, "warning", nil, { zh = "资金下达距年末仅 %.0f 天：项目支出难以及时",
            en = "the money was allotted %.0f days before the year's end: too late to be spent in time" },
            sy.date(fund.year, 12, 31) - allotted)
    end
    if allotted and paid and paid < allotted then
        checks.say(fund, "warning", nil, { zh = "拨付早于下达 %.0f 天：日期有误或先支后拨",
            en = "it was paid %.0f days before it was allotted: a wrong date, or spent first" }, allotted - paid)
    end
end

function rules.check(fund)
    checks.budget(fund)
    check_amounts(fund, rules.parameters)
    check_dates(fund, rules.parameters)
    checks.parts(fund)
    checks.wording(fund)
end

return rules
