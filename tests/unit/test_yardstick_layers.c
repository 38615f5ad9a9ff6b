/*
 * test_yardstick_layers.c - model/yardstick: layers, extends, year folders, --set, what is kept.
 */
#include "yardstick_fixture.h"

#include "fail_alloc.h"

/* A line is checked where it stands, also where a later layer replaces it. */
static void test_yardstick_layers__refused_below(void **state)
{
    (void)state;
    put("d/config/t.ini", "[weights]\na = x\n");
    put("e/config/t.ini", "[weights]\na = 1\n");
    refuse("t", 2019, "steelyard:config/t.ini", 2, "is not a number");
    put("d/config/t.ini", "[weights]\na = 1\n");
    put("e/config/2019/t.ini", "[weights\n");
    refuse("t", 2019, "config/2019/t.ini", 1, "']'");
    struct yards *y = open_yards(NULL, 0);
    assert_true(get(y, "t", 2018)->known);
    yards_close(y);
}

static void test_yardstick_layers__refused_defaults(void **state)
{
    struct yards *y = NULL;
    sy_error err = {0};
    (void)state;
    put("d/config/defaults.ini", "[rounding]\ndecimals = many\n");
    check_error(yards_open(&y, installed, evaluation, NULL, 0, &err), &err, SY_EINPUT,
                "steelyard:config/defaults.ini", 2, "is not a number");
    assert_null(y);
}

static void test_yardstick_layers__layers(void **state)
{
    (void)state;
    put("d/config/t.ini", "[weights]\na = 1\nb = 2\nc = 3\n[rounding]\ndecimals = 1\n");
    put("e/config/t.ini", "[weights]\nb = 20\nd = 4\n[rounding]\ndecimals = none\n");
    put("e/config/2019-/t.ini", "[weights]\nc = none\nd = 40\n[type]\nfull_score = 50\n");
    put("e/config/2020/t.ini", "[weights]\nc = 300\n[type]\nfull_score = none\n");
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "t", 2018);
    assert_int_equal(s->nweights, 4);
    check_key(s, "weights", "a", "1", "steelyard:config/t.ini", 2);
    check_key(s, "weights", "b", "20", "config/t.ini", 2);
    check_key(s, "rounding", "decimals", "2", "steelyard:config/defaults.ini", 10);
    assert_int_equal(s->decimals, 2);
    s = get(y, "t", 2019);
    assert_int_equal(s->nweights, 3);
    assert_null(find_key(s, "weights", "c"));
    check_key(s, "weights", "d", "40", "config/2019-/t.ini", 3);
    assert_score_equal(s->full_score, 50);
    s = get(y, "t", 2020);
    assert_text(s->weights[2].pattern, "c");
    check_key(s, "weights", "c", "300", "config/2020/t.ini", 2);
    assert_score_equal(s->full_score, 100);
    check_key(s, "type", "full_score", "100", "steelyard:config/defaults.ini", 2);
    yards_close(y);
}

static void test_yardstick_layers__extends(void **state)
{
    static const char *const chain[] = {"base", "middle", "t"};
    (void)state;
    put("d/config/base.ini", "[type]\nname = Base\nscript = base.lua\nmin_coverage = 0.1\n"
                             "[weights]\na = 1\nb = 1\nc = 1\nd = 1\n[names]\na = A\n");
    put("e/config/base.ini", "[weights]\nb = 2\nc = 2\nd = 2\n");
    put("e/config/2019/base.ini", "[weights]\nc = 3\nd = 3\n");
    put("e/config/middle.ini", "[type]\nextends = base\nname = Middle\n[names]\na = none\n");
    put("d/config/t.ini", "[type]\nextends = middle\n[weights]\nd = 4\n");
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "t", 2019);
    assert_text(s->name, "t");
    assert_text(s->script, "base.lua");
    assert_score_equal(s->min_coverage, 0.1);
    assert_int_equal(s->nchain, COUNT(chain));
    for (size_t i = 0; i < COUNT(chain); i++)
        assert_text(s->chain[i], chain[i]);
    check_key(s, "weights", "a", "1", "steelyard:config/base.ini", 6);
    check_key(s, "weights", "b", "2", "config/base.ini", 2);
    check_key(s, "weights", "c", "3", "config/2019/base.ini", 2);
    check_key(s, "weights", "d", "4", "steelyard:config/t.ini", 4);
    check_key(s, "type", "extends", "middle", "steelyard:config/t.ini", 2);
    assert_null(find_key(s, "type", "name"));
    assert_null(yard_name_of(s, "a"));
    assert_text(get(y, "middle", 2019)->name, "Middle");
    check_key(get(y, "t", 2018), "weights", "c", "2", "config/base.ini", 3);
    yards_close(y);
}

