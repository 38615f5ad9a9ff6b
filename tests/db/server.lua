-- server.lua - a PostgreSQL server of the tests' own: its data and its socket lie in a folder that only its user may
-- enter, it listens nowhere else, and it ends with the tests, however they end.
local suite = require "suite"
local server = {}

-- The shell that starts the server stops it when its standard input closes, which it does with this process.
local SCRIPT = [[
folder=$1 bin=$2
umask 077
"$bin/initdb" -D "$folder/data" -U tester -A trust --no-sync -E UTF8 --locale=C >"$folder/initdb.log" 2>&1 || {
    echo "initdb: $(tail -n 1 "$folder/initdb.log")" >"$folder/ready"
    exit 1
}
{ echo 'local all keeper scram-sha-256'; echo 'local all all trust'; } >"$folder/data/pg_hba.conf"
if "$bin/pg_ctl" -D "$folder/data" -w -t 120 -l "$folder/log" -o "-c listen_addresses='' -c fsync=off \
    -c unix_socket_directories='$folder' -c max_connections=20 -c shared_buffers=16MB" start >/dev/null 2>&1; then
    echo up >"$folder/ready"
else
    echo "pg_ctl: $(tail -n 1 "$folder/log")" >"$folder/ready"
fi
cat >/dev/null
"$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
rm -rf "$folder"
]]

-- The folder of initdb, pg_ctl and psql; nil where there is no server.
local function find_bin()
    local bin = suite.capture("ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1"):gsub("\n", "")
    if bin == "" then bin = suite.capture("pg_config --bindir 2>/dev/null"):gsub("\n", "") end
    return suite.read(bin .. "/initdb") and bin or nil
end

-- A server refuses to run as root: another user does it then.
local function find_user()
    if suite.capture("id -u") ~= "0\n" then return "" end
    for _, user in ipairs { "postgres", "nobody" } do
        if select(2, suite.capture("id -u " .. user .. " 2>/dev/null")) then
            return "runuser -u " .. user .. " -- "
        end
    end
end

-- The server once it answers, with `folder` (of its socket) and `bin`; nil and why where there is none.
function server.start()
    local bin, as = find_bin(), find_user()
    if not bin then return nil, "there is no PostgreSQL server: apt-get install postgresql (./dev test does it)" end
    if not as then return nil, "root cannot run a server, and there is no user postgres or nobody" end
    -- Short, and known to be there: a socket's path has at most 107 bytes.
    local folder = suite.capture(as .. "mktemp -d /tmp/steelyard.XXXXXX"):gsub("\n", "")
    assert(os.execute(as .. "mkfifo " .. folder .. "/ready"))
    local script = suite.folder() .. "/server.sh"
    suite.write(script, SCRIPT)
    assert(os.execute("chmod 755 " .. script:match("^(.*)/")))
    local pipe = assert(io.popen(("cd / && env -u PGDATA %ssh %s %s %s"):format(as, script, folder, bin), "w"))
    local said = suite.read(folder .. "/ready")
    if said ~= "up\n" then
        pipe:close()
        return nil, said
    end
    return { folder = folder, bin = bin, pipe = pipe }
end

function server.stop(s)
    s.pipe:close()
end

return server
