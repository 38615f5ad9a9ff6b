/*
 * load_columns.c - matches the header of a file with the columns of its table, and sorts the keys
 * of its [data …] section into columns and options of the reader.
 */
#include "stage/load_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "table/place.h"

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
        if (names[i].len == 0)
            continue;
        buf_str(out, out->len ? ", " : "");
        buf_add(out, names[i].bytes, names[i].len);
    }
}

/* What may have gone wrong where the header is one cell: the title of a printed table stands there,
 * or the columns are separated by something else. */
static const char *guess_cause(const sy_text *names, uint32_t n)
{
    uint32_t filled = 0;
    const sy_text *last = NULL;
    for (uint32_t i = 0; i < n; i++) {
        filled += names[i].len > 0;
        last = names[i].len > 0 ? &names[i] : last;
    }
    if (filled != 1)
        return "";
    if (n == 1 && memchr(last->bytes, ';', last->len))
        return "; the columns seem to be separated by semicolons: say delimiter = semicolon in "
               "evaluation.ini";
    return "; a title seems to stand above the header: delete it, or name the header's line with "
           "header_row in evaluation.ini";
}

/* `what` is the column as the message names it, `column` the one whose other names are listed. */
static sy_status miss_column(struct load *l, const char *what, const char *column,
                             const sy_text *names, uint32_t n, uint32_t line)
{
    struct buf found = {0}, known = {0};
    list_names(&found, names, n);
    const char *table = data_table_name(l->source->table);
    columns_aliases(&known, l->columns, table, column);
    if (strcmp(column, "level1") == 0) { /* which is of no use without the other */
        buf_str(&known, "; ");
        columns_aliases(&known, l->columns, table, "name");
    }
    sy_status status =
        error_set(l->err, SY_EINPUT, l->path, line, "table %s has no column %s%s%s%s: found %s%s",
                  table, what, known.len ? " (" : "", buf_text(&known), known.len ? ")" : "",
                  buf_text(&found), guess_cause(names, n));
    buf_dispose(&found);
    buf_dispose(&known);
    return status;
}

static sy_status check_required(struct load *l, const sy_text *names, uint32_t n, uint32_t line)
{
    enum data_table table = l->source->table;
    if (!l->has[F_FUND] && l->fund.len == 0)
        return miss_column(l, "'fund'", "fund", names, n, line);
    if (table == TABLE_OUTCOMES && !l->has[F_INDICATOR] && !(l->has[F_LEVEL1] && l->has[F_NAME]))
        return miss_column(l, "'indicator', nor 'level1' and 'name'",
                           l->has[F_LEVEL1] ? "name" : "level1", names, n, line);
    if (table == TABLE_RATINGS && !l->has[F_INDICATOR])
        return miss_column(l, "'indicator'", "indicator", names, n, line);
    if (table == TABLE_RATINGS && !l->has[F_RATING])
        return miss_column(l, "'rating'", "rating", names, n, line);
    if (table == TABLE_FACTS && !l->has[F_FACT])
        return miss_column(l, "'fact'", "fact", names, n, line);
    if (table == TABLE_FACTS && !l->has[F_VALUE])
        return miss_column(l, "'value'", "value", names, n, line);
    if (table == TABLE_ADJUSTMENTS && !l->has[F_POINTS] && !l->has[F_CAP])
        return miss_column(l, "'points' or 'cap'", "points", names, n, line);
    return SY_OK;
}

/* A column that means nothing, with the name that was probably meant. */
static sy_status report_column(struct load *l, const char *table, const char *name)
{
    struct buf hint = {0};
    const char *near = columns_near(l->columns, table, name);
    if (near)
        buf_printf(&hint, " (%s?)", near);
    sy_status status =
        hint.failed ? error_nomem(l->err)
                    : load_finding(l, FINDING_UNKNOWN_COLUMN, NO_ENTITY, name, buf_text(&hint));
    buf_dispose(&hint);
    return status;
}

/* Errors of a sheet name its cell: "plan.xlsx!Sheet1!A3". */
static sy_status place_header(struct load *l, uint32_t row, uint32_t column)
{
    struct buf sheet = {0}, place = {0};
    const char *end = strrchr(buf_text(&l->shown), '!');
    buf_add(&sheet, buf_text(&l->shown), end ? (size_t)(end - buf_text(&l->shown)) + 1 : 0);
    place_print(&place, buf_text(&sheet), place_cell(column, row));
    place.failed = place.failed || sheet.failed;
    buf_dispose(&sheet);
    buf_clear(&l->shown);
    buf_add(&l->shown, buf_text(&place), place.len);
    const bool failed = place.failed || l->shown.failed;
    buf_dispose(&place);
    l->path = buf_text(&l->shown);
    return failed ? error_nomem(l->err) : SY_OK;
}

static sy_status use_column(struct load *l, struct column_use *use, const sy_text *name,
                            uint32_t line, uint32_t row)
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
            if (l->first_column)
                status = place_header(l, row, l->first_column + (uint32_t)(use - l->uses));
            status =
                status != SY_OK
                    ? status
                    : error_set(l->err, SY_EINPUT, l->path, line,
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
        l->line = row;
        l->at_column = l->first_column ? l->first_column + (uint32_t)(use - l->uses) : 0;
        status = report_column(l, table, buf_text(&bare));
        l->at_column = 0;
    }
    if (status == SY_OK && bare.failed)
        status = error_nomem(l->err);
