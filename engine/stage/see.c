/*
 * see.c - what scripts see of the data: the callbacks behind `i` and `fund`.
 *
 * Funds are numbered as entities, so that a fund of a year that is not scored can be `previous`.
 * Items are numbered as in the plan; above them stand the outcome rows of such a fund.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "stage/journal.h"
#include "stage/plan.h"
#include "stage/previous.h"

static const struct fund *scored_fund(const struct run *r, uint32_t entity)
{
    return r->fund_of[entity] == NO_ROW ? NULL : &r->funds[r->fund_of[entity]];
}

static void give_text(struct script_value *out, const char *text)
{
    *out = (struct script_value){.kind = SCRIPT_TEXT, .text = text, .len = strlen(text)};
}

static void give_number(struct script_value *out, double number)
{
    *out = (struct script_value){.kind = SCRIPT_NUMBER, .num = number};
}

/* Nothing for NAN, nothing for "". */
static void give_known(struct script_value *out, double number)
{
    if (!isnan(number))
        give_number(out, number);
}

static void give_written(struct script_value *out, const char *text)
{
    if (*text)
        give_text(out, text);
}

static void give_word(struct script_value *out, const struct run *r, uint32_t word)
{
    if (word != NO_WORD)
        give_text(out, dataset_text(&r->d, word));
}

static enum fact_kind declared_kind(const struct run *r, uint32_t entity, const char *name)
{
    const struct fund *f = scored_fund(r, entity);
    const struct yardstick *y = f ? r->standards[f->standard].yard : NULL;
    for (size_t i = 0; y && i < y->nfacts; i++)
        if (strcmp(y->facts[i].name, name) == 0)
            return y->facts[i].kind;
    return FACT_ANY;
}

/* A plain number's text stays in `room` until the next one is asked for. */
static void give_fact(struct script_value *out, struct value_text *room, const struct run *r,
                      uint32_t entity, const char *name)
{
    const struct fact *fact = dataset_fact(&r->d, entity, name);
    if (!fact || fact->shape.kind == VALUE_NOT_APPLICABLE || fact->shape.kind == VALUE_MISSING)
        return;
    const char *text = fact_text(room, &r->d, fact);
    enum fact_kind kind = declared_kind(r, entity, name);
    bool wants_value = kind != FACT_ANY && kind != FACT_TEXT;
    if (kind == FACT_TEXT) {
        give_text(out, text);
    } else if (fact->shape.kind == VALUE_NUMBER && kind != FACT_DATE && kind != FACT_BOOLEAN) {
        give_number(out, fact->num);
    } else if ((fact->shape.kind == VALUE_DATE || fact->shape.kind == VALUE_BY) &&
               (kind == FACT_ANY || kind == FACT_DATE)) {
        *out = (struct script_value){.kind = SCRIPT_DATE, .num = fact->num};
    } else if (fact->shape.kind == VALUE_BOOL && (kind == FACT_ANY || kind == FACT_BOOLEAN)) {
        *out = (struct script_value){.kind = SCRIPT_BOOL, .num = fact->num};
    } else if (!wants_value) {
        give_text(out, text);
    }
}

static void list_read(struct see *see, const struct fact *fact)
{
    struct see_reads *reads = see->reads;
    uint32_t row = (uint32_t)(fact - see->r->d.facts);
    for (uint32_t i = 0; i < reads->count; i++)
        if (reads->facts[i] == row)
            return;
    void *array = reads->facts;
    bool room = dataset_grow(&array, &reads->cap, reads->count, sizeof *reads->facts);
    reads->facts = array;
    if (room)
        reads->facts[reads->count++] = row;
    else
        see->status = error_nomem(see->err);
}

static void see_fund_fact(void *ctx, uint32_t fund, const char *name, struct script_value *out)
{
    struct see *see = ctx;
    *out = (struct script_value){.kind = SCRIPT_NIL};
    give_fact(out, &see->room, see->r, fund, name);
    if (see->reads && out->kind != SCRIPT_NIL)
        list_read(see, dataset_fact(&see->r->d, fund, name));
}

/* The score before adjustments. */
static void give_base(struct script_value *out, const struct run *r, uint32_t entity)
{
    const struct fund *f = scored_fund(r, entity);
    const struct fund_result *result = f ? &r->results[f - r->funds] : NULL;
    if (result && result->has_base)
        give_number(out, decimal_value(result->base, r->standards[f->standard].yard->decimals));
}

