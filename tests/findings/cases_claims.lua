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

return cases
