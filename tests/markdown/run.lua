-- run.lua - Markdown documents of `score`, `compare`, `sensitivity` and `review`, as a renderer of GitHub's Markdown reads them:
-- headings, tables whose figures are those of the JSON, sentences, and hostile names that stay text. What has no document is one
-- flat table.
--
--     lua5.4 tests/markdown/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite, json = require "suite", require "json"
local program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
local check, folder = suite.check, suite.folder()

local function run(words)
    local text, ok, code = suite.capture(suite.quote(program) .. " " .. words .. " -q 2>" .. suite.quote(folder .. "/said"))
    check(ok, "%s: exit %s: %s", words, code, suite.read(folder .. "/said"))
    return text
end

-- The text of inline elements.
local function text_of(node)
    if type(node) ~= "table" then return "" end
    if node.t == "Str" then return node.c end
    if node.t == "Space" or node.t == "SoftBreak" then return " " end
    if node.t == "Code" then return node.c[2] end
    if node.t == "RawInline" or node.t == "RawBlock" then return "<raw " .. node.c[2] .. ">" end
    local parts = {}
    for _, one in ipairs(node.c or node) do parts[#parts + 1] = text_of(one) end
    return table.concat(parts)
end

local function table_of(node)
    local rows = {}
    for _, part in ipairs { node.c[4][2], node.c[5][1][4] } do
        for _, row in ipairs(part) do
            local cells = {}
            for i, cell in ipairs(row[2]) do cells[i] = text_of(cell[5]) end
            rows[#rows + 1] = cells
        end
    end
    return rows
end

-- A document as a renderer has it: { "# title", "text", a table, … } in order.
local function render(text)
    suite.write(folder .. "/document.md", text)
    local ast = json.read((suite.capture("pandoc -f gfm -t json " .. suite.quote(folder .. "/document.md"))))
    local blocks = {}
    for _, node in ipairs(ast.blocks) do
        if node.t == "Header" then
            blocks[#blocks + 1] = ("#"):rep(math.tointeger(node.c[1])) .. " " .. text_of(node.c[3])
        elseif node.t == "Table" then
            blocks[#blocks + 1] = table_of(node)
        elseif node.t == "BulletList" then
            local list = {}
            for i, item in ipairs(node.c) do list[i] = text_of(item) end
            blocks[#blocks + 1] = { list = list }
        else
            blocks[#blocks + 1] = text_of(node)
        end
    end
    return blocks
end

-- What stands below a heading.
local function below(blocks, heading, what)
    for i, block in ipairs(blocks) do
        if block == "## " .. heading then return blocks[i + 1] end
    end
    check(false, "%s has no %s", what, heading)
    return {}
end

local function shown(score) return score == json.null and "" or ("%.2f"):format(score) end

for _, example in ipairs { "three-years", "lusong", "review" } do
    local words = "score examples/" .. example
    local blocks, whole = render(run(words .. " --format markdown")), json.read(run(words .. " --format json"))
    check(blocks[1]:find("# " .. whole.evaluation.title, 1, true) == 1, "the title is %s", blocks[1])
    check(blocks[2]:find(("评价对象 %d 个"):format(#whole.funds), 1, true), "%s", blocks[2])
    local rows, grades = below(blocks, "得分", example), {}
    check(#rows == #whole.funds + 1, "%d rows", #rows)
    for i, fund in ipairs(whole.funds) do
        local row = rows[i + 1]
        check(row[1] == fund.fund and row[4] == shown(fund.score) and row[5] == shown(fund.bounds[1]) .. "–" .. shown(fund.bounds[2]),
            "%s: %s", fund.fund, table.concat(row, "|"))
        check(row[6] == (fund.grade == json.null and row[6]:match("^无：.*") or fund.grade), "%s: %s", fund.fund, row[6])
        if fund.grade ~= json.null then grades[fund.grade] = (grades[fund.grade] or 0) + 1 end
    end
    for name, n in pairs(grades) do check(blocks[2]:find(name .. " " .. n, 1, true), "%s %d is not in %s", name, n, blocks[2]) end
    if #whole.departments > 0 then
        rows = below(blocks, "部门汇总", example)
        for i, one in ipairs(whole.departments) do
            check(rows[i + 1][1] == one.department and rows[i + 1][4] == shown(one.weighted_mean), "%s", table.concat(rows[i + 1], "|"))
        end
    end
    if #whole.findings > 0 then
        local list = below(blocks, "疑点", example).list
        local more = #whole.findings - 20
        check(#list == math.min(#whole.findings, 21), "%d findings are shown", #list)
        if more > 0 then check(list[21]:find(("另有 %d 条"):format(more), 1, true), "%s", list[21]) end
        local known = {}
        for _, one in ipairs(whole.findings) do known[one.message] = true end
        for i = 1, math.min(20, #list) do
            local found
            for message in pairs(known) do found = found or list[i]:find((message:gsub("%s+", " ")), 1, true) end
            check(found, "%s is no finding", list[i])
        end
    end
end

-- In the order of ranks where these are asked for.
local ranked = below(render(run("score examples/three-years --rank --format markdown")), "得分", "ranked")
for i = 3, #ranked do
    local same = ranked[i][2] == ranked[i - 1][2] and ranked[i][3] == ranked[i - 1][3]
    check(not same or tonumber(ranked[i][1]) >= tonumber(ranked[i - 1][1]), "%s", table.concat(ranked[i], "|"))
end

local compared, whole = render(run("compare examples/three-years --format markdown")),
    json.read(run("compare examples/three-years --format json"))
local rows, said, at = below(compared, "变化", "compare"), below(compared, "说明", "compare").list, 1
for _, fund in ipairs(whole.funds) do
    for _, change in ipairs(fund.changes) do
        at = at + 1
        check(rows[at][1] == fund.fund and rows[at][2] == ("%d→%d"):format(change.from, change.to), "%s", table.concat(rows[at], "|"))
        check(tonumber((rows[at][7]:gsub("+", ""))) == change.change, "%s changes by %s", fund.fund, rows[at][7])
        check(said[at - 1]:find(("%s %d→%d："):format(fund.fund, change.from, change.to), 1, true) == 1, "%s", said[at - 1])
    end
end
local folded = 0
for _, block in ipairs(compared) do
    if type(block) == "string" and block:find("<details>", 1, true) then folded = folded + 1 end
end
check(folded == at - 1 and folded > 5, "%d changes have drivers, of %d", folded, at - 1)

local review = render(run("review examples/review --format markdown"))
whole = json.read(run("review examples/review --format json"))
rows = below(review, "待办", "review")
for i, one in ipairs(whole.summary.worst) do
    check(rows[i + 1][1] == one.fund, "%s", table.concat(rows[i + 1], "|"))
    for why in (rows[i + 1][7] .. "；"):gmatch("(.-)；") do
        check(one.why:find(why, 1, true), "%s: %s is not why", one.fund, why)
    end
end
local drawn = render(run("sensitivity examples/three-years --draws 200 --format markdown --lang en"))
check(drawn[2] == "200 draws, weights within ±20%, seed 1." and #below(drawn, "Rank intervals", "sensitivity") == 17, "%s", drawn[2])

-- Reports without a document are one table and nothing else.
for _, words in ipairs { "score examples/lusong --detail", "check examples/lusong", "config examples/three-years",
    "compare examples/three-years --detail" } do
    local blocks = render(run(words .. " --format markdown"))
    check(#blocks == 1 and #blocks[1] > 5, "%s: %d blocks", words, #blocks)
end

-- Names that would be markup are text.
local NAMES = { "<b>x</b>", "[a](http://x)", "# h", "a|b", "`c`", "*s* _e_", "</summary><img src=x>", "![i](y)", "1. one", "~~t~~",
    "&amp;", "$m$" }
local lines = { "fund,year,indicator,target,actual,weight" }
for _, name in ipairs(NAMES) do
    for year = 2022, 2023 do
        lines[#lines + 1] = ('"%s",%d,output.quantity.a,≥10个,%d个,100'):format(name, year, year - 2015)
    end
end
suite.write(folder .. "/hostile/outcomes.csv", table.concat(lines, "\n") .. "\n")
suite.write(folder .. "/hostile/evaluation.ini",
    "[evaluation]\ntitle = <script>*x*</script>\nyears = 2022-2023\n\n[data outcomes]\npath = outcomes.csv\n")
for _, command in ipairs { "score", "compare", "review", "sensitivity --draws 20" } do
    local text = run(command .. " " .. suite.quote(folder .. "/hostile") .. " --format markdown")
    local blocks = render(text)
    check(blocks[1]:find("# <script>*x*</script>", 1, true) == 1, "%s: the title is %s", command, blocks[1])
    local seen = {}
    for _, block in ipairs(blocks) do
        if type(block) == "table" and not block.list then
            for _, row in ipairs(block) do seen[row[1]] = true end
        elseif type(block) == "string" then
            check(not block:find("<raw.*<img") and not block:find("<raw.*<b>"), "%s: %s", command, block)
        end
    end
    for _, name in ipairs(NAMES) do check(seen[name], "%s: %s is not shown", command, name) end
end
suite.finish()
