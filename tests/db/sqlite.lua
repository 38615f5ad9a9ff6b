-- sqlite.lua - the SQLite reader: the same figures as from CSV, what is refused, and that nothing is written.
local suite = require "suite"
local case = require "case"
local check, read, write = suite.check, suite.read, suite.write

local function shell(format, ...)
    assert(os.execute(format:format(...)))
end

-- Runs SQL on a database by its own program.
local function sql(folder, database, text)
    write(case.temp .. "/in.sql", ".bail on\n" .. text)
    shell("cd %s && sqlite3 %s <%s/in.sql >%s/sql.out 2>&1 || { cat %s/sql.out; false; }", folder, database, case.temp,
        case.temp, case.temp)
end

-- Names, sizes, times and bytes of a folder's files but the evaluation.
local function snapshot(folder)
    return suite.capture(("cd %s && ls -A | grep -v '^evaluation.ini$' && stat -c '%%n %%s %%y %%i' * .[!.]* 2>/dev/null " ..
        "| grep -v '^evaluation.ini ' && find . -type f ! -name evaluation.ini | sort | xargs sha256sum"):format(folder))
end

local FIGURES = [[
[data funds]
path = data/book.db
[data outcomes]
path = data/book.db
table = 指标表
[data outcomes late]
path = data/book.db
table = LATE "figures"
[data facts]
path = data/book.db
[data ratings]
path = data/book.db
[data adjustments]
path = data/copy.data
reader = sqlite
query = SELECT c.fund, c.points, r.reason FROM cuts c JOIN reasons r ON r.id = c.why -- a join
]]

local function same_figures(expected)
    local folder = suite.folder()
    shell("mkdir %s/data", folder)
    sql(folder, "data/book.db", read("tests/db/sqlite.sql"))
    shell("cp %s/data/book.db %s/data/copy.data", folder, folder)
    case.evaluation(folder, FIGURES)
    local figures = case.figures("SQLite", folder)
    check(figures == expected, "SQLite gives other figures: %s", case.difference(expected, figures))
    local _, json = case.run(folder, "check --format json -q")
    check(json:find('"data/book.db!late \\"figures\\":3"', 1, true), "no place of a row: %s", json)
    -- As it was probed: the name says nothing.
    case.evaluation(folder, (FIGURES:gsub("reader = sqlite\n", "")))
    check(case.figures("probed", folder) == expected, "a database by its first bytes gives other figures")
    -- UTF-16, and a log that was written back.
    sql(folder, "data/wide.db", "PRAGMA encoding = 'UTF-16';\n" .. read("tests/db/sqlite.sql"))
    sql(folder, "data/log.db", "PRAGMA journal_mode = WAL;\n" .. read("tests/db/sqlite.sql"))
    local before = snapshot(folder .. "/data")
    for _, name in ipairs { "wide", "log" } do
        case.evaluation(folder, (FIGURES:gsub("book%.db", name .. ".db")))
        check(case.figures(name, folder) == expected, "%s.db gives other figures", name)
    end
    shell("chmod 500 %s/data", folder)
    case.figures("read-only", folder)
    shell("chmod 700 %s/data", folder)
    check(snapshot(folder .. "/data") == before, "reading left something behind:\n%s", snapshot(folder .. "/data"))
    check(case.run(folder, "score -q -o data/log.db --format csv") == 2, "an output may lie on an input")
    return folder
end

-- The report of 2019 by tables that hold nothing but text.
local function same_report()
    local folder = suite.folder()
    shell("cp -r examples/lusong %s/csv && mkdir %s/db", folder, folder)
    for name in suite.capture("ls examples/lusong/data"):gmatch("[^\n]+") do
        shell("cd %s && sqlite3 db/report.db '.import --csv csv/data/%s %s'", folder, name, name:gsub("%.csv$", ""):gsub("-", "_"))
    end
    local ini = read("examples/lusong/evaluation.ini"):gsub("path = data/([%w-]+)%.csv", function(name)
        return "path = report.db\ntable = " .. name:gsub("-", "_")
    end)
    write(folder .. "/db/evaluation.ini", ini)
    local csv, db = case.figures("report", folder .. "/csv"), case.figures("report", folder .. "/db")
    check(csv == db, "the report scores otherwise from a database: %s", case.difference(csv, db))
end

local TABLES = [[
CREATE TABLE facts (fund, fact, value);
INSERT INTO facts VALUES ('a', 'x', 1);
CREATE TABLE named (rowid, _ROWID_, value);
INSERT INTO named VALUES (3, 3, 12), (2, 2, 13), (1, 1, 14);
CREATE TABLE blobs (fund, fact, value);
INSERT INTO blobs VALUES ('a', 'x', 1), ('a', 'y', x'00ff');
CREATE TABLE nuls (fund, fact, value);
INSERT INTO nuls VALUES ('a', 'x', 'b' || char(0));
CREATE TABLE broken (fund, fact, value);
INSERT INTO broken VALUES ('a', 'x', 1), ('a', 'y', CAST(x'c328' AS TEXT));
CREATE TABLE surrogates (fund, fact, value);
INSERT INTO surrogates VALUES ('a', 'y', CAST(x'eda080' AS TEXT));
CREATE TABLE huge (fund, fact, value);
INSERT INTO huge VALUES ('a', 'x', 1), ('a', 'y', zeroblob(17000000));
CREATE VIRTUAL TABLE searched USING fts5(fund, fact, value);
CREATE VIEW today AS SELECT 'a' AS fund, 'x' AS fact, date() AS value;
CREATE VIEW dice AS SELECT 'a' AS fund, 'x' AS fact, random() AS value;
CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
    SELECT 'a' AS fund, 'x' AS fact, count(*) AS value FROM n;
]]