out:
    buf_dispose(&bare);
    return status;
}

/* The header's cells, as rows are read: without blanks around. */
static sy_status keep_names(struct load *l, const sy_text *names, uint32_t n)
{
    buf_clear(&l->header);
    for (uint32_t i = 0; i < n; i++) {
        const char *text = names[i].bytes;
        size_t len = names[i].len;
        text_trim(&text, &len);
        l->uses[i].name_at = l->header.len;
        l->uses[i].name_len = len;
        buf_add(&l->header, text, len);
    }
    return l->header.failed ? error_nomem(l->err) : SY_OK;
}

bool load_repeats_header(const struct load *l, const struct cell *row)
{
    for (uint32_t c = 0; c < l->nuses; c++) {
        const struct column_use *use = &l->uses[c];
        if (row[c].len != use->name_len ||
            (use->name_len && memcmp(row[c].text, l->header.data + use->name_at, use->name_len)))
            return false;
    }
    return l->nuses > 1;
}

/* Where each field stands, and which of them a row is told by. */
static sy_status place_fields(struct load *l)
{
    static const enum field keys[TABLE_COUNT] = {[TABLE_FUNDS] = F_FUND,
                                                 [TABLE_OUTCOMES] = F_ACTUAL,
                                                 [TABLE_FACTS] = F_VALUE,
                                                 [TABLE_RATINGS] = F_RATING,
                                                 [TABLE_ADJUSTMENTS] = F_POINTS};
    if (!l->first_column)
        return SY_OK;
    for (uint32_t c = 0; c < l->nuses; c++)
        if (l->uses[c].field < F_COUNT && l->constant[l->uses[c].field].len == 0)
            l->field_column[l->uses[c].field] = l->first_column + c;
    const uint32_t key = l->field_column[keys[l->source->table]];
    l->key_column = key ? key : l->first_column;
    const struct sheet_columns sheet = {.file = l->file,
                                        .actual = l->key_column,
                                        .target = l->field_column[F_TARGET],
                                        .weight = l->field_column[F_WEIGHT],
                                        .rating = l->field_column[F_RATING]};
    return l->source->table == TABLE_OUTCOMES ? dataset_add_sheet(l->d, &sheet, l->err) : SY_OK;
}

sy_status load_header(struct load *l, const sy_text *names, uint32_t n, uint32_t line)
{
    const uint32_t row = line;
    if (l->first_column && place_header(l, row, l->first_column) != SY_OK)
        return SY_ENOMEM;
    line = l->first_column ? 0 : line;
    l->uses = calloc(n ? n : 1, sizeof *l->uses);
    if (!l->uses)
        return error_nomem(l->err);
    l->nuses = n;
    for (uint32_t i = 0; i < n; i++) {
        sy_status status = use_column(l, &l->uses[i], &names[i], line, row);
        if (status != SY_OK)
            return status;
    }
    sy_status status = keep_names(l, names, n);
    if (status == SY_OK)
        status = check_required(l, names, n, line);
    return status == SY_OK ? place_fields(l) : status;
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

/* What a server is reached by. */
static bool says_who(const char *key)
{
    static const char *const keys[] = {"password", "passwd", "passfile", "user",   "username",
                                       "host",     "port",   "dbname",   "sslkey", "sslpassword"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* A key that is neither a column nor an option: what was meant may be either. */
static sy_status refuse_option(const struct load *l, const struct data_option *option,
                               const sy_reader *reader)
{
    static const char *const own[] = {"path", "reader", "encoding"};
    size_t n, noptions = 0;
    const char *table = data_table_name(l->source->table);
    if ((reader->flags & SY_READS_NO_FILE) && says_who(option->key))
        return error_set(l->err, SY_EINPUT, l->e->ini, option->line,
                         "'%s' does not belong in an evaluation: where %s is found, and who asks, "
                         "is said by a service file, ~/.pgpass or the environment",
                         option->key, reader->name);
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

/* A reader of sources that hold several tables takes the one that is called like ours, unless a
 * query says what is read. */
static void name_table(const struct load *l, const sy_reader *reader, struct plug_option *options,
                       size_t *noptions)
{
    bool given = !is_reader_option(reader, "table");
    for (size_t i = 0; i < *noptions; i++)
        given =
            given || strcmp(options[i].name, "table") == 0 || strcmp(options[i].name, "query") == 0;
    if (!given)
        options[(*noptions)++] = (struct plug_option){"table", data_table_name(l->source->table)};
}

/* Splits the keys of a [data …] section into constants of columns and options of the reader. */
sy_status load_options(struct load *l, const sy_reader *reader, struct plug_option *options,
                       size_t *noptions)
{
    const struct data_source *s = l->source;
    *noptions = 0;
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
        bool known = !bare.failed;
        buf_dispose(&bare);
        if (!known)
            return error_nomem(l->err);
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
    name_table(l, reader, options, noptions);
    return SY_OK;
}
