/*
 * explain_sum.c - from indicator scores to the fund's: sum, points handed on, adjustments, grade,
 * coverage, bounds; and the closing lines of a table.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/explain.h"
#include "api/output.h"
#include "base/number.h"

static void explain_points(struct buf *out, const struct yardstick *y, double points)
{
    int64_t scaled;
    if (!y->round_total && decimal_round(&scaled, points, y->decimals, y->mode))
        explain_scaled(out, scaled, y->decimals);
    else
        explain_number(out, points);
}

static void add_terms(struct buf *out, const struct run *r, const struct fund *f,
                      const struct yardstick *y)
{
    bool first = true;
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        if (isnan(item_weight(r, i)) || isnan(item_score(r, i)))
            continue;
        buf_str(out, first ? "" : " + ");
        first = false;
        explain_points(out, y, item_score(r, i));
    }
    buf_str(out, first ? "—" : " = ");
}

static void explain_terms(struct buf *out, struct report *p, uint32_t fund)
{
    const struct run *r = p->r;
    const struct fund *f = &r->funds[fund];
    const struct tally *t = report_tally(p, fund);
    const struct yardstick *y = r->standards[f->standard].yard;
    explain_label(out, p, "计入得分", "included");
    add_terms(out, r, f, y);
    if (t && y->round_total)
        explain_number(out, t->plain);
    else if (t && t->included > 0)
        explain_scaled(out, t->sum, y->decimals);
    buf_char(out, '\n');
}

/* points × weight ÷ included; the points alone where nothing is handed on. */
static bool explain_share(struct buf *out, const struct yardstick *y, double points, double weight,
                          double included)
{
    explain_points(out, y, points);
    if (fabs(weight - included) < 1e-9)
        return false;
    buf_str(out, " × ");
    explain_number(out, weight);
    buf_str(out, " ÷ ");
    explain_number(out, included);
    return true;
}

/* Inside each level first; then what levels with nothing left hand on. */
static void explain_levels(struct buf *out, const struct tally *t, const struct yardstick *y)
{
    double sum = 0, held = 0, part;
    for (size_t i = 0; i < t->nlevels; i++) {
        const struct tally_level *level = &t->levels[i];
        double own = y->round_total ? level->plain : decimal_value(level->sum, y->decimals);
        if (!tally_part(&part, level, y))
            continue;
        buf_str(out, held > 0 ? ", " : "");
        buf_add(out, level->path, level->len);
        buf_char(out, ' ');
        if (explain_share(out, y, own, level->weight, level->included)) {
            buf_str(out, " = ");
            explain_points(out, y, part);
        }
        sum += part;
        held += level->weight;
    }
    buf_str(out, "; ");
    explain_share(out, y, sum, t->weight, held);
}

/* The points of what is left out go to the rest, over the whole fund or inside each level. */
static void explain_rescale(struct buf *out, struct report *p, uint32_t fund)
{
    const struct run *r = p->r;
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    const struct tally *t = report_tally(p, fund);
    if (!t || !result->has_base || fabs(t->weight - t->included) < 1e-9)
        return;
    explain_label(out, p, "分担", "handed on");
    if (y->rescale_level)
        explain_levels(out, t, y);
    else
        explain_share(out, y, y->round_total ? t->plain : decimal_value(t->sum, y->decimals),
                      t->weight, t->included);
    buf_str(out, " → ");
    explain_scaled(out, result->base, y->decimals);
    buf_char(out, '\n');
}

static void explain_adjustments(struct buf *out, struct report *p, uint32_t fund)
{
    const struct run *r = p->r;
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &r->adjustments[result->first_adjustment + i];
        explain_label(out, p, "加减分", "adjustment");
        const size_t start = out->len;
        if (a->veto)
            buf_str(out, p->zh ? "一票否决：0 分" : "veto: score 0");
        if (!isnan(a->points)) {
            buf_str(out, a->points > 0 ? "+" : "");
            explain_number(out, a->points);
        }
        if (a->cap != NO_ROW)
            buf_printf(out, "%s%s%s", out->len > start ? " " : "",
                       p->zh ? "等级不高于" : "grade at most ", y->grades[a->cap].name);
        if (a->reason != NO_WORD)
            buf_printf(out, "  %s", dataset_text(&r->d, a->reason));
        if (a->place.file != NO_WORD)
            explain_place(out, dataset_text(&r->d, a->place.file), a->place.line);
        buf_char(out, '\n');
    }
}

static void explain_grade(struct buf *out, struct report *p, uint32_t fund)
{
    const struct run *r = p->r;
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    explain_label(out, p, "得分", "score");
    if (result->has_score)
        explain_scaled(out, result->score, y->decimals);
    else
        buf_str(out, "—");
    buf_str(out, " / ");
    explain_number(out, y->full_score);
    buf_printf(out, "  (%s)\n", report_word(p, fund_status_word(result->status)));
    explain_label(out, p, "等级", "grade");
    if (result->grade == NO_ROW) {
        buf_printf(out, "%s\n", report_no_grade(p, fund));
        return;
    }
    size_t earned = result->grade;
    (void)yard_grade_of(y, decimal_value(result->score, y->decimals), &earned);
    const struct yard_grade *g = &y->grades[earned];
    buf_printf(out, p->zh ? "%s（%s 从 " : "%s (%s from ", g->name, g->name);
    explain_number(out, g->bound);
    buf_str(out, p->zh ? "% 起）" : " %)");
    if (earned != result->grade)
        buf_printf(out, p->zh ? "，封顶为 %s" : ", capped at %s", y->grades[result->grade].name);
    explain_place(out, g->origin.file, g->origin.line);
    buf_char(out, '\n');
}

