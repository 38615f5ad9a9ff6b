/*
 * dataset.c - the loaded tables: growing columns, interned words, findings with places.
 */
#include "model/dataset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

sy_status dataset_init(struct dataset *d, struct units *units, sy_error *err)
{
    *d = (struct dataset){.units = units};
    buf_char(&d->cells, '\0');
    return d->cells.failed ? error_nomem(err) : SY_OK;
}

static void dispose_outcomes(struct outcomes *o)
{
    free(o->entity);
    free(o->path);
    free(o->file);
    free(o->line);
    free(o->target);
    free(o->actual);
    free(o->target_text);
    free(o->actual_text);
    free(o->pair);
    free(o->sign);
    free(o->flags);
    for (int i = 0; i < OUTCOME_NUMBERS; i++)
        free(o->numbers[i]);
    for (int i = 0; i < OUTCOME_WORDS; i++)
        free(o->words[i]);
}

void dataset_dispose(struct dataset *d)
{
    pool_dispose(&d->words);
    pool_dispose(&d->paths);
    buf_dispose(&d->cells);
    free(d->entities);
    map_dispose(&d->entity_index);
    free(d->facts);
    map_dispose(&d->fact_index);
    dispose_outcomes(&d->outcomes);
    free(d->ratings);
    free(d->adjustments);
    free(d->brackets);
    free(d->budgets);
    free(d->inputs);
    findings_dispose(&d->findings);
    *d = (struct dataset){0};
}

static void drop_rare_columns(struct outcomes *o)
{
    for (int i = 0; i < OUTCOME_NUMBERS; i++) {
        free(o->numbers[i]);
        o->numbers[i] = NULL;
    }
    for (int i = 0; i < OUTCOME_WORDS; i++) {
        free(o->words[i]);
        o->words[i] = NULL;
    }
}

void dataset_clear(struct dataset *d, bool keep_words)
{
    if (!keep_words) {
        pool_clear(&d->words);
        pool_clear(&d->paths);
    }
    d->cells.len = 1; /* "" at offset 0 */
    d->nentities = 0;
    map_clear(&d->entity_index);
    d->nfacts = 0;
    map_clear(&d->fact_index);
    d->outcomes.count = 0;
    drop_rare_columns(&d->outcomes);
    d->nratings = d->nadjustments = d->nbrackets = d->nbudgets = d->ninputs = 0;
    findings_clear(&d->findings);
}

bool dataset_grow(void **array, uint32_t *cap, uint32_t count, size_t size)
{
    if (count < *cap)
        return true;
    uint64_t next = *cap ? (uint64_t)*cap * 2 : 64;
    if (next >= UINT32_MAX)
        return false;
    void *grown = realloc(*array, (size_t)next * size);
    if (!grown)
        return false;
    *array = grown;
    *cap = (uint32_t)next;
    return true;
}

sy_status dataset_word(uint32_t *out, struct dataset *d, const char *bytes, size_t len,
                       sy_error *err)
{
    uint32_t id = pool_intern(&d->words, bytes, len);
    if (id == POOL_NONE)
        return error_nomem(err);
    *out = id;
    return SY_OK;
}

sy_status dataset_cell(uint32_t *out, struct dataset *d, const char *bytes, size_t len,
                       sy_error *err)
{
    if (len == 0) {
        *out = 0;
        return SY_OK;
    }
    size_t at = d->cells.len;
    if (at + len + 1 >= UINT32_MAX)
        return error_set(err, SY_ENOMEM, NULL, 0, "more than 4 GiB of cells: split the evaluation");
    buf_add(&d->cells, bytes, len);
    buf_char(&d->cells, '\0');
    if (d->cells.failed)
        return error_nomem(err);
    *out = (uint32_t)at;
    return SY_OK;
}

const char *dataset_text(const struct dataset *d, uint32_t word)
{
    return word == NO_WORD ? "" : pool_text(&d->words, word);
}

uint32_t dataset_find_entity(const struct dataset *d, uint32_t fund, int year)
{
    return map_get(&d->entity_index, map_key(fund, (uint32_t)year));
}

