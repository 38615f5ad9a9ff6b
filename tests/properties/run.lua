-- run.lua - `steelyard test --properties`: rules that are broken on purpose are found out, each by its law and with
-- figures that plain arithmetic confirms; the case to paste fails as long as the rule is broken and passes when it is
-- mended; standard rules of every kind have no counterexample.
--
--     lua5.4 tests/properties/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local json = require "json"
local suite = require "suite"
local program = arg[1]
local check = suite.check
local folder = suite.folder()
os.execute(("mkdir -p '%s/scripts' '%s/config'"):format(folder, folder))

local function write(name, text)
    suite.write(folder .. "/" .. name, text)
end

-- What the command prints, and its exit code.
local function run(options)
    local pipe = assert(io.popen(("cd '%s' && '%s' test %s 2>&1"):format(folder, program, options)))
    local text = pipe:read("a")
    local _, _, code = pipe:close()
    return text, code
end

local root = assert(io.popen("pwd")):read("l")
program = program:sub(1, 1) == "/" and program or root .. "/" .. program

write("evaluation.ini", "[evaluation]\nyears = 2019-2020\ntype = x\nlanguage = en\n")
write("config/x.ini", "[type]\nname = x\n[facts]\nlump = money\n")

-- An evaluation of rules (lines of x.lua) and cases (of x_test.lua), tried.
local function try(rules, cases, options)
    write("scripts/x.lua", "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n" .. rules
        .. "\nreturn rules\n")
    write("scripts/x_test.lua", "local test = require 'steelyard.test'\n" .. cases .. "\n")
    local text, code = run("--properties --format json " .. (options or ""))
    local ok, document = pcall(json.read, text)
    if not ok then error(text) end
    return document.properties, code, document
end

-- A rule as the body of a function of the indicator, and one case of it.
local function broken(body, given)
    return try("rules.indicator['a.x'] = function(i, fund)\n" .. body .. "\nend",
        ("test.case('seed', %s, { status = 'scored' })"):format(given))
end

local function only(name, properties, law, rules)
    check(properties.rules == (rules or 1), "%s: %s rules", name, properties.rules)
    check(properties.probes > 10, "%s: %s probes", name, properties.probes)
    local found
    for _, c in ipairs(properties.counterexamples) do
        check(found == nil or c.law ~= law, "%s: %s twice", name, law)
        found = c.law == law and c or found
    end
    check(found, "%s: no counterexample of %s", name, law)
    check(found and found.indicator == "a.x", "%s: of another indicator", name)
    return found or { expected = "", got = "", paste = "" }
end

-- The law that each of these breaks. `mended` holds it. `worse` and `better` are figures that a person finds.
local functions = {
    { name = "falls at the target", law = "monotone", given = "{ indicator = 'a.x', target = '≥100', actual = '80' }",
        body = "if i.actual >= i.target then return 0.5 end return i.actual / i.target",
        mended = "if i.actual >= i.target then return 1 end return i.actual / i.target",
        worse = 99, better = 100, earns = { 0.99, 0.5 } },
    { name = "less is better, and earns less", law = "monotone",
        given = "{ indicator = 'a.x', target = '≤10天', actual = '8天' }",
        body = "if i.actual <= i.target then return i.actual / i.target end return 0",
        mended = "if i.actual <= i.target then return 1 end return 0", earns = true },
    { name = "a gap between two bands", law = "monotone", given = "{ indicator = 'a.x', target = '≥100%', actual = '95%' }",
        body = "if i.actual > 90 then return 1 elseif i.actual < 90 and i.actual >= 80 then return 0.8 end return 0",
        mended = "if i.actual >= 90 then return 1 elseif i.actual >= 80 then return 0.8 end return 0",
        worse = 89, better = 90, earns = { 0.8, 0 } },
    { name = "a bound that is no share of the target", law = "monotone",
        given = "{ indicator = 'a.x', target = '≥100', actual = '95' }",
        body = "if i.actual >= 37.5 and i.actual < 37.6 then return 0 end return math.min(1, i.actual / i.target)",
        mended = "return math.min(1, i.actual / i.target)", earns = true },
    { name = "a later day earns more", law = "monotone",
        given = "{ indicator = 'a.x', sign = 'by', target = '2020-06-30', actual = '2020-06-01' }",
        body = "if i.actual <= i.target then return 0.5 end return 0.6",
        mended = "if i.actual <= i.target then return 0.6 end return 0.5", earns = { 0.6, 0.5 } },
    { name = "more than 1", law = "range", given = "{ indicator = 'a.x', target = '≥7000条次', actual = '6300条次' }",
        body = "return i.actual / i.target", mended = "return math.min(1, i.actual / i.target)" },
    { name = "less than 0", law = "range", given = "{ indicator = 'a.x', target = '≤10', actual = '10' }",
        body = "return math.min(1, 2 - i.actual / i.target)",
        mended = "return math.max(0, math.min(1, 2 - i.actual / i.target))" },
    { name = "no number at 0", law = "error", given = "{ indicator = 'a.x', target = '≤10', actual = '10' }",
        body = "return 0.5 * i.actual / i.actual", mended = "return 0.5" },
    { name = "yuan are meant", law = "units", given = "{ indicator = 'a.x', target = '≥100万元', actual = '120万元' }",
        body = "if i.actual >= 1000000 then return 1 end return 0",
        mended = "if i.actual >= i.target then return 1 end return 0" },
    { name = "as text", law = "units",
        given = "{ indicator = 'a.x', target = '≥100万元', actual = '120万元', facts = { lump = 5 } }",
        body = "return i.unit == '元' and 1 or 0.5", mended = "return 1" },
}

