/*
 * test_script_library.c - Lua's own names in scripts: each line of Lua must be true, or fail with a
 * text; and what they say is the same in every run.
 */
#include "script_fixture.h"

struct line {
    const char *lua;
    const char *message; /* NULL: must be true */
};

static void check_lines(const struct line *lines, size_t n)
{
    struct fixture x;
    char source[2048];
    fixture_open(&x);
    for (size_t k = 0; k < n; k++) {
        snprintf(source, sizeof source,
                 HEAD "rules.indicator['x'] = function(i, fund) return (%s) and 1 or 0 end" TAIL,
                 lines[k].lua);
        struct script *script = load_source(&x, source);
        const struct script_result r = run_item(&x, script, "x", ITEM_X);
        if (lines[k].message != NULL)
            expect_error(&r, lines[k].message);
        else if (r.outcome != SCRIPT_DONE || r.value.num != 1)
            fail_msg("not true: %s (%s)", lines[k].lua, r.message ? r.message : "");
    }
    fixture_close(&x);
}

#define CHECK(lines) check_lines(lines, sizeof(lines) / sizeof(lines)[0])

static void test_script_library__numbers_and_texts(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"tonumber('12.5') == 12.5 and tonumber(' 7 ') == 7 and tonumber(3) == 3", NULL},
        {"tonumber('1,234,567.5') == 1234567.5 and tonumber('-1,000') == -1000", NULL},
        {"tonumber('１２') == 12 and tonumber('１，０００') == 1000", NULL},
        {"tonumber('0x10') == nil and tonumber('1e3') == nil and tonumber('') == nil", NULL},
        {"tonumber('1,23') == nil and tonumber(',123') == nil and tonumber('1234,567') == nil",
         NULL},
        {"tonumber('inf') == nil and tonumber('nan') == nil and tonumber('1 2') == nil", NULL},
        {"tonumber(nil) == nil and tonumber({}) == nil and tonumber(true) == nil", NULL},
        {"tonumber(('1'):rep(100)) == nil", NULL},
        {"tonumber('10', 16)", "takes one value"},
        {"tostring(7500.0) == '7500' and tostring(0.1) == '0.1' and tostring(-3) == '-3'", NULL},
        {"tostring(1/0) == 'inf' and tostring(-1/0) == '-inf' and tostring(0/0) == 'nan'", NULL},
        {"tostring(nil) == 'nil' and tostring(true) == 'true' and tostring('x') == 'x'", NULL},
        {"tostring({}) == 'table' and tostring(print_nothing) == 'x'",
         "unknown name 'print_nothing'"},
        {"tostring({}) == 'table' and tostring(function() end) == 'function'", NULL},
        {"tostring(setmetatable({}, { __tostring = function() return 'me' end })) == 'me'", NULL},
        {"tostring(setmetatable({}, { __tostring = function() return 1 end }))",
         "must return a text"},
    };
    CHECK(lines);
}