static void see_fund_field(void *ctx, uint32_t fund, const char *name, struct script_value *out)
{
    struct see *see = ctx;
    const struct run *r = see->r;
    const struct entity *e = &r->d.entities[fund];
    *out = (struct script_value){.kind = SCRIPT_NIL};
    if (strcmp(name, "id") == 0) {
        give_word(out, r, e->fund);
    } else if (strcmp(name, "name") == 0) {
        give_word(out, r, e->name);
    } else if (strcmp(name, "type") == 0) {
        give_word(out, r, e->type);
    } else if (strcmp(name, "year") == 0) {
        give_number(out, e->year);
    } else if (strcmp(name, "department") == 0) {
        give_word(out, r, e->department);
    } else if (strcmp(name, "part_of") == 0) {
        give_word(out, r, e->part_of);
    } else if (strcmp(name, "claimed") == 0) {
        if (!isnan(e->claimed))
            give_number(out, e->claimed);
    } else if (strcmp(name, "score") == 0 && see->adjusting) {
        give_base(out, r, fund);
    } else {
        see_fund_fact(ctx, fund, name, out);
    }
}

static uint32_t see_fund_previous(void *ctx, uint32_t fund)
{
    struct see *see = ctx;
    const struct entity *e = &see->r->d.entities[fund];
    uint32_t previous = dataset_find_entity(&see->r->d, e->fund, e->year - 1);
    return previous == MAP_NONE ? SCRIPT_NO_FUND : previous;
}

static uint32_t see_item_find(void *ctx, uint32_t fund, const char *path)
{
    struct see *see = ctx;
    uint32_t id = pool_find(&see->r->d.paths, path, strlen(path));
    return id == POOL_NONE ? SCRIPT_NO_ITEM : item_at_path(see->r, fund, id);
}

static uint32_t see_item_count(void *ctx, uint32_t fund)
{
    struct see *see = ctx;
    const struct fund *f = scored_fund(see->r, fund);
    return f ? f->count : see->r->row_first[fund + 1] - see->r->row_first[fund];
}

static uint32_t see_item_at(void *ctx, uint32_t fund, uint32_t i)
{
    struct see *see = ctx;
    const struct fund *f = scored_fund(see->r, fund);
    return f ? f->first + i : see->r->nitems + row_at(see->r, see->r->row_first[fund] + i);
}

/* A value as scripts get it: numbers in `unit`. */
static void give_value(struct script_value *out, const struct run *r, const struct value *v,
                       uint32_t unit, const char *text)
{
    switch ((enum value_kind)v->kind) {
    case VALUE_NUMBER:
        give_number(out, item_in_unit(r, v, unit));
        break;
    case VALUE_RANGE: {
        struct value hi = *v;
        hi.num = v->hi;
        *out = (struct script_value){.kind = SCRIPT_RANGE,
                                     .num = item_in_unit(r, v, unit),
                                     .hi = item_in_unit(r, &hi, unit)};
        break;
    }
    case VALUE_DATE:
    case VALUE_BY:
        *out = (struct script_value){.kind = SCRIPT_DATE, .num = v->num};
        break;
    case VALUE_BOOL:
        *out = (struct script_value){.kind = SCRIPT_BOOL, .num = v->num};
        break;
    case VALUE_TEXT:
    case VALUE_BAD:
        give_text(out, text);
        break;
    case VALUE_MISSING:
    case VALUE_NOT_APPLICABLE:
        break;
    }
}

static void give_unit(struct script_value *out, const struct run *r, uint32_t unit)
{
    if (unit != UNIT_NONE)
        give_text(out, units_get(r->units, unit)->name);
}

