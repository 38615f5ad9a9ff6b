/*
 * columns_load.c - config/columns.ini, and the evaluation's own laid over it, into words that mean
 * something.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"
#include "base/text.h"
#include "model/columns_table.h"
#include "model/ini.h"

static const char *const table_names[COLUMNS_TABLES] = {"funds",   "outcomes",    "facts",
                                                        "ratings", "adjustments", "form"};
static const char *const row_keys[] = {"budget", "total", "subtotal", "part", "template"};
static const char *const sections[] = {
    "funds",          "outcomes", "facts", "ratings",   "adjustments", "level1", "level2 output",
    "level2 benefit", "anywhere", "rows",  "labels zh", "labels en",   "form"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One file while its entries are laid. Owns: seen. */
struct laying {
    struct columns *c;
    const struct ini *ini;
    struct pool seen; /* "section\nword" that this file gave so far */
    bool over;        /* the evaluation's own: no new columns */
    sy_error *err;
};

static bool begins_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static sy_status refuse(const struct laying *l, uint32_t line, const char *what, const char *word,
                        const char *nearest)
{
    if (nearest)
        return error_set(l->err, SY_EINPUT, l->ini->path, line, "%s '%s'; did you mean '%s'?", what,
                         word, nearest);
    return error_set(l->err, SY_EINPUT, l->ini->path, line, "%s '%s'", what, word);
}

/* Gives a word of a section its meaning; the later file wins, one file may not say two things. */
static sy_status bind_word(struct laying *l, const struct ini_entry *e, const char *word,
                           size_t len, const char *meaning)
{
    struct columns *c = l->c;
    char key[2 * COLUMNS_WORD_MAX], folded[COLUMNS_WORD_MAX];
    size_t n = strlen(e->section), folded_len = columns_fold(folded, word, len);
    if (folded_len == 0 || n + 1 + folded_len > sizeof key)
        return refuse(l, e->line, "an empty or over-long word in", e->key, NULL);
    memcpy(key, e->section, n);
    key[n] = '\n';
    memcpy(key + n + 1, folded, folded_len);
    uint32_t id = pool_intern(&c->words, key, n + 1 + folded_len);
    if (id == POOL_NONE)
        return error_nomem(l->err);
    if (id >= c->means_cap) {
        size_t cap = c->means_cap ? c->means_cap * 2 : 512;
        const char **grown = realloc(c->means, cap * sizeof *grown);
        if (!grown)
            return error_nomem(l->err);
        memset(grown + c->means_cap, 0, (cap - c->means_cap) * sizeof *grown);
        c->means = grown;
        c->means_cap = cap;
    }
    bool again = pool_find(&l->seen, key, n + 1 + folded_len) != POOL_NONE;
    if (again && c->means[id] && strcmp(c->means[id], meaning) != 0) {
        char shown[COLUMNS_WORD_MAX + 1];
        memcpy(shown, folded, folded_len);
        shown[folded_len] = '\0';
        return refuse(l, e->line, "this file already gives another meaning to", shown, NULL);
    }
    if (pool_intern(&l->seen, key, n + 1 + folded_len) == POOL_NONE)
        return error_nomem(l->err);
    c->means[id] = arena_strdup(&c->arena, meaning);
    return c->means[id] ? SY_OK : error_nomem(l->err);
}

static sy_status keep_folded(struct laying *l, struct pool *pool, const char *word, size_t len)
{
    char folded[COLUMNS_WORD_MAX];
    size_t n = columns_fold(folded, word, len);
    return pool_intern(pool, folded, n) == POOL_NONE ? error_nomem(l->err) : SY_OK;
}

/* key = alias, alias, …: each alias means the key. */
static sy_status bind_aliases(struct laying *l, const struct ini_entry *e, struct pool *also)
{
    const char *part = e->value;
    sy_status status = SY_OK;
    while (status == SY_OK) {
        size_t len = strcspn(part, ",");
        const char *word = part, *next = part + len;
        text_trim(&word, &len);
        if (len > 0)
            status = bind_word(l, e, word, len, e->key);
        if (len > 0 && status == SY_OK && also)
            status = keep_folded(l, also, word, len);
        if (*next == '\0')
            break;
        part = next + 1;
    }
    return status;
}

