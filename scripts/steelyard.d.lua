---@meta steelyard
-- Types of the rule API for editors with a Lua language server: it completes and checks what scripts write. Made of
-- engine/rule/rules.def and api.def by `./dev docs`; never loaded. 供编辑器补全和检查用，由上述文件生成，不被载入。

---@alias steelyard.grade fun(i: steelyard.indicator, fund: steelyard.fund): number?, string?
---@alias steelyard.measure fun(fund: steelyard.fund): any, string?
---@alias steelyard.adjust fun(fund: steelyard.fund)
---@alias steelyard.check fun(fund: steelyard.fund)

---@class steelyard.not_applicable

---A rule; called, it gives an attainment and its reason. 规则；调用它得到得分系数和理由。
---@class steelyard.rule
---@overload fun(i: steelyard.indicator, fund: steelyard.fund): number?, string?

---@class steelyard.rules
---@field indicator table<string, steelyard.rule|steelyard.grade> rules by path or pattern; `*` stands for any run of characters 各指标的规则，按路径或通配；`*` 代表任意一串字符
---@field measure table<string, steelyard.measure> actuals that are computed, not reported: `function(fund)` gives the value and its unit, or nil and a reason 由脚本计算的实际完成值：`function(fund)` 返回数值和单位，或 nil 和原因
---@field target table<string, steelyard.measure> targets that are computed, as `measure` computes actuals 由脚本计算的指标值，写法同 `measure`
---@field adjust steelyard.adjust points, a cap or a veto for the whole fund, after the indicators 各指标计分之后，对整个评价对象加减分、限等级、一票否决
---@field check steelyard.check doubts about the data; changes no score 查数据疑点，不改变得分
---@field parameters table<string, number|string> `[parameters]` of the type and year: numbers as numbers, the rest as text; read-only 本类型、本年度的 `[parameters]`：数为数，其余为文字；只读

---@class steelyard.indicator
---@field path string the path: `output.quantity.events` 路径：`output.quantity.events`
---@field name string? the label 三级指标名称
---@field sign string? one of `>=` `>` `=` `<` `<=` `between` `by` `qualitative` 指标性质：`>=` `>` `=` `<` `<=` `between` `by` `qualitative` 之一
---@field target any a number in `i.unit`, a date, a text; a range is `{lo, hi}` 指标值：数（单位为 `i.unit`）、日期、文字；区间为 `{lo, hi}`
---@field actual any a number in `i.unit`, the target's; a date, a text 实际完成值：数（单位为 `i.unit`，同指标值）、日期、文字
---@field unit string? the target's unit 指标值的计量单位
---@field weight number? its points 分值
---@field rating any the judgement: its attainment, or the word 评定档次：其得分系数，或原词
---@field claimed number? points that the unit gave itself 自评得分
---@field note string? the reason given for a deviation 偏差原因
---@field previous any last year's actual; nil: none 上年实际完成值；没有为 nil
---@field score number? its points; in `adjust` and `check` alone 得分；只在 `adjust`、`check` 里有
---@field status string? `scored`, `missing`, `untargeted`, …; in `adjust` and `check` alone 状态：`scored`、`missing`、`untargeted` 等；只在 `adjust`、`check` 里有

---@class steelyard.fund
---@field id string its name in the data 数据里的代号
---@field name string? its title 名称
---@field type string? its type 项目类型
---@field year integer the year 年度
---@field department string? its department 部门
---@field part_of string? the fund that contains this one 所属的评价对象
---@field claimed number? the total that the unit gave itself 自评总分
---@field score number? the score so far; in `adjust` alone 调整前的得分；只在 `adjust` 里有
---@field facts table<string, any> facts by name, also where a name is no word of Lua or that of a field: `fund.facts["编制数"]`; nil: lacks it 按名称取基础数据，名称不是 Lua 变量名或与字段同名时用：`fund.facts["编制数"]`；没有为 nil
---@field previous steelyard.fund? the same fund in the year before 上一年的同一评价对象
---@field indicators table<string, steelyard.indicator> indicators by path; `pairs` goes through them in the order of the data 按路径取指标；`pairs` 按数据次序遍历
---@field [string] any a fact: money in 元, per cent as 45 for 45 % 基础数据：金额以元计，45% 为 45
local fund = {}

