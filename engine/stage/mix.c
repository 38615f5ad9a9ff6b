/*
 * mix.c - mixed funds: made of items of the run, scored behind them, taken away.
 */
#include "stage/mix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "stage/judge_plain.h"
#include "stage/task.h"

void mix_clear(struct mix *m)
{
    struct run *r = m->r;
    for (uint32_t i = r->nfunds; i-- > m->nfunds;)
        r->fund_of[r->funds[i].entity] = m->was_fund[i - m->nfunds];
    r->nfunds = m->nfunds;
    m->nput = 0;
    r->nitems = m->nitems;
    r->novers = m->novers;
    r->d.cells.len = m->ncells;
    r->script_failed = m->script_failed;
    free(r->groups);
    free(r->reason);
    free(r->ruled);
    r->groups = NULL;
    r->reason = NULL;
    r->ruled = NULL;
}

void mix_close(struct mix *m)
{
    struct run *r = m->r;
    mix_clear(m);
    r->groups = m->groups;
    r->ngroups = m->ngroups;
    r->reason = m->reason;
    r->ruled = m->ruled;
    r->stage = m->stage;
    r->quiet = false;
    r->from_fund = r->from_item = 0;
    free(r->item_told);
    r->item_told = NULL;
    if (m->no_overs) {
        free(r->item_overs);
        r->item_overs = NULL;
    }
    if (m->no_rows) {
        free(r->item_rows);
        r->item_rows = NULL;
    }
    free(m->was_fund);
}

/* Room for n in an array; false: no memory, and the array is as it was. */
#define RESIZE(array, n) resize((void *)&(array), (size_t)(n) * sizeof *(array))

static bool resize(void *array, size_t size)
{
    void *old;
    memcpy(&old, array, sizeof old);
    void *grown = realloc(old, size ? size : 1);
    if (grown)
        memcpy(array, &grown, sizeof grown);
    return grown != NULL;
}

static bool resize_items(struct mix *m, uint32_t nitems)
{
    struct run *r = m->r;
    const size_t all = (size_t)m->nitems + nitems + 1;
    const bool first = !r->item_overs;
    if (!RESIZE(r->attainment, all) || !RESIZE(r->status, all) || !RESIZE(r->item_overs, all) ||
        !RESIZE(r->item_rows, all - r->nplain) || !RESIZE(r->item_told, nitems + 1))
        return false;
    for (uint32_t i = 0; i < m->nitems && first; i++)
        r->item_overs[i] = NO_ROW;
    return (!r->share || RESIZE(r->share, all)) &&
           (r->item_bounds ? RESIZE(r->item_bounds, all) : RESIZE(r->wide_bounds, all));
}

static sy_status reserve(struct mix *m, uint32_t nfunds, uint32_t nitems, sy_error *err)
{
    struct run *r = m->r;
    if ((uint64_t)m->nitems + nitems >= NO_ROW || (uint64_t)m->novers + nitems >= NO_ROW)
        return error_set(err, SY_EINPUT, NULL, 0, "too many indicators to compare: name fewer");
    if (nitems > m->items_cap) {
        if (!resize_items(m, nitems))
            return error_nomem(err);
        m->items_cap = nitems;
    }
    if (m->novers + nitems > r->overs_cap) {
        if (!RESIZE(r->overs, m->novers + nitems))
            return error_nomem(err);
        r->overs_cap = m->novers + nitems;
    }
    if (nfunds > m->funds_cap) {
        const size_t all = (size_t)m->nfunds + nfunds + 1;
        if (!RESIZE(r->funds, all) || !RESIZE(r->failed, all) || !RESIZE(m->was_fund, nfunds))
            return error_nomem(err);
        m->funds_cap = nfunds;
    }
    return SY_OK;
}

