-- What the lint scripts share: listing and reading files, C without its comments, reporting.
local lib = {}

-- Files below the folders whose names match one of the shell patterns, in byte order.
function lib.files(folders, ...)
    local tests = {}
    for _, pattern in ipairs { ... } do
        tests[#tests + 1] = ("-name '%s'"):format(pattern)
    end
    local command = ("LC_ALL=C find %s -type f \\( %s \\) -not -path '*/build/*' 2>/dev/null | LC_ALL=C sort")
        :format(folders, table.concat(tests, " -o "))
    local list = {}
    for path in assert(io.popen(command)):lines() do
        list[#list + 1] = path:gsub("^%./", "")
    end
    return list
end

function lib.read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

local function blank(text)
    return (text:gsub("[^\n]", " "))
end

-- C source without comments, and without what stands in strings unless keep_strings; lines stay.
function lib.strip(text, keep_strings)
    local out, at = {}, 1
    while true do
        local start = text:find("[/\"']", at)
        if not start then break end
        out[#out + 1] = text:sub(at, start - 1)
        local two = text:sub(start, start + 1)
        local stop
        if two == "/*" then
            stop = select(2, text:find("*/", start + 2, true)) or #text
            out[#out + 1] = blank(text:sub(start, stop))
        elseif two == "//" then
            stop = (text:find("\n", start, true) or #text + 1) - 1
        elseif two:sub(1, 1) == "/" then
            stop = start
            out[#out + 1] = "/"
        else
            local quote = two:sub(1, 1)
            stop = start
            repeat
                stop = stop + 1
                while text:sub(stop, stop) == "\\" do stop = stop + 2 end
            until stop >= #text or text:sub(stop, stop) == quote
            local body = text:sub(start + 1, stop - 1)
            out[#out + 1] = quote .. (keep_strings and body or blank(body)) .. quote
        end
        at = stop + 1
    end
    out[#out + 1] = text:sub(at)
    return table.concat(out)
end

-- Calls f(line, number) for each line of a text.
function lib.each_line(text, f)
    local number = 0
    for line in (text:gsub("\n$", "") .. "\n"):gmatch("(.-)\n") do
        number = number + 1
        f(line, number)
    end
    return number
end

-- Ends the check: one line a fault, and how much was looked at. Looking at nothing is a fault too.
function lib.finish(faults, count, what)
    if count == 0 then
        faults[#faults + 1] = "nothing to check: no " .. what
    end
    for _, fault in ipairs(faults) do
        print(fault)
    end
    print(("%d %s, %d faults"):format(count, what, #faults))
    os.exit(#faults == 0)
end

return lib