static void explain_coverage(struct buf *out, struct report *p, uint32_t fund)
{
    const struct fund_result *result = &p->r->results[fund];
    const struct yardstick *y = p->r->standards[p->r->funds[fund].standard].yard;
    const struct tally *t = report_tally(p, fund);
    if (!t)
        return;
    explain_label(out, p, "可评率", "coverage");
    explain_number(out, t->scored);
    buf_str(out, " ÷ ");
    if (t->not_applicable > 0) {
        buf_char(out, '(');
        explain_number(out, t->weight);
        buf_str(out, " − ");
        explain_number(out, t->not_applicable);
        buf_char(out, ')');
    } else {
        explain_number(out, t->weight);
    }
    if (!isnan(result->coverage)) {
        buf_str(out, " = ");
        explain_number(out, result->coverage * 100);
        buf_char(out, '%');
    }
    buf_str(out, p->zh ? "，评等级至少需 " : ", a grade needs at least ");
    explain_number(out, y->min_coverage * 100);
    buf_str(out, "%\n");
    if (!result->has_bounds)
        return;
    explain_label(out, p, "上下限", "bounds");
    explain_scaled(out, result->low, y->decimals);
    buf_str(out, " – ");
    explain_scaled(out, result->high, y->decimals);
    buf_str(out, p->zh ? "（未能评定的指标计 0 分，或计满分）\n"
                       : " (what could not be scored at 0, and at its full weight)\n");
}

void explain_sum(struct buf *out, struct report *p, uint32_t fund)
{
    buf_str(out, p->zh ? "合计\n" : "sum\n");
    explain_terms(out, p, fund);
    explain_rescale(out, p, fund);
    explain_adjustments(out, p, fund);
    explain_grade(out, p, fund);
    explain_coverage(out, p, fund);
    buf_char(out, '\n');
}

/* Worst first: errors, then warnings, each code once, so that three lines say three things. Among
 * equals, the codes that findings_codes.def lists last: what contradicts itself says more than what
 * is missing. */
static void add_worst(struct buf *out, struct report *p, size_t most)
{
    const struct findings *f = &p->r->d.findings;
    bool said[FINDING_CODES] = {false};
    for (; most; most--) {
        const struct finding *worst = NULL;
        for (size_t i = 0; i < f->count; i++) {
            const struct finding *row = &f->rows[i];
            if (!said[row->code] && (!worst || row->severity > worst->severity ||
                                     (row->severity == worst->severity && row->code > worst->code)))
                worst = row;
        }
        if (!worst)
            return;
        said[worst->code] = true;
        const char *source = report_finding_source(p, worst);
        buf_printf(out, "  %s%s", source ? source : "", source ? ": " : "");
        buf_printf(out, "%s: ", finding_word((enum finding_code)worst->code));
        dataset_message(out, &p->r->d, worst, p->zh);
        buf_char(out, '\n');
    }
}

/* What names this evaluation again: its folder, or the one file with its type and year; and in the
 * language that was asked for. */
static void add_evaluation(struct buf *out, const struct evaluation *e, const char *fund, bool zh)
{
    char *file = e->ini ? NULL : evaluation_path(e, e->sources[0].path);
    const char *name = e->ini ? e->folder : file ? file : e->sources[0].path;
    if (*name) {
        buf_char(out, ' ');
        output_argument(out, name);
    }
    free(file);
    if (fund) {
        buf_char(out, ' ');
        output_argument(out, fund);
    }
    if (!e->ini && e->type) {
        buf_str(out, " --type ");
        output_argument(out, e->type);
    }
    if (!e->ini && e->nyears)
        buf_printf(out, " --year %d", e->years[0]);
    if (zh != (strcmp(e->language, "zh") == 0)) /* --lang was given */
        buf_str(out, zh ? " --lang zh" : " --lang en");
}

static void add_count(struct buf *out, const char *before, size_t n, const char *what)
{
    buf_printf(out, "%s%zu %s%s", before, n, what, n == 1 ? "" : "s");
}

/* "1 finding: 0 errors, 1 warning, 0 notes." */
static void count_findings(struct buf *out, const struct findings *f)
{
    add_count(out, "\n", f->count, "finding");
    add_count(out, ": ", f->by_severity[SEVERITY_ERROR], "error");
    add_count(out, ", ", f->by_severity[SEVERITY_WARNING], "warning");
    add_count(out, ", ", f->by_severity[SEVERITY_NOTE], "note");
    buf_char(out, '.');
}

void explain_closing(struct buf *out, struct report *p, const char *program)
{
    const struct findings *f = &p->r->d.findings;
    const size_t *n = f->by_severity;
    if (p->zh)
        buf_printf(out, "\n疑点 %zu 条：错误 %zu，警告 %zu，提示 %zu。", f->count,
                   n[SEVERITY_ERROR], n[SEVERITY_WARNING], n[SEVERITY_NOTE]);
    else
        count_findings(out, f);
    if (f->count) {
        buf_str(out, p->zh ? "最要紧的：\n" : " The worst:\n");
        add_worst(out, p, 3);
    } else {
        buf_char(out, '\n');
    }
    if (p->r->nfunds == 0)
        return;
    buf_str(out, p->zh ? "接着看：\n  " : "Next:\n  ");
    output_argument(out, program);
    buf_str(out, " explain");
    add_evaluation(out, p->r->e,
                   dataset_text(&p->r->d, p->r->d.entities[p->r->funds[0].entity].fund), p->zh);
    buf_str(out, "\n  ");
    output_argument(out, program);
    buf_str(out, " check");
    add_evaluation(out, p->r->e, NULL, p->zh);
    buf_char(out, '\n');
}
