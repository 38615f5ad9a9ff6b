/*
 * evaluation.c - reads evaluation.ini into sources, years and limits. Nothing is opened but the
 * INI.
 */
#include "model/evaluation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/suggest.h"
#include "model/ini.h"

#define YEARS_MAX 200

static const char *const table_names[TABLE_COUNT] = {"funds", "outcomes", "forms",
                                                     "facts", "ratings",  "adjustments"};

/* While one INI is read. */
struct reading {
    struct evaluation *e;
    struct arena *arena;
    const struct ini *ini;
    sy_error *err;
};

const char *data_table_name(enum data_table table)
{
    return table_names[table];
}

static sy_status refuse(const struct reading *r, uint32_t line, const char *what, const char *word,
                        const char *const *known, size_t nknown)
{
    const char *near = suggest(word, known, nknown);
    return error_set(r->err, SY_EINPUT, r->ini->path, line, "%s '%s'%s%s%s", what, word,
                     near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool parse_year(int *out, const char *text, size_t len)
{
    int year = 0;
    if (len != 4)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        year = year * 10 + (text[i] - '0');
    }
    *out = year;
    return year >= 1000;
}

static void trim_blanks(const char **text, size_t *len)
{
    while (*len && strchr(" \t", (*text)[0]))
        (*text)++, (*len)--;
    while (*len && strchr(" \t", (*text)[*len - 1]))
        (*len)--;
}

static int compare_ints(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* "2018-2020", "2019", "2017, 2019". */
static bool parse_years(struct evaluation *e, struct arena *arena, const char *text, bool *many)
{
    int years[YEARS_MAX];
    size_t n = 0;
    while (*text) {
        size_t len = strcspn(text, ",");
        const char *part = text;
        size_t part_len = len;
        int first, last;
        trim_blanks(&part, &part_len);
        const char *dash = memchr(part, '-', part_len);
        size_t first_len = dash ? (size_t)(dash - part) : part_len;
        const char *end = dash ? dash + 1 : part;
        size_t end_len = dash ? part_len - first_len - 1 : part_len;
        trim_blanks(&part, &first_len);
        trim_blanks(&end, &end_len);
        if (!parse_year(&first, part, first_len) || !parse_year(&last, end, end_len) ||
            last < first)
            return false;
        for (int year = first; year <= last; year++) {
            if (n == YEARS_MAX)
                return !(*many = true);
            years[n++] = year;
        }
        text += len;
        if (*text == ',' && !*++text)
            return false;
    }
    if (n == 0)
        return false;
    qsort(years, n, sizeof *years, compare_ints);
    e->years = arena_alloc(arena, n * sizeof *years);
    if (!e->years)
        return false;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || years[i] != years[i - 1])
            e->years[e->nyears++] = years[i];
    return true;
}

static sy_status read_evaluation_key(struct reading *r, const struct ini_entry *entry)
{
    static const char *const keys[] = {"title", "years", "type", "language"};
    struct evaluation *e = r->e;
    if (strcmp(entry->key, "title") == 0) {
        e->title = entry->value;
    } else if (strcmp(entry->key, "type") == 0) {
        e->type = *entry->value ? entry->value : NULL;
    } else if (strcmp(entry->key, "years") == 0) {
        bool many = false;
        if (!parse_years(e, r->arena, entry->value, &many))
            return error_set(r->err, SY_EINPUT, r->ini->path, entry->line,
                             many
                                 ? "years '%s' are more than 200"
                                 : "years '%s' cannot be read: write 2019, 2018-2020 or 2017, 2019",
                             entry->value);
    } else if (strcmp(entry->key, "language") == 0) {
        if (strcmp(entry->value, "zh") != 0 && strcmp(entry->value, "en") != 0)
            return error_set(r->err, SY_EINPUT, r->ini->path, entry->line,
                             "language '%s' is neither zh nor en", entry->value);
        e->language = entry->value;
    } else {
        return refuse(r, entry->line, "unknown key", entry->key, keys, sizeof keys / sizeof *keys);
    }
    return SY_OK;
}

/* A whole number with an optional unit of bytes. */
static bool parse_amount(uint64_t *out, const char *text, bool bytes)
{
    static const struct {
        const char *unit;
        int shift;
    } units[] = {{"", 0}, {"B", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
    size_t digits = strspn(text, "0123456789");
    double number;
    if (digits == 0 || digits > 15 || !number_parse(&number, text, digits))
        return false;
    const char *unit = text + digits + strspn(text + digits, " ");
    for (size_t i = 0; i < (bytes ? sizeof units / sizeof *units : 1); i++) {
        if (strcmp(unit, units[i].unit) == 0) {
            *out = (uint64_t)number << units[i].shift;
            return number >= 1 && number < (double)(UINT64_C(1) << (62 - units[i].shift));
        }
    }
    return false;
}

static sy_status read_limit(struct reading *r, const struct ini_entry *entry)
{
    static const char *const keys[] = {"instructions", "memory"};
    bool memory = strcmp(entry->key, "memory") == 0;
    if (!memory && strcmp(entry->key, "instructions") != 0)
        return refuse(r, entry->line, "unknown key", entry->key, keys, 2);
    if (!parse_amount(memory ? &r->e->memory : &r->e->instructions, entry->value, memory))
        return error_set(r->err, SY_EINPUT, r->ini->path, entry->line,
                         memory ? "memory '%s' is no amount such as 64 MiB"
                                : "instructions '%s' is no whole number above 0",
                         entry->value);
    return SY_OK;
}

static sy_status read_review_key(struct reading *r, const struct ini_entry *entry)
{
    static const char *const keys[] = {"tolerance", "target_share", "perfect_share",
                                       "perfect_funds"};
    static const char *const forms[] = {"number of points from 0 on", "share from 0 to 1",
                                        "share from 0 to 1", "whole number above 0"};
    struct review_limits *limits = &r->e->review;
    double *const values[] = {&limits->tolerance, &limits->target_share, &limits->perfect_share,
                              &limits->perfect_funds};
    size_t k = 0;
    double x;
    while (k < 4 && strcmp(entry->key, keys[k]) != 0)
        k++;
    if (k == 4)
        return refuse(r, entry->line, "unknown key", entry->key, keys, 4);
    const bool share = k == 1 || k == 2, whole = k == 3;
    if (!number_parse(&x, entry->value, strlen(entry->value)) || x < 0 || (share && x > 1) ||
        (whole && (x < 1 || x != floor(x))))
        return error_set(r->err, SY_EINPUT, r->ini->path, entry->line, "%s '%s' is no %s", keys[k],
                         entry->value, forms[k]);
    *values[k] = x;
    return SY_OK;
}

/* The one layout that is no table. */
static sy_status read_layout(const struct reading *r, const struct ini_entry *section,
                             const struct ini_entry *entry, struct data_source *out)
{
    static const char *const layouts[] = {"self_evaluation_form"};
    if (strcmp(entry->value, layouts[0]) != 0)
        return refuse(r, entry->line, "unknown layout", entry->value, layouts, 1);
    if (out->table > TABLE_FORMS)
        return error_set(r->err, SY_EINPUT, r->ini->path, entry->line,
                         "[%s] cannot be forms: they give funds and outcomes, write [data forms]",
                         section->section);
    out->table = TABLE_FORMS;
    return SY_OK;
}

static sy_status read_source(struct reading *r, const struct ini_entry *section,
                             struct data_source *out)
{
    const struct ini *ini = r->ini;
    const struct ini_entry *layout = NULL;
    char word[32];
    const char *name = section->section + strlen("data ");
    name += strspn(name, " ");
    size_t len = strcspn(name, " ");
    snprintf(word, sizeof word, "%.*s", (int)(len < sizeof word ? len : sizeof word - 1), name);
    *out = (struct data_source){
        .table = TABLE_COUNT, .section = section->section, .line = section->line};
    for (int t = 0; t < TABLE_COUNT; t++)
        if (strcmp(word, table_names[t]) == 0)
            out->table = (enum data_table)t;
    if (out->table == TABLE_COUNT)
        return refuse(r, section->line, "unknown table", word, table_names, TABLE_COUNT);
    out->options = arena_alloc(r->arena, ini->nentries * sizeof *out->options);
    if (!out->options)
        return error_nomem(r->err);
    for (size_t i = 0; i < ini->nentries; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        if (strcmp(entry->section, section->section) != 0)
            continue;
        if (strcmp(entry->key, "path") == 0)
            out->path = entry->value;
        else if (strcmp(entry->key, "reader") == 0)
            out->reader = entry->value;
        else if (strcmp(entry->key, "layout") == 0)
            layout = entry;
        else
            out->options[out->noptions++] =
                (struct data_option){entry->key, entry->value, entry->line};
    }
    sy_status status = layout ? read_layout(r, section, layout, out) : SY_OK;
    if (status != SY_OK)
        return status;
    if (out->path && !*out->path)
        out->path = NULL;
    if (!out->path && !out->reader) /* some readers read no file: loading knows which */
        return error_set(r->err, SY_EINPUT, ini->path, section->line, "[%s] has no path",
                         section->section);
    return SY_OK;
}

static sy_status read_sources(struct reading *r)
{
    struct evaluation *e = r->e;
    e->sources = arena_alloc(r->arena, (r->ini->nsections + 1) * sizeof *e->sources);
    if (!e->sources)
        return error_nomem(r->err);
    for (size_t i = 0; i < r->ini->nsections; i++) {
        if (strncmp(r->ini->sections[i].section, "data ", 5) != 0)
            continue;
        struct data_source source;
        sy_status status = read_source(r, &r->ini->sections[i], &source);
        if (status != SY_OK)
            return status;
        /* Insertion by table keeps the file's order within one table. */
        size_t at = e->nsources++;
        for (; at > 0 && e->sources[at - 1].table > source.table; at--)
            e->sources[at] = e->sources[at - 1];
        e->sources[at] = source;
    }
    return SY_OK;
}

static sy_status read_sections(struct reading *r)
{
    static const char *const known[] = {"evaluation",       "data funds", "data outcomes",
                                        "data forms",       "data facts", "data ratings",
                                        "data adjustments", "limits",     "review"};
    for (size_t i = 0; i < r->ini->nsections; i++) {
        const char *name = r->ini->sections[i].section;
        if (strcmp(name, "data") == 0)
            return error_set(r->err, SY_EINPUT, r->ini->path, r->ini->sections[i].line,
                             "[data] names no table: write [data funds], outcomes, forms, facts, "
                             "ratings or adjustments");
        if (strncmp(name, "data ", 5) != 0 && strcmp(name, "evaluation") != 0 &&
            strcmp(name, "limits") != 0 && strcmp(name, "review") != 0)
            return refuse(r, r->ini->sections[i].line, "unknown section", name, known,
                          sizeof known / sizeof *known);
    }
    for (size_t i = 0; i < r->ini->nentries; i++) {
        const struct ini_entry *entry = &r->ini->entries[i];
        sy_status status = SY_OK;
        if (strcmp(entry->section, "evaluation") == 0)
            status = read_evaluation_key(r, entry);
        else if (strcmp(entry->section, "limits") == 0)
            status = read_limit(r, entry);
        else if (strcmp(entry->section, "review") == 0)
            status = read_review_key(r, entry);
        else if (!*entry->section)
            status = error_set(r->err, SY_EINPUT, r->ini->path, entry->line,
                               "'%s' stands before any [section]", entry->key);
        if (status != SY_OK)
            return status;
    }
    return read_sources(r);
}

/* What an evaluation keeps alive. */
struct evaluation_storage {
    struct arena arena;
    struct ini *ini;
};

void evaluation_free(struct evaluation *e)
{
    if (!e)
        return;
    struct evaluation_storage *storage = e->storage;
    if (storage) {
        ini_free(storage->ini);
        arena_dispose(&storage->arena);
        free(storage);
    }
    free(e);
}

static struct evaluation *new_evaluation(sy_error *err)
{
    struct evaluation *e = calloc(1, sizeof *e);
    struct evaluation_storage *storage = calloc(1, sizeof *storage);
    if (!e || !storage) {
        free(e);
        free(storage);
        error_nomem(err);
        return NULL;
    }
    *e = (struct evaluation){.folder = "",
                             .title = "",
                             .language = "zh",
                             .instructions = EVALUATION_INSTRUCTIONS,
                             .memory = EVALUATION_MEMORY,
                             .review = {EVALUATION_TOLERANCE, EVALUATION_TARGET_SHARE,
                                        EVALUATION_PERFECT_SHARE, EVALUATION_PERFECT_FUNDS},
                             .storage = storage};
    return e;
}

/* The folder part of a path: "" where it has none. */
static char *copy_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_strdup(arena, "");
    return arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

sy_status evaluation_load(struct evaluation **out, const char *path, sy_error *err)
{
    struct evaluation *e = new_evaluation(err);
    if (!e)
        return SY_ENOMEM;
    struct evaluation_storage *storage = e->storage;
    sy_status status = SY_OK;
    bool folder = file_is_folder(path);
    size_t len = strlen(path);
    while (folder && len > 1 && path[len - 1] == '/')
        len--;
    char *file = NULL;
    e->folder = folder ? (strcmp(path, ".") == 0 ? "" : arena_copy(&storage->arena, path, len))
                       : copy_folder(&storage->arena, path);
    file = e->folder ? (folder ? evaluation_path(e, "evaluation.ini") : strdup(path)) : NULL;
    e->ini = file ? arena_strdup(&storage->arena, file) : NULL;
    if (!e->ini) {
        status = error_nomem(err);
        goto out;
    }
    if (folder && !file_exists(file)) {
        status = error_set(err, SY_EINPUT, path, 0,
                           "has no evaluation.ini: name a folder that has one, or one data file");
        goto out;
    }
    status = ini_load(&storage->ini, file, file, err);
    if (status != SY_OK)
        goto out;
    struct reading r = {e, &storage->arena, storage->ini, err};
    status = read_sections(&r);
    if (status == SY_OK && e->nyears == 0)
        status = error_set(err, SY_EINPUT, file, 0,
                           "[evaluation] has no years, such as 2019 or 2018-2020");
out:
    free(file);
    if (status == SY_OK)
        *out = e;
    else
        evaluation_free(e);
    return status;
}

sy_status evaluation_single(struct evaluation **out, const char *path, const char *type, int year,
                            sy_error *err)
{
    struct evaluation *e = new_evaluation(err);
    if (!e)
        return SY_ENOMEM;
    struct evaluation_storage *storage = e->storage;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    e->folder = copy_folder(&storage->arena, path);
    e->type = type ? arena_strdup(&storage->arena, type) : NULL;
    e->years = arena_alloc(&storage->arena, sizeof *e->years);
    e->sources = arena_alloc(&storage->arena, sizeof *e->sources);
    char *relative = arena_strdup(&storage->arena, name);
    if (!e->folder || (type && !e->type) || !e->years || !e->sources || !relative) {
        evaluation_free(e);
        return error_nomem(err);
    }
    if (year)
        e->years[e->nyears++] = year;
    e->sources[e->nsources++] = (struct data_source){.table = TABLE_OUTCOMES, .path = relative};
    *out = e;
    return SY_OK;
}

char *evaluation_path(const struct evaluation *e, const char *relative)
{
    size_t folder = strlen(e->folder), len = strlen(relative);
    if (relative[0] == '/' || folder == 0)
        return strdup(relative);
    char *path = malloc(folder + len + 2);
    if (!path)
        return NULL;
    memcpy(path, e->folder, folder);
    bool slash = e->folder[folder - 1] != '/';
    if (slash)
        path[folder] = '/';
    memcpy(path + folder + slash, relative, len + 1);
    return path;
}

sy_status evaluation_none(struct evaluation **out, sy_error *err)
{
    struct evaluation *e = new_evaluation(err);
    if (!e)
        return SY_ENOMEM;
    *out = e;
    return SY_OK;
}
