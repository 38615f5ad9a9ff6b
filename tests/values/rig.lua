-- rig.lua - cells through the program: rows in, what was read and found out.

local function quote(text)
    return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function csv_cell(text)
    return '"' .. (text or ""):gsub('"', '""') .. '"'
end

-- Records of a CSV text by header; quotes may hold anything.
local function read_csv(text)
    local header, records, cells, at = nil, {}, {}, 1
    while at <= #text do
        local cell, stop
        if text:sub(at, at) == '"' then
            stop = at
            repeat
                stop = text:find('"', stop + 1, true)
                local again = text:sub(stop + 1, stop + 1) == '"'
                if again then stop = stop + 1 end
            until not again
            cell, at = text:sub(at + 1, stop - 1):gsub('""', '"'), stop + 1
        else
            stop = text:find("[,\r\n]", at) or #text + 1
            cell, at = text:sub(at, stop - 1), stop
        end
        cells[#cells + 1] = cell
        local mark = text:match("^\r?\n", at) or text:match("^,", at) or ""
        at = at + #mark
        if mark ~= "," then
            local record = {}
            for i, name in ipairs(header or {}) do record[name] = cells[i] end
            if header then records[#records + 1] = record end
            header, cells = header or cells, {}
        end
    end
    return records
end

return function(program)
    local rig = {}
    local pipe = assert(io.popen("mktemp -d"))
    local folder = pipe:read("l")
    pipe:close()

    function rig.close()
        os.execute("rm -rf " .. quote(folder))
    end

    local function write(name, text)
        local file = assert(io.open(folder .. "/" .. name, "wb"))
        file:write(text)
        file:close()
    end

    -- Standard output, standard error and exit code of a command in the folder.
    function rig.run(arguments)
        local ok, _, code = os.execute(("cd %s && %s %s >out 2>err </dev/null"):format(quote(folder), quote(program),
            arguments))
        local texts = {}
        for i, name in ipairs { "out", "err" } do
            local file = assert(io.open(folder .. "/" .. name, "rb"))
            texts[i] = file:read("a")
            file:close()
        end
        return texts[1], texts[2], ok and 0 or code
    end

    local function table_of(arguments)
        local out, err, code = rig.run(arguments)
        assert(code == 0, arguments .. ": " .. err)
        return read_csv(out)
    end

    -- Rows of a file of this folder: { line, cells }. Comments begin with "# ".
    function rig.read_tsv(name)
        local rows, line = {}, 0
        for text in io.lines("tests/values/" .. name) do
            line = line + 1
            if text ~= "" and not text:find("^# ") then
                local cells = {}
                for one in (text .. "\t"):gmatch("(.-)\t") do cells[#cells + 1] = one end
                rows[#rows + 1] = { line = line, cells = cells }
            end
        end
        return rows
    end

    local RATINGS = "[ratings]\n达成预期指标 = 1\n部分达成预期指标并具有一定效果 = 0.7\n未达成预期指标且效果较差 = 0.3\n"

    -- Scores a list of { target, actual, unit, column } in 2019: rows and findings by their number.
    function rig.score(cases)
        os.execute("rm -rf " .. quote(folder) .. "/*")
        os.execute("mkdir " .. quote(folder) .. "/config")
        write("evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\nfund = p\n")
        write("config/t.ini", RATINGS)
        local lines = { "indicator,target,actual,unit,sign,weight" }
        for i, case in ipairs(cases) do
            lines[i + 1] = ("a.r%d,%s,%s,%s,%s,1"):format(i, csv_cell(case.target), csv_cell(case.actual), csv_cell(case.unit),
                csv_cell(case.column))
        end
        write("outcomes.csv", table.concat(lines, "\n") .. "\n")
        local told = { rows = {}, findings = {} }
        for _, record in ipairs(table_of("score --detail --format csv --option bom=no")) do
            told.rows[tonumber(record.indicator:match("%d+"))] = { sign = record.sign, target_read = record.target,
                actual_read = record.actual, base = record.unit, status = record.status, score = record.score,
                attainment = record.attainment }
        end
        for _, record in ipairs(table_of("check --format csv --option bom=no --fail-on never")) do
            local i = tonumber(record.indicator:match("^a%.r(%d+)$"))
            if i then
                told.findings[i] = told.findings[i] or {}
                table.insert(told.findings[i], record)
            end
        end
        return told
    end

    local SCRIPT = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
for i = 1, %d do
    rules.measure["a.r" .. i] = function(fund)
        local v = fund["f" .. i]
        if v == true then return "yes" elseif v == false then return "no" end
        return v
    end
end
return rules
]]

    -- Facts { written, unit, kind }: what a script sees of each, and its finding.
    function rig.facts(facts)
        os.execute("rm -rf " .. quote(folder) .. "/*")
        os.execute(("mkdir %s/config %s/scripts"):format(quote(folder), quote(folder)))
        write("evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\n[data facts]\npath = facts.csv\nfund = p\n")
        local lines, kinds = { "fact,value,unit" }, { "[facts]" }
        for i, fact in ipairs(facts) do
            lines[i + 1] = ("f%d,%s,%s"):format(i, csv_cell(fact.written), csv_cell(fact.unit))
            kinds[i + 1] = ("f%d = %s"):format(i, fact.kind)
        end
        write("facts.csv", table.concat(lines, "\n") .. "\n")
        write("config/t.ini", table.concat(kinds, "\n") .. "\n")
        write("scripts/t.lua", SCRIPT:format(#facts))
        local told = { values = {}, findings = {} }
        for _, record in ipairs(table_of("score --detail --format csv --option bom=no")) do
            told.values[tonumber(record.indicator:match("%d+"))] = record.actual
        end
        for _, record in ipairs(table_of("check --format csv --option bom=no --fail-on never")) do
            local line = tonumber((record.source or ""):match("^facts%.csv:(%d+)$"))
            if line and record.code:find("^bad%-") then -- others are of the whole fund, made by the first line
                told.findings[line - 1] = told.findings[line - 1] or {}
                table.insert(told.findings[line - 1], record)
            end
        end
        return told
    end

    -- A file of one outcome whose actual is no number: rejected, and said where it stands.
    local function check_one(check, what, name, place)
        local rows = table_of("score " .. name .. " --year 2019 --detail --format csv --option bom=no")
        check(rows[1] and rows[1].status == "rejected" and not tonumber(rows[1].actual) and rows[1].score == "",
            "%s: is '%s' with the actual '%s'", what, rows[1] and rows[1].status or "",
            rows[1] and rows[1].actual:sub(1, 40) or "")
        local found = table_of("check " .. name .. " --year 2019 --format csv --option bom=no --fail-on never")
        local seen = false
        for _, f in ipairs(found) do seen = seen or (f.code == "bad-number" and f.source == place) end
        check(seen, "%s: no finding with its place", what)
    end

    -- The same in a cell that a line of a corpus cannot hold.
    local function check_cell(check, what, text)
        write("one.csv", "indicator,target,actual,weight\na.r1,5," .. text .. ",1\n")
        check_one(check, what, "one.csv", "one.csv:2")
    end

    -- What is not even text stops the work, with file and line.
    local function check_file(check, what, name, text)
        write(name, text)
        local out, err, code = rig.run("score " .. name .. " --year 2019 --format csv")
        check(code == 3 and out == "" and err:find("^steelyard: error: " .. name:gsub("%.", "%%.") .. ":%d+:"),
            "%s: exit code %d, '%s'", what, code, err:sub(1, 200))
    end

    function rig.check_hostile(check)
        check_cell(check, "a megabyte of digits", ("9"):rep(1 << 20))
        check_cell(check, "a megabyte of digits with a point", ("9"):rep(1 << 19) .. "." .. ("9"):rep(1 << 19))
        check_cell(check, "a megabyte of signs", ("≥"):rep(1 << 18) .. "5")
        check_cell(check, "a megabyte of blanks inside", "5" .. (" "):rep(1 << 20) .. "5")
        check_cell(check, "four hundred digits", "1" .. ("0"):rep(400))
        check_cell(check, "a zero-width blank inside", "5\u{200B}.5.5")
        check_cell(check, "a control character inside", "5\0015")
        check_cell(check, "a line end", '"5\n6"')
        check_file(check, "a lone surrogate as bytes", "surrogate.csv",
            "indicator,target,actual,weight\na.r1,5,5\xED\xA0\x80\xFF,1\n")
        check_file(check, "a lone surrogate in JSON", "surrogate.json",
            '[{"indicator":"a.r1","target":5,\n"actual":"5\\ud800","weight":1}]')
        check_file(check, "NUL in JSON", "nul.json",
            '[{"indicator":"a.r1","target":5,\n"actual":"5\\u0000","weight":1}]')
        write("big.json", '[{"indicator":"a.r1","target":5,\n"actual":1e999,"weight":1}]')
        check_one(check, "a number beyond all in JSON", "big.json", "big.json:1")
    end

    return rig
end
