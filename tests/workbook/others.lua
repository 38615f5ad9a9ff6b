-- others.lua - workbooks of compare, sensitivity, review and of what has no document of its own.
local suite, office, json = require "suite", require "office", require "json"
local check = suite.check

local function sheets_of(folder, run, words)
    local path = folder .. "/other.xlsx"
    os.remove(path)
    local _, ok, code, said = run(words .. " -o " .. suite.quote(path))
    check(ok, "%s: exit %s, %s", words, code, said)
    return office.sheets(path)
end

return function(folder, run, document, same)
    local words = "compare examples/three-years"
    local sheets, whole = sheets_of(folder, run, words), document(words)
    local scores, causes, drivers, row, change, driver = sheets["各年得分"], sheets["变化原因"], sheets["变化来源"], 2, 2, 2
    for _, fund in ipairs(whole.funds) do
        for _, year in ipairs(fund.years) do
            row = row + 1
            check(scores[row][1] == fund.fund and tonumber(scores[row][5]) == year.year, "%s %s", scores[row][1], scores[row][5])
            same(scores[row][6], year.score, fund.fund)
        end
        for _, one in ipairs(fund.changes) do
            change = change + 1
            same(causes[change][12], one.change, fund.fund .. " change")
            same(causes[change][5], one.causes.results, fund.fund .. " results")
            same(causes[change][13], one.subtotals.standard, fund.fund .. " standard")
            for _, own in ipairs(one.drivers) do
                driver = driver + 1
                check(drivers[driver][4] == own.indicator, "%s, not %s", drivers[driver][4], own.indicator)
                same(drivers[driver][6], own.change, own.indicator)
            end
        end
    end
    check(row > 15 and change > 8 and driver > 40, "%d, %d, %d rows", row, change, driver)

    words = "sensitivity examples/three-years --draws 500"
    sheets, whole = sheets_of(folder, run, words), document(words)
    for i, fund in ipairs(whole.funds) do
        local own = sheets["名次区间"][i + 2]
        same(own[5], fund.score, "score of " .. fund.fund)
        same(own[6], fund.drawn.p05, "p05 of " .. fund.fund)
        same(own[13], fund.ranks.p95, "rank of " .. fund.fund)
    end

    words = "review examples/review"
    sheets, whole = sheets_of(folder, run, words), document(words)
    for i, one in ipairs(whole.summary.worst) do
        check(sheets["待办"][i + 2][1] == one.fund, "worst is %s", one.fund)
        check(sheets["待办"][i + 2][5] == (one.why == json.null and "" or one.why), "why %s", one.fund)
    end
    local at, findings = 2, sheets["疑点"]
    for _, fund in ipairs(whole.funds) do
        for _, item in ipairs(fund.indicators) do
            at = at + 1
            same(sheets["逐项核对"][at][6], item.claimed, item.path)
            same(sheets["逐项核对"][at][7], item.recomputed, item.path)
        end
    end
    for i, one in ipairs(whole.findings) do
        check(findings[i + 2][2] == one.code and findings[i + 2][8] ~= "", "finding %d is %s", i, findings[i + 2][2])
    end

    sheets = sheets_of(folder, run, "improve examples/three-years rd-a --to 优")
    check(#sheets["结果"] > 1 and sheets["结果"][2][1] == "rd-a", "improve has %s", tostring(sheets["结果"][2][1]))
    sheets = sheets_of(folder, run, "config examples/three-years --lang en")
    check(#sheets["Results"] > 50, "config has %d rows", #sheets["Results"])
    sheets = sheets_of(folder, run, "score examples/three-years --detail")
    check(#sheets["结果"] > 100, "the details have %d rows", #sheets["结果"])
end
