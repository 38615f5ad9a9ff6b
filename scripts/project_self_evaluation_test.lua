-- Worked tests of project_self_evaluation: 财预〔2020〕10号's form, graded by sign. The table of a provincial system's
-- production rules (PMKPI) is the model where both say the same; where they do not, the case says so.
local test = require "steelyard.test"

-- 正向 ≥ >：w 分，t 指标值，a 完成值；a ≥ t 得 w，否则 a ÷ t × w，两位小数 ----------------------------
local function at_least(target, actual)
    return { indicator = "output.quantity.events", sign = ">=", target = target, actual = actual, weight = 12 }
end
test.case("positive: met exactly", at_least(80, 80), { attainment = 1, score = 12 })
test.case("positive: just below", at_least(80, 79), { attainment = 0.9875, score = 11.85 }) -- 79 ÷ 80; × 12
test.case("positive: just above", at_least(80, 81), { attainment = 1, score = 12 })
test.case("positive: rounded to a cent", at_least(7, 5), { attainment = 5 / 7, score = 8.57 }) -- 8.5714…
test.case("positive: half a cent goes up", at_least(800, 731), { attainment = 0.91375, score = 10.97 }) -- 10.965
test.case("positive: nothing done", at_least(80, 0), { attainment = 0, score = 0 })
test.case("positive: less than nothing is nothing", at_least(80, -5), { attainment = 0, score = 0 })
test.case("positive: more than, met exactly",
    { indicator = "output.quantity.events", target = ">80场", actual = "80场", weight = 12 },
    { attainment = 1, score = 12 })
test.case("positive: far over is full points, and a doubt",
    at_least(80, 104), { attainment = 1, score = 12, finding = "target-too-low" }) -- 104 ÷ 80 = 1.3
test.case("positive: not so far over", at_least(80, 103), { attainment = 1, no_finding = "target-too-low" })

-- 等于 =：t > 0 与正向相同，超额不扣分；t = 0 时 a ≤ 0 得 w，否则 0 -----------------------------------
local function equal(target, actual)
    return { indicator = "output.quality.checks", sign = "=", target = target, actual = actual, weight = 8 }
end
test.case("equal: met", equal(100, 100), { attainment = 1, score = 8 })
test.case("equal: just below", equal(100, 99), { attainment = 0.99, score = 7.92 })
test.case("equal: over-fulfilment is not punished", equal(100, 105), { attainment = 1, score = 8 })
test.case("equal to 0: none", equal(0, 0), { attainment = 1, score = 8 })
test.case("equal to 0: below", equal(0, -1), { attainment = 1, score = 8 })
test.case("equal to 0: one", equal(0, 1), { attainment = 0, score = 0 })
test.case("a bare 0 is equal to 0",
    { indicator = "output.quality.accidents", target = 0, actual = 1, weight = 8 }, { attainment = 0, score = 0 })

-- 反向 ≤ <：这里按比率 t ÷ a（湖北、济南 [F]）；该系统用线性 2 − a ÷ t，见 special_fund 的资金拨付天数 ----
local function at_most(target, actual)
    return { indicator = "output.timeliness.days", sign = "<=", target = target, actual = actual, weight = 10 }
end
test.case("reverse: at the target", at_most(30, 30), { attainment = 1, score = 10 })
test.case("reverse: just below the target", at_most(30, 29), { attainment = 1, score = 10 })
test.case("reverse: just over the target", at_most(30, 32), { attainment = 0.9375, score = 9.38 }) -- 30 ÷ 32
test.case("reverse: at twice the target", at_most(30, 60), { attainment = 0.5, score = 5 })
test.case("reverse: less than", { indicator = "output.timeliness.days", target = "<30天", actual = "40天", weight = 10 },
    { attainment = 0.75, score = 7.5 })
test.case("reverse: at most 0", at_most(0, 1), { attainment = 0, score = 0 })
test.case("cost without a sign is reverse",
    { indicator = "output.cost.unit", target = "100元", actual = "125元", weight = 10 },
    { attainment = 0.8, score = 8 }) -- [signs] output.cost.* = <=
test.case("cost as a first level, too",
    { indicator = "cost.economic", target = "100元", actual = "200元", weight = 10 }, { attainment = 0.5, score = 5 })
test.case("all else without a sign is positive",
    { indicator = "benefit.economic.income", target = "100元", actual = "125元", weight = 10 },
    { attainment = 1, score = 10 })

-- 区间、日期 --------------------------------------------------------------------------------------------
local function between(actual)
    return { indicator = "output.quality.age", target = "18-54岁", actual = actual, weight = 5 }
end
test.case("between: the lower end is inside", between("18岁"), { attainment = 1, score = 5 })
test.case("between: the upper end is inside", between("54岁"), { attainment = 1, score = 5 })
test.case("between: outside", between("55岁"), { attainment = 0, score = 0 })
test.case("by: on the last day",
    { indicator = "output.timeliness.done", target = "12月底前", actual = "2020-12-31", weight = 5 },
    { attainment = 1, score = 5 })
test.case("by: a day late",
    { indicator = "output.timeliness.done", target = "11月底前", actual = "2020-12-01", weight = 5 },
    { attainment = 0, score = 0 })

-- 定性：[ratings] 的词，或 0 到 1 的数 -----------------------------------------------------------------
local function judged(actual, rating)
    return { indicator = "benefit.social.effect", target = "明显改善", actual = actual, rating = rating, weight = 10 }