/* A row of a fund that is not scored. */
static void see_row_field(struct see *see, uint32_t row, enum script_field field,
                          struct script_value *out)
{
    const struct run *r = see->r;
    const struct outcomes *o = &r->d.outcomes;
    const struct value target = outcomes_target(o, row), actual = outcomes_actual(o, row);
    const uint32_t unit = target.unit != UNIT_NONE ? target.unit : actual.unit;
    if (field == FIELD_PATH)
        give_text(out, pool_text(&r->d.paths, outcomes_path(o, row)));
    else if (field == FIELD_NAME)
        give_word(out, r, outcome_word(&r->d, OUTCOME_LABEL, row));
    else if (field == FIELD_TARGET)
        give_value(out, r, &target, unit, outcome_target_text(&see->room, &r->d, row));
    else if (field == FIELD_ACTUAL)
        give_value(out, r, &actual, unit, outcome_actual_text(&see->room, &r->d, row));
    else if (field == FIELD_ACTUAL_TEXT)
        give_text(out, outcome_actual_text(&see->room, &r->d, row));
    else if (field == FIELD_UNIT)
        give_unit(out, r, unit);
    else if (field == FIELD_SIGN)
        give_text(out, sign_text(value_sign(&target, (enum sign)outcomes_shape_of(o, row)->sign,
                                            SIGN_NONE)));
    else if (field == FIELD_RATING)
        give_word(out, r, outcome_word(&r->d, OUTCOME_RATING, row));
    else if (field == FIELD_CLAIMED)
        give_known(out, outcome_number(&r->d, OUTCOME_CLAIMED, row));
    else if (field == FIELD_NOTE)
        give_written(out, outcome_note(&r->d, row));
    else if (field == FIELD_WEIGHT)
        give_known(out, outcome_number(&r->d, OUTCOME_WEIGHT, row));
}

static void give_previous(struct see *see, uint32_t item, struct script_value *out)
{
    const struct run *r = see->r;
    struct previous previous;
    if (!item_previous(&previous, r, &r->funds[find_fund(r, item)], item))
        return;
    if (previous.text == previous.room.bytes) { /* it must outlive this call */
        see->room = previous.room;
        previous.text = see->room.bytes;
    }
    give_value(out, r, &previous.value, previous.unit, previous.text);
}

static void give_rating(struct script_value *out, const struct run *r, uint32_t item)
{
    const struct fund *f = &r->funds[find_fund(r, item)];
    uint32_t word = item_rating(r, f, item);
    double attainment;
    if (word != NO_WORD && item_rating_value(&attainment, r, f, word))
        give_number(out, attainment);
    else if (word != NO_WORD)
        give_word(out, r, word);
    else if (item_word_rating(&attainment, r, f, item))
        give_number(out, attainment);
}

/* The text of a number is printed for nobody. */
static void give_side(struct see *see, uint32_t item, bool target, struct script_value *out)
{
    const struct run *r = see->r;
    const struct value value = target ? item_target(r, item) : item_actual(r, item);
    const char *text = value.kind == VALUE_NUMBER ? ""
                       : target                   ? item_target_text(&see->room, r, item)
                                                  : item_actual_text(&see->room, r, item);
    give_value(out, r, &value, item_unit(r, item), text);
}

/* A mixed indicator has the weight of a year of its own. */
static double seen_weight(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    return over && (over->flags & OVER_MIXED) && !isnan(over->weight) ? over->weight
                                                                      : item_weight(r, item);
}

static void see_item_field(void *ctx, uint32_t item, enum script_field field,
                           struct script_value *out)
{
    struct see *see = ctx;
    const struct run *r = see->r;
    *out = (struct script_value){.kind = SCRIPT_NIL};
    if (item >= r->nitems) {
        see_row_field(see, item - r->nitems, field, out);
        return;
    }
    uint32_t row = item_row(r, item);
    switch (field) {
    case FIELD_PATH:
        give_text(out, item_path(r, item));
        break;
    case FIELD_NAME:
        give_text(out, item_name(r, item) ? item_name(r, item) : item_path(r, item));
        break;
    case FIELD_SIGN:
        give_text(out, sign_text(item_sign(r, item)));
        break;
    case FIELD_TARGET:
    case FIELD_ACTUAL:
        give_side(see, item, field == FIELD_TARGET, out);
        break;
    case FIELD_ACTUAL_TEXT:
        give_text(out, item_actual_text(&see->room, r, item));
        break;
    case FIELD_UNIT:
        give_unit(out, r, item_unit(r, item));
        break;
    case FIELD_WEIGHT:
        give_known(out, seen_weight(r, item));
        break;
    case FIELD_RATING:
        give_rating(out, r, item);
        break;
    case FIELD_CLAIMED:
        give_known(out, outcome_number(&r->d, OUTCOME_CLAIMED, row));
        break;
    case FIELD_NOTE:
        give_written(out, outcome_note(&r->d, row));
        break;
    case FIELD_PREVIOUS:
        give_previous(see, item, out);
        break;
    case FIELD_SCORE:
        if (see->adjusting && !isnan(item_score(r, item)))
            give_number(out, item_score(r, item));
        break;
    case FIELD_STATUS:
        if (see->adjusting)
            give_text(out, item_status_word(item_status(r, item)));
        break;
    }
}

static double plain_number(const struct run *r, const struct value *v, uint32_t unit)
{
    return v->kind == VALUE_NUMBER ? item_in_unit(r, v, unit) : NAN;
}

