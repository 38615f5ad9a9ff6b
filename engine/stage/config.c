/*
 * config.c - which types and years there are to show, and their yardsticks.
 */
#include "stage/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* Types as words, each once. Owns: words. */
struct types {
    struct run *r;
    uint32_t *words;
    uint32_t n, cap;
    sy_error *err;
};

static sy_status add_word(struct types *t, uint32_t word)
{
    void *array = t->words;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->words[i] == word)
            return SY_OK;
    bool room = dataset_grow(&array, &t->cap, t->n, sizeof *t->words);
    t->words = array;
    if (!room)
        return error_nomem(t->err);
    t->words[t->n++] = word;
    return SY_OK;
}

static sy_status add_type(struct types *t, const char *type)
{
    uint32_t word = NO_WORD;
    sy_status status = dataset_word(&word, &t->r->d, type, strlen(type), t->err);
    return status == SY_OK ? add_word(t, word) : status;
}

static sy_status add_named(struct types *t, const struct run_options *named)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < named->ntypes && status == SY_OK; i++)
        status = add_type(t, named->types[i]);
    return status;
}

/* Of funds in the years of the evaluation: others are never graded. */
static sy_status add_of_funds(struct types *t)
{
    const struct run *r = t->r;
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < r->d.nentities && status == SY_OK; i++) {
        const struct entity *e = &r->d.entities[i];
        bool graded = r->e->nyears == 0;
        for (size_t k = 0; k < r->e->nyears && !graded; k++)
            graded = r->e->years[k] == e->year;
        if (graded && e->type != NO_WORD)
            status = add_word(t, e->type);
        else if (graded && r->e->type)
            status = add_type(t, r->e->type);
    }
    return status;
}

static sy_status add_own(struct types *t)
{
    char **names = NULL;
    size_t n = 0;
    sy_status status = t->r->e->type ? add_type(t, t->r->e->type) : SY_OK;
    if (status == SY_OK)
        status = yards_own_types(&names, &n, t->r->yards, t->err);
    for (size_t i = 0; i < n && status == SY_OK; i++)
        status = add_type(t, names[i]);
    yard_year_folders_free(names, n);
    return status;
}

static sy_status list_types(struct types *t, const struct run_options *named)
{
    sy_status status = named->ntypes ? add_named(t, named) : add_of_funds(t);
    if (status == SY_OK && t->n == 0)
        status = add_own(t);
    if (status == SY_OK && t->n == 0)
        status = error_set(t->err, SY_EUSAGE, NULL, 0,
                           "no fund and no config/TYPE.ini names a type: name one with --type");
    return status;
}

static int compare_years(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The years of a single data file are those of its rows. */
static sy_status list_years(int **out, size_t *n, const struct run *r,
                            const struct run_options *named, sy_error *err)
{
    const int *given = named->nyears ? named->years : r->e->years;
    size_t ngiven = named->nyears ? named->nyears : r->e->nyears, count = 0;
    int *years = malloc((ngiven + r->d.nentities + 1) * sizeof *years);
    if (!years)
        return error_nomem(err);
    for (size_t i = 0; i < ngiven; i++)
        years[count++] = given[i];
    for (uint32_t i = 0; ngiven == 0 && i < r->d.nentities; i++)
        years[count++] = r->d.entities[i].year;
    if (ngiven == 0 && count)
        qsort(years, count, sizeof *years, compare_years);
    if (count == 0) {
        free(years);
        return error_set(err, SY_EUSAGE, NULL, 0, "there is no year: name one with --year");
    }
    *out = years;
    *n = count;
    return SY_OK;
}

static sy_status refuse_type(struct run *r, const char *type, sy_error *err)
{
    const char *near = yard_type_near(r->yards, type);
    return error_set(err, SY_EUSAGE, NULL, 0, "type '%s' has neither an INI nor a script%s%s%s",
                     type, near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* A type need not be there in every year, but in one that is shown. */
static sy_status bind_years(struct run *r, uint32_t type, const int *years, size_t nyears,
                            bool named, sy_error *err)
{
    bool known = false;
    for (size_t i = 0; i < nyears; i++) {
        uint32_t id;
        sy_status status = bind_type(&id, r, type, years[i], err);
        if (status != SY_OK)
            return status;
        known = known || r->standards[id].yard->known || r->standards[id].script;
    }
    return known || !named ? SY_OK : refuse_type(r, dataset_text(&r->d, type), err);
}

sy_status config_bind(struct run *r, const struct run_options *named, sy_error *err)
{
    struct types types = {.r = r, .err = err};
    int *years = NULL;
    size_t nyears = 0;
    sy_status status = list_types(&types, named);
    if (status == SY_OK)
        status = list_years(&years, &nyears, r, named, err);
    for (uint32_t i = 0; i < types.n && status == SY_OK; i++)
        status = bind_years(r, types.words[i], years, nyears, named->ntypes > 0, err);
    free(years);
    free(types.words);
    return status;
}
