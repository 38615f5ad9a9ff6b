/*
 * test_yardstick_none.c - `key = none` in every section: in a type's year folder, in one that
 * extends it, and by --set, what is left is what the type would be without the key.
 */
#include "yardstick_fixture.h"

static const char *const keys[] = {
    "[type]\nname = %s\nfull_score = %s\nmin_coverage = %s\nscript = %s\n",
    "[levels]\noutput = %s\n",
    "[weights]\noutput.a = %s\noutput.* = %s\n",
    "[signs]\noutput.a = %s\ncost.* = %s\n",
    "[targets]\noutput.a = %s\n",
    "[names]\noutput.a = %s\n",
    "[facts]\nstaff = %s\n",
    "[parameters]\nover = %s\n",
    "[ratings]\n好 = %s\n",
    "[grades]\n特优 = %s\n",
    "[rounding]\ndecimals = %s\nmode = %s\napply = %s\n",
    "[missing]\nactual = %s\ntarget = %s\nrating = %s\nrejected = %s\nnot_applicable = %s\nrescale "
    "= "
    "%s\n",
    "[was]\noutput.a = %s\n",
};
static const char *const values[][6] = {
    {"名称", "50", "0.5", "x.lua"},
    {"50"},
    {"10", "split"},
    {"<=", ">="},
    {"≥5"},
    {"标签"},
    {"number required"},
    {"2"},
    {"0.9"},
    {"99"},
    {"1", "down", "total"},
    {"full", "zero", "zero", "zero", "full", "level"},
    {"output.b"},
};
#define SECTIONS (sizeof keys / sizeof *keys)

static void print_section(char *out, size_t cap, size_t section, bool none)
{
    const char *v[6];
    for (size_t k = 0; k < 6; k++)
        v[k] = none ? "none" : values[section][k] ? values[section][k] : "";
    snprintf(out, cap, keys[section], v[0], v[1], v[2], v[3], v[4], v[5]);
}

static void put_sections(const char *path, const char *head, bool none)
{
    char text[4096];
    size_t len = (size_t)snprintf(text, sizeof text, "%s", head);
    for (size_t i = 0; i < SECTIONS; i++) {
        print_section(text + len, sizeof text - len, i, none);
        len += strlen(text + len);
    }
    put(path, text);
}

/* But for its own name and origin, s is what a type without any key is. */
static void check_plain(const struct yardstick *s, const struct yardstick *plain)
{
    assert_text(s->name, s->type);
    assert_null(s->script);
    assert_score_equal(s->full_score, plain->full_score);
    assert_score_equal(s->min_coverage, plain->min_coverage);
    assert_int_equal(s->nlevels, 0);
    assert_int_equal(s->nweights, 0);
    assert_int_equal(s->nsigns, 0);
    assert_int_equal(s->ntargets, 0);
    assert_int_equal(s->nnames, 0);
    assert_int_equal(s->nfacts, 0);
    assert_int_equal(s->nparameters, 0);
    assert_int_equal(s->nratings, plain->nratings);
    assert_int_equal(s->ngrades, plain->ngrades);
    assert_int_equal(s->nwas, 0);
    assert_int_equal(s->decimals, plain->decimals);
    assert_int_equal(s->mode, plain->mode);
    assert_int_equal(s->round_total, plain->round_total);
    assert_int_equal(s->on_missing, plain->on_missing);
    assert_int_equal(s->on_untargeted, plain->on_untargeted);
    assert_int_equal(s->on_unrated, plain->on_unrated);
    assert_int_equal(s->on_rejected, plain->on_rejected);
    assert_int_equal(s->on_not_applicable, plain->on_not_applicable);
    assert_int_equal(s->rescale_level, plain->rescale_level);
}

static void test_yardstick_none__takes_every_key_back(void **state)
{
    (void)state;
    put_sections("e/config/t.ini", "", false);
    put_sections("e/config/2020-/t.ini", "", true);
    put_sections("e/config/2021/t.ini", "", false); /* and given again */
    put_sections("e/config/u.ini", "", true);
    put("e/config/v.ini", "[type]\nextends = t\n");
    put_sections("e/config/2019/v.ini", "", true);
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *plain = get(y, "nothing", 2019);
    const int years[] = {2019, 2021};
    for (size_t i = 0; i < 2; i++) {
        const struct yardstick *s = get(y, "t", years[i]);
        assert_text(s->name, "名称");
        assert_text(s->script, "x.lua");
        assert_score_equal(s->full_score, 50);
        assert_int_equal(s->nweights, 2);
        assert_int_equal(s->nsigns, 2);
        assert_int_equal(s->nratings, plain->nratings + 1);
        assert_int_equal(s->ngrades, plain->ngrades + 1);
        assert_int_equal(s->nwas, 1);
        assert_int_equal(s->on_missing, POLICY_FULL);
        assert_true(s->round_total && s->rescale_level);
    }
    check_plain(get(y, "t", 2020), plain);
    check_plain(get(y, "u", 2019), plain); /* nothing was there to be taken back */
    check_plain(get(y, "v", 2019), plain); /* extends t: t's keys are taken back */
    assert_score_equal(get(y, "v", 2018)->full_score, 50);
    yards_close(y);
}

/* `extends = none` leaves the chain. */
static void test_yardstick_none__extends(void **state)
{
    (void)state;
    put("e/config/base.ini", "[weights]\na = 1\n");
    put("e/config/t.ini", "[type]\nextends = base\n");
    put("e/config/2020-/t.ini", "[type]\nextends = none\n");
    struct yards *y = open_yards(NULL, 0);
    assert_int_equal(get(y, "t", 2019)->nweights, 1);
    assert_int_equal(get(y, "t", 2019)->nchain, 2);
    assert_int_equal(get(y, "t", 2020)->nweights, 0);
    assert_int_equal(get(y, "t", 2020)->nchain, 1);
    yards_close(y);
}

static void test_yardstick_none__by_set(void **state)
{
    (void)state;
    put_sections("e/config/t.ini", "", false);
    const struct yard_set sets[] = {
        {"t.weights.output.a=none"}, {"t.type.full_score=none"}, {"t.grades.特优=none"},
        {"t.missing.actual=none"},   {"t.parameters.over=none"},
    };
    struct yards *y = open_yards(sets, sizeof sets / sizeof *sets);
    const struct yardstick *s = get(y, "t", 2019), *plain = get(y, "nothing", 2019);
    assert_int_equal(s->nweights, 1);
    assert_score_equal(s->full_score, plain->full_score);
    assert_int_equal(s->ngrades, plain->ngrades);
    assert_int_equal(s->on_missing, plain->on_missing);
    assert_int_equal(s->nparameters, 0);
    yards_close(y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_yardstick_none__takes_every_key_back),
        TEST(test_yardstick_none__extends),
        TEST(test_yardstick_none__by_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
