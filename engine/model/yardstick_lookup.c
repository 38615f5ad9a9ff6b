/*
 * yardstick_lookup.c - what a finished yardstick says about one path, word or score.
 */
#include "model/yardstick_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

#define GRADE_SNAP 1e-9 /* per cent of the full score: 89.9999999999 is 90 */

/* `first` is the key of the first of n rows of `size` bytes. */
static bool make_set(struct pattern_set *out, struct arena *a, const void *first, size_t n,
                     size_t size, bool stars)
{
    struct pattern_key *keys = arena_alloc(a, (n + 1) * sizeof *keys);
    if (!keys)
        return false;
    for (size_t i = 0; i < n; i++)
        memcpy(&keys[i].text, (const char *)first + i * size, sizeof keys[i].text);
    pattern_set_make(out, keys, n, stars);
    return true;
}

bool yard_index_make(struct yardstick *s, struct arena *a)
{
    struct yard_index *x = &s->index;
#define MAKE(table, field, stars) \
    make_set(&x->table, a, &s->table->field, s->n##table, sizeof *s->table, stars)
    return MAKE(levels, path, false) && MAKE(weights, pattern, true) &&
           MAKE(signs, pattern, true) && MAKE(targets, key, false) && MAKE(names, key, false) &&
           MAKE(parameters, key, false) && MAKE(ratings, word, false);
#undef MAKE
}

void yard_place(char *out, size_t cap, const struct origin *origin)
{
    if (origin->line)
        snprintf(out, cap, "%s:%u", origin->file, (unsigned)origin->line);
    else
        snprintf(out, cap, "%s", origin->file);
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
    size_t best = pattern_best(&y->index.weights, path, &tie);
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
    size_t best = pattern_best(&y->index.signs, path, &tie);
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

static const struct yard_text *find_text(const struct yard_text *texts,
                                         const struct pattern_set *set, const char *key)
{
    const size_t at = pattern_exact(set, key, strlen(key));
    return at == PATTERN_NO_MATCH ? NULL : &texts[at];
}

const struct yard_text *yard_target_of(const struct yardstick *y, const char *path)
{
    return find_text(y->targets, &y->index.targets, path);
}

const char *yard_name_of(const struct yardstick *y, const char *path)
{
    const struct yard_text *name = find_text(y->names, &y->index.names, path);
    return name && *name->text ? name->text : NULL;
}

const char *yard_parameter(const struct yardstick *y, const char *key)
{
    const struct yard_text *parameter = find_text(y->parameters, &y->index.parameters, key);
    return parameter ? parameter->text : NULL;
}

const struct yard_level *yard_level_of(const struct yardstick *y, const char *path, size_t len)
{
    const size_t at = pattern_exact(&y->index.levels, path, len);
    return at == PATTERN_NO_MATCH ? NULL : &y->levels[at];
}

const struct yard_rating *yard_rating_find(const struct yardstick *y, const char *word)
{
    const size_t at = pattern_exact(&y->index.ratings, word, strlen(word));
    return at == PATTERN_NO_MATCH ? NULL : &y->ratings[at];
}

bool yard_rating_of(double *attainment, const struct yardstick *y, const char *word)
{
    const struct yard_rating *rating = yard_rating_find(y, word);
    if (rating)
        *attainment = rating->attainment;
    return rating != NULL;
}

const char *yard_grade_of(const struct yardstick *y, double score, size_t *index)
{
    double per_cent = score / y->full_score * 100;
    for (size_t i = 0; i < y->ngrades && isfinite(y->grades[i].bound); i++) {
        if (per_cent >= y->grades[i].bound - GRADE_SNAP) {
            if (index)
                *index = i;
            return y->grades[i].name;
        }
    }
    return NULL;
}