-- What stands behind `path = book.db`, and what is said.
local REFUSED = {
    { "table = nothing", "has no table 'nothing': there are blobs, broken, dice (view), endless (view), facts, huge" },
    { "table = blobs", "book.db!blobs:2: column 'value' is a blob" },
    { "table = nuls", "book.db!nuls:1: column 'value' holds a NUL" },
    { "table = broken", "book.db!broken:2: column 'value' holds text that is no UTF-8" },
    { "table = surrogates", "book.db!surrogates:1: column 'value' holds text that is no UTF-8" },
    { "table = huge", "book.db!huge:2: has a cell or row of over 16 MiB" },
    { "table = searched", "'searched' is a virtual one" },
    { "table = today", "book.db!today:1: today and the time zone of the machine are not to be had" },
    { "table = dice", "dice may not use the function random" },
    { "table = endless", "endless ran for 200 million steps without a row" },
    { "table = facts\nquery = SELECT 1", "has both table = and query =" },
    { "query =", "the query is empty" },
    { "query = ATTACH 'other.db' AS o", "the query may not use ATTACH" },
    { "query = PRAGMA journal_mode = WAL", "the query may not use PRAGMA" },
    { "query = SELECT * FROM pragma_user_version", "the query may not use" },
    { "query = INSERT INTO facts VALUES (1, 2, 3)", "the query may not use INSERT" },
    { "query = UPDATE facts SET value = 2", "the query may not use UPDATE" },
    { "query = DELETE FROM facts", "the query may not use DELETE" },
    { "query = DROP TABLE facts", "the query may not use" },
    { "query = CREATE TABLE t (a)", "the query may not use" },
    { "query = CREATE TEMP TABLE t (a)", "the query may not use" },
    { "query = BEGIN", "the query may not use transactions of its own" },
    { "query = VACUUM INTO 'other.db'", "the query gives no rows of a table" },
    { "query = EXPLAIN SELECT 1", "the query gives no rows of a table" },
    { "query = SELECT 1; DELETE FROM facts", "the query is more than one statement" },
    { "query = SELECT load_extension('x')", "the query may not use the function load_extension" },
    { "query = SELECT hex(randomblob(4))", "the query may not use the function randomblob" },
    { "query = SELECT CURRENT_TIMESTAMP", "the query may not use the function current_timestamp" },
    { "fact = x\nfund = a\nquery = SELECT strftime('%Y', 'NOW') AS value", "today and the time zone" },
    { "fact = x\nfund = a\nquery = SELECT date('2019-05-21', 'localtime') AS value", "today and the time zone" },
    { "query = SELECT ?1 AS value", "the query leaves something open (?1)" },
    { "query = SELECT \"valeu\" FROM facts", "no such column: valeu" },
    { "query = SELECT value FRM facts", "syntax error" },
    { "query = SELECT * FROM searched", "no such module: fts5" },
    { "fact = x\nfund = a\nquery = WITH RECURSIVE n(i) AS (SELECT hex(zeroblob(7000000)) UNION ALL SELECT i || '' FROM n) " ..
        "SELECT i AS value FROM n ORDER BY i", "the query needs over 256 MiB of memory" },
    { "query = SELECT zeroblob(100000000) AS value", "table facts has no column 'fund'" },
    { "qurey = SELECT 1", "did you mean 'query'?" },
    { "password = x", "'password' is neither a column of facts nor an option of the reader sqlite" },
}

local function refused_statements()
    local folder = suite.folder()
    sql(folder, "book.db", TABLES)
    local before = snapshot(folder)
    for _, case_of in ipairs(REFUSED) do
        case.refused(case_of[1], folder, "[data facts]\npath = book.db\n" .. case_of[1] .. "\n", case_of[2])
    end
    -- Rows without end.
    case.refused("rows", folder, "[data outcomes]\npath = book.db\nquery = WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL " ..
        "SELECT i + 1 FROM n) SELECT 'a' AS fund, 'output.x.y' AS indicator, i AS target, i AS actual FROM n\n",
        "the query gives over 10 million rows")
    check(snapshot(folder) == before, "what was refused left something behind:\n%s", snapshot(folder))
end