static void test_yardstick_layers__extends_by_layer(void **state)
{
    (void)state;
    put("d/config/a.ini", "[weights]\nx = 1\n");
    put("d/config/b.ini", "[weights]\nx = 2\n");
    put("d/config/t.ini", "[type]\nextends = a\n");
    put("e/config/2019/t.ini", "[type]\nextends = b\n");
    put("e/config/2020/t.ini", "[type]\nextends = none\n");
    struct yards *y = open_yards(NULL, 0);
    assert_score_equal(get(y, "t", 2018)->weights[0].points, 1);
    assert_score_equal(get(y, "t", 2019)->weights[0].points, 2);
    assert_int_equal(get(y, "t", 2020)->nweights, 0);
    assert_int_equal(get(y, "t", 2020)->nchain, 1);
    yards_close(y);
}

static void test_yardstick_layers__extends_circle(void **state)
{
    (void)state;
    put("d/config/a.ini", "[type]\nextends = b\n");
    put("d/config/b.ini", "[type]\n\nextends = c\n");
    put("d/config/c.ini", "[type]\nextends = b\n");
    refuse("a", 2019, "steelyard:config/c.ini", 2, "extends runs in a circle: b -> c -> b");
    put("d/config/c.ini", "[type]\nextends = aaa\n");
    put("d/config/aab.ini", "");
    refuse("a", 2019, "steelyard:config/c.ini", 2, "no config/aaa.ini; did you mean 'aab'?");
}

static void test_yardstick_layers__year_folder_names(void **state)
{
    static const struct {
        const char *name;
        bool is;
        int first, last;
    } cases[] = {
        {"2019", true, 2019, 2019},
        {"2020-", true, 2020, INT_MAX},
        {"-2017", true, INT_MIN, 2017},
        {"2018-2019", true, 2018, 2019},
        {"2019-2019", true, 2019, 2019},
        {"2019-2018", false, 0, 0},
        {"-", false, 0, 0},
        {"", false, 0, 0},
        {"19", false, 0, 0},
        {"20190", false, 0, 0},
        {"2019-20", false, 0, 0},
        {"2019-2020-", false, 0, 0},
        {"--2019", false, 0, 0},
        {"-2019-", false, 0, 0},
        {"2019 ", false, 0, 0},
        {"lib", false, 0, 0},
        {".", false, 0, 0},
        {"2019-2020x", false, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int first = 0, last = 0;
        if (yard_year_folder(cases[i].name, &first, &last) != cases[i].is)
            fail_msg("%s", cases[i].name);
        assert_int_equal(first, cases[i].first);
        assert_int_equal(last, cases[i].last);
    }
}

static void test_yardstick_layers__year_folder_order(void **state)
{
    static const char *const folders[] = {"2019",      "2018-2019", "2019-", "-2020", "2018-2020",
                                          "2020-2025", "-2018",     "other", "2017-"};
    static const struct {
        int year;
        const char *names;
    } cases[] = {
        {2019, "-2020 2017- 2018-2020 2018-2019 2019- 2019 "},
        {2018, "-2020 -2018 2017- 2018-2020 2018-2019 "},
        {2016, "-2020 -2018 "},
        {2030, "2017- 2019- "},
    };
    char path[160], got[160];
    (void)state;
    for (size_t i = 0; i < COUNT(folders); i++) {
        snprintf(path, sizeof path, "e/config/%s/t.ini", folders[i]);
        put(path, "");
    }
    put("e/config/2016", "a file is no year folder");
    snprintf(path, sizeof path, "%s/config", evaluation);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char **names = NULL;
        size_t n = 0, len = 0;
        assert_int_equal(yard_year_folders(&names, &n, path, cases[i].year, NULL), SY_OK);
        got[0] = '\0';
        for (size_t j = 0; j < n; j++)
            len += (size_t)snprintf(got + len, sizeof got - len, "%s ", names[j]);
        assert_text(got, cases[i].names);
        yard_year_folders_free(names, n);
    }
    char **names = NULL;
    size_t n = 9;
    assert_int_equal(yard_year_folders(&names, &n, "/nonexistent", 2019, NULL), SY_OK);
    assert_int_equal(n, 0);
    yard_year_folders_free(names, n);
    yard_year_folders_free(NULL, 0);
}

