/*
 * console.c - steelyard.h: lines of Lua with the funds of a run.
 */
#include <stdlib.h>
#include <string.h>

#include "api/facade.h"
#include "api/output.h"
#include "base/error.h"
#include "base/map.h"
#include "base/suggest.h"
#include "rule/console.h"
#include "stage/journal.h"

/* Owns: console, ids, journal, help, shown. */
struct sy_console {
    struct see see; /* first: the callbacks' ctx */
    struct console *console;
    struct run *run;
    struct script_data data;
    struct journal journal; /* what nobody reads: lines print */
    struct console_data offers;
    const char **ids; /* of the funds, each once, in order of the data */
    size_t nids;
    char *help;
    struct buf shown; /* what the last line printed, harmless on a terminal */
    sy_error scratch;
};

static bool is_scored(const struct run *r, uint32_t entity)
{
    return r->fund_of && r->fund_of[entity] != NO_ROW;
}

/* The fund of that year; without one the last that is scored, else the last. */
static uint32_t find_fund_of(void *ctx, const char *id, int year, const char **near)
{
    const struct sy_console *c = ctx;
    const struct run *r = c->run;
    uint32_t best = SCRIPT_NO_FUND;
    *near = NULL;
    for (uint32_t i = 0; i < r->d.nentities; i++) {
        const struct entity *e = &r->d.entities[i];
        if (strcmp(dataset_text(&r->d, e->fund), id) != 0)
            continue;
        *near = dataset_text(&r->d, e->fund);
        if (year && e->year != year)
            continue;
        if (best == SCRIPT_NO_FUND || is_scored(r, i) > is_scored(r, best) ||
            (is_scored(r, i) == is_scored(r, best) && e->year > r->d.entities[best].year))
            best = i;
    }
    if (!*near && c->nids)
        *near = suggest(id, c->ids, c->nids);
    return best;
}

static const char *give_id(void *ctx, size_t i)
{
    const struct sy_console *c = ctx;
    return i < c->nids ? c->ids[i] : NULL;
}

static const char *give_fact(void *ctx, uint32_t fund, size_t i)
{
    const struct sy_console *c = ctx;
    const struct dataset *d = &c->run->d;
    for (uint32_t k = 0; k < d->nfacts; k++)
        if (d->facts[k].entity == fund && i-- == 0)
            return dataset_text(d, d->facts[k].name);
    return NULL;
}

static int last_year(const struct run *r)
{
    int last = 0;
    for (size_t i = 0; i < r->e->nyears; i++)
        last = r->e->years[i] > last ? r->e->years[i] : last;
    for (uint32_t i = 0; i < r->d.nentities && r->e->nyears == 0; i++)
        last = r->d.entities[i].year > last ? r->d.entities[i].year : last;
    return last;
}

