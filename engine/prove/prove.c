/*
 * prove.c - the cases of a file, scored and compared, in both orders.
 */
#include "prove/prove.h"

#include <string.h>

#include "base/error.h"
#include "prove/compare.h"

sy_status compare_fail(const struct comparing *c, const char *path, const char *what,
                       const struct buf *expected, const struct buf *got, uint32_t item)
{
    struct arena *arena = &c->report->arena;
    struct prove_result *result = c->result;
    struct buf name = {0};
    size_t n = result->nfailures;
    if (expected->failed || got->failed)
        return error_nomem(c->err);
    if (path)
        buf_printf(&name, "%s: ", path);
    buf_str(&name, what);
    struct prove_failure *list = arena_alloc(arena, (n + 1) * sizeof *list);
    const char *copies[] = {
        name.failed ? NULL : arena_copy(arena, buf_text(&name), name.len),
        arena_copy(arena, buf_text(expected), expected->len),
        arena_copy(arena, buf_text(got), got->len),
    };
    buf_dispose(&name);
    if (!list || !copies[0] || !copies[1] || !copies[2])
        return error_nomem(c->err);
    if (n)
        memcpy(list, result->failures, n * sizeof *list);
    list[n] = (struct prove_failure){copies[0], copies[1], copies[2], item};
    result->failures = list;
    result->nfailures = n + 1;
    return SY_OK;
}

static sy_status score_file(struct prove_report *out, sy_error *err)
{
    const struct prove_file *file = out->file;
    const struct prove_case **cases = arena_alloc(&out->arena, (file->ncases + 1) * sizeof *cases);
    out->results = arena_alloc(&out->arena, (file->ncases + 1) * sizeof *out->results);
    if (!cases || !out->results)
        return error_nomem(err);
    for (size_t i = 0; i < file->ncases; i++)
        cases[i] = &file->cases[i];
    return prove_score(&out->run, file->home, cases, file->ncases, err);
}

/* Rules of no type would be proved by the engine's own. */
static sy_status check_type(const struct prove_report *report, const struct prove_result *result,
                            sy_error *err)
{
    struct run *r = report->run;
    const struct prove_case *c = result->c;
    const struct standard *s =
        result->fund == NO_ROW ? NULL : &r->standards[r->funds[result->fund].standard];
    if (s && (s->yard->known || s->script))
        return SY_OK;
    const char *near = yard_type_near(r->yards, c->type);
    return error_set(err, SY_EINPUT, c->file, c->line,
                     "'%.200s': type '%s' has neither an INI nor a script in %d%s%s%s", c->name,
                     c->type, c->year, near ? ": did you mean '" : "", near ? near : "",
                     near ? "'?" : "");
}

sy_status prove_run(struct prove_report *out, const struct prove_file *file, sy_error *err)
{
    *out = (struct prove_report){.file = file, .nresults = file->ncases};
    sy_status status = score_file(out, err);
    for (size_t i = 0; i < file->ncases && status == SY_OK; i++) {
        const struct prove_case *c = &file->cases[i];
        struct prove_result *result = &out->results[i];
        *result = (struct prove_result){.c = c, .fund = prove_fund(out->run, c)};
        result->item = c->flat ? prove_item(out->run, c, NULL) : NO_ROW;
        status = check_type(out, result, err);
        if (status == SY_OK)
            status = compare_case(&(struct comparing){.run = out->run,
                                                      .report = out,
                                                      .result = result,
                                                      .zh = file->home->zh,
                                                      .err = err});
    }
    if (status == SY_OK)
        status = order_check(out, err);
    for (size_t i = 0; i < file->ncases && status == SY_OK; i++) {
        out->results[i].passed = out->results[i].nfailures == 0;
        out->npassed += out->results[i].passed;
    }
    if (status != SY_OK)
        prove_report_dispose(out);
    return status;
}

void prove_report_dispose(struct prove_report *report)
{
    run_free(report->run);
    arena_dispose(&report->arena);
    *report = (struct prove_report){0};
}
