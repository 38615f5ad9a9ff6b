/*
 * facade_read.c - steelyard.h: what a run tells, finding by finding and fund by fund.
 */
#include <string.h>

#include "api/facade.h"
#include "table/place.h"

size_t sy_run_nfindings(const sy_run *run)
{
    return run->run->d.findings.count;
}

void sy_run_finding(sy_run *run, size_t i, const char *language, sy_finding *out)
{
    const struct dataset *d = &run->run->d;
    const struct finding *f = &d->findings.rows[i];
    const struct entity *e = f->entity == FINDING_NOWHERE ? NULL : &d->entities[f->entity];
    buf_clear(&run->message);
    dataset_message(&run->message, d, f, strcmp(language ? language : run->language, "zh") == 0);
    buf_clear(&run->source);
    if (f->file != FINDING_NOWHERE)
        place_print(&run->source, dataset_text(d, f->file), dataset_finding_line(d, f));
    *out = (sy_finding){.severity = (sy_severity)f->severity,
                        .code = finding_word((enum finding_code)f->code),
                        .fund = e ? dataset_text(d, e->fund) : NULL,
                        .year = e ? e->year : 0,
                        .indicator = dataset_finding_path(d, f),
                        .message = buf_text(&run->message),
                        .source = run->source.len ? buf_text(&run->source) : NULL};
}

const char *sy_run_finding_code(const sy_run *run, size_t i, sy_severity *severity)
{
    const struct finding *f = &run->run->d.findings.rows[i];
    *severity = (sy_severity)f->severity;
    return finding_word((enum finding_code)f->code);
}

const char *sy_severity_word(sy_severity severity)
{
    return severity_word((enum severity)severity);
}

sy_status sy_severity_of(sy_severity *out, const char *word)
{
    enum severity severity;
    if (!severity_of(&severity, word))
        return SY_EUSAGE;
    *out = (sy_severity)severity;
    return SY_OK;
}

size_t sy_run_nfunds(const sy_run *run)
{
    return run->run->nfunds;
}

void sy_run_fund(const sy_run *run, size_t i, sy_fund_score *out)
{
    const struct run *r = run->run;
    const struct fund *f = &r->funds[i];
    const struct entity *e = &r->d.entities[f->entity];
    const struct fund_result *result = &r->results[i];
    const struct yardstick *y = r->standards[f->standard].yard;
    *out = (sy_fund_score){.fund = dataset_text(&r->d, e->fund),
                           .name = e->name == NO_WORD ? NULL : dataset_text(&r->d, e->name),
                           .year = e->year,
                           .status = fund_status_word(result->status),
                           .has_score = result->has_score,
                           .has_bounds = result->has_bounds,
                           .score = decimal_value(result->score, y->decimals),
                           .full_score = y->full_score,
                           .low = decimal_value(result->low, y->decimals),
                           .high = decimal_value(result->high, y->decimals),
                           .grade = result->grade == NO_ROW ? NULL : y->grades[result->grade].name};
}

long sy_run_ndepartments(const sy_run *run)
{
    struct department *departments;
    size_t n;
    if (departments_make(&departments, &n, run->run, NULL) != SY_OK)
        return -1;
    departments_free(departments, n);
    return (long)n;
}