static void test_script_library__string(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"('绩效'):len() == 6 and #'绩效' == 6 and utf8.len('绩效') == 2", NULL},
        {"('hello'):sub(2, 3) == 'el' and ('hello'):sub(-3) == 'llo' and ('hello'):sub(4, 2) == ''",
         NULL},
        {"('hello'):sub(0) == 'hello' and ('hello'):sub(-100, 100) == 'hello' and ('x'):sub(5) == "
         "''",
         NULL},
        {"('hello'):sub(math.mininteger, math.maxinteger) == 'hello' and ('ab'):sub(1, -2) == 'a'",
         NULL},
        {"('aBc绩'):upper() == 'ABC绩' and ('ABC绩'):lower() == 'abc绩' and ('abc'):reverse() == "
         "'cba'",
         NULL},
        {"('ab'):rep(3) == 'ababab' and ('ab'):rep(3, ',') == 'ab,ab,ab' and ('x'):rep(0) == ''",
         NULL},
        {"('x'):rep(-1) == '' and ('x'):rep(1, ',') == 'x' and (''):rep(3, ',') == ',,'", NULL},
        {"#('abc'):rep(33333, ';') == 33333 * 4 - 1 and ('abc'):rep(33333, ';'):sub(-5) == 'c;abc'",
         NULL},
        {"('a'):byte() == 97 and select('#', ('abc'):byte(1, -1)) == 3 and string.char(97, 98) == "
         "'ab'",
         NULL},
        {"select('#', (''):byte()) == 0 and select('#', ('abc'):byte(10)) == 0", NULL},
        {"('x'):rep(2000):byte(1, -1)", "more than 1000 bytes"},
        {"string.char(256)", "no byte"},
        {"('a.b'):find('.') == 2 and ('abc'):find('%a') == nil and ('abc'):find('c', 1, true) == 3",
         NULL},
        {"('abcabc'):find('b', 3) == 5 and ('abc'):find('') == 1 and ('abc'):find('', 4) == 4",
         NULL},
        {"('abc'):find('', 5) == nil and ('abc'):find('c', -1) == 3 and ('abc'):find('a', -1) == "
         "nil",
         NULL},
        {"select(2, ('投入产出'):find('产出')) == 12", NULL},
        {"('a' .. 1 .. 2.5) == 'a12.5'", NULL},
        {"('x'):gmatch('x')", "string in scripts has no 'gmatch'"},
        {"string.uper('x')", "did you mean 'upper'"},
        {"utf8.char(32489) == '绩' and utf8.codepoint('绩') == 32489 and utf8.offset('绩效', 2) == "
         "4",
         NULL},
        {"(function() local t = {} for p, c in utf8.codes('a绩') do t[#t + 1] = p .. ':' .. c end "
         "return table.concat(t, ' ') == '1:97 2:32489' end)()",
         NULL},
        {"(function() for p, c in utf8.codes('\\xff') do end end)()", "invalid UTF-8"},
        {"utf8.codepoint(('x'):rep(9000), 1, -1)", "at once"},
    };
    CHECK(lines);
}

static void test_script_library__format(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"('%d %5d|%-5d|%05d %x %X %i'):format(1, 2, 3, 4, 255, 255, 7.0) == '1     2|3    |00004 "
         "ff FF 7'",
         NULL},
        {"('%.2f %5.1f %g %e'):format(2.675, 1.25, 0.1, 12345) == '2.67   1.2 0.1 1.234500e+04' or "
         "('%.2f'):format(2.675) == '2.67'",
         NULL},
        {"('%s|%5s|%-5s|%.2s|%s'):format('a', 'b', 'c', 'abc', 7500.0) == 'a|    b|c    |ab|7500'",
         NULL},
        {"('%s %s %s'):format(nil, true, sy.date(2019, 1, 2)) == 'nil true 2019-01-02'", NULL},
        {"('100%%'):format() == '100%' and ('%c%c'):format(97, 98) == 'ab'", NULL},
        {"('%q'):format('a\"b') == '\"a\\\\\"b\"'", NULL},
        {"#('%99.99f'):format(1e308) == 309 + 100", NULL},
        {"('%s'):format({}) == 'table'", NULL},
        {"('%d'):format(1.5)", "no whole number"},
        {"('%d'):format('1')", "argument 2 is a string, not a number"},
        {"('%f'):format({})", "argument 2 is a table, not a number"},
        {"('%d')", NULL},
        {"('%d'):format()", "no value for conversion 1"},
        {"('%100d'):format(1)", "is no conversion"},
        {"('%p'):format({})", "is no conversion"},
        {"('%'):format()", "is no conversion"},
        {"('%ld'):format(1)", "is no conversion"},
        {"('%c'):format(0)", "from 1 to 255"},
        {"string.char(0)", "from 1 to 255"},
        {"utf8.char(0)", "no NUL"},
    };
    CHECK(lines);
}

