/*
 * dataset_merge.c - the rows of a part, with its numbers translated into those of the whole.
 *
 * Runs on one thread while others load: what is done a row is little, and look-ups are done once a
 * word, path, unit or fund of a part.
 */
#include "model/dataset_merge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define FETCHED 12u /* funds that are fetched before they are looked for */

/* While one part is joined. */
struct merge {
    struct dataset *d;
    const struct dataset *part;
    const struct dataset_map *map;
    uint32_t cells; /* what is added to an offset in the part's cells */
    uint32_t lines;
    struct finding_map finding_map;
    size_t finding; /* findings before it are joined */
    sy_error *err;
};

void dataset_map_dispose(struct dataset_map *m)
{
    free(m->words);
    free(m->paths);
    free(m->units);
    free(m->entities);
    free(m->shapes);
    *m = (struct dataset_map){0};
}

static bool grow_map(uint32_t **map, uint32_t *cap, uint32_t need)
{
    if (need <= *cap)
        return true;
    uint32_t *grown = realloc(*map, ((size_t)need + need / 2) * sizeof *grown);
    if (!grown)
        return false;
    *map = grown;
    *cap = need + need / 2;
    return true;
}

bool dataset_map_begin(struct dataset_map *m, uint32_t nunits)
{
    if (!grow_map(&m->units, &m->units_cap, nunits))
        return false;
    for (uint32_t id = 0; id < nunits; id++)
        m->units[id] = id;
    m->nunits = nunits;
    m->nwords = m->npaths = 0;
    return true;
}

static bool map_strings(struct dataset_map *m, struct dataset *d, const struct dataset *part)
{
    if (!grow_map(&m->words, &m->words_cap, part->words.count) ||
        !grow_map(&m->paths, &m->paths_cap, part->paths.count) ||
        !pool_join(m->words, &d->words, &part->words, m->nwords) ||
        !pool_join(m->paths, &d->paths, &part->paths, m->npaths))
        return false;
    m->nwords = part->words.count;
    m->npaths = part->paths.count;
    return true;
}

/* Units join in the order in which they were met, so that the first spelling of one stays. */
static bool map_units(struct dataset_map *m, struct dataset *d, const struct dataset *part)
{
    uint32_t n = part->units ? units_count(part->units) : 0;
    if (!grow_map(&m->units, &m->units_cap, n))
        return false;
    for (; m->nunits < n; m->nunits++) {
        const char *name = units_get(part->units, m->nunits)->name;
        m->units[m->nunits] = units_intern(d->units, name, strlen(name));
        if (m->units[m->nunits] == UNIT_NONE)
            return false;
    }
    return true;
}

static uint32_t map_word(const struct merge *m, uint32_t word)
{
    return word == NO_WORD ? NO_WORD : m->map->words[word];
}

static uint32_t map_unit(const struct merge *m, uint32_t unit)
{
    return unit == UNIT_NONE ? UNIT_NONE : m->map->units[unit];
}

static uint32_t map_cell(const struct merge *m, uint32_t cell)
{
    return cell ? cell + m->cells : 0;
}

static struct place map_place(const struct merge *m, struct place place)
{
    return (struct place){map_word(m, place.file), place.line + m->lines};
}

/* A claimed total that stands among the outcomes counts where the funds table has none. */
static sy_status join_entities(struct merge *m, struct dataset_map *map)
{
    const struct dataset *part = m->part;
    uint32_t id = map->last_entity;
    bool in_order = true;
    if (!grow_map(&map->entities, &map->entities_cap, part->nentities))
        return error_nomem(m->err);
    for (uint32_t i = 0; i < part->nentities; i++) {
        const struct entity *e = &part->entities[i];
        const uint32_t fund = map_word(m, e->fund);
        if (!in_order && i + FETCHED < part->nentities)
            entity_index_fetch(&m->d->entity_index, map_word(m, e[FETCHED].fund), e[FETCHED].year);
        sy_status status = SY_OK;
        /* Most tables name the funds in the order of the funds table. */
        in_order = ++id < m->d->nentities && m->d->entities[id].fund == fund &&
                   m->d->entities[id].year == e->year;
        if (!in_order)
            status = dataset_entity(&id, m->d, fund, e->year, map_place(m, e->place), m->err);
        if (status != SY_OK)
            return status;
        map->entities[i] = id;
        if (isnan(m->d->entities[id].claimed))
            m->d->entities[id].claimed = e->claimed;
    }
    map->last_entity = id;
    return SY_OK;
}

