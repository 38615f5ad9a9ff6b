/*
 * properties.c - the cases of a test file to counterexamples: indicators and what they are tried
 * with, thousands of cases at once; of each rule and law the smallest counterexample.
 */
#include "prove/properties.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pattern.h"
#include "prove/properties_parts.h"
#include "prove/vary.h"

#define BATCH 8192 /* cases that are scored at once, about */

static bool grow(void **array, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return true;
    const size_t more = *cap ? *cap * 2 : 16;
    void *larger = realloc(*array, more * size);
    if (!larger)
        return false;
    *array = larger;
    *cap = more;
    return true;
}

/* Whether some exemption of the file lets the law off there. */
static bool is_exempt(struct trying *t, const char *path, enum prove_law law)
{
    bool exempt = false;
    for (size_t i = 0; i < t->file->nexempts; i++) {
        const struct prove_exempt *e = &t->file->exempts[i];
        if (strcmp(e->law, law_word(law)) != 0 || !pattern_match(e->pattern, path))
            continue;
        t->out->spared[i] = true;
        exempt = true;
    }
    return exempt;
}

void properties_print_rule(struct buf *out, const struct rule *rule)
{
    if (rule->script)
        buf_printf(out, "%s:%u ", rule->script, (unsigned)rule->line);
    rule_print(out, rule);
}

sy_status properties_keep(struct trying *t, const struct seed *seed, const struct trial *trial,
                          double cost)
{
    if (is_exempt(t, seed->path, trial->law))
        return SY_OK;
    buf_clear(&t->text);
    buf_printf(&t->text, "%s ", law_word(trial->law));
    properties_print_rule(&t->text, seed_bound(t, seed->item)->rule);
    const uint32_t key = pool_intern_str(&t->keys, buf_text(&t->text));
    void *array = t->found;
    if (t->text.failed || key == POOL_NONE ||
        !grow(&array, &t->found_cap, t->nfound, sizeof *t->found))
        return error_nomem(t->err);
    t->found = array;
    struct found *f = NULL;
    for (size_t i = 0; i < t->nfound; i++)
        if (t->found[i].key == key)
            f = &t->found[i];
    if (f && f->cost <= cost)
        return SY_OK;
    f = f ? f : &t->found[t->nfound++];
    *f = (struct found){key, cost, *seed, *trial};
    f->seed.probes = (struct probes){0}; /* they go with the batch */
    return SY_OK;
}

/* A fault among a seed's probes as a trial of its own. */
static sy_status keep_fault(struct trying *t, const struct seed *seed,
                            const struct law_fault *fault)
{
    struct trial trial = {.home = &t->reported,
                          .law = fault->law,
                          .base = seed->base,
                          .own = seed->own,
                          .path = seed->path,
                          .n = fault->n};
    for (size_t i = 0; i < fault->n; i++) {
        trial.actuals[i] = arena_strdup(&t->out->arena, seed->probes.list[fault->points[i]].text);
        if (!trial.actuals[i])
            return error_nomem(t->err);
    }
    return properties_keep(t, seed, &trial, fault->cost);
}

/* Scores the probes of all seeds at hand, and looks for what breaks a law. */
static sy_status score_batch(struct trying *t)
{
    struct trial_case *cases = malloc((t->nprobes + 1) * sizeof *cases);
    struct law_point *points = malloc((t->nprobes + 1) * sizeof *points);
    sy_status status = cases && points ? SY_OK : error_nomem(t->err);
    size_t n = 0;
    for (size_t i = 0; i < t->nseeds && status == SY_OK; i++) {
        const struct seed *s = &t->seeds[i];
        for (size_t k = 0; k < s->probes.n && status == SY_OK; k++) {
            struct prove_case *c = vary_actual(&t->arena, s->base, s->own, s->probes.list[k].text);
            if (!c)
                status = error_nomem(t->err);
            else
                c->number = (uint32_t)n + 1;
            cases[n++] = (struct trial_case){c, s->path};
        }
    }
    if (status == SY_OK && n > 0)
        status = trial_score(points, NULL, &t->arena, &t->reported, cases, n, t->err);
    for (size_t i = 0; i < t->nseeds && status == SY_OK; i++) {
        struct law_fault faults[LAWS];
        const struct seed *s = &t->seeds[i];
        const size_t nfaults = law_faults(faults, &s->probes, points + s->first);
        for (size_t k = 0; k < nfaults && status == SY_OK; k++)
            status = keep_fault(t, s, &faults[k]);
    }
    t->out->nprobes += n;
    t->nseeds = t->nprobes = 0;
    arena_dispose(&t->arena);
    free(cases);
    free(points);
    return status;
}

static void print_given(struct buf *out, const struct prove_given *given, size_t own)
{
    for (size_t i = 0; i < given->nfacts; i++)
        buf_printf(out, "\n%s=%s", given->facts[i].name, given->facts[i].text);
    for (size_t i = 0; i < given->nrows; i++)
        for (size_t k = 0; k < given->rows[i].ncells; k++)
            if (i != own || strcmp(given->rows[i].cells[k].name, "actual") != 0)
                buf_printf(out, "\n%zu %s=%s", i, given->rows[i].cells[k].name,
                           given->rows[i].cells[k].text);
}

/* Whether the same was tried before. A declared rule reads the values alone; a function may read
 * anything of its case. */
