-- part_kinds.lua - comparison, sensitivity, review and tables as documents: figures and sentences of their JSON.
local suite, json, office = require "suite", require "json", require "office"
local check, expect = suite.check, office.expect
local null = json.null

local function made(name, words)
    local code, out, err = office.run(words .. " -q --format json")
    check(code == 0 or code == 1, "%s: %s", name, err) -- a review ends with 1 where there is something to return
    local report = json.read(out)
    code, out, err = office.run(words .. " -q -o " .. name .. ".docx")
    check((code == 0 or code == 1) and out == "", "%s: exit code %s: %s", name, tostring(code), err)
    local lines, text = office.lines(name .. ".docx")
    return report, lines, text
end

local function or_dash(value, dash)
    return value ~= null and value or dash
end

local examples = office.data .. "/examples/"
for _, language in ipairs { "zh", "en" } do
    local dash = language == "zh" and "—" or "–"
    local report, lines, text = made("compare", ("compare %sthree-years --lang %s"):format(examples, language))
    for _, fund in ipairs(report.funds) do
        for _, year in ipairs(fund.years) do
            expect(lines, { year.year, or_dash(year.score, dash), or_dash(year.grade, dash), or_dash(year.rank, dash),
                ("%.1f%%"):format(year.coverage * 100) }, "compare " .. fund.fund)
        end
        for _, change in ipairs(fund.changes) do
            local c = change.causes
            local shown = { change.change, c.results, c.targets, c.weights, c.rules, c.indicators, c.adjustments, c.rounding }
            expect(lines, { change.from, change.to, table.unpack(shown) }, "causes " .. fund.fund)
            check(text:find(change.sentence, 1, true), "%s: no sentence: %s", fund.fund, change.sentence)
        end
    end

    report, lines = made("sensitivity", ("sensitivity %sthree-years --lang %s"):format(examples, language))
    for _, fund in ipairs(report.funds) do
        expect(lines, { fund.name, fund.year, fund.score, fund.grade, fund.rank, fund.drawn.p05, fund.drawn.p95, fund.drawn.min,
            fund.drawn.max, fund.ranks.best, fund.ranks.worst }, "sensitivity " .. fund.fund)
    end
    for _, row in ipairs(report.indicators) do
        expect(lines, { row.type, row.year, row.name, ("%.1f%%"):format(math.floor(row.decides * 1000 + 0.5) / 10) },
            "sensitivity " .. row.indicator)
    end

    report, lines = made("review", ("review %sreview --lang %s"):format(examples, language))
    for _, fund in ipairs(report.funds) do
        expect(lines, { fund.name, fund.year, or_dash(fund.claimed_total, dash), or_dash(fund.recomputed_total, dash),
            or_dash(fund.claimed_grade, dash), or_dash(fund.grade, dash) }, "review " .. fund.fund)
        for _, item in ipairs(fund.indicators) do
            expect(lines, { item.name, or_dash(item.weight, dash), or_dash(item.claimed, dash),
                or_dash(item.recomputed, dash) }, "review " .. item.path)
        end
    end
    for _, row in ipairs(report.summary.verdicts) do expect(lines, { true, row.rows, row.points }, "verdicts") end

    local code, _, err = office.run(("config %slusong --lang %s -o table.docx"):format(examples, language))
    check(code == 0, "config: %s", err)
    lines = office.lines("table.docx")
    expect(lines, { "satisfaction.enterprises", 10 }, "config")
end