---adds points to the score; in `adjust` alone
---加分；只用于 `adjust`
---@param points number
---@param reason? string
function fund:add(points, reason) end

---takes points off, 0 or more; in `adjust` alone
---减分，0 或以上；只用于 `adjust`
---@param points number
---@param reason? string
function fund:deduct(points, reason) end

---the grade is at most that; in `adjust` alone
---等级最高为此；只用于 `adjust`
---@param grade string
---@param reason? string
function fund:cap(grade, reason) end

---the score is 0（一票否决）; in `adjust` alone
---一票否决，得 0 分；只用于 `adjust`
---@param reason? string
function fund:veto(reason) end

---a finding; the text, or one for each language; its code is `script` unless given: one of `sum-mismatch` `parts-over-whole` `text-differs` `unit-slip` `overspent` `zero-budget`
---提出疑点；文字一种，或中英各一；代码默认 `script`，也可为 `sum-mismatch` `parts-over-whole` `text-differs` `unit-slip` `overspent` `zero-budget`
---@param severity "note"|"warning"|"error"
---@param text string|{ zh?: string, en?: string }
---@param code? string
function fund:finding(severity, text, code) end

---whether the facts `parts` add up to the fact `total`, within so much; finding `sum-mismatch` where not
---基础数据 `parts` 之和与 `total` 相差是否不超过 `within`；超过则提出 `sum-mismatch`
---@param total string
---@param parts string[]
---@param within? number
---@return boolean
function fund:expect_sum(total, parts, within) end

---@class steelyard.date
---@field year integer the year 年
---@field month integer the month, 1 to 12 月，1 到 12
---@field day integer the day, 1 to 31 日，1 到 31
---@operator sub(steelyard.date): integer
---@operator sub(integer): steelyard.date
---@operator add(integer): steelyard.date

---@class steelyard
local sy = {}

---an empty set of rules, which the script fills and returns
---一套空的规则，由脚本填写并返回
---@param options { api: 1 }
---@return steelyard.rules
function sy.rules(options) end

---the rules of the layer below: of the type that this one `extends`, or the installed script of the same type; change some and return them
---下一层的规则：本类型 `extends` 的类型，或安装的同名脚本；改其中几条再返回
---@return steelyard.rules
function sy.base() end

---100 × a ÷ b; nil where one is nil or b is 0
---100 × a ÷ b；有一个是 nil 或 b 为 0 时为 nil
---@param a number?
---@param b number?
---@return number?
function sy.percent(a, b) end

---a measure's answer where the indicator does not apply
---指标不适用时，measure 返回它
---@param reason? string
---@return steelyard.not_applicable
function sy.not_applicable(reason) end

---a date; dates compare, and the difference of two is days
---日期；日期可比较，相减得天数
---@param year integer
---@param month integer
---@param day integer
---@return steelyard.date
function sy.date(year, month, day) end

---@class steelyard.options
---@field missing? number attainment where there is no actual 无实际完成值时的得分系数 (0..1)
---@field not_applicable? number attainment where the indicator does not apply (无此项满分: 1) 指标不适用时的得分系数（无此项满分：1） (0..1)

---@class steelyard.options.by_sign: steelyard.options

