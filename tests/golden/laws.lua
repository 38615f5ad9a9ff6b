-- laws.lua - what no single case shows: the same bytes again, however they are asked for; a terminal; an
-- interrupt; the program found in a build, and installed. Called by run.lua with its tools.
local t = ...
local check, run, lay_out, write, read = t.check, t.run, t.lay_out, t.write, t.read

local FORMATS = { "--format csv", "--format csv --detail", "--format json", "--format table",
    "--format table --detail --lang en" }
local RICH = {
    funds = "path = data/funds.csv\n", outcomes = "path = data/outcomes.csv\n",
    facts = "path = data/facts.csv\n", ratings = "path = data/ratings.csv\n",
    adjustments = "path = data/adjustments.csv\n",
}

-- An evaluation with all five tables, its sources in the order given.
local function lay_out_rich(folder, order)
    local ini = { "[evaluation]\ntitle = 示例\nyears = 2019\ntype = demo\n" }
    for _, name in ipairs(order) do
        ini[#ini + 1] = "[data " .. name .. "]\n" .. RICH[name]
    end
    write(folder .. "/evaluation.ini", table.concat(ini))
    write(folder .. "/data/facts.csv", "fund,fact,value\nf1,编制数,50人\nf3,budget,10万元\n")
    write(folder .. "/data/ratings.csv", "fund,indicator,rating\nf2,output.quantity.visits,0.5\nf9,a.b,1\n")
    write(folder .. "/data/adjustments.csv", "fund,points,reason\nf1,-2,迟报\nf2,1.5,先进\n")
end

local function check_same_bytes()
    local folder = lay_out("good")
    for _, options in ipairs(FORMATS) do
        local first
        for _, more in ipairs { "", "", " --jobs 1", " --jobs 2", " --jobs 7", " -v" } do
            local code, out, err = run(folder, "steelyard score . " .. options .. more .. "\n")
            first = first or out
            check(code == 0 and err == "" and out ~= "", "same bytes", "exit code %d of %s%s", code, options, more)
            check(out == first, "same bytes", "%s%s differs", options, more)
        end
    end
end

local function check_source_order()
    local orders = {
        { "funds", "outcomes", "facts", "ratings", "adjustments" },
        { "adjustments", "ratings", "facts", "outcomes", "funds" },
        { "ratings", "funds", "adjustments", "outcomes", "facts" },
    }
    local folder, first = lay_out("good"), nil
    for _, order in ipairs(orders) do
        lay_out_rich(folder, order)
        local all = {}
        for _, options in ipairs(FORMATS) do
            local code, out, err = run(folder, "steelyard score " .. options .. "\n")
            check(code == 0, "source order", "exit code %d: %s", code, err)
            all[#all + 1] = out .. err
        end
        first = first or table.concat(all)
        check(table.concat(all) == first, "source order", "%s gives other bytes", table.concat(order, " "))
    end
    -- 92.00 less 2 points; half of 60 and 40, and 1.5 points; a fund that only facts name.
    local _, out = run(folder, "steelyard score --format csv --option bom=no -q\n")
    check(out:find("\nf1,甲项目,demo,某局,2019,90.00,优,", 1, true), "source order", "f1 is not 90.00:\n%s", out)
    check(out:find("\nf2,乙项目,demo,某局,2019,71.50,中,", 1, true), "source order", "f2 is not 71.50:\n%s", out)
    check(out:find("\nf3,,demo,,2019,,,0,", 1, true), "source order", "f3 is not there:\n%s", out)
    check(not out:find("\nf9,", 1, true), "source order", "f9 is there:\n%s", out)
end

-- What a terminal of 80 columns gets: script(1) gives one.
local function run_on_terminal(folder, command)
    write(folder .. "/on-terminal", "stty cols 80 rows 24\n" .. command .. "\n")
    local code, out = run(folder, "script -qec 'sh ./on-terminal' /dev/null\n")
    return code, (out:gsub("\r\n", "\n"))
end

local function check_terminal()
    local folder = lay_out("good")
    if os.execute("command -v script >/dev/null 2>&1") ~= true then
        print("no script(1): not run on a terminal")
        return
    end
    local _, out = run_on_terminal(folder, "steelyard score")
    check(out:find("\27[", 1, true), "terminal", "no colours on a terminal")
    for _, command in ipairs { "NO_COLOR=1 steelyard score", "steelyard score --color never",
        "steelyard score -o out.csv", "steelyard score --format csv", "steelyard explain f1" } do
        _, out = run_on_terminal(folder, command)
        check(not out:find("\27[", 1, true), "terminal", "colours in: %s", command)
    end
    _, out = run_on_terminal(folder, "NO_COLOR= steelyard score")
    check(out:find("\27[", 1, true), "terminal", "an empty NO_COLOR switches colours off")
    _, out = run_on_terminal(folder, "steelyard score | cat")
    check(not out:find("\27[", 1, true), "terminal", "colours in a pipe")
end

-- Columns that a line takes: a Chinese character two.
local function width_of(line)
    local width = 0
    for _, c in utf8.codes(line) do
        width = width + (c >= 0x2E80 and c <= 0xFFEF and 2 or 1)
    end
    return width
end

local function check_width()
    local folder = lay_out("good")
    write(folder .. "/data/outcomes.csv", "fund,indicator,name,target,actual\n" ..
        "f1,output.quantity.visits,走访户数,≥10户,1..0\nf1,benefit.social.jobs,新增就业,≥50人,近40人\n")
    for _, command in ipairs { "score", "score --lang en", "check", "check --lang en", "--help", "score --help",
        "check --help", "explain --help" } do
        local quiet = command:find("help") and "" or " -q"
        local _, out = run_on_terminal(folder, "NO_COLOR=1 steelyard " .. command .. quiet)
        check(#out > 100, "width", "%s prints %s", command, out)
        for line in (command:find("help") and out or out:match("^(.-)\n\n") or out):gmatch("[^\n]+") do
            check(width_of(line) <= 80, "width", "%s: over 80 columns: %s", command, line)
        end
    end
    -- Each column begins at the same place in every line, Chinese or not.
    local _, out = run(folder, "steelyard score -q\n")
    local grade
    for line in out:match("^(.-)\n\n"):gmatch("[^\n]+") do
        local head = line:match("^(.-)等级") or line:match("^(f%d.-)无：") or line:match("^(f%d.-)[优良中差] ")
        if head then
            grade = grade or width_of(head)
            check(width_of(head) == grade, "width", "not aligned:\n%s", out)
        end
    end
    check(grade ~= nil, "width", "no table:\n%s", out)
end

-- A pipe that nobody writes into holds the program until the signal comes.
local function check_interrupt()
    local folder = lay_out("good")
    write(folder .. "/kept.csv", "kept\n")
    local code, out = run(folder, "rm data/outcomes.csv; mkfifo data/outcomes.csv; " ..
        "timeout --preserve-status -s INT 1 steelyard score -o kept.csv\n")
    check(code == 130 and out == "", "interrupt", "exit code %d, output %s", code, out)
    check(read(folder .. "/kept.csv") == "kept\n", "interrupt", "-o was touched")
    check(t.capture("ls -A " .. folder .. " | grep -c steelyard") == "0\n", "interrupt", "files are left behind")
end

-- A program in a tree of its own, without STEELYARD_DATA, run from another folder.
local function check_found(name, folder, program, expected)
    write(t.temp .. "/command", "")
    local pipe = io.popen(("cd %s && env -u STEELYARD_DATA -u LD_LIBRARY_PATH %s score --format json 2>&1")
        :format(folder, program))
    local out = pipe:read("a")
    pipe:close()
    check(out == expected, name, "printed:\n%s", out)
end

local function check_places()
    local folder = lay_out("good")
    local _, expected = run(folder, "steelyard score --format json\n")
    local build, root = t.program:match("^(.*)/[^/]*$"), t.here .. "/../.."
    local place = t.temp .. "/in-place"
    os.execute(("mkdir -p %s/build && cp %s %s/build/steelyard && cp -P %s/libsteelyard.so* %s/build/ && " ..
        "cp -r %s/config %s/scripts %s/"):format(place, t.quote(t.program), place, t.quote(build), place,
        t.quote(root), t.quote(root), place))
    check_found("in place", folder, place .. "/build/steelyard", expected)
    -- No config/ or scripts/ near it: said in one line.
    os.execute(("rm -r %s/config"):format(place))
    check_found("in no place", folder, place .. "/build/steelyard", "steelyard: error: found no config/ and " ..
        "scripts/ beside the program: set STEELYARD_DATA to the folder that holds them\n")
    if read(build .. "/cmake_install.cmake") then
        local log = t.capture(("cmake --install %s --prefix %s/usr 2>&1"):format(t.quote(build), t.temp))
        check(read(t.temp .. "/usr/share/steelyard/config/units.ini"), "installed", "no units.ini: %s", log)
        check_found("installed", folder, t.temp .. "/usr/bin/steelyard", expected)
        os.execute(("mv %s/usr %s/moved"):format(t.temp, t.temp))
        check_found("moved", folder, t.temp .. "/moved/bin/steelyard", expected)
    end
end

check_same_bytes()
check_source_order()
check_terminal()
check_width()
check_interrupt()
check_places()