sy_status mix_open(struct mix *out, struct run *r, sy_error *err)
{
    *out = (struct mix){.r = r,
                        .nfunds = r->nfunds,
                        .nitems = r->nitems,
                        .novers = r->novers,
                        .ncells = r->d.cells.len,
                        .groups = r->groups,
                        .ngroups = r->ngroups,
                        .reason = r->reason,
                        .ruled = r->ruled,
                        .stage = r->stage,
                        .script_failed = r->script_failed,
                        .plain = !r->options.thorough && r->d.nratings == 0 &&
                                 !r->d.outcomes.words[OUTCOME_RATING],
                        .no_overs = !r->item_overs,
                        .no_rows = !r->item_rows};
    r->groups = NULL;
    r->reason = NULL;
    r->ruled = NULL;
    r->stage = NULL; /* each mix is no news */
    r->quiet = true;
    r->from_fund = r->nfunds;
    r->from_item = r->nitems;
    return reserve(out, 1, 1, err);
}

/* Each item has an override of its own, used or not: so nothing is shared while they are put. */
sy_status mix_begin(struct mix *m, uint32_t nfunds, uint32_t nitems, sy_error *err)
{
    struct run *r = m->r;
    sy_status status = reserve(m, nfunds, nitems, err);
    if (status != SY_OK)
        return status;
    r->nitems = m->nitems + nitems;
    r->novers = m->novers + nitems;
    for (uint32_t i = m->nitems; i < r->nitems; i++)
        r->item_overs[i] = NO_ROW;
    m->nput = nfunds;
    return SY_OK;
}

void mix_fund(struct mix *m, uint32_t at, uint32_t first, uint32_t count, uint32_t entity,
              uint32_t standard)
{
    struct run *r = m->r;
    const uint32_t fund = m->nfunds + at;
    m->was_fund[at] = r->fund_of[entity];
    r->fund_of[entity] = fund;
    r->failed[fund] = false;
    r->funds[fund] = (struct fund){
        .entity = entity, .standard = standard, .first = m->nitems + first, .count = count};
}

static int year_of(const struct run *r, uint32_t item)
{
    return r->standards[item_bound(r, item)->standard].year;
}

static int move_day(double day, int years)
{
    int year, month, of_month;
    date_split((int32_t)day, &year, &month, &of_month);
    const bool last = of_month == date_month_days(year, month);
    year += years;
    if (year < 1 || year > 9999)
        return (int)day;
    const int most = date_month_days(year, month);
    return date_days(year, month, last || of_month > most ? most : of_month);
}

/* What its year told: a target that rules compute is the rules' own. */
struct value mix_told(const struct run *r, uint32_t item)
{
    const struct bound *bound = item_bound(r, item);
    const uint32_t row = item_row(r, item);
    if (!bound->target_function)
        return item_target(r, item);
    const struct value told =
        row == NO_ROW ? (struct value){.unit = UNIT_NONE} : outcomes_target(&r->d.outcomes, row);
    return told.kind == VALUE_MISSING && bound->target_text ? bound->target : told;
}

static const char *told_text(struct value_text *room, const struct run *r, uint32_t item)
{
    const struct bound *bound = item_bound(r, item);
    const uint32_t row = item_row(r, item);
    if (!bound->target_function)
        return item_target_text(room, r, item);
    const char *text = row == NO_ROW ? "" : outcome_target_text(room, &r->d, row);
    return !*text && bound->target_text ? r->d.cells.data + bound->target_cell : text;
}

static enum sign told_sign(const struct run *r, uint32_t item)
{
    const uint32_t row = item_row(r, item);
    const struct value told = mix_told(r, item);
    if (!item_bound(r, item)->target_function)
        return item_sign(r, item);
    return value_sign(
        &told, row == NO_ROW ? SIGN_NONE : (enum sign)outcomes_shape_of(&r->d.outcomes, row)->sign,
        (enum sign)item_bound(r, item)->sign);
}

/* A target of one year in another: the end of June is that year's. */
static struct value move_target(const struct run *r, uint32_t item, int year)
{
    struct value v = mix_told(r, item);
    if (v.kind == VALUE_DATE || v.kind == VALUE_BY)
        v.num = move_day(v.num, year - year_of(r, item));
    return v;
}

