/*
 * tests_laws.c - laws that do not hold, as text for people and in the parts that rows are made of.
 */
#include <math.h>
#include <stdlib.h>

#include "api/explain.h"
#include "api/tests.h"
#include "base/error.h"

sy_status tests_laws_open(struct sy_tests *t, sy_error *err)
{
    size_t n = 0;
    sy_status status = SY_OK;
    t->laws = calloc(t->set->nfiles + 1, sizeof *t->laws);
    if (!t->laws)
        return error_nomem(err);
    for (; t->nlaws < t->set->nfiles; t->nlaws++) {
        status = prove_properties(&t->laws[t->nlaws], t->set->files[t->nlaws], err);
        if (status != SY_OK)
            return status;
        n += t->laws[t->nlaws].ncounters;
    }
    t->counters = malloc((n + 1) * sizeof *t->counters);
    if (!t->counters)
        return error_nomem(err);
    for (size_t i = 0; i < t->nlaws; i++)
        for (size_t k = 0; k < t->laws[i].ncounters; k++)
            t->counters[t->ncounters++] = &t->laws[i].counters[k];
    return SY_OK;
}

void tests_laws_close(struct sy_tests *t)
{
    for (size_t i = 0; i < t->nlaws; i++)
        prove_properties_dispose(&t->laws[i]);
    free(t->laws);
    free(t->counters);
}

void tests_laws_count(const struct sy_tests *t, sy_tests_counts *out)
{
    out->counterexamples = t->ncounters;
    for (size_t i = 0; i < t->nlaws; i++) {
        out->rules += t->laws[i].nrules;
        out->probes += t->laws[i].nprobes;
    }
}

static const char *law_sentence(enum prove_law law, bool zh)
{
    static const char *const words[LAWS][2] = {
        [LAW_MONOTONE] = {"better scores lower", "完成得更好，得分反而更低"},
        [LAW_RANGE] = {"the attainment is not within 0 to 1", "得分系数不在 0 到 1 之间"},
        [LAW_UNITS] = {"the same money in 元 and in 万元 scores differently",
                       "同一金额写成元和万元，得分不同"},
        [LAW_EDGES] = {"a bound is not in its band", "界值不属于本档"},
        [LAW_ERROR] = {"the script fails", "脚本出错"}};
    return words[law][zh];
}

static void add_point(struct buf *out, const struct prove_counter *c, size_t i)
{
    const struct law_point *p = &c->points[i];
    const double x = c->law == LAW_RANGE ? p->given : p->attainment;
    if (isnan(x))
        buf_str(out, "null");
    else
        explain_number(out, x);
}

static void add_expected(struct buf *out, const struct prove_counter *c, bool zh)
{
    switch (c->law) {
    case LAW_MONOTONE:
        buf_str(out, zh ? "不低于 " : "at least ");
        add_point(out, c, 0);
        buf_printf(out, zh ? "（%s 所得）" : ", what %s earns", c->actuals[0]);
        break;
    case LAW_RANGE:
        buf_str(out, zh ? "0 到 1" : "0 to 1");
        break;
    case LAW_UNITS:
        add_point(out, c, 0);
        buf_printf(out, zh ? "（%s）" : " (%s)", c->actuals[0]);
        break;
    case LAW_EDGES:
        explain_number(out, 2 * c->points[1].attainment - c->points[2].attainment);
        break;
    default:
        buf_str(out, zh ? "得分系数" : "an attainment");
        break;
    }
}

void tests_laws_part(struct buf *out, const struct prove_counter *c, enum laws_part part, bool zh)
{
    const size_t last = c->n - 1;
    if (part == LAWS_WHAT) {
        buf_str(out, law_sentence(c->law, zh));
    } else if (part == LAWS_EXPECTED) {
        add_expected(out, c, zh);
    } else if (c->law == LAW_ERROR) {
        buf_str(out, c->message);
    } else {
        add_point(out, c, last);
        buf_printf(out, zh ? "（%s）" : " (%s)", c->actuals[last]);
    }
}

