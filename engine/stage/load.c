/*
 * load.c - finds the files of each source, calls their readers, and matches headers with columns.
 */
#include "stage/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"
#include "base/text.h"
#include "stage/load_path.h"
#include "stage/load_rows.h"

#define DASHES_MAX 12 /* bytes of a cell that may be nothing but dashes */

/* In order of enum field. */
static const char *const field_names[F_COUNT] = {
    "fund",          "year",      "type",   "name",       "department", "part_of", "claimed",
    "claimed_grade", "indicator", "level1", "level2",     "sign",       "target",  "actual",
    "unit",          "weight",    "rating", "completion", "excess",     "note",    "evidence",
    "fact",          "value",     "by",     "reason",     "points",     "cap"};

static enum field find_field(const char *name)
{
    for (int f = 0; f < F_COUNT; f++)
        if (strcmp(field_names[f], name) == 0)
            return (enum field)f;
    return F_EXTRA;
}

/* "fund, indicator, target": what was found, for the message. */
static void list_names(struct buf *out, const sy_text *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        buf_str(out, i ? ", " : "");
        buf_add(out, names[i].bytes, names[i].len);
    }
}

static sy_status miss_column(struct load *l, const char *column, const sy_text *names, uint32_t n,
                             uint32_t line)
{
    struct buf found = {0};
    list_names(&found, names, n);
    sy_status status =
        error_set(l->err, SY_EINPUT, l->path, line, "table %s has no column '%s': found %s",
                  data_table_name(l->source->table), column, buf_text(&found));
    buf_dispose(&found);
    return status;
}

static sy_status check_required(struct load *l, const sy_text *names, uint32_t n, uint32_t line)
{
    enum data_table table = l->source->table;
    if (!l->has[F_FUND] && l->fund.len == 0)
        return miss_column(l, "fund", names, n, line);
    if (table == TABLE_OUTCOMES && !l->has[F_INDICATOR] && !(l->has[F_LEVEL1] && l->has[F_NAME]))
        return miss_column(l, "indicator", names, n, line);
    if (table == TABLE_RATINGS && !l->has[F_INDICATOR])
        return miss_column(l, "indicator", names, n, line);
    if (table == TABLE_RATINGS && !l->has[F_RATING])
        return miss_column(l, "rating", names, n, line);
    if (table == TABLE_FACTS && !l->has[F_FACT])
        return miss_column(l, "fact", names, n, line);
    if (table == TABLE_FACTS && !l->has[F_VALUE])
        return miss_column(l, "value", names, n, line);
    if (table == TABLE_ADJUSTMENTS && !l->has[F_POINTS] && !l->has[F_CAP])
        return miss_column(l, "points' or 'cap", names, n, line);
    return SY_OK;
}

static sy_status use_column(struct load *l, struct column_use *use, const sy_text *name,
                            uint32_t line)
{
    const char *table = data_table_name(l->source->table);
    struct buf bare = {0};
    sy_status status = SY_OK;
    *use = (struct column_use){.field = F_EXTRA, .unit = UNIT_NONE, .word = NO_WORD};
    const char *meaning =
        columns_meaning(l->columns, table, name->bytes, name->len, l->d->units, &use->unit, &bare);
    if (meaning)
        use->field = find_field(meaning);
    if (use->field != F_EXTRA) {
        if (l->has[use->field] && l->constant[use->field].len == 0) {
            status = error_set(l->err, SY_EINPUT, l->path, line,
                               "two columns mean %s: '%.*s' is the second; rename or remove one",
                               field_names[use->field], (int)name->len, name->bytes);
            goto out;
        }
        l->has[use->field] = true;
        l->field_unit[use->field] = use->unit;
    } else if (l->source->table == TABLE_FUNDS && (meaning || bare.len)) {
        const char *fact = meaning ? meaning : buf_text(&bare);
        status = dataset_word(&use->word, l->d, fact, strlen(fact), l->err);
    } else if (bare.len) {
        l->line = line;
        status = load_finding(l, FINDING_UNKNOWN_COLUMN, NO_ENTITY, buf_text(&bare), NULL);
    }
    if (status == SY_OK && bare.failed)
        status = error_nomem(l->err);
out:
    buf_dispose(&bare);
    return status;
}

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    struct load *l = ctx;
    l->err = err;
    l->uses = calloc(n ? n : 1, sizeof *l->uses);
    if (!l->uses)
        return error_nomem(err);
    l->nuses = n;
    for (uint32_t i = 0; i < n; i++) {
        sy_status status = use_column(l, &l->uses[i], &names[i], line);
        if (status != SY_OK)
            return status;
    }
    return check_required(l, names, n, line);
}

