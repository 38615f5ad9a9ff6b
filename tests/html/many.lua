-- many.lua - thousands of funds: rows are made as they are looked at, every one can be found, and paper has them all.
local suite, browser = require "suite", require "browser"
local check = suite.check
local N = 1200

return function(folder, make)
    require("big")(folder .. "/big", N)
    local path = make("big", "score " .. suite.quote(folder .. "/big"))
    browser.open(path)
    browser.script("return [document.querySelectorAll('main table')[0].tBodies[0].rows.length, document.querySelector('.more').innerText]",
        function(got)
        check(got[1] == 100 and got[2]:find("1200", 1, true), "%d rows, %s", got[1], got[2])
    end)
    browser.step { type = "main input[type=search]", text = "p01199" }
    browser.script("return [...document.querySelectorAll('main table')[0].tBodies[0].rows].map(row => row.children[0].innerText)",
        function(got)
        check(#got == 1 and got[1] == "p01199", "found %s", tostring(got[1]))
    end)
    browser.script("[...document.querySelectorAll('.filter button')][0].click(); " ..
        "return document.querySelectorAll('main table')[0].tBodies[0].rows.length",
        function(got) check(got == 100, "%d rows", got) end)
    browser.step { pdf = folder .. "/big.pdf" }
    browser.fine("big")
    browser.step({ script = "return true" }, function()
        local text = suite.capture("pdftotext -layout " .. suite.quote(folder .. "/big.pdf") .. " - 2>/dev/null")
        local seen, n = {}, 0
        for id in text:gmatch("p%d%d%d%d%d") do
            if not seen[id] then seen[id], n = true, n + 1 end
        end
        check(n == N, "%d funds on paper", n)
        check(select(2, text:gsub("可评率", "")) > 10, "headings are not repeated")
    end)
end