sy_status dataset_entity(uint32_t *out, struct dataset *d, uint32_t fund, int year,
                         struct place place, sy_error *err)
{
    uint32_t id = dataset_find_entity(d, fund, year);
    if (id == MAP_NONE) {
        void *array = d->entities;
        bool room = dataset_grow(&array, &d->entities_cap, d->nentities, sizeof *d->entities);
        d->entities = array;
        if (!room || !map_put(&d->entity_index, map_key(fund, (uint32_t)year), d->nentities))
            return error_nomem(err);
        id = d->nentities++;
        d->entities[id] = (struct entity){.fund = fund,
                                          .year = year,
                                          .name = NO_WORD,
                                          .type = NO_WORD,
                                          .department = NO_WORD,
                                          .part_of = NO_WORD,
                                          .claimed_grade = NO_WORD,
                                          .claimed = NAN,
                                          .place = place};
    }
    *out = id;
    return SY_OK;
}

static sy_status report_duplicate_fact(struct dataset *d, const struct fact *fact,
                                       const struct fact *first, sy_error *err)
{
    return dataset_find(d,
                        &(struct finding_at){.code = FINDING_DUPLICATE_KEY,
                                             .entity = fact->entity,
                                             .path = NO_WORD,
                                             .place = fact->place,
                                             .first = &first->place,
                                             .text = dataset_text(d, fact->name)},
                        err);
}

sy_status dataset_keep_fact(struct dataset *d, const struct fact *fact, sy_error *err)
{
    void *array = d->facts;
    bool room = dataset_grow(&array, &d->facts_cap, d->nfacts, sizeof *d->facts);
    d->facts = array;
    if (!room)
        return error_nomem(err);
    d->facts[d->nfacts++] = *fact;
    return SY_OK;
}

sy_status dataset_add_fact(struct dataset *d, const struct fact *fact, sy_error *err)
{
    uint64_t key = map_key(fact->entity, fact->name);
    uint32_t first = map_get(&d->fact_index, key);
    if (first != MAP_NONE)
        return report_duplicate_fact(d, fact, &d->facts[first], err);
    if (!map_put(&d->fact_index, key, d->nfacts))
        return error_nomem(err);
    return dataset_keep_fact(d, fact, err);
}

const struct fact *dataset_fact(const struct dataset *d, uint32_t entity, const char *name)
{
    uint32_t word = pool_find(&d->words, name, strlen(name));
    if (word == POOL_NONE)
        return NULL;
    uint32_t row = map_get(&d->fact_index, map_key(entity, word));
    return row == MAP_NONE ? NULL : &d->facts[row];
}

static bool grow_column(void **column, uint32_t cap, size_t size)
{
    void *grown = realloc(*column, (size_t)cap * size);
    if (grown)
        *column = grown;
    return grown != NULL;
}

/* A rare column from `old` rows to `cap`; new rows have nothing. */
static bool grow_numbers(double **column, uint32_t old, uint32_t cap)
{
    void *grown = *column;
    if (!grow_column(&grown, cap, sizeof **column))
        return false;
    *column = grown;
    for (uint32_t i = old; i < cap; i++)
        (*column)[i] = NAN;
    return true;
}

static bool grow_words(uint32_t **column, uint32_t old, uint32_t cap)
{
    void *grown = *column;
    if (!grow_column(&grown, cap, sizeof **column))
        return false;
    *column = grown;
    for (uint32_t i = old; i < cap; i++)
        (*column)[i] = NO_WORD;
    return true;
}

double outcome_number(const struct dataset *d, enum outcome_number column, uint32_t row)
{
    const double *numbers = d->outcomes.numbers[column];
    return row == NO_ROW || !numbers ? NAN : numbers[row];
}

uint32_t outcome_word(const struct dataset *d, enum outcome_word column, uint32_t row)
{
    const uint32_t *words = d->outcomes.words[column];
    return row == NO_ROW || !words ? NO_WORD : words[row];
}

const char *outcome_note(const struct dataset *d, uint32_t row)
{
    uint32_t at = outcome_word(d, OUTCOME_NOTE, row);
    return at == NO_WORD ? "" : d->cells.data + at;
}

sy_status outcome_set_number(struct dataset *d, enum outcome_number column, uint32_t row,
                             double value, sy_error *err)
{
    struct outcomes *o = &d->outcomes;
    if (isnan(value))
        return SY_OK;
    if (!o->numbers[column] && !grow_numbers(&o->numbers[column], 0, o->cap))
        return error_nomem(err);
    o->numbers[column][row] = value;
    return SY_OK;
}

