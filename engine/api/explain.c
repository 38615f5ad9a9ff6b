/*
 * explain.c - one fund's indicators: values as written and as read, rule, formula, points, places.
 */
#include "api/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/review.h"
#include "base/number.h"
#include "base/text.h"
#include "table/place.h"

#define LABEL_WIDTH 12

void explain_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    int64_t scaled;
    /* Nine significant digits, unless the number is whole or short anyway. */
    int places = fabs(x) >= 1 ? 8 - (int)floor(log10(fabs(x))) : 9;
    if (places >= 0 && places <= 9 && decimal_round(&scaled, x, places, ROUND_HALF_UP))
        x = decimal_value(scaled, places);
    number_print(text, x);
    buf_str(out, text);
}

void explain_scaled(struct buf *out, int64_t scaled, int places)
{
    char text[NUMBER_TEXT_MAX];
    decimal_print(text, scaled, places);
    buf_str(out, text);
}

void explain_label(struct buf *out, const struct report *p, const char *zh, const char *en)
{
    const char *text = p->zh ? zh : en;
    buf_str(out, "    ");
    buf_str(out, text);
    for (size_t width = text_width(text, strlen(text)); width < LABEL_WIDTH; width++)
        buf_char(out, ' ');
}

#define LINE_WIDTH 80

void explain_place(struct buf *out, const char *file, uint32_t line)
{
    const char *text = buf_text(out);
    size_t start = out->len;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    struct buf place = {0};
    place_print(&place, file, line);
    size_t width = text_width(text + start, out->len - start) +
                   text_width(buf_text(&place), place.len) + strlen("  []");
    if (width <= LINE_WIDTH)
        buf_str(out, "  ");
    else
        buf_printf(out, "\n%*s", LABEL_WIDTH + 4, "");
    buf_printf(out, "[%s]", buf_text(&place));
    out->failed = out->failed || place.failed;
    buf_dispose(&place);
}

void explain_at(struct buf *out, const struct report *p, struct place place)
{
    if (place.file != NO_WORD)
        explain_place(out, dataset_text(&p->r->d, place.file), place.line);
}

static void add_origin(struct buf *out, const struct origin *origin)
{
    explain_place(out, origin->file, origin->line);
}

/* The word of a judgement, what [ratings] makes of it, and where both stand. */
static void explain_rating_line(struct buf *out, struct report *p, uint32_t fund, uint32_t item)
{
    const struct run *r = p->r;
    const struct fund *f = &r->funds[fund];
    const struct yardstick *y = r->standards[f->standard].yard;
    const struct rating_row *row = item_rating_row(r, f, item);
    uint32_t word = item_rating(r, f, item);
    struct value_text room;
    const char *text =
        word != NO_WORD ? dataset_text(&r->d, word) : item_actual_text(&room, r, item);
    const struct yard_rating *known = yard_rating_find(y, text);
    if (item_status(r, item) != ITEM_SCORED || (!known && word == NO_WORD))
        return;
    explain_label(out, p, "评定", "rating");
    buf_str(out, text);
    explain_at(out, p,
               row ? row->place : dataset_part_place(&r->d, item_place(r, f, item), SHEET_RATING));
    if (known) {
        buf_str(out, " → ");
        explain_number(out, known->attainment);
        buf_str(out, "  [ratings]");
        add_origin(out, &known->origin);
    }
    buf_char(out, '\n');
}

void explain_rule(struct buf *out, struct report *p, uint32_t fund, uint32_t item)
{
    const struct rule *rule = item_bound(p->r, item)->rule;
    const char *name = report_rule(p, fund, item);
    explain_label(out, p, "规则", "rule");
    if (strcmp(name, "rating") == 0)
        buf_str(out, "rating{}");
    else if (rule->kind == RULE_FUNCTION)
        buf_str(out, "function");
    else
        rule_print(out, rule);
    if (rule->script)
        explain_place(out, rule->script, rule->line);
    buf_char(out, '\n');
    explain_rating_line(out, p, fund, item);
    const char *reason = report_reason(p, fund, item);
    if (reason) {
        bool scored = item_status(p->r, item) == ITEM_SCORED;
        explain_label(out, p, scored ? "计算" : "原因", scored ? "formula" : "why");
        buf_printf(out, "%s\n", reason);
    }
    if (!isnan(item_ruled(p->r, item))) {
        explain_label(out, p, "按规则", "by rule");
        explain_number(out, item_ruled(p->r, item));
        buf_str(out, p->zh ? "（评定优先）\n" : " (the rating wins)\n");
    }
}