---按指标性质: `sy.by_sign{}`
---
---by the target's sign: `>=` `>` as completion; `<=` `<` as reverse; `=` with t = 0: 1 if a ≤ 0, else 0, otherwise as completion; `between`: 1 inside, both ends included, else 0; `by`: 1 in time, else 0; text as rating
---
---按指标值的符号：`>=` `>` 同完成比率；`<=` `<` 同反向；`=` 且 t = 0：a ≤ 0 为 1，否则为 0，其余同完成比率；`between`：含两端在内为 1，否则为 0；`by`：按时为 1，否则为 0；文字按评定
---
---    sy.by_sign{}  -- ≥80, 60 → 0.75
---    sy.by_sign{}  -- ≤80, 100 → 0.8
---
---Source: 财预〔2020〕10号 (self-evaluation): numbers in proportion to completion, words by band; `=` with a target of 0 as in a provincial budget performance system
---依据：财预〔2020〕10号（单位自评）：定量指标按完成比例记分，定性指标分档评定；指标值为 0 的 `=` 依某省预算绩效系统的做法
---@param options steelyard.options.by_sign
---@return steelyard.rule
function sy.by_sign(options) end

---@class steelyard.options.completion: steelyard.options
---@field pass? number the ratio below which nothing is earned 及格线，完成比率低于此不得分 (0..1; = [parameters] pass, 0)
---@field over? number the ratio from which the target is doubted; 0: never 完成比率达到此数即疑指标值偏低；0 为不提示 (≥ 0; = [parameters] over, 1.3)

---完成比率: `sy.completion{ pass = 0, over = 1.3 }`
---
---1 if a ≥ t; else a ÷ t where t > 0, at least 0, and 0 below `pass`; else 0. Where a ÷ t reaches `over`: finding `target-too-low`
---
---a ≥ t 为 1；否则 t > 0 时为 a ÷ t，不低于 0，低于 `pass` 为 0；其余为 0。a ÷ t 达到 `over` 时提示 `target-too-low`
---
---    sy.completion{}  -- 7000条次, 6300条次 → 0.9
---    sy.completion{ pass = 0.6 }  -- 100, 59 → 0
---
---Source: 财预〔2020〕10号: below the target, points in proportion to completion; `over`: it asks for a reason far above the target and gives no figure, systems in use take 120 % or 130 %; `pass`: general practice under 财预〔2021〕101号
---依据：财预〔2020〕10号：未达到指标值的按完成比例记分；`over`：远超指标值须说明原因，办法未定数值，各地系统取 120% 或 130%；`pass`：及格门槛，财预〔2021〕101号下的通行做法
---@param options steelyard.options.completion
---@return steelyard.rule
function sy.completion(options) end

---@class steelyard.options.reverse: steelyard.options
---@field mode? "ratio"|"linear" what an actual over the target earns 超过指标值时的算法 (= [parameters] reverse, "ratio")

---反向: `sy.reverse{ mode = "ratio" }`
---
---1 if a ≤ t; else, where t > 0, `"ratio"`: t ÷ a, `"linear"`: 2 − a ÷ t, at least 0; else 0
---
---a ≤ t 为 1；否则 t > 0 时，`"ratio"` 为 t ÷ a，`"linear"` 为 2 − a ÷ t，不低于 0；其余为 0
---
---    sy.reverse{}  -- 100, 125 → 0.8
---    sy.reverse{ mode = "linear" }  -- 100, 125 → 0.75
---
---Source: 财预〔2020〕10号 does not spell it out; `"ratio"`: published tables of Hubei and Jinan, `"linear"`: a provincial budget performance system
---依据：财预〔2020〕10号未细说；`"ratio"` 见湖北、济南公开的自评表，`"linear"` 为某省预算绩效系统的算法
---@param options steelyard.options.reverse
---@return steelyard.rule
function sy.reverse(options) end

---@class steelyard.options.between: steelyard.options
---@field lo number the lower end 下限
---@field hi number the upper end, at least `lo` 上限，不小于 `lo`
---@field width? number how far outside 0 is reached 区间外降到 0 的距离 (≥ 0; = 0)

