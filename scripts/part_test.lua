-- Worked tests of part: a section is worth its weight times the mean of its answers.
local test = require "steelyard.test"

local QUESTIONS = {
    purpose = { "clear", "need", "not_redundant", "no_flaws", "targeted" },
    planning = { "long_term_measures", "long_term_targets", "annual_measures", "annual_targets", "partners",
        "evaluations", "budget_tied", "deficiencies" },
    management = { "information", "accountable", "funds_obligated", "efficiencies", "collaborates",
        "financial_practices", "deficiencies" },
    results = { "long_term_progress", "annual_goals", "efficiencies", "compares", "evaluations" },
}

-- All questions answered Yes but for those of `but`.
local function answers(but)
    local rows = {}
    for _, section in ipairs { "purpose", "planning", "management", "results" } do
        for _, question in ipairs(QUESTIONS[section]) do
            local path = section .. "." .. question
            if but[path] ~= false then
                rows[#rows + 1] = { indicator = path, actual = but[path] or "Yes" }
            end
        end
    end
    return rows
end

local function program(name, but, facts, expected)
    test.case(name, { facts = facts, indicators = answers(but) }, expected)
end

program("all answers are Yes", {}, {},
    { score = 100, grade = "Effective", coverage = 1, status = "scored", no_finding = true })

-- Answers. A question of results is worth 50 / 5 = 10 points, one of management 20 / 7.
program("a large extent", { ["results.compares"] = "Large extent" }, {},
    { score = 96.7, indicators = { ["results.compares"] = { attainment = 0.67, score = 6.7 } } })
program("a small extent", { ["results.compares"] = "SMALL EXTENT" }, {},
    { score = 93.3, indicators = { ["results.compares"] = { attainment = 0.33 } } })
program("a No in management", { ["management.collaborates"] = "NO" }, {}, { score = 97.14 }) -- 100 - 20 / 7
program("no answer is a No, and can be made good", { ["results.compares"] = "" }, {},
    { score = 90, coverage = 0.9, bounds = { 90, 100 }, finding = "actual-missing" })
program("another word is no answer", { ["results.compares"] = "Maybe" }, {},
    { score = 100, coverage = 0.9, bounds = { 90, 100 }, finding = "unrated" })

-- What does not apply hands its points on within its section: 3 of the other 4 answers of results are Yes.
program("not applicable", { ["results.compares"] = "Not applicable", ["results.efficiencies"] = "No" }, {},
    { score = 87.5, coverage = 1, indicators = { ["results.compares"] = { status = "not_applicable" } } })
program("no question of a section applies: the others take its points",
    { ["purpose.clear"] = "NA", ["purpose.need"] = "NA", ["purpose.not_redundant"] = "NA", ["purpose.no_flaws"] = "NA",
        ["purpose.targeted"] = "NA", ["results.compares"] = "No" }, {},
    { score = 87.5 }) -- 70 of the other 80 points

-- The edges of the ratings.
program("85 is Effective", { ["purpose.clear"] = "No", ["purpose.need"] = "No", ["purpose.no_flaws"] = "No",
    ["planning.partners"] = "No", ["planning.evaluations"] = "No" }, {},
    { score = 85.5, grade = "Effective" }) -- 100 - 3 x 4 - 2 x 1.25
program("84.25 is not", { ["purpose.clear"] = "No", ["purpose.need"] = "No", ["purpose.no_flaws"] = "No",
    ["planning.partners"] = "No", ["planning.evaluations"] = "No", ["planning.budget_tied"] = "No" }, {},
    { score = 84.25, grade = "Moderately Effective" })
program("70 is Moderately Effective", { ["results.compares"] = "No", ["results.evaluations"] = "No",
    ["results.efficiencies"] = "No" }, {}, { score = 70, grade = "Moderately Effective" })
program("68.75 is Adequate", { ["results.compares"] = "No", ["results.evaluations"] = "No",
    ["results.efficiencies"] = "No", ["planning.partners"] = "No" }, {}, { score = 68.75, grade = "Adequate" })
local NO_RESULTS = { ["results.long_term_progress"] = "No", ["results.annual_goals"] = "No",
    ["results.efficiencies"] = "No", ["results.compares"] = "No", ["results.evaluations"] = "No" }
program("50 is Adequate", NO_RESULTS, {}, { score = 50, grade = "Adequate" })
local LESS = { ["planning.partners"] = "No" }
for path, answer in pairs(NO_RESULTS) do LESS[path] = answer end
program("48.75 is Ineffective", LESS, {}, { score = 48.75, grade = "Ineffective" })

-- Results are not demonstrated, whatever the score.
local CAP = "Results Not Demonstrated"
program("no agreed measures, by a fact", {}, { agreed_measures = false, baselines = true },
    { score = 100, grade = CAP, cap = CAP, reason = "no agreed" })
program("no baselines, by a fact", {}, { agreed_measures = true, baselines = false },
    { score = 100, grade = CAP, reason = "no baselines" })
program("no long-term measures, by the answer", { ["planning.long_term_measures"] = "No" }, {},
    { score = 98.75, grade = CAP, reason = "no agreed long-term and annual measures: planning.long_term_measures is No" })
program("no annual measures, by the answer", { ["planning.annual_measures"] = "NO" }, {},
    { score = 98.75, grade = CAP, reason = "no agreed" })
program("no baselines, by the answer", { ["planning.annual_targets"] = "No" }, {},
    { score = 98.75, grade = CAP, reason = "no baselines" })
program("the facts win over the answers", { ["planning.long_term_measures"] = "No", ["planning.annual_targets"] = "No" },
    { agreed_measures = true, baselines = true }, { score = 97.5, grade = "Effective" })
program("measures and baselines to a small extent are measures and baselines",
    { ["planning.long_term_measures"] = "Small extent", ["planning.annual_measures"] = "Small extent",
        ["planning.annual_targets"] = "Small extent" }, {},
    { score = 97.49, grade = "Effective" }) -- 100 - 3 x 1.25 x 0.67

-- Each of the three questions in each way that shows nothing, whatever else is answered; a fact tells what it is about.
local WHY = { ["planning.long_term_measures"] = "no agreed", ["planning.annual_measures"] = "no agreed",
    ["planning.annual_targets"] = "no baselines" }
for path, reason in pairs(WHY) do
    local fact = reason == "no agreed" and "agreed_measures" or "baselines"
    for answer, what in pairs { No = "is No", NA = "does not apply", [""] = "has no answer", Maybe = "has no answer" } do
        program(("%s: '%s'"):format(path, answer), { [path] = answer }, {},
            { grade = CAP, cap = CAP, reason = path .. " " .. what })
    end
    program(path .. " is left out", { [path] = false }, {},
        { score = 100, grade = CAP, cap = CAP, reason = reason, finding = "script" })
    program(path .. " is left out, and a fact tells it", { [path] = false }, { [fact] = true },
        { score = 100, grade = "Effective" })
    program(path .. " does not apply, and a fact says that there is none", { [path] = "NA" }, { [fact] = false },
        { grade = CAP, reason = reason })
end
program("one fact of two", { ["planning.annual_targets"] = "" }, { agreed_measures = true }, { grade = CAP, reason = "no baselines" })
test.case("the score does not lift it", { facts = { baselines = false }, indicators = answers(LESS) }, { grade = CAP })
test.case("an answer as a number", {
    indicators = { { indicator = "planning.long_term_measures", rating = 0 }, { indicator = "results.compares", rating = 0.5 } },
}, { cap = CAP, indicators = { ["results.compares"] = { attainment = 0.5 } } })

-- Questions that are not there.
program("a question is left out: the other four share its section",
    { ["purpose.clear"] = false, ["purpose.need"] = "No" }, {}, { score = 95, finding = "script" }) -- 100 - 20 / 4
program("five questions are left out", { ["purpose.clear"] = false, ["planning.partners"] = false,
    ["management.information"] = false, ["results.compares"] = false, ["results.evaluations"] = false }, {},
    { score = 100, finding = "script" })