static const char *policy_text(const struct report *p, enum missing_policy policy)
{
    static const char *const words[][2] = {
        [POLICY_ZERO] = {"counts 0 points", "计 0 分"},
        [POLICY_EXCLUDE] = {"left out, its points are handed on", "不计入，分值由其余指标分担"},
        [POLICY_FULL] = {"counts its full weight", "计满分"}};
    return words[policy][p->zh];
}

static void explain_left_out(struct buf *out, const struct report *p, const struct yardstick *y,
                             enum item_status status)
{
    enum missing_policy policy = status == ITEM_MISSING          ? y->on_missing
                                 : status == ITEM_UNTARGETED     ? y->on_untargeted
                                 : status == ITEM_UNRATED        ? y->on_unrated
                                 : status == ITEM_REJECTED       ? y->on_rejected
                                 : status == ITEM_NOT_APPLICABLE ? y->on_not_applicable
                                                                 : POLICY_EXCLUDE;
    buf_printf(out, "%s%s%s", report_word(p, item_status_word(status)), p->zh ? "：" : ": ",
               policy_text(p, policy));
}

static void explain_points(struct buf *out, struct report *p, const struct fund *f, uint32_t item)
{
    const struct run *r = p->r;
    const struct yardstick *y = r->standards[f->standard].yard;
    enum item_status status = item_status(r, item);
    explain_label(out, p, "得分", "score");
    if (isnan(item_weight(r, item))) {
        buf_str(out, p->zh ? "没有分值：不计入任何合计" : "no weight: outside all sums");
    } else if (status != ITEM_SCORED) {
        explain_left_out(out, p, y, status);
    } else {
        explain_number(out, item_weight(r, item));
        buf_str(out, " × ");
        explain_number(out, item_attainment(r, item));
        buf_str(out, " = ");
        explain_number(out, item_weight(r, item) * item_attainment(r, item));
        if (!y->round_total) {
            int64_t scaled = 0;
            (void)decimal_round(&scaled, item_score(r, item), y->decimals, y->mode);
            buf_str(out, " → ");
            explain_scaled(out, scaled, y->decimals);
        }
    }
    buf_char(out, '\n');
}

/* "（24 ÷ 30 均分）": what is shared, among how many. They are counted once for all of a branch. */
static void explain_split(struct buf *out, struct report *p, const struct fund *f,
                          const struct yard_weight *w, double share)
{
    const struct run *r = p->r;
    if (p->split != w || p->split_fund != f) {
        p->sharers = 0;
        for (uint32_t i = f->first; i < f->first + f->count; i++)
            p->sharers += item_bound(r, i)->weight == w;
        p->split = w;
        p->split_fund = f;
    }
    buf_str(out, p->zh ? "（均分：" : " (split: ");
    explain_number(out, share * p->sharers);
    buf_printf(out, p->zh ? " ÷ %u）" : " / %u)", (unsigned)p->sharers);
}

static void explain_weight(struct buf *out, struct report *p, const struct fund *f, uint32_t item)
{
    const struct run *r = p->r;
    const struct yard_weight *w = item_bound(r, item)->weight;
    explain_label(out, p, "分值", "weight");
    if (isnan(item_weight(r, item))) {
        buf_str(out, p->zh ? "（无）\n" : "(none)\n");
        return;
    }
    explain_number(out, item_weight(r, item));
    if (w) {
        buf_printf(out, "  [weights] %s", w->pattern);
        if (w->split)
            explain_split(out, p, f, w, item_weight(r, item));
        add_origin(out, &w->origin);
    } else {
        explain_at(out, p, dataset_part_place(&r->d, item_place(r, f, item), SHEET_WEIGHT));
    }
    buf_char(out, '\n');
}