sy_status outcome_set_word(struct dataset *d, enum outcome_word column, uint32_t row,
                           uint32_t value, sy_error *err)
{
    struct outcomes *o = &d->outcomes;
    if (value == NO_WORD)
        return SY_OK;
    if (!o->words[column] && !grow_words(&o->words[column], 0, o->cap))
        return error_nomem(err);
    o->words[column][row] = value;
    return SY_OK;
}

static bool grow_outcomes(struct outcomes *o, uint64_t rows)
{
    uint64_t next = o->cap ? (uint64_t)o->cap + o->cap / 2 : 1024;
    while (next < rows)
        next += next / 2;
    if (next >= UINT32_MAX)
        return false;
    uint32_t cap = (uint32_t)next;
#define COLUMN(field)                                             \
    do {                                                          \
        void *column = o->field;                                  \
        bool grown = grow_column(&column, cap, sizeof *o->field); \
        o->field = column;                                        \
        if (!grown)                                               \
            return false;                                         \
    } while (0)
    COLUMN(entity);
    COLUMN(path);
    COLUMN(file);
    COLUMN(line);
    COLUMN(target);
    COLUMN(actual);
    COLUMN(target_text);
    COLUMN(actual_text);
    COLUMN(pair);
    COLUMN(sign);
    COLUMN(flags);
#undef COLUMN
    for (int i = 0; i < OUTCOME_NUMBERS; i++)
        if (o->numbers[i] && !grow_numbers(&o->numbers[i], o->cap, cap))
            return false;
    for (int i = 0; i < OUTCOME_WORDS; i++)
        if (o->words[i] && !grow_words(&o->words[i], o->cap, cap))
            return false;
    o->cap = cap;
    return true;
}

bool dataset_reserve_outcomes(struct dataset *d, uint32_t more)
{
    struct outcomes *o = &d->outcomes;
    uint64_t rows = (uint64_t)o->count + more;
    return rows <= o->cap || grow_outcomes(o, rows);
}

sy_status dataset_add_outcome(uint32_t *out, struct dataset *d, sy_error *err)
{
    struct outcomes *o = &d->outcomes;
    if (!dataset_reserve_outcomes(d, 1))
        return error_nomem(err);
    uint32_t row = o->count++;
    o->target[row] = (struct value){.unit = UNIT_NONE};
    o->actual[row] = (struct value){.unit = UNIT_NONE};
    o->target_text[row] = o->actual_text[row] = 0;
    o->pair[row] = o->sign[row] = o->flags[row] = 0;
    *out = row;
    return SY_OK;
}

sy_status finding_at_add(struct findings *f, const struct finding_at *what, enum severity severity,
                         sy_error *err)
{
    struct finding row = {.entity = what->entity,
                          .path = what->path,
                          .file = what->place.file,
                          .line = what->place.line,
                          .code = (uint8_t)what->code,
                          .severity = (uint8_t)severity};
    struct finding_detail detail = {.text = what->text,
                                    .text2 = what->text2,
                                    .a = what->a,
                                    .b = what->b,
                                    .elsewhere = what->first != NULL,
                                    .file = what->first ? what->first->file : NO_WORD,
                                    .line = what->first ? what->first->line : 0,
                                    .plain = what->plain};
    return findings_add(f, &row, &detail, err);
}

sy_status dataset_find(struct dataset *d, const struct finding_at *what, sy_error *err)
{
    return finding_at_add(&d->findings, what, finding_severity(what->code), err);
}

const char *dataset_finding_path(const struct dataset *d, const struct finding *row)
{
    return row->path == FINDING_NOWHERE ? NULL : pool_text(&d->paths, row->path);
}

void dataset_message(struct buf *out, const struct dataset *d, const struct finding *row, bool zh)
{
    struct finding_detail detail;
    findings_detail(&detail, &d->findings, row);
    const struct entity *e = row->entity == FINDING_NOWHERE ? NULL : &d->entities[row->entity];
    struct finding_names names = {.fund = e ? dataset_text(d, e->fund) : NULL,
                                  .year = e ? e->year : 0,
                                  .indicator = dataset_finding_path(d, row),
                                  .file2 =
                                      detail.elsewhere ? pool_text(&d->words, detail.file) : NULL};
    finding_message(out, row, &detail, &names, zh);
}
