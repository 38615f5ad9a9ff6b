-- zip.lua - packs archives byte by byte, for files that no program would write: parts stored as they are, or runs of
-- one text deflated to a thousandth, with whatever names, flags and sums a test asks for. Same parts, same bytes.
local zip = {}
local POLY = 0xEDB88320

local sums = {}
for n = 0, 255 do
    local c = n
    for _ = 1, 8 do c = c & 1 == 1 and (c >> 1) ~ POLY or c >> 1 end
    sums[n] = c
end

-- The CRC-32 of a text.
function zip.crc(text)
    local c = 0xFFFFFFFF
    for at = 1, #text, 4096 do
        for _, byte in ipairs { text:byte(at, at + 4095) } do c = sums[(c ~ byte) & 255] ~ (c >> 8) end
    end
    return c ~ 0xFFFFFFFF
end

-- a × b modulo the polynomial, bits turned round as the sums have them.
local function multiply(a, b)
    local product, bit = 0, 1 << 31
    while bit > 0 do
        if a & bit ~= 0 then product = product ~ b end
        b = b & 1 == 1 and (b >> 1) ~ POLY or b >> 1
        bit = bit >> 1
    end
    return product
end

-- The sum of two texts behind one another, from the sum of each and the length of the second.
local function join(first, second, length)
    local shift, power = 1 << 31, 1 << 23 -- x^0; x^8, a byte
    while length > 0 do
        if length & 1 == 1 then shift = multiply(power, shift) end
        power, length = multiply(power, power), length >> 1
    end
    return multiply(shift, first) ~ second
end

local function crc_of_run(unit, times)
    local all, one, length = 0, zip.crc(unit), #unit
    while times > 0 do
        if times & 1 == 1 then all = join(all, one, length) end
        one, length, times = join(one, one, length), length * 2, times >> 1
    end
    return all
end

-- Bits as deflate has them: from the lowest of each byte; codes from their highest bit.
local function new_bits()
    return { held = 0, count = 0, bytes = {} }
end

local function put(bits, value, count)
    bits.held, bits.count = bits.held | value << bits.count, bits.count + count
    while bits.count >= 8 do
        bits.bytes[#bits.bytes + 1] = string.char(bits.held & 255)
        bits.held, bits.count = bits.held >> 8, bits.count - 8
    end
end

local function put_code(bits, code, count)
    for n = count - 1, 0, -1 do put(bits, code >> n & 1, 1) end
end

local function put_text(bits, text)
    for n = 1, #text do
        local byte = text:byte(n)
        if byte < 144 then put_code(bits, 0x30 + byte, 8) else put_code(bits, 0x190 + byte - 144, 9) end
    end
end

-- A number as deflate has lengths (from 3, four codes for each bit more) and distances (from 1, two): code, bits more,
-- and what they say.
local function split(value, codes)
    local extra = 0
    while value >> extra >= 2 * codes do extra = extra + 1 end
    return (value >> extra) + codes * extra, extra, value & (1 << extra) - 1
end

-- `length` bytes, 3 to 258, the same as those `distance` bytes before.
local function put_match(bits, length, distance)
    local code, extra, rest = split(length - 3, 4)
    if length == 258 then code, extra, rest = 28, 0, 0 end
    if code < 23 then put_code(bits, code + 1, 7) else put_code(bits, 0xC0 + code - 23, 8) end
    put(bits, rest, extra)
    code, extra, rest = split(distance - 1, 2)
    put_code(bits, code, 5)
    put(bits, rest, extra)
end

-- Eight matches end at the bit of a byte at which they began: two rounds tell the bytes of all others.
local function put_run(bits, unit, times)
    put_text(bits, unit)
    local left = #unit * (times - 1)
    local rounds = left // 258 // 8
    if rounds > 2 then
        for _ = 1, 8 do put_match(bits, 258, #unit) end
        local from = #bits.bytes
        for _ = 1, 8 do put_match(bits, 258, #unit) end
        local round = table.concat(bits.bytes, "", from + 1)
        bits.bytes[#bits.bytes + 1] = round:rep(rounds - 2)
        left = left - rounds * 8 * 258
    end
    while left >= 258 do
        put_match(bits, 258, #unit)
        left = left - 258
    end
    local phase = (#unit * (times - 1) - left) % #unit
    put_text(bits, (unit:rep(left // #unit + 2)):sub(phase + 1, phase + left))
end

-- A part that is `head`, `unit` as many times, `tail`: deflated, without ever being whole.
function zip.run(name, head, unit, times, tail)
    local bits = new_bits()
    put(bits, 3, 3) -- the last block, codes as the format has them
    put_text(bits, head)
    if times > 0 then put_run(bits, unit, times) end
    put_text(bits, tail)
    put_code(bits, 0, 7)
    put(bits, 0, 7)
    local length = #unit * times
    local crc = join(join(zip.crc(head), crc_of_run(unit, times), length), zip.crc(tail), #tail)
    return { name = name, method = 8, packed = table.concat(bits.bytes), size = #head + length + #tail, crc = crc }
end

-- A part as it is: `fields` may say another crc, size, flags or method than are true.
function zip.part(name, text, fields)
    local part = { name = name, method = 0, packed = text, size = #text }
    for key, value in pairs(fields or {}) do part[key] = value end
    part.crc = part.crc or zip.crc(text)
    return part
end

-- The longest run at `at` that also begins at `from`.
local function match_length(text, from, at)
    local n = 0
    while n < 258 and at + n <= #text and text:byte(from + n) == text:byte(at + n) do n = n + 1 end
    return n
end

-- A part deflated, each repetition found where the same three bytes stood last.
function zip.deflated(name, text)
    local bits, last, at = new_bits(), {}, 1
    put(bits, 3, 3)
    while at <= #text do
        local from = last[text:sub(at, at + 2)]
        local length = from and at - from <= 32768 and match_length(text, from, at) or 0
        if length < 3 then
            length = 1
            put_text(bits, text:sub(at, at))
        else
            put_match(bits, length, at - from)
        end
        for n = at, at + length - 1 do last[text:sub(n, n + 2)] = n end
        at = at + length
    end
    put_code(bits, 0, 7)
    put(bits, 0, 7)
    return { name = name, method = 8, packed = table.concat(bits.bytes), size = #text, crc = zip.crc(text) }
end

-- The archive. Its parts lie in their order, all of 1980-01-01.
function zip.pack(parts)
    local list, directory, at = {}, {}, 0
    for _, part in ipairs(parts) do
        local fields = string.pack("<I2I2I2I2I2I4I4I4I2I2", 20, part.flags or 0x800, part.method, 0, 0x21, part.crc,
            #part.packed, part.size, #part.name, 0)
        local head = "PK\3\4" .. fields .. part.name
        list[#list + 1] = head
        list[#list + 1] = part.packed
        directory[#directory + 1] = "PK\1\2" .. string.pack("<I2", 20) .. fields ..
            string.pack("<I2I2I2I4I4", 0, 0, 0, 0, at) .. part.name
        at = at + #head + #part.packed
    end
    local central = table.concat(directory)
    list[#list + 1] = central
    list[#list + 1] = "PK\5\6" .. string.pack("<I2I2I2I2I4I4I2", 0, 0, #parts, #parts, #central, at, 0)
    return table.concat(list)
end

return zip
