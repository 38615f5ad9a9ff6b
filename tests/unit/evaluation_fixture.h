/*
 * evaluation_fixture.h - an evaluation written into a folder of its own, scored through the
 * library, seen as JSON. Include in one file per test program.
 */
#ifndef TESTS_EVALUATION_FIXTURE_H
#define TESTS_EVALUATION_FIXTURE_H

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "check.h"
#include "temp.h"
#include <steelyard/steelyard.h>

static char fixture_folder[TEMP_MAX];

static inline void fixture_begin(void)
{
    assert_non_null(mkdtemp(temp_name(fixture_folder, "test")));
}

static int fixture_remove(const char *path, const struct stat *s, int flag, struct FTW *walk)
{
    (void)s, (void)flag, (void)walk;
    return remove(path);
}

static inline void fixture_end(void)
{
    nftw(fixture_folder, fixture_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* Writes a file below the folder, making folders as needed. */
static inline void fixture_file(const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    for (char *slash = path + strlen(fixture_folder) + 1; (slash = strchr(slash, '/'));
         *slash++ = '/') {
        *slash = '\0';
        if (mkdir(path, 0777) != 0)
            assert_int_equal(errno, EEXIST);
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

/* evaluation.ini for one year, with the usual sources. */
static inline void fixture_evaluation(const char *type)
{
    char text[512];
    snprintf(text, sizeof text,
             "[evaluation]\ntitle = t\nyears = 2019\ntype = %s\nlanguage = en\n[data "
             "outcomes]\npath = outcomes.csv\n",
             type);
    fixture_file("evaluation.ini", text);
}

static inline const char *fixture_data(void)
{
    const char *data = getenv("STEELYARD_DATA");
    return data ? data : ".";
}

/* Scores the folder; NULL where that fails, with *err filled in. The caller owns the reference. */
static inline json_t *fixture_score_with(const sy_run_options *options, sy_error *err)
{
    sy_run_options o = options ? *options : (sy_run_options){0};
    sy_run *run;
    char out[512];
    json_error_t error;
    o.struct_size = sizeof o;
    o.data = fixture_data();
    if (sy_run_open(&run, fixture_folder, &o, err) != SY_OK)
        return NULL;
    snprintf(out, sizeof out, "%s/out.json", fixture_folder);
    sy_status status = sy_run_write(run, SY_REPORT_SCORE, "json", out, NULL, 0, err);
    sy_run_close(run);
    assert_int_equal(status, SY_OK);
    json_t *root = json_load_file(out, 0, &error);
    if (!root)
        fail_msg("line %d: %s", error.line, error.text);
    return root;
}

static inline json_t *fixture_score(void)
{
    sy_error err = {0};
    json_t *root = fixture_score_with(NULL, &err);
    if (!root)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    return root;
}

/* Borrowed from root. */
static inline json_t *fixture_fund(json_t *root, const char *fund)
{
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(root, "funds"), i,
                       value) if (strcmp(json_string_value(json_object_get(value, "fund")), fund) ==
                                  0) return value;
    fail_msg("no fund %s", fund);
    return NULL;
}

static inline json_t *fixture_item(json_t *root, const char *fund, const char *path)
{
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(fixture_fund(root, fund), "indicators"), i,
                       value) if (strcmp(json_string_value(json_object_get(value, "path")), path) ==
                                  0) return value;
    fail_msg("no indicator %s", path);
    return NULL;
}

static inline double fixture_number(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    if (!json_is_number(value))
        fail_msg("%s is no number", key);
    return json_number_value(value);
}

static inline const char *fixture_text(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* How many findings have this code. */
static inline size_t fixture_findings(json_t *root, const char *code)
{
    size_t i, n = 0;
    json_t *value;
    json_array_foreach(json_object_get(root, "findings"), i, value) n +=
        strcmp(fixture_text(value, "code"), code) == 0;
    return n;
}

#endif