static sy_status look_new(bool *out, struct trying *t, const struct fund *f, const struct seed *s)
{
    const struct rule *rule = seed_bound(t, s->item)->rule;
    const uint32_t before = t->seen.count;
    buf_clear(&t->text);
    buf_printf(&t->text, "%u %d %s %u", (unsigned)f->standard, (int)item_sign(t->run, s->item),
               s->path, (unsigned)item_unit(t->run, s->item));
    struct value_text room;
    buf_printf(&t->text, "\n%s", item_target_text(&room, t->run, s->item));
    if (rule->function)
        print_given(&t->text, &s->base->now, s->own);
    if (rule->function || rule->reads_previous || rule->nparts)
        print_given(&t->text, &s->base->before, SIZE_MAX);
    if (t->text.failed || pool_intern_str(&t->seen, buf_text(&t->text)) == POOL_NONE)
        return error_nomem(t->err);
    *out = t->seen.count > before;
    return SY_OK;
}

/* A target that is told by how far it was passed is another for each actual. */
static bool has_own_target(const struct trying *t, uint32_t item)
{
    const uint32_t row = item_row(t->run, item);
    return row == NO_ROW || !(outcomes_shape_of(&t->run->d.outcomes, row)->flags & OUTCOME_DERIVED);
}

static sy_status note_rule(struct trying *t, const struct rule *rule)
{
    buf_clear(&t->text);
    properties_print_rule(&t->text, rule);
    return !t->text.failed && pool_intern_str(&t->rules, buf_text(&t->text)) != POOL_NONE
               ? SY_OK
               : error_nomem(t->err);
}

/* A declared rule reads nothing of the other rows, unless a target is computed from them. Levels
 * are taken over from the rows above. */
static void drop_others(struct trying *t, struct seed *s, struct prove_case *base)
{
    const struct bound *b = seed_bound(t, s->item);
    const struct prove_row *own = &base->now.rows[s->own];
    if (b->rule->function || b->target_function || !vary_cell(own, "indicator"))
        return;
    base->now.rows = own;
    base->now.nrows = 1;
    s->own = 0;
}

static sy_status add_seed(struct trying *t, const struct prove_case *c, const struct fund *f,
                          uint32_t item)
{
    struct seed *s = &t->seeds[t->nseeds];
    struct arena *arena = &t->out->arena;
    *s = (struct seed){.c = c, .item = item, .first = t->nprobes};
    sy_status status = probe_item(&s->probes, &t->arena, t->run, f, item, t->err);
    if (status != SY_OK || !s->probes.n || !has_own_target(t, item))
        return status;
    struct prove_case *base = vary_own(arena, c, t->run, item, &s->own);
    s->path = arena_strdup(arena, item_path(t->run, item));
    if (!base || !s->path)
        return error_nomem(t->err);
    s->base = base;
    drop_others(t, s, base);
    bool is_new = false;
    status = look_new(&is_new, t, f, s);
    if (status != SY_OK || !is_new)
        return status;
    t->nprobes += s->probes.n;
    t->nseeds++;
    status = note_rule(t, seed_bound(t, item)->rule);
    return status == SY_OK && t->nprobes >= BATCH ? score_batch(t) : status;
}

static sy_status try_rules(struct trying *t)
{
    sy_status status = SY_OK;
    t->seeds = malloc(BATCH * sizeof *t->seeds);
    if (!t->seeds)
        return error_nomem(t->err);
    for (size_t i = 0; i < t->file->ncases && status == SY_OK; i++) {
        const struct prove_case *c = &t->file->cases[i];
        const uint32_t fund = prove_fund(t->run, c);
        if (fund == NO_ROW)
            continue;
        const struct fund *f = &t->run->funds[fund];
        for (uint32_t k = f->first; k < f->first + f->count && status == SY_OK; k++)
            status = add_seed(t, c, f, k);
    }
    return status == SY_OK ? score_batch(t) : status;
}

static void dispose(struct trying *t)
{
    run_free(t->run);
    arena_dispose(&t->arena);
    pool_dispose(&t->seen);
    pool_dispose(&t->rules);
    pool_dispose(&t->keys);
    buf_dispose(&t->text);
    free(t->seeds);
    free(t->found);
}

static sy_status score_own(struct trying *t)
{
    const struct prove_case **list = malloc((t->file->ncases + 1) * sizeof *list);
    if (!list)
        return error_nomem(t->err);
    for (size_t i = 0; i < t->file->ncases; i++)
        list[i] = &t->file->cases[i];
    sy_status status = prove_score(&t->run, t->file->home, list, t->file->ncases, t->err);
    free(list);
    return status;
}

sy_status prove_properties(struct prove_properties *out, const struct prove_file *file,
                           sy_error *err)
{
    struct trying t = {.out = out, .file = file, .reported = *file->home, .err = err};
    *out = (struct prove_properties){0};
    t.reported.reported = true;
    out->spared = arena_alloc(&out->arena, (file->nexempts + 1) * sizeof *out->spared);
    sy_status status = out->spared ? SY_OK : error_nomem(err);
    if (status == SY_OK && file->ncases)
        status = score_own(&t);
    if (status == SY_OK && t.run)
        status = try_rules(&t);
    if (status == SY_OK && t.run)
        status = properties_money(&t);
    if (status == SY_OK)
        status = properties_show(&t);
    out->nrules = t.rules.count;
    dispose(&t);
    if (status != SY_OK)
        prove_properties_dispose(out);
    return status;
}

void prove_properties_dispose(struct prove_properties *p)
{
    arena_dispose(&p->arena);
    *p = (struct prove_properties){0};
}
