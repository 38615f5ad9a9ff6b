/*
 * facade_sensitivity.c - steelyard.h: how results depend on weights.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/document.h"
#include "api/facade.h"
#include "api/sensitivity.h"
#include "base/error.h"

void facade_sensitivity_free(sy_run *run)
{
    if (run->sensitivity)
        sensitivity_dispose(run->sensitivity);
    free(run->sensitivity);
    run->sensitivity = NULL;
}

static sy_status check_options(const sy_sensitivity_options *o, sy_error *err)
{
    if (o->draws < 1 || o->draws > DRAWS_MAX)
        return error_set(err, SY_EUSAGE, NULL, 0, "--draws %u: 1 to %u", o->draws, DRAWS_MAX);
    if (!(o->spread >= 0 && o->spread <= 1))
        return error_set(err, SY_EUSAGE, NULL, 0, "--spread %.15g: 0 to 1", o->spread);
    if (!(o->edge >= 0) || !isfinite(o->edge))
        return error_set(err, SY_EUSAGE, NULL, 0, "--edge %.15g is no number of points", o->edge);
    return SY_OK;
}

sy_status sy_run_sensitivity(sy_run *run, const sy_sensitivity_options *options, sy_error *err)
{
    sy_sensitivity_options o = {0};
    if (options)
        memcpy(&o, options,
               options->struct_size && options->struct_size < sizeof o ? options->struct_size
                                                                       : sizeof o);
    else
        o = (sy_sensitivity_options){.draws = 10000, .spread = 0.2, .seed = 1, .edge = 1};
    sy_status status = check_options(&o, err);
    facade_sensitivity_free(run);
    if (status != SY_OK)
        return status;
    run->sensitivity = calloc(1, sizeof *run->sensitivity);
    if (!run->sensitivity)
        return error_nomem(err);
    const struct sensitivity_what what = {o.draws, o.spread, o.seed, o.edge};
    status = sensitivity_open(run->sensitivity, run->run, &what, err);
    if (status != SY_OK)
        facade_sensitivity_free(run);
    return status;
}

static sy_status begin(struct weighed *v, struct report *p, sy_run *run, sy_error *err)
{
    if (!run->sensitivity)
        return error_set(err, SY_EUSAGE, NULL, 0, "nothing was drawn: call sy_run_sensitivity");
    report_init(p, run->run, run->language);
    *v = (struct weighed){p, run->sensitivity};
    return SY_OK;
}

sy_status facade_write_sensitivity(sy_run *run, sy_report report, const sy_writer *writer,
                                   struct file_writer *file, const struct plug_option *options,
                                   size_t noptions, sy_error *err)
{
    struct report p;
    struct weighed v;
    sy_status status = begin(&v, &p, run, err);
    if (status != SY_OK)
        return status;
    const bool detail = report == SY_REPORT_SENSITIVITY_DETAIL, whole = document_is_for(writer);
    p.people = (writer->takes & SY_TAKES_LABELS) != 0 && (detail || !whole);
    p.narrow = (writer->takes & SY_TAKES_NARROW) != 0;
    const sy_view view = whole && detail                     ? weighed_items(&v)
                         : writer->takes & SY_TAKES_TREE     ? weighed_tree(&v)
                         : detail                            ? weighed_items(&v)
                         : writer->takes == SY_TAKES_RECORDS ? weighed_funds(&v)
                         : p.people                          ? weighed_people(&v)
                                                             : weighed_rows(&v);
    const struct document_what what = {
        .kind = detail ? "table" : "sensitivity", .body = view, .people = weighed_people(&v)};
    status = whole ? document_write(&p, p.zh, &what, writer, file, options, noptions, err)
                   : plug_write(writer, file, options, noptions, &view, err);
    if (status == SY_OK && p.failed)
        status = error_nomem(err);
    report_dispose(&p);
    return status;
}

sy_status sy_run_sensitivity_closing(sy_run *run, const char *path, sy_error *err)
{
    struct report p;
    struct weighed v;
    struct buf text = {0};
    sy_status status = begin(&v, &p, run, err);
    if (status != SY_OK)
        return status;
    weighed_closing(&text, &v);
    status = p.failed || text.failed ? error_nomem(err) : output_text(&text, path, run->width, err);
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}
