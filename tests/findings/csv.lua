-- csv.lua - CSV as rows of cells, by the book (RFC 4180).
return function(text)
    local rows, row, at = {}, {}, 1
    while at <= #text do
        local cell
        if text:sub(at, at) == '"' then
            local parts = {}
            repeat
                local stop = assert(text:find('"', at + 1, true), "a quote is not closed")
                parts[#parts + 1] = text:sub(at + 1, stop - 1)
                at = stop + 1
            until text:sub(at, at) ~= '"'
            cell = table.concat(parts, '"')
        else
            local stop = text:find("[,\n]", at) or #text + 1
            cell = text:sub(at, stop - 1)
            at = stop
        end
        row[#row + 1] = cell
        if text:sub(at, at) ~= "," then
            rows[#rows + 1], row = row, {}
        end
        at = at + 1
    end
    return rows
end
