-- suite.lua - what the suites share: files, commands, a folder that goes when they end, checks that are counted.
local suite = {}

local TOLD = 40 -- failures that are printed
local passed, failed, folders = 0, 0, {}

-- A text as one word of a command.
function suite.quote(text)
    return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- What a command prints, whether it succeeded, its exit code.
function suite.capture(command)
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    local ok, _, code = pipe:close()
    return text, ok, code
end

function suite.absolute(path)
    return path:find("^/") and path or suite.capture("pwd"):gsub("\n", "") .. "/" .. path
end

-- The bytes of a file; nil where there is none.
function suite.read(path)
    local file = io.open(path, "rb")
    local text = file and file:read("a")
    if file then file:close() end
    return text
end

-- A file, with the folders that it stands in.
function suite.write(path, text)
    local file = io.open(path, "wb")
    if not file then
        assert(os.execute("mkdir -p " .. suite.quote(path:match("^(.*)/"))))
        file = assert(io.open(path, "wb"))
    end
    assert(file:write(text))
    file:close()
end

-- A new folder, which suite.finish removes.
function suite.folder()
    local path = suite.capture("mktemp -d"):gsub("\n", "")
    folders[#folders + 1] = path
    return path
end

-- One check; what failed is told as string.format makes it. Gives `holds` back.
function suite.check(holds, ...)
    if holds then
        passed = passed + 1
    else
        failed = failed + 1
        if failed <= TOLD then print("FAIL " .. string.format(...)) end
    end
    return holds
end

-- The same of something that has a name.
function suite.check_named(holds, name, ...)
    return suite.check(holds, "%s", holds and "" or name .. ": " .. string.format(...))
end

-- Says how many checks there were and ends. With `keep` the folders stay where one has failed.
function suite.finish(keep)
    for _, path in ipairs(folders) do
        if keep and failed > 0 then
            print("what it was tried with is in " .. path)
        else
            os.execute("rm -rf " .. suite.quote(path))
        end
    end
    print(("%d passed, %d failed"):format(passed, failed))
    os.exit(failed == 0 and passed > 0)
end

return suite