static void test_yardstick_layers__year_folder_backwards(void **state)
{
    char folder[120];
    sy_error err = {0};
    struct yards *y;
    const struct yardstick *s = NULL;
    (void)state;
    put("e/config/2020-2019/t.ini", "");
    y = open_yards(NULL, 0);
    snprintf(folder, sizeof folder, "%s/config/2020-2019", evaluation);
    check_error(yards_get(&s, y, "t", 2018, &err), &err, SY_EINPUT, folder, 0, "write 2019-2020");
    yards_close(y);
}

/* Meant for years and none: said, not passed over. What is plainly something else is left alone. */
static void test_yardstick_layers__year_folder_slips(void **state)
{
    static const char *const slips[] = {"19",    "2019-20",   "20190", "2019年", "2019至2020",
                                        "2019 ", "2018_2019", "2019.", "-19",    "2020年起"};
    static const char *const others[] = {"lib", "2019-old", "v2", "旧", "-", "年", ".git"};
    char folder[160];
    (void)state;
    for (size_t i = 0; i < COUNT(others); i++) {
        snprintf(folder, sizeof folder, "e/config/%s/t.ini", others[i]);
        put(folder, "[weights]\nx = 1\n");
    }
    char **names = NULL;
    size_t n = 9;
    snprintf(folder, sizeof folder, "%s/config", evaluation);
    assert_int_equal(yard_year_folders(&names, &n, folder, 2019, NULL), SY_OK);
    assert_int_equal(n, 0);
    yard_year_folders_free(names, n);
    for (size_t i = 0; i < COUNT(slips); i++) {
        sy_error err = {0};
        char parent[64], wrong[200];
        snprintf(parent, sizeof parent, "e/s%zu/%s/t.ini", i, slips[i]);
        put(parent, "");
        snprintf(parent, sizeof parent, "e/s%zu/~9/t.ini", i); /* the first by byte is told */
        put(parent, "");
        snprintf(folder, sizeof folder, "%s/s%zu", evaluation, i);
        snprintf(wrong, sizeof wrong, "%s/%s", folder, slips[i]);
        check_error(yard_year_folders(&names, &n, folder, 2019, &err), &err, SY_EINPUT, wrong, 0,
                    "write 2019, 2018-2019, 2020- or -2017");
    }
}

static void test_yardstick_layers__sets(void **state)
{
    static const struct yard_set sets[] = {
        {"t.weights.output.quantity.a=20"},
        {"t.weights.output.quantity.a = 21"},
        {"base.weights.b=7"},
        {"base.weights.c=7"},
        {"t.weights.c=none"},
        {"t.type.name=T = 1"},
        {"base.type.name=B"},
        {"t.grades.优=85"},
    };
    (void)state;
    put("d/config/base.ini", "[weights]\nb = 1\nc = 1\n");
    put("d/config/u.ini", "[type]\nextends = base\n");
    put("e/config/2019/t.ini", "[type]\nextends = base\n[weights]\noutput.quantity.a = 1\n");
    struct yards *y = open_yards(sets, COUNT(sets));
    const struct yardstick *s = get(y, "t", 2019);
    check_key(s, "weights", "output.quantity.a", "21", "--set", 0);
    check_key(s, "weights", "b", "7", "--set", 0);
    assert_null(find_key(s, "weights", "c"));
    assert_text(s->name, "T = 1");
    assert_score_equal(s->grades[0].bound, 85);
    assert_int_equal(s->ngrades, 4);
    assert_text(get(y, "base", 2019)->name, "B");
    assert_text(get(y, "u", 2019)->name, "u");
    assert_score_equal(get(y, "u", 2019)->weights[0].points, 7);
    yards_close(y);
}