static void test_script_library__table(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"table.concat({ 1, 'b', 2.5 }, ',') == '1,b,2.5' and table.concat({}) == ''", NULL},
        {"table.concat({ 1, 2, 3 }, ',', 2) == '2,3' and table.concat({ 1, 2, 3 }, ',', 2, 2) == "
         "'2'",
         NULL},
        {"table.concat({ 1 }, ',', math.maxinteger, math.maxinteger)", "not a text"},
        {"table.concat({ {} })", "element 1 is a table"},
        {"table.unpack({ 1, 2, 3 }) == 1 and select('#', table.unpack({ 1, 2 }, 1, 5)) == 5", NULL},
        {"select('#', table.unpack({}, 5, 1)) == 0 and table.pack(1, nil, 3).n == 3", NULL},
        {"(function() local t = {} table.insert(t, 'a') table.insert(t, 'b') "
         "return table.remove(t) == 'b' and #t == 1 and table.remove({}) == nil end)()",
         NULL},
        {"table.insert({}, 1, 2)", "it appends"},
        {"table.insert({})", "it appends"},
        {"table.remove({}, 1)", "removes the last"},
        {"table.insert(math, 1)", "math is read-only"},
        {"(function() local t = { 3, 1, 2 } table.sort(t) return table.concat(t) == '123' end)()",
         NULL},
        {"(function() local t = { 'b', 'B', '绩', 'a' } table.sort(t) return table.concat(t) == "
         "'Bab绩' end)()",
         NULL},
        {"(function() local t = { 'bb', 'b', '' } table.sort(t) return t[1] == '' and t[3] == 'bb' "
         "end)()",
         NULL},
        {"(function() local t = { 1, 2, 3 } table.sort(t, function(a, b) return a > b end) "
         "return table.concat(t) == '321' end)()",
         NULL},
        {"(function() local t = {} for k = 1, 300 do t[k] = { k % 7, k } end "
         "table.sort(t, function(a, b) return a[1] < b[1] end) "
         "for k = 2, 300 do if t[k][1] < t[k - 1][1] or (t[k][1] == t[k - 1][1] and t[k][2] < t[k "
         "- 1][2]) "
         "then return false end end return true end)()",
         NULL},
        {"table.sort({ 1, 'a' })", "attempt to compare"},
        {"table.sort({ {}, {} })", "attempt to compare"},
        {"table.sort({}, 1)", "function expected"},
        {"(function() local d = { sy.date(2019, 2, 1), sy.date(2019, 1, 1) } table.sort(d) "
         "return d[1].month == 1 end)()",
         NULL},
    };
    CHECK(lines);
}

static void test_script_library__order_of_keys(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"(function() local t, seen = { z = 1, a = 2, [10] = 3, [2] = 4, [2.5] = 5, [true] = 6, "
         "[false] = 7, "
         "aa = 8, ['绩'] = 9, [1] = 10, [-1] = 11 }, {} "
         "for k in pairs(t) do seen[#seen + 1] = tostring(k) end "
         "return table.concat(seen, ' ') == '-1 1 2 2.5 10 a aa z 绩 false true' end)()",
         NULL},
        {"(function() local t, k, seen = { b = 1, a = 2, [1] = 3 }, nil, {} "
         "repeat k = next(t, k) seen[#seen + 1] = tostring(k) until k == nil "
         "return table.concat(seen, ' ') == '1 a b nil' end)()",
         NULL},
        {"next({}) == nil and next({ 5 }) == 1 and select(2, next({ 5 })) == 5", NULL},
        {"(function() local t = { a = 1, b = 2, c = 3 } for k in pairs(t) do t[k] = nil t.b = nil "
         "end "
         "return next(t) == nil end)()",
         NULL},
        {"(function() for k, v in pairs(setmetatable({}, { __pairs = function() "
         "return function(_, k) if not k then return 1, 2 end end end })) do return v == 2 end "
         "end)()",
         NULL},
        {"pairs({ [{}] = 1 })", "keys of kind table have no order"},
        {"next({ [function() end] = 1 })", "keys of kind function have no order"},
        {"pairs(nil)", "table expected"},
        {"next(1)", "table expected"},
        {"next({ 1 }, {})", "have no order"},
    };
    CHECK(lines);
}

