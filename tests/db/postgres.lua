-- postgres.lua - the PostgreSQL reader: the same figures as from CSV, what is refused, and how a server is found.
local suite = require "suite"
local case = require "case"
local check, quote, read, write = suite.check, suite.quote, suite.read, suite.write

local FIGURES = [[
[data funds]
reader = postgres
SERVICE
[data outcomes]
reader = postgres
SERVICE
query = SELECT 项目编号, 一级指标, 二级指标, 三级指标, 年度指标值, 实际完成值, 分值, 偏差原因 FROM 局.指标表 ORDER BY 序号
[data outcomes late]
reader = postgres
SERVICE
table = late "figures"
[data facts]
reader = postgres
SERVICE
[data ratings]
reader = postgres
SERVICE
[data adjustments]
reader = postgres
SERVICE
query = SELECT c.fund, c.points, r.reason FROM cuts c JOIN reasons r ON r.id = c.why /* a join */
]]

-- What stands behind `reader = postgres`, and what is said.
local REFUSED = {
    { "table = nothing", "postgres: has no table 'nothing': there are blobs, cuts, facts, funds, judgement, late \"figures\"" },
    { "table = blobs", "postgres!blobs:2: column 'value' is bytea" },
    { "table = purses", "column 'value' of purses is of type money" },
    { "table = facts\nquery = SELECT 1", "has both table = and query =" },
    { "query =", "the query is empty" },
    { "query = /* nothing */", "the query is empty" },
    { "query = DELETE FROM facts", "the query begins with 'DELETE'" },
    { "query = COMMIT", "the query begins with 'COMMIT'" },
    { "query = COPY facts TO STDOUT", "the query begins with 'COPY'" },
    { "query = SELECT 1; DELETE FROM facts", "the query is more than one statement" },
    { "query = SELECT 1;COMMIT;DELETE FROM facts", "the query is more than one statement" },
    { "query = WITH d AS (DELETE FROM facts RETURNING *) SELECT * FROM d", "must not contain data-modifying statements" },
    { "query = SELECT * INTO copied FROM facts", "INTO" },
    { "query = SELECT fund, fact, spoil() AS value FROM facts", "cannot execute DELETE in a read-only transaction" },
    { "query = SELECT nextval('numbers')", "cannot execute nextval() in a read-only transaction" },
    { "query = SELECT set_config('transaction_read_only', 'off', false)", "transaction read-write mode must be set before" },
    { "query = SELECT * FROM facts FOR UPDATE", "cannot execute SELECT FOR UPDATE in a read-only transaction" },
    { "query = SELECT value FRM facts", "postgres: query: syntax error at or near \"facts\"" },
    { "query = SELECT valeu FROM facts", "postgres: query: column \"valeu\" does not exist" },
    { "query = SELECT 'a' AS fund, 'x' AS fact, 1 / (3 - n) AS value FROM generate_series(1, 5) n", "division by zero" },
    { "query = SELECT 'a' AS fund, $1 AS value", "supplies 0 parameters" },
    { "query = SELECT", "postgres: query has no columns" },
    { "password = geheim", "evaluation.ini:7: 'password' does not belong in an evaluation" },
    { "host = db.example", "evaluation.ini:7: 'host' does not belong in an evaluation" },
    { "servcie = x", "did you mean 'service'?" },
    { "path = facts.csv", "evaluation.ini:5: [data facts] has a path, but postgres reads no file" },
    { "service = nowhere", "postgres:nowhere: definition of service \"nowhere\" not found" },
}

local function psql(own, text)
    write(case.temp .. "/in.sql", text)
    local out, ok = suite.capture(("%s/psql -h %s -U tester -d postgres -X -q -A -t -v ON_ERROR_STOP=1 -f %s/in.sql 2>&1")
        :format(quote(own.bin), own.folder, case.temp))
    assert(ok, out)
    return out
end