/* What the functions behind an item's values and attainment read. */
static void explain_functions(struct buf *out, struct report *p, uint32_t fund, uint32_t item)
{
    const struct run *r = p->r;
    const struct bound *b = item_bound(r, item);
    const unsigned flags = item_flags(r, item);
    if (flags & OVER_MEASURED)
        explain_reads(out, p, fund, item, b->measure, false);
    if (flags & OVER_TARGET_COMPUTED)
        explain_reads(out, p, fund, item, b->target_function, false);
    if (b->rule->function && item_status(r, item) == ITEM_SCORED)
        explain_reads(out, p, fund, item, b->rule->function, true);
}

/* What the unit claims, and how it stands to the score. */
static void explain_claim(struct buf *out, struct report *p, const struct fund *f, uint32_t item)
{
    struct review_item claim;
    review_item(&claim, p->r, f, item);
    if (isnan(claim.claimed))
        return;
    explain_label(out, p, "自评得分", "claimed");
    explain_number(out, claim.claimed);
    if (!isnan(claim.difference) && claim.difference != 0) {
        buf_printf(out, p->zh ? "，与得分相差 " : ", off the score by ");
        explain_number(out, round(claim.difference * 1e9) / 1e9);
    }
    buf_printf(out, p->zh ? "：%s\n" : ": %s\n", review_verdict_label(p, claim.verdict));
}

static void explain_item(struct buf *out, struct report *p, uint32_t fund, uint32_t item)
{
    const struct fund *f = &p->r->funds[fund];
    const char *name = item_name(p->r, item);
    buf_printf(out, "  %s%s%s\n", item_path(p->r, item), name ? "  " : "", name ? name : "");
    explain_target(out, p, f, item);
    explain_actual(out, p, f, item);
    explain_previous(out, p, f, item);
    explain_functions(out, p, fund, item);
    explain_weight(out, p, f, item);
    explain_rule(out, p, fund, item);
    explain_points(out, p, f, item);
    explain_claim(out, p, f, item);
    uint32_t row = item_row(p->r, item);
    if (*outcome_note(&p->r->d, row)) {
        explain_label(out, p, "偏差原因", "note");
        buf_printf(out, "%s\n", outcome_note(&p->r->d, row));
    }
    buf_char(out, '\n');
}

static void explain_head(struct buf *out, const struct report *p, uint32_t fund)
{
    const struct run *r = p->r;
    const struct entity *e = &r->d.entities[r->funds[fund].entity];
    buf_printf(out, "%s", dataset_text(&r->d, e->fund));
    if (e->name != NO_WORD)
        buf_printf(out, "  %s", dataset_text(&r->d, e->name));
    buf_printf(out, "  %d", (int)e->year);
    if (e->type != NO_WORD)
        buf_printf(out, "  (%s)", dataset_text(&r->d, e->type));
    buf_str(out, "\n\n");
}

static void explain_level(struct buf *out, struct report *p, uint32_t fund, size_t k)
{
    sy_view view = report_levels(p, fund);
    sy_cell name = {0}, weight = {0}, score = {0};
    const struct tally_level *level = &p->tally.levels[k];
    view.ops->cell(p, view.first + k, 2, &weight);
    view.ops->cell(p, view.first + k, 3, &score);
    buf_add(out, level->path, level->len);
    view.ops->cell(p, view.first + k, 1, &name);
    if (name.type != SY_CELL_NULL)
        buf_printf(out, "  %.*s", (int)name.text_len, name.text);
    buf_printf(out, p->zh ? "  分值 " : "  weight ");
    explain_number(out, weight.number);
    buf_printf(out, p->zh ? "  得分 " : "  score ");
    if (score.type == SY_CELL_DECIMAL)
        explain_scaled(out, score.integer, score.places);
    else if (score.type == SY_CELL_NUMBER)
        explain_number(out, score.number);
    else
        buf_str(out, "—");
    buf_char(out, '\n');
}

/* Items of a fund by level: the first of each, and the next of the same. Owns: both. */
struct chains {
    uint32_t *first, *next;
};

static bool chain_items(struct chains *c, const struct report *p, const struct fund *f)
{
    c->first = malloc((p->tally.nlevels + 1) * sizeof *c->first);
    c->next = malloc(((size_t)f->count + 1) * sizeof *c->next);
    if (!c->first || !c->next)
        return false;
    for (size_t k = 0; k < p->tally.nlevels; k++)
        c->first[k] = NO_ROW;
    for (uint32_t i = f->count; i-- > 0;) {
        const uint32_t item = f->first + i;
        if (isnan(item_weight(p->r, item)))
            continue;
        uint32_t *first = &c->first[p->tally.at[item_bound(p->r, item)->branch]];
        c->next[i] = *first;
        *first = i;
    }
    return true;
}

