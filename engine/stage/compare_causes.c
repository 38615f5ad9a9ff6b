/*
 * compare_causes.c - Shapley values of one change: what each indicator brings in each state of the
 * four things that scores depend on, and what moving one of them changes in the mean.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/compare_parts.h"
#include "stage/tally.h"

#define NOTHING     1e-9 /* points that are none */
#define FEW_DRIVERS 32u

/* What one indicator earns in one state. */
struct piece {
    uint32_t part;         /* of the change: a twin, or an indicator that one year has alone */
    uint32_t branch;       /* first level's path */
    double weight, earned; /* earned NAN: left out */
};

/* One branch of a state, or all of it. */
struct share {
    uint32_t branch;
    double weight, included, factor;
};

/* A change while it is worked out. Owns: pieces, parts, alone, whose, singles, shares. */
struct working {
    const struct batch *b;
    const struct run *r;
    const struct compare_change *change;
    const struct twin *twins;
    uint32_t first, ntwins;   /* first: in the batch */
    unsigned graded, differs; /* what attainments depend on; what differs, of all */
    struct piece *pieces;
    uint32_t npieces;
    uint32_t nparts;
    double (*parts)[STATES];  /* by part: the points that it brings */
    double *alone[2];         /* by part: the same among all indicators of a year */
    uint32_t *whose[2];       /* by indicator of a year: its part */
    uint32_t *singles;        /* items that one year has alone, parts from ntwins on */
    uint32_t nsingles, nfrom; /* … of which the first so many are the first year's */
    struct share *shares;
    uint32_t nshares;
};

static void add_piece(struct working *w, uint32_t part, uint32_t item, double weight,
                      enum item_status status, double attainment)
{
    const struct bound *bound = item_bound(w->r, item);
    if (!isnan(weight))
        w->pieces[w->npieces++] =
            (struct piece){.part = part,
                           .branch = bound->branch,
                           .weight = weight,
                           .earned = tally_earned(w->r, bound, status, attainment, weight)};
}

static void add_own(struct working *w, uint32_t part, uint32_t item, double weight)
{
    add_piece(w, part, item, weight, item_status(w->r, item), item_attainment(w->r, item));
}

/* The members of a group in one of the years. */
static const uint32_t *members_of(const struct working *w, const struct twin *twin, bool to,
                                  uint32_t *n)
{
    const struct compare *c = w->b->c;
    const struct compare_group *g = &c->groups[twin->group];
    *n = to ? g->nto : g->nfrom;
    return c->members + g->first + (to ? g->nfrom : 0);
}

static double sum_weights(const struct working *w, const struct twin *twin, bool to)
{
    uint32_t n;
    const uint32_t *items = members_of(w, twin, to, &n);
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += isnan(item_weight(w->r, items[i])) ? 0 : item_weight(w->r, items[i]);
    return sum;
}

/* A group moves as a whole: as its year's rules have it, with the points of the year of weights. */
static void add_group(struct working *w, uint32_t part, const struct twin *twin, unsigned state)
{
    const bool rules = state & OF_RULES, weights = state & OF_WEIGHTS;
    uint32_t n;
    const uint32_t *items = members_of(w, twin, rules, &n);
    const double own = sum_weights(w, twin, rules), points = sum_weights(w, twin, weights);
    for (uint32_t i = 0; i < n; i++) {
        const double weight = item_weight(w->r, items[i]);
        add_own(w, part, items[i],
                rules == weights || isnan(weight) ? weight
                : own > 0                         ? weight * points / own
                                                  : points / n);
    }
}

static void add_twin(struct working *w, uint32_t part, unsigned state)
{
    const struct twin *twin = &w->twins[part];
    const uint32_t item = state & OF_RULES ? twin->to : twin->from;
    const double weight = item_weight(w->r, state & OF_WEIGHTS ? twin->to : twin->from);
    const unsigned mix = compare_state(state, w->graded);
    if (twin->group != NO_ROW)
        add_group(w, part, twin, state);
    else if (twin->unmixed)
        add_own(w, part, item, weight);
    else
        add_piece(w, part, item, weight, (enum item_status)w->b->status[mix][w->first + part],
                  w->b->attainment[mix][w->first + part]);
}