for _, case in ipairs(functions) do
    local properties, code = broken(case.body, case.given)
    local c = only(case.name, properties, case.law)
    check(code == 1, "%s: exit code %s", case.name, code)
    if case.worse then
        check(c.expected == ("at least %.14g, what %s earns"):format(case.earns[1],
            c.expected:match("what (.-) earns") or ""), "%s: expected %s", case.name, c.expected)
        check(c.got:match("^(%S+)") == ("%.14g"):format(case.earns[2]), "%s: got %s", case.name, c.got)
        check(c.expected:find("what " .. case.worse, 1, true), "%s: not from %s: %s", case.name, case.worse, c.expected)
        check(c.got:find("(" .. case.better, 1, true), "%s: not at %s: %s", case.name, case.better, c.got)
    end
    if case.law == "monotone" then
        local least, got = tonumber(c.expected:match("at least (%S+),")), tonumber(c.got:match("^(%S+)"))
        check(least and got and got < least, "%s: %s is no less than %s", case.name, c.got, c.expected)
    end
    -- What is pasted fails, and passes when the rule is mended.
    local cases = "local test = require 'steelyard.test'\n" .. c.paste .. "\n"
    write("scripts/x_test.lua", cases)
    local text, pasted = run("-q")
    check(pasted == 1 and text:find("1 case passed, 1 failed", 1, true), "%s: the pasted case: %s", case.name, text)
    if case.mended then
        local mended, good = broken(case.mended, case.given)
        check(#mended.counterexamples == 0 and good == 0, "%s: mended: %s", case.name,
            #mended.counterexamples > 0 and mended.counterexamples[1].law or good)
        -- Of what is better only the least is known: the mended rule may give more.
        check((c.paste:match("%-%- or more$") ~= nil) == (case.law == "monotone"), "%s: %s", case.name, c.paste)
        write("scripts/x_test.lua", cases)
        text, pasted = run("-q")
        local expected, got = text:match("expected (%S+), got (%S+)")
        check(pasted == 0 or (case.law == "monotone" and tonumber(got) > tonumber(expected)),
            "%s: mended, the pasted case: %s", case.name, text)
    end
end

-- Standard rules of every kind, each with a case: no law is broken by any of them.
local standard = {
    { "by_sign{}", "target = '≥80', actual = '60'" }, { "by_sign{}", "target = '>80', actual = '60'" },
    { "by_sign{}", "target = '≤80', actual = '100'" }, { "by_sign{}", "target = '=0', actual = '0'" },
    { "by_sign{}", "target = '=100%', actual = '100%'" }, { "by_sign{}", "target = '18-54岁', actual = '20岁'" },
    { "by_sign{}", "sign = 'by', target = '2020-06-30', actual = '2020-05-01'" },
    { "completion{ pass = 0.6 }", "target = '≥7000条次', actual = '6300条次'" },
    { "completion{}", "target = '≥12.5万元', actual = '93000元'" },
    { "reverse{}", "target = '≤100', actual = '125'" },
    { "reverse{ mode = 'linear' }", "target = '≤104万元', actual = '125万元'" },
    { "between{ lo = 90, hi = 110, width = 20 }", "actual = '115'" },
    { "between{ lo = 90, hi = 110 }", "actual = '100%'" },
    { "tiers{ of = 5, {90, 5}, {80, 4}, {70, 3}, {60, 2} }", "actual = '80%'" },
    { "tiers{ of = 5, edge = 'upper', {0, 5}, {10, 4}, {20, 3} }", "actual = '12'" },
    { "tiers{ {10, 0.5}, {20, 1}, {30, 0.5}, {40, 0} }", "actual = '12'" },
    { "deduct{ of = 5, from = 100, per = 1, lose = 0.5 }", "actual = '108.7%'" },
    { "deduct{ of = 5, from = 100, per = 1, lose = 0.5, steps = 'ceil' }", "actual = '108.7%'" },
    { "deduct{ of = 5, from = 100, per = 3, lose = 0.7, steps = 'prorata', when = 'below' }", "actual = '98%'" },
    { "deduct{ of = 6, from = 100, per = 5, lose = 2, when = 'either' }", "actual = '93%'" },
    { "deduct{ of = 6, from = 0.1, per = 0.1, lose = 1, when = 'either', steps = 'ceil' }", "actual = '0.3'" },
    { "checklist{ of = 5 }", "actual = '①③④'" },
    { "checklist{ {'①a', 2}, {'②b', 1}, {'③c', 1} }", "actual = '①③'" },
    { "violations{ of = 4, lose = 1.5 }", "actual = '3次'" },
    { "pass_fail{}", "target = '≥80', actual = '79.9'" }, { "pass_fail{}", "target = '≤80', actual = '80'" },
    { "efficacy{ satisfied = 100, unacceptable = 80 }", "actual = '90'" },
    { "efficacy{ satisfied = 2, unacceptable = 10, base = 0.5 }", "actual = '4'" },
    { "deadline{ lose = 0.3 }", "target = '2019-12-31前', actual = '2020-01-02'" },
    { "deadline{ lose = 0.2, per = 'week' }", "target = '2019-12-31前', actual = '2020-02-10'" },
    { "deadline{ lose = 0.1, per = 'month' }", "target = '2019-11-30前', actual = '2020-02-10'" },
    { "against_previous{ sy.completion{} }", "actual = '110万元', previous = '100万元'" },
    { "least{ sy.completion{}, sy.deduct{ from = 100, per = 1, lose = 0.1, when = 'below' } }",
        "target = '≥100', actual = '95'" },
    { "average{ {sy.completion{}, 3}, {sy.pass_fail{}, 2}, {sy.tiers{ {50, 1}, {20, 0.5} }, 1} }",
        "target = '≥100', actual = '80'" },
    { "average{ {sy.against_previous{ sy.reverse{} }, 1}, {sy.reverse{}, 1} }",
        "target = '≤100', actual = '80', previous = '90'" },
}

local rules, cases = {}, {}
for k, rule in ipairs(standard) do
    rules[k] = ("rules.indicator['a.x%d'] = sy.%s"):format(k, rule[1])
    cases[k] = ("test.case('c%d', { indicator = 'a.x%d', %s }, { status = 'scored' })"):format(k, k, rule[2])
    local one, code, document = try(rules[k], cases[k])
    check(document.passed == 1 and code == 0, "%s, %s: exit code %s, %s", rule[1], rule[2], code,
        one.counterexamples[1] and one.counterexamples[1].got)
    check(one.rules == 1 and one.probes >= 4, "%s, %s: %d probes", rule[1], rule[2], one.probes)
end
local all = try(table.concat(rules, "\n"), table.concat(cases, "\n"))
check(all.rules == #standard and #all.counterexamples == 0, "all standard rules: %d rules, %d counterexamples", all.rules,
    #all.counterexamples)
check(all.probes > 900, "all standard rules: %d probes", all.probes)

-- A list of bands that falls and rises again, and money against figures without a unit.
local valley = try("rules.indicator['a.x'] = sy.tiers { {60, 0.8}, {80, 0.5}, {90, 1} }",
    "test.case('c', { indicator = 'a.x', actual = '95' }, { attainment = 1 })")
local c = only("a valley", valley, "monotone")
check(c.expected == "at least 0.8, what 79 earns" and c.got == "0.5 (80)", "a valley: %s, %s", c.expected, c.got)
check(c.rule_source == "scripts/x.lua:3" and c.case == "c" and c.line == 2, "a valley: places")
only("bounds of money", try("rules.indicator['a.x'] = sy.deduct { from = 100000, per = 1000, lose = 0.1 }",
    "test.case('c', { indicator = 'a.x', actual = '105000元', target = '10万元' }, { attainment = 1 })"), "units")

-- A computed actual: its rule is tried all the same. Money in facts is rewritten too.
local measured = "rules.measure['a.x'] = function(fund) return sy.percent(fund.spent, fund.budget), '%' end\n"
local with = "test.case('c', { indicator = 'a.x', facts = { spent = 80000, budget = '10万元' } }, { status = 'scored' })"
c = only("measured", try(measured .. "rules.indicator['a.x'] = sy.tiers { {60, 0.8}, {80, 0.5}, {90, 1} }", with),
    "monotone")
check(c.got == "0.5 (80%)", "measured: %s", c.got)
check(#try(measured .. "rules.indicator['a.x'] = sy.tiers { {60, 0.5}, {90, 1} }", with).counterexamples == 0, "measured, good")
measured = "rules.measure['a.x'] = function(fund) return fund.spent > 1000 and 1 or 2 end\n"
check(#try(measured .. "rules.indicator['a.x'] = sy.violations { of = 4, lose = 1 }", with).counterexamples == 0,
    "a fact of money is in yuan, however it was written")

-- What does not matter is left out of the pasted case, what matters stays.
local large = [[test.case('large', { facts = { lump = '7万元', junk = 3, budget = 100 }, year = 2020,
    indicators = { { indicator = 'a.y', target = '≥5', actual = 5, weight = 10 },
        { indicator = 'a.x', target = '≥100', actual = 50, weight = 40, note = 'n' } },
    previous = { facts = { junk = 2 }, indicators = { { indicator = 'a.x', actual = 7 } } } }, { status = 'scored' })]]
c = only("large", try([[rules.indicator['a.x'] = function(i, fund)
    if fund.lump == 70000 and i.actual >= i.target then return 0.5 end
    return math.min(1, i.actual / i.target)
end
rules.indicator['a.y'] = rules.indicator['a.x'] and sy.func { function() return 1 end }]], large), "monotone", 2)
check(c.paste:find('facts = { lump = "7万元" }', 1, true), "what matters stays: %s", c.paste)
for _, gone in ipairs { "junk", "budget", "a.y", "weight", "note", "previous" } do
    check(not c.paste:find(gone, 1, true), "%s is not needed: %s", gone, c.paste)
end

-- Exemptions let off one law of the indicators that they name, and are told.
local falls = "rules.indicator['a.x'] = function(i) return i.actual > 10 and 0 or 1 end"
local seed = "test.case('c', { indicator = 'a.x', target = '≥5', actual = '6' }, { attainment = 1 })\n"
local exempt, code = try(falls, seed .. "test.exempt('a.*', 'monotone', 'more than ten is a wrong report')")
check(code == 0 and #exempt.counterexamples == 0, "exempt: exit code %s", code)
check(#exempt.exempt == 1 and exempt.exempt[1].used == true and exempt.exempt[1].law == "monotone"
    and exempt.exempt[1].why == "more than ten is a wrong report" and exempt.exempt[1].line == 3, "exempt: not told")
for _, other in ipairs { "'a.*', 'range'", "'b.*', 'monotone'" } do
    exempt, code = try(falls, seed .. ("test.exempt(%s, 'why')"):format(other))
    check(code == 1 and exempt.exempt[1].used == false, "exempt %s lets off something else", other)
end
local text = run("--properties")
check(text:find("b.* is exempt from monotone: why (nothing to let off)", 1, true), "an exemption for nothing: %s", text)

-- The same bytes for any number of workers, in every format; a row for each counterexample; without the option none.
for _, format in ipairs { "table", "csv", "json", "ndjson", "markdown" } do
    local one, first = run("--properties --jobs 1 --format " .. format)
    local three = run("--properties --jobs 3 --format " .. format)
    check(one == three and first == 1, "%s: --jobs changes the output", format)
    check(select(2, one:gsub("better scores lower", "")) == 1, "%s: no counterexample: %s", format, one)
    local plain, none = run("--format " .. format)
    check(none == 0 and not plain:find("better", 1, true) and not plain:find("properties", 1, true), "%s: not asked for", format)
end
text = run("--properties --lang zh")
check(text:find("完成得更好，得分反而更低", 1, true) and text:find("定律：1 条规则", 1, true), "in Chinese: %s", text)

-- Indicators that words or ratings grade, or that have none, are left alone.
local quiet = try("rules.indicator['a.x'] = sy.rating {}",
    "test.case('c', { indicator = 'a.x', rating = '1' }, { attainment = 1 })\n"
    .. "test.case('d', { indicator = 'a.y', target = '≥5', actual = 3, rating = '0.9' }, { attainment = 0.9 })\n"
    .. "test.case('e', { indicator = 'a.z', target = '≥5' }, { status = 'missing' })")
check(quiet.rules == 0 and #quiet.counterexamples == 0, "judgements: %d rules", quiet.rules)

suite.finish()
