-- variants.lua - the published tables laid out as printed forms, in the ways that offices print them. Each variant puts
-- the records of tests/cases/*/indicators.csv into the cells of a sheet, from a corner on; figures are those of the
-- tables, what is around them (departments, goals) is invented and says so.
local variants = {}

local function put(grid, row, column, cell)
    if cell == nil or cell == "" then return end
    grid[row] = grid[row] or {}
    grid[row][column] = cell
    grid.n = math.max(grid.n or 0, row)
end

local function put_all(grid, row, column, cells, n)
    for i = 1, n or #cells do put(grid, row, column + i - 1, cells[i]) end
end

local function is_new(records, i, key)
    return i == 1 or records[i][key] ~= records[i - 1][key] or
        (key == "level2" and records[i].level1 ~= records[i - 1].level1)
end

local function sums(records)
    local weight, claimed = 0, 0
    for _, r in ipairs(records) do
        weight, claimed = weight + tonumber(r.weight), claimed + (tonumber(r.published_score) or 0)
    end
    return weight, claimed
end

local function split(records)
    local rest = table.move(records, 2, #records, 1, {})
    return records[1], rest
end

-- The form of the ministry: one column for the target, level cells merged, rows of the template left over.
function variants.official(grid, row, column, name, records, unit)
    local budget, list = split(records)
    local weight, claimed = sums(records)
    local function at(r, c, cell) put(grid, row + r, column + c, cell) end
    at(0, 0, "项目支出绩效自评表")
    at(1, 0, "（2022年度）")
    at(2, 0, "项目名称")
    at(2, 2, name)
    at(3, 0, "主管部门")
    at(3, 2, "某局（虚构）")
    at(3, 5, "实施单位")
    at(3, 6, "某单位（虚构）")
    at(4, 0, "项目资金\n（" .. unit .. "）")
    put_all(grid, row + 4, column + 3, { "年初预算数", "全年预算数\n（A）", "全年执行数\n（B）", "分值", "执行率\n（B/A）", "得分" })
    at(5, 1, "年度资金总额")
    put_all(grid, row + 5, column + 3, { budget.target, budget.target, budget.actual, budget.weight, "", budget.published_score }, 6)
    at(6, 1, "其中：当年财政拨款")
    put_all(grid, row + 6, column + 3, { budget.target, budget.target, budget.actual, "—", "", "—" }, 6)
    at(7, 1, "      上年结转资金")
    at(7, 6, "—")
    at(8, 1, "      其他资金")
    at(9, 0, "年度总体目标")
    at(9, 1, "预期目标")
    at(9, 5, "实际完成情况")
    at(10, 1, "完成全年任务（虚构）")
    at(10, 5, "已完成（虚构）")
    put_all(grid, row + 11, column, { "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
        "偏差原因分析及改进措施" })
    local r = 12
    for i, record in ipairs(list) do
        at(r, 1, is_new(list, i, "level1") and record.level1 or "")
        at(r, 2, is_new(list, i, "level2") and record.level2 or "")
        put_all(grid, row + r, column + 3, { record.level3, record.target, record.actual, record.weight,
            record.published_score, record.note }, 6)
        r = r + 1
    end
    for _, template in ipairs { "指标2：", "……" } do
        at(r, 3, template)
        r = r + 1
    end
    at(r, 0, "总分")
    put_all(grid, row + r, column + 6, { weight, claimed, "优" })
    at(r + 1, 0, "填表人：某人（虚构）")
    return row + r + 1, column + 8
end

-- Sign, value and unit of a target in three columns, below a heading of their own; labels and values in one cell.
function variants.three_columns(grid, row, column, name, records, unit)
    local budget, list = split(records)
    local weight, claimed = sums(records)
    local function at(r, c, cell) put(grid, row + r, column + c, cell) end
    at(0, 0, "2022年度 项目支出绩效自评表")
    at(1, 0, "项目名称：" .. name)
    at(1, 5, "主管部门：某局（虚构）")
    at(2, 0, "实施单位：某单位（虚构）")
    at(2, 8, "金额单位：" .. unit)
    put_all(grid, row + 3, column, { "预算执行情况", "资金总额", "", "年初预算", "调整后预算数", "预算执行数", "", "分值", "得分" }, 9)
    at(4, 1, "年度资金总额")
    put_all(grid, row + 4, column + 3, { "", budget.target, budget.actual, "", budget.weight, budget.published_score }, 6)
    at(5, 0, "年度目标")
    at(5, 2, "完成全年任务（虚构）")
    put_all(grid, row + 6, column, { "一级指标", "二级指标", "三级指标", "年度指标值", "", "", "全年完成值", "分值权重", "自评得分",
        "未完成原因" }, 10)
    put_all(grid, row + 7, column + 3, { "指标性质", "指标值", "度量单位" })
    local r = 8
    for i, record in ipairs(list) do
        local sign, value, of = record.target:match("^([≥≤=]*)(%d[%d.]*)(.*)$")
        if record.target:find("^不少于") then sign, value, of = "≥", record.target:match("(%d+)(.*)$") end
        if not value then sign, value, of = "", record.target, "" end
        put_all(grid, row + r, column, { is_new(list, i, "level1") and record.level1 or "",
            is_new(list, i, "level2") and record.level2 or "", record.level3, sign, value, of, record.actual, record.weight,
            record.published_score, record.note }, 10)
        r = r + 1
    end
    at(r, 0, "合计")
    put_all(grid, row + r, column + 7, { weight, claimed })
    at(r + 1, 0, "自评等级")
    at(r + 1, 2, "良")
    at(r + 2, 0, "其他需要说明的问题：无")
    return row + r + 2, column + 9
end

-- A province's: adjusted targets beside the first ones, weights as shares, columns of its own; amounts beside labels.
function variants.provincial(grid, row, column, name, records, unit)
    local budget, list = split(records)
    local weight, claimed = sums(records)
    local function at(r, c, cell) put(grid, row + r, column + c, cell) end
    at(0, 0, "项目绩效目标自评表")
    put_all(grid, row + 1, column, { "专项名称", name, "", "预算年度", "2022年1月-12月" }, 5)
    put_all(grid, row + 2, column, { "市级主管部门", "某局（虚构）", "", "预算单位", "某单位（虚构）" }, 5)
    put_all(grid, row + 3, column, { "资金情况（" .. unit .. "）", "全年预算数", budget.target, "全年执行数", budget.actual })
    put_all(grid, row + 4, column + 1, { "其中：财政拨款", budget.target, "其中：财政拨款", budget.actual })
    put_all(grid, row + 5, column, { "一级指标", "二级指标", "指标名称", "年初指标值", "调整指标值", "全年完成值", "得分系数（%）",
        "指标权重", "指标得分", "是否核心指标", "偏差原因" })
    local r = 6
    for i, record in ipairs(list) do
        put_all(grid, row + r, column, { is_new(list, i, "level1") and record.level1 or "",
            is_new(list, i, "level2") and record.level2 or "", record.level3, i % 2 == 0 and "改前" or record.target,
            i % 2 == 0 and record.target or "", record.actual, "", record.weight .. "%", record.published_score, "否",
            record.note }, 11)
        r = r + 1
    end
    at(r, 0, "总分：" .. ("%g"):format(claimed))
    at(r, 7, weight .. "%")
    return row + r, column + 10
end

return variants
