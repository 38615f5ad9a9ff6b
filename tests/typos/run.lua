-- run.lua - every place where a user can misspell a name: what was probably meant is said, and nothing is said where nothing
-- is like it.
--
--     lua5.4 tests/typos/run.lua PROGRAM
package.path = "tests/lib/?.lua;" .. package.path
local suite = require "suite"
local program = suite.absolute(assert(arg[1]))
local check = suite.check
local folder = suite.folder()

local SCRIPT = [[
local sy = require "steelyard"
local rules = sy.rules { api = 1 }
%s
return rules
]]
local BASE = {
    ["evaluation.ini"] = "[evaluation]\nyears = 2018-2019\ntype = fine\nlanguage = en\n[data outcomes]\npath = data/out.csv\n",
    ["config/fine.ini"] = "[facts]\nstaff_quota = number\n[ratings]\n达成预期指标 = 1\n" ..
        "[grades]\ngood = 60\npoor = 0\n",
    ["scripts/fine.lua"] = SCRIPT:format(""),
    ["data/out.csv"] = "year,fund,indicator,target,actual,weight\n" ..
        "2018,alpha,output.visits,1,1,100\n2019,alpha,output.visits,1,1,50\n2019,alpha,output.jobs,1,1,50\n" ..
        "2019,beta,output.other,1,1,100\n",
}

-- What the program says, both outputs, with some files for others of BASE.
local function run(command, files)
    assert(os.execute(("rm -rf '%s' && mkdir -p '%s/config' '%s/scripts/lib' '%s/data'"):format(folder, folder, folder, folder)))
    for _, list in ipairs { BASE, files or {} } do
        for name, text in pairs(list) do
            local file = assert(io.open(folder .. "/" .. name, "wb"))
            assert(file:write(text))
            file:close()
        end
    end
    local pipe = assert(io.popen(("cd '%s' && '%s' %s 2>&1"):format(folder, program, command)))
    local text = pipe:read("a")
    pipe:close()
    return text
end

-- What is written, and what is said: a command line, or a file.
local function line(key) return { ["config/fine.ini"] = key .. "\n" } end
local function rule(text) return { ["scripts/fine.lua"] = SCRIPT:format(text) } end
local function ini(text) return { ["evaluation.ini"] = BASE["evaluation.ini"] .. text .. "\n" } end
local function lib(name)
    return { ["scripts/lib/visit.lua"] = "return {}\n", ["scripts/fine.lua"] = SCRIPT:format(("local l = require %q"):format(name)) }
end
local function table(name, text)
    local files = ini(("[data %s]\npath = data/more.csv"):format(name))
    files["data/more.csv"] = text
    return files