static bool is_words(const struct value *v)
{
    return v->kind == VALUE_TEXT || v->kind == VALUE_BAD;
}

/* Rows of one shape under signs that are one differ in their numbers alone. */
static bool alike(const struct run *r, uint32_t a, uint32_t b)
{
    const uint32_t x = item_row(r, a), y = item_row(r, b);
    const struct bound *of_a = item_bound(r, a), *of_b = item_bound(r, b);
    if (x == NO_ROW || y == NO_ROW || item_over(r, a) || item_over(r, b) || of_a->target_function ||
        of_b->target_function || of_a->sign != of_b->sign)
        return false;
    const struct ids *shape = &r->d.outcomes.shape;
    return ids_get(shape, x) == ids_get(shape, y) &&
           outcomes_shape_of(&r->d.outcomes, x)->target.kind == VALUE_NUMBER;
}

bool mix_same_target(const struct run *r, uint32_t a, uint32_t b)
{
    const struct outcomes *o = &r->d.outcomes;
    if (alike(r, a, b))
        return outcomes_target(o, item_row(r, a)).num == outcomes_target(o, item_row(r, b)).num;
    struct value_text rooms[2];
    const struct value x = move_target(r, a, year_of(r, b)), y = mix_told(r, b);
    if (x.kind != y.kind || told_sign(r, a) != told_sign(r, b))
        return false;
    if (is_words(&x))
        return strcmp(told_text(&rooms[0], r, a), told_text(&rooms[1], r, b)) == 0;
    const uint8_t ways = VALUE_UP | VALUE_DOWN;
    return x.num == y.num && x.hi == y.hi && x.unit == y.unit &&
           (x.flags & ways) == (y.flags & ways);
}

struct value mix_reported(const struct run *r, uint32_t item)
{
    const uint32_t row = item_row(r, item);
    if (!item_bound(r, item)->measure)
        return item_actual(r, item);
    return row == NO_ROW ? (struct value){.unit = UNIT_NONE} : outcomes_actual(&r->d.outcomes, row);
}

static const char *reported_text(struct value_text *room, const struct run *r, uint32_t item)
{
    const uint32_t row = item_row(r, item);
    if (!item_bound(r, item)->measure)
        return item_actual_text(room, r, item);
    return row == NO_ROW ? "" : outcome_actual_text(room, &r->d, row);
}

/* Whether the row says all: values, sign and path are as they are to be. */
static bool is_plain(const struct run *r, uint32_t results, uint32_t targets, uint32_t rules)
{
    const struct bound *own = item_bound(r, results), *by = item_bound(r, rules);
    const uint32_t row = item_row(r, results);
    if (item_over(r, results) || own->path != by->path)
        return false;
    if (results != targets && !mix_same_target(r, targets, results))
        return false;
    if (own->sign == by->sign)
        return true;
    const struct value target = item_target(r, results);
    const enum sign column =
        row == NO_ROW ? SIGN_NONE : (enum sign)outcomes_shape_of(&r->d.outcomes, row)->sign;
    return value_sign(&target, column, (enum sign)by->sign) == item_sign(r, results);
}

/* The text of a number is asked for by few. */
static bool wants_text(const struct value *v, enum sign sign, const struct rule *rule)
{
    return v->kind != VALUE_NUMBER || sign == SIGN_QUALITATIVE || rule->nparts || rule->function ||
           rule->kind == RULE_CHECKLIST;
}

static sy_status keep_text(uint32_t *out, struct run *r, const char *text,
                           const struct value_text *room, sy_error *err)
{
    if (text != room->bytes && *text) {
        *out = (uint32_t)(text - r->d.cells.data);
        return SY_OK;
    }
    *out = 0;
    return *text ? dataset_cell(out, &r->d, text, strlen(text), err) : SY_OK;
}

static void pair_values(const struct run *r, struct override *over)
{
    over->pair =
        (uint8_t)value_pair_read(&over->target, r->d.cells.data + over->target_text, &over->actual,
                                 r->d.cells.data + over->actual_text, r->units);
}

