/*
 * test_sandbox_steps.c - functions that the hook need not watch: those whose instructions are
 * bounded by their own length are told from all others, and the bound holds when it is counted.
 */
#include "check.h"

#include <lauxlib.h>
#include <lualib.h>

#include "rule/sandbox.h"

static long counted;

static void count_one(lua_State *L, lua_Debug *ar)
{
    (void)L;
    (void)ar;
    counted++;
}

/* The function whose parameters are (i, fund) and whose body is given, at the top. */
static void push_function(lua_State *L, const char *body)
{
    char source[1024];
    snprintf(source, sizeof source,
             "local t, sum, f = { x = 3 }, 0, function() end return function(i, fund) %s end",
             body);
    if (luaL_loadstring(L, source) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK)
        fail_msg("%s: %s", body, lua_tostring(L, -1));
}

/* What they run is counted for several `i`. */
static const char *const plain[] = {
    "",
    "return 1",
    "return i.target, 'why'",
    "if i.sign == '>=' then if i.actual >= i.target then return 1 end return i.actual / i.target "
    "end "
    "return 0",
    "local a, b = i.actual, i.target local c = a + b - 2 * a / b // 3 % 7 ^ 2 return -c, not c",
    "local a, b = 6, 3 return a & b | a ~ b << 1 >> 1, ~a, a & 1, 1 << a",
    "local a = i.actual if a > 1 then return 1 elseif a == 1 then return 2 elseif a <= 0 then "
    "return "
    "3 else return 4 end",
    "return i.actual > 1 and i.target or i.sign and t.x",
    "return '缺' .. i.actual .. '条'",
    "return t[i.sign], t[1], t.x, math.huge",
    "do goto done end ::done:: return nil",
    "return i.actual < 2.5, i.actual ~= 'x', i.actual ~= nil, (i.sign)",
};

static void test_sandbox_steps__bound_what_runs(void **state)
{
    (void)state;
    static const char *const values[] = {
        "{ sign = '>=', target = 7, actual = 3 }", "{ sign = '>=', target = 7, actual = 9 }",
        "{ sign = '<=', target = 7, actual = 1 }", "{ sign = '=', target = 2, actual = 0 }",
        "{ sign = 'by', target = 5, actual = -1.5 }"};
    for (size_t k = 0; k < sizeof plain / sizeof plain[0]; k++) {
        lua_State *L = luaL_newstate();
        assert_non_null(L);
        luaL_openlibs(L);
        push_function(L, plain[k]);
        const int steps = sandbox_steps(L);
        if (steps <= 0)
            fail_msg("not known: %s", plain[k]);
        for (size_t n = 0; n < sizeof values / sizeof values[0]; n++) {
            char source[128];
            lua_pushvalue(L, -1);
            snprintf(source, sizeof source, "return %s", values[n]);
            assert_int_equal(luaL_dostring(L, source), LUA_OK);
            counted = 0;
            lua_sethook(L, count_one, LUA_MASKCOUNT, 1);
            assert_int_equal(lua_pcall(L, 1, 0, 0), LUA_OK);
            lua_sethook(L, NULL, 0, 0);
            assert_true(counted > 0);
            if (counted > steps)
                fail_msg("%ld instructions, at most %d: %s", counted, steps, plain[k]);
        }
        lua_close(L);
    }
}

static void test_sandbox_steps__all_others_are_watched(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "while true do end",
        "while i do i = i.next end",
        "repeat i = nil until i == nil",
        "repeat local x = i until x",
        "for k = 1, 10 do end",
        "for k = 1.5, 10 do end",
        "for k in f do end",
        "for k, v in pairs(t) do end",
        "::again:: goto again",
        "::again:: if i then goto again end",
        "f()",
        "return f()",
        "return (f())",
        "return i:target()",
        "f 'x'",
        "f {}",
        "return math.max(1, 2)",
        "local g = function() end return g",
        "local x <close> = nil",
        "local x = {}",
        "return #t",
        "sum = sum + 1",
        "t.x = 1",
        "t[1] = 1",
        "t[i] = 1",
        "i.actual = 1",
        "x = 1",
    };
    lua_State *L = luaL_newstate();
    assert_non_null(L);
    luaL_openlibs(L);
    for (size_t k = 0; k < sizeof bodies / sizeof bodies[0]; k++) {
        push_function(L, bodies[k]);
        if (sandbox_steps(L) != 0)
            fail_msg("not watched: %s", bodies[k]);
        lua_pop(L, 1);
    }
    assert_int_equal(luaL_dostring(L, "return function(...) return ... end"), LUA_OK);
    assert_int_equal(sandbox_steps(L), 0);
    lua_getglobal(L, "print");
    assert_int_equal(sandbox_steps(L), 0);
    lua_pushinteger(L, 1);
    assert_int_equal(sandbox_steps(L), 0);
    lua_close(L);
}

/* Longer than what the hook lets pass unseen. */
static void test_sandbox_steps__long_functions_are_watched(void **state)
{
    (void)state;
    lua_State *L = luaL_newstate();
    assert_non_null(L);
    for (int terms = 1; terms <= 4096; terms *= 2) {
        luaL_Buffer b;
        luaL_buffinit(L, &b);
        luaL_addstring(&b, "return function(i) return i");
        for (int k = 0; k < terms; k++)
            luaL_addstring(&b, ".x");
        luaL_addstring(&b, " end");
        luaL_pushresult(&b);
        assert_int_equal(luaL_dostring(L, lua_tostring(L, -1)), LUA_OK);
        const int steps = sandbox_steps(L);
        assert_true(steps == 0 || (steps > terms && steps < 1000));
        assert_true((steps == 0) == (terms > 512));
        lua_settop(L, 0);
    }
    lua_close(L);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sandbox_steps__bound_what_runs),
        cmocka_unit_test(test_sandbox_steps__all_others_are_watched),
        cmocka_unit_test(test_sandbox_steps__long_functions_are_watched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
