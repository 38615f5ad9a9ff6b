-- Worked tests of tech_plan: counts and money in proportion; policies, awards and platforms by judgement.
local test = require "steelyard.test"

local function row(path, target, actual)
    return { indicator = path, target = target, actual = actual }
end
local FULL, PART, NONE = "达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"

test.case("high-tech firms: as planned", row("output.quantity.hightech_firms", "54家", "54家"), { attainment = 1, score = 6 })
test.case("high-tech firms: short", row("output.quantity.hightech_firms", "60家", "54家"), { attainment = 0.9, score = 5.4 })
test.case("transfers: just below 1.3 times", row("output.quantity.transfers", "100项", "129项"),
    { attainment = 1, score = 5, no_finding = "target-too-low" })
test.case("transfers: 1.3 times", row("output.quantity.transfers", "100项", "130项"),
    { attainment = 1, score = 5, finding = "target-too-low" })
test.case("share of firms with research", row("output.quality.rd_firm_share", "≥50%", "45%"), { attainment = 0.9, score = 3.6 })
test.case("research spending in 亿", row("benefit.economic.rd_spending", "13亿元", "104000万元"), { attainment = 0.8, score = 4 })

for _, path in ipairs { "policy_issued", "little_giants", "awards", "platforms" } do
    local of = path == "little_giants" and 2 or 4
    local function judged(words)
        return row("output.quality." .. path, "完成", words)
    end
    test.case(path .. ": first tier", judged(FULL), { attainment = 1, score = of })
    test.case(path .. ": second tier", judged(PART), { attainment = 0.7, score = 0.7 * of })
    test.case(path .. ": third tier", judged(NONE), { attainment = 0.3, score = 0.3 * of })
end
test.case("policies: a number of the judgement",
    { indicator = "output.quality.policy_issued", target = "出台", actual = "已出台", rating = 0.85 }, { attainment = 0.85, score = 3.4 })
test.case("policies: words that say nothing", row("output.quality.policy_issued", "出台", "正在研究"), { status = "unrated" })

-- 财政科技支出增速：高于全省平均，多无数值，按评定；有数值时按指标性质
local GROWTH = "benefit.economic.fiscal_science_growth"
test.case("growth over an average without a figure",
    { indicator = GROWTH, target = "高于全省平均", actual = "60%", rating = FULL }, { attainment = 1, score = 4 })
test.case("growth over an average, in words", row(GROWTH, "高于全省平均", PART), { attainment = 0.7, score = 2.8 })
test.case("growth held against a figure", row(GROWTH, "≥20%", "15%"), { attainment = 0.75, score = 3 })
test.case("growth over an average that nobody judged", row(GROWTH, "高于全省平均", "高于"), { status = "unrated" })

test.case("growth of high-tech industry, planned 1.2 points lower",
    { indicator = "benefit.economic.hightech_growth", actual = "16.2%", excess = "1.2个百分点" },
    { target = 15, attainment = 1, score = 8, finding = "target-derived", no_finding = "target-too-low" }) -- 108 %

local function whole(hightech)
    return { facts = { budget = "172.91万元", spent = "172.91万元", allotted = "172.91万元", allotted_on = "2020-06-01",
            paid_on = "2020-06-02" },
        indicators = { row("output.quantity.hightech_firms", "54家", hightech), row("output.quantity.sme_registered", "40家", "40家"),
            row("output.quantity.rd_firms", "56家", "56家"), row("output.quantity.transfers", "12项", "12项"),
            row("output.quantity.cooperation", "8家", "8家"), row("output.quality.rd_firm_share", "45%", "45%"),
            row("output.quality.policy_issued", "出台", FULL), row("output.quality.little_giants", "申报", PART),
            row("output.quality.awards", "获奖", FULL), row("output.quality.platforms", "认定", NONE),
            row("benefit.economic.rd_spending", "13亿元", "13亿元"), row("benefit.economic.deductible_rd", "6亿元", "6亿元"),
            row("benefit.economic.hightech_growth", "15%", "16.2%"), row("benefit.economic.contract_value", "12亿元", "12亿元"),
            row("benefit.economic.fiscal_science", "1.3亿元", "1.3亿元"), row(GROWTH, "≥20%", "20%"),
            row("satisfaction.enterprises", "≥90%", "79%") } }
end
-- 100 less 2 × 0.3 (小巨人) less 4 × 0.7 (平台) less 10 × 0.5 (满意度) = 91.6
test.case("a fund", whole("54家"), { score = 91.6, grade = "优", coverage = 1, no_finding = "script" })
-- less 6 × 27 ÷ 54
test.case("a fund with half of its firms", whole("27家"), { score = 88.6, grade = "良" })