/* The call's own items alone, which are scored. */
static void see_item_plain(void *ctx, uint32_t item, struct script_plain *out)
{
    const struct see *see = ctx;
    const struct run *r = see->r;
    const uint32_t at = item - see->plain.first;
    if (at < see->plain.n && see->plain.known[at]) {
        *out = (struct script_plain){.sign = (enum rule_sign)see->plain.sign[at],
                                     .target = see->plain.target[at],
                                     .actual = see->plain.actual[at]};
        return;
    }
    const struct value target = item_target(r, item), actual = item_actual(r, item);
    const uint32_t unit = target.unit != UNIT_NONE ? target.unit : actual.unit;
    *out = (struct script_plain){.sign = (enum rule_sign)item_sign(r, item),
                                 .target = plain_number(r, &target, unit),
                                 .actual = plain_number(r, &actual, unit)};
}

static bool see_finding(void *ctx, uint32_t fund, int severity, const char *code, const char *text,
                        const char *english)
{
    struct see *see = ctx;
    enum finding_code known = FINDING_SCRIPT;
    if (code && !finding_code_of(&known, code))
        return false;
    struct finding_at at = {.code = known,
                            .entity = fund,
                            .path = NO_WORD,
                            .place = see->r->d.entities[fund].place,
                            .text = text,
                            .text2 = english,
                            .plain = true};
    if (see->status == SY_OK)
        see->status =
            finding_at_add(&see->journal->findings, &at, (enum severity)severity, see->err);
    return true;
}

static bool see_adjust(void *ctx, uint32_t fund, double points, const char *cap, bool veto,
                       const char *reason)
{
    struct see *see = ctx;
    const struct run *r = see->r;
    const struct yardstick *y = r->standards[r->funds[see->fund].standard].yard;
    struct adjustment a = {
        .fund = see->fund, .points = points, .cap = NO_ROW, .veto = veto, .reason = NO_WORD};
    a.place = r->d.entities[fund].place;
    for (size_t i = 0; cap && i < y->ngrades; i++)
        if (strcmp(y->grades[i].name, cap) == 0)
            a.cap = (uint32_t)i;
    if (cap && a.cap == NO_ROW)
        return false;
    if (see->status == SY_OK)
        see->status = journal_adjust(see->journal, &a, reason, see->err);
    return true;
}

static const struct fact *number_fact(const struct run *r, uint32_t fund, const char *name)
{
    const struct fact *fact = dataset_fact(&r->d, fund, name);
    return fact && fact->shape.kind == VALUE_NUMBER ? fact : NULL;
}

static bool see_expect_sum(void *ctx, uint32_t fund, const char *total, const char *const *parts,
                           size_t nparts, double within, const char **missing)
{
    struct see *see = ctx;
    const struct fact *whole = number_fact(see->r, fund, total);
    double sum = 0;
    *missing = whole ? NULL : total;
    buf_clear(&see->scratch);
    for (size_t i = 0; i < nparts && !*missing; i++) {
        const struct fact *part = number_fact(see->r, fund, parts[i]);
        if (!part) {
            *missing = parts[i];
            break;
        }
        sum += part->num;
        buf_printf(&see->scratch, "%s%s", i ? " + " : "", parts[i]);
    }
    if (*missing)
        return false;
    /* Sums of money in doubles: a ten-thousandth of a 分 is no difference. */
    if (fabs(sum - whole->num) <= within + 1e-6)
        return true;
    struct finding_at at = {.code = FINDING_SUM_MISMATCH,
                            .entity = fund,
                            .path = NO_WORD,
                            .place = whole->place,
                            .text = total,
                            .text2 = buf_text(&see->scratch),
                            .a = whole->num,
                            .b = sum};
    if (see->status == SY_OK)
        see->status = journal_find(see->journal, &at, see->err);
    return false;
}

void see_init(struct script_data *out, struct see *ctx)
{
    *out = (struct script_data){.ctx = ctx,
                                .zh = ctx->r->zh,
                                .fund_field = see_fund_field,
                                .fund_fact = see_fund_fact,
                                .fund_previous = see_fund_previous,
                                .item_field = see_item_field,
                                .item_plain = see_item_plain,
                                .item_find = see_item_find,
                                .item_count = see_item_count,
                                .item_at = see_item_at,
                                .finding = see_finding,
                                .adjust = see_adjust,
                                .expect_sum = see_expect_sum};
}