static struct share *share_of(struct working *w, uint32_t branch)
{
    for (uint32_t i = 0; i < w->nshares; i++)
        if (w->shares[i].branch == branch)
            return &w->shares[i];
    w->shares[w->nshares] = (struct share){.branch = branch};
    return &w->shares[w->nshares++];
}

/* weight / included, as a factor; 0 where nothing is included. */
static double hand_on(double weight, double included)
{
    return included <= 0 ? 0 : tally_same_weight(weight, included) ? 1 : weight / included;
}

/* What the points of the pieces are multiplied with, since excluded ones are handed on (contract
 * 5.3): within each branch, then among them. */
static void find_factors(struct working *w, bool by_level)
{
    double weight = 0, held = 0;
    w->nshares = 0;
    for (uint32_t i = 0; i < w->npieces; i++) {
        const struct piece *piece = &w->pieces[i];
        struct share *share = share_of(w, by_level ? piece->branch : 0);
        share->weight += piece->weight;
        share->included += isnan(piece->earned) ? 0 : piece->weight;
        weight += piece->weight;
    }
    for (uint32_t i = 0; i < w->nshares; i++) {
        struct share *share = &w->shares[i];
        share->factor = hand_on(share->weight, share->included);
        held += share->included > 0 ? share->weight : 0;
    }
    for (uint32_t i = 0; i < w->nshares && by_level; i++)
        w->shares[i].factor *= hand_on(weight, held);
}

/* Points by part, `stride` apart. */
static void spread_pieces(struct working *w, bool by_level, double *out, size_t stride)
{
    find_factors(w, by_level);
    for (uint32_t i = 0; i < w->nparts; i++)
        out[i * stride] = 0;
    for (uint32_t i = 0; i < w->npieces; i++) {
        const struct piece *piece = &w->pieces[i];
        if (!isnan(piece->earned))
            out[piece->part * stride] +=
                piece->earned * share_of(w, by_level ? piece->branch : 0)->factor;
    }
}

static bool by_level(const struct working *w, bool to)
{
    const struct compare *c = w->b->c;
    const struct fund *f = to ? compare_to(c, w->change) : compare_from(c, w->change);
    return w->r->standards[f->standard].yard->rescale_level;
}

static void find_parts(struct working *w)
{
    for (unsigned state = 0; state < STATES; state++) {
        const unsigned same = compare_state(state, w->differs);
        if (same != state)
            continue;
        w->npieces = 0;
        for (uint32_t i = 0; i < w->ntwins; i++)
            add_twin(w, i, state);
        spread_pieces(w, by_level(w, state & OF_RULES), &w->parts[0][state], STATES);
    }
    for (unsigned state = 0; state < STATES; state++) {
        const unsigned same = compare_state(state, w->differs);
        for (uint32_t i = 0; i < w->nparts && same != state; i++)
            w->parts[i][state] = w->parts[i][same];
    }
}

/* All indicators of a year, as it scored them. */
static void find_alone(struct working *w, bool to)
{
    const struct compare *c = w->b->c;
    const struct fund *f = to ? compare_to(c, w->change) : compare_from(c, w->change);
    w->npieces = 0;
    for (uint32_t i = 0; i < f->count; i++)
        add_own(w, w->whose[to][i], f->first + i, item_weight(w->r, f->first + i));
    spread_pieces(w, by_level(w, to), w->alone[to], 1);
}

/* The mean over all 24 orders: of 3 others, those already moved. */
static double shapley(const double parts[STATES], unsigned bit)
{
    static const double shares[] = {6.0 / 24, 2.0 / 24, 2.0 / 24, 6.0 / 24};
    double sum = 0;
    for (unsigned state = 0; state < STATES; state++) {
        if (state & bit)
            continue;
        const int moved = !!(state & 1) + !!(state & 2) + !!(state & 4) + !!(state & 8);
        sum += shares[moved] * (parts[state | bit] - parts[state]);
    }
    return sum;
}

