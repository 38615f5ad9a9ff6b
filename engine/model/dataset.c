/*
 * dataset.c - the loaded tables: growing columns, interned words, findings with places.
 */
#include "model/dataset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pages.h"

#define FACTS_FEW 16 /* of one fund, that are looked through */

sy_status dataset_init(struct dataset *d, struct units *units, sy_error *err)
{
    *d = (struct dataset){.units = units};
    buf_char(&d->cells, '\0');
    return d->cells.failed ? error_nomem(err) : SY_OK;
}

void dataset_dispose(struct dataset *d)
{
    pool_dispose(&d->words);
    pool_dispose(&d->paths);
    buf_dispose(&d->cells);
    free(d->entities);
    entity_index_dispose(&d->entity_index);
    free(d->facts);
    free(d->fact_highs);
    map_dispose(&d->fact_index);
    outcomes_dispose(&d->outcomes);
    free(d->ratings);
    free(d->adjustments);
    free(d->brackets);
    free(d->budgets);
    free(d->sheets);
    free(d->inputs);
    findings_dispose(&d->findings);
    *d = (struct dataset){0};
}

void dataset_clear(struct dataset *d, bool keep_words)
{
    if (!keep_words) {
        pool_clear(&d->words);
        pool_clear(&d->paths);
    }
    d->cells.len = 1; /* "" at offset 0 */
    d->nentities = 0;
    d->has_parts = false;
    entity_index_clear(&d->entity_index);
    d->nfacts = 0;
    free(d->fact_highs);
    d->fact_highs = NULL;
    d->highs_cap = 0;
    map_clear(&d->fact_index);
    outcomes_clear(&d->outcomes, keep_words);
    d->nratings = d->nadjustments = d->nbrackets = d->nbudgets = d->nsheets = d->ninputs = 0;
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

static void expect_rows(void **array, uint32_t *cap, uint32_t count, uint64_t more, size_t size)
{
    const uint64_t rows = count + more;
    void *grown = rows > *cap && rows < UINT32_MAX ? realloc(*array, (size_t)rows * size) : NULL;
    if (!grown)
        return;
    *array = grown;
    *cap = (uint32_t)rows;
}

void dataset_expect(struct dataset *d, uint64_t entities, uint64_t facts)
{
    void *array = d->entities;
    expect_rows(&array, &d->entities_cap, d->nentities, entities, sizeof *d->entities);
    d->entities = array;
    array = d->facts;
    expect_rows(&array, &d->facts_cap, d->nfacts, facts, sizeof *d->facts);
    d->facts = array;
    entity_index_expect(&d->entity_index, d->entities, d->nentities + entities);
}

void dataset_touch(struct dataset *d, uint32_t entities, uint32_t facts)
{
    if (entities <= d->entities_cap - d->nentities)
        pages_expect(d->entities + d->nentities, entities * sizeof *d->entities);
    if (facts <= d->facts_cap - d->nfacts)
        pages_expect(d->facts + d->nfacts, facts * sizeof *d->facts);
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
    return entity_index_find(&d->entity_index, d->entities, fund, year);
}

sy_status dataset_add_entity(uint32_t *out, struct dataset *d, uint32_t fund, int year,
                             struct place place, sy_error *err)
{
    void *array = d->entities;
    const bool room = dataset_grow(&array, &d->entities_cap, d->nentities, sizeof *d->entities);
    d->entities = array;
    if (!room)
        return error_nomem(err);
    d->entities[d->nentities] = (struct entity){.fund = fund,
                                                .year = year,
                                                .name = NO_WORD,
                                                .type = NO_WORD,
                                                .department = NO_WORD,
                                                .part_of = NO_WORD,
                                                .claimed_grade = NO_WORD,
                                                .first_fact = NO_ROW,
                                                .claimed = NAN,
                                                .place = place};
    *out = d->nentities++;
    return SY_OK;
}

sy_status dataset_entity(uint32_t *out, struct dataset *d, uint32_t fund, int year,
                         struct place place, sy_error *err)
{
    *out = dataset_find_entity(d, fund, year);
    if (*out != NO_ENTITY)
        return SY_OK;
    sy_status status = dataset_add_entity(out, d, fund, year, place, err);
    if (status == SY_OK && !entity_index_add(&d->entity_index, d->entities, *out)) {
        d->nentities--;
        status = error_nomem(err);
    }
    return status;
}

const struct fact *dataset_fact_of(const struct dataset *d, uint32_t entity, uint32_t name)
{
    const struct entity *e = &d->entities[entity];
    if (e->nfacts > FACTS_FEW) {
        const uint32_t row = map_get(&d->fact_index, map_key(entity, name));
        return row == MAP_NONE ? NULL : &d->facts[row];
    }
    for (uint32_t row = e->first_fact; row != NO_ROW; row = d->facts[row].next)
        if (d->facts[row].name == name)
            return &d->facts[row];
    return NULL;
}

double dataset_fact_high(const struct dataset *d, uint32_t row)
{
    return row < d->highs_cap ? d->fact_highs[row] : 0;
}

struct value fact_value(const struct dataset *d, const struct fact *fact)
{
    return value_from(&fact->shape, fact->num, dataset_fact_high(d, (uint32_t)(fact - d->facts)));
}

const char *fact_text(struct value_text *room, const struct dataset *d, const struct fact *fact)
{
    return fact->text == FACT_PLAIN ? outcomes_plain_text(room, fact->num, fact->shape.places)
                                    : d->cells.data + fact->text;
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

/* Ranges are rare: facts behind the last one have none. */
static bool set_fact_high(struct dataset *d, uint32_t row, double hi)
{
    if (row >= d->highs_cap && hi != 0) {
        double *highs = realloc(d->fact_highs, d->facts_cap * sizeof *highs);
        if (!highs)
            return false;
        memset(highs + d->highs_cap, 0, (d->facts_cap - d->highs_cap) * sizeof *highs);
        d->fact_highs = highs;
        d->highs_cap = d->facts_cap;
    }
    if (row < d->highs_cap)
        d->fact_highs[row] = hi;
    return true;
}

sy_status dataset_keep_fact(struct dataset *d, const struct fact *fact, double hi, sy_error *err)
{
    void *array = d->facts;
    const bool room = dataset_grow(&array, &d->facts_cap, d->nfacts, sizeof *d->facts);
    d->facts = array;
    if (!room || !set_fact_high(d, d->nfacts, hi))
        return error_nomem(err);
    d->facts[d->nfacts++] = *fact;
    return SY_OK;
}

/* After a fact was added: funds with many have theirs in the index. */
static bool index_facts(struct dataset *d, uint32_t entity)
{
    struct entity *e = &d->entities[entity];
    const bool all = ++e->nfacts == FACTS_FEW + 1;
    if (e->nfacts <= FACTS_FEW)
        return true;
    for (uint32_t row = e->first_fact; row != NO_ROW; row = all ? d->facts[row].next : NO_ROW)
        if (!map_put(&d->fact_index, map_key(entity, d->facts[row].name), row))
            return false;
    return true;
}

sy_status dataset_add_fact(struct dataset *d, const struct fact *fact, double hi, sy_error *err)
{
    const struct fact *first = dataset_fact_of(d, fact->entity, fact->name);
    if (first)
        return report_duplicate_fact(d, fact, first, err);
    const uint32_t row = d->nfacts;
    sy_status status = dataset_keep_fact(d, fact, hi, err);
    if (status != SY_OK)
        return status;
    struct entity *e = &d->entities[fact->entity];
    d->facts[row].next = e->first_fact;
    e->first_fact = row;
    return index_facts(d, fact->entity) ? SY_OK : error_nomem(err);
}

const struct fact *dataset_fact(const struct dataset *d, uint32_t entity, const char *name)
{
    return dataset_fact_of(d, entity, pool_find(&d->words, name, strlen(name)));
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
    if (!outcomes_begin_numbers(o, column))
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
    if (!outcomes_begin_words(o, column))
        return error_nomem(err);
    o->words[column][row] = value;
    return SY_OK;
}

sy_status dataset_add_outcome(uint32_t *out, struct dataset *d, sy_error *err)
{
    if (!outcomes_reserve(&d->outcomes, 1))
        return error_nomem(err);
    *out = d->outcomes.count++;
    return SY_OK;
}

static sy_status set_high(struct dataset *d, enum outcome_number column, uint32_t row,
                          const struct value *v, sy_error *err)
{
    return v->kind == VALUE_RANGE ? outcome_set_number(d, column, row, v->hi, err) : SY_OK;
}

sy_status dataset_set_outcome(struct dataset *d, uint32_t row, const struct outcome *what,
                              sy_error *err)
{
    struct outcomes *o = &d->outcomes;
    const struct outcome_shape shape = {.target = value_shape_of(&what->target),
                                        .actual = value_shape_of(&what->actual),
                                        .pair = what->pair,
                                        .sign = what->sign,
                                        .flags = what->flags};
    const uint32_t id = outcomes_shape(o, &shape);
    if (id == POOL_NONE || !ids_set(&o->shape, row, id, o->cap) ||
        !ids_set(&o->path, row, what->path, o->cap) || !outcomes_stand(o, row, what->place) ||
        !outcomes_own(o, row, what->entity) ||
        !outcomes_set_number(o, SIDE_TARGET, row, what->target.num, what->target.places) ||
        !outcomes_set_number(o, SIDE_ACTUAL, row, what->actual.num, what->actual.places))
        return error_nomem(err);
    const uint32_t target = what->target_text ? what->target_text : NO_WORD;
    const uint32_t actual = what->actual_text ? what->actual_text : NO_WORD;
    sy_status status = set_high(d, OUTCOME_TARGET_HI, row, &what->target, err);
    if (status != SY_OK ||
        (status = set_high(d, OUTCOME_ACTUAL_HI, row, &what->actual, err)) != SY_OK ||
        (status = outcome_set_word(d, OUTCOME_TARGET_TEXT, row, target, err)) != SY_OK)
        return status;
    return outcome_set_word(d, OUTCOME_ACTUAL_TEXT, row, actual, err);
}

static const char *find_text(struct value_text *room, const struct dataset *d, uint32_t at,
                             bool plain, double num, unsigned places)
{
    return plain ? outcomes_plain_text(room, num, places)
                 : d->cells.data + (at == NO_WORD ? 0 : at);
}

const char *outcome_target_text(struct value_text *room, const struct dataset *d, uint32_t row)
{
    const struct outcome_shape *s = outcomes_shape_of(&d->outcomes, row);
    return find_text(
        room, d, outcome_word(d, OUTCOME_TARGET_TEXT, row), s->flags & OUTCOME_PLAIN_TARGET,
        outcomes_number(&d->outcomes, SIDE_TARGET, row, s->target.places), s->target.places);
}

const char *outcome_actual_text(struct value_text *room, const struct dataset *d, uint32_t row)
{
    const struct outcome_shape *s = outcomes_shape_of(&d->outcomes, row);
    return find_text(
        room, d, outcome_word(d, OUTCOME_ACTUAL_TEXT, row), s->flags & OUTCOME_PLAIN_ACTUAL,
        outcomes_number(&d->outcomes, SIDE_ACTUAL, row, s->actual.places), s->actual.places);
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
