-- Databases as sources: what comes from them is what comes from CSV, and nothing is ever written to them.
--
--     lua5.4 tests/db/run.lua PROGRAM
--
-- figures/*.csv are the figures; sqlite.sql and postgres.sql hold the same ones. The PostgreSQL server is the tests'
-- own (server.lua). A plugin that was not built, or a server that is not there, is a failure that says so.
package.path = "tests/lib/?.lua;tests/db/?.lua;" .. package.path
local suite = require "suite"
local case = require "case"
local server = require "server"

case.program = suite.absolute(assert(arg[1], "run.lua PROGRAM"))
case.temp = suite.folder()

local expected = case.csv_figures()
local _, listed = case.run(case.temp, "plugins --format csv --option bom=no")

local function is_built(name, options)
    return suite.check(listed:find("\nreader," .. name .. ",loaded," .. name .. ",[^\n]*," .. options .. ","),
        "the plugin %s was not built: its tests did not run:\n%s", name, listed)
end

if is_built("sqlite", "table query") then
    require "sqlite" (expected)
end
if is_built("postgres", "service table query") then
    local own, why = server.start()
    if suite.check(own, "the tests of postgres did not run: %s", why) then
        local ok, failure = xpcall(require "postgres", debug.traceback, expected, own)
        server.stop(own)
        suite.check(ok, "%s", failure)
    end
end
suite.finish()
