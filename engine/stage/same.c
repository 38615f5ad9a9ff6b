/*
 * same.c - yardsticks of two years side by side, as a whole: config_diff tells them apart in
 * detail.
 */
#include "stage/same.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"

#define SCRIPT_MAX ((size_t)64 << 20)

static sy_status same_bytes(bool *out, const char *a, const char *b, sy_error *err)
{
    char *x = NULL, *y = NULL;
    size_t nx = 0, ny = 0;
    sy_status status = file_slurp(&x, &nx, a, SCRIPT_MAX, err);
    if (status == SY_OK)
        status = file_slurp(&y, &ny, b, SCRIPT_MAX, err);
    if (status == SY_OK)
        *out = nx == ny && memcmp(x, y, nx) == 0;
    free(x);
    free(y);
    return status;
}

sy_status same_script(bool *out, const struct script_source *a, const struct script_source *b,
                      sy_error *err)
{
    *out = strcmp(a->shown, b->shown) == 0;
    return *out ? SY_OK : same_bytes(out, a->path, b->path, err);
}

static bool is_of(const char *const *sections, const char *section)
{
    for (; *sections; sections++)
        if (strcmp(*sections, section) == 0)
            return true;
    return false;
}

static bool same_value(const char *a, const char *b)
{
    double x, y;
    return strcmp(a, b) == 0 ||
           (number_parse(&x, a, strlen(a)) && number_parse(&y, b, strlen(b)) && x == y);
}

/* Whether each key of `a` in those sections stands in `b`, with the same value. */
static bool holds_keys(const struct yardstick *a, const struct yardstick *b,
                       const char *const *sections)
{
    for (size_t i = 0; i < a->nkeys; i++) {
        bool found = !is_of(sections, a->keys[i].section);
        for (size_t k = 0; k < b->nkeys && !found; k++)
            found = strcmp(a->keys[i].section, b->keys[k].section) == 0 &&
                    strcmp(a->keys[i].key, b->keys[k].key) == 0 &&
                    same_value(a->keys[i].value, b->keys[k].value);
        if (!found)
            return false;
    }
    return true;
}

static sy_status same_layers(bool *out, const struct standard *a, const struct standard *b,
                             const char *const *sections, sy_error *err)
{
    sy_status status = SY_OK;
    *out = a->nlayers == b->nlayers && holds_keys(a->yard, b->yard, sections) &&
           holds_keys(b->yard, a->yard, sections);
    for (size_t i = 0; *out && i < a->nlayers && status == SY_OK; i++)
        status = same_script(out, &a->layers[i], &b->layers[i], err);
    return status;
}

sy_status same_rules(bool *out, const struct standard *a, const struct standard *b, sy_error *err)
{
    static const char *const sections[] = {"parameters", "ratings", "missing", "facts", NULL};
    return same_layers(out, a, b, sections, err);
}

sy_status same_yardstick(bool *out, const struct standard *a, const struct standard *b,
                         sy_error *err)
{
    static const char *const sections[] = {"levels",  "weights",    "signs",    "targets",
                                           "facts",   "grades",     "rounding", "missing",
                                           "ratings", "parameters", NULL};
    *out = a->yard->full_score == b->yard->full_score &&
           a->yard->min_coverage == b->yard->min_coverage;
    return *out ? same_layers(out, a, b, sections, err) : SY_OK;
}