---区间: `sy.between{ lo, hi, width = 0 }`
---
---1 from `lo` to `hi`, both included; outside 1 − distance ÷ `width`, at least 0; with `width` = 0: 0
---
---从 `lo` 到 `hi`（含两端）为 1；区间外为 1 − 距离 ÷ `width`，不低于 0；`width` = 0 时为 0
---
---    sy.between{ lo = 90, hi = 110, width = 20 }  -- 115 → 0.75
---    sy.between{ lo = 90, hi = 110 }  -- 110 → 1
---
---Source: general practice for neutral indicators（适度指标）; no regulation prints the width
---依据：适度指标的通行做法；文件未规定降到 0 的距离
---@param options steelyard.options.between
---@return steelyard.rule
function sy.between(options) end

---@class steelyard.options.tiers: steelyard.options
---@field of? number the full points 满分 (> 0; = 1)
---@field edge? "lower"|"upper" which end of its band a bound is 界值是本档的下限还是上限 (= "lower")
---@field [integer] number[] points from 0 to `of`; in any order, no bound twice 分值从 0 到 `of`；次序不限，界值不重复

---分段: `sy.tiers{ of = 1, edge = "lower", {bound, points}, … }`
---
---`"lower"`: points of the highest bound with bound ≤ a; `"upper"`: of the lowest bound with bound ≥ a; none: 0. A bound belongs to its own band（含）
---
---`"lower"`：取不大于 a 的最高一档；`"upper"`：取不小于 a 的最低一档；都不在为 0。界值属本档（含）
---
---    sy.tiers{ of = 5, {90, 5}, {80, 4}, {70, 3}, {60, 2} }  -- 80% → 0.8
---    sy.tiers{ of = 5, edge = "upper", {0, 5}, {10, 4}, {20, 3}, {30, 2} }  -- 12 → 0.6
---
---Source: published departmental tables of Hunan: 重点支出安排率, 预算控制率; satisfaction in bands is general practice under 财预〔2021〕101号
---依据：湖南省公开的部门整体支出评价表：重点支出安排率、预算控制率；满意度分段为财预〔2021〕101号下的通行做法
---@param options steelyard.options.tiers
---@return steelyard.rule
function sy.tiers(options) end

---@class steelyard.options.deduct: steelyard.options
---@field of? number the full points 满分 (> 0; = 1)
---@field from number where deducting begins 起扣点
---@field per number the size of a step 每步大小 (> 0)
---@field lose number points that a step costs 每步扣分 (≥ 0)
---@field steps? "floor"|"ceil"|"prorata" whole steps, steps begun, or as it is 只计整步、不足一步按一步、按比例 (= "floor")
---@field when? "above"|"below"|"either" the side of `from` that costs points 在 `from` 的哪一侧扣分 (= "above")

---扣分: `sy.deduct{ of = 1, from, per, lose, steps = "floor", when = "above" }`
---
---(`of` − `lose` × steps) ÷ `of`, at least 0; steps: the distance of a from `from` on the side that `when` names, divided by `per`
---
---(`of` − `lose` × 步数) ÷ `of`，不低于 0；步数为 a 在 `when` 一侧偏离 `from` 的距离除以 `per`
---
---    sy.deduct{ of = 5, from = 100, per = 1, lose = 0.5 }  -- 108.7% → 0.2
---    sy.deduct{ of = 5, from = 100, per = 1, lose = 0.5, steps = "ceil" }  -- 108.7% → 0.1
---    sy.deduct{ of = 5, from = 100, per = 1, lose = 0.5, steps = "prorata" }  -- 108.7% → 0.13
---    sy.deduct{ of = 5, from = 100, per = 5, lose = 2, when = "below" }  -- 99.27% → 1
---
---Source: published departmental tables of Hunan: 每超过一个百分点扣0.5分，扣完为止; whole steps alone, as a filled-in table of 2018 has it
---依据：湖南省公开的部门整体支出评价表：“每超过一个百分点扣0.5分，扣完为止”；只扣整步，依 2018 年一份已填报的表
---@param options steelyard.options.deduct
---@return steelyard.rule
function sy.deduct(options) end

