/*
 * coverage.c - the record of what was reached (see coverage.h).
 */
#include "rule/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

/* Owns: files with their lines, tiers, and what they point to, in its arena. */
struct coverage {
    struct coverage_file **files; /* each stays where it is: sandboxes point to it */
    size_t nfiles, files_cap;
    struct coverage_tiers *tiers;
    size_t ntiers, tiers_cap;
    struct arena arena;
};

sy_status coverage_create(struct coverage **out, sy_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out != NULL ? SY_OK : error_nomem(err);
}

void coverage_free(struct coverage *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->nfiles; i++)
        free(c->files[i]->lines);
    free(c->files);
    free(c->tiers);
    arena_dispose(&c->arena);
    free(c);
}

size_t coverage_nfiles(const struct coverage *c)
{
    return c->nfiles;
}

const struct coverage_file *coverage_file_at(const struct coverage *c, size_t i)
{
    return c->files[i];
}

size_t coverage_ntiers(const struct coverage *c)
{
    return c->ntiers;
}

const struct coverage_tiers *coverage_tiers_at(const struct coverage *c, size_t i)
{
    return &c->tiers[i];
}

/* Room for one more; false: no memory. */
static bool grow(void **array, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return true;
    const size_t more = *cap == 0 ? 16 : *cap * 2;
    void *grown = realloc(*array, more * size);
    if (grown == NULL)
        return false;
    *array = grown;
    *cap = more;
    return true;
}

struct coverage_file *coverage_find_file(const struct coverage *c, const char *path)
{
    for (size_t i = 0; i < c->nfiles; i++)
        if (strcmp(c->files[i]->path, path) == 0)
            return c->files[i];
    return NULL;
}

struct coverage_file *coverage_add_file(struct coverage *c, const char *path, const char *shown,
                                        const struct coverage_source *source)
{
    void *array = c->files;
    const bool room = grow(&array, &c->files_cap, c->nfiles, sizeof *c->files);
    c->files = array;
    struct coverage_file *file = room ? arena_alloc(&c->arena, sizeof *file) : NULL;
    if (file == NULL)
        return NULL;
    file->path = arena_strdup(&c->arena, path);
    file->shown = arena_strdup(&c->arena, shown);
    if (file->path == NULL || file->shown == NULL ||
        !coverage_lines(&file->lines, &file->nlines, source))
        return NULL;
    c->files[c->nfiles++] = file;
    return file;
}

void coverage_mark(struct coverage_file *file, uint32_t line, unsigned mark)
{
    if (line >= 1 && line <= file->nlines)
        file->lines[line - 1] |= (uint8_t)mark;
}

static struct coverage_file *find_shown(const struct coverage *c, const char *shown)
{
    for (size_t i = 0; shown != NULL && i < c->nfiles; i++)
        if (strcmp(c->files[i]->shown, shown) == 0)
            return c->files[i];
    return NULL;
}

void coverage_mark_called(struct coverage *c, const char *shown, uint32_t line)
{
    struct coverage_file *file = find_shown(c, shown);
    if (file != NULL)
        coverage_mark(file, line, COVERAGE_CALLED);
}

bool coverage_called(const struct coverage *c, const char *shown, uint32_t line)
{
    const struct coverage_file *file = find_shown(c, shown);
    return file != NULL && line >= 1 && line <= file->nlines &&
           (file->lines[line - 1] & COVERAGE_CALLED) != 0;
}

/* Declared at one place, and alike: parameters may make several of one line. */
static bool is_same(const struct rule *a, const struct rule *b)
{
    if (a->line != b->line || a->ntiers != b->ntiers || a->upper != b->upper || a->of != b->of ||
        (a->script == NULL) != (b->script == NULL))
        return false;
    for (size_t i = 0; i < a->ntiers; i++)
        if (a->tiers[i].bound != b->tiers[i].bound || a->tiers[i].points != b->tiers[i].points)
            return false;
    return a->script == NULL || strcmp(a->script, b->script) == 0;
}

static struct coverage_tiers *find_tiers(const struct coverage *c, const struct rule *rule)
{
    for (size_t i = 0; i < c->ntiers; i++)
        if (is_same(c->tiers[i].rule, rule))
            return &c->tiers[i];
    return NULL;
}

bool coverage_add_tiers(struct coverage *c, const struct rule *rule)
{
    if (find_tiers(c, rule) != NULL)
        return true;
    void *array = c->tiers;
    const bool room = grow(&array, &c->tiers_cap, c->ntiers, sizeof *c->tiers);
    c->tiers = array;
    struct rule *copy = room ? rule_copy(&c->arena, rule) : NULL;
    bool *reached = copy != NULL ? arena_alloc(&c->arena, kernel_bands(rule)) : NULL;
    if (reached == NULL)
        return false;
    if (rule->script != NULL && (copy->script = arena_strdup(&c->arena, rule->script)) == NULL)
        return false;
    c->tiers[c->ntiers++] = (struct coverage_tiers){copy, reached};
    return true;
}

void coverage_mark_band(struct coverage *c, const struct rule *rule, double actual)
{
    const struct coverage_tiers *tiers = find_tiers(c, rule);
    const size_t band = kernel_band(rule, actual);
    if (tiers != NULL && band < kernel_bands(rule))
        tiers->reached[band] = true;
}
