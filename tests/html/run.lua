-- run.lua - the page that `score`, `compare`, `sensitivity`, `review` and others write: what stands in it, and what it does in
-- headless Chromium: no error, no request, sorting, filtering, charts with marks, the keyboard, narrow screens, dark mode, print.
--
--     lua5.4 tests/html/run.lua PROGRAM
package.path = "tests/lib/?.lua;tests/html/?.lua;" .. package.path
local suite, json, browser = require "suite", require "json", require "browser"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local check, folder = suite.check, suite.folder()

local function run(words)
    local text, ok, code = suite.capture(suite.quote(program) .. " " .. words .. " -q 2>" .. suite.quote(folder .. "/said"))
    check(ok, "%s: exit %s: %s", words, code, suite.read(folder .. "/said"))
    return text
end

local function make(name, words)
    local path = folder .. "/" .. name .. ".html"
    run(words .. " -o " .. suite.quote(path))
    return path
end

local DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

-- The SHA-256 of a text in base64.
local function hash(text)
    suite.write(folder .. "/hashed", text)
    local hex = suite.capture("sha256sum " .. suite.quote(folder .. "/hashed")):match("^%x+") .. "00"
    local out = hex:gsub("%x%x%x%x%x%x", function(six)
        local n, four = tonumber(six, 16), {}
        for i, shift in ipairs { 18, 12, 6, 0 } do
            local digit = (n >> shift & 63) + 1
            four[i] = DIGITS:sub(digit, digit)
        end
        return table.concat(four)
    end)
    return out:sub(1, 43) .. "="
end

-- What holds of every page.
local function check_page(path, what)
    local page = suite.read(path)
    local policy = page:match('http%-equiv="Content%-Security%-Policy" content="([^"]*)"')
    local scripts, styles = {}, {}
    for text in page:gmatch("<script>(.-)</script>") do scripts[#scripts + 1] = "'sha256-" .. hash(text) .. "'" end
    for text in page:gmatch("<style>(.-)</style>") do styles[#styles + 1] = "'sha256-" .. hash(text) .. "'" end
    local allowed = {}
    for one in policy:match("script%-src ([^;]*)"):gmatch("%S+") do allowed[one] = true end
    for _, one in ipairs(scripts) do check(allowed[one], "%s: the script %s is not allowed", what, one) end
    check(policy:match("style%-src ([^;]*)") == styles[1] and #styles == 1, "%s: the style %s is not allowed", what, styles[1])
    check(policy:find("^default%-src 'none';") and not policy:find("unsafe") and not policy:find("http"), "%s: %s", what, policy)
    local markup = page:gsub("<script.->.-</script>", ""):gsub("<style>.-</style>", "")
    check(not markup:find("https?:") and not markup:find('="//') and not markup:find(" style=") and not markup:find(" on%a+="),
        "%s: the markup has an address, a style or a handler", what)
    check(page:find("Chart.js v3", 1, true) == nil or page:find("Released under the MIT License", 1, true), "%s: a licence is lost", what)
    return page
end

-- The document in a page, as the JSON has it.
local function data_of(page)
    local shapes = json.read(page:match('id="shapes">(.-)</script>'))
    local function plain(value)
        if type(value) ~= "table" or value == json.null then return value end
        if value.m then
            local map = {}
            for _, pair in ipairs(value.m) do map[pair[1]] = plain(pair[2]) end
            return map
        end
        if not value.s then
            local list = {}
            for i, one in ipairs(value) do list[i] = plain(one) end
            return list
        end
        local function row(cells)
            local out = {}
            for i, column in ipairs(shapes[value.s + 1]) do out[column[1]] = plain(cells[i]) end
            return out
        end
        if value.r then return row(value.r) end
        local list = {}
        for i, cells in ipairs(value.v) do list[i] = row(cells) end
        return list
    end
    return plain(json.read(page:match('id="data">(.-)</script>')))
end

-- Whether a page has what the JSON has; scores are text with all their decimals there.
local function holds(more, less, where)
    if type(less) == "table" and less ~= json.null then
        if not check(type(more) == "table", "%s is not there", where) then return end
        for key, value in pairs(less) do
            if key ~= "schema" and key ~= "overrides" then holds(more[key], value, where .. "/" .. key) end
        end
    else
        check(more == less or (type(less) == "number" and tonumber(more) == less), "%s: %s, not %s", where, tostring(more), tostring(less))
    end
end

local KINDS = {
    { "score", "score examples/three-years --rank" }, { "lusong", "score examples/lusong --rank" }, { "compare",
        "compare examples/three-years" },
    { "sensitivity", "sensitivity examples/three-years --draws 300" }, { "review", "review examples/review" }
}
local pages, documents = {}, {}
for _, kind in ipairs(KINDS) do
    for _, language in ipairs { "zh", "en" } do
        local name, words = kind[1] .. "-" .. language, kind[2] .. " --lang " .. language
        pages[name] = make(name, words)
        local page = check_page(pages[name], name)
        check(page:find(language == "zh" and '<html lang="zh-CN">' or '<html lang="en">', 1, true), "%s: the language", name)
        documents[name] = json.read(run(words .. " --format json"))
        local report = data_of(page)
        check(report.steelyard == documents[name].steelyard, "%s is of %s", name, report.steelyard)
        if documents[name].evaluation then holds(report.evaluation, documents[name].evaluation, name) end
        for _, part in ipairs { "years", "funds", "departments", "summary", "findings", "indicators" } do
            if documents[name][part] then holds(report.report[part], documents[name][part], name .. " " .. part) end
        end
    end
end
pages.table = make("table", "config examples/three-years")
check(not check_page(pages.table, "table"):find("Chart.js v3", 1, true), "a page without charts has their library")
make("again", "score examples/three-years --rank --lang zh --jobs 1")
check(suite.read(folder .. "/again.html") == suite.read(pages["score-zh"]), "other bytes")

require("looks")(folder, pages, documents)
require("hostile")(folder, make, check_page, data_of)
require("many")(folder, make)
browser.run(folder)
suite.finish()
