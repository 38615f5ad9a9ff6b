/*
 * properties_money.c - the same money in 元 and in 万元 gives the same attainment.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "prove/properties_parts.h"
#include "prove/vary.h"

/* The cases of a file that tell money, each twice: in 元, then in 万元. Owns: both lists. */
struct moneys {
    const struct prove_case **list;
    const struct prove_case **of; /* the case of the file, by pair */
    size_t n;
};

static const struct yardstick *yard_of(const struct trying *t, uint32_t fund)
{
    return t->run->standards[t->run->funds[fund].standard].yard;
}

static sy_status add_case(struct trying *t, struct moneys *m, const struct prove_case *c)
{
    const uint32_t fund = prove_fund(t->run, c);
    bool changed[2] = {false, false};
    if (fund == NO_ROW)
        return SY_OK;
    for (int wan = 0; wan < 2; wan++) {
        struct prove_case *other =
            vary_money(&t->arena, c, t->run->units, yard_of(t, fund), wan != 0, &changed[wan]);
        if (!other)
            return error_nomem(t->err);
        other->number = (uint32_t)m->n + 1 + (uint32_t)wan;
        m->list[m->n + (size_t)wan] = other;
    }
    if (!changed[0] && !changed[1])
        return SY_OK;
    m->of[m->n / 2] = c;
    m->n += 2;
    return SY_OK;
}

static double attainment_of(const struct run *r, const struct prove_case *c, const char *path)
{
    const uint32_t item = prove_item(r, c, path);
    return item == NO_ROW || item_status(r, item) != ITEM_SCORED ? NAN : item_attainment(r, item);
}

/* Each indicator of one case in both ways. */
static sy_status compare_case(struct trying *t, const struct run *r, const struct moneys *m,
                              size_t pair)
{
    const struct prove_case *c = m->of[pair];
    const uint32_t fund = prove_fund(t->run, c);
    const struct fund *f = &t->run->funds[fund];
    sy_status status = SY_OK;
    for (uint32_t k = f->first; k < f->first + f->count && status == SY_OK; k++) {
        struct law_point points[2] = {{.given = NAN}, {.given = NAN}};
        for (size_t i = 0; i < 2; i++)
            points[i].attainment = attainment_of(r, m->list[2 * pair + i], item_path(t->run, k));
        if (!law_broken(LAW_UNITS, points))
            continue;
        const struct seed seed = {.c = c,
                                  .base = c,
                                  .item = k,
                                  .path = arena_strdup(&t->out->arena, item_path(t->run, k))};
        const struct trial trial = {.home = t->file->home,
                                    .law = LAW_UNITS,
                                    .base = c,
                                    .own = SIZE_MAX,
                                    .path = seed.path,
                                    .n = 2,
                                    .units = t->run->units,
                                    .yard = yard_of(t, fund)};
        status = seed.path ? properties_keep(t, &seed, &trial, (double)vary_parts(c))
                           : error_nomem(t->err);
    }
    return status;
}

sy_status properties_money(struct trying *t)
{
    struct run *r = NULL;
    const size_t most = t->file->ncases + 1;
    struct moneys m = {malloc(2 * most * sizeof *m.list), malloc(most * sizeof *m.of), 0};
    sy_status status = m.list && m.of ? SY_OK : error_nomem(t->err);
    for (size_t i = 0; i < t->file->ncases && status == SY_OK; i++)
        status = add_case(t, &m, &t->file->cases[i]);
    if (status == SY_OK && m.n > 0)
        status = prove_score(&r, t->file->home, m.list, m.n, t->err);
    for (size_t i = 0; r && i < m.n / 2 && status == SY_OK; i++)
        status = compare_case(t, r, &m, i);
    t->out->nprobes += m.n;
    run_free(r);
    free(m.list);
    free(m.of);
    arena_dispose(&t->arena);
    return status;
}
