-- rational.lua - exact fractions of 64-bit whole numbers: no binary fraction decides a tie. A result that would
-- not fit is an error, never a wrong digit.
local rational = {}
rational.__index = rational

local LIMIT = 9.0e18

local function times(a, b)
    assert(math.abs(a * 1.0) * math.abs(b * 1.0) < LIMIT, "the fractions of this test grow too large")
    return a * b
end

local function divisor(a, b)
    while b ~= 0 do a, b = b, a % b end
    return a
end

-- n / d, both whole.
local function new(n, d)
    d = d or 1
    assert(math.type(n) == "integer" and math.type(d) == "integer" and d ~= 0)
    if d < 0 then n, d = -n, -d end
    local g = divisor(math.abs(n), d)
    return setmetatable({ n = n // g, d = d // g }, rational)
end

rational.new = new

-- "12.50" and "-3" as written.
function rational.read(text)
    local sign, whole, part = text:match("^(%-?)(%d+)%.?(%d*)$")
    assert(whole, "no decimal: " .. text)
    local value = new(math.tointeger(tonumber(whole .. part)), math.tointeger(10 ^ #part))
    return sign == "-" and new(-value.n, value.d) or value
end

function rational.__add(a, b)
    local g = divisor(a.d, b.d)
    return new(times(a.n, b.d // g) + times(b.n, a.d // g), times(a.d, b.d // g))
end

function rational.__unm(a)
    return new(-a.n, a.d)
end

function rational.__sub(a, b)
    return a + -b
end

function rational.__mul(a, b)
    local g, h = divisor(math.abs(a.n), b.d), divisor(math.abs(b.n), a.d)
    g, h = math.max(g, 1), math.max(h, 1)
    return new(times(a.n // g, b.n // h), times(a.d // h, b.d // g))
end

function rational.__div(a, b)
    return a * new(b.d, b.n)
end

function rational.__eq(a, b)
    return a.n == b.n and a.d == b.d
end

function rational.__lt(a, b)
    return (a - b).n < 0
end

function rational.__le(a, b)
    return (a - b).n <= 0
end

-- To `places` decimals. half_up: a tie goes away from zero; down: toward zero.
function rational:round(places, mode)
    local scale = math.tointeger(10 ^ places)
    local x = self * new(scale)
    local n, negative = math.abs(x.n), x.n < 0
    local whole, rest = n // x.d, n % x.d
    local half = times(rest, 2) - x.d
    if mode ~= "down" and (half > 0 or (half == 0 and (mode == "half_up" or whole % 2 == 1))) then
        whole = whole + 1
    end
    return new(negative and -whole or whole, scale)
end

-- With exactly `places` decimals; the value must have no more.
function rational:print(places)
    local x = self * new(math.tointeger(10 ^ places))
    assert(x.d == 1, "more decimals than are printed")
    local digits = ("%0" .. places + 1 .. "d"):format(math.abs(x.n))
    local sign = x.n < 0 and "-" or ""
    if places == 0 then return sign .. digits end
    return sign .. digits:sub(1, -places - 1) .. "." .. digits:sub(-places)
end

function rational:number()
    return self.n / self.d
end

return rational
