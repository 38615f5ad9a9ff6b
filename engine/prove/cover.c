/*
 * cover.c - from the cases of a run to marks: which rules graded something, which bands were met.
 * Lines and calls are noted while scripts run (rule/coverage.h).
 */
#include "prove/cover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "prove/cover_parts.h"
#include "stage/judge.h"
#include "stage/reason.h"

const char *cover_kind_name(enum cover_kind kind)
{
    static const char *const names[COVER_KINDS] = {"rules", "tiers", "lines"};
    return names[kind];
}

char *cover_join(struct arena *arena, const char *folder, const char *rest)
{
    struct buf b = {0};
    const size_t len = strlen(folder);
    buf_printf(&b, "%s%s%s", folder, len > 0 && folder[len - 1] != '/' ? "/" : "", rest);
    char *path = b.failed ? NULL : arena_copy(arena, buf_text(&b), b.len);
    buf_dispose(&b);
    return path;
}

sy_status cover_open(struct cover **out, struct prove_set *set, sy_error *err)
{
    struct cover *c = calloc(1, sizeof *c);
    if (c)
        c->homes = calloc(set->nhomes + 1, sizeof *c->homes);
    if (!c || !c->homes) {
        free(c);
        return error_nomem(err);
    }
    c->set = set;
    for (size_t i = 0; i < set->nhomes; i++) {
        struct cover_home *h = &c->homes[i];
        sy_status status = coverage_create(&h->coverage, err);
        if (status != SY_OK) {
            cover_close(c);
            return status;
        }
        h->home = set->homes[i];
        h->home->coverage = h->coverage;
    }
    *out = c;
    return SY_OK;
}

void cover_close(struct cover *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->set->nhomes; i++) {
        c->set->homes[i]->coverage = NULL;
        coverage_free(c->homes[i].coverage);
        free(c->homes[i].rules);
    }
    free(c->homes);
    arena_dispose(&c->arena);
    free(c);
}

/* Text that outlives the run; NULL stays what it is. False: no memory. */
static bool keep_text(struct cover *c, const char **text)
{
    const char *copy = *text ? arena_strdup(&c->arena, *text) : NULL;
    const bool kept = copy || !*text;
    *text = copy;
    return kept;
}

/* A rule counts where it is written; one that a function of another file has made, where it was
 * set. */
static sy_status add_rule(struct cover *c, struct cover_home *h, const struct script_rule *rule,
                          sy_error *err)
{
    const bool elsewhere =
        rule->set_shown && (!rule->shown || strcmp(rule->set_shown, rule->shown) != 0);
    struct cover_rule copy = {.section = rule->section,
                              .pattern = rule->pattern,
                              .shown = elsewhere ? rule->set_shown : rule->shown,
                              .line = elsewhere ? rule->set_line : rule->line};
    if (h->nrules == h->rules_cap) {
        const size_t cap = h->rules_cap ? 2 * h->rules_cap : 64;
        struct cover_rule *grown = realloc(h->rules, cap * sizeof *grown);
        if (!grown)
            return error_nomem(err);
        h->rules = grown;
        h->rules_cap = cap;
    }
    if (!keep_text(c, &copy.shown) || !keep_text(c, &copy.pattern))
        return error_nomem(err);
    if (!rule->pattern)
        copy.reached = coverage_called(h->coverage, rule->shown, rule->line);
    h->rules[h->nrules++] = copy;
    return SY_OK;
}

/* The tiers that the rule is or holds. */
static sy_status mark_bands(struct cover_home *h, const struct run *r, const struct fund *f,
                            uint32_t item, const struct rule *rule, sy_error *err)
{
    struct judged one;
    sy_status status = SY_OK;
    for (size_t k = 0; k < rule->nparts && status == SY_OK; k++)
        status = mark_bands(h, r, f, item, rule->parts[k].rule, err);
    if (status != SY_OK || rule->kind != RULE_TIERS)
        return status;
    status = judge_part(&one, NULL, r, f, item, rule, false, err);
    if (status == SY_OK && one.ready)
        coverage_mark_band(h->coverage, rule, one.actual);
    return status;
}

/* Whether its rule graded the item: a judgement is none of its doing, unless it asks for one. */
static bool is_graded(const struct run *r, uint32_t fund, uint32_t item, const struct rule *rule)
{
    if (item_status(r, item) != ITEM_SCORED)
        return false;
    if (!reason_is_rated(r, fund, item) || !isnan(item_ruled(r, item)))
        return true;
    return rule_holds(rule, RULE_RATING) || rule_holds(rule, RULE_BY_SIGN);
}

/* `rules` are those of the item's script. */
static sy_status mark_item(struct cover_home *h, const struct run *r, uint32_t fund, uint32_t item,
                           struct cover_rule *rules, sy_error *err)
{
    const struct fund *f = &r->funds[fund];
    const struct bound *b = item_bound(r, item);
    const struct script *script = r->standards[f->standard].script;
    const unsigned flags = item_flags(r, item);
    const bool graded = is_graded(r, fund, item, b->rule);
    const bool reached[SCRIPT_SECTIONS] = {[SECTION_INDICATOR] = graded,
                                           [SECTION_MEASURE] = flags & OVER_MEASURED,
                                           [SECTION_TARGET] = flags & OVER_TARGET_COMPUTED};
    for (int k = 0; k < SCRIPT_SECTIONS; k++) {
        const size_t n =
            script_rule_number(script, (enum script_section_name)k, item_path(r, item));
        if (n != SCRIPT_NO_RULE && reached[k])
            rules[n].reached = true;
    }
    /* One that holds a function was called as a function, and told of its bands itself. */
    return graded && !b->rule->function ? mark_bands(h, r, f, item, b->rule, err) : SY_OK;
}

static sy_status add_script(struct cover *c, struct cover_home *h, const struct script *script,
                            sy_error *err)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < script_nrules(script) && status == SY_OK; i++) {
        struct script_rule rule;
        script_rule_at(script, i, &rule);
        status = add_rule(c, h, &rule, err);
    }
    return status;
}

sy_status cover_take_run(struct cover *c, struct cover_home *h, const struct run *r, sy_error *err)
{
    sy_status status = SY_OK;
    size_t *first = malloc(((size_t)r->nstandards + 1) * sizeof *first); /* by standard */
    if (!first)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nstandards && status == SY_OK; i++) {
        first[i] = h->nrules;
        if (r->standards[i].script)
            status = add_script(c, h, r->standards[i].script, err);
    }
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct fund *f = &r->funds[i];
        for (uint32_t k = f->first; k < f->first + f->count && status == SY_OK; k++)
            if (r->standards[f->standard].script)
                status = mark_item(h, r, i, k, h->rules + first[f->standard], err);
    }
    free(first);
    return status;
}

sy_status cover_take(struct cover *c, const struct prove_report *report, sy_error *err)
{
    for (size_t i = 0; i < c->set->nhomes; i++)
        if (c->homes[i].home == report->file->home)
            return cover_take_run(c, &c->homes[i], report->run, err);
    return SY_OK;
}

double cover_percent(const struct cover_count counts[COVER_KINDS])
{
    double reached = 0, total = 0;
    for (int k = 0; k < COVER_KINDS; k++) {
        reached += counts[k].reached;
        total += counts[k].total;
    }
    return total > 0 ? 100 * reached / total : NAN;
}
