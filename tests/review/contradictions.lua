-- contradictions.lua - what published self-evaluation tables get wrong: a table that agrees with itself, and for each
-- contradiction the cells that make it, the finding that must tell it, and where.
--
-- The table is that of tests/cases/hebei_langfang_hvac_2019, with its total. Columns: level1, level2, name, target, actual,
-- weight, claimed, note.
local M = {}

M.HEADER = "年度,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,自评得分,偏差原因分析及改进措施"
M.ROWS = {
    { "预算执行", "预算执行率", "年度资金总额", "43.2万元", "37.24万元", 10, 9, "最高限价低于预算" },
    { "产出指标", "数量指标", "工程资金金额", "43.2万元", "37.24万元", 10, 9, "尾款未付" },
    { "产出指标", "质量指标", "工程完工率", "100%", "100%", 10, 10, "" },
    { "产出指标", "质量指标", "工程验收合格率", "100%", "100%", 10, 10, "" },
    { "产出指标", "时效指标", "项目完成及时率", "100%", "100%", 10, 10, "" },
    { "产出指标", "成本指标", "成本控制率", "100%", "100%", 10, 10, "" },
    { "效益指标", "经济效益指标", "安全率", "100%", "100%", 10, 10, "" },
    { "效益指标", "社会效益指标", "学校发展能力", "100%", "100%", 10, 10, "" },
    { "效益指标", "可持续影响指标", "长期使用性", "100%", "100%", 10, 10, "" },
    { "满意度指标", "服务对象满意度指标", "学生满意度", "100%", "100%", 10, 10, "" },
    { "总分", "", "", "", "", 100, 98, "" },
}
M.COLUMNS = { target = 4, actual = 5, weight = 6, claimed = 7, note = 8, level1 = 1 }

-- The table as CSV, with some cells of rows replaced; without a year's own rows it is that of 2019.
function M.table(edits, years)
    local lines = { M.HEADER }
    for _, year in ipairs(years or { 2019 }) do
        for _, row in ipairs(M.ROWS) do
            local name = row[3] ~= "" and row[3] or row[1]
            local cells, edit = { table.unpack(row) }, edits[name] or edits["*"] or {}
            for column, value in pairs(edit[year] or edit) do
                if M.COLUMNS[column] then cells[M.COLUMNS[column]] = value end
            end
            lines[#lines + 1] = year .. "," .. table.concat(cells, ",")
        end
    end
    return table.concat(lines, "\n") .. "\n"
end

-- Each: what is wrong, cells, code, indicator, line of the table (the fund's is 2); advice where the finding decides it.
M.CASES = {
    { "weights that do not add up", { ["安全率"] = { weight = 20, claimed = 20 }, ["总分"] = { claimed = 108 } }, "weights-sum", nil, 2,
        advice = "return" },
    { "levels that do not add up", { ["安全率"] = { weight = 20, claimed = 20 }, ["成本控制率"] = { weight = 0, claimed = 0 } }, "level-sum",
        nil, 2, advice = "add_reason" },
    { "points in brackets that the rows below do not have", { ["工程资金金额"] = { level1 = "产出指标(60分)" } }, "bracket-points", nil, 3,
        advice = "return" },
    { "the claimed sum is not the claimed total", { ["总分"] = { claimed = 97 } }, "claimed-sum", nil, 2, advice = "return" },
    { "claimed over the weight", { ["安全率"] = { claimed = 11 }, ["总分"] = { claimed = 99 } }, "claimed-over-weight", "benefit.economic.安全率",
        8, advice = "return" },
    { "full marks for a missed target", { ["安全率"] = { actual = "80%" } }, "full-marks-missed-target", "benefit.economic.安全率", 8,
        advice = "return" },
    { "a deduction without a reason, the target met", { ["安全率"] = { claimed = 8 }, ["总分"] = { claimed = 96 } },
        "deduction-without-reason", "benefit.economic.安全率", 8, advice = "add_reason" },
    { "a score below the weight without 偏差原因, the target missed", { ["安全率"] = { actual = "80%", claimed = 8 }, ["总分"] = { claimed = 96 } },
        "deduction-without-reason", "benefit.economic.安全率", 8, advice = "add_reason" },
    { "each weight weighted by itself", { ["*"] = { claimed = 1 }, ["年度资金总额"] = {}, ["工程资金金额"] = {}, ["总分"] = { claimed = 26 } },
        "double-weighting", nil, 2, advice = "return" },
    { "a total row that was not rolled up", { ["总分"] = { claimed = 0 } }, "total-not-rolled-up", nil, 2, advice = "return" },
    { "execution above 100 %, its score left empty", { ["年度资金总额"] = { actual = "45万元", claimed = "" }, ["总分"] = { claimed = 89 } },
        "overspent", nil, 2, advice = "add_reason" },
    { "a target far below last year's actual", { ["工程资金金额"] = { [2018] = { actual = "90万元", claimed = 10 } } }, "target-below-previous",
        "output.quantity.工程资金金额", 14, years = { 2018, 2019 } },
    { "a target far above last year's actual, where less is better",
        { ["工程资金金额"] = { [2018] = { target = "≤10万元", actual = "9万元" }, [2019] = { target = "≤43.2万元", claimed = 10 } } },
        "target-below-previous", "output.quantity.工程资金金额", 14, years = { 2018, 2019 } },
    { "a target far too low for its result", { ["安全率"] = { target = "12次", actual = "96次" } }, "target-too-low", "benefit.economic.安全率", 8,
        advice = "add_reason" },
    { "an actual in another unit", { ["工程资金金额"] = { actual = "372人" } }, "unit-mismatch", "output.quantity.工程资金金额", 3,
        advice = "return" },
    { "元 in a table of 万元", { ["工程资金金额"] = { target = 43.2, actual = 372400, claimed = 10 } }, "target-too-low",
        "output.quantity.工程资金金额", 3 },
    { "a word for an amount", { ["工程资金金额"] = { target = "≤43.2万元", actual = "完成" } }, "bad-number", "output.quantity.工程资金金额",
        3, advice = "return" },
    { "a text that repeats its target", { ["学校发展能力"] = { target = "有效提升", actual = "有效提升" } }, "actual-repeats-target",
        "benefit.social.学校发展能力", 9, advice = "pass" },
    { "an actual with the target's sign", { ["安全率"] = { target = "≥90%", actual = "≥90%" } }, "actual-has-sign", "benefit.economic.安全率", 8,
        advice = "pass" },
    { "a claim without a figure", { ["安全率"] = { actual = "" } }, "actual-missing", "benefit.economic.安全率", 8, advice = "return" },
}

return M
