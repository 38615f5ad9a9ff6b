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

local function is_no(fund, path)
    local question = fund.indicators[path]
    local answer = question and (question.rating or question.actual)
    return answer == "No" or answer == "NO" or answer == 0
end

-- Why results are not demonstrated, or nil. A fact that is told wins over what the answers say.
local function undemonstrated(fund)
    local agreed, baselines = fund.agreed_measures, fund.baselines
    if agreed == nil then
        agreed = not (is_no(fund, "planning.long_term_measures") or is_no(fund, "planning.annual_measures"))
    end
    if baselines == nil then
        baselines = not is_no(fund, "planning.annual_targets")
    end
    if not agreed then
        return "no agreed long-term and annual measures"
    elseif not baselines then
        return "no baselines for the measures"
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
