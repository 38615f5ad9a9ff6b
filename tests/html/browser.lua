-- browser.lua - pages in headless Chromium: steps are gathered, done at once, and what each gave is handed to a check.
local suite, json = require "suite", require "json"
local browser = {}
local steps, checks = {}, {}

local function quote(text)
    return '"' .. text:gsub('[%c"\\]', function(c) return ("\\u%04x"):format(c:byte()) end) .. '"'
end

local function write(value)
    if type(value) == "string" then return quote(value) end
    if type(value) ~= "table" then return tostring(value) end
    local parts = {}
    if #value > 0 then
        for i, one in ipairs(value) do parts[i] = write(one) end
        return "[" .. table.concat(parts, ",") .. "]"
    end
    for key, one in pairs(value) do parts[#parts + 1] = quote(key) .. ":" .. write(one) end
    table.sort(parts)
    return "{" .. table.concat(parts, ",") .. "}"
end

-- One step more; `check`, if there is one, gets what it gave.
function browser.step(step, check)
    steps[#steps + 1] = write(step)
    checks[#steps] = check or function() end
end

-- A page at an address, and afterwards that nothing was wrong with it.
function browser.open(path, hash, options)
    local step = { open = "file://" .. path .. (hash or "") }
    for key, value in pairs(options or {}) do step[key] = value end
    browser.step(step)
end

function browser.script(text, check)
    browser.step({ script = text }, check)
end

function browser.fine(what)
    browser.step({ wrong = true }, function(wrong)
        suite.check(#wrong.said == 0, "%s: the console says %s", what, tostring(wrong.said[1]))
        suite.check(#wrong.asked == 0, "%s: asks for %s", what, tostring(wrong.asked[1]))
    end)
end

function browser.run(folder)
    suite.write(folder .. "/steps.json", "[" .. table.concat(steps, ",\n") .. "]")
    local said, ok = suite.capture(("timeout 300 python3 tests/html/browser.py %s %s 2>&1"):format(suite.quote(folder .. "/steps.json"),
        suite.quote(folder .. "/results.json")))
    if not suite.check(ok, "the browser failed: %s", said) then return end
    for i, result in ipairs(json.read(suite.read(folder .. "/results.json"))) do
        local value = result.value
        if type(value) == "table" and value.failed then
            suite.check(false, "step %s: %s", steps[i], value.failed)
        else
            checks[i](value)
        end
    end
end

return browser