local function same_figures(expected, own, folder)
    case.evaluation(folder, (FIGURES:gsub("SERVICE\n", "")))
    local figures = case.figures("PostgreSQL", folder)
    check(figures == expected, "PostgreSQL gives other figures: %s", case.difference(expected, figures))
    local _, json = case.run(folder, "check --format json -q")
    check(json:find('"postgres!funds:1"', 1, true), "no place of a row: %s", json)
    _, json = case.run(folder, "score --format json -q")
    check(json:find('"inputs": ["postgres"', 1, true), "the inputs are not told: %s", json:sub(1, 300))
    -- Settings of the session, and of the server, change nothing.
    for _, env in ipairs { "PGDATESTYLE=German", "PGTZ=Asia/Shanghai",
        "PGOPTIONS='-c extra_float_digits=-10 -c intervalstyle=iso_8601 -c bytea_output=escape'" } do
        check(case.figures(env, folder, case.env .. " " .. env) == expected, "%s changes figures", env)
    end
    -- By a service file.
    write(folder .. "/services", ("[budget]\nhost=%s\nuser=tester\ndbname=postgres\n"):format(own.folder))
    case.evaluation(folder, (FIGURES:gsub("SERVICE", "service = budget")))
    local service = "PGSERVICEFILE=" .. folder .. "/services"
    check(case.figures("service", folder, service) == expected, "a service gives other figures")
    _, json = case.run(folder, "check --format json -q", service)
    check(json:find('"postgres:budget!funds:1"', 1, true), "no service in a row's place: %s", json)
    case.evaluation(folder, (FIGURES:gsub("SERVICE\n", "")))
    check(case.figures("PGSERVICE", folder, service .. " PGSERVICE=budget") == expected, "PGSERVICE is not heard")
    -- An output is no input, whatever its name.
    local code, _, err = case.run(folder, "score -q --format csv -o postgres")
    check(code == 0 and read(folder .. "/postgres"), "an output called postgres is refused: %s", err)
end