static void find_driver(struct compare_driver *d, const struct working *w, uint32_t part)
{
    static const unsigned bits[CAUSES_MIXED] = {[CAUSE_RESULTS] = OF_RESULTS,
                                                [CAUSE_TARGETS] = OF_TARGETS,
                                                [CAUSE_WEIGHTS] = OF_WEIGHTS,
                                                [CAUSE_RULES] = OF_RULES};
    const double *parts = w->parts[part];
    for (int i = 0; i < CAUSES_MIXED; i++)
        d->causes[i] =
            (w->differs & bits[i]) || bits[i] == OF_RESULTS ? shapley(parts, bits[i]) : 0;
    d->causes[CAUSE_INDICATORS] =
        w->nsingles ? (w->alone[1][part] - w->alone[0][part]) - (parts[STATES - 1] - parts[0]) : 0;
    for (int i = 0; i < CAUSES_DRIVEN; i++)
        d->change += d->causes[i];
}

static bool moves(const struct compare_driver *d)
{
    for (int i = 0; i < CAUSES_DRIVEN; i++)
        if (fabs(d->causes[i]) > NOTHING)
            return true;
    return false;
}

/* The greatest change first; in billionths of a point, as nobody sees less. */
static bool comes_before(const struct compare_driver *x, const struct compare_driver *y)
{
    const double left = nearbyint(fabs(x->change) / NOTHING);
    const double right = nearbyint(fabs(y->change) / NOTHING);
    if (left != right)
        return left > right;
    return x->to != y->to ? x->to < y->to : x->from < y->from;
}

static int compare_drivers(const void *a, const void *b)
{
    return comes_before(a, b) ? -1 : comes_before(b, a);
}

/* Most changes have few drivers, which are mostly in no order: a call for each comparison costs
 * more than moving them. */