-- Columns that are called as the order of rows is.
local function named_rowid()
    local folder = suite.folder()
    sql(folder, "book.db", TABLES)
    case.evaluation(folder, "[data outcomes]\npath = book.db\ntable = named\nfund = a\nindicator = output.x.y\n")
    write(folder .. "/config/columns.ini", "[outcomes]\nactual = value\n")
    local code, out, err = case.run(folder, "score -q --format json")
    check(code == 0 and out:find('"actual_text": "12"', 1, true), "rows are in another order: %s: %s%s", code, out, err)
end

-- Queries that are fine, by the actual that they give.
local function allowed_statements()
    local folder = suite.folder()
    sql(folder, "book.db", TABLES)
    for query, text in pairs {
        ["SELECT date('2019-05-20', '+1 day') AS actual;"] = "2019-05-21",
        ["SELECT strftime('%Y年%m月%d日', 2458625.5) AS actual -- 'now'"] = "2019年05月22日",
        ["SELECT j.value AS actual FROM json_each('[12.5]') j"] = "12.5",
        ["WITH f AS (SELECT * FROM facts) SELECT value + 9223372036854775806 AS actual FROM f"] = "9223372036854775807",
        ["SELECT 'now' AS actual, random AS note FROM (SELECT 1 AS random)"] = "now",
        ["SELECT 1e15 + 0.3 AS actual, NULL AS target"] = "1000000000000000",
        ["SELECT 9e999 AS actual"] = "Infinity",
    } do
        case.evaluation(folder, "[data outcomes]\npath = book.db\nfund = a\nindicator = output.x.y\nquery = " .. query .. "\n")
        local code, out, err = case.run(folder, "score -q --format json")
        check(code == 0 and out:find('"actual_text": "' .. text .. '"', 1, true), "%s: exit code %s: %s%s", query, code, out, err)
    end
end

-- Files that are no databases, or that may not be taken for what they say.
local function refused_files()
    local folder = suite.folder()
    local function refused(name, says)
        case.refused(name, folder, "[data facts]\npath = " .. name .. "\n", says)
    end
    local rows = {}
    for i = 1, 3000 do
        rows[i] = ("('a', 'fact %d', %d)"):format(i, i)
    end
    sql(folder, "book.db", "CREATE TABLE facts (fund, fact, value);\nINSERT INTO facts VALUES " .. table.concat(rows, ", ") .. ";\n")
    local bytes = read(folder .. "/book.db")
    write(folder .. "/text.db", ("no database at all\n"):rep(20))
    write(folder .. "/short.db", "SQLite format 3\0")
    write(folder .. "/empty.db", "")
    write(folder .. "/cut.db", bytes:sub(1, #bytes // 2))
    write(folder .. "/torn.db", bytes:sub(1, 20000) .. ("\xA5"):rep(4096) .. bytes:sub(24097))
    write(folder .. "/schema.db", bytes:sub(1, 100) .. ("\xA5"):rep(3996) .. bytes:sub(4097))
    shell("cd %s && ln -s book.db link.db && mkfifo pipe.db && mkdir real && cp book.db real/ && ln -s real way", folder)
    -- A log, and a journal, that nobody wrote back.
    sql(folder, "first.db", ".dbconfig no_ckpt_on_close on\nPRAGMA journal_mode = WAL;\n" .. TABLES)
    shell("cd %s && cp first.db log.db && cp first.db-wal log.db-wal && rm first.db*", folder)
    sql(folder, "first.db", "CREATE TABLE facts (fund, fact, value);\nPRAGMA cache_size = 2;\nBEGIN;\n" ..
        "INSERT INTO facts VALUES " .. table.concat(rows, ", ") .. ";\n.shell cp first.db hot.db; cp first.db-journal hot.db-journal\n")
    shell("rm -f %s/first.db*", folder)
    local before = snapshot(folder)
    refused("text.db", "text.db: is no SQLite database, or is encrypted")
    refused("short.db", "short.db: is no SQLite database, or is encrypted")
    refused("empty.db", "empty.db: is empty: a database without tables")
    refused("cut.db", "is damaged (database disk image is malformed)")
    refused("torn.db", "is damaged (database disk image is malformed)")
    refused("schema.db", "is damaged (database disk image is malformed)")
    refused("link.db", "link.db: is a symbolic link: name the database itself")
    refused("pipe.db", "pipe.db: is no file")
    refused("absent.db", "absent.db: no such file")
    refused("log.db", "has changes that are not in the file yet (in its -wal)")
    refused("hot.db", "holds changes that were not finished (in its -journal)")
    check(snapshot(folder) == before, "what was refused left something behind:\n%s", snapshot(folder))
    -- A folder may be behind a link, and names may hold what means something in a URI.
    shell("cd %s && mkdir '50%% ?#&' && cp book.db '50%% ?#&/书 %%20?mode=rwc#.db'", folder)
    for _, path in ipairs { "way/book.db", "50% ?#&/书 %20?mode=rwc#.db" } do
        case.evaluation(folder, "[data facts]\npath = " .. path .. "\n")
        local code, _, err = case.run(folder, "score -q")
        check(code == 0, "%s is not read: %s", path, err)
    end
end

return function(expected)
    same_figures(expected)
    same_report()
    refused_statements()
    allowed_statements()
    named_rowid()
    refused_files()
end