/* The override of item `at`. */
static struct override *use_override(struct mix *m, uint32_t at)
{
    struct run *r = m->r;
    r->item_overs[m->nitems + at] = m->novers + at;
    return &r->overs[m->novers + at];
}

/* A row of one item under the bound of another. */
static void put_item(struct mix *m, uint32_t at, uint32_t results, uint32_t rules)
{
    struct run *r = m->r;
    const uint32_t item = m->nitems + at, bound = item_bound_id(r, rules);
    r->item_rows[item - r->nplain] = r->item_told[at] = item_row(r, results);
    if (r->item_bounds)
        r->item_bounds[item] = (uint16_t)bound;
    else
        r->wide_bounds[item] = bound;
    if (r->share)
        r->share[item] = r->share[rules];
}

/* Texts are kept when nothing else is put any more: until then the override tells whose they are.
 */
#define TEXTS_WAIT 1u /* in `reason`, which is nobody's yet */

/* Whether two rows of one shape, whose numbers a rule grades as they are, say all: most do. A
 * function would ask the item for its target. */
static bool is_told(const struct mix *m, const struct mix_parts *parts)
{
    const struct run *r = m->r;
    const uint32_t row = item_row(r, parts->results), told = item_row(r, parts->targets);
    const struct bound *own = item_bound(r, parts->results), *by = item_bound(r, parts->rules);
    if (!m->plain || parts->seen || row == NO_ROW || told == NO_ROW ||
        item_over(r, parts->results) || item_over(r, parts->targets) || own->path != by->path ||
        by->measure)
        return false;
    const uint32_t shape = ids_get(&r->d.outcomes.shape, row);
    return shape == ids_get(&r->d.outcomes.shape, told) && own->sign == by->sign &&
           item_bound(r, parts->targets)->sign == by->sign && judge_plain_fits(r, shape, by);
}

void mix_item(struct mix *m, uint32_t at, const struct mix_parts *parts)
{
    struct run *r = m->r;
    put_item(m, at, parts->results, parts->rules);
    if (parts->weights == NO_ROW && is_told(m, parts)) {
        r->item_told[at] = item_row(r, parts->targets);
        return;
    }
    if (parts->weights == NO_ROW && is_plain(r, parts->results, parts->targets, parts->rules))
        return;
    struct override *over = use_override(m, at);
    const struct rule *rule = item_bound(r, parts->rules)->rule;
    *over =
        (struct override){.target = move_target(r, parts->targets, year_of(r, parts->results)),
                          .actual = mix_reported(r, parts->results),
                          .item = m->nitems + at,
                          .path = item_bound(r, parts->results)->path,
                          .weight = parts->weights == NO_ROW ? NAN : item_weight(r, parts->weights),
                          .flags = OVER_MIXED,
                          .sign = (uint8_t)told_sign(r, parts->targets)};
    const enum sign sign = (enum sign)over->sign;
    if (wants_text(&over->target, sign, rule) || wants_text(&over->actual, sign, rule)) {
        over->reason = TEXTS_WAIT;
        over->target_text = parts->targets;
        over->actual_text = parts->results;
    } else {
        pair_values(r, over);
    }
}

/* One after the other: where cells lie may change. */
static sy_status keep_texts(struct run *r, struct override *over, sy_error *err)
{
    const struct rule *rule = item_bound(r, over->item)->rule;
    const enum sign sign = (enum sign)over->sign;
    const uint32_t targets = over->target_text, results = over->actual_text;
    struct value_text room;
    sy_status status = SY_OK;
    over->target_text = over->actual_text = over->reason = 0;
    if (wants_text(&over->target, sign, rule))
        status = keep_text(&over->target_text, r, told_text(&room, r, targets), &room, err);
    if (wants_text(&over->actual, sign, rule) && status == SY_OK)
        status = keep_text(&over->actual_text, r, reported_text(&room, r, results), &room, err);
    pair_values(r, over);
    return status;
}

