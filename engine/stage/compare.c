/*
 * compare.c - the funds of a run in the years that were asked for, and the changes between them, in
 * batches.
 */
#include "stage/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/progress.h"
#include "stage/compare_parts.h"
#include "stage/same.h"

#define BATCH_ITEMS 65536u /* indicators that are mixed at once, if a fund has no more */

const char *cause_word(enum cause c)
{
    static const char *const words[CAUSES] = {"results",    "targets",     "weights", "rules",
                                              "indicators", "adjustments", "rounding"};
    return words[c];
}

/* Room for one more in the list of that name. */
#define MAKE_ROOM(c, list) \
    make_room((void *)&(c)->list, &(c)->list##_cap, (c)->n##list, sizeof *(c)->list)

static bool make_room(void *list, uint32_t *cap, uint32_t count, size_t size)
{
    void *array;
    memcpy(&array, list, sizeof array);
    bool room = dataset_grow(&array, cap, count, size);
    memcpy(list, &array, sizeof array);
    return room;
}

void compare_dispose(struct compare *c)
{
    free(c->years);
    free(c->bodies);
    free(c->funds);
    free(c->changes);
    free(c->drivers);
    free(c->groups);
    free(c->members);
    ranks_dispose(&c->ranks);
}

static int year_of(const struct run *r, uint32_t fund)
{
    return r->d.entities[r->funds[fund].entity].year;
}

static sy_status check_years(const struct compare *c, sy_error *err)
{
    const struct run *r = c->r;
    if (c->nyears < 2)
        return error_set(err, SY_EINPUT, r->e->ini, 0,
                         "one year alone is compared with nothing: name two, --years A,B");
    for (size_t i = 0; i < c->nyears; i++) {
        bool found = false;
        for (size_t k = 0; k < i; k++)
            if (c->years[k] == c->years[i])
                return error_set(err, SY_EUSAGE, NULL, 0, "year %d is named twice", c->years[i]);
        for (uint32_t k = 0; k < r->d.nentities && !found; k++)
            found = r->d.entities[k].year == c->years[i];
        if (!found)
            return error_set(err, SY_EINPUT, r->e->ini, 0,
                             "there is no data of %d: no fund can be compared with it",
                             c->years[i]);
    }
    return SY_OK;
}

bool compare_holds(const struct compare_what *what, const struct dataset *d, uint32_t fund)
{
    bool found = what->nfunds == 0;
    for (size_t i = 0; i < what->nfunds && !found; i++)
        found = strcmp(what->funds[i], dataset_text(d, fund)) == 0;
    return found;
}

/* Funds of one name, in the order in which the data names them first. */
static sy_status list_bodies(struct compare *c, uint32_t *body_of, sy_error *err)
{
    const struct run *r = c->r;
    struct map known = {0};
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const uint32_t name = r->d.entities[r->funds[i].entity].fund;
        body_of[i] = NO_ROW;
        if (!compare_holds(&c->what, &r->d, name))
            continue;
        uint32_t body = map_get(&known, name);
        if (body == MAP_NONE) {
            body = c->nbodies++;
            status = map_put(&known, name, body) ? SY_OK : error_nomem(err);
        }
        body_of[i] = body;
        c->bodies[body].nfunds++;
    }
    map_dispose(&known);
    return status;
}

/* The funds of each, in the order of the years. */
static void list_funds(struct compare *c, const uint32_t *body_of)
{
    const struct run *r = c->r;
    uint32_t first = 0;
    for (uint32_t i = 0; i < c->nbodies; i++) {
        c->bodies[i].first_fund = first;
        first += c->bodies[i].nfunds;
        c->bodies[i].nfunds = 0;
    }
    for (size_t k = 0; k < c->nyears; k++)
        for (uint32_t i = 0; i < r->nfunds; i++)
            if (body_of[i] != NO_ROW && year_of(r, i) == c->years[k]) {
                struct compare_body *body = &c->bodies[body_of[i]];
                c->funds[body->first_fund + body->nfunds++] = i;
            }
}

