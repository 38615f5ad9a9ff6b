-- big.lua - an invented evaluation of many funds, twelve indicators each.
local suite = require "suite"

return function(folder, n)
    local funds, outcomes = { "fund,name,department,全年预算数,全年执行数" }, { "fund,indicator,name,target,actual,weight" }
    for i = 1, n do
        funds[#funds + 1] = ("p%05d,第%d号项目（虚构）,第%d局,%d,%d"):format(i, i, i % 40, 1000 + i, 900 + i)
        for k = 1, 12 do
            outcomes[#outcomes + 1] = ("p%05d,%s.b%d.i%d,第%d项指标,≥%d个,%d个,%s"):format(i, k <= 6 and "output" or "benefit",
                k % 3, k, k,
                100 + k, 60 + (i * k) % 55, k <= 4 and "9" or "8")
        end
    end
    suite.write(folder .. "/data/funds.csv", table.concat(funds, "\n") .. "\n")
    suite.write(folder .. "/data/outcomes.csv", table.concat(outcomes, "\n") .. "\n")
    suite.write(folder .. "/evaluation.ini",
        "[evaluation]\ntitle = 虚构的大评价\nyears = 2023\n\n[data funds]\npath = data/funds.csv\n\n[data outcomes]\npath = data/outcomes.csv\n")
end
