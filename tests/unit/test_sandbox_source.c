/*
 * test_sandbox_source.c - what compiling would cost, counted before: names in nested functions,
 * labels, jumps, and where they only seem to stand: in texts and comments.
 */
#include <stdlib.h>

#include "check.h"

#include "base/buf.h"
#include "rule/sandbox.h"

/* DEPTH functions, one in the other, around `body`, n times. */
static void nest(struct buf *out, size_t depth, const char *body, size_t n)
{
    for (size_t i = 0; i < depth; i++)
        buf_str(out, "local function f()\n");
    for (size_t i = 0; i < n; i++)
        buf_str(out, body);
    for (size_t i = 0; i < depth; i++)
        buf_str(out, " end");
}

static const char *fault_of(const struct buf *source, uint32_t *line)
{
    struct source_cost cost;
    return sandbox_source(source->data, source->len, line, &cost);
}

static void expect_fault(const struct buf *source, const char *fault)
{
    uint32_t line = 0;
    const char *found = fault_of(source, &line);
    if (fault ? !found || !strstr(found, fault) : found != NULL)
        fail_msg("%.60s…: '%s'", source->data, found ? found : "(nothing)");
}

/* Names count once for each function around them. */
static void test_source__names_in_functions(void **state)
{
    static const struct {
        size_t depth, names;
        const char *fault;
    } cases[] = {
        {0, 200000, NULL}, {1, 200000, NULL},
        {2, 200000, NULL}, {3, 200000, "too many names"},
        {100, 4000, NULL}, {100, 6000, "too many names"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        nest(&b, cases[i].depth, "a=1 ", cases[i].names);
        expect_fault(&b, cases[i].fault);
        buf_dispose(&b);
    }
}

/* Neither texts nor comments hide code, nor are they code. */
static void test_source__texts_and_comments(void **state)
{
    static const struct {
        const char *body;
        const char *fault; /* of 6000 of them in 100 functions */
    } cases[] = {
        {"a=1 ", "too many names"},
        {"--a b c d e\n", NULL},
        {"--[[a b\nc d]]", NULL},
        {"--[==[a ]] b]=] c]==]", NULL},
        {"--[==[]==]a=1 ", "too many names"},
        {"--[=x a\n", NULL},
        {"-- \ra=1 ", "too many names"}, /* a comment ends at either kind of line end */
        {"_='a b c d' ", "too many names"},
        {";;'a b c d'", NULL},
        {"'a \\' b c'", NULL},
        {"'\\z \n 'a=1 ", "too many names"}, /* \z takes the line's end along */
        {"'\\\n 'a=1 ", "too many names"},
        {"'\\\r\n 'a=1 ", "too many names"},
        {"\"a ' b\"", NULL},
        {"[[a b]]", NULL},
        {"[=[a ]] b]=]", NULL},
        {"0xabcdef ", NULL},
        {"12e5 ", NULL},
        {"not nil true false ", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        nest(&b, 100, cases[i].body, 6000);
        expect_fault(&b, cases[i].fault);
        buf_dispose(&b);
    }
}

/* Every block is closed by its own word: what follows is as deep as before. */
static void test_source__blocks(void **state)
{
    static const char *const blocks[] = {
        "do end ",
        "while 1 do end ",
        "for _ in 1 do end ",
        "if 1 then elseif 1 then else end ",
        "repeat until 1 ",
        "function f() end ",
        "do repeat if 1 then end until 1 end ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct buf b = {0};
        nest(&b, 1, blocks[i], 2000);
        for (size_t k = 0; k < 600000; k++)
            buf_str(&b, " a");
        expect_fault(&b, NULL);
        buf_dispose(&b);
    }
}

static void test_source__labels_and_jumps(void **state)
{
    static const struct {
        const char *body;
        size_t n;
        const char *fault;
    } cases[] = {
        {"::a:: ", 1000, NULL},
        {"::a:: ", 1001, "more than 1000 labels"},
        {"--::a::\n", 5000, NULL},
        {"'::a::' ", 5000, NULL},
        {"goto a ", 10000, NULL},
        {"goto a ", 10001, "goto, break, and, or"},
        {"break ", 10001, "goto, break, and, or"},
        {"a and ", 10001, "goto, break, and, or"},
        {"a or ", 10001, "goto, break, and, or"},
        {"elseif ", 10001, "goto, break, and, or"},
        {"a or b and ", 5000, NULL},
        {"breaks ", 10001, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        nest(&b, 0, cases[i].body, cases[i].n);
        expect_fault(&b, cases[i].fault);
        buf_dispose(&b);
    }
}

/* The line of the fault, and sources that end in the middle of something. */
static void test_source__lines_and_ends(void **state)
{
    static const char *const ends[] = {"'a",
                                       "'a\\",
                                       "'\\z ",
                                       "--",
                                       "--[[",
                                       "--[==[ ]=",
                                       "[",
                                       "[=",
                                       "[[a",
                                       "]]",
                                       "end end until",
                                       "::",
                                       ":",
                                       "-",
                                       "\\",
                                       "a",
                                       "function function"};
    struct buf b = {0};
    uint32_t line = 0;
    struct source_cost cost;
    (void)state;
    buf_str(&b, "-- one\nlocal s = [[\n\n]]\nlocal t = '\\\n'\n");
    for (size_t i = 0; i < 1001; i++)
        buf_str(&b, "::l:: ");
    assert_non_null(fault_of(&b, &line));
    assert_int_equal(line, 7);
    buf_dispose(&b);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char *exact = strdup(ends[i]); /* so that a sanitizer sees a step too far */
        assert_null(sandbox_source(exact, strlen(exact), &line, &cost));
        free(exact);
    }
    assert_null(sandbox_source("", 0, &line, &cost));
}

/* Operators that are slow on some numbers, where they are operators. */
static void test_source__price(void **state)
{
    static const struct {
        const char *source;
        uint64_t price;
    } cases[] = {
        {"", 1},
        {"return a + b * c // d ^ e", 1},
        {"return a % b", 4},
        {"return a .. b", 2},
        {"return a..b", 2},
        {"return a % b .. c", 4},
        {"return (a .. b) % c", 4},
        {"return function(...) return ... end", 1},
        {"return '100%' , \"..\"", 1},
        {"-- a % b .. c", 1},
        {"return [[ % .. ]]", 1},
        {"return a.b", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source_cost cost;
        uint32_t line;
        assert_null(sandbox_source(cases[i].source, strlen(cases[i].source), &line, &cost));
        if (cost.price != cases[i].price)
            fail_msg("%s: %d", cases[i].source, (int)cost.price);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_source__names_in_functions),
        cmocka_unit_test(test_source__texts_and_comments),
        cmocka_unit_test(test_source__blocks),
        cmocka_unit_test(test_source__labels_and_jumps),
        cmocka_unit_test(test_source__lines_and_ends),
        cmocka_unit_test(test_source__price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