static sy_status add_column(struct laying *l, struct columns_names *table,
                            const struct ini_entry *e)
{
    for (size_t i = 0; i < table->n; i++)
        if (strcmp(table->names[i], e->key) == 0)
            return SY_OK;
    if (l->over)
        return refuse(l, e->line, "the table has no column", e->key,
                      suggest(e->key, table->names, table->n));
    const char **grown = realloc(table->names, (table->n + 1) * sizeof *grown);
    if (!grown)
        return error_nomem(l->err);
    table->names = grown;
    table->names[table->n] = arena_strdup(&l->c->arena, e->key);
    if (!table->names[table->n])
        return error_nomem(l->err);
    table->n++;
    return SY_OK;
}

static sy_status lay_column(struct laying *l, struct columns_names *table,
                            const struct ini_entry *e)
{
    sy_status status = add_column(l, table, e);
    if (status == SY_OK)
        status = bind_word(l, e, e->key, strlen(e->key), e->key);
    return status == SY_OK ? bind_aliases(l, e, NULL) : status;
}

static sy_status lay_row(struct laying *l, const struct ini_entry *e)
{
    for (size_t i = 0; i < COUNT(row_keys); i++)
        if (strcmp(e->key, row_keys[i]) == 0)
            return bind_aliases(l, e, strcmp(e->key, "part") == 0 ? &l->c->leads : NULL);
    return refuse(l, e->line, "[rows] has no key", e->key,
                  suggest(e->key, row_keys, COUNT(row_keys)));
}

static sy_status lay_entry(struct laying *l, const struct ini_entry *e)
{
    for (size_t i = 0; i < COLUMNS_TABLES; i++)
        if (strcmp(e->section, table_names[i]) == 0)
            return lay_column(l, &l->c->tables[i], e);
    if (strcmp(e->section, "rows") == 0)
        return lay_row(l, e);
    if (*e->value == '\0')
        return refuse(l, e->line, "there is no value for", e->key, NULL);
    sy_status status = bind_word(l, e, e->key, strlen(e->key), e->value);
    if (status == SY_OK && strcmp(e->section, "anywhere") == 0)
        status = keep_folded(l, &l->c->tails, e->key, strlen(e->key));
    return status;
}

static sy_status check_section(const struct laying *l, const struct ini_entry *section)
{
    const char *name = section->section;
    if (begins_with(name, "labels ") || begins_with(name, "level2 "))
        return SY_OK;
    for (size_t i = 0; i < COUNT(sections); i++)
        if (strcmp(name, sections[i]) == 0)
            return SY_OK;
    return refuse(l, section->line, "unknown section", name,
                  suggest(name, sections, COUNT(sections)));
}

static sy_status lay_file(struct columns *c, const char *path, bool over, sy_error *err)
{
    struct laying l = {.c = c, .over = over, .err = err};
    struct ini *ini = NULL;
    sy_status status = ini_load(&ini, path, path, err);
    l.ini = ini;
    for (size_t i = 0; status == SY_OK && i < ini->nsections; i++)
        status = check_section(&l, &ini->sections[i]);
    for (size_t i = 0; status == SY_OK && i < ini->nentries; i++) {
        const struct ini_entry *e = &ini->entries[i];
        status = *e->section ? lay_entry(&l, e)
                             : refuse(&l, e->line, "no section stands before", e->key, NULL);
    }
    pool_dispose(&l.seen);
    ini_free(ini);
    return status;
}

sy_status columns_load(struct columns **out, const char *installed, const char *over, sy_error *err)
{
    struct columns *c = calloc(1, sizeof *c);
    if (!c)
        return error_nomem(err);
    for (size_t i = 0; i < COLUMNS_TABLES; i++)
        c->tables[i].table = table_names[i];
    sy_status status = lay_file(c, installed, false, err);
    if (status == SY_OK && over && file_exists(over))
        status = lay_file(c, over, true, err);
    if (status != SY_OK) {
        columns_free(c);
        return status;
    }
    *out = c;
    return SY_OK;
}

void columns_free(struct columns *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < COLUMNS_TABLES; i++)
        free(c->tables[i].names);
    free(c->means);
    pool_dispose(&c->words);
    pool_dispose(&c->tails);
    pool_dispose(&c->leads);
    arena_dispose(&c->arena);
    free(c);
}
