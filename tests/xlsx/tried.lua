-- tried.lua - what run.lua and hostile.lua share: an evaluation of one table in a folder of its own, what the program
-- says of it, the findings of it.
local suite, json = require "suite", require "json"
local tried = { folder = suite.folder(), data = os.getenv("STEELYARD_DATA") or suite.absolute("."):gsub("/%.$", "") }
local check = suite.check

function tried.write(name, text)
    suite.write(tried.folder .. "/" .. name, text)
end

-- evaluation.ini with sources: { table, path, options }. `more`: years, type.
function tried.evaluation(sources, years, type)
    local lines = { ("[evaluation]\ntitle = xlsx\nyears = %s\nlanguage = en\n"):format(years or "2019"),
        type and "type = " .. type .. "\n" or "" }
    for _, source in ipairs(sources) do
        lines[#lines + 1] = ("[data %s]\npath = %s\n%s"):format(source[1], source[2], source[3] or "")
    end
    tried.write("evaluation.ini", table.concat(lines))
end

-- Exit code, output, messages of a command in the folder.
function tried.run(words)
    local command = ("cd %s && STEELYARD_DATA=%s %s %s >out 2>err </dev/null"):format(suite.quote(tried.folder),
        suite.quote(tried.data), suite.quote(tried.program), words)
    local _, kind, code = os.execute(command)
    if kind == "signal" then code = 128 + code end
    return code, suite.read(tried.folder .. "/out"), suite.read(tried.folder .. "/err")
end

-- A finding that is told on stderr has the same place there as in the JSON.
local function check_told(name, document, err)
    for _, f in ipairs(document.findings) do
        local words = f.source ~= json.null and (": %s [%s]\n"):format(f.message, f.code)
        if words and err:find(words, 1, true) then
            check(err:find("steelyard: " .. f.severity .. ": " .. f.source .. words, 1, true),
                "%s: %s is at %s in JSON, elsewhere on stderr", name, f.code, f.source)
        end
    end
end

-- The evaluation as JSON, as text and as tables; nil where it does not end with `code` (0).
function tried.score(name, words)
    local code, out, err = tried.run("score . --format json " .. (words or ""))
    check(code == 0, "%s: exit code %s: %s", name, tostring(code), err:sub(1, 300))
    if code ~= 0 or not utf8.len(out) then return nil, err end
    local ok, read = pcall(json.read, out)
    check(ok, "%s: no JSON: %s", name, tostring(read))
    if ok and #out < 1000000 then check_told(name, read, err) end
    return ok and read or nil, err, out
end

-- The places and texts of the findings with a code: "severity place".
function tried.found(document, code)
    local list = {}
    for _, finding in ipairs(document and document.findings or {}) do
        if finding.code == code then list[#list + 1] = finding.severity .. " " .. tostring(finding.source) end
    end
    return table.concat(list, ", "), #list
end

function tried.message(document, code)
    for _, finding in ipairs(document and document.findings or {}) do
        if finding.code == code then return finding.message end
    end
    return ""
end

-- An indicator of the first fund that has it.
function tried.indicator(document, path)
    for _, fund in ipairs(document and document.funds or {}) do
        for _, i in ipairs(fund.indicators) do
            if i.path == path then return i end
        end
    end
    return {}
end

-- A refusal: the exit code, nothing written, one line that begins with `steelyard: error:` and holds the words.
function tried.refused(name, command, code, ...)
    local got, out, err = tried.run(command)
    check(got == code, "%s: exit code %s, not %d: %s", name, tostring(got), code, err:sub(1, 300))
    check(out == "", "%s: something was written: %s", name, out:sub(1, 100))
    check(err:find("^steelyard: error: [^\n]*\n$"), "%s: not one line: %s", name, err:sub(1, 400))
    for _, words in ipairs { ... } do
        check(err:find(words, 1, true), "%s: '%s' does not say '%s'", name, err:sub(1, 400), words)
    end
    return err
end

return tried