static sy_status join_cells(struct merge *m)
{
    struct buf *to = &m->d->cells;
    const struct buf *from = &m->part->cells;
    if (to->len + from->len >= UINT32_MAX)
        return error_set(m->err, SY_ENOMEM, NULL, 0,
                         "more than 4 GiB of cells: split the evaluation");
    m->cells = (uint32_t)to->len - 1; /* both begin with the NUL of "" */
    buf_add(to, from->data + 1, from->len - 1);
    return to->failed ? error_nomem(m->err) : SY_OK;
}

static uint32_t map_rare(const struct merge *m, enum outcome_word column, uint32_t value)
{
    switch (column) {
    case OUTCOME_LABEL:
    case OUTCOME_RATING:
        return map_word(m, value);
    case OUTCOME_TARGET_UNIT:
    case OUTCOME_ACTUAL_UNIT:
        return map_unit(m, value);
    default:
        return map_cell(m, value);
    }
}

static sy_status join_rare_columns(struct merge *m, uint32_t at)
{
    const struct outcomes *from = &m->part->outcomes;
    sy_status status = SY_OK;
    for (int c = 0; c < OUTCOME_NUMBERS; c++)
        for (uint32_t i = 0; from->numbers[c] && i < from->count && status == SY_OK; i++)
            status = outcome_set_number(m->d, (enum outcome_number)c, at + i, from->numbers[c][i],
                                        m->err);
    for (int c = 0; c < OUTCOME_WORDS; c++)
        for (uint32_t i = 0; from->words[c] && i < from->count && status == SY_OK; i++)
            if (from->words[c][i] != NO_WORD)
                status =
                    outcome_set_word(m->d, (enum outcome_word)c, at + i,
                                     map_rare(m, (enum outcome_word)c, from->words[c][i]), m->err);
    return status;
}

/* The part's shapes in the whole, by their numbers. */
static sy_status map_shapes(struct merge *m, struct dataset_map *map)
{
    const struct outcomes *from = &m->part->outcomes;
    if (!grow_map(&map->shapes, &map->shapes_cap, from->shape_index.count))
        return error_nomem(m->err);
    for (uint32_t i = 0; i < from->shape_index.count; i++) {
        struct outcome_shape shape = from->shapes[i];
        shape.target.unit = map_unit(m, shape.target.unit);
        shape.actual.unit = map_unit(m, shape.actual.unit);
        map->shapes[i] = outcomes_shape(&m->d->outcomes, &shape);
        if (map->shapes[i] == POOL_NONE)
            return error_nomem(m->err);
    }
    return SY_OK;
}

static bool join_runs(struct merge *m, uint32_t at)
{
    const struct outcomes *from = &m->part->outcomes;
    struct outcomes *to = &m->d->outcomes;
    bool ok = true;
    for (uint32_t i = 0; i < from->nruns && ok; i++)
        ok = outcomes_stand(to, at + from->runs[i].row, map_place(m, from->runs[i].place));
    for (uint32_t i = 0; i < from->nowners && ok; i++)
        ok = outcomes_own(to, at + from->owners[i].row, m->map->entities[from->owners[i].entity]);
    return ok;
}

static sy_status join_outcomes(struct merge *m, struct dataset_map *map)
{
    const struct outcomes *from = &m->part->outcomes;
    struct outcomes *to = &m->d->outcomes;
    const uint32_t at = to->count, n = from->count;
    if (n == 0)
        return SY_OK;
    sy_status status = map_shapes(m, map);
    if (status != SY_OK)
        return status;
    if (!outcomes_reserve(to, n) || !join_runs(m, at))
        return error_nomem(m->err);
    outcomes_touch(to, n);
    if (!ids_join(&to->path, at, &from->path, n, map->paths, m->part->paths.count, to->cap) ||
        !ids_join(&to->shape, at, &from->shape, n, map->shapes, from->shape_index.count, to->cap) ||
        !outcomes_join_numbers(to, SIDE_TARGET, at, from) ||
        !outcomes_join_numbers(to, SIDE_ACTUAL, at, from))
        return error_nomem(m->err);
    to->count += n;
    return join_rare_columns(m, at);
}

