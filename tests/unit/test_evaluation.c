/*
 * test_evaluation.c - evaluation.ini: what it may say, and what is refused with which line.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "check.h"
#include "model/evaluation.h"
#include "temp.h"

static char folder[TEMP_MAX], ini[96];

static void put(const char *text)
{
    FILE *f = fopen(ini, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

static int begin(void **state)
{
    (void)state;
    if (!mkdtemp(temp_name(folder, "test")))
        return -1;
    snprintf(ini, sizeof ini, "%s/evaluation.ini", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(ini);
    return rmdir(folder);
}

static struct evaluation *load(void)
{
    struct evaluation *e = NULL;
    sy_error err = {0};
    if (evaluation_load(&e, folder, &err) != SY_OK)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    return e;
}

static void test_evaluation__years(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        int years[8];
    } cases[] = {
        {"2019", 1, {2019}},
        {"2018-2020", 3, {2018, 2019, 2020}},
        {"2017, 2019", 2, {2017, 2019}},
        {"2019 , 2017,2018 - 2019", 3, {2017, 2018, 2019}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        snprintf(text, sizeof text, "[evaluation]\nyears = %s\n", cases[i].text);
        put(text);
        struct evaluation *e = load();
        assert_int_equal(e->nyears, cases[i].n);
        for (size_t k = 0; k < cases[i].n; k++)
            assert_int_equal(e->years[k], cases[i].years[k]);
        evaluation_free(e);
    }
}

/* Funds are read first, whatever the order in the file; sources of one table keep theirs. */
static void test_evaluation__sources(void **state)
{
    (void)state;
    put("[evaluation]\nyears = 2019\n[data outcomes]\npath = a.csv\n[data outcomes late]\npath = "
        "b.csv\n"
        "fund = x\nencoding = gbk\n[data funds]\npath = f.csv\nreader = csv\n");
    struct evaluation *e = load();
    assert_int_equal(e->nsources, 3);
    assert_int_equal(e->sources[0].table, TABLE_FUNDS);
    assert_text(e->sources[0].reader, "csv");
    assert_text(e->sources[1].path, "a.csv");
    assert_text(e->sources[2].path, "b.csv");
    assert_int_equal(e->sources[2].noptions, 2);
    assert_text(e->sources[2].options[0].key, "fund");
    assert_int_equal(e->sources[2].options[1].line, 8);
    assert_text(e->sources[2].section, "data outcomes late");
    evaluation_free(e);
    /* What has a reader may be no file at all. */
    put("[evaluation]\nyears = 2019\n[data outcomes]\nreader = postgres\n[data facts]\nreader = x\n"
        "path =\n");
    e = load();
    assert_int_equal(e->nsources, 2);
    assert_null(e->sources[0].path);
    assert_null(e->sources[1].path);
    evaluation_free(e);
}

static void test_evaluation__limits(void **state)
{
    (void)state;
    put("[evaluation]\nyears = 2019\nlanguage = en\n[limits]\ninstructions = 5000\nmemory = 16 "
        "MiB\n");
    struct evaluation *e = load();
    assert_int_equal(e->instructions, 5000);
    assert_int_equal(e->memory, 16u << 20);
    assert_text(e->language, "en");
    evaluation_free(e);
    put("[evaluation]\nyears = 2019\n");
    e = load();
    assert_int_equal(e->instructions, 1000000);
    assert_int_equal(e->memory, 64u << 20);
    evaluation_free(e);
}

static void test_evaluation__refused(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
        const char *says;
    } cases[] = {
        {"", 0, "has no years"},
        {"[evaluation]\ntitle = t\n", 0, "has no years"},
        {"[evaluation]\nyears = 19\n", 2, "years '19'"},
        {"[evaluation]\nyears = 2020-2018\n", 2, "years '2020-2018'"},
        {"[evaluation]\nyears = 2019,\n", 2, "years '2019,'"},
        {"[evaluation]\nyears = 2019\nlanguage = fr\n", 3, "neither zh nor en"},
        {"[evaluation]\nyears = 2019\ntitel = x\n", 3, "did you mean 'title'"},
        {"[evaluatoin]\nyears = 2019\n", 1, "did you mean 'evaluation'"},
        {"years = 2019\n", 1, "before any [section]"},
        {"[evaluation]\nyears = 2019\n[data fund]\npath = x\n", 3, "did you mean 'funds'"},
        {"[evaluation]\nyears = 2019\n[data funds]\ntable = csv\n", 3, "has no path"},
        {"[evaluation]\nyears = 2019\n[data funds x]\npath =\n", 3, "[data funds x] has no path"},
        {"[evaluation]\nyears = 2019\n[limits]\nmemory = lots\n", 4, "no amount such as 64 MiB"},
        {"[evaluation]\nyears = 2019\n[limits]\ninstructions = 0\n", 4, "no whole number above 0"},
        {"[evaluation]\nyears = 2019\n[limits]\ninstructions = 9 MiB\n", 4, "no whole number"},
        {"[evaluation]\nyears = 2019\n[limits]\ntime = 9\n", 4, "unknown key 'time'"},
        {"[evaluation]\nyears = 2019\nyears = 2020\n", 3, "years"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct evaluation *e = NULL;
        sy_error err = {0};
        put(cases[i].text);
        if (evaluation_load(&e, folder, &err) != SY_EINPUT)
            fail_msg("case %zu was taken", i);
        assert_null(e);
        assert_text(err.file, ini);
        assert_int_equal(err.line, cases[i].line);
        if (!strstr(err.message, cases[i].says))
            fail_msg("'%s' does not say '%s'", err.message, cases[i].says);
    }
}

static void test_evaluation__no_folder_no_ini(void **state)
{
    struct evaluation *e = NULL;
    sy_error err = {0};
    (void)state;
    unlink(ini);
    assert_int_equal(evaluation_load(&e, folder, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "has no evaluation.ini"));
    put("[evaluation]\nyears = 2019\n");
    assert_int_equal(evaluation_load(&e, ini, &err), SY_OK);
    assert_text(e->folder, folder);
    char *path = evaluation_path(e, "data/x.csv");
    assert_int_equal(strncmp(path, folder, strlen(folder)), 0);
    assert_text(path + strlen(folder), "/data/x.csv");
    free(path);
    path = evaluation_path(e, "/abs.csv");
    assert_text(path, "/abs.csv");
    free(path);
    evaluation_free(e);
    evaluation_free(NULL);
}

static void test_evaluation__single_file(void **state)
{
    struct evaluation *e = NULL;
    sy_error err = {0};
    (void)state;
    assert_int_equal(evaluation_single(&e, "d/自评表.csv", "t", 2022, &err), SY_OK);
    assert_null(e->ini);
    assert_text(e->folder, "d");
    assert_int_equal(e->nsources, 1);
    assert_int_equal(e->sources[0].table, TABLE_OUTCOMES);
    assert_text(e->sources[0].path, "自评表.csv");
    assert_int_equal(e->years[0], 2022);
    evaluation_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evaluation__years),
        cmocka_unit_test(test_evaluation__sources),
        cmocka_unit_test(test_evaluation__limits),
        cmocka_unit_test(test_evaluation__refused),
        cmocka_unit_test(test_evaluation__no_folder_no_ini),
        cmocka_unit_test(test_evaluation__single_file),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