static void explain_level_items(struct buf *out, struct report *p, uint32_t fund, size_t k,
                                const struct chains *c)
{
    explain_level(out, p, fund, k);
    for (uint32_t i = c->first[k]; i != NO_ROW; i = c->next[i])
        explain_item(out, p, fund, p->r->funds[fund].first + i);
}

/* Levels in the order of [levels], then those that it does not name. */
static void explain_levels(struct buf *out, struct report *p, uint32_t fund)
{
    const struct fund *f = &p->r->funds[fund];
    const struct yardstick *y = p->r->standards[f->standard].yard;
    struct chains c = {0};
    size_t n = report_levels(p, fund).count;
    p->failed = p->failed || !chain_items(&c, p, f); /* only what was summed up has its levels */
    for (size_t i = 0; i < y->nlevels && !p->failed; i++) {
        const char *path = y->levels[i].path;
        uint32_t branch = pool_find(&p->r->d.paths, path, strlen(path));
        uint32_t k = branch < p->tally.nat ? p->tally.at[branch] : NO_ROW;
        if (k < n && p->tally.levels[k].branch == branch)
            explain_level_items(out, p, fund, k, &c);
    }
    for (size_t k = 0; k < n && !p->failed; k++)
        if (!yard_level_of(y, p->tally.levels[k].path, p->tally.levels[k].len))
            explain_level_items(out, p, fund, k, &c);
    free(c.first);
    free(c.next);
}

static void explain_unweighted(struct buf *out, struct report *p, uint32_t fund)
{
    const struct fund *f = &p->r->funds[fund];
    bool any = false;
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        if (!isnan(item_weight(p->r, i)))
            continue;
        if (!any)
            buf_str(out, p->zh ? "没有分值的指标（不计入任何合计）\n"
                               : "indicators without a weight (outside all sums)\n");
        any = true;
        explain_item(out, p, fund, i);
    }
}

/* Whether a word means an item: its path, a branch that it is in, its name, or the end of its path.
 */
bool explain_means(const struct run *r, uint32_t item, const char *word)
{
    const char *path = item_path(r, item), *name = item_name(r, item), *end = strrchr(path, '.');
    size_t len = strlen(word);
    return (strncmp(path, word, len) == 0 && (path[len] == '.' || path[len] == '\0')) ||
           (name && strcmp(name, word) == 0) || (end && strcmp(end + 1, word) == 0);
}

/* Whether a finding is about one of the items that a word means. */
static bool is_about(const struct run *r, const struct fund *f, const struct finding *row,
                     const char *word)
{
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        if (item_bound(r, i)->path == row->path)
            return explain_means(r, i, word);
    return false;
}

static void explain_findings(struct buf *out, struct report *p, const struct fund *fund,
                             const char *indicator)
{
    const struct dataset *d = &p->r->d;
    bool any = false;
    for (size_t i = 0; i < d->findings.count; i++) {
        const struct finding *f = &d->findings.rows[i];
        if (f->entity != fund->entity || (indicator && !is_about(p->r, fund, f, indicator)))
            continue;
        if (!any)
            buf_str(out, p->zh ? "疑点\n" : "findings\n");
        any = true;
        buf_printf(out, "  %s %s: ", report_word(p, severity_word((enum severity)f->severity)),
                   finding_word((enum finding_code)f->code));
        dataset_message(out, d, f, p->zh);
        explain_at(out, p, (struct place){f->file, dataset_finding_line(&p->r->d, f)});
        buf_char(out, '\n');
    }
}

void explain_fund(struct buf *out, struct report *p, uint32_t fund, const char *indicator)
{
    const struct fund *f = &p->r->funds[fund];
    explain_head(out, p, fund);
    if (indicator) {
        for (uint32_t i = f->first; i < f->first + f->count; i++)
            if (explain_means(p->r, i, indicator))
                explain_item(out, p, fund, i);
    } else {
        explain_levels(out, p, fund);
        explain_unweighted(out, p, fund);
        explain_sum(out, p, fund);
    }
    explain_findings(out, p, f, indicator);
}