---@class steelyard.options.checklist: steelyard.options
---@field of? number the number of items; beside a list, its full points 要素个数；列出要素时为满分 (> 0)
---@field [integer] (string|number)[] an item, which may begin with its mark; 1 point unless given 要素，可以序号开头；不写分值为 1 分

---要素计数: `sy.checklist{ of = n }` or `sy.checklist{ {"①…", 2}, … }`
---
---items met ÷ n; with a list, points of the items met ÷ their sum. The actual is a count, or a list of the items met: `①③`, `1,3`
---
---满足的要素数 ÷ n；列出要素时为所满足要素的分值 ÷ 总分值。实际完成值为个数，或所满足要素的序号：`①③`、`1,3`
---
---    sy.checklist{ of = 5 }  -- ①③④ → 0.6
---    sy.checklist{ {"①制度", 2}, {"②计划", 1}, {"③公开", 1} }  -- ①③ → 0.75
---
---Source: 财预〔2020〕10号 and 财预〔2013〕53号: frameworks that list what to look at（评价要点）; neither prints points, equal shares are general practice
---依据：财预〔2020〕10号、财预〔2013〕53号的指标体系框架列有评价要点；两者都不印分值，均分为通行做法
---@param options steelyard.options.checklist
---@return steelyard.rule
function sy.checklist(options) end

---@class steelyard.options.violations: steelyard.options
---@field of? number the full points 满分 (> 0; = 1)
---@field lose number points that a violation costs 每次扣分 (≥ 0)

---违规扣分: `sy.violations{ of = 1, lose }`
---
---(`of` − `lose` × a) ÷ `of`, at least 0
---
---(`of` − `lose` × a) ÷ `of`，不低于 0
---
---    sy.violations{ of = 3, lose = 1 }  -- 0 → 1
---    sy.violations{ of = 4, lose = 1 }  -- 3次 → 0.25
---
---Source: published departmental tables: 资金使用合规性, a point for each violation
---依据：公开的部门整体支出评价表：资金使用合规性，每发现一起扣 1 分
---@param options steelyard.options.violations
---@return steelyard.rule
function sy.violations(options) end

---@class steelyard.options.pass_fail: steelyard.options

---0-1法: `sy.pass_fail{}`
---
---1 if the target is met, else 0; met is what earns 1 by `by_sign`
---
---达到指标值为 1，否则为 0；`by_sign` 得 1 即为达到
---
---    sy.pass_fail{}  -- ≥80, 79.9 → 0
---    sy.pass_fail{}  -- ≤80, 80 → 1
---
---Source: 0-1法, general practice; 财预〔2021〕101号 in use: points given outright
---依据：0-1法，通行做法；即财预〔2021〕101号实务中的直接赋分
---@param options steelyard.options.pass_fail
---@return steelyard.rule
function sy.pass_fail(options) end

---@class steelyard.options.rating: steelyard.options

---定性分档: `sy.rating{}`
---
---the word's attainment in `[ratings]`, or a number from 0 to 1
---
---`[ratings]` 中该词的得分系数，或 0 到 1 的数
---
---    sy.rating{}  -- 0.85 → 0.85
---
---Source: 财预〔2020〕10号: three bands, 100–80 %, 80–60 %, 60–0 %; the values within them are the evaluator's, in `[ratings]`
---依据：财预〔2020〕10号：三档 100%–80%（含）、80%–60%（含）、60%–0%；档内取值由评价者在 `[ratings]` 写明
---@param options steelyard.options.rating
---@return steelyard.rule
function sy.rating(options) end

---@class steelyard.options.efficacy: steelyard.options
---@field satisfied number the value that earns 1（满意值） 满意值，得 1
---@field unacceptable number the value that earns `base`（不允许值）; above `satisfied` where less is better 不允许值，得 `base`；越小越好时大于满意值
---@field base? number what the unacceptable value earns 不允许值的得分系数 (0..1; = 0.6)