/* One actual and what it earns; of money written two ways all of it stands in `actuals`. */
static void add_actual(struct buf *out, const struct prove_counter *c, size_t i, bool zh)
{
    if (c->law != LAW_UNITS)
        buf_str(out, zh ? "实际完成值 " : "actual ");
    buf_printf(out, "%s → ", c->actuals[i]);
    if (c->law == LAW_ERROR)
        buf_str(out, c->message);
    else
        add_point(out, c, i);
}

static void add_counter(struct buf *out, const struct prove_counter *c, bool zh)
{
    buf_printf(out, zh ? "%s%s%s：%s\n    " : "%s%s%s: %s\n    ", c->place, *c->place ? " " : "",
               c->path, law_sentence(c->law, zh));
    if (*c->target && c->law != LAW_UNITS)
        buf_printf(out, zh ? "指标值 %s，" : "target %s, ", c->target);
    for (size_t i = 0; i < c->n; i++) {
        buf_str(out, i == 0 ? "" : zh ? "；" : "; ");
        add_actual(out, c, i, zh);
    }
    if (c->law == LAW_EDGES) {
        buf_str(out, zh ? "，本档为 " : ", its band gives ");
        add_expected(out, c, zh);
    }
    if (c->law == LAW_MONOTONE)
        buf_str(
            out,
            zh ? "\n    越小越好的，在 [signs] 写 <=；有意如此的，用 test.exempt 写明理由"
               : "\n    where less is better, say <= in [signs]; where it is meant, test.exempt "
                 "says why");
    buf_printf(out, zh ? "\n    由用例“%s”推得  [%s:%u]\n" : "\n    from \"%s\"  [%s:%u]\n",
               c->seed->name, c->seed->file, (unsigned)c->seed->line);
    if (c->measured)
        buf_str(out, zh ? "    实际完成值由基础数据算得：粘贴时改为给出相应的 facts\n"
                        : "    its actual is measured: paste with facts that give it\n");
    buf_str(out, "    ");
    for (const char *p = c->paste; *p; p++) {
        buf_char(out, *p);
        buf_str(out, *p == '\n' ? "    " : "");
    }
    buf_str(out, "\n\n");
}

const char *tests_laws_paste(struct sy_tests *t, const struct prove_counter *c)
{
    buf_clear(&t->scratch);
    for (const char *p = c->paste; *p; p++) {
        if (*p == '\n')
            p += 2; /* and the first of the two blanks behind it */
        buf_char(&t->scratch, *p);
    }
    t->failed = t->failed || t->scratch.failed;
    return buf_text(&t->scratch);
}

static void add_exempts(struct buf *out, const struct sy_tests *t, size_t file)
{
    const struct prove_file *f = t->set->files[file];
    const bool zh = t->set->zh;
    for (size_t i = 0; i < f->nexempts; i++) {
        const struct prove_exempt *e = &f->exempts[i];
        buf_printf(out, zh ? "%s:%u: %s 不查 %s：%s%s\n" : "%s:%u: %s is exempt from %s: %s%s\n",
                   f->shown, (unsigned)e->line, e->pattern, e->law, e->why,
                   t->laws[file].spared[i] ? ""
                   : zh                    ? "（没有反例，可以去掉）"
                                           : " (nothing to let off)");
    }
}

void tests_laws_text(struct buf *out, const struct sy_tests *t)
{
    for (size_t i = 0; i < t->ncounters; i++)
        add_counter(out, t->counters[i], t->set->zh);
    for (size_t i = 0; i < t->nlaws; i++)
        add_exempts(out, t, i);
}

void tests_laws_summary(struct buf *out, const struct sy_tests *t)
{
    sy_tests_counts counts = {0};
    if (!t->laws)
        return;
    tests_laws_count(t, &counts);
    const unsigned long rules = counts.rules, probes = counts.probes, n = counts.counterexamples;
    if (t->set->zh)
        buf_printf(out, "定律：%lu 条规则，试算 %lu 例，反例 %lu 个\n", rules, probes, n);
    else
        buf_printf(out, "properties: %lu rule%s, %lu invented case%s, %lu counterexample%s\n",
                   rules, rules == 1 ? "" : "s", probes, probes == 1 ? "" : "s", n,
                   n == 1 ? "" : "s");
}