static sy_status take_row(struct load *l, const struct cell *row)
{
    switch (l->source->table) {
    case TABLE_FUNDS:
        return load_fund_row(l, row);
    case TABLE_OUTCOMES:
        return load_outcome_row(l);
    case TABLE_FACTS:
        return load_fact_row(l);
    case TABLE_RATINGS:
        return load_rating_row(l);
    default:
        return load_adjustment_row(l);
    }
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f;
}

/* A dash or a stroke alone says that a cell is empty, whatever its column; values keep it as their
 * text. */
static bool is_dash(enum field field, const char *text, size_t len)
{
    unsigned char c = (unsigned char)*text;
    if (len == 0 || len > DASHES_MAX || (c != '-' && c != '/' && c < 0x80))
        return false;
    return field != F_TARGET && field != F_ACTUAL && field != F_VALUE && field != F_EXTRA &&
           value_is_nothing(text, len);
}

static sy_status take_batch(void *ctx, const sy_batch *batch, sy_error *err)
{
    struct load *l = ctx;
    l->err = err;
    struct cell *row = calloc(l->nuses ? l->nuses : 1, sizeof *row);
    if (!row)
        return error_nomem(err);
    sy_status status = SY_OK;
    memcpy(l->cells, l->constant, sizeof l->cells);
    for (uint32_t r = 0; r < batch->nrows && status == SY_OK; r++) {
        bool empty = true;
        for (uint32_t c = 0; c < l->nuses; c++) {
            uint32_t len = batch->length[c][r];
            const char *text = batch->base + batch->offset[c][r];
            size_t trimmed = len == SY_CELL_ABSENT ? 0 : len;
            /* Most cells have plain ends: only others are worth a call. */
            if (trimmed && (!is_plain(text[0]) || !is_plain(text[trimmed - 1])))
                text_trim(&text, &trimmed);
            enum field field = l->uses[c].field;
            row[c] = (struct cell){text, is_dash(field, text, trimmed) ? 0 : trimmed};
            empty = empty && trimmed == 0;
            if (field != F_EXTRA)
                l->cells[field] = l->constant[field].len ? l->constant[field] : row[c];
        }
        l->line = batch->line[r];
        if (!empty)
            status = take_row(l, row);
    }
    free(row);
    return status;
}

/* A column that is a fact of the funds table gets one value for the whole source. */
static sy_status keep_constant_fact(struct load *l, const char *name, uint32_t unit,
                                    const char *value)
{
    struct constant_fact *fact = &l->constant_facts[l->nconstant_facts++];
    *fact = (struct constant_fact){{value, strlen(value)}, unit, NO_WORD};
    return dataset_word(&fact->word, l->d, name, strlen(name), l->err);
}

static bool is_reader_option(const sy_reader *reader, const char *key)
{
    for (const char *const *o = reader->options; o && *o; o++)
        if (strcmp(*o, key) == 0)
            return true;
    return strcmp(key, "encoding") == 0;
}

static bool is_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 && text[0] != '0';
}