static void test_yardstick_layers__sets_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"t", "'t' has no '='; write TYPE.SECTION.KEY=VALUE"},
        {"", "has no '='"},
        {"t=1", "has no section"},
        {"t.weights=1", "has no key"},
        {"t.weights=a.b", "has no key"},
        {"t.weights.=1", "has no key"},
        {"t..a=1", "has no section"},
        {".weights.a=1", "has no type"},
        {"t.weights.a", "has no '='"},
        {"nosuch.weights.a=1", "there is no type 'nosuch'"},
        {"smee.weights.a=1", "did you mean 'sme'?"},
        {"units.weights.a=1", "there is no type 'units'"},
        {"../t.weights.a=1", "has no type"},
        {"t.weihgts.a=1", "did you mean [weights]?"},
        {"t.type.nmae=1", "did you mean 'name'?"},
        {"t.rounding.decimal=1", "did you mean 'decimals'?"},
        {"t.missing.x=zero", "[missing] has no key 'x'"},
        {"t.weights.a=abc", "'abc' is not a number"},
        {"t.weights.a=-1", "must be from 0"},
        {"t.weights.a=", "'' is not a number"},
        {"t.weights.a=split", "write a.* = split"},
        {"t.grades.优=x", "is not a number"},
        {"t.type.extends=nosuch", "[type] extends: there is no type 'nosuch'"},
        {"t.weights.\xFF=1", "not UTF-8"},
    };
    (void)state;
    put("d/config/t.ini", "");
    put("e/config/sme.ini", "");
    put("d/config/units.ini", "");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct yard_set sets[] = {{"t.weights.fine=1"}, {cases[i].text}};
        struct yards *y = NULL;
        sy_error err = {0};
        check_error(yards_open(&y, installed, evaluation, sets, 2, &err), &err, SY_EUSAGE, "--set",
                    0, cases[i].says);
        assert_null(y);
    }
}

/* What only the merged layers show. */
static void test_yardstick_layers__sets_refused_late(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"t.weights.output.*=split", "[levels] has no 'output'"},
        {"t.grades.A=95", "B and A have the same bound"},
        {"t.type.extends=t", "circle: t -> t"},
    };
    (void)state;
    put("d/config/t.ini", "[grades]\nB = 95\n");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct yard_set set = {cases[i].text};
        struct yards *y = open_yards(&set, 1);
        const struct yardstick *s = NULL;
        sy_error err = {0};
        check_error(yards_get(&s, y, "t", 2019, &err), &err, SY_EUSAGE, "--set", 0, cases[i].says);
        yards_close(y);
    }
}

static void test_yardstick_layers__kept(void **state)
{
    (void)state;
    put("d/config/t.ini", "[weights]\na = 1\n");
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "t", 2019);
    assert_ptr_equal(get(y, "t", 2019), s);
    assert_ptr_not_equal(get(y, "t", 2020), s);
    for (int i = 0; i < 200; i++) {
        char type[32];
        snprintf(type, sizeof type, "unknown%d", i);
        assert_false(get(y, type, 2019)->known);
    }
    assert_ptr_equal(get(y, "t", 2019), s);
    assert_score_equal(s->weights[0].points, 1);
    yards_close(y);
    yards_close(NULL);
}

