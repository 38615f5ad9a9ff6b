-- Runs the commands of the documents and compares what they print.
--
--     lua5.4 tests/docs/run.lua build/steelyard [--update] [FILE.md …]
--
-- A block ```console holds commands after "$ " (continued after "> ") and below each what it prints,
-- both streams; a line "…" stands for any lines, no line at all for any output. Each command must
-- succeed; one that is meant to fail ends in "; echo $?". The commands of a document run in order in a copy of
-- the tree of its own. --update writes into the documents what the commands print
-- now: where it differs, and in place of an output that is "…" alone.
local function quote(text)
    return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function capture(command)
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    return text, pipe:close()
end

local function read_lines(path)
    local lines = {}
    for line in assert(io.open(path, "r")):lines() do
        lines[#lines + 1] = line
    end
    return lines
end

-- Commands of a document: { text, line, first, last } with the lines of expected output.
local function find_commands(lines)
    local commands, inside, current = {}, false, nil
    for number, line in ipairs(lines) do
        if line:find("^```") then
            inside, current = line == "```console", nil
        elseif inside and line:find("^%$ ") then
            current = { text = line:sub(3), line = number, first = number + 1, last = number }
            commands[#commands + 1] = current
        elseif current and (line:find("^> ") or line == ">") and current.last < current.first then
            current.text = current.text .. "\n" .. line:sub(3)
            current.first, current.last = number + 1, number
        elseif current then
            current.last = number
        end
    end
    return commands
end

local function split(text)
    local lines = {}
    for line in (text:gsub("%s+$", "") .. "\n"):gmatch("(.-)\n") do
        lines[#lines + 1] = (line:gsub("%s+$", ""))
    end
    return lines
end

-- Whether lines fit what is expected from there on; "…" stands for any number of lines.
local function fits(expected, i, lines, k)
    while expected[i] do
        if expected[i] == "…" then
            for from = k, #lines + 1 do
                if fits(expected, i + 1, lines, from) then return true end
            end
            return false
        end
        if lines[k] ~= expected[i] then return false end
        i, k = i + 1, k + 1
    end
    return lines[k] == nil
end

local function make_copy(program)
    local folder = capture("mktemp -d"):gsub("%s+$", "")
    assert(os.execute(("cp -r README.md README.zh-CN.md dev docs config scripts templates examples %s/ && " ..
        "mkdir %s/build && ln -s %s %s/build/steelyard"):format(folder, folder, quote(program), folder)))
    return folder
end

local function run(folder, command)
    local script = assert(io.open(folder .. "/.command", "w"))
    script:write(command, "\n")
    script:close()
    return capture(("cd %s && env -u COLUMNS STEELYARD_DATA=%s sh .command 2>&1 </dev/null"):format(folder, folder))
end

-- Checks one document; returns its faults and, with update, writes it anew.
local function check(path, program, update)
    local lines = read_lines(path)
    local commands, faults = find_commands(lines), {}
    if #commands == 0 then return 0, faults end
    local folder = make_copy(program)
    local printed = {}
    for number, command in ipairs(commands) do
        local text, ok = run(folder, command.text)
        local expected = {}
        for i = command.first, command.last do
            expected[#expected + 1] = (lines[i]:gsub("%s+$", ""))
        end
        local where = ("%s:%d: %s"):format(path, command.line, command.text)
        if not ok then
            faults[#faults + 1] = where .. "\n  failed:\n" .. text
        elseif #expected > 0 and (not fits(expected, 1, split(text), 1) or
            (update and #expected == 1 and expected[1] == "…")) then
            printed[number] = split(text)
            if not update then
                faults[#faults + 1] = where .. "\n  prints:\n" .. text
            end
        end
    end
    os.execute("rm -rf " .. quote(folder))
    if update and next(printed) then
        for number = #commands, 1, -1 do
            local command, now = commands[number], printed[number]
            if now then
                for _ = command.first, command.last do
                    table.remove(lines, command.first)
                end
                for i = #now, 1, -1 do
                    table.insert(lines, command.first, now[i])
                end
            end
        end
        local file = assert(io.open(path, "w"))
        file:write(table.concat(lines, "\n"), "\n")
        file:close()
        print("updated " .. path)
    end
    return #commands, faults
end

local program = assert(arg[1], "run.lua PROGRAM [--update] [FILE.md …]")
if not program:find("^/") then
    program = capture("pwd"):gsub("%s+$", "") .. "/" .. program
end
local update, files = false, {}
for i = 2, #arg do
    if arg[i] == "--update" then
        update = true
    else
        files[#files + 1] = arg[i]
    end
end
if #files == 0 then
    for path in io.popen("LC_ALL=C ls *.md docs/*.md examples/*/README.md"):lines() do
        files[#files + 1] = path
    end
end
local count, failed = 0, 0
for _, path in ipairs(files) do
    local commands, faults = check(path, program, update)
    count, failed = count + commands, failed + #faults
    for _, fault in ipairs(faults) do
        print(fault)
    end
end
print(("%d commands in %d documents, %d faults"):format(count, #files, failed))
os.exit(failed == 0 and count > 0)