static sy_status join_ratings(struct merge *m)
{
    struct dataset *d = m->d;
    for (uint32_t i = 0; i < m->part->nratings; i++) {
        struct rating_row r = m->part->ratings[i];
        void *array = d->ratings;
        bool room = dataset_grow(&array, &d->ratings_cap, d->nratings, sizeof *d->ratings);
        d->ratings = array;
        if (!room)
            return error_nomem(m->err);
        r.entity = m->map->entities[r.entity];
        r.path = m->map->paths[r.path];
        r.rating = map_word(m, r.rating);
        r.by = map_word(m, r.by);
        r.reason = map_word(m, r.reason);
        r.place = map_place(m, r.place);
        d->ratings[d->nratings++] = r;
    }
    return SY_OK;
}

static sy_status join_adjustments(struct merge *m)
{
    struct dataset *d = m->d;
    for (uint32_t i = 0; i < m->part->nadjustments; i++) {
        struct adjustment_row a = m->part->adjustments[i];
        void *array = d->adjustments;
        bool room =
            dataset_grow(&array, &d->adjustments_cap, d->nadjustments, sizeof *d->adjustments);
        d->adjustments = array;
        if (!room)
            return error_nomem(m->err);
        a.entity = m->map->entities[a.entity];
        a.cap = map_word(m, a.cap);
        a.reason = map_word(m, a.reason);
        a.place = map_place(m, a.place);
        d->adjustments[d->nadjustments++] = a;
    }
    return SY_OK;
}

static sy_status join_brackets(struct merge *m)
{
    struct dataset *d = m->d;
    for (uint32_t i = 0; i < m->part->nbrackets; i++) {
        struct bracket_row b = m->part->brackets[i];
        void *array = d->brackets;
        bool room = dataset_grow(&array, &d->brackets_cap, d->nbrackets, sizeof *d->brackets);
        d->brackets = array;
        if (!room)
            return error_nomem(m->err);
        b.entity = m->map->entities[b.entity];
        b.path = m->map->paths[b.path];
        b.within = b.within == NO_WORD ? NO_WORD : m->map->paths[b.within];
        b.place = map_place(m, b.place);
        d->brackets[d->nbrackets++] = b;
    }
    return SY_OK;
}

static sy_status join_budgets(struct merge *m)
{
    struct dataset *d = m->d;
    for (uint32_t i = 0; i < m->part->nbudgets; i++) {
        struct budget_row b = m->part->budgets[i];
        void *array = d->budgets;
        bool room = dataset_grow(&array, &d->budgets_cap, d->nbudgets, sizeof *d->budgets);
        d->budgets = array;
        if (!room)
            return error_nomem(m->err);
        b.entity = m->map->entities[b.entity];
        b.budget_text = map_cell(m, b.budget_text);
        b.spent_text = map_cell(m, b.spent_text);
        b.budget_unit = map_unit(m, b.budget_unit);
        b.spent_unit = map_unit(m, b.spent_unit);
        b.place = map_place(m, b.place);
        d->budgets[d->nbudgets++] = b;
    }
    return SY_OK;
}

/* The part's findings before `end`, as far as they are not joined already. */
static sy_status join_findings(struct merge *m, size_t end)
{
    size_t first = m->finding;
    m->finding = end > first ? end : first;
    return findings_join(&m->d->findings, &m->part->findings, first, end, &m->finding_map, m->err);
}

/* Findings stand in the order of the lines: those of the lines up to a fact's come before what is
 * found about the fact itself. */
