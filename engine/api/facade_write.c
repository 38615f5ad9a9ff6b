/*
 * facade_write.c - steelyard.h: reports and explanations, into files or standard output.
 */
#include <stdlib.h>
#include <string.h>

#include "api/document.h"
#include "api/explain.h"
#include "api/facade.h"
#include "api/review.h"
#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"

#define PART_ROWS 2048

static bool is_flat(sy_report report)
{
    return report != SY_REPORT_SCORE && report != SY_REPORT_RANKED;
}

static sy_view choose_view(const struct report *p, sy_report report, const sy_writer *writer)
{
    if (writer->takes == SY_TAKES_TREE)
        return report == SY_REPORT_CHECK ? report_check_tree(p) : report_score_tree(p);
    if (writer->takes == SY_TAKES_RECORDS && !is_flat(report))
        return report_fund_records(p);
    if (report == SY_REPORT_CHECK)
        return p->people ? report_people_findings(p) : report_findings(p);
    if (report == SY_REPORT_SCORE_DETAIL)
        return p->narrow ? report_people_detail(p) : report_detail_rows(p);
    if (report == SY_REPORT_LEVELS)
        return report_people_levels(p);
    if (report == SY_REPORT_DEPARTMENTS)
        return p->people ? report_people_departments(p) : report_departments(p);
    return p->people ? report_people_rows(p) : report_funds_rows(p);
}

/* Documents for people: of scores their own, of the rest a table. Ranks are in both, but rows are
 * in their order only where that is asked for. */
static sy_status write_document(struct report *p, sy_report report, const sy_writer *writer,
                                struct file_writer *file, const struct plug_option *options,
                                size_t noptions, sy_error *err)
{
    const sy_writer rows = {.takes = SY_TAKES_ROWS | SY_TAKES_LABELS};
    struct document_what what = {.kind = "table"};
    sy_status status = SY_OK;
    if (is_flat(report)) {
        p->people = true;
        what.body = choose_view(p, report, &rows);
    } else {
        p->unranked = report != SY_REPORT_RANKED;
        if (p->unranked)
            status = report_add_ranks(p, err);
        what.kind = "score";
        what.people = report_people_rows(p);
        what.departments = report_people_departments(p);
    }
    if (status == SY_OK)
        status = document_write(p, p->zh, &what, writer, file, options, noptions, err);
    return status;
}

/* Rules and weights are the user's work, read in this run or not. */
static sy_status is_work(bool *out, const struct run *r, const char *path, sy_error *err)
{
    static const char *const folders[] = {"config", "scripts"};
    *out = r->e->ini && file_is_same(r->e->ini, path);
    for (size_t i = 0; r->e->ini && i < sizeof folders / sizeof *folders && !*out; i++) {
        char *folder = evaluation_path(r->e, folders[i]);
        if (!folder)
            return error_nomem(err);
        *out = file_is_below(path, folder);
        free(folder);
    }
    return SY_OK;
}

/* A path that is one of the evaluation's files is refused: writing there would lose it. */
static sy_status refuse_input(const struct run *r, const char *path, sy_error *err)
{
    bool same = false;
    sy_status status = strcmp(path, "-") == 0 ? SY_OK : is_work(&same, r, path, err);
    if (status != SY_OK || strcmp(path, "-") == 0)
        return status;
    for (uint32_t i = 0; i < r->d.ninputs && !same; i++) {
        char *input = evaluation_path(r->e, dataset_text(&r->d, r->d.inputs[i]));
        if (!input)
            return error_nomem(err);
        same = file_is_same(input, path);
        free(input);
    }
    if (!same)
        return SY_OK;
    return error_set(err, SY_EUSAGE, path, 0,
                     "belongs to this evaluation and would be lost: name another file");
}

/* The terminal's, which people's tables are made for. What is no number the writer refuses. */
static size_t find_width(const struct plug_option *options, size_t noptions)
{
    size_t width = 0;
    for (size_t i = 0; i < noptions; i++)
        if (strcmp(options[i].name, "width") == 0)
            width = (size_t)strtoul(options[i].value, NULL, 10);
    return width;
}

/* Rows of one part: as many as show some thousand indicators or funds. */
static size_t part_rows(const struct report *p, sy_report report, const sy_writer *writer)
{
    const bool records = writer->takes == SY_TAKES_RECORDS && !is_flat(report);
    const size_t each = records ? p->r->nitems / ((size_t)p->r->nfunds + 1) + 1 : 1;
    return each < PART_ROWS ? PART_ROWS / each : 1;
}

