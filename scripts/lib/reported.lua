-- reported.lua - a rate that a form prints without the figures behind it. A measure wins over what is reported, also
-- where it gives none; for forms that carry rates alone that would leave nothing to score.

-- The row of a path, where it has an actual of that Lua type and none of the facts is told that it would be computed
-- from; nil otherwise. Who takes it is told so by a note.
return function(fund, path, kind, facts)
    local row = fund.indicators[path]
    for _, fact in ipairs(facts) do
        if fund.facts[fact] ~= nil then
            return nil
        end
    end
    if not row or type(row.actual) ~= kind then
        return nil
    end
    local names = table.concat(facts, ", ")
    fund:finding("note", { zh = string.format("%s：没有基础数据 %s，按填报值", row.name, names),
        en = string.format("%s: none of the facts %s is told: it is the reported one", row.name, names) })
    return row
end
