-- cases_claims.lua - what `review` finds in claims; see cases_loading.lua.
local cases = {}

local function case(code, outcomes, funds)
    cases[code] = cases[code] or {}
    table.insert(cases[code], { command = "review", files = { ["data/funds.csv"] = funds or "fund\nf\n",
        ["data/outcomes.csv"] = "fund,indicator,target,actual,weight,claimed,note\n" .. outcomes } })
end

case("claimed-over-weight", "f,a.x,10,10,50,51,\nf,a.y,10,9,50,50.5,\n")
case("full-marks-missed-target", "f,a.x,10,9,50,50,\n")
case("claimed-rounded", "f,a.x,43.2,37.24,10,9,x\nf,a.y,10,9.99,90,89,x\n")
case("deduction-without-reason", "f,a.x,10,10,50,40,\nf,a.y,10,10,50,40,天气\n")
case("claimed-sum", "f,a.x,10,10,50,50,\nf,a.y,10,10,50,50,\n", "fund,claimed\nf,98.5\n")
case("total-not-rolled-up", "f,a.x,10,10,50,50,\nf,a.y,10,10,50,50,\n", "fund,claimed\nf,0\n")
case("double-weighting", "f,a.x,10,10,25,6.25,x\nf,a.y,10,10,25,6.25,x\nf,a.z,10,9,50,20,x\n")

local EVALUATION = "[evaluation]\ntitle = findings\nyears = %s\ntype = q\n[data funds]\npath = data/funds.csv\n" ..
    "[data outcomes]\npath = data/outcomes.csv\n"

-- What was reached the year before, in a year that is scored or not: ≥, ≤, another unit of one dimension; below, what is not told:
-- half of it, what was only aimed at, another dimension, less than nothing, a sign that says neither.
local YEARS = [[
fund,year,indicator,sign,target,actual,weight
f,2018,a.x,,≥90次,96次,10
f,2018,a.days,,≤20天,12天,10
f,2018,a.money,,≥2亿元,2.5亿元,10
f,2018,a.half,,≥10次,20次,10
f,2018,a.target,,≥100次,9次,10
f,2018,a.unit,,≥100%,100%,10
f,2018,a.loss,,≥0万元,-5万元,10
f,2018,a.equal,,=20次,20次,10
f,2019,a.x,,≥12次,96次,10
f,2019,a.days,,≤25天,12天,10
f,2019,a.money,,≥8000万元,9000万元,10
f,2019,a.half,,≥10次,20次,10
f,2019,a.target,,≥10次,9次,10
f,2019,a.unit,>=,10,10,10
f,2019,a.loss,,≥-20万元,-5万元,10
f,2019,a.equal,,=2次,2次,10
]]
for _, years in ipairs { "2019", "2018-2019" } do
    cases["target-below-previous"] = cases["target-below-previous"] or {}
    table.insert(cases["target-below-previous"], { command = "review", files = {
        ["evaluation.ini"] = EVALUATION:format(years), ["data/funds.csv"] = "fund\nf\n", ["data/outcomes.csv"] = YEARS } })
end
table.insert(cases["target-below-previous"], { command = "review", files = { -- the half is too little, where the INI says so
    ["evaluation.ini"] = EVALUATION:format(2019):gsub("data funds", "review]\ntarget_share = 0.8\n[data funds"),
    ["data/funds.csv"] = "fund\nf\n", ["data/outcomes.csv"] = YEARS } })

-- Four of six that claim anything; g claims a total alone, h nothing, i and j less than all.
case("claims-all-perfect", [[
d,a.x,10,10,60,60,
d,a.y,10,8,40,40,
e,a.x,10,10,60,60,
e,a.y,10,10,40,40,
f,a.x,10,10,60,60,
f,a.y,10,10,40,40,
g,a.x,10,10,60,,
g,a.y,10,5,40,,
h,a.x,10,10,60,,
i,a.x,10,9,100,90,x
j,a.x,10,10,60,60,
j,a.y,10,10,40,,
]], "fund,claimed\nh,\nd,\ne,\nf,100\ng,100\ni,90\nj,\n")

return cases
