-- run.lua - steelyard.document/1, what writers for people get: all that the JSON of the same report says, and beside it labels,
-- facts, advice and yardsticks, in the document's language. A plugin of the tests writes it as it stands.
--
--     lua5.4 tests/document/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite, json = require "suite", require "json"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local check, folder = suite.check, suite.folder()
local plugins = program:match("^(.*)/") .. "/document"

-- The leak sanitizer itself fails where a program had as many libraries as `plugins` loads, and has closed them.
local function run(words)
    local leaks = words:find("^plugins") and "ASAN_OPTIONS=detect_leaks=0 " or ""
    local command = ("%sSTEELYARD_PLUGIN_PATH=%s %s %s -q 2>%s"):format(leaks, suite.quote(plugins), suite.quote(program), words,
        suite.quote(folder .. "/said"))
    local text, ok, code = suite.capture(command)
    check(ok, "%s: exit %s: %s", words, code, suite.read(folder .. "/said"))
    return ok and json.read(text)
end

-- Whether `more` has all that `less` has; findings are told apart, since a document's have more.
local function holds(more, less, where)
    if type(less) ~= "table" or less == json.null then
        return check(more == less, "%s: %s, not %s", where, tostring(more), tostring(less))
    end
    if not check(type(more) == "table", "%s is not there", where) then return end
    for key, value in pairs(less) do
        if where ~= "" or key ~= "schema" then holds(more[key], value, where .. "/" .. key) end
    end
    check(#more == #less, "%s: %d, not %d", where, #more, #less)
end

local EXAMPLES = { "three-years", "lusong", "review" }
for _, example in ipairs(EXAMPLES) do
    for _, language in ipairs { "zh", "en" } do
        local words = ("score examples/%s --rank --lang %s"):format(example, language)
        local document, plain = run(words .. " --format document"), run(words .. " --format json")
        check(document.schema == "steelyard.document/1" and document.kind == "score" and document.language == language, "the head")
        holds(document.evaluation, plain.evaluation, "evaluation")
        holds(document.report.funds, plain.funds, "funds")
        holds(document.report.departments, plain.departments, "departments")
        holds(document.report.findings, plain.findings, "findings")
        -- `config` has yardsticks that no fund is scored by, too.
        local known = {}
        for _, one in ipairs(run(("config examples/%s --lang %s --format json"):format(example, language)).yardsticks) do
            known[one.type .. one.year] = one
        end
        for _, one in ipairs(document.report.yardsticks) do holds(one, known[one.type .. one.year], "yardstick " .. one.type) end
        check(#document.report.yardsticks > 2, "%d yardsticks", #document.report.yardsticks)
    end
end

-- Whatever order is asked for, ranks are there.
check(run("score examples/three-years --format document").report.funds[1].rank == 2, "no rank")

for command, example in pairs { compare = "three-years", ["sensitivity --draws 100"] = "three-years", review = "review" } do
    local words = ("%s examples/%s"):format(command, example)
    local document, plain = run(words .. " --format document"), run(words .. " --format json")
    check(document.kind == command:match("%a+"), "%s is %s", command, document.kind)
    local list = document.report.findings
    check(type(list) == "table", "%s has no findings", command)
    for _, one in ipairs(list) do check(one.meaning ~= json.null and one.severity_word, "%s says nothing", one.code) end
    holds(document.report, plain, "report")
end

-- Levels, words and sums in both languages, and what only paper needs.
local zh = run("score examples/lusong --format document").report
local en = run("score examples/lusong --format document --lang en").report
local function item_of(report, path)
    for _, item in ipairs(report.funds[1].indicators) do
        if item.path == path then return item end
    end
end
local own, other = item_of(zh, "output.quantity.policy_push"), item_of(en, "output.quantity.policy_push")
check(own.level1 == "产出指标" and own.level2 == "数量指标" and other.level1 == "Outputs" and other.level2 == "Quantity", "levels")
check(own.status_word == "没有指标值" and other.status_word == "untargeted", "status: %s, %s", own.status_word, other.status_word)
check(own.note == "报告未给指标值" and own.included == false and own.read_actual == 7500 and own.read_unit == "条次",
    "what is read")
local fund = zh.funds[1]
check(fund.no_grade == "无：可评率不足" and fund.status_word == "可评率不足" and fund.decimals == 2 and
    fund.rounding == "half_up" and
    fund.apply == "indicator" and fund.rescale == "total" and fund.min_coverage == 0.6, "the rules of a fund")
check(#fund.grades == 4 and fund.grades[1].name == "优" and fund.grades[1].from == 90 and fund.grades[4].from == 0, "its grades")
local facts = {}
for _, fact in ipairs(fund.facts) do facts[fact.fact] = fact end
check(facts.budget.value == 211600 and facts.budget.unit == "元" and facts.budget.label == "全年预算数" and
    facts.budget.source == "data/facts.csv:4", "the budget is %s", tostring(facts.budget and facts.budget.value))
check(fund.facts[1].source == "data/funds.csv:2" and fund.facts[2].source == "data/facts.csv:2", "facts are in the data's order")
check(facts.used_in_full.value == true and facts.used_in_full.text == "是", "a yes")
local count = 0
for _, finding in ipairs(zh.findings) do count = count + (finding.fund == fund.fund and 1 or 0) end
check(count == fund.nfindings and count > 0, "%d findings, %d", count, fund.nfindings)

-- Advice is that of the manual, word for word.
local manual = suite.read("docs/findings.zh-CN.md") .. "\n#"
for _, finding in ipairs(zh.findings) do
    local section = manual:match("\n### `" .. finding.code:gsub("%-", "%%-") .. "`\n(.-)\n#") or ""
    check(section:find("- 含义：" .. finding.meaning, 1, true) and section:find("- 办法：" .. finding.remedy, 1, true), "%s",
        finding.code)
end

-- What has no document of its own is a table with labels.
for _, words in ipairs { "improve examples/three-years rd-a --to 优", "config examples/three-years", "check examples/lusong", "plugins",
    "score examples/three-years --detail", "compare examples/three-years --detail", "config examples/three-years --diff 2021 2022" } do
    local document = run(words .. " --format document")
    check(document and document.kind == "table" and #document.report.rows > 0, "%s is no table", words)
end
suite.finish()
