-- make.lua - the pictures of the README, made of the examples: a page in Chromium, a terminal, a form of the workbook and a page
-- of the report as LibreOffice prints them.
--
--     lua5.4 docs/pictures/make.lua PROGRAM
local program = assert(arg[1], "make.lua PROGRAM")
local folder = "docs/pictures"

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function capture(command)
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    assert(pipe:close(), command)
    return text
end

local function run(command)
    assert(os.execute(command .. " >/dev/null 2>&1 </dev/null"), command)
end

local temporary = capture("mktemp -d"):gsub("\n", "")

local function write(path, text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
end

local function photograph(url, name, width, height)
    run(("chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir=%s/profile " ..
        "--window-size=%d,%d --screenshot=%s %s"):format(temporary, width, height, quote(folder .. "/" .. name .. ".png"), quote(url)))
end

local function page(name, words, hash, width, height)
    local path = temporary .. "/" .. name .. ".html"
    run(("%s %s -q -o %s"):format(program, words, path))
    photograph("file://" .. path .. (hash or ""), name, width, height)
end

-- What a terminal of 80 columns shows, as a page: bold is the one thing that the program asks for.
local function terminal(name, words, height)
    local shown = capture(("TERM=xterm script -qec %s /dev/null </dev/null"):format(quote("stty cols 80; " .. program .. " " .. words ..
        " -q")))
    local text = shown:gsub("\r", ""):gsub("&", "&amp;"):gsub("<", "&lt;"):gsub("\27%[1m", "<b>"):gsub("\27%[0?m", "</b>")
    -- A Chinese character is as wide as two others, whatever the font says.
    local cells = {}
    for _, code in utf8.codes(text) do
        local wide = code >= 0x2E80 and code <= 0x9FFF or code >= 0xFF00 and code <= 0xFF60 or code >= 0x3000 and code <= 0x303F
        cells[#cells + 1] = wide and "<i>" .. utf8.char(code) .. "</i>" or utf8.char(code)
    end
    write(temporary .. "/terminal.html", [[<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; background: #1b1f27; color: #e3e7ec; font: 15px/1.35 "DejaVu Sans Mono", monospace; padding: 18px 22px; }
pre { margin: 0; font: inherit; } b { color: #8dbcf0; } i { display: inline-block; width: 2ch; font-style: normal; text-align: center; }
</style><pre>$ steelyard ]] .. words .. " -q\n" .. table.concat(cells) .. "</pre>")
    photograph("file://" .. temporary .. "/terminal.html", name, 784, height)
end

-- A page of what LibreOffice prints.
local function print_page(name, words, extension, number, density, crop)
    local path = temporary .. "/" .. name .. "." .. extension
    run(("%s %s -q -o %s"):format(program, words, path))
    run(("soffice -env:UserInstallation=file://%s/office --headless --convert-to pdf --outdir %s %s"):format(temporary, temporary, path))
    run(("pdftoppm -r %d -f %d -l %d -singlefile -png %s %s/%s.pdf %s/%s"):format(density, number, number, crop or "", temporary, name,
        folder,
        name))
end

page("page", "score examples/three-years", nil, 1180, 900)
page("years", "compare examples/three-years", "#change=train-b&from=2021&to=2022", 1180, 860)
terminal("terminal", "score examples/lusong --fund soe-2019", 372)
print_page("workbook", "score examples/three-years", "xlsx", 2, 110, "-x 0 -y 40 -W 909 -H 560")
print_page("report", "score examples/lusong", "docx", 1, 60)
os.execute("rm -rf " .. quote(temporary))
