-- cases_workbooks.lua - what is found in workbooks and forms; see cases_loading.lua.
local workbook = require "workbook"
local cases = {}

local function case(code, sheets, options)
    cases[code] = cases[code] or {}
    table.insert(cases[code], { files = {
        ["evaluation.ini"] = "[evaluation]\nyears = 2019\ntype = q\n[data outcomes]\npath = data/book.xlsx\n",
        ["data/book.xlsx"] = workbook.make(sheets, options) } })
end

local HEADER = { "fund", "indicator", "target", "actual", "weight" }

local function rows(actual, more)
    return { HEADER, { "f", "a.x", 10, actual, 50, nil, more }, { "f", "a.y", 10, 5, 50 } }
end

case("formula-uncached", { { rows = rows { f = "B1*2" } } })
case("formula-uncached", { { name = "表 一", rows = rows { f = "1-1", v = 0 } } }, { recalculates = true })
case("digits-lost", { { rows = rows { v = "43062419990101123" } } })
case("format-doubtful", { { rows = rows { v = 12345, format = '0!.0,"万"' } } })
case("format-doubtful", { { rows = rows { v = 7, format = "[>5]0;[<=5]0" } }, { rows = {} } })
case("hidden-read", { { rows = rows(9), hidden_rows = { [2] = true, [3] = true } } })
case("hidden-read", { { rows = rows(9), before = '<cols><col min="4" max="4" hidden="1"/></cols>' } })
case("hidden-read", { { name = "a", rows = rows(9), hidden = true } })
case("sheets-unread", { { name = "2019", rows = rows(9) }, { name = "2018", rows = rows(8) }, { name = "空", rows = {} },
    { name = "说明", rows = { { "x" } }, hidden = true } })
case("beside-table", { { rows = rows(9, "备注") } })

local INI = "[evaluation]\nyears = 2019\ntype = q\n[data forms]\npath = forms/*\n"

local function form(code, text)
    cases[code] = cases[code] or {}
    table.insert(cases[code], { files = { ["evaluation.ini"] = INI, ["forms/f.csv"] = text } })
end

local HEAD = "项目名称,项目甲\n项目资金（万元）,,年初预算数,全年预算数（A）,全年执行数（B）,分值,执行率,得分\n,年度资金总额,10,10,9,10,90%,9\n"
local BLOCK = "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,场次,10场,9场,90,80\n总分,,,,,100,89\n"

form("form-none", "会议纪要,\n内容,略\n")
form("form-none", BLOCK)
form("form-missing", "项目名称,\n项目资金（万元）,,年初预算数,全年预算数（A）,全年执行数（B）\n,年度资金总额,10,10,9\n" .. BLOCK)
form("form-missing", "项目名称,项目甲\n,,年初预算数,全年预算数,全年执行数\n,其中：财政拨款,10,10,9\n" .. BLOCK)
form("form-no-money", "项目名称,项目甲\n" .. BLOCK)
form("form-unplaced", HEAD .. BLOCK:gsub("得分\n", "得分,是否核心指标\n", 1))
form("budget-initial", HEAD:gsub("全年预算数（A）", "") .. BLOCK)

return cases