end
local cases = {
    -- the command line
    { "scroe", {}, "did you mean 'score'" },
    { "score --yaer 2019", {}, "did you mean '--year'" },
    { "help weights-smu", {}, "did you mean 'weights-sum'" },
    { "help pattern-unmached", {}, "did you mean 'pattern-unmatched'" },
    { "score --fund alhpa", {}, "did you mean 'alpha'?" },
    { "score --type fime", {}, "did you mean 'fine'?" },
    { "explain . alhpa", {}, "did you mean 'alpha'?" },
    { "explain . alpha output.vists", {}, "did you mean 'output.visits'?" },
    { "config --type fime", {}, "did you mean 'fine'?" },
    { "score --set fine.parametres.over=1", {}, "did you mean [parameters]?" },
    { "score --set fine.type.full_scroe=1", {}, "did you mean 'full_score'?" },
    { "score --set fien.type.full_score=90", {}, "did you mean 'fine'?" },
    { "score --format csv --option bmo=no", {}, "did you mean 'bom'?" },
    { "score --format jsno", {}, "no format is called 'jsno' (did you mean 'json'?): there are csv, json" },
    -- INI
    { "score", line "[wieghts]", "did you mean [weights]?" },
    { "score", line "[type]\nful_score = 100", "did you mean 'full_score'?" },
    { "score", line "[missing]\nactual = zreo", "did you mean 'zero'?" },
    { "score", line "[rounding]\nmode = half_upp", "did you mean 'half_up'?" },
    { "score", line "[type]\nextends = project_self_evaluatoin", "did you mean 'project_self_evaluation'?" },
    { "score", line "[facts]\nstaff = numbre", "did you mean 'number'?" },
    { "score", line "[weights]\noutput.vists = 10", "[weights] output.vists (output.visits?)" },
    { "score", line "[weights]\nouptut.* = 10", "[weights] ouptut.* (output.*?)" },
    { "score", line "[signs]\noutput.vists = <=", "[signs] output.vists (output.visits?)" },
    { "score", line "[targets]\noutput.vists = 5", "[targets] output.vists (output.visits?)" },
    { "score", line "[names]\noutput.vists = 来访", "[names] output.vists (output.visits?)" },
    { "score", ini "[data outcome late]\npath = data/out.csv", "did you mean 'outcomes'?" },
    { "score", ini "encodign = utf-8", "did you mean 'encoding'?" },
    { "score", ini "raeder = csv", "did you mean 'reader'?" },
    { "score", ini "reader = cvs", "no reader is called 'cvs' (did you mean 'csv'?): there are" },
    { "score", { ["evaluation.ini"] = "[evaluation]\nyaers = 2019\n" }, "did you mean 'years'?" },
    { "score", { ["config/columns.ini"] = "[fundss]\n甲 = name\n" }, "did you mean 'funds'?" },
    -- scripts
    { "score", rule 'rules.indicatr["a"] = sy.by_sign {}', "did you mean 'indicator'?" },
    { "score", rule 'rules.indicator["output.*"] = sy.completoin {}', "did you mean 'completion'?" },
    { "score", rule 'rules.indicator["output.*"] = sy.completion { ovr = 1 }', "did you mean 'over'?" },
    { "score", rule 'rules.indicator["output.*"] = function(i) return i.actaul end', "did you mean 'actual'?" },
    { "score", rule 'rules.indicator["output.*"] = function(i, fund) return fund.staff_qouta / 2 end', "staff_qouta (staff_quota?)" },
    { "score", rule 'function rules.adjust(fund) fund:dedcut(1, "x") end', "dedcut (deduct?)" },
    { "score", rule 'function rules.check(fund) fund:finding("warnign", "x") end', "did you mean 'warning'?" },
    { "score", rule 'rules.indicator["output.vists"] = sy.by_sign {}', 'rules.indicator["output.vists"] (output.visits?)' },
    { "score", rule 'rules.target["ouptut.*"] = function() return 1 end', 'rules.target["ouptut.*"] (output.*?)' },
    { "score", lib "visits", "there is no scripts/lib/visits.lua (did you mean 'visit'?)" },
    { "score", lib "exectuion", "there is no scripts/lib/exectuion.lua (did you mean 'execution'?)" },
    -- data
    { "score", { ["data/out.csv"] = BASE["data/out.csv"]:gsub("weight", "wieght") }, "column 'wieght' (weight?)" },
    { "score", { ["data/out.csv"] = "年度,fund,indicator,指标直,actual\n2019,a,b.c,1,1\n" }, "column '指标直' (指标值?)" },
    { "score", { ["data/out.csv"] = "year,fund,indicator,target,actual,rating\n2019,a,b.c,1,1,达成预期指际\n" },
        "rating '达成预期指际' (达成预期指标?)" },
    { "score", { ["evaluation.ini"] = BASE["evaluation.ini"]:gsub("= fine", "= fien") }, "type 'fien' (fine?)" },
    { "score", table("ratings", "year,fund,indicator,rating\n2019,alhpa,output.visits,1\n"), "'alhpa, 2019' (alpha?) is no fund" },
    { "score", table("adjustments", "year,fund,points\n2019,alhpa,1\n"), "'alhpa, 2019' (alpha?) is no fund" },
    { "score", table("adjustments", "year,fund,cap\n2019,alpha,pooor\n"), "cap 'pooor' (poor?) is no grade" },
    { "score", table("funds", "year,fund,part_of\n2019,beta,alhpa\n"), "'alhpa' (alpha?) is no fund" },
    { "score", { ["data/out.csv"] = "year,fund,indicator,target,actual\n2019,a,b.c,服务到位,达成预期指际\n" },
        "nobody has rated it: '达成预期指际' (达成预期指标?)" },
}
for _, case in ipairs(cases) do
    local text = run(case[1], case[2])
    check(text:find(case[3], 1, true), "%s: not '%s' in: %s", case[1], case[3], text)
end

-- Nothing is like these.
for _, case in ipairs {
    { "frobnicate" }, { "score --xyzzy" }, { "help xyzzy" }, { "score --fund xyzzy" }, { "explain . alpha xyzzy.far" },
    { "score", line "[xyzzy]" }, { "score", line "[signs]\nxyzzy.far = <=" }, { "score", line "[weights]\nxyzzy.far = 1" },
    { "score", rule 'rules.indicator["xyzzy.*"] = sy.by_sign {}' },
    { "score", rule 'rules.indicator["output.*"] = function(i, fund) return fund.xyzzy / 2 end' },
    { "score --format xyzzy" }, { "score", ini "reader = xyzzy" }, { "score", lib "xyzzy" },
    { "score", table("ratings", "year,fund,indicator,rating\n2019,xyzzy,output.visits,1\n") },
    { "score", table("ratings", "year,fund,indicator,rating\n2017,alpha,output.visits,1\n") }, -- of another year
    { "score", table("adjustments", "year,fund,cap\n2019,alpha,xyzzy\n") },
    { "score", table("funds", "year,fund,part_of\n2019,beta,xyzzy\n") },
    { "score", table("funds", "year,fund,part_of\n2018,beta2,beta\n") }, -- of another year
    { "score", { ["data/out.csv"] = "year,fund,indicator,target,actual\n2019,a,b.c,服务到位,群众都很满意\n" } },
} do
    local text = run(case[1], case[2])
    check(not text:find("did you mean", 1, true) and not text:find("%([^ ()]+%?%)"), "%s: a far guess: %s", case[1], text)
end

-- Lines that are for no indicator are said once, whatever years and types; not in a run of some funds; not where a later
-- year has the indicator.
local function count(text)
    return select(2, text:gsub("matches no indicator", ""))
end
BASE["scripts/fine.lua"] = SCRIPT:format(
    'rules.indicator["output.vists"] = sy.by_sign {}\nrules.indicator["output.jobs"] = sy.by_sign {}\n' ..
    'rules.indicator["output.other"] = sy.by_sign {}')
check(count(run("check --format csv --fail-on never -q")) == 1, "said once: %s", run("check --format csv --fail-on never"))
for _, options in ipairs { "--fund alpha", "--fund beta", "--type fine", "--year 2018", "--year 2019" } do
    check(count(run("check --format csv --fail-on never " .. options)) == 0, "%s narrows", options)
end
check(count(run("check --format csv --fail-on never -q --year 2018,2019")) == 1, "all years are no narrowing")

suite.finish()