local function single_things(own, folder)
    local function facts(section)
        case.evaluation(folder, "[data facts]\nreader = postgres\n" .. section)
        return case.run(folder, "score -q --format json")
    end
    -- A table of a schema, by both names; a place names what was asked for.
    case.evaluation(folder, "[data outcomes]\nreader = postgres\ntable = 局.指标表\n")
    local _
    local code, out, err = case.run(folder, "check --format json -q")
    check(code == 0 and out:find("postgres!局.指标表:1", 1, true), "a table of a schema is not read: %s%s", out, err)
    -- What a server remarks on is not printed.
    code, _, err = facts("query = SELECT 'a' AS fund, 'x' AS fact, whisper() AS value\n")
    check(code == 0 and not err:find("psst"), "a server's remark is printed: %s", err)
    -- Batches: more rows than come at once, in order.
    code, _, err = facts("query = SELECT 'a' AS fund, 'x' || n AS fact, n AS value FROM generate_series(1, 5000) n\n")
    check(code == 0, "5000 rows: %s", err)
    code, _, err = facts("query = SELECT 'a' AS fund, 'x' || n % 4500 AS fact, n AS value FROM generate_series(1, 5000) n\n")
    check(code == 0, "rows with the same key: %s", err)
    local found
    _, found = case.run(folder, "check --format json -q")
    check(found:find('"postgres!query:5000"', 1, true), "the last row is not told: %s", found:sub(-600))
    -- None at all.
    code, _, err = facts("query = SELECT fund, fact, value FROM facts WHERE false\n")
    check(code == 0, "no rows: %s", err)
    -- Floating-point numbers without exponents, of at most 15 digits.
    local floats, rows = { ["1e20"] = "100000000000000000000", ["-1.5e-7"] = "-0.00000015", ["0.1::float8 + 0.2"] = "0.3",
        ["123456789012345678"] = "123456789012346000", ["0.99999999999999989"] = "1", ["-0.0"] = "0",
        ["1e300"] = "1e+300", ["'NaN'"] = "NaN", ["'-Infinity'"] = "-Infinity", ["9e20"] = "9" .. ("0"):rep(20),
        ["1234567::float4"] = "1234567", ["12345.678"] = "12345.678", ["5e-324"] = "5e-324" }, {}
    for sql in pairs(floats) do
        rows[#rows + 1] = ("($$%s$$, (%s)::float8)"):format(sql, sql)
    end
    case.evaluation(folder, "[data outcomes]\nreader = postgres\nfund = a\nquery = SELECT 'output.x.n' || row_number() OVER () " ..
        "AS indicator, f AS actual, s AS note FROM (VALUES " .. table.concat(rows, ", ") .. ") v(s, f)\n")
    _, found = case.run(folder, "score -q --format json")
    local texts = {}
    for text in found:gmatch('"actual_text": "([^"]*)"') do texts[#texts + 1] = text end
    for i, row in ipairs(rows) do
        local sql = row:match("%$%$(.*)%$%$")
        check(texts[i] == floats[sql], "%s is %s instead of %s", sql, texts[i], floats[sql])
    end
    -- A limit of the user's that is shorter than ours counts.
    case.refused("timeout", folder, "[data facts]\nreader = postgres\nquery = SELECT pg_sleep(100)\n",
        "canceling statement due to statement timeout", case.env .. " PGOPTIONS='-c statement_timeout=200'")
    -- A child's rows have keys of their own: rows are told apart by their text.
    psql(own, "CREATE TABLE whole (fund text PRIMARY KEY, fact text, value int);\nCREATE TABLE piece () INHERITS (whole);\n" ..
        "INSERT INTO piece VALUES ('a', 'z', 1), ('a', 'y', 2);\nINSERT INTO whole VALUES ('a', 'x', 3);\n")
    code, _, err = facts("table = whole\n")
    check(code == 0, "a table that others inherit: %s", err)
end

local function refused(own, folder)
    for _, case_of in ipairs(REFUSED) do
        case.refused(case_of[1], folder, "[data facts]\nreader = postgres\n" .. case_of[1] .. "\n", case_of[2])
    end
    case.refused("no path", folder, "[data facts]\nreader = csv\n", "evaluation.ini:5: [data facts] has no path")
    case.refused("no reader", folder, "[data facts]\ntable = facts\n", "evaluation.ini:5: [data facts] has no path")
    local section = "[data facts]\nreader = postgres\n"
    case.refused("no server", folder, section, "failed: No such file or directory",
        "PGHOST=/nowhere PGUSER=tester PGDATABASE=postgres")
    case.refused("no database", folder, section, 'database "nothing" does not exist',
        ("PGHOST=%s PGUSER=tester PGDATABASE=nothing"):format(own.folder))
    -- Passwords come from a file that libpq finds, and are never told.
    psql(own, "CREATE ROLE keeper LOGIN PASSWORD 'geheim';\nGRANT SELECT ON facts TO keeper;\n")
    local keeper = ("PGHOST=%s PGUSER=keeper PGDATABASE=postgres PGPASSFILE=%s/pass"):format(own.folder, folder)
    write(folder .. "/pass", "*:*:*:keeper:falsch\n")
    assert(os.execute("chmod 600 " .. folder .. "/pass"))
    local err = case.refused("wrong password", folder, section, "password authentication failed", keeper)
    check(not err:find("falsch", 1, true), "a password is told: %s", err)
    write(folder .. "/pass", "*:*:*:keeper:geheim\n")
    case.evaluation(folder, section)
    local code, _, said = case.run(folder, "score -q", keeper)
    check(code == 0, "a password file is not used: %s", said)
    err = case.refused("a grant", folder, section .. "table = funds\n", "permission denied for table funds", keeper)
    check(not err:find("geheim", 1, true), "a password is told: %s", err)
    case.refused("what is there", folder, section .. "table = nothing\n", "there are facts;", keeper)
    check(psql(own, "SELECT count(*) FROM facts") == "4\n", "the server was written to")
    check(psql(own, "SELECT to_regclass('copied') IS NULL") == "t\n", "the server was written to")
end

return function(expected, own)
    local folder = suite.folder()
    case.env = ("PGHOST=%s PGUSER=tester PGDATABASE=postgres"):format(own.folder)
    psql(own, read("tests/db/postgres.sql"))
    same_figures(expected, own, folder)
    single_things(own, folder)
    refused(own, folder)
end
