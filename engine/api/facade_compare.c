/*
 * facade_compare.c - steelyard.h: years side by side.
 */
#include <stdlib.h>
#include <string.h>

#include "api/compare.h"
#include "api/document.h"
#include "api/facade.h"
#include "base/error.h"

void facade_compare_free(sy_run *run)
{
    if (run->compare)
        compare_dispose(run->compare);
    free(run->compare);
    run->compare = NULL;
}

/* Whoever asks for one fund is not told of the others. */
static bool is_asked_for(const void *ctx, const struct finding *row)
{
    const struct compare *c = ctx;
    return row->entity == FINDING_NOWHERE ||
           compare_holds(&c->what, &c->r->d, c->r->d.entities[row->entity].fund);
}

sy_status sy_run_compare(sy_run *run, const sy_compare_options *options, sy_error *err)
{
    const struct evaluation *e = run->evaluation;
    sy_compare_options o = {0};
    if (options)
        memcpy(&o, options,
               options->struct_size && options->struct_size < sizeof o ? options->struct_size
                                                                       : sizeof o);
    facade_compare_free(run);
    sy_status status =
        o.nfunds ? facade_check_words(run->run, "fund", o.funds, o.nfunds, false, err) : SY_OK;
    if (status != SY_OK)
        return status;
    run->compare = calloc(1, sizeof *run->compare);
    if (!run->compare)
        return error_nomem(err);
    const struct compare_what what = {.years = o.nyears ? o.years : e->years,
                                      .nyears = o.nyears ? o.nyears : e->nyears,
                                      .funds = o.funds,
                                      .nfunds = o.nfunds};
    status = compare_open(run->compare, run->run, &what, err);
    if (status == SY_OK && o.strict)
        status = compare_refuse_differing(run->compare, err);
    if (status == SY_OK && o.nfunds)
        findings_keep(&run->run->d.findings, is_asked_for, run->compare);
    if (status == SY_OK)
        run->compare->what = (struct compare_what){0}; /* the lists are the caller's */
    else
        facade_compare_free(run);
    return status;
}

/* Writes by what is compared; error where nothing was. */
static sy_status begin(struct compared *v, struct report *p, sy_run *run, sy_error *err)
{
    if (!run->compare)
        return error_set(err, SY_EUSAGE, NULL, 0, "nothing was compared: call sy_run_compare");
    report_init(p, run->run, run->language);
    *v = (struct compared){p, run->compare};
    return SY_OK;
}

static sy_view choose_view(const struct compared *v, sy_report report, const sy_writer *writer)
{
    if (report == SY_REPORT_COMPARE_DETAIL && writer->takes != SY_TAKES_TREE)
        return v->p->people ? compared_people_drivers(v) : compared_drivers(v);
    if (report == SY_REPORT_LINES && writer->takes & SY_TAKES_ROWS)
        return compared_people_lines(v);
    if (writer->takes & SY_TAKES_TREE)
        return compared_tree(v);
    if (writer->takes == SY_TAKES_RECORDS)
        return compared_funds(v);
    return v->p->people ? compared_people(v) : compared_rows(v);
}

#define PART_ROWS 512 /* of a part: sentences cost more than numbers */

/* By all workers, each with a report of its own. */
static sy_status write_parts(const struct compared *all, sy_report report, const sy_writer *writer,
                             struct file_writer *file, const struct plug_option *options,
                             size_t noptions, sy_error *err)
{
    struct workers *workers = all->p->r->workers;
    const unsigned n = workers_count(workers);
    struct report *reports = calloc(n, sizeof *reports);
    struct compared *own = calloc(n, sizeof *own);
    sy_view *views = calloc(n, sizeof *views);
    sy_status status = reports && own && views ? SY_OK : error_nomem(err);
    for (unsigned i = 0; i < n && status == SY_OK; i++) {
        status = report_share(&reports[i], all->p, err);
        own[i] = (struct compared){&reports[i], all->c};
        views[i] = choose_view(&own[i], report, writer);
    }
    if (status == SY_OK) {
        const struct plug_parts parts = {workers, views, PART_ROWS};
        status = plug_write_parts(writer, file, options, noptions, &parts, err);
    }
    for (unsigned i = 0; i < n && reports; i++) {
        all->p->failed = all->p->failed || reports[i].failed;
        report_dispose(&reports[i]);
    }
    free(reports);
    free(own);
    free(views);
    return status;
}

sy_status facade_write_compare(sy_run *run, sy_report report, const sy_writer *writer,
                               struct file_writer *file, const struct plug_option *options,
                               size_t noptions, sy_error *err)
{
    struct report p;
    struct compared v;
    sy_status status = begin(&v, &p, run, err);
    if (status != SY_OK)
        return status;
    const bool detail = report == SY_REPORT_COMPARE_DETAIL;
    p.people = (writer->takes & SY_TAKES_LABELS) != 0 && (detail || !document_is_for(writer));
    p.narrow = (writer->takes & SY_TAKES_NARROW) != 0;
    if (document_is_for(writer)) {
        const struct document_what what = {.kind = detail ? "table" : "compare",
                                           .body = detail ? compared_people_drivers(&v)
                                                          : compared_tree(&v),
                                           .people = compared_people(&v)};
        status = document_write(&p, p.zh, &what, writer, file, options, noptions, err);
    } else if (writer->flags & SY_WRITES_PARTS) {
        status = write_parts(&v, report, writer, file, options, noptions, err);
    } else {
        const sy_view view = choose_view(&v, report, writer);
        status = plug_write(writer, file, options, noptions, &view, err);
    }
    if (status == SY_OK && p.failed)
        status = error_nomem(err);
    report_dispose(&p);
    return status;
}

sy_status sy_run_compare_closing(sy_run *run, const char *path, sy_error *err)
{
    struct report p;
    struct compared v;
    struct buf text = {0};
    sy_status status = begin(&v, &p, run, err);
    if (status != SY_OK)
        return status;
    compared_closing(&text, &v);
    status = p.failed || text.failed ? error_nomem(err) : output_text(&text, path, run->width, err);
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}
