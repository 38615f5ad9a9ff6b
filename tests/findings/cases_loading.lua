-- cases_loading.lua - evaluations that raise each finding of loading, by code: files over those of run.lua, `exit` where it is
-- not 0. What is expected of them stands in expected.txt.
local cases = {}

local function case(code, files, exit)
    cases[code] = cases[code] or {}
    table.insert(cases[code], { files = files, exit = exit })
end

case("duplicate-key", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥10个,9个,50
f,a.y,≥10个,9个,50
f,a.x,≥10个,8个,50
]],
})

case("duplicate-key", {
    ["data/funds.csv"] = [[
fund,type
f,
g,
f,
]],
})

case("duplicate-key", {
    ["data/facts.csv"] = [[
fund,fact,value
f,budget,3
f,budget,4
]],
})

case("duplicate-key", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
f,a.x,0.5
f,a.x,0.6
]],
})

case("duplicate-key", {
    ["data/funds.csv"] = [[
fund,year
f,2018
f,2019
]],
    ["data/outcomes.csv"] = [[
fund,year,level1,level2,name,target,actual,weight
f,2018,产出,数量,一,1,1,100
f,2019,产出,数量,一,1,1,100
f,2019,,,一,1,1,100
]],
    ["evaluation.ini"] = [[
[evaluation]
title = findings
years = 2018-2019
type = q
[data funds]
path = data/funds.csv
[data outcomes]
path = data/outcomes.csv
]],
})

case("unknown-fund", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
g,a.x,0.5
]],
})

case("unknown-fund", {
    ["data/adjustments.csv"] = [[
fund,points
g,1
]],
})

case("unknown-fund", {
    ["data/funds.csv"] = [[
fund,part_of
f,whole
]],
})

case("unknown-fund", {
    ["data/funds.csv"] = [[
fund,year
f,2018
f,2019
]],
    ["data/outcomes.csv"] = [[
fund,year,indicator,target,actual,weight
f,2019,a.x,1,1,100
]],
    ["data/ratings.csv"] = [[
fund,year,indicator,rating
g,2018,a.x,0.5
]],
    ["evaluation.ini"] = [[
[evaluation]
title = findings
years = 2018-2019
type = q
[data funds]
path = data/funds.csv
[data outcomes]
path = data/outcomes.csv
]],
})

case("unknown-indicator", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
f,a.x,0.5
f,a.z,0.5
]],
})

case("key-missing", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
,a.x,1,1,50
f,,1,1,50
]],
})

case("key-missing", {
    ["data/facts.csv"] = [[
fund,fact,value
f,,3
]],
})

case("key-missing", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
f,,1
]],
})

case("bad-path", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a..x,1,1,50
f,a.b.c.d.e.f.g.h.i,1,1,50
]],
})

case("bad-path", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
f,.a,1
]],
})

case("unknown-type", {
    ["data/funds.csv"] = [[
fund,type
f,q
g,nosuch
h,nosuch
i,sme_suport
]],
})

case("type-missing", {
    ["data/funds.csv"] = [[
fund
f
]],
    ["evaluation.ini"] = [[
[evaluation]
title = findings
years = 2019
[data funds]
path = data/funds.csv
[data outcomes]
path = data/outcomes.csv
]],
})

case("unknown-column", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight,remarks,x(万元)
f,a.x,1,1,100,k,3
f,a.y,1,1,,k,3
]],
})

case("unknown-year", {
    ["data/funds.csv"] = [[
fund,year
f,2018
]],
    ["data/outcomes.csv"] = [[
fund,year,indicator,target,actual,weight
f,,a.x,1,1,100
]],
    ["evaluation.ini"] = [[
[evaluation]
title = findings
years = 2018-2019
type = q
[data funds]
path = data/funds.csv
[data outcomes]
path = data/outcomes.csv
]],
})

case("bad-number", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥10个,12..5,40
f,a.y,≥≥5,9,40
f,a.z,10,10,x1
f,a.w,10,10,-5
]],
})

case("bad-number", {
    ["config/q.ini"] = [[
[weights]
a.x = 50
a.y = 50
[targets]
a.x = 5..5
]],
    ["data/outcomes.csv"] = [[
fund,indicator,actual
f,a.x,3
f,a.y,3
]],
})

case("bad-number", {
    ["data/funds.csv"] = [[
fund,year,claimed,budget
f,2019,九十,1..2
g,20x9,,
]],
})

case("bad-number", {
    ["data/adjustments.csv"] = [[
fund,points
f,two
]],
})

case("bad-number", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,completion,excess,claimed,weight
f,a.x,,5,1..2,,,50
f,a.y,,5,,x,1..,50
]],
})

