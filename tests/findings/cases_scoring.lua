-- cases_scoring.lua - evaluations that raise each finding of yardsticks, scoring and scripts, by code: files over those of
-- run.lua, `exit` where it is not 0. What is expected of them stands in expected.txt.
local cases = {}

local function case(code, files, exit)
    cases[code] = cases[code] or {}
    table.insert(cases[code], { files = files, exit = exit })
end

case("weights-sum", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,1,1,50
f,a.y,1,1,49
]],
})

case("weights-sum", {
    ["config/q.ini"] = [[
[weights]

a.x = 50
a.y = 49.5
]],
    ["data/funds.csv"] = [[
fund
f
g
]],
})

case("level-sum", {
    ["config/q.ini"] = [[
[levels]
a = 60
b = 40
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,1,1,55
f,b.x,1,1,45
]],
})

case("level-sum", {
    ["config/q.ini"] = [[
[levels]
a = 60
b = 40
[weights]
a.x = 55
b.x = 45
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,1,1,
f,b.x,1,1,
]],
})

case("weight-missing", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,1,1,100
f,a.y,1,1,
]],
})

case("weight-unknown", {
    ["config/q.ini"] = [[
[weights]
a.x = 50
a.y = 50
b.* = 5
]],
})

-- A fact of [facts], one of the data, a method, an indicator; what is there by that name, or like nothing, has no hint.
case("fact-missing", {
    ["config/q.ini"] = "[facts]\nstaff = number\n编制人数 = number\n",
    ["data/funds.csv"] = "fund,type,quota\nf,,3\n",
    ["scripts/q.lua"] = [[
local rules = require("steelyard").rules { api = 1 }
rules.indicator["a.x"] = function(i, fund) return fund.stafff / 2 end
rules.indicator["a.y"] = function(i, fund) return fund.indicators["a.xx"].actual end
rules.measure["b.one"] = function(fund) return fund.facts["编制数"] + 1 end
rules.measure["b.two"] = function(fund) return fund.quotta + 1 end
rules.measure["b.three"] = function(fund) return fund.staff + 1 end
rules.measure["b.four"] = function(fund) return fund.vehicles + 1 end
function rules.adjust(fund) fund:dedcut(1, "x") end
return rules
]],
})

-- A path that no row has, near to one without a weight; c.other is far from all.
case("weight-unknown", {
    ["config/q.ini"] = [[
[weights]
a.problems_slved = 50
a.y = 40
c.other = 10
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual
f,a.problems_solved,1,1
f,a.y,1,1
]],
})

-- In two years, each line once; b.z is there in the second.
local PATTERNS = {
    ["evaluation.ini"] = "[evaluation]\nyears = 2018-2019\ntype = q\n[data outcomes]\npath = data/outcomes.csv\n",
    ["data/outcomes.csv"] = [[
year,fund,indicator,target,actual,weight
2018,f,alpha.visits,10,9,50
2018,f,alpha.jobs,10,9,50
2019,f,alpha.visits,10,9,50
2019,f,beta.z,10,9,50
]],
    ["config/q.ini"] = [[
[signs]
alpha.vists = <=
beta.* = <=
[targets]
alpha.jbos = 5
beta.z = 5
[names]
alpha.vsits = 来访
gamma.other = 其他
]],
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["alpah.*"] = sy.completion {}
rules.indicator["alpha.visit"] = function() return 1 end
rules.indicator["beta.z"] = sy.completion {}
rules.indicator["*.far"] = sy.completion {}
rules.target["alpah.*"] = function() return 5 end
rules.measure["gamma.*"] = function() return 5 end
return rules
]],
}
case("pattern-unmatched", PATTERNS)

-- What sy.base() gives from an installed script is not the evaluation's; what a year's folder changes is.
case("pattern-unmatched", {
    ["data/funds.csv"] = "fund,type\nf,sme_support\n",
    ["scripts/sme_support.lua"] = [[
local sy = require "steelyard"
local rules = sy.base()
rules.indicator["a.x"] = sy.completion {}
return rules
]],
    ["scripts/2019-/sme_support.lua"] = [[
local rules = require("steelyard").base()
rules.indicator["a.xy"] = require("steelyard").completion {}
return rules
]],
})

