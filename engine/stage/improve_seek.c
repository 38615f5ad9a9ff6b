/*
 * improve_seek.c - how far each indicator can be led: its rule is asked, not read.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "stage/improve_parts.h"

#define SAME       1e-9
#define DOUBLINGS  40 /* steps away from where a figure stands, each twice the last */
#define FIGURE_MAX 1e13

static bool is_day(const struct value *v)
{
    return v->kind == VALUE_DATE || v->kind == VALUE_BY;
}

void improve_print(struct candidate *c, const struct run *r)
{
    char number[NUMBER_TEXT_MAX];
    const struct unit *u = c->value.unit == UNIT_NONE ? NULL : units_get(r->units, c->value.unit);
    if (c->value.kind == VALUE_DATE) {
        date_print(number, (int32_t)c->value.num);
        snprintf(c->text, sizeof c->text, "%s", number);
        return;
    }
    number_print(number, c->value.num / (u ? u->scale : 1));
    snprintf(c->text, sizeof c->text, "%s%.64s", number, u ? u->name : "");
}

/* One more figure of a candidate: the attainment that it has. */
static sy_status ask(double *out, struct improving *im, struct candidate *c, double x,
                     sy_error *err)
{
    struct trial o;
    const double steps = nearbyint(x / c->grain);
    c->value.num = steps * c->grain;
    /* A whole number of tenths in doubles is the tenth that people write. */
    if (c->grain < 1)
        c->value.num = steps / nearbyint(1 / c->grain);
    improve_print(c, im->r);
    sy_status status = improve_try(&o, im, c, err);
    if (status == SY_OK)
        *out = o.status == ITEM_SCORED ? o.attainment : -1;
    return status;
}

/* The figures of an indicator come in steps: of its last decimal, in its unit. */
static double find_grain(const struct run *r, const struct candidate *c, const struct value *target,
                         const struct value *actual)
{
    if (c->value.kind == VALUE_DATE)
        return 1;
    const struct unit *u = c->value.unit == UNIT_NONE ? NULL : units_get(r->units, c->value.unit);
    const unsigned a =
        target->kind == VALUE_NUMBER || target->kind == VALUE_RANGE ? target->places : 0;
    const unsigned b = actual->kind == VALUE_NUMBER ? actual->places : 0;
    return (u ? u->scale : 1) / pow(10, a > b ? (a < 6 ? a : 6) : b < 6 ? b : 6);
}

/* Where the target lies: the actual that meets it. */
static double aim(const struct improving *im, const struct candidate *c, const struct value *target,
                  const struct value *actual)
{
    const enum sign sign = item_sign(im->r, c->item);
    if (target->kind == VALUE_RANGE)
        return actual->kind == VALUE_NUMBER && actual->num > target->hi ? target->hi : target->num;
    if (target->kind == VALUE_NUMBER && sign == SIGN_GT)
        return (floor(target->num / c->grain + SAME) + 1) * c->grain;
    if (target->kind == VALUE_NUMBER && sign == SIGN_LT)
        return (ceil(target->num / c->grain - SAME) - 1) * c->grain;
    if (target->kind == VALUE_NUMBER && sign == SIGN_LE)
        return floor(target->num / c->grain + SAME) * c->grain;
    if (target->kind == VALUE_NUMBER)
        return ceil(target->num / c->grain - SAME) * c->grain;
    return is_day(target) ? target->num : NAN;
}

/* Away from `from` both ways, for a rule whose best figure no target tells. */
static sy_status wander(struct improving *im, struct candidate *c, double from, double *best,
                        double *where, sy_error *err)
{
    sy_status status = SY_OK;
    double step = c->grain;
    for (int i = 0; i < DOUBLINGS && step < FIGURE_MAX && *best < 1 - SAME; i++, step *= 2) {
        for (int way = -1; way <= 1; way += 2) {
            double attainment, x = from + way * step;
            if (is_day(&c->value) && fabs(step) > 4096)
                continue;
            status = ask(&attainment, im, c, x, err);
            if (status != SY_OK)
                return status;
            if (attainment > *best + SAME) {
                *best = attainment;
                *where = c->value.num;
            }
        }
    }
    return status;
}

sy_status improve_trim(struct improving *im, struct candidate *c,
                       bool (*enough)(const void *ctx, const struct trial *o), const void *ctx,
                       sy_error *err)
{
    const struct value actual = item_actual(im->r, c->item);
    const bool figure = actual.kind == VALUE_NUMBER || is_day(&actual) || c->from_nothing;
    double low = c->from_nothing ? 0 : nearbyint(actual.num / c->grain);
    double high = nearbyint(c->value.num / c->grain);
    sy_status status = SY_OK;
    while (figure && fabs(high - low) > 1 && status == SY_OK) {
        const double middle = low + trunc((high - low) / 2);
        struct trial o;
        c->value.num = c->grain < 1 ? middle / nearbyint(1 / c->grain) : middle * c->grain;
        improve_print(c, im->r);
        status = improve_try(&o, im, c, err);
        if (status == SY_OK)
            *(enough(ctx, &o) ? &high : &low) = middle;
    }
    c->value.num = c->grain < 1 ? high / nearbyint(1 / c->grain) : high * c->grain;
    improve_print(c, im->r);
    return status;
}

