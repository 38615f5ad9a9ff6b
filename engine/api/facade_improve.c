/*
 * facade_improve.c - steelyard.h: the shortest way up.
 */
#include <stdlib.h>
#include <string.h>

#include "api/document.h"
#include "api/facade.h"
#include "api/improve.h"
#include "base/error.h"
#include "stage/near.h"

void facade_improve_free(sy_run *run)
{
    if (run->improved)
        improved_dispose(run->improved);
    free(run->improved);
    run->improved = NULL;
}

static sy_status find_grade(uint32_t *out, const struct run *r, uint32_t fund, const char *word,
                            sy_error *err)
{
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    for (size_t i = 0; i < y->ngrades; i++)
        if (strcmp(y->grades[i].name, word) == 0) {
            *out = (uint32_t)i;
            return SY_OK;
        }
    const char *near = near_grade(r, &r->funds[fund], word);
    return error_set(err, SY_EUSAGE, NULL, 0, "--to '%s': the yardstick has no such grade%s%s%s",
                     word, near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool is_fund(const struct run *r, uint32_t i, const char *fund)
{
    const struct entity *e = &r->d.entities[r->funds[i].entity];
    return strcmp(dataset_text(&r->d, e->fund), fund) == 0;
}

static sy_status improve_all(struct improved *out, struct run *r, const char *fund,
                             const char *grade, sy_error *err)
{
    sy_status status = facade_check_words(r, "fund", &fund, 1, false, err);
    out->r = r;
    out->ways = calloc((size_t)r->nfunds + 1, sizeof *out->ways);
    if (!out->ways)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        uint32_t to = 0;
        if (!is_fund(r, i, fund))
            continue;
        status = find_grade(&to, r, i, grade, err);
        if (status == SY_OK)
            status = improve_fund(&out->ways[out->nways++], r, i, to, err);
    }
    if (status == SY_OK && out->nways == 0)
        status =
            error_set(err, SY_EUSAGE, NULL, 0, "%s is not scored in the years asked for", fund);
    return status;
}

sy_status sy_run_improve(sy_run *run, const char *fund, const char *grade, sy_error *err)
{
    facade_improve_free(run);
    run->improved = calloc(1, sizeof *run->improved);
    if (!run->improved)
        return error_nomem(err);
    sy_status status = improve_all(run->improved, run->run, fund, grade, err);
    if (status != SY_OK)
        facade_improve_free(run);
    return status;
}

static sy_status begin(struct shown_ways *v, struct report *p, sy_run *run, sy_error *err)
{
    if (!run->improved)
        return error_set(err, SY_EUSAGE, NULL, 0, "no way was looked for: call sy_run_improve");
    report_init(p, run->run, run->language);
    *v = (struct shown_ways){p, run->improved};
    return SY_OK;
}

sy_status facade_write_improve(sy_run *run, sy_report report, const sy_writer *writer,
                               struct file_writer *file, const struct plug_option *options,
                               size_t noptions, sy_error *err)
{
    struct report p;
    struct shown_ways v;
    (void)report;
    sy_status status = begin(&v, &p, run, err);
    if (status != SY_OK)
        return status;
    const bool whole = document_is_for(writer);
    const sy_view view = whole                               ? improved_rows(&v)
                         : writer->takes & SY_TAKES_TREE     ? improved_tree(&v)
                         : writer->takes == SY_TAKES_RECORDS ? improved_funds(&v)
                                                             : improved_rows(&v);
    const struct document_what what = {.kind = "table", .body = view};
    status = whole ? document_write(&p, p.zh, &what, writer, file, options, noptions, err)
                   : plug_write(writer, file, options, noptions, &view, err);
    if (status == SY_OK && p.failed)
        status = error_nomem(err);
    report_dispose(&p);
    return status;
}

sy_status sy_run_improve_print(sy_run *run, const char *path, sy_error *err)
{
    struct report p;
    struct shown_ways v;
    struct buf text = {0};
    sy_status status = begin(&v, &p, run, err);
    if (status != SY_OK)
        return status;
    improved_print(&text, &v);
    status = p.failed || text.failed ? error_nomem(err) : output_text(&text, path, run->width, err);
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}