---功效系数: `sy.efficacy{ satisfied, unacceptable, base = 0.6 }`
---
---`base` + (1 − `base`) × (a − `unacceptable`) ÷ (`satisfied` − `unacceptable`), within 0 to 1
---
---`base` + (1 − `base`) × (a − `unacceptable`) ÷ (`satisfied` − `unacceptable`)，限于 0 到 1
---
---    sy.efficacy{ satisfied = 100, unacceptable = 80 }  -- 90 → 0.8
---    sy.efficacy{ satisfied = 2, unacceptable = 10, base = 0.5 }  -- 4 → 0.875
---
---Source: 功效系数法 of enterprise performance evaluation, general practice: 60 + 40 × the coefficient
---依据：企业绩效评价的功效系数法，通行做法：60 + 40 × 功效系数
---@param options steelyard.options.efficacy
---@return steelyard.rule
function sy.efficacy(options) end

---@class steelyard.options.deadline: steelyard.options
---@field of? number the full points 满分 (> 0; = 1)
---@field lose number points that a period costs 每期扣分 (≥ 0)
---@field per? "day"|"week"|"month" the period 期 (= "day")

---时效: `sy.deadline{ of = 1, lose, per = "day" }`
---
---1 in time; else (`of` − `lose` × periods begun) ÷ `of`, at least 0
---
---按时为 1；否则 (`of` − `lose` × 逾期数) ÷ `of`，不低于 0，不足一期按一期
---
---    sy.deadline{ lose = 0.1, per = "month" }  -- 2019-12-31前, 2020-02-10 → 0.8
---
---Source: general practice for timeliness; the loss a period differs from place to place
---依据：时效指标的通行做法；每期扣分各地不一
---@param options steelyard.options.deadline
---@return steelyard.rule
function sy.deadline(options) end

---@class steelyard.options.func: steelyard.options
---@field [integer] steelyard.grade one function of the indicator and the fund 一个函数，参数为指标和评价对象
---@field target? boolean whether it reads the target 是否读取指标值 (= true)

---脚本函数: `sy.func{ f, target = true }`
---
---what the function returns, within 0 to 1; `target = false`: it is called without a target, too
---
---函数的返回值，限于 0 到 1；`target = false`：没有指标值也调用
---
---
---Source: none: for what a regulation says that no rule above does
---依据：无：用于以上规则都说不出的规定
---@param options steelyard.options.func
---@return steelyard.rule
function sy.func(options) end

---@class steelyard.options.against_previous: steelyard.options
---@field [integer] steelyard.rule|steelyard.grade one rule or function that reads the target 一个读取指标值的规则或函数

---与上年比: `sy.against_previous{ rule }`
---
---the rule with last year's actual as target; none: `untargeted`
---
---以上年实际完成值为指标值的该规则；没有上年值为 `untargeted`
---
---
---Source: comparison with the year before（比较法）, general practice
---依据：与上年相比（比较法），通行做法
---@param options steelyard.options.against_previous
---@return steelyard.rule
function sy.against_previous(options) end

---@class steelyard.options.least: steelyard.options
---@field [integer] steelyard.rule|steelyard.grade rules or functions 规则或函数

---取最小: `sy.least{ rule, … }`
---
---the least of what the rules give
---
---各规则所得的最小值
---
---    sy.least{ sy.completion{}, sy.deduct{ from = 100, per = 1, lose = 0.1, when = "below" } }  -- ≥100, 95 → 0.5
---
---Source: the weakest link, as PEFA 2016 puts dimensions together (M1)
---依据：取最弱一项，同 PEFA 2016 的 M1 法
---@param options steelyard.options.least
---@return steelyard.rule
function sy.least(options) end

---@class steelyard.options.average: steelyard.options
---@field [integer] (steelyard.rule|steelyard.grade|number)[] rules or functions, each with a weight of more than 0 规则或函数，各有大于 0 的权重