end
test.case("first tier", judged("达成预期指标"), { attainment = 1, score = 10 })
test.case("second tier", judged("部分达成预期指标并具有一定效果"), { attainment = 0.7, score = 7 }) -- (0.8 + 0.6) ÷ 2
test.case("third tier", judged("未达成预期指标且效果较差"), { attainment = 0.3, score = 3 }) -- (0.6 + 0) ÷ 2
test.case("a number within the tier", judged("部分达成预期指标并具有一定效果", 0.65), { attainment = 0.65, score = 6.5 })
test.case("a per cent", judged("达成预期指标", "85%"), { attainment = 0.85, score = 8.5 })
test.case("words that are no tier", judged("有所改善"), { status = "unrated" })
test.case("words that repeat the target", judged("明显改善"), { attainment = 1, finding = "actual-repeats-target" })
test.case("a rating of no word", judged("达成预期指标", "较好"), { status = "rejected", finding = "bad-rating" })

-- 不能评的 ----------------------------------------------------------------------------------------------
test.case("no actual", { indicator = "output.quantity.events", target = "≥80场", weight = 12 },
    { status = "missing", score = 0 })
test.case("no target", { indicator = "output.quantity.events", actual = "80场", weight = 12 }, { status = "untargeted" })
test.case("not applicable", { indicator = "output.quantity.events", target = "≥80场", actual = "不适用", weight = 12 },
    { status = "not_applicable" })
test.case("no number", at_least(80, "12..5"), { status = "rejected", finding = "bad-number" })

-- 预算执行率：全年执行数 ÷ 全年预算数 × 10 --------------------------------------------------------------
local function execution(budget, spent)
    return { indicator = "execution.rate", facts = { budget = budget, spent = spent } }
end
test.case("execution", execution("104万元", "91万元"), { actual = 87.5, attainment = 0.875, score = 8.75 }) -- 91 ÷ 104
test.case("execution: all", execution("104万元", "104万元"), { actual = 100, attainment = 1, score = 10, no_finding = "overspent" })
test.case("execution: over 100 per cent earns no more than 10",
    execution("104万元", "104.01万元"), { attainment = 1, score = 10, finding = "overspent" })
test.case("execution: nothing spent", execution("104万元", 0), { actual = 0, attainment = 0, score = 0 })
test.case("execution: no budget does not apply", execution(0, 0), { status = "not_applicable", finding = "zero-budget" })
test.case("execution: spent without a budget",
    execution(0, "5万元"), { status = "not_applicable", finding = { "zero-budget", "overspent" } })
test.case("execution: a budget of 0 and nothing told of spending", execution(0, nil),
    { status = "not_applicable", finding = "zero-budget", no_finding = "overspent" })
test.case("execution: spending is not told", execution("104万元", nil),
    { status = "missing", score = 0, finding = "fact-missing" })
test.case("execution: the budget is not told", execution(nil, "91万元"),
    { status = "missing", score = 0, finding = "fact-missing" })
test.case("execution: only the rate is reported",
    { indicator = "execution.rate", actual = "87.5%" }, { actual = 87.5, score = 8.75, finding = "script" })
test.case("execution: the budget row of a form",
    { level1 = "预算执行", name = "年度资金总额", target = "104万元", actual = "91万元" },
    { indicators = { ["execution.rate"] = { actual = 87.5, score = 8.75 } }, no_finding = "script" })

-- 整张表 ------------------------------------------------------------------------------------------------
local function form(spent, quantity, effect, satisfaction)
    return { facts = { budget = "200万元", spent = spent },
        indicators = {
            { level1 = "产出指标", level2 = "数量指标", name = "培训人次", target = "≥500人次", actual = quantity, weight = 30 },
            { level1 = "产出指标", level2 = "质量指标", name = "合格率", target = "≥95%", actual = "95%", weight = 20 },
            { level1 = "效益指标", level2 = "社会效益", name = "就业带动", target = "明显", actual = effect, weight = 30 },
            { level1 = "满意度指标", level2 = "服务对象满意度", name = "学员满意度", target = "≥90%", actual = satisfaction, weight = 10 },
        } }
end
local FULL, PART, NONE = "达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"
test.case("a whole form: all", form("200万元", "500人次", FULL, "90%"),
    { score = 100, grade = "优", status = "scored", coverage = 1, bounds = { 100, 100 }, no_finding = true })
-- 10 × 0.8 + 30 × 0.9 + 20 + 30 × 0.7 + 10 = 8 + 27 + 20 + 21 + 10
test.case("a whole form: good", form("160万元", "450人次", PART, "90%"), { score = 86, grade = "良" })
-- 4 + 30 + 20 + 21 + 5
test.case("a whole form: at the edge of 良", form("80万元", "500人次", PART, "45%"), { score = 80, grade = "良" })
-- 3.99 + 30 + 20 + 21 + 5
test.case("a whole form: just below 良", form("79.8万元", "500人次", PART, "45%"), { score = 79.99, grade = "中" })
-- 0 + 30 × 0.7 + 20 + 9 + 10
test.case("a whole form: at the edge of 中", form(0, "350人次", NONE, "90%"), { score = 60, grade = "中" })
test.case("a whole form: just below 中", form(0, "349.9人次", NONE, "90%"), { score = 59.99, grade = "差" })
-- 10 + 30 + 20 + 30 × 0.7 + 9: at the edge of 优
test.case("a whole form: at the edge of 优", form("200万元", "500人次", PART, "81%"), { score = 90, grade = "优" })
test.case("a whole form: just below 优", form("199.8万元", "500人次", PART, "81%"), { score = 89.99, grade = "良" })
test.case("weights that do not add up have no grade",
    { facts = { budget = "200万元", spent = "200万元" },
      indicators = { { indicator = "output.quantity.a", target = "≥1", actual = 1, weight = 49 },
                     { indicator = "benefit.social.b", target = "≥1", actual = 1, weight = 30 },
                     { indicator = "satisfaction.c", target = "≥90%", actual = "90%", weight = 10 } } },
    { grade = false, finding = "level-sum" })