/* By all workers, each with a report of its own. */
static sy_status write_parts(struct report *p, sy_report report, const sy_writer *writer,
                             struct file_writer *file, const struct plug_option *options,
                             size_t noptions, sy_error *err)
{
    struct workers *workers = p->r->workers;
    const unsigned n = workers_count(workers);
    struct report *reports = calloc(n, sizeof *reports);
    sy_view *views = calloc(n, sizeof *views);
    sy_status status = reports && views ? SY_OK : error_nomem(err);
    for (unsigned i = 0; i < n && status == SY_OK; i++) {
        status = report_share(&reports[i], p, err);
        views[i] = choose_view(&reports[i], report, writer);
    }
    if (status == SY_OK) {
        const struct plug_parts parts = {workers, views, part_rows(p, report, writer)};
        status = plug_write_parts(writer, file, options, noptions, &parts, err);
    }
    for (unsigned i = 0; i < n && reports; i++) {
        p->failed = p->failed || reports[i].failed;
        report_dispose(&reports[i]);
    }
    free(reports);
    free(views);
    return status;
}

static sy_status write_scores(sy_run *run, sy_report report, const sy_writer *writer,
                              struct file_writer *file, const struct plug_option *options,
                              size_t noptions, sy_error *err)
{
    struct report p;
    sy_status status = SY_OK;
    report_init(&p, run->run, run->language);
    if (report == SY_REPORT_RANKED)
        status = report_add_ranks(&p, err);
    p.people = (writer->takes & SY_TAKES_LABELS) != 0 && !document_is_for(writer);
    p.narrow = (writer->takes & SY_TAKES_NARROW) != 0;
    p.width = find_width(options, noptions);
    p.share = writer->takes & SY_TAKES_TREE ? &file->share : NULL;
    if (status == SY_OK && document_is_for(writer)) {
        status = write_document(&p, report, writer, file, options, noptions, err);
    } else if (status == SY_OK && (writer->flags & SY_WRITES_PARTS)) {
        status = write_parts(&p, report, writer, file, options, noptions, err);
    } else if (status == SY_OK) {
        sy_view view = choose_view(&p, report, writer);
        status = plug_write(writer, file, options, noptions, &view, err);
    }
    if (status == SY_OK && p.failed)
        status = error_nomem(err);
    report_dispose(&p);
    return status;
}

static sy_status write_review(sy_run *run, sy_report report, const sy_writer *writer,
                              struct file_writer *file, const struct plug_option *options,
                              size_t noptions, sy_error *err)
{
    struct report p;
    struct review review;
    (void)report;
    report_init(&p, run->run, run->language);
    p.people = (writer->takes & SY_TAKES_LABELS) != 0 && !document_is_for(writer);
    sy_status status = review_open(&review, &p, err);
    if (status == SY_OK && document_is_for(writer)) {
        const struct document_what what = {
            .kind = "review", .body = review_tree(&review), .people = review_people(&review)};
        status = document_write(&p, p.zh, &what, writer, file, options, noptions, err);
    } else if (status == SY_OK) {
        const sy_view view = writer->takes & SY_TAKES_TREE ? review_tree(&review)
                             : p.people                    ? review_people(&review)
                                                           : review_rows(&review);
        status = plug_write(writer, file, options, noptions, &view, err);
    }
    if (status == SY_OK && p.failed)
        status = error_nomem(err);
    review_dispose(&review);
    report_dispose(&p);
    return status;
}

sy_status sy_run_review(sy_run *run, sy_error *err)
{
    return review_run(run->run, err);
}

typedef sy_status (*write_fn)(sy_run *run, sy_report report, const sy_writer *writer,
                              struct file_writer *file, const struct plug_option *options,
                              size_t noptions, sy_error *err);

static write_fn choose_write(sy_report report)
{
    switch (report) {
    case SY_REPORT_CONFIG:
    case SY_REPORT_CONFIG_FULL:
    case SY_REPORT_CONFIG_DIFF:
        return facade_write_config;
    case SY_REPORT_REVIEW:
        return write_review;
    case SY_REPORT_COMPARE:
    case SY_REPORT_COMPARE_DETAIL:
    case SY_REPORT_LINES:
        return facade_write_compare;
    case SY_REPORT_SENSITIVITY:
    case SY_REPORT_SENSITIVITY_DETAIL:
        return facade_write_sensitivity;
    case SY_REPORT_IMPROVE:
        return facade_write_improve;
    default:
        return write_scores;
    }
}