---加权平均: `sy.average{ {rule, weight}, … }`
---
---the sum of weight × what the rule gives ÷ the sum of the weights
---
---权重 × 该规则所得之和 ÷ 权重之和
---
---    sy.average{ {sy.completion{}, 3}, {sy.pass_fail{}, 2} }  -- ≥100, 80 → 0.48
---
---Source: weighted mean, general practice
---依据：加权平均，通行做法
---@param options steelyard.options.average
---@return steelyard.rule
function sy.average(options) end

---@class steelyard.given
---@field indicator? string the indicator's path 指标路径
---@field level1? string the first level, as a table writes it, in place of `indicator` 一级指标，照表书写，代替 `indicator`
---@field level2? string the second level 二级指标
---@field name? string the third level 三级指标
---@field sign? string the sign 指标性质
---@field target? string|number|steelyard.date the target's cell 指标值，照表书写
---@field actual? string|number|steelyard.date the actual's cell 实际完成值，照表书写
---@field unit? string the unit 计量单位
---@field weight? string|number the points 分值
---@field rating? string|number the judgement 评定档次
---@field claimed? string|number the points claimed 自评得分
---@field completion? string|number the rate of completion 完成率
---@field excess? string|number what the target was passed by 超额
---@field note? string the reason for a deviation 偏差原因
---@field evidence? string the evidence 佐证
---@field facts? table<string, string|number|boolean> facts of the fund, money columns too: `{ budget = "100万元" }` 评价对象的基础数据，资金各列也在此：`{ budget = "100万元" }`
---@field fund? table<string, string|number|boolean> other columns of the funds table 评价对象表的其他列
---@field indicators? steelyard.given[]|table<string, steelyard.given> rows of a whole fund: a list, or by their paths 整个评价对象的各行：列表，或按路径
---@field previous? string|number|steelyard.given last year's actual, or the fund a year before 上年实际完成值，或上一年的评价对象
---@field year? integer the year; else the first of the evaluation 年度；不写为评价的首个年度

---@class steelyard.expected
---@field attainment? number|false the attainment; false: none 得分系数；false 为没有
---@field score? number|false the score, as printed; false: none 得分，同打印；false 为没有
---@field status? string the status 状态
---@field reason? string a text within the reason 理由中须有的文字
---@field actual? any the number that was read or measured 读出或算出的实际完成值
---@field target? any the number that was read or computed 读出或算出的指标值
---@field rating? string|false the judgement; false: none 评定档次；false 为没有
---@field grade? string|false the grade; false: none 等级；false 为没有
---@field coverage? number|false the coverage, from 0 to 1 可评率，0 到 1
---@field bounds? number[]|false the bounds, `{lo, hi}` 上下限 `{lo, hi}`
---@field points? number the sum of adjustments 加减分合计
---@field cap? string|false the cap on the grade; false: none 等级上限；false 为没有
---@field finding? string|string[] codes that must be found 须有的疑点代码
---@field no_finding? string|string[]|true codes that must not be found; true: none at all 不得有的疑点代码；true 为一条也没有
---@field error? string a text within the script error that is expected 预期的脚本错误中须有的文字
---@field fund? steelyard.expected what is expected of the fund beside its one indicator 只写一个指标时，对评价对象的预期
---@field indicators? table<string, steelyard.expected> what is expected of each indicator of a fund 对各指标的预期，按路径

---In test files, TYPE_test.lua. 用于测试文件 TYPE_test.lua。
---@class steelyard.test
test = {}

---a worked example that must come out; its name is unique in the file
---一个须算对的例子；名称在文件内不重复
---@param name string
---@param given steelyard.given
---@param expected steelyard.expected
function test.case(name, given, expected) end

---a law of `steelyard test --properties` that a rule breaks on purpose; the reason is printed
---规则有意不守 `steelyard test --properties` 的某条定律；理由会印出
---@param pattern string
---@param law "monotone"|"range"|"units"|"edges"
---@param reason string
function test.exempt(pattern, law, reason) end

return sy
