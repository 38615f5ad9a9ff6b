/*
 * tests_text.c - worked tests as text for people: what failed, with the rule and its numbers, and
 * how many.
 */
#include <string.h>

#include "api/explain.h"
#include "api/tests.h"

static void add_failures(struct buf *out, const struct tests_row *row)
{
    const struct prove_result *result = row->result;
    const char *form =
        row->report->zh ? "    %s：应为 %s，实为 %s\n" : "    %s: expected %s, got %s\n";
    for (size_t i = 0; i < result->nfailures; i++) {
        const struct prove_failure *f = &result->failures[i];
        buf_printf(out, form, f->what, f->expected, f->got);
    }
}

/* What each indicator that is not as expected is graded by, once. */
static void add_rules(struct buf *out, const struct tests_row *row)
{
    const struct prove_result *result = row->result;
    for (size_t i = 0; i < result->nfailures; i++) {
        const uint32_t item = result->failures[i].item;
        bool told = item == NO_ROW;
        for (size_t k = 0; k < i; k++)
            told = told || result->failures[k].item == item;
        if (told)
            continue;
        if (!result->c->flat)
            buf_printf(out, "    %s\n", item_path(row->report->r, item));
        explain_rule(out, row->report, result->fund, item);
    }
}

static bool tells_error(const struct prove_result *result)
{
    for (size_t i = 0; i < result->nfailures; i++)
        if (strcmp(result->failures[i].what, "error") == 0)
            return true;
    return false;
}

static void add_findings(struct buf *out, const struct tests_row *row)
{
    const struct run *r = row->report->r;
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        if (!prove_is_own(r, row->result, f) ||
            (f->code == FINDING_SCRIPT_ERROR && tells_error(row->result)))
            continue;
        explain_label(out, row->report, "疑点", "finding");
        buf_printf(out, "%s: ", finding_word((enum finding_code)f->code));
        dataset_message(out, &r->d, f, row->report->zh);
        buf_char(out, '\n');
    }
}

static bool is_of_fund(const struct prove_result *result)
{
    for (size_t i = 0; i < result->nfailures; i++)
        if (result->failures[i].item == NO_ROW)
            return !result->c->flat;
    return false;
}

/* How the fund's score came about, below the case. */
static void add_sum(struct buf *out, struct sy_tests *t, const struct tests_row *row)
{
    buf_clear(&t->scratch);
    explain_sum(&t->scratch, row->report, row->result->fund);
    t->failed = t->failed || t->scratch.failed;
    for (const char *at = buf_text(&t->scratch); *at;) {
        const size_t len = strcspn(at, "\n");
        if (len > 0) {
            buf_str(out, "    ");
            buf_add(out, at, len);
            buf_char(out, '\n');
        }
        at += len + (at[len] == '\n');
    }
}

static void add_case(struct buf *out, struct sy_tests *t, const struct tests_row *row)
{
    const struct prove_result *result = row->result;
    buf_printf(out, "%s:%u: %s\n", result->c->file, (unsigned)result->c->line, result->c->name);
    add_failures(out, row);
    if (result->fund != NO_ROW) {
        add_rules(out, row);
        if (is_of_fund(result))
            add_sum(out, t, row);
        add_findings(out, row);
    }
    buf_char(out, '\n');
}

static void add_counts(struct buf *out, const struct sy_tests *t)
{
    const unsigned long cases = t->nrows, passed = t->npassed, files = t->nproved;
    if (t->set->zh) {
        buf_printf(out, "%lu 个用例通过 %lu 个", cases, passed);
        if (passed < cases)
            buf_printf(out, "，未通过 %lu 个", cases - passed);
        buf_printf(out, "（%lu 个文件）\n", files);
        return;
    }
    buf_printf(out, "%lu of %lu case%s passed", passed, cases, cases == 1 ? "" : "s");
    if (passed < cases)
        buf_printf(out, ", %lu failed", cases - passed);
    buf_printf(out, " (%lu file%s)\n", files, files == 1 ? "" : "s");
}

void tests_text(struct buf *out, struct sy_tests *t, bool brief)
{
    for (size_t i = 0; i < t->nrows; i++)
        if (!t->rows[i].result->passed)
            add_case(out, t, &t->rows[i]);
    for (size_t i = 0; i < t->nproved && !brief && t->npassed == t->nrows; i++) {
        const struct prove_report *p = &t->proved[i];
        const unsigned long n = p->nresults;
        buf_printf(out,
                   t->set->zh ? "%s：%lu 个用例\n"
                   : n == 1   ? "%s: %lu case\n"
                              : "%s: %lu cases\n",
                   p->file->shown, n);
    }
    tests_laws_text(out, t);
    add_counts(out, t);
    tests_laws_summary(out, t);
    tests_cover_text(out, t, brief);
    for (size_t i = 0; i < t->nproved; i++)
        t->failed = t->failed || t->reports[i].failed;
    t->failed = t->failed || out->failed;
}
