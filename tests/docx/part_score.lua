-- part_score.lua - the examples as documents: scores, weights, sums and findings are those of the JSON, in both languages.
local suite, json, office = require "suite", require "json", require "office"
local check, expect = suite.check, office.expect
local null = json.null

local WORDS = {
    zh = { blank = "未提供", dash = "—", lost = "失分%d项，共%s分。", full = "得分%s（满分%s）",
        findings = "数据中共有疑点%d条：错误%d条，警告%d条，提示%d条。" },
    en = { blank = "not given", dash = "–", lost = "Points lost by %d indicators: %s.", full = "score %s (full score %s)",
        findings = "Findings in the data: %d (errors %d, warnings %d, notes %d)." },
}

local function plain(number)
    return (("%.6f"):format(number):gsub("%.?0+$", ""))
end

local function document(evaluation, language)
    local words = ("score %s/examples/%s --lang %s"):format(office.data, evaluation, language)
    local code, out, err = office.run(words .. " -q --format json")
    check(code == 0, "%s: %s", evaluation, err)
    return json.read(out), words
end

-- An indicator in the report itself and in annex 1.
local function check_item(lines, item, w, what, from)
    local name = item.name ~= null and item.name or item.path
    local target = item.target_text ~= null and item.target_text or item.target == null and w.blank or true
    local actual = item.actual_text ~= null and item.actual_text or true
    local score = item.score ~= null and item.score or true
    expect(lines, { name, target, actual, item.weight ~= null and item.weight or w.dash, score }, what .. ": " .. item.path,
        from)
    local cells = { name, item.path }
    if item.source ~= null then cells[3] = item.source end
    cells[#cells + 1] = item.weight ~= null and item.weight or w.dash
    cells[#cells + 1] = item.attainment ~= null and math.floor(item.attainment * 10000 + 0.5) / 10000 or w.dash
    cells[#cells + 1] = item.score ~= null and item.score or w.dash
    expect(lines, cells, what .. ": annex: " .. item.path)
end

local function check_fund(lines, text, fund, w, years)
    local what = fund.fund .. " " .. fund.year
    local name = fund.name ~= null and fund.name or fund.fund
    if years then name = name .. years:format(fund.year) end
    local from = 1
    for i, line in ipairs(lines) do -- the section of the fund
        if line:sub(-#name) == name and line:find("^%d") then
            from = i
            break
        end
    end
    check(from > 1, "%s: no section", what)
    local n, lost = 0, 0
    for _, item in ipairs(fund.indicators) do
        check_item(lines, item, w, what, from)
        if item.score ~= null and item.weight ~= null and item.weight - item.score > 1e-9 then
            n, lost = n + 1, lost + math.floor((item.weight - item.score) * 1e6 + 0.5)
        end
    end
    for _, level in ipairs(fund.levels) do
        local score = level.score == null and (w == WORDS.zh and "无" or "none") or ("%.2f"):format(level.score)
        local line = w == WORDS.zh and "（分值%s，得分%s）" or " (weight %s, score %s)"
        check(text:find(level.name .. line:format(plain(level.weight), score), 1, true), "%s: level %s %s", what, level.name,
            score)
    end
    if n > 0 then
        check(text:find(w.lost:format(n, plain(lost / 1e6)), 1, true), "%s: lost %d: %s", what, n, plain(lost / 1e6))
    end
    if fund.score ~= null then
        check(text:find(w.full:format(("%.2f"):format(fund.score), plain(fund.full_score)), 1, true), "%s: score", what)
    end
    local bounds = ("%.2f%s%.2f"):format(fund.bounds[1], w.dash, fund.bounds[2])
    expect(lines, { fund.fund, name, true, fund.score ~= null and fund.score or true, fund.grade ~= null and fund.grade or true,
        ("%.1f%%"):format(math.floor(fund.coverage * 1000 + 0.5 + 1e-9) / 10), bounds }, what .. ": table")
end

local function check_findings(text, findings, w)
    local by, codes = { error = 0, warning = 0, note = 0 }, {}
    for _, finding in ipairs(findings) do
        by[finding.severity] = by[finding.severity] + 1
        codes[finding.code] = codes[finding.code] or {}
        table.insert(codes[finding.code], finding)
    end
    if #findings == 0 then return end
    check(text:find(w.findings:format(#findings, by.error, by.warning, by.note), 1, true), "findings are not counted")
    for code, list in pairs(codes) do
        local times = w == WORDS.zh and "，" .. #list .. "条" or ", " .. #list .. (#list == 1 and " time" or " times")
        local at = text:find((w == WORDS.zh and "（" or "(") .. code .. (w == WORDS.zh and "：" or ": "), 1, true)
        check(at and text:find(times, at, true), "no advice for %s, %d times", code, #list)
        for i = 1, math.min(#list, 6) do
            local source = list[i].source
            local said = list[i].message .. (source ~= null and (w == WORDS.zh and "（" or " (") .. source or "")
            check(text:find(said, 1, true), "finding of %s is not there: %s", code, said)
        end
    end
end

for _, case in ipairs { { "lusong", "zh" }, { "three-years", "en" }, { "three-years", "zh" } } do
    local w = WORDS[case[2]]
    local report, words = document(case[1], case[2])
    if office.make("report.docx", words) then
        local lines, text = office.lines("report.docx")
        local years = #report.evaluation.years > 1 and (case[2] == "zh" and "（%d年）" or " (%d)") or nil
        for _, fund in ipairs(report.funds) do check_fund(lines, text, fund, w, years) end
        for _, row in ipairs(report.departments) do
            expect(lines, { row.department ~= null and row.department or w.dash, row.year, row.funds,
                row.weighted_mean ~= null and row.weighted_mean or w.dash, row.mean ~= null and row.mean or w.dash },
                "department")
        end
        check_findings(text, report.findings, w)
        check(text:find(case[2] == "zh" and "草稿。" or "Draft. ", 1, true), "it does not say that it is a draft")
        for _, input in ipairs(report.evaluation.inputs) do check(text:find(input, 1, true), "no %s", input) end
    end
end

-- The table of the report of 2019 itself: its differences and per cents.
office.make("report.docx", ("score %s/examples/lusong --lang zh"):format(office.data))
local lines = office.lines("report.docx")
for _, row in ipairs {
    { "收入", 19040215.35, 7000581.64, 12039633.71, "171.98%" },
    { "一般公共预算财政拨款收入", 19040215.35, 7000581.64, 12039633.71, "171.98%" },
    { "其他收入", 23802.23, 0, 23802.23, "—" },
    { "支出", 19064015.35, 7000581.64, 12063433.71, "172.32%" },
    { "一般公共服务支出", 4325781.81, 3400581.64, 925200.17, "27.21%" },
    { "教育支出", 329909.36, "未提供", "—", "—" },
    { "科学技术支出", 12629894.80, 3600000, 9029894.80, "250.83%" },
    { "资源勘探信息等支出", 1778429.38, "未提供", "—", "—" },
} do
    expect(lines, row, "final accounts of 2019")
end