/* What sy_run_write was asked for. */
struct asked {
    sy_run *run;
    sy_report report;
};

static sy_status write_asked(void *ctx, const sy_writer *writer, struct file_writer *file,
                             const struct plug_option *options, size_t noptions, sy_error *err)
{
    const struct asked *a = ctx;
    file->progress = &a->run->run->progress;
    return choose_write(a->report)(a->run, a->report, writer, file, options, noptions, err);
}

sy_status sy_run_write(sy_run *run, sy_report report, const char *format, const char *path,
                       const sy_option *options, size_t noptions, sy_error *err)
{
    const sy_writer *writer;
    struct asked asked = {run, report};
    sy_status status = output_writer(&writer, run->plugins, format, path, err);
    if (status == SY_OK)
        status = refuse_input(run->run, path, err);
    if (status != SY_OK)
        return status;
    return output_file(writer, path, options, noptions, write_asked, &asked, err);
}

static sy_status refuse_indicator(const struct run *r, const char *fund, const char *path,
                                  sy_error *err)
{
    const char **known = calloc((size_t)r->nitems + 1, sizeof *known);
    size_t n = 0;
    if (!known)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds; i++) {
        const struct fund *f = &r->funds[i];
        bool same = strcmp(dataset_text(&r->d, r->d.entities[f->entity].fund), fund) == 0;
        for (uint32_t k = f->first; same && k < f->first + f->count; k++)
            known[n++] = item_path(r, k);
    }
    const char *near = suggest_path(path, known, n);
    error_set(err, SY_EUSAGE, NULL, 0, "%s has no indicator '%s'%s%s%s", fund, path,
              near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
    free(known);
    return SY_EUSAGE;
}

static bool has_indicator(const struct run *r, const struct fund *f, const char *path)
{
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        if (explain_means(r, i, path))
            return true;
    return false;
}

sy_status sy_run_explain(sy_run *run, const char *fund, int year, const char *indicator,
                         const char *path, sy_error *err)
{
    struct report p;
    struct buf text = {0};
    bool fund_found = false, found = false;
    const struct run *r = run->run;
    sy_status status = SY_OK;
    report_init(&p, run->run, run->language);
    p.people = true;
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct entity *e = &r->d.entities[r->funds[i].entity];
        if (strcmp(dataset_text(&r->d, e->fund), fund) != 0 || (year && e->year != year))
            continue;
        fund_found = true;
        if (indicator && !has_indicator(r, &r->funds[i], indicator))
            continue;
        if (found)
            buf_char(&text, '\n');
        found = true;
        explain_fund(&text, &p, i, indicator);
    }
    if (status == SY_OK && !fund_found)
        status = facade_check_words(r, "fund", &fund, 1, false, err);
    if (status == SY_OK && !found && indicator && fund_found)
        status = refuse_indicator(r, fund, indicator, err);
    else if (status == SY_OK && !found)
        status =
            error_set(err, SY_EUSAGE, NULL, 0, "%s is not scored in the years asked for", fund);
    if (status == SY_OK)
        status = p.failed ? error_nomem(err) : refuse_input(r, path, err);
    if (status == SY_OK)
        status = output_text(&text, path, run->width, err);
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}

sy_status sy_run_review_closing(sy_run *run, const char *path, sy_error *err)
{
    struct report p;
    struct review review;
    struct buf text = {0};
    report_init(&p, run->run, run->language);
    sy_status status = review_open(&review, &p, err);
    if (status == SY_OK)
        review_closing(&text, &review);
    if (status == SY_OK)
        status = p.failed ? error_nomem(err) : output_text(&text, path, run->width, err);
    buf_dispose(&text);
    review_dispose(&review);
    report_dispose(&p);
    return status;
}

sy_status sy_run_closing(sy_run *run, const char *program, const char *path, sy_error *err)
{
    struct report p;
    struct buf text = {0};
    report_init(&p, run->run, run->language);
    explain_closing(&text, &p, program);
    sy_status status = p.failed ? error_nomem(err) : output_text(&text, path, run->width, err);
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}