static sy_status refuse_type(struct run *r, const char *type, sy_error *err)
{
    const char *near;
    sy_status status = bind_near_type(&near, r, type, err);
    if (status != SY_OK)
        return status;
    return error_set(err, SY_EINPUT, NULL, 0, "type '%s' has neither an INI nor a script%s%s%s",
                     type, near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static sy_status give_script(void *ctx, const char *type, int year, struct console_script *out,
                             sy_error *err)
{
    struct sy_console *c = ctx;
    uint32_t word = NO_WORD, id;
    sy_status status = dataset_word(&word, &c->run->d, type, strlen(type), err);
    if (status == SY_OK)
        status = bind_type(&id, c->run, word, year ? year : last_year(c->run), err);
    if (status != SY_OK)
        return status;
    const struct standard *s = &c->run->standards[id];
    if (!s->yard->known && s->nlayers == 0)
        return refuse_type(c->run, type, err);
    *out = (struct console_script){s->layers, s->nlayers, s->parameters, s->yard->nparameters};
    return SY_OK;
}

/* What a function says of a fund is printed, not kept. */
static bool say_finding(void *ctx, uint32_t fund, int severity, const char *code, const char *text,
                        const char *english)
{
    static const char *const words[] = {"note", "warning", "error"};
    struct sy_console *c = ctx;
    enum finding_code known;
    (void)fund;
    if (code && !finding_code_of(&known, code))
        return false;
    buf_printf(console_out(c->console), "%s: %s%s%s%s\n", words[severity],
               !c->run->zh && english ? english : text, code ? " [" : "", code ? code : "",
               code ? "]" : "");
    return true;
}

static bool say_adjustment(void *ctx, uint32_t fund, double points, const char *cap, bool veto,
                           const char *reason)
{
    struct sy_console *c = ctx;
    const struct run *r = c->run;
    const struct yardstick *y =
        is_scored(r, fund) ? r->standards[r->funds[r->fund_of[fund]].standard].yard : NULL;
    bool known = !cap;
    for (size_t i = 0; y && i < y->ngrades; i++)
        known = known || strcmp(y->grades[i].name, cap) == 0;
    if (y && !known)
        return false;
    struct buf *out = console_out(c->console);
    if (veto || cap)
        buf_printf(out, "%s%s", veto ? "veto" : "cap ", veto ? "" : cap);
    else
        buf_printf(out, "points %+.15g", points);
    buf_printf(out, "%s%s\n", *reason ? ": " : "", reason);
    return true;
}

static bool say_sum(void *ctx, uint32_t fund, const char *total, const char *const *parts,
                    size_t nparts, double within, const char **missing)
{
    struct sy_console *c = ctx;
    struct script_data plain;
    see_init(&plain, &c->see);
    bool holds = plain.expect_sum(ctx, fund, total, parts, nparts, within, missing);
    if (!holds && !*missing)
        buf_printf(console_out(c->console), "sum-mismatch: %s\n", total);
    return holds;
}

static sy_status list_ids(sy_console *c, sy_error *err)
{
    const struct dataset *d = &c->run->d;
    struct map seen = {0};
    c->ids = calloc((size_t)d->nentities + 1, sizeof *c->ids);
    sy_status status = c->ids ? SY_OK : error_nomem(err);
    for (uint32_t i = 0; i < d->nentities && status == SY_OK; i++) {
        uint32_t word = d->entities[i].fund;
        if (map_get(&seen, map_key(word, 0)) != MAP_NONE)
            continue;
        if (!map_put(&seen, map_key(word, 0), i))
            status = error_nomem(err);
        c->ids[c->nids++] = dataset_text(d, word);
    }
    map_dispose(&seen);
    return status;
}

sy_status sy_console_open(sy_console **out, sy_run *run, const char *help, sy_error *err)
{
    sy_console *c = calloc(1, sizeof *c);
    if (!c)
        return error_nomem(err);
    const struct evaluation *e = run->evaluation;
    const struct sandbox_limits limits = {e->instructions, e->memory};
    c->run = run->run;
    c->see =
        (struct see){.r = run->run, .journal = &c->journal, .adjusting = true, .err = &c->scratch};
    see_init(&c->data, &c->see);
    c->data.finding = say_finding;
    c->data.adjust = say_adjustment;
    c->data.expect_sum = say_sum;
    c->help = strdup(help ? help : "");
    c->offers = (struct console_data){.data = &c->data,
                                      .ctx = c,
                                      .fund = find_fund_of,
                                      .fund_id = give_id,
                                      .fact_name = give_fact,
                                      .script = give_script,
                                      .help = c->help};
    sy_status status = c->help ? list_ids(c, err) : error_nomem(err);
    if (status == SY_OK)
        status = console_open(&c->console, &limits, &c->offers, err);
    if (status == SY_OK)
        *out = c;
    else
        sy_console_close(c);
    return status;
}

void sy_console_close(sy_console *c)
{
    if (!c)
        return;
    console_close(c->console);
    journal_dispose(&c->journal);
    buf_dispose(&c->shown);
    buf_dispose(&c->see.scratch);
    free(c->ids);
    free(c->help);
    free(c);
}

sy_status sy_console_line(sy_console *c, const char *line, int *more, sy_error *err)
{
    bool waits = false;
    sy_status status = console_line(c->console, line, &waits, err);
    *more = waits;
    buf_clear(&c->shown);
    output_show(&c->shown, console_text(c->console));
    return c->shown.failed && status == SY_OK ? error_nomem(err) : status;
}

const char *sy_console_text(const sy_console *c)
{
    return buf_text(&c->shown);
}

int sy_console_drop(sy_console *c)
{
    return console_drop(c->console);
}
