/*
 * properties_show.c - what was found, made smaller, as what a person reads: places, figures, a case
 * to paste.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "prove/properties_parts.h"
#include "prove/vary.h"

static const char *keep_text(struct trying *t)
{
    return t->text.failed ? NULL : arena_strdup(&t->out->arena, buf_text(&t->text));
}

/* The target as written, with its sign where it carries none. */
static const char *show_target(struct trying *t, const struct seed *seed)
{
    struct value_text room;
    const struct value target = item_target(t->run, seed->item);
    buf_clear(&t->text);
    if (target.kind == VALUE_NUMBER && target.sign == SIGN_NONE)
        buf_str(&t->text, sign_text(item_sign(t->run, seed->item)));
    buf_str(&t->text, item_target_text(&room, t->run, seed->item));
    return keep_text(t);
}

/* What the case should give, as the third part of a test; the case it is of in *at. */
static void print_expected(struct buf *out, const struct trial *trial, size_t *at)
{
    const struct law_point *points = trial->points;
    double expected = points[0].attainment;
    *at = 0;
    switch (trial->law) {
    case LAW_RANGE:
        buf_str(out, "no_finding = \"attainment-range\"");
        return;
    case LAW_ERROR:
        buf_str(out, "status = \"scored\"");
        return;
    case LAW_EDGES:
        expected = 2 * points[1].attainment - points[2].attainment;
        break;
    default:
        *at = !isnan(points[0].attainment);
        expected = points[!*at].attainment;
        break;
    }
    char number[NUMBER_TEXT_MAX];
    number_print(number, expected);
    buf_printf(out, "attainment = %s", number);
}

static const char *show_case(struct trying *t, const struct found *f)
{
    struct buf expected = {0}, name = {0};
    size_t at;
    print_expected(&expected, &f->trial, &at);
    buf_printf(&name, "%s: %s", f->trial.path, law_word(f->trial.law));
    buf_clear(&t->text);
    vary_print(&t->text, f->trial.cases[at], buf_text(&name), t->file->year, buf_text(&expected));
    if (f->trial.law == LAW_MONOTONE)
        buf_str(&t->text, " -- or more");
    t->text.failed = t->text.failed || expected.failed || name.failed;
    buf_dispose(&expected);
    buf_dispose(&name);
    return keep_text(t);
}

/* Of one point of a units fault: its own actual, else the facts that differ. */
static const char *show_actual(struct trying *t, const struct trial *trial, size_t i)
{
    if (trial->law != LAW_UNITS)
        return trial->actuals[i];
    const struct prove_given *one = &trial->cases[i]->now, *other = &trial->cases[!i]->now;
    buf_clear(&t->text);
    for (size_t k = 0; k < one->nrows; k++)
        for (size_t c = 0; c < one->rows[k].ncells; c++)
            if (strcmp(one->rows[k].cells[c].text, other->rows[k].cells[c].text) != 0)
                buf_printf(&t->text, "%s%s %s", t->text.len ? ", " : "", one->rows[k].cells[c].name,
                           one->rows[k].cells[c].text);
    for (size_t k = 0; k < one->nfacts; k++)
        if (strcmp(one->facts[k].text, other->facts[k].text) != 0)
            buf_printf(&t->text, "%s%s %s", t->text.len ? ", " : "", one->facts[k].name,
                       one->facts[k].text);
    return keep_text(t);
}

static sy_status show(struct trying *t, struct found *f)
{
    const struct bound *b = seed_bound(t, f->seed.item);
    struct prove_counter *c = &t->out->counters[t->out->ncounters];
    bool broken;
    sy_status status = trial_shrink(&f->trial, &t->arena, t->err);
    if (status == SY_OK)
        status = trial_run(&broken, &f->trial, &t->arena, t->err);
    if (status != SY_OK)
        return status;
    *c = (struct prove_counter){.law = f->trial.law,
                                .seed = f->seed.c,
                                .path = f->trial.path,
                                .n = f->trial.law == LAW_EDGES ? 1 : f->trial.n,
                                .measured = b->measure && f->trial.law != LAW_UNITS};
    memcpy(c->points, f->trial.points, sizeof c->points);
    for (size_t i = 0; i < c->n; i++) {
        c->actuals[i] = show_actual(t, &f->trial, i);
        if (!c->actuals[i])
            return error_nomem(t->err);
    }
    c->target = show_target(t, &f->seed);
    c->paste = show_case(t, f);
    buf_clear(&t->text);
    rule_print(&t->text, b->rule);
    c->rule = keep_text(t);
    buf_clear(&t->text);
    if (b->rule->script)
        buf_printf(&t->text, "%s:%u", b->rule->script, (unsigned)b->rule->line);
    c->place = keep_text(t);
    c->message = f->trial.message ? arena_strdup(&t->out->arena, f->trial.message) : "";
    if (!c->target || !c->paste || !c->rule || !c->place || !c->message)
        return error_nomem(t->err);
    t->out->ncounters++;
    arena_dispose(&t->arena);
    return SY_OK;
}

sy_status properties_show(struct trying *t)
{
    sy_status status = SY_OK;
    t->out->counters = arena_alloc(&t->out->arena, (t->nfound + 1) * sizeof *t->out->counters);
    if (!t->out->counters)
        return error_nomem(t->err);
    for (size_t i = 0; i < t->nfound && status == SY_OK; i++)
        status = show(t, &t->found[i]);
    return status;
}
