-- part: the Program Assessment Rating Tool of the US Office of Management and Budget, as it was used for federal programs.
--
-- [F] found in published descriptions: four sections of questions scored 0 to 100 and weighted purpose and design 20,
-- strategic planning 10, management 20, results 50; the names of the ratings; "Results Not Demonstrated" where there are no
-- agreed measures or no baselines; some 25 questions, seven types of programs. [M] general knowledge of the tool, not checked
-- against its guidance: the questions (their wording here is short and our own), what a partial answer is worth, the scores
-- that part the ratings. All of [M] is configuration.
--
-- A question is an indicator, its answer one of the words of [ratings]: Yes, Large extent, Small extent, No, or NA. The
-- questions of a section share its points; one that does not apply hands its share on within the section. Questions
-- of a program's own type are rows of the data like any other, and share too.
local sy = require "steelyard"
local rules = sy.rules { api = 1 }

rules.indicator["*"] = sy.rating {}

-- The questions that every program answers.
local QUESTIONS = {
    "purpose.clear", "purpose.need", "purpose.not_redundant", "purpose.no_flaws", "purpose.targeted",
    "planning.long_term_measures", "planning.long_term_targets", "planning.annual_measures", "planning.annual_targets",
    "planning.partners", "planning.evaluations", "planning.budget_tied", "planning.deficiencies",
    "management.information", "management.accountable", "management.funds_obligated", "management.efficiencies",
    "management.collaborates", "management.financial_practices", "management.deficiencies",
    "results.long_term_progress", "results.annual_goals", "results.efficiencies", "results.compares",
    "results.evaluations",
}

-- Why an answer shows nothing: a No, none, one that is no answer, one that does not apply; nil where it shows something. The
-- program has to show it, so a question that is not even asked cannot lift the veto.
local function lacking(fund, path)
    local question = fund.indicators[path]
    if question and question.status == "scored" then
        return question.score <= 0 and path .. " is No" or nil
    elseif question and question.status == "not_applicable" then
        return path .. " does not apply"
    end
    return path .. " has no answer"
end

-- Why results are not demonstrated, or nil. A fact that is told wins over what the answers say.
local function undemonstrated(fund)
    local agreed, baselines = fund.agreed_measures, fund.baselines
    local measures = agreed == nil
        and (lacking(fund, "planning.long_term_measures") or lacking(fund, "planning.annual_measures"))
    local based = baselines == nil and lacking(fund, "planning.annual_targets")
    if measures or agreed == false then
        return "no agreed long-term and annual measures" .. (measures and ": " .. measures or "")
    elseif based or baselines == false then
        return "no baselines for the measures" .. (based and ": " .. based or "")
    end
end

function rules.adjust(fund)
    local reason = undemonstrated(fund)
    if reason then
        fund:cap("Results Not Demonstrated", reason)
    end
end

-- What is not answered has no share of its section, so the rest would count for more.
function rules.check(fund)
    local open = {}
    for _, path in ipairs(QUESTIONS) do
        if fund.indicators[path] == nil then
            open[#open + 1] = path
        end
    end
    if #open > 0 then
        local some = table.concat(open, ", ", 1, math.min(#open, 3)) .. (#open > 3 and ", ..." or "")
        fund:finding("warning", string.format("no answer to %d of the %d questions (%s): the others of a section share its points",
            #open, #QUESTIONS, some))
    end
end

return rules
