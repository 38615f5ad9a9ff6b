-- looks.lua - pages as people use them: every kind, wide and narrow, light and dark, in both languages.
local suite, browser, json = require "suite", require "browser", require "json"
local check = suite.check

-- Cells of a column of the first table, in order.
local COLUMN = "return [...document.querySelectorAll('main table')].find(t => t.isConnected).querySelectorAll('tbody tr').length && " ..
    "[...[...document.querySelectorAll('main table')][0].querySelectorAll('tbody tr')].map(row => row.children[%d].innerText.trim())"

local function same_list(got, wanted, what)
    check(#got == #wanted, "%s: %d rows, not %d", what, #got, #wanted)
    for i, one in ipairs(wanted) do check(got[i] == one, "%s: row %d is %s, not %s", what, i, tostring(got[i]), one) end
end

-- Marks: points of the canvas that are not empty.
local MARKS = [[return [...document.querySelectorAll('main canvas')].map(canvas => {
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Map();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) seen.set(data[i] << 16 | data[i + 1] << 8 | data[i + 2], 1);
  return [canvas.width * canvas.height, seen.size, canvas.getAttribute('aria-label')];
})]]

local function check_marks(what, least)
    browser.script(MARKS, function(charts)
        check(#charts >= least, "%s: %d charts", what, #charts)
        for _, chart in ipairs(charts) do
            check(chart[1] > 1000 and chart[2] > 2, "%s: a chart of %d points has %d colours", what, chart[1], chart[2])
            check(#chart[3] > 4, "%s: a chart says nothing", what)
        end
    end)
end

local function check_width(what)
    browser.script("return [document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).backgroundColor]",
        function(got)
        check(got[1] <= got[2], "%s: %d wide on a screen of %d", what, got[1], got[2])
        local dark = what:find("dark", 1, true) ~= nil
        check((got[3] == "rgb(255, 255, 255)") == not dark, "%s: the ground is %s", what, got[3])
    end)
end

-- Each page in each light and width; one of its funds or changes too.
local HASHES = { score = "#fund=train-b&year=2022", lusong = "#fund=tech-2019&year=2019", compare = "#change=train-b&from=2021&to=2022",
    sensitivity = "#fund=rd-a&year=2021", review = "#fund=jishan-2021&year=2021" }
local CHARTS = { score = { 0, 1 }, lusong = { 0, 1 }, compare = { 1, 1 }, sensitivity = { 1, 0 }, review = { 0, 0 } }

local function look(pages)
    local names = {}
    for name in pairs(pages) do names[#names + 1] = name end
    table.sort(names)
    for _, name in ipairs(names) do
        local kind = name:match("^%a+")
        for _, width in ipairs { 1280, 390 } do
            for _, dark in ipairs { false, true } do
                local what = ("%s %d %s"):format(name, width, dark and "dark" or "light")
                browser.open(pages[name], nil, { width = width, dark = dark })
                check_width(what)
                if CHARTS[kind] then
                    check_marks(what, CHARTS[kind][1])
                    browser.open(pages[name], HASHES[kind], { width = width, dark = dark })
                    check_width(what .. " one")
                    check_marks(what .. " one", CHARTS[kind][2])
                    browser.script("return document.querySelector('main h2').id", function(id) check(id == "fund-title", "%s: no one",
                        what) end)
                end
                browser.fine(what)
            end
        end
    end
end

local function sorted(funds, key)
    local list = {}
    for i, fund in ipairs(funds) do list[i] = { fund[key], i, fund.fund } end
    table.sort(list, function(a, b)
        if a[1] ~= b[1] then return a[1] > b[1] end
        return a[2] < b[2]
    end)
    local names = {}
    for i, one in ipairs(list) do names[i] = one[3] end
    return names
end

-- Sorting, filtering, a fund and back, by the mouse.
local function use(page, document)
    local funds, all, level = document.funds, {}, {}
    for i, fund in ipairs(funds) do all[i] = fund.fund end
    browser.open(page)
    browser.script(COLUMN:format(0), function(got) same_list(got, all, "as it comes") end)
    browser.script("return [...document.querySelectorAll('main .card dd')].map(one => one.innerText)", function(got)
        check(got[1] == tostring(#funds), "%s funds", got[1])
        local sum, n = 0, 0
        for _, fund in ipairs(funds) do sum, n = sum + fund.score, n + 1 end
        check(got[2] == ("%.2f"):format(sum / n + 1e-9), "the mean is %s", got[2])
    end)
    browser.script("return [...document.querySelectorAll('main th button')].map(one => one.innerText.trim())", function(got)
        check(got[6] == "得分", "the sixth heading is %s", tostring(got[6]))
    end)
    browser.step { click = "main thead th:nth-child(6) button" }
    browser.script(COLUMN:format(0), function(got) same_list(got, sorted(funds, "score"), "by score") end)
    browser.script("return document.querySelector('main thead th:nth-child(6)').getAttribute('aria-sort')", function(got)
        check(got == "descending", "sorted %s", tostring(got))
    end)
    browser.step { click = "main thead th:nth-child(6) button" }
    browser.script(COLUMN:format(5), function(got)
        for i = 2, #got do check(tonumber(got[i - 1]) <= tonumber(got[i]), "%s before %s", got[i - 1], got[i]) end
    end)
    browser.step { type = "main input[type=search]", text = "科技局" }
    local wanted = 0
    for _, fund in ipairs(funds) do wanted = wanted + (fund.department == "科技局" and 1 or 0) end
    browser.script(COLUMN:format(3), function(got)
        check(#got == wanted and wanted > 0, "%d rows of %d", #got, wanted)
        for _, one in ipairs(got) do check(one == "科技局", "%s is shown", one) end
    end)
    browser.script("return [document.querySelector('.said').innerText, document.querySelector('.said').getAttribute('aria-live'), " ..
        "document.querySelector('main .card dd').innerText]", function(got)
        check(got[1]:find(tostring(wanted), 1, true) and got[2] == "polite" and got[3] == tostring(wanted), "%s; %s", got[1], got[3])
    end)
    browser.script("const year = [...document.querySelectorAll('main select')][0]; year.value = '1'; " ..
        "year.dispatchEvent(new Event('change', { bubbles: true })); " .. COLUMN:format(4), function(got)
        check(#got > 0 and #got < wanted, "%d rows of a year", #got)
        for _, one in ipairs(got) do check(one == "2022", "%s is shown", one) end
    end)
    -- A fund and back again: what was chosen stays.
    browser.step { click = "main tbody a" }
    browser.script("return [location.hash, document.activeElement.id, document.querySelector('main h2').innerText, " ..
        "document.querySelector('.big').innerText]", function(got)
        check(got[1]:find("^#fund=rd%-") and got[2] == "fund-title", "%s, %s has the focus", got[1], got[2])
        local id = got[1]:match("fund=([^&]+)")
        for _, fund in ipairs(funds) do
            if fund.fund == id and fund.year == 2022 then
                check(got[3]:find(fund.name, 1, true) and tonumber(got[4]) == fund.score, "%s %s", got[3], got[4])
            end
        end
    end)
    browser.step { back = true }
    browser.script(COLUMN:format(4), function(got) check(#got > 0 and #got < wanted and got[1] == "2022", "what was chosen is lost") end)
    browser.script("[...document.querySelectorAll('.filter button')][0].click(); " .. COLUMN:format(0), function(got)
        check(#got == #funds, "%d rows after clearing", #got)
    end)
    -- A fund has the figures that the JSON has.
    browser.open(page, "#fund=train-b&year=2022")
    for _, fund in ipairs(funds) do if fund.fund == "train-b" and fund.year == 2022 then level = fund end end
    browser.script("return [...document.querySelectorAll('main section')].map(one => [one.querySelector('h2').innerText, " ..
        "[...one.querySelectorAll('tbody tr')].map(row => [...row.children].map(cell => cell.innerText.trim()))])", function(got)
        local parts = {}
        for _, part in ipairs(got) do parts[part[1]] = part[2] end
        for i, one in ipairs(level.levels) do
            local row = parts["一级指标得分"][i]
            check(row[1] == one.name and tonumber(row[2]) == one.weight and tonumber(row[3]) == one.score, "level %s: %s", one.name, row[3])
        end
        for i, one in ipairs(level.indicators) do
            local row = parts["指标"][i]
            check(row[1]:find(one.name, 1, true) and row[2] == one.target_text and tonumber(row[6]) == one.score and
                row[7]:find(one.reason, 1, true), "%s: %s", one.name, table.concat(row, "|"))
            check(one.source == json.null or row[8] == one.source, "%s stands at %s", one.name, row[8])
        end
    end)
    browser.fine("used")
end

-- Everything by the keyboard: the link past the head, the search, a heading, a fund.
local function type_keys(page)
    local TAB, ENTER = "\u{E004}", "\u{E007}"
    browser.open(page)
    browser.step { keys = { TAB } }
    browser.script("return [document.activeElement.className, document.activeElement.getBoundingClientRect().left >= 0]", function(got)
        check(got[1] == "skip" and got[2], "the first stop is %s", got[1])
    end)
    browser.step { keys = { ENTER } }
    browser.script("return document.activeElement.id", function(got) check(got == "main", "skipped to %s", got) end)
    browser.step { keys = { TAB, "r", "d", "-", "b" } }
    browser.script(COLUMN:format(0), function(got)
        check(#got == 3, "%d rows by keys", #got)
        for _, one in ipairs(got) do check(one == "rd-b", "%s", one) end
    end)
    browser.script("return [...document.querySelectorAll('a, button, input, select, [tabindex=\"0\"], summary')]" ..
        ".filter(one => one.tabIndex < 0).length",
        function(got) check(got == 0, "%d cannot be reached", got) end)
    browser.script("document.querySelector('main tbody a').focus()")
    browser.step { keys = { ENTER } }
    browser.script("return location.hash", function(got) check(got:find("rd-b", 1, true), "at %s", got) end)
    -- What a screen reader says: names of everything, one h1, tables with headings.
    browser.script([[const unnamed = [...document.querySelectorAll('button, a, select, input')].filter(one =>
        !(one.innerText || '').trim() && !one.getAttribute('aria-label') && !(one.labels && one.labels.length));
      const bare = [...document.querySelectorAll('table')].filter(one => !one.caption || !one.querySelector('thead th[scope=col]'));
      return [unnamed.length, bare.length, document.querySelectorAll('h1').length, document.querySelectorAll('main').length]; ]],
          function(got)
        check(got[1] == 0 and got[2] == 0 and got[3] == 1 and got[4] == 1, "%d without a name, %d bare tables", got[1], got[2])
    end)
    browser.fine("by keys")
end

return function(_, pages, documents)
    look(pages)
    use(pages["score-zh"], documents["score-zh"])
    type_keys(pages["score-zh"])
end