case("weight-differs", {
    ["config/q.ini"] = [[
[weights]
a.x = 50
a.y = 50
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,1,1,50
f,a.y,1,1,40
]],
})

case("script", {
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.check(fund)
    fund:finding("note", "one text")
    fund:finding("error", { zh = "中文", en = "English" })
    fund:finding("warning", { zh = "只有中文" })
end
return rules
]],
})

case("target-missing", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,,5个,100
]],
})

case("target-missing", {
    ["config/q.ini"] = [[
[weights]
a.x = 50
a.y = 50
]],
    ["data/outcomes.csv"] = [[
fund,indicator,actual
f,a.x,3
f,a.y,3
]],
})

case("previous-missing", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,,5,100
]],
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.x"] = sy.against_previous { sy.completion {} }
return rules
]],
})

case("actual-missing", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,5,,100
]],
})

case("actual-missing", {
    ["config/q.ini"] = [[
[weights]
a.x = 50
a.y = 50
[targets]
a.y = 5
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,1,1,
]],
})

case("unrated", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,秩序明显改善,开展了整治,100
]],
})

case("actual-repeats-target", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,秩序明显改善,秩序明显改善,100
]],
})

case("target-too-low", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥12场,96场,50
f,a.y,≥10场,12.9场,40
f,a.z,≥3场,4场,10
]],
})

case("attainment-range", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,10,12,50
f,a.y,10,12,50
]],
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.x"] = function(i)
    return i.actual / i.target
end
rules.indicator["a.y"] = function(i) return -0.5 end
return rules
]],
})

case("overridden", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
f,a.x,0.5
]],
})

case("overridden", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight,rating
f,a.x,10,9,100,0.5
]],
})

case("reported-differs", {
    ["data/funds.csv"] = [[
fund,budget,spent
f,200,190
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥100%,100%,100
]],
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.measure["a.x"] = function(fund) return sy.percent(fund.spent, fund.budget), "%" end
return rules
]],
})

case("fact-missing", {
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.measure["a.x"] = function(fund)
    return fund.area + 1
end
function rules.check(fund)
    return fund.staff + 1
end
function rules.adjust(fund)
    fund:add(fund.bonus + 1)
end
return rules
]],
})

case("fact-missing", {
    ["config/q.ini"] = [[
[facts]
staff = number required
]],
})

case("low-coverage", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,10,10,40
f,a.y,,5,60
]],
})

case("unscored", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,,10,40
f,a.y,,5,60
]],
})

case("unscored", {
    ["data/funds.csv"] = [[
fund
f
g
]],
})

case("zero-budget", {
    ["data/funds.csv"] = [[
fund,type,budget,spent
f,project_self_evaluation,0,20万元
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,output.x,1,1,50
]],
})

case("overspent", {
    ["data/funds.csv"] = [[
fund,type,budget,spent
f,project_self_evaluation,211600,250000
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,output.x,1,1,50
]],
})

case("sum-mismatch", {
    ["data/facts.csv"] = [[
fund,fact,value
f,other,30
]],
    ["data/funds.csv"] = [[
fund,income,fiscal
f,100,60
]],
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
function rules.check(fund)
    fund:expect_sum("income", { "fiscal", "other" }, 0.01)
end
return rules
]],
})

case("parts-over-whole", {
    ["data/funds.csv"] = [[
fund,type
f,sme_support
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,output.quality.rd,≥10亿元,13亿元,50
f,output.quality.rd__military,≥8亿元,14亿元,50
]],
})

case("result-repeated", {
    ["data/funds.csv"] = [[
fund,part_of
f,g
g,
]],
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥10个,9个,50
f,a.y,≥10个,9个,50
g,a.y,≥20个,9个,100
]],
})

case("text-differs", {
    ["data/funds.csv"] = [[
fund,type,income,income_text
f,department,19064017.58,1907.72万元
]],
})

case("unit-slip", {
    ["data/funds.csv"] = [[
fund,type,income_other,income_other_reason
f,department,23802.23,2.38
]],
})

case("script-error", {
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.x"] = function(i)
    return i.actual > nil
end
return rules
]],
}, 3)

case("script-error", {
    ["scripts/q.lua"] = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
rules.indicator["a.*"] = function(i)
    return "good"
end
return rules
]],
}, 3)

return cases
