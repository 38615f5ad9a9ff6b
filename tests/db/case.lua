-- case.lua - what the tests of databases share: evaluations, runs of the program, and figures without their places.
local suite = require "suite"
local quote, read, write = suite.quote, suite.read, suite.write
local case = { program = nil, env = "" }

-- Variables by which libpq would find another server than the one that a test means.
local UNSET = "env -u COLUMNS -u NO_COLOR -u STEELYARD_PLUGIN_PATH"
for _, name in ipairs { "HOST", "HOSTADDR", "PORT", "DATABASE", "USER", "PASSWORD", "PASSFILE", "SERVICE", "SERVICEFILE",
    "OPTIONS", "CONNECT_TIMEOUT", "DATESTYLE", "TZ", "APPNAME", "SSLMODE" } do
    UNSET = UNSET .. " -u PG" .. name
end

-- Runs the program in a folder: exit code, standard output, standard error.
function case.run(folder, command, env)
    local temp = case.temp
    local _, _, code = os.execute(("cd %s && %s %s %s %s >%s/out 2>%s/err </dev/null"):format(quote(folder), UNSET,
        env or case.env, quote(case.program), command, temp, temp))
    return code, read(temp .. "/out"), read(temp .. "/err")
end

-- An evaluation of demo figures with these sections.
function case.evaluation(folder, sections)
    write(folder .. "/evaluation.ini", "[evaluation]\nyears = 2019\ntype = demo\nlanguage = en\n" .. sections)
end

-- A run that fails: one line, its place, what it says, nothing on standard output.
function case.refused(name, folder, sections, says, env)
    case.evaluation(folder, sections)
    local code, out, err = case.run(folder, "score -q", env)
    suite.check((code == 3 or code == 4) and out == "", "%s: exit code %s, output %s", name, code, out)
    suite.check(err:find("^steelyard: error: [^\n]*\n$") and err:find(says, 1, true), "%s: does not say %q: %s", name, says,
        err)
    return err
end

-- The scores and findings as JSON, without the places of rows.
function case.figures(name, folder, env)
    local all = {}
    for _, command in ipairs { "score", "check" } do
        local code, out, err = case.run(folder, command .. " --format json -q", env)
        suite.check(code == 0 or code == 1, "%s: %s: exit code %s: %s", name, command, code, err)
        local parallel = { case.run(folder, command .. " --format json -q --jobs 4", env) }
        suite.check(out == parallel[2] and err == parallel[3], "%s: %s: other bytes with four workers", name, command)
        out = out:gsub('"inputs": %[[^%]]*%]', '"inputs": []'):gsub('"source": ".-" }', '"source": "" }')
            :gsub("%([^ ()]+:%d+%)", "(place)")
        all[#all + 1] = code .. "\n" .. out
    end
    return table.concat(all, "\n")
end

-- The first line in which two texts differ.
function case.difference(a, b)
    local of_b = b:gmatch("[^\n]*")
    for line in a:gmatch("[^\n]*") do
        local other = of_b()
        if line ~= other then return ("%s\n  instead of %s"):format(tostring(other), line) end
    end
    return "more lines"
end

-- The same figures from CSV: what they come to, for comparison.
function case.csv_figures()
    local folder = suite.folder()
    assert(os.execute("cp tests/db/figures/*.csv " .. folder))
    local sections = { "[data outcomes]\npath = outcomes.csv\n", "[data outcomes late]\npath = late.csv\n" }
    for _, name in ipairs { "funds", "facts", "ratings", "adjustments" } do
        sections[#sections + 1] = ("[data %s]\npath = %s.csv\n"):format(name, name)
    end
    case.evaluation(folder, table.concat(sections))
    local figures = case.figures("CSV", folder)
    suite.check(#figures > 4000 and figures:find("tech", 1, true), "the figures say too little: %s", figures)
    return figures
end

return case