static void sort_drivers(struct compare_driver *list, uint32_t n)
{
    if (n > FEW_DRIVERS) {
        qsort(list, n, sizeof *list, compare_drivers);
        return;
    }
    for (uint32_t i = 1; i < n; i++) {
        const struct compare_driver d = list[i];
        uint32_t at = i;
        for (; at > 0 && comes_before(&d, &list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = d;
    }
}

static sy_status add_driver(struct drivers *out, const struct compare_driver *d, sy_error *err)
{
    void *array = out->list;
    const bool room = dataset_grow(&array, &out->cap, out->n, sizeof *out->list);
    out->list = array;
    if (!room)
        return error_nomem(err);
    out->list[out->n++] = *d;
    return SY_OK;
}

/* The indicators behind a part: a twin's, or those that one year has alone. */
static void name_driver(struct compare_driver *d, const struct working *w, uint32_t part)
{
    *d = (struct compare_driver){.from = NO_ROW, .to = NO_ROW, .group = NO_ROW};
    if (part < w->ntwins) {
        const struct twin *twin = &w->twins[part];
        d->from = twin->from;
        d->to = twin->to;
        d->group = twin->group;
        d->unmixed = twin->unmixed || twin->group != NO_ROW;
        return;
    }
    const uint32_t at = part - w->ntwins;
    *(at < w->nfrom ? &d->from : &d->to) = w->singles[at];
}

static sy_status sum_up(const struct working *w, struct compare_change *change, double causes[],
                        struct drivers *out, sy_error *err)
{
    sy_status status = SY_OK;
    change->first_driver = out->n;
    for (uint32_t i = 0; i < w->nparts && status == SY_OK; i++) {
        struct compare_driver d;
        name_driver(&d, w, i);
        find_driver(&d, w, i);
        for (int k = 0; k < CAUSES_DRIVEN; k++)
            causes[k] += d.causes[k];
        if (moves(&d))
            status = add_driver(out, &d, err);
    }
    change->ndrivers = out->n - change->first_driver;
    if (change->ndrivers)
        sort_drivers(out->list + change->first_driver, change->ndrivers);
    return status;
}

/* The indicators of a year that are no twin's get parts of their own. */
static void list_singles(struct working *w, bool to)
{
    const struct compare *c = w->b->c;
    const struct fund *f = to ? compare_to(c, w->change) : compare_from(c, w->change);
    for (uint32_t i = 0; i < f->count; i++)
        w->whose[to][i] = NO_ROW;
    for (uint32_t k = 0; k < w->ntwins; k++) {
        const struct twin *twin = &w->twins[k];
        uint32_t n = 1;
        const uint32_t *items = to ? &twin->to : &twin->from;
        if (twin->group != NO_ROW)
            items = members_of(w, twin, to, &n);
        for (uint32_t i = 0; i < n; i++)
            w->whose[to][items[i] - f->first] = k;
    }
    for (uint32_t i = 0; i < f->count; i++) {
        if (w->whose[to][i] != NO_ROW)
            continue;
        w->singles[w->nsingles] = f->first + i;
        w->whose[to][i] = w->ntwins + w->nsingles++;
    }
}

static bool make_room(struct working *w, uint32_t nfrom, uint32_t nto)
{
    const size_t n = (size_t)nfrom + nto + 1; /* parts, and pieces of a state, are no more */
    w->pieces = malloc(n * sizeof *w->pieces);
    w->parts = malloc(n * sizeof *w->parts);
    w->shares = malloc(n * sizeof *w->shares);
    w->singles = malloc(n * sizeof *w->singles);
    for (int to = 0; to < 2; to++) {
        w->alone[to] = malloc(n * sizeof *w->alone[to]);
        w->whose[to] = malloc(n * sizeof *w->whose[to]);
    }
    return w->pieces && w->parts && w->shares && w->singles && w->alone[0] && w->alone[1] &&
           w->whose[0] && w->whose[1];
}

static void dispose(struct working *w)
{
    free(w->pieces);
    free(w->parts);
    free(w->shares);
    free(w->singles);
    for (int to = 0; to < 2; to++) {
        free(w->alone[to]);
        free(w->whose[to]);
    }
}

/* x × 10^(places more than it has). */
static int64_t rescale(int64_t x, int from, int to)
{
    return x * (int64_t)number_pow10[to - from];
}

static int decimals_of(const struct run *r, uint32_t fund)
{
    return r->standards[r->funds[fund].standard].yard->decimals;
}

/* The printed change, and causes that add up to it. A cause that no number can hold is none: what
 * is left says so. */
static void close_change(struct compare_change *change, const struct run *r, const double causes[])
{
    const struct fund_result *from = &r->results[change->from], *to = &r->results[change->to];
    const int p = decimals_of(r, change->from), q = decimals_of(r, change->to);
    const int places = change->decimals = p > q ? p : q;
    change->change = rescale(to->score, q, places) - rescale(from->score, p, places);
    int64_t rest = change->change;
    for (int i = 0; i < CAUSES_DRIVEN; i++) {
        if (!decimal_round(&change->causes[i], causes[i], places, ROUND_HALF_UP))
            change->causes[i] = 0;
        rest -= change->causes[i];
    }
    change->causes[CAUSE_ADJUSTMENTS] =
        rescale(to->score - to->base, q, places) - rescale(from->score - from->base, p, places);
    change->causes[CAUSE_ROUNDING] = rest - change->causes[CAUSE_ADJUSTMENTS];
}

sy_status compare_causes(struct drivers *out, const struct batch *b, uint32_t i, sy_error *err)
{
    struct compare_change *change = &b->c->changes[b->changes[i]];
    struct working w = {.b = b,
                        .r = b->c->r,
                        .change = change,
                        .twins = b->twins + b->first_twin[i],
                        .first = b->first_twin[i],
                        .ntwins = b->first_twin[i + 1] - b->first_twin[i],
                        .graded = b->graded[i],
                        .differs = b->differs[i]};
    double causes[CAUSES_DRIVEN] = {0};
    sy_status status = SY_OK;
    if (!make_room(&w, compare_from(b->c, change)->count, compare_to(b->c, change)->count))
        status = error_nomem(err);
    for (uint32_t k = 0; k < w.ntwins; k++)
        if (w.twins[k].unmixed || w.twins[k].group != NO_ROW)
            w.differs |= OF_RULES;
    for (int to = 0; to < 2 && status == SY_OK; to++) {
        list_singles(&w, to);
        w.nfrom = to ? w.nfrom : w.nsingles;
    }
    w.nparts = w.ntwins + w.nsingles;
    if (status == SY_OK)
        find_parts(&w);
    for (int to = 0; to < 2 && w.nsingles && status == SY_OK; to++)
        find_alone(&w, to);
    if (status == SY_OK)
        status = sum_up(&w, change, causes, out, err);
    if (status == SY_OK)
        close_change(change, w.r, causes);
    dispose(&w);
    return status;
}