static sy_status list_changes(struct compare *c, sy_error *err)
{
    const struct run *r = c->r;
    for (uint32_t i = 0; i < c->nbodies; i++) {
        struct compare_body *body = &c->bodies[i];
        body->first_change = c->nchanges;
        body->first_row = c->nrows;
        for (uint32_t k = 0; k + 1 < body->nfunds; k++) {
            const uint32_t from = c->funds[body->first_fund + k],
                           to = c->funds[body->first_fund + k + 1];
            if (!MAKE_ROOM(c, changes))
                return error_nomem(err);
            c->changes[c->nchanges++] = (struct compare_change){
                .from = from,
                .to = to,
                .known = r->results[from].has_score && r->results[to].has_score};
            body->nchanges++;
        }
        c->nrows += body->nchanges ? body->nchanges : 1;
    }
    return SY_OK;
}

static sy_status list_all(struct compare *c, sy_error *err)
{
    const size_t n = (size_t)c->r->nfunds + 1;
    uint32_t *body_of = malloc(n * sizeof *body_of);
    c->bodies = calloc(n, sizeof *c->bodies);
    c->funds = malloc(n * sizeof *c->funds);
    sy_status status = body_of && c->bodies && c->funds ? SY_OK : error_nomem(err);
    if (status == SY_OK)
        status = list_bodies(c, body_of, err);
    if (status == SY_OK)
        list_funds(c, body_of);
    free(body_of);
    return status == SY_OK ? list_changes(c, err) : status;
}

/* Transitions between standards. Owns: list. */
struct transitions {
    struct transition **list;
    uint32_t n, cap;
    struct map index; /* (from, to) */
};

static sy_status make_transition(struct transition *t, const struct run *r, uint32_t from,
                                 uint32_t to, sy_error *err)
{
    const struct standard *a = &r->standards[from], *b = &r->standards[to];
    *t = (struct transition){.from = from, .to = to, .backwards = b->year < a->year};
    const struct yardstick *late = t->backwards ? a->yard : b->yard;
    t->was = late->nwas && a->yard != b->yard ? late : NULL; /* one has one name for each */
    sy_status status = same_rules(&t->same_rules, a, b, err);
    return status == SY_OK ? same_yardstick(&t->same_yardstick, a, b, err) : status;
}

static sy_status find_transition(const struct transition **out, struct transitions *all,
                                 const struct run *r, const struct compare_change *change,
                                 sy_error *err)
{
    const uint32_t from = r->funds[change->from].standard, to = r->funds[change->to].standard;
    uint32_t at = map_get(&all->index, map_key(from, to));
    if (at == MAP_NONE) {
        struct transition *t = malloc(sizeof *t);
        if (!t || !make_room((void *)&all->list, &all->cap, all->n, sizeof *all->list) ||
            !map_put(&all->index, map_key(from, to), all->n)) {
            free(t);
            return error_nomem(err);
        }
        at = all->n++;
        all->list[at] = t;
        sy_status status = make_transition(t, r, from, to, err);
        if (status != SY_OK)
            return status;
    }
    *out = all->list[at];
    return SY_OK;
}

static void dispose_transitions(struct transitions *all)
{
    for (uint32_t i = 0; i < all->n; i++)
        free(all->list[i]);
    free(all->list);
    map_dispose(&all->index);
}

static void dispose_batch(struct batch *b)
{
    free(b->transitions);
    free(b->changes);
    free(b->first_twin);
    free(b->differs);
    free(b->graded);
    free(b->scripted);
    free(b->fund_at);
    free(b->item_at);
    free(b->twins);
    free(b->root);
    for (unsigned m = 0; m < STATES; m++) {
        free(b->attainment[m]);
        free(b->status[m]);
    }
}

static sy_status make_batch(struct batch *b, struct compare *c, sy_error *err)
{
    const size_t n = (size_t)c->nbodies + 1;
    *b = (struct batch){.c = c,
                        .transitions = malloc(n * sizeof *b->transitions),
                        .changes = malloc(n * sizeof *b->changes),
                        .first_twin = malloc((n + 1) * sizeof *b->first_twin),
                        .differs = malloc(n),
                        .graded = malloc(n),
                        .scripted = malloc(n * sizeof *b->scripted),
                        .fund_at = malloc(n * sizeof *b->fund_at),
                        .item_at = malloc(n * sizeof *b->item_at)};
    return b->transitions && b->changes && b->first_twin && b->differs && b->graded &&
                   b->scripted && b->fund_at && b->item_at
               ? SY_OK
               : error_nomem(err);
}

