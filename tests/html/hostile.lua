-- hostile.lua - names that would be markup, scripts or addresses are text throughout.
local suite, browser = require "suite", require "browser"
local check = suite.check

local NAMES = { "</script><img src=x onerror=alert(1)>", "<!-- <script>", '"><b onmouseover=alert(1)>', "' onload='alert(1)",
    "a\u{2028}b\u{2029}c",
    "\u{202E}txt.exe", "javascript:alert(1)", "&lt;b&gt;", "<svg onload=alert(1)>", "{0} {1} $&", "__proto__", "constructor", "]]>",
        "\\u003cb\\u003e" }

return function(folder, make, check_page, data_of)
    local evaluation = folder .. "/hostile"
    local lines = { "fund,year,level1,level2,name,target,actual,weight,note" }
    for i, name in ipairs(NAMES) do
        local cell = '"' .. name:gsub('"', '""') .. '"'
        for year = 2022, 2023 do
            lines[#lines + 1] = ("%s,%d,产出指标,数量指标,%s,≥10个,%d个,100,%s"):format(cell, year, cell, i + year - 2022, cell)
        end
    end
    suite.write(evaluation .. "/outcomes.csv", table.concat(lines, "\n") .. "\n")
    suite.write(evaluation .. "/evaluation.ini",
        "[evaluation]\ntitle = </title><script>alert(1)</script>\nyears = 2022-2023\n\n[data outcomes]\npath = outcomes.csv\n")
    for _, command in ipairs { "score", "compare", "review", "sensitivity --draws 50" } do
        local path = make("hostile-" .. command:match("%a+"), command .. " " .. suite.quote(evaluation))
        local page = check_page(path, "hostile " .. command)
        local document = data_of(page)
        local n = 0
        for i, fund in ipairs(document.report.funds) do
            n = n + (fund.fund == NAMES[command == "compare" and i or (i + 1) // 2] and 1 or 0)
        end
        check(n == #document.report.funds and n >= #NAMES, "%s: %d of %d names", command, n, #document.report.funds)
        browser.open(path)
        browser.script("return [document.title, document.images.length, document.querySelectorAll('svg, b').length, " ..
            "document.body.innerText]",
            function(got)
            check(got[1] == "</title><script>alert(1)</script>", "the title is %s", got[1])
            check(got[2] == 0 and got[3] == 0, "%s: %d images, %d others", command, got[2], got[3])
            check(got[4]:find(NAMES[1], 1, true), "%s: the first name is not shown", command)
        end)
        browser.script("document.querySelector('main tbody a').click()")
        browser.script("return [location.hash, document.querySelector('main h2').innerText, document.images.length]", function(got)
            check(got[1] ~= "" and got[3] == 0 and got[2]:find("<img src=x", 1, true), "%s: one is %s", command, got[2])
        end)
        browser.fine("hostile " .. command)
    end
    -- An address that names what is not there says so.
    browser.open(folder .. "/hostile-score.html", "#fund=%3Cimg%20src=x%3E&year=1")
    browser.script("return [document.images.length, document.querySelector('main [role=alert]').innerText]", function(got)
        check(got[1] == 0 and got[2]:find("<img src=x>", 1, true), "no fund: %s", got[2])
    end)
    browser.open(folder .. "/hostile-score.html", "#fund=%E0%A4%A&%&=&year")
    browser.script("return document.querySelector('main [role=alert]') !== null", function(got) check(got, "a broken address") end)
    browser.fine("no fund")
end