static sy_status join_facts(struct merge *m, uint32_t first, uint32_t end)
{
    const struct findings *findings = &m->part->findings;
    sy_status status = SY_OK;
    for (uint32_t i = first; i < end && status == SY_OK; i++) {
        struct fact f = m->part->facts[i];
        size_t before = m->finding;
        while (before < findings->count && findings->rows[before].line <= f.place.line)
            before++;
        status = join_findings(m, before);
        f.entity = m->map->entities[f.entity];
        f.name = map_word(m, f.name);
        f.text = f.text == FACT_PLAIN ? FACT_PLAIN : map_cell(m, f.text);
        f.shape.unit = map_unit(m, f.shape.unit);
        f.place = map_place(m, f.place);
        if (status == SY_OK)
            status = dataset_add_fact(m->d, &f, dataset_fact_high(m->part, i), m->err);
    }
    return status;
}

/* A fund that is listed already: the row counts for nothing, nor does what was found in it. */
static sy_status refuse_fund(struct merge *m, const struct fund_row *row, uint32_t id)
{
    struct place place = map_place(m, row->fund.place), first = m->d->entities[id].place;
    m->finding = row->end_finding;
    return dataset_find(m->d,
                        &(struct finding_at){.code = FINDING_DUPLICATE_KEY,
                                             .entity = id,
                                             .path = NO_WORD,
                                             .place = place,
                                             .first = &first},
                        m->err);
}

/* What the funds table says stands; a form tells what it leaves out. */
static void complete(const struct merge *m, const struct entity *e, uint32_t *word, uint32_t row)
{
    if (!e->listed || *word == NO_WORD)
        *word = map_word(m, row);
}

static sy_status join_fund(struct merge *m, const struct fund_row *row)
{
    uint32_t id = m->map->entities[row->entity];
    struct entity *e = &m->d->entities[id];
    sy_status status = join_findings(m, row->first_finding);
    if (status != SY_OK)
        return status;
    if (e->listed && (!row->form || e->formed))
        return refuse_fund(m, row, id);
    if (!e->listed || isnan(e->claimed))
        e->claimed = row->fund.claimed;
    complete(m, e, &e->name, row->fund.name);
    complete(m, e, &e->type, row->fund.type);
    complete(m, e, &e->department, row->fund.department);
    complete(m, e, &e->part_of, row->fund.part_of);
    complete(m, e, &e->claimed_grade, row->fund.claimed_grade);
    m->d->has_parts = m->d->has_parts || e->part_of != NO_WORD;
    if (!e->listed)
        e->place = map_place(m, row->fund.place);
    e->listed = true;
    e->formed = row->form;
    status = join_findings(m, row->end_finding);
    return status == SY_OK ? join_facts(m, row->first_fact, row->end_fact) : status;
}

static sy_status join_sheets(struct merge *m)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < m->part->nsheets && status == SY_OK; i++) {
        struct sheet_columns sheet = m->part->sheets[i];
        sheet.file = map_word(m, sheet.file);
        status = dataset_add_sheet(m->d, &sheet, m->err);
    }
    return status;
}

static sy_status join_rows(struct merge *m, const struct dataset_part *part,
                           struct dataset_map *map)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < part->nfunds && status == SY_OK; i++)
        status = join_fund(m, &part->funds[i]);
    if (status == SY_OK && part->nfunds == 0)
        status = join_facts(m, 0, m->part->nfacts);
    if (status != SY_OK || (status = join_findings(m, m->part->findings.count)) != SY_OK ||
        (status = join_sheets(m)) != SY_OK || (status = join_outcomes(m, map)) != SY_OK ||
        (status = join_ratings(m)) != SY_OK || (status = join_adjustments(m)) != SY_OK ||
        (status = join_brackets(m)) != SY_OK)
        return status;
    return join_budgets(m);
}

sy_status dataset_merge(struct dataset *d, const struct dataset_part *part, struct dataset_map *map,
                        sy_error *err)
{
    struct merge m = {.d = d, .part = part->d, .map = map, .lines = part->lines, .err = err};
    if (!map_strings(map, d, part->d) || !map_units(map, d, part->d))
        return error_nomem(err);
    dataset_touch(d, part->d->nentities, part->d->nfacts);
    sy_status status = join_cells(&m);
    if (status == SY_OK)
        status = join_entities(&m, map);
    m.finding_map = (struct finding_map){map->entities, map->paths, map->words, 0};
    if (status == SY_OK)
        status = join_findings(&m, part->header_findings);
    m.finding_map.lines = part->lines;
    return status == SY_OK ? join_rows(&m, part, map) : status;
}