static sy_status add_change(struct batch *b, struct transitions *all, uint32_t number,
                            sy_error *err)
{
    struct compare_change *change = &b->c->changes[number];
    const struct transition *t = NULL;
    sy_status status = find_transition(&t, all, b->c->r, change, err);
    if (status != SY_OK)
        return status;
    change->yardsticks_differ = !t->same_yardstick;
    if (!change->known)
        return SY_OK;
    b->transitions[b->count] = t;
    b->changes[b->count] = number;
    b->first_twin[b->count++] = b->ntwins;
    status = compare_twins(b, change, t, err);
    b->first_twin[b->count] = b->ntwins;
    return status;
}

static sy_status run_batch(struct batch *b, struct mix *mix, sy_error *err)
{
    sy_status status = compare_mix(b, mix, err);
    if (status == SY_OK)
        status = compare_work_out(b, err);
    b->count = b->ntwins = 0;
    return status;
}

/* The k-th change of each fund, so that no year is both the one that is mixed and the one before
 * it. */
static sy_status run_changes(struct batch *b, struct transitions *all, struct mix *mix, uint32_t k,
                             sy_error *err)
{
    struct compare *c = b->c;
    const struct run *r = c->r;
    const double share = (double)k / (double)(c->nyears - 1);
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < c->nbodies && status == SY_OK; i++) {
        if (k < c->bodies[i].nchanges)
            status = add_change(b, all, c->bodies[i].first_change + k, err);
        if (status == SY_OK && b->ntwins >= BATCH_ITEMS) {
            status = run_batch(b, mix, err);
            if (status == SY_OK)
                status =
                    progress_tell(&r->progress, "compare",
                                  share + (double)i / c->nbodies / (double)(c->nyears - 1), err);
        }
    }
    return status == SY_OK ? run_batch(b, mix, err) : status;
}

/* Drivers in the order of their changes. */
static sy_status order_drivers(struct compare *c, sy_error *err)
{
    struct compare_driver *ordered = malloc(((size_t)c->ndrivers + 1) * sizeof *ordered);
    uint32_t n = 0;
    if (!ordered)
        return error_nomem(err);
    for (uint32_t i = 0; i < c->nchanges; i++) {
        struct compare_change *change = &c->changes[i];
        for (uint32_t k = 0; k < change->ndrivers; k++)
            ordered[n + k] = c->drivers[change->first_driver + k];
        change->first_driver = n;
        n += change->ndrivers;
    }
    free(c->drivers);
    c->drivers = ordered;
    c->drivers_cap = n;
    return SY_OK;
}

static sy_status run_all(struct compare *c, sy_error *err)
{
    struct batch batch;
    struct transitions transitions = {0};
    struct mix mix;
    sy_status status = make_batch(&batch, c, err);
    if (status == SY_OK) {
        status = mix_open(&mix, c->r, err);
        for (uint32_t k = 0; k + 1 < c->nyears && status == SY_OK; k++)
            status = run_changes(&batch, &transitions, &mix, k, err);
        mix_close(&mix);
    }
    dispose_batch(&batch);
    dispose_transitions(&transitions);
    return status == SY_OK ? order_drivers(c, err) : status;
}

sy_status compare_open(struct compare *out, struct run *r, const struct compare_what *what,
                       sy_error *err)
{
    *out = (struct compare){.r = r, .what = *what, .nyears = what->nyears};
    out->years = malloc((what->nyears + 1) * sizeof *out->years);
    if (!out->years)
        return error_nomem(err);
    memcpy(out->years, what->years, what->nyears * sizeof *out->years);
    sy_status status = check_years(out, err);
    if (status == SY_OK)
        status = list_all(out, err);
    if (status == SY_OK)
        status = ranks_make(&out->ranks, r, err);
    return status == SY_OK ? run_all(out, err) : status;
}

sy_status compare_refuse_differing(const struct compare *c, sy_error *err)
{
    const struct run *r = c->r;
    for (uint32_t i = 0; i < c->nchanges; i++) {
        const struct compare_change *change = &c->changes[i];
        const struct standard *s = &r->standards[r->funds[change->to].standard];
        if (change->yardsticks_differ)
            return error_set(err, SY_EINPUT, NULL, 0,
                             "--strict: the yardsticks of %d and %d differ for %s: see steelyard "
                             "config --diff %d %d, or compare by one, --yardstick %d",
                             year_of(r, change->from), s->year,
                             s->type == NO_WORD ? "funds without a type"
                                                : dataset_text(&r->d, s->type),
                             year_of(r, change->from), s->year, s->year);
    }
    return SY_OK;
}
