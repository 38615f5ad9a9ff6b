/*
 * order.c - the same cases once more, the last first: a rule that keeps something between its calls
 * gives other results.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "prove/compare.h"

static void add_known(struct buf *out, const char *name, double x)
{
    char text[NUMBER_TEXT_MAX];
    if (isnan(x))
        return;
    number_print(text, x);
    buf_printf(out, ", %s %s", name, text);
}

/* One item of a fund, a line. */
static sy_status write_item(struct buf *out, struct run *r, uint32_t fund, uint32_t item, bool zh,
                            sy_error *err)
{
    buf_printf(out, "%s: %s", item_path(r, item), item_status_word(item_status(r, item)));
    add_known(out, "attainment", item_attainment(r, item));
    add_known(out, "score", item_score(r, item));
    buf_str(out, ", ");
    sy_status status = compare_reason(out, r, fund, item, zh, err);
    buf_char(out, '\n');
    return status;
}

static void write_fund(struct buf *out, const struct run *r, uint32_t fund)
{
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    buf_str(out, fund_status_word(result->status));
    add_known(out, "score", result->has_score ? decimal_value(result->score, y->decimals) : NAN);
    if (result->grade != NO_ROW)
        buf_printf(out, ", grade %s", y->grades[result->grade].name);
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &r->adjustments[result->first_adjustment + i];
        add_known(out, "points", a->points);
        buf_printf(out, " %s", a->reason == NO_WORD ? "" : dataset_text(&r->d, a->reason));
    }
    buf_char(out, '\n');
}

/* All that became of a fund, a line a thing. */
static sy_status write_outcome(struct buf *out, struct run *r, uint32_t fund, bool zh,
                               sy_error *err)
{
    sy_status status = SY_OK;
    if (fund == NO_ROW)
        return SY_OK;
    const struct fund *f = &r->funds[fund];
    for (uint32_t i = f->first; i < f->first + f->count && status == SY_OK; i++)
        status = write_item(out, r, fund, i, zh, err);
    write_fund(out, r, fund);
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *row = &r->d.findings.rows[i];
        if (row->entity != f->entity)
            continue;
        buf_printf(out, "%s: ", finding_word((enum finding_code)row->code));
        dataset_message(out, &r->d, row, zh);
        buf_char(out, '\n');
    }
    return status == SY_OK && out->failed ? error_nomem(err) : status;
}

/* The first lines that differ. */
static void cut_difference(struct buf *a, struct buf *b, const char *x, const char *y)
{
    for (;;) {
        size_t m = strcspn(x, "\n"), n = strcspn(y, "\n");
        if (m != n || memcmp(x, y, m) != 0 || !x[m] || !y[n]) {
            buf_add(a, x, m);
            buf_add(b, y, n);
            return;
        }
        x += m + 1;
        y += n + 1;
    }
}

static sy_status compare_orders(struct prove_report *report, struct prove_result *result,
                                struct run *again, sy_error *err)
{
    const struct comparing c = {.run = report->run,
                                .report = report,
                                .result = result,
                                .zh = report->file->home->zh,
                                .err = err};
    struct buf first = {0}, second = {0}, expected = {0}, got = {0};
    sy_status status = write_outcome(&first, report->run, result->fund, c.zh, err);
    if (status == SY_OK)
        status = write_outcome(&second, again, prove_fund(again, result->c), c.zh, err);
    if (status == SY_OK && strcmp(buf_text(&first), buf_text(&second)) != 0) {
        cut_difference(&expected, &got, buf_text(&first), buf_text(&second));
        status = compare_fail(&c, NULL,
                              c.zh ? "结果取决于用例的次序" : "depends on the order of the cases",
                              &expected, &got, result->item);
    }
    buf_dispose(&first);
    buf_dispose(&second);
    buf_dispose(&expected);
    buf_dispose(&got);
    return status;
}

sy_status order_check(struct prove_report *report, sy_error *err)
{
    const struct prove_file *file = report->file;
    const struct prove_case **cases =
        arena_alloc(&report->arena, (file->ncases + 1) * sizeof *cases);
    struct run *again = NULL;
    if (!cases)
        return error_nomem(err);
    for (size_t i = 0; i < file->ncases; i++)
        cases[i] = &file->cases[file->ncases - 1 - i];
    sy_status status = prove_score(&again, file->home, cases, file->ncases, err);
    for (size_t i = 0; i < report->nresults && status == SY_OK; i++)
        status = compare_orders(report, &report->results[i], again, err);
    run_free(again);
    return status;
}
