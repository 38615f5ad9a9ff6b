/*
 * yardstick_fixture.h - what the tests of yardsticks share.
 *
 * Each test writes its INIs into a folder of its own: d/ is the installed data, e/ the evaluation.
 */
#ifndef TESTS_YARDSTICK_FIXTURE_H
#define TESTS_YARDSTICK_FIXTURE_H

#include "check.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/yardstick.h"
#include "temp.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char defaults_text[] = "[type]\nfull_score = 100\nmin_coverage = 0.6\n"
                                    "[grades]\n优 = 90\n良 = 80\n中 = 60\n差 = 0\n"
                                    "[rounding]\ndecimals = 2\nmode = half_up\napply = indicator\n"
                                    "[missing]\nactual = zero\ntarget = exclude\n";

static char root[TEMP_MAX];
static char installed[80];
static char evaluation[80];

static inline void make_folders(const char *path)
{
    char copy[300];
    snprintf(copy, sizeof copy, "%s", path);
    for (char *p = copy + 1; *p; p++) {
        if (*p == '/') {
            *p = '\0';
            mkdir(copy, 0777);
            *p = '/';
        }
    }
}

/* Writes a file below the test's folder. */
static inline void put(const char *path, const char *text)
{
    char full[300];
    snprintf(full, sizeof full, "%s/%s", root, path);
    make_folders(full);
    FILE *f = fopen(full, "wb");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline void wipe(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    assert_int_equal(system(command), 0);
}

static inline int setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(temp_name(root, "yardstick")));
    snprintf(installed, sizeof installed, "%s/d", root);
    snprintf(evaluation, sizeof evaluation, "%s/e", root);
    put("d/config/defaults.ini", defaults_text);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    wipe();
    return 0;
}

static inline struct yards *open_yards(const struct yard_set *sets, size_t nsets)
{
    struct yards *y = NULL;
    sy_error err = {0};
    if (yards_open(&y, installed, evaluation, sets, nsets, &err) != SY_OK)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    return y;
}

static inline const struct yardstick *get(struct yards *y, const char *type, int year)
{
    const struct yardstick *s = NULL;
    sy_error err = {0};
    if (yards_get(&s, y, type, year, &err) != SY_OK)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    assert_non_null(s);
    return s;
}

static inline void check_error(sy_status got, const sy_error *err, sy_status status,
                               const char *file, uint32_t line, const char *says)
{
    if (got != status || err->status != status || strcmp(err->file, file) != 0 ||
        err->line != line || !strstr(err->message, says))
        fail_msg("status %d, %s:%u: %s; expected %d, %s:%u: %s", (int)got, err->file,
                 (unsigned)err->line, err->message, (int)status, file, (unsigned)line, says);
    assert_null(strchr(err->message, '\n'));
}

/* The yardstick must be refused. */
static inline void refuse(const char *type, int year, const char *file, uint32_t line,
                          const char *says)
{
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = NULL;
    sy_error err = {0};
    check_error(yards_get(&s, y, type, year, &err), &err, SY_EINPUT, file, line, says);
    assert_null(s);
    assert_int_equal(yards_get(&s, y, type, year, NULL), SY_EINPUT);
    yards_close(y);
}

static inline const struct yard_key *find_key(const struct yardstick *s, const char *section,
                                              const char *key)
{
    for (size_t i = 0; i < s->nkeys; i++)
        if (strcmp(s->keys[i].section, section) == 0 && strcmp(s->keys[i].key, key) == 0)
            return &s->keys[i];
    return NULL;
}

static inline void check_key(const struct yardstick *s, const char *section, const char *key,
                             const char *value, const char *file, uint32_t line)
{
    const struct yard_key *k = find_key(s, section, key);
    assert_non_null(k);
    assert_text(k->value, value);
    assert_text(k->origin.file, file);
    assert_int_equal(k->origin.line, line);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
