/*
 * review_peers.c - a claim beside what lies outside its table: the year before, and the other funds
 * of its type.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/previous.h"
#include "stage/review.h"

/* Both are of one thing, so that one of them is a share of the other. A bare number beside a known
 * unit may mean anything. */
static bool compares(const struct run *r, const struct value *a, const struct value *b)
{
    const struct unit *x = a->unit == UNIT_NONE ? NULL : units_get(r->units, a->unit);
    const struct unit *y = b->unit == UNIT_NONE ? NULL : units_get(r->units, b->unit);
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER)
        return false;
    if (!x || !y || x->count || y->count)
        return (!x || x->count) && (!y || y->count);
    return x->dimension == y->dimension;
}

/* Whether a target asks for far less than what was reached. What must stay low is eased by a higher
 * one. */
static bool is_eased(const struct run *r, enum sign sign, double target, double before)
{
    const double share = r->e->review.target_share;
    if (sign == SIGN_GE || sign == SIGN_GT)
        return target < share * before;
    return (sign == SIGN_LE || sign == SIGN_LT) && before < share * target;
}

sy_status review_previous(struct run *r, const struct fund *f, uint32_t item, sy_error *err)
{
    struct previous before;
    struct value_text room;
    char number[NUMBER_TEXT_MAX];
    const struct value target = item_target(r, item);
    /* A target of [targets] or of a script is no choice of the unit. */
    if (item_flags(r, item) & (OVER_TARGET_CONFIG | OVER_TARGET_COMPUTED) ||
        !item_previous(&before, r, f, item) || !compares(r, &target, &before.value) ||
        before.value.num <= 0 || !is_eased(r, item_sign(r, item), target.num, before.value.num))
        return SY_OK;
    struct finding_at at = item_at(r, f, item, FINDING_TARGET_BELOW_PREVIOUS);
    at.text = item_target_text(&room, r, item);
    at.text2 = before.text;
    at.first = &before.place;
    if (!at.text[0]) { /* derived from the actual */
        number_print(number, item_in_unit(r, &target, item_unit(r, item)));
        at.text = number;
    }
    return dataset_find(&r->d, &at, err);
}

/* What the funds of one type claim in one year. */
struct peers {
    uint32_t claiming, perfect, over; /* funds; perfect ones that the rules give less */
    uint32_t first;                   /* perfect fund */
};

static void count_peer(struct peers *p, const struct run *r, uint32_t fund)
{
    const struct fund *f = &r->funds[fund];
    struct review_fund sums;
    bool claims = false;
    const bool perfect = review_perfect(&claims, r, f);
    p->claiming += claims;
    if (!perfect)
        return;
    if (p->perfect++ == 0)
        p->first = fund;
    review_fund(&sums, r, f);
    p->over += sums.rows[VERDICT_OVERCLAIMED] > 0 || sums.over > 0;
}

/* One finding for all: so many perfect claims are a matter of targets and of how claims are made,
 * not of one fund. */
static sy_status doubt_peers(struct run *r, uint32_t standard, const struct peers *p, sy_error *err)
{
    const struct standard *s = &r->standards[standard];
    const struct review_limits *limits = &r->e->review;
    char over[24];
    struct buf type = {0};
    if (p->perfect == 0 || p->perfect < limits->perfect_funds ||
        p->perfect < limits->perfect_share * p->claiming)
        return SY_OK;
    if (s->type != NO_WORD)
        buf_printf(&type, "%s, ", dataset_text(&r->d, s->type));
    buf_printf(&type, "%d", s->year);
    snprintf(over, sizeof over, "%u", (unsigned)p->over);
    struct finding_at at = {.code = FINDING_CLAIMS_ALL_PERFECT,
                            .entity = NO_ENTITY,
                            .path = NO_WORD,
                            .place = r->d.entities[r->funds[p->first].entity].place,
                            .text = buf_text(&type),
                            .text2 = over,
                            .a = p->perfect,
                            .b = p->claiming};
    const sy_status status = type.failed ? error_nomem(err) : dataset_find(&r->d, &at, err);
    buf_dispose(&type);
    return status;
}

sy_status review_peers(struct run *r, sy_error *err)
{
    struct peers *peers = calloc((size_t)r->nstandards + 1, sizeof *peers);
    sy_status status = SY_OK;
    if (!peers)
        return error_nomem(err);
    for (uint32_t k = 0; k < r->nfunds; k++)
        count_peer(&peers[r->funds[k].standard], r, k);
    for (uint32_t s = 0; s < r->nstandards && status == SY_OK; s++)
        status = doubt_peers(r, s, &peers[s], err);
    free(peers);
    return status;
}
