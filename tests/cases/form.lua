-- form.lua - a published table as offices publish it: Chinese headers, merged level cells left empty, points in brackets,
-- numbered and starred names, rows that nobody filled in, parts of the budget, a total.
local form = {}

local function quote(cell)
    return cell:find('[",\n]') and '"' .. cell:gsub('"', '""') .. '"' or cell
end

local function line(...)
    local cells = { ... }
    for i, cell in ipairs(cells) do cells[i] = quote(cell) end
    return table.concat(cells, ",")
end

-- Points of each level 1, by its cell.
local function points_of(records)
    local points = {}
    for _, r in ipairs(records) do
        points[r.level1] = (points[r.level1] or 0) + tonumber(r.weight)
    end
    return points
end

-- The text of a form, from the records of indicators.csv.
function form.write(records)
    local lines = { "一级指标,二级指标,三级指标,分值,年度指标值,实际完成值,自评得分,偏差原因分析及改进措施" }
    local points, above1, above2, number, total, claimed = points_of(records), nil, nil, 0, 0, 0
    for _, r in ipairs(records) do
        local same1 = r.level1 == above1
        local same2 = same1 and r.level2 == above2
        local budget = r.level1 == "预算执行"
        number = same2 and number + 1 or 1
        local name = r.level3
        if not budget and not name:find("^指标") then
            name = ("指标%d：%s%s"):format(number, number == 1 and "★" or "", name)
        end
        local level1 = same1 and "" or ("%s（%g分）"):format(r.level1, points[r.level1])
        lines[#lines + 1] = line(level1, (same2 or budget) and "" or r.level2, name, r.weight, r.target, r.actual,
            r.published_score, r.note)
        if budget then
            lines[#lines + 1] = line("", "", "其中：当年财政拨款", "—", r.target, r.actual, "—", "")
            lines[#lines + 1] = line("", "", "上年结转资金", "—", "", "", "—", "")
        elseif number == 1 then
            lines[#lines + 1] = line("", "", "指标99：", "", "", "", "", "")
            lines[#lines + 1] = line("", "", "……", "", "", "", "", "")
        end
        above1, above2 = r.level1, r.level2
        total, claimed = total + tonumber(r.weight), claimed + (tonumber(r.published_score) or 0)
    end
    lines[#lines + 1] = line("总分", "", "", ("%g"):format(total), "", "", ("%g"):format(claimed), "")
    return table.concat(lines, "\r\n") .. "\r\n", claimed
end

return form