static sy_status keep_waiting(struct mix *m, sy_error *err)
{
    struct run *r = m->r;
    sy_status status = SY_OK;
    for (uint32_t i = m->nitems; i < r->nitems && status == SY_OK; i++)
        if (r->item_overs[i] != NO_ROW && r->overs[r->item_overs[i]].reason == TEXTS_WAIT)
            status = keep_texts(r, &r->overs[r->item_overs[i]], err);
    return status;
}

sy_status mix_given(struct mix *m, uint32_t at, uint32_t own, const struct value *actual,
                    const char *text, sy_error *err)
{
    struct run *r = m->r;
    put_item(m, at, own, own);
    if (!actual && !item_over(r, own))
        return SY_OK;
    struct override *over = use_override(m, at);
    const struct override *before = item_over(r, own);
    struct value_text room;
    *over = (struct override){.target = item_target(r, own),
                              .actual = actual ? *actual : item_actual(r, own),
                              .item = m->nitems + at,
                              .path = item_bound(r, own)->path,
                              .weight = NAN,
                              .flags = OVER_MIXED,
                              .sign = (uint8_t)item_sign(r, own)};
    if (before && !actual)
        over->flags |= before->flags & (OVER_NOT_APPLICABLE | OVER_ERROR | OVER_LACKING);
    sy_status status =
        keep_text(&over->target_text, r, item_target_text(&room, r, own), &room, err);
    if (status == SY_OK && actual)
        status = dataset_cell(&over->actual_text, &r->d, text, strlen(text), err);
    else if (status == SY_OK)
        status = keep_text(&over->actual_text, r, item_actual_text(&room, r, own), &room, err);
    pair_values(r, over);
    return status;
}

/* A computed number without a unit takes the other side's. */
static void take_unit(struct run *r, struct value *v, const struct value *other, uint32_t text)
{
    const struct value_context c = {.units = r->units, .default_unit = other->unit};
    if (v->kind == VALUE_NUMBER && v->unit == UNIT_NONE && other->unit != UNIT_NONE)
        value_read(v, &c, r->d.cells.data + text, strlen(r->d.cells.data + text));
}

/* What functions have computed beside what it is held against. */
static void settle_item(struct run *r, const struct fund *f, uint32_t item)
{
    struct override *over = &r->overs[r->item_overs[item]];
    if (!(over->flags & OVER_MIXED)) {
        measure_pair(r, f, over, item_row(r, item));
        return;
    }
    if (over->flags & OVER_MEASURED)
        take_unit(r, &over->actual, &over->target, over->actual_text);
    if (over->flags & OVER_TARGET_COMPUTED) {
        take_unit(r, &over->target, &over->actual, over->target_text);
        over->sign = (uint8_t)value_sign(&over->target, SIGN_NONE, (enum sign)over->sign);
    }
    over->pair =
        (uint8_t)value_pair_read(&over->target, r->d.cells.data + over->target_text, &over->actual,
                                 r->d.cells.data + over->actual_text, r->units);
}

static sy_status measure(struct run *r, sy_error *err)
{
    bool computes = false;
    for (uint32_t i = r->from_fund; i < r->nfunds && !computes; i++)
        computes = r->standards[r->funds[i].standard].measures ||
                   r->standards[r->funds[i].standard].targets;
    sy_status status = computes ? measure_funds(r, err) : SY_OK;
    for (uint32_t i = r->from_fund; i < r->nfunds && computes && status == SY_OK; i++)
        for (uint32_t k = r->funds[i].first; k < r->funds[i].first + r->funds[i].count; k++)
            if (item_over(r, k))
                settle_item(r, &r->funds[i], k);
    return status;
}

sy_status mix_score(struct mix *m, sy_error *err)
{
    struct run *r = m->r;
    r->nfunds = m->nfunds + m->nput;
    sy_status status = keep_waiting(m, err);
    if (status == SY_OK)
        status = task_group(r, err);
    if (status == SY_OK)
        status = measure(r, err);
    return status == SY_OK ? score_items(r, err) : status;
}