static void test_script_library__base(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"select('#', pcall(error)) == 2 and select(2, pcall(error, 'x', 0)) == 'x'", NULL},
        {"select(2, pcall(function() return 1, 2 end)) == 1", NULL},
        {"pcall(function() local x = nil + 1 end) == false", NULL},
        {"type(1) == 'number' and rawequal('a', 'a') and rawlen({ 1 }) == 1 and rawget({ 5 }, 1) "
         "== 5",
         NULL},
        {"assert(1 == 1, 'x') and select(-1, 1, 2) == 2", NULL},
        {"assert(false, '说明')", "说明"},
        {"assert(nil)", "assertion failed!"},
        {"error('here')", "scripts/1.lua:3: here"},
        {"(function() for k, v in ipairs({ 7, 8 }) do if k == 2 then return v == 8 end end end)()",
         NULL},
        {"math.floor(2.7) == 2 and math.max(1, 5, 3) == 5 and math.type(1) == 'integer'", NULL},
        {"math.random()", "math in scripts has no 'random'"},
        {"math.flor(1)", "did you mean 'floor'"},
        {"os.time()", "unknown name 'os'"},
        {"io", "unknown name 'io'"},
        {"debug", "unknown name 'debug'"},
        {"print", "unknown name 'print'"},
        {"collectgarbage()", "unknown name 'collectgarbage'"},
        {"rawset", "unknown name 'rawset'"},
        {"_G", "unknown name '_G'"},
        {"_ENV.x", "unknown name 'x'"},
        {"_ENV[1]", "a name is needed"},
        {"getmetatable('') == false and getmetatable(math) == false and getmetatable(1) == nil",
         NULL},
    };
    CHECK(lines);
}

static void test_script_library__metatables(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"(function() local m = { __index = { a = 1 } } local t = setmetatable({}, m) "
         "return t.a == 1 and t.b == nil and getmetatable(t) == m end)()",
         NULL},
        {"(function() local C = {} C.__index = C function C.get(s) return s.v end "
         "return setmetatable({ v = 5 }, C):get() == 5 end)()",
         NULL},
        {"setmetatable({}, { __index = function(t, k) return k .. '!' end }).x == 'x!'", NULL},
        {"(function() local store = {} local t = setmetatable({}, { __newindex = store }) t.a = 1 "
         "return store.a == 1 and rawget(t, 'a') == nil end)()",
         NULL},
        {"setmetatable({}, { __call = function(_, a) return a end })(7) == 7", NULL},
        {"#setmetatable({}, { __len = function() return 9 end }) == 9", NULL},
        {"(setmetatable({}, { __add = function(a, b) return b end }) + 3) == 3", NULL},
        {"(function() local m = {} local t = setmetatable({}, m) m.__index = { a = 1 } return t.a "
         "== nil end)()",
         NULL},
        {"getmetatable(setmetatable({}, nil)) == nil", NULL},
        {"getmetatable(setmetatable(setmetatable({}, {}), nil)) == nil", NULL},
        {"getmetatable(setmetatable({}, { __metatable = 'no' })) == 'no'", NULL},
        {"setmetatable(setmetatable({}, { __metatable = 'no' }), {})", "protected"},
        {"setmetatable(math, {})", "protected"},
        {"setmetatable(fund, {})", "table expected"},
        {"setmetatable({}, 1)", "table expected"},
        {"setmetatable({}, { __index = 5 })", "__index must be a function or a table"},
        {"setmetatable({}, { __add = {} })", "__add must be a function"},
    };
    CHECK(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script_library__numbers_and_texts),
        cmocka_unit_test(test_script_library__string),
        cmocka_unit_test(test_script_library__format),
        cmocka_unit_test(test_script_library__table),
        cmocka_unit_test(test_script_library__order_of_keys),
        cmocka_unit_test(test_script_library__base),
        cmocka_unit_test(test_script_library__metatables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