static bool is_as_good(const void *ctx, const struct trial *o)
{
    return o->status == ITEM_SCORED && o->attainment >= *(const double *)ctx - SAME;
}

static double find_effort(const struct run *r, const struct candidate *c)
{
    const struct value target = item_target(r, c->item), actual = item_actual(r, c->item);
    if (is_day(&c->value))
        return is_day(&actual) ? fabs(c->value.num - actual.num) / 365 : 1;
    if (actual.kind != VALUE_NUMBER)
        return 1;
    const double whole =
        target.kind == VALUE_NUMBER && target.num != 0 ? fabs(target.num) : fabs(actual.num);
    return fabs(c->value.num - actual.num) / (whole > 0 ? whole : fabs(c->value.num));
}

/* The best word of [ratings]. */
static bool find_rating(struct candidate *c, const struct yardstick *y)
{
    const struct yard_rating *best = NULL;
    for (size_t i = 0; i < y->nratings; i++)
        if (!best || y->ratings[i].attainment > best->attainment)
            best = &y->ratings[i];
    if (!best)
        return false;
    c->rating = true;
    c->attainment = best->attainment;
    c->effort = 1;
    snprintf(c->text, sizeof c->text, "%.120s", best->word);
    return true;
}

static sy_status find_figure(bool *out, struct improving *im, struct candidate *c, double now,
                             sy_error *err)
{
    const struct run *r = im->r;
    const struct value target = item_target(r, c->item), actual = item_actual(r, c->item);
    const bool days = is_day(&target) || is_day(&actual);
    double best = now, where = NAN;
    c->value = (struct value){.unit = item_unit(r, c->item),
                              .kind = days ? VALUE_DATE : VALUE_NUMBER,
                              .places = target.places};
    if (days)
        c->value.unit = UNIT_NONE;
    c->grain = find_grain(r, c, &target, &actual);
    const double at = aim(im, c, &target, &actual);
    const double from = !isnan(at) ? at : actual.kind == VALUE_NUMBER || days ? actual.num : 0;
    c->from_nothing = isnan(at) && actual.kind != VALUE_NUMBER && !days;
    sy_status status = SY_OK;
    if (!isnan(at)) {
        double attainment;
        status = ask(&attainment, im, c, at, err);
        if (status == SY_OK && attainment > best + SAME) {
            best = attainment;
            where = c->value.num;
        }
    }
    if (status == SY_OK)
        status = wander(im, c, from, &best, &where, err);
    *out = status == SY_OK && !isnan(where);
    if (!*out)
        return status;
    c->value.num = where;
    c->attainment = best;
    status = improve_trim(im, c, is_as_good, &best, err);
    c->effort = find_effort(r, c);
    return status;
}

static bool is_words(const struct improving *im, uint32_t item)
{
    const struct value target = item_target(im->r, item);
    return item_rating(im->r, own(im), item) != NO_WORD ||
           item_sign(im->r, item) == SIGN_QUALITATIVE || target.kind == VALUE_TEXT;
}

/* What an indicator earns now for each point; below that of nothing where it is left out. */
static double earned_now(const struct improving *im, uint32_t item)
{
    const double earned = tally_earned(im->r, item_bound(im->r, item), item_status(im->r, item),
                                       item_attainment(im->r, item), 1);
    return isnan(earned) ? -1 : earned;
}

static sy_status seek(struct improving *im, uint32_t item, sy_error *err)
{
    const struct run *r = im->r;
    struct candidate *c = &im->candidates[im->ncandidates];
    const enum item_status is = item_status(r, item);
    const double weight = item_weight(r, item), now = earned_now(im, item);
    bool found = false;
    sy_status status = SY_OK;
    *c = (struct candidate){.item = item};
    if (!(weight > 0) || is == ITEM_NOT_APPLICABLE || is == ITEM_ERROR || now >= 1 - SAME)
        return SY_OK;
    if (is_words(im, item))
        found = find_rating(c, im->yard) && c->attainment > now + SAME;
    else
        status = find_figure(&found, im, c, now, err);
    im->ncandidates += found;
    return status;
}

sy_status improve_seek(struct improving *im, sy_error *err)
{
    sy_status status = SY_OK;
    im->candidates = calloc((size_t)own(im)->count + 1, sizeof *im->candidates);
    if (!im->candidates)
        return error_nomem(err);
    for (uint32_t i = 0; i < own(im)->count && status == SY_OK; i++)
        status = seek(im, own(im)->first + i, err);
    return status;
}
