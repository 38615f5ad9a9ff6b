/*
 * yardstick_lookup.c - what a finished yardstick says about one path, word or score.
 */
#include "model/yardstick.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/pattern.h"

#define GRADE_SNAP 1e-9 /* per cent of the full score: 89.9999999999 is 90 */

static const char *weight_at(const void *ctx, size_t i)
{
    return ((const struct yard_weight *)ctx)[i].pattern;
}

static const char *sign_at(const void *ctx, size_t i)
{
    return ((const struct yard_sign *)ctx)[i].pattern;
}

static sy_status refuse_tie(sy_error *err, const char *section, const char *path, const char *one,
                            const struct origin *one_at, const char *two,
                            const struct origin *two_at)
{
    char line[16] = "";
    if (two_at->line > 0)
        snprintf(line, sizeof line, ":%u", (unsigned)two_at->line);
    return error_set(err, SY_EINPUT, one_at->file, one_at->line,
                     "[%s] %s and %s (%s%s) fit %s equally well; give %s a line of its own",
                     section, one, two, two_at->file, line, path, path);
}

sy_status yard_weight_of(const struct yard_weight **out, const struct yardstick *y,
                         const char *path, sy_error *err)
{
    size_t tie;
    size_t best = pattern_best(y->nweights, weight_at, y->weights, path, &tie);
    if (best == PATTERN_NO_MATCH) {
        *out = NULL;
        return SY_OK;
    }
    const struct yard_weight *w = &y->weights[best];
    if (tie != PATTERN_NO_MATCH)
        return refuse_tie(err, "weights", path, w->pattern, &w->origin, y->weights[tie].pattern,
                          &y->weights[tie].origin);
    *out = w;
    return SY_OK;
}

sy_status yard_sign_of(enum sign *out, const struct yardstick *y, const char *path, sy_error *err)
{
    size_t tie;
    size_t best = pattern_best(y->nsigns, sign_at, y->signs, path, &tie);
    if (best == PATTERN_NO_MATCH) {
        *out = SIGN_NONE;
        return SY_OK;
    }
    const struct yard_sign *s = &y->signs[best];
    if (tie != PATTERN_NO_MATCH)
        return refuse_tie(err, "signs", path, s->pattern, &s->origin, y->signs[tie].pattern,
                          &y->signs[tie].origin);
    *out = s->sign;
    return SY_OK;
}

static const struct yard_text *find_text(const struct yard_text *texts, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].key, key) == 0)
            return &texts[i];
    return NULL;
}

const struct yard_text *yard_target_of(const struct yardstick *y, const char *path)
{
    return find_text(y->targets, y->ntargets, path);
}

const char *yard_name_of(const struct yardstick *y, const char *path)
{
    const struct yard_text *name = find_text(y->names, y->nnames, path);
    return name && *name->text ? name->text : NULL;
}

const char *yard_parameter(const struct yardstick *y, const char *key)
{
    const struct yard_text *parameter = find_text(y->parameters, y->nparameters, key);
    return parameter ? parameter->text : NULL;
}

const struct yard_level *yard_level_of(const struct yardstick *y, const char *path)
{
    for (size_t i = 0; i < y->nlevels; i++)
        if (strcmp(y->levels[i].path, path) == 0)
            return &y->levels[i];
    return NULL;
}

bool yard_rating_of(double *attainment, const struct yardstick *y, const char *word)
{
    for (size_t i = 0; i < y->nratings; i++) {
        if (strcmp(y->ratings[i].word, word) == 0) {
            *attainment = y->ratings[i].attainment;
            return true;
        }
    }
    return false;
}

const char *yard_grade_of(const struct yardstick *y, double score, size_t *index)
{
    double per_cent = score / y->full_score * 100;
    for (size_t i = 0; i < y->ngrades; i++) {
        if (per_cent >= y->grades[i].bound - GRADE_SNAP) {
            if (index)
                *index = i;
            return y->grades[i].name;
        }
    }
    return NULL;
}