/* A key that is neither a column nor an option: what was meant may be either. */
static sy_status refuse_option(const struct load *l, const struct data_option *option,
                               const sy_reader *reader)
{
    static const char *const own[] = {"path", "reader", "encoding"};
    size_t n, noptions = 0;
    const char *table = data_table_name(l->source->table);
    const char *const *names = columns_of(l->columns, table, &n);
    while (reader->options && reader->options[noptions])
        noptions++;
    const char *near = suggest(option->key, own, sizeof own / sizeof *own);
    if (!near)
        near = suggest(option->key, reader->options, noptions);
    if (!near)
        near = suggest(option->key, names, n);
    return error_set(l->err, SY_EINPUT, l->e->ini, option->line,
                     "'%s' is neither a column of %s nor an option of the reader %s%s%s%s",
                     option->key, table, reader->name, near ? ": did you mean '" : "",
                     near ? near : "", near ? "'?" : "");
}

/* Splits the keys of a [data …] section into constants of columns and options of the reader. */
static sy_status sort_options(struct load *l, const sy_reader *reader, struct plug_option *options,
                              size_t *noptions)
{
    const struct data_source *s = l->source;
    l->constant_facts = calloc(s->noptions + 1, sizeof *l->constant_facts);
    if (!l->constant_facts)
        return error_nomem(l->err);
    for (size_t i = 0; i < s->noptions; i++) {
        const struct data_option *option = &s->options[i];
        struct buf bare = {0};
        uint32_t unit = UNIT_NONE;
        sy_status status = SY_OK;
        const char *meaning = columns_meaning(l->columns, data_table_name(s->table), option->key,
                                              strlen(option->key), l->d->units, &unit, &bare);
        buf_dispose(&bare);
        enum field field = meaning ? find_field(meaning) : F_EXTRA;
        if (is_reader_option(reader, option->key)) {
            options[(*noptions)++] = (struct plug_option){option->key, option->value};
        } else if (field == F_YEAR && !is_year(option->value)) {
            status = error_set(l->err, SY_EINPUT, l->e->ini, option->line,
                               "year '%s' is no year such as 2019", option->value);
        } else if (field != F_EXTRA) {
            l->constant[field] = (struct cell){option->value, strlen(option->value)};
            l->has[field] = true;
        } else if (meaning && s->table == TABLE_FUNDS) {
            status = keep_constant_fact(l, meaning, unit, option->value);
        } else {
            status = refuse_option(l, option, reader);
        }
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

static sy_status choose_reader(const sy_reader **out, const struct data_source *s,
                               const struct evaluation *e, const struct plug_registry *plugins,
                               const char *path, sy_error *err)
{
    if (!s->reader)
        return plug_reader_for(out, plugins, path, err);
    *out = plug_reader(plugins, s->reader);
    if (*out)
        return SY_OK;
    return error_set(err, SY_EINPUT, e->ini, s->line, "no reader is called '%s': there is %s",
                     s->reader, plug_reader_names(plugins));
}

static void dispose_load(struct load *l)
{
    free(l->uses);
    free(l->constant_facts);
    buf_dispose(&l->path_buf);
    buf_dispose(&l->label_buf);
    buf_dispose(&l->text_buf);
}

/* A file's path as shown: without the evaluation's folder. */
static const char *show_path(const struct evaluation *e, const char *path)
{
    size_t folder = strlen(e->folder);
    if (folder == 0 || strncmp(path, e->folder, folder) != 0)
        return path;
    if (path[folder] == '/')
        return path + folder + 1;
    return e->folder[folder - 1] == '/' ? path + folder : path;
}

static sy_status remember_input(struct dataset *d, uint32_t file, sy_error *err)
{
    void *array = d->inputs;
    bool room = dataset_grow(&array, &d->inputs_cap, d->ninputs, sizeof *d->inputs);
    d->inputs = array;
    if (!room)
        return error_nomem(err);
    d->inputs[d->ninputs++] = file;
    return SY_OK;
}

static sy_status load_file(struct load *l, const struct plug_registry *plugins)
{
    const sy_reader *reader;
    struct plug_option *options = NULL;
    size_t noptions = 0;
    const char *shown = show_path(l->e, l->path);
    sy_status status = dataset_word(&l->file, l->d, shown, strlen(shown), l->err);
    if (status == SY_OK)
        status = remember_input(l->d, l->file, l->err);
    if (status == SY_OK && !file_exists(l->path))
        status = l->e->ini ? error_set(l->err, SY_EFILE, l->path, 0, "no such file: %s:%u names it",
                                       l->e->ini, (unsigned)l->source->line)
                           : error_set(l->err, SY_EFILE, l->path, 0, "no such file");
    if (status == SY_OK)
        status = choose_reader(&reader, l->source, l->e, plugins, l->path, l->err);
    if (status != SY_OK)
        goto out;
    options = calloc(l->source->noptions + 1, sizeof *options);
    if (!options) {
        status = error_nomem(l->err);
        goto out;
    }
    status = sort_options(l, reader, options, &noptions);
    if (status != SY_OK)
        goto out;
    struct plug_sink sink = {take_header, take_batch, l};
    status = plug_read(reader, l->path, options, noptions, &sink, l->err);
out:
    free(options);
    dispose_load(l);
    return status;
}

/* A single data file's fund is its name without the extension. */
static struct cell name_fund(const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(name, '.');
    return (struct cell){name, dot && dot != name ? (size_t)(dot - name) : strlen(name)};
}

struct expansion {
    struct dataset *d;
    const struct evaluation *e;
    const struct plug_registry *plugins;
    const struct columns *columns;
    const struct data_source *source;
    sy_error *err;
};

static sy_status load_paths(const struct expansion *x, const char *pattern, int year, char **paths,
                            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct load l = {.d = x->d,
                         .e = x->e,
                         .columns = x->columns,
                         .source = x->source,
                         .path = paths[i],
                         .year = year,
                         .last_fund = NO_WORD,
                         .last_entity = NO_ENTITY,
                         .err = x->err};
        for (int f = 0; f < F_COUNT; f++)
            l.field_unit[f] = UNIT_NONE;
        if (!x->e->ini)
            l.fund = name_fund(paths[i]);
        load_path_fund(&l.fund, pattern, paths[i]);
        sy_status status = load_file(&l, x->plugins);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

static sy_status load_source(const struct expansion *x, int year)
{
    char **paths = NULL;
    size_t n = 0;
    sy_status status = SY_OK;
    char *pattern = load_path_fill(x->source->path, year, "{fund}");
    char *glob = pattern ? load_path_fill(pattern, 0, "*") : NULL;
    char *path = glob ? evaluation_path(x->e, glob) : NULL;
    if (!path) {
        status = error_nomem(x->err);
        goto out;
    }
    status = x->e->ini ? file_glob(&paths, &n, path, x->err) : SY_OK;
    if (status != SY_OK)
        goto out;
    if (!x->e->ini) /* the user named this very file: a `*` in it is a letter */
        status = load_paths(x, "", year, &path, 1);
    else if (n == 0)
        status = error_set(x->err, SY_EFILE, path, 0, "no file matches: %s:%u names it", x->e->ini,
                           (unsigned)x->source->line);
    else
        status = load_paths(x, pattern, year, paths, n);
out:
    file_glob_free(paths, n);
    free(path);
    free(glob);
    free(pattern);
    return status;
}

sy_status load_run(struct dataset *d, const struct evaluation *e,
                   const struct plug_registry *plugins, const struct columns *columns,
                   sy_error *err)
{
    for (size_t i = 0; i < e->nsources; i++) {
        struct expansion x = {d, e, plugins, columns, &e->sources[i], err};
        bool yearly = e->ini && strstr(e->sources[i].path, "{year}") != NULL;
        for (size_t y = 0; y < (yearly ? e->nyears : 1); y++) {
            sy_status status = load_source(&x, yearly ? e->years[y] : 0);
            if (status != SY_OK)
                return status;
        }
    }
    return SY_OK;
}