static void test_yardstick_layers__no_file_names(void **state)
{
    static char too_long[5000];
    memset(too_long, 'x', sizeof too_long - 1);
    const char *const types[] = {"",   ".",     "..",      "../config/t", "/etc/passwd", "sub/t",
                                 ".t", "units", "columns", "defaults",    too_long};
    (void)state;
    put("d/config/t.ini", "");
    put("d/config/.t.ini", "");
    put("d/config/sub/t.ini", "");
    put("d/config/units.ini", "[ratio]\n% = 1\n");
    struct yards *y = open_yards(NULL, 0);
    for (size_t i = 0; i < COUNT(types); i++) {
        const struct yardstick *s = get(y, types[i], 2019);
        assert_false(s->known);
        assert_text(s->type, types[i]);
        assert_int_equal(s->ngrades, 4);
    }
    assert_true(get(y, "t", 2019)->known);
    yards_close(y);
}

/* The current folder is "". */
static void test_yardstick_layers__current_folder(void **state)
{
    char before[1024];
    struct yards *y = NULL;
    const struct yard_set set = {"t.weights.a=2"};
    (void)state;
    put("e/config/2019/t.ini", "[weights]\na = 1\nb = 3\n");
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(evaluation), 0);
    sy_status status = yards_open(&y, "", "", &set, 1, NULL);
    const struct yardstick *s = y ? get(y, "t", 2019) : NULL;
    assert_int_equal(chdir(before), 0);
    assert_int_equal(status, SY_OK);
    assert_int_equal(s->nweights, 2);
    check_key(s, "weights", "b", "3", "config/2019/t.ini", 3);
    yards_close(y);
}

static void test_yardstick_layers__unreadable(void **state)
{
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = NULL;
    sy_error err = {0};
    (void)state;
    put("e/config/t.ini/x", "");
    assert_int_equal(yards_get(&s, y, "t", 2019, &err), SY_EFILE);
    assert_text(err.file, "config/t.ini");
    assert_null(s);
    yards_close(y);
}

/* From the n-th allocation on all fail, for every n up to success. */
static void test_yardstick_layers__no_memory(void **state)
{
    static const struct yard_set sets[] = {{"t.weights.x.*=split"}, {"t.levels.x=3"}};
    (void)state;
    if (!fail_alloc_works)
        skip();
    put("d/config/base.ini", "[weights]\na = 1\n[was]\na = b, c\n");
    put("e/config/2019/base.ini", "[weights]\na = 2\n");
    put("e/config/2019-/t.ini", "[type]\nextends = base\n[facts]\nf = number\n");
    sy_status status = SY_ENOMEM;
    for (long after = 0; status != SY_OK; after++) {
        struct yards *y = NULL;
        const struct yardstick *s = NULL;
        sy_error err = {0};
        fail_alloc_after = after;
        status = yards_open(&y, installed, evaluation, sets, COUNT(sets), &err);
        if (status == SY_OK)
            status = yards_get(&s, y, "t", 2019, &err);
        fail_alloc_after = -1;
        if (status != SY_OK && (status != SY_ENOMEM || err.status != SY_ENOMEM || s))
            fail_msg("after %ld: status %d: %s", after, (int)status, err.message);
        if (y && status != SY_OK)
            assert_int_equal(get(y, "t", 2019)->nweights, 2); /* asked again, with memory */
        yards_close(y);
        assert_true(after < 10000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_yardstick_layers__refused_below),
        TEST(test_yardstick_layers__refused_defaults),
        TEST(test_yardstick_layers__layers),
        TEST(test_yardstick_layers__extends),
        TEST(test_yardstick_layers__extends_by_layer),
        TEST(test_yardstick_layers__extends_circle),
        TEST(test_yardstick_layers__year_folder_names),
        TEST(test_yardstick_layers__year_folder_order),
        TEST(test_yardstick_layers__year_folder_backwards),
        TEST(test_yardstick_layers__year_folder_slips),
        TEST(test_yardstick_layers__sets),
        TEST(test_yardstick_layers__sets_refused),
        TEST(test_yardstick_layers__sets_refused_late),
        TEST(test_yardstick_layers__kept),
        TEST(test_yardstick_layers__no_file_names),
        TEST(test_yardstick_layers__current_folder),
        TEST(test_yardstick_layers__unreadable),
        TEST(test_yardstick_layers__no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