case("bad-number", {
    ["config/q.ini"] = [[
[names]
output.quantity.one = 一
]],
    ["data/outcomes.csv"] = [[
fund,level1,level2,name,target,actual,weight
f,产出,数量,一,10,10,x1
]],
})

case("bad-unit", {
    ["data/funds.csv"] = [[
fund,spent,n
f,20天,
]],
})

case("bad-unit", {
    ["config/q.ini"] = [[
[facts]
rate = percent
]],
    ["data/facts.csv"] = [[
fund,fact,value
f,rate,3万元
]],
})

case("bad-sign", {
    ["data/outcomes.csv"] = [[
fund,indicator,sign,target,actual,weight
f,a.x,约,10,10,100
]],
})

case("bad-rating", {
    ["data/ratings.csv"] = [[
fund,indicator,rating
f,a.x,较好
]],
})

case("bad-rating", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight,rating
f,a.x,10,10,100,较好
]],
})

case("bad-cap", {
    ["data/adjustments.csv"] = [[
fund,points,cap
f,-1,合格
]],
})

case("bad-fact", {
    ["config/q.ini"] = [[
[facts]
paid_on = date
misuse = boolean
]],
    ["data/facts.csv"] = [[
fund,fact,value
f,misuse,也许
]],
    ["data/funds.csv"] = [[
fund,paid_on
f,去年
]],
})

case("unit-mismatch", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥500万元,300人,50
f,a.y,≥5天,3米,50
]],
})

case("kind-mismatch", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≤30万元,2019年6月,50
f,a.y,2019年6月底前,5,50
f,a.z,提升10%,下降5%,50
]],
})

case("count-words", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥50个,52件,100
]],
})

case("percent-doubtful", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥85%,0.816,100
]],
})

case("actual-has-sign", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,≥266米,≥266米,100
]],
})

case("approximate", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,约10亿元,超6.44亿元,100
]],
})

case("target-derived", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,completion,excess,weight
f,a.x,,18.2亿元,120%,,50
f,a.y,,16.2%,,1.2个百分点,50
]],
})

case("sign-differs", {
    ["data/outcomes.csv"] = [[
fund,indicator,sign,target,actual,weight
f,a.x,>=,≤5%,4%,100
]],
})

case("budget-differs", {
    ["data/funds.csv"] = [[
fund,type,budget,spent
f,project_self_evaluation,20万元,15万元
]],
    ["data/outcomes.csv"] = [[
fund,level1,level2,name,target,actual,weight
f,预算执行,预算执行,预算执行率,21万元,15万元,10
f,产出,数量,一,1,1,90
]],
})

case("part-row", {
    ["data/outcomes.csv"] = [[
fund,level1,level2,name,target,actual,weight
f,产出,数量,一,10,10,100
f,,,其中：省级,5,5,
]],
})

case("header-repeated", {
    ["data/outcomes.csv"] = [[
fund,indicator,target,actual,weight
f,a.x,10,10,50
fund, indicator,target,actual,weight
f,a.y,10,5,50
]],
})

case("bracket-points", {
    ["data/outcomes.csv"] = [[
fund,level1,level2,name,target,actual,weight
f,产出指标(50分),数量指标（30分）,一,10,10,20
f,,质量指标,二,10,10,25
f,效益(55分),经济,三,1,1,55
]],
})

case("adjustment-empty", {
    ["data/adjustments.csv"] = [[
fund,points,cap
f,,
]],
})

case("bad-rating", {
    ["config/q.ini"] = "[ratings]\n基本达成预期 = 0.7\n未达成预期 = 0.3\n",
    ["data/ratings.csv"] = "fund,indicator,rating\nf,a.x,基本达成预其\nf,a.y,好\n",
})

case("unknown-column", {
    ["data/outcomes.csv"] = "fund,indicator,target,actual,weight,evidnce,计量单立,weather\nf,a.x,1,1,50,x,x,x\nf,a.y,1,1,50,,,\n",
})

case("unknown-indicator", {
    ["data/outcomes.csv"] = "fund,indicator,target,actual,weight\nf,alpha.visits,1,1,50\nf,alpha.y,1,1,50\n",
    ["data/ratings.csv"] = "fund,indicator,rating\nf,alpha.vists,1\nf,beta.other,1\n",
})

case("part-circle", {
    ["data/funds.csv"] = [[
fund,part_of
f,g
g,f
h,h
]],
})

case("part-department", {
    ["data/funds.csv"] = [[
fund,part_of,department,spent
f,g,甲,1
g,,乙,1
]],
})

case("spent-missing", {
    ["data/funds.csv"] = [[
fund,department,spent
f,甲,
g,甲,5
]],
})

case("spent-negative", {
    ["data/funds.csv"] = [[
fund,department,spent
f,甲,-100
g,甲,5
]],
})

return cases
