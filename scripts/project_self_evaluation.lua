-- 项目支出绩效自评 (project_self_evaluation): the unit self-evaluation form of 财预〔2020〕10号
-- 《项目支出绩效评价管理办法》 as provinces print it. It is the base of the types of special funds.
--
-- Where the rules come from: quantitative indicators are graded by their sign (met: full points, else in
-- proportion; a reverse indicator by target ÷ actual, as the Hubei and Jinan forms print), qualitative ones by
-- the words of [ratings]. Both are what the engine does where no rule is given. The execution rate is
-- 全年执行数 ÷ 全年预算数; more than 100 % earns no more than the full points, and is a finding.
local sy = require "steelyard"
local checks = require "checks"
local execution = require "execution"
local rules = sy.rules { api = 1 }

rules.measure["execution.rate"] = execution.rate

function rules.check(fund)
    checks.budget(fund)
end

return rules
