/*
 * tests_rows.c - worked tests as the views that writers take: a row a case, or the document
 * steelyard.test/1.
 */
#include <string.h>

#include "api/explain.h"
#include "api/tests.h"
#include "rule/kernel.h"

enum {
    T_FILE,
    T_LINE,
    T_CASE,
    T_TYPE,
    T_YEAR,
    T_INDICATOR,
    T_PASSED,
    T_FAILURES,
    T_RULE,
    T_RULE_SOURCE,
    T_REASON,
    T_FINDINGS,
    T_LAW,
    T_PASTE,
    T_COUNT
};

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column zh[T_COUNT] = {{"file", "文件", 0},   {"line", "行", 1},
                                          {"case", "用例", 0},   {"type", "类型", 0},
                                          {"year", "年度", 1},   {"indicator", "指标", 0},
                                          {"passed", "通过", 0}, {"failures", "不符", 0},
                                          {"rule", "规则", 0},   {"rule_source", "规则出处", 0},
                                          {"reason", "计算", 0}, {"findings", "疑点", 0},
                                          {"law", "定律", 0},    {"paste", "可粘贴的用例", 0}};
    static const sy_column en[T_COUNT] = {
        {"file", NULL, 0}, {"line", NULL, 1},        {"case", NULL, 0},   {"type", NULL, 0},
        {"year", NULL, 1}, {"indicator", NULL, 0},   {"passed", NULL, 0}, {"failures", NULL, 0},
        {"rule", NULL, 0}, {"rule_source", NULL, 0}, {"reason", NULL, 0}, {"findings", NULL, 0},
        {"law", NULL, 0},  {"paste", NULL, 0}};
    return ((const struct sy_tests *)ctx)->set->zh ? zh : en;
}

static const char *take_scratch(struct sy_tests *t)
{
    t->failed = t->failed || t->scratch.failed;
    return t->scratch.len ? buf_text(&t->scratch) : NULL;
}

static const struct rule *rule_of(const struct tests_row *row)
{
    const uint32_t item = row->result->item;
    const struct run *r = row->report->r;
    return item == NO_ROW ? NULL : item_bound(r, item)->rule;
}

static const char *tell_rule(struct sy_tests *t, const struct tests_row *row)
{
    const struct rule *rule = rule_of(row);
    if (!rule)
        return NULL;
    if (strcmp(report_rule(row->report, row->result->fund, row->result->item), "rating") == 0)
        buf_str(&t->scratch, "rating{}");
    else if (rule->kind == RULE_FUNCTION)
        buf_str(&t->scratch, "function");
    else
        rule_print(&t->scratch, rule);
    return take_scratch(t);
}

static const char *tell_rule_source(struct sy_tests *t, const struct tests_row *row)
{
    const struct rule *rule = rule_of(row);
    if (rule && rule->script)
        buf_printf(&t->scratch, "%s:%u", rule->script, (unsigned)rule->line);
    return take_scratch(t);
}

static const char *list_failures(struct sy_tests *t, const struct tests_row *row)
{
    const char *form = t->set->zh ? "%s%s：应为 %s，实为 %s" : "%s%s: expected %s, got %s";
    for (size_t i = 0; i < row->result->nfailures; i++) {
        const struct prove_failure *f = &row->result->failures[i];
        buf_printf(&t->scratch, form,
                   i == 0       ? ""
                   : t->set->zh ? "；"
                                : "; ",
                   f->what, f->expected, f->got);
    }
    return take_scratch(t);
}

static const char *list_findings(struct sy_tests *t, const struct tests_row *row)
{
    const struct run *r = row->report->r;
    for (size_t i = 0; i < r->d.findings.count; i++)
        if (prove_is_own(r, row->result, &r->d.findings.rows[i]))
            buf_printf(&t->scratch, "%s%s", t->scratch.len ? " " : "",
                       finding_word((enum finding_code)r->d.findings.rows[i].code));
    return take_scratch(t);
}

static void text_of_row(struct sy_tests *t, const struct tests_row *row, size_t column,
                        sy_cell *out)
{
    const struct prove_case *c = row->result->c;
    const uint32_t item = row->result->item;
    const char *text = NULL;
    buf_clear(&t->scratch);
    if (column == T_FILE)
        text = c->file;
    else if (column == T_CASE)
        text = c->name;
    else if (column == T_TYPE)
        text = c->type;
    else if (column == T_INDICATOR)
        text = item == NO_ROW ? NULL : item_path(row->report->r, item);
    else if (column == T_FAILURES)
        text = list_failures(t, row);
    else if (column == T_RULE)
        text = tell_rule(t, row);
    else if (column == T_RULE_SOURCE)
        text = tell_rule_source(t, row);
    else if (column == T_REASON)
        text = item == NO_ROW ? NULL : report_reason(row->report, row->result->fund, item);
    else
        text = list_findings(t, row);
    t->failed = t->failed || row->report->failed;
    report_text(out, text, SY_CELL_DATA);
}

/* A law that does not hold is a row like a case that failed. */
static void law_cell(struct sy_tests *t, const struct prove_counter *c, size_t column, sy_cell *out)
{
    const char *const texts[T_COUNT] = {
        [T_FILE] = c->seed->file,  [T_CASE] = c->seed->name,
        [T_TYPE] = c->seed->type,  [T_INDICATOR] = c->path,
        [T_RULE] = c->rule,        [T_RULE_SOURCE] = *c->place ? c->place : NULL,
        [T_LAW] = law_word(c->law)};
    const char *form = t->set->zh ? "%s：应为 %s，实为 %s" : "%s: expected %s, got %s";
    if (column == T_LINE || column == T_YEAR) {
        out->type = SY_CELL_INTEGER;
        out->integer = column == T_LINE ? (int64_t)c->seed->line : c->seed->year;
    } else if (column == T_PASSED) {
        out->type = SY_CELL_BOOL;
    } else if (column == T_FAILURES) {
        struct buf parts[3] = {{0}};
        buf_clear(&t->scratch);
        for (int i = LAWS_WHAT; i <= LAWS_GOT; i++)
            tests_laws_part(&parts[i], c, (enum laws_part)i, t->set->zh);
        buf_printf(&t->scratch, form, buf_text(&parts[LAWS_WHAT]), buf_text(&parts[LAWS_EXPECTED]),
                   buf_text(&parts[LAWS_GOT]));
        for (int i = LAWS_WHAT; i <= LAWS_GOT; i++) {
            t->failed = t->failed || parts[i].failed;
            buf_dispose(&parts[i]);
        }
        report_text(out, take_scratch(t), SY_CELL_DATA);
    } else {
        report_text(out, column == T_PASTE ? tests_laws_paste(t, c) : texts[column], SY_CELL_DATA);
    }
}

static void row_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct sy_tests *t = (struct sy_tests *)ctx;
    if (row >= t->nrows) {
        law_cell(t, t->counters[row - t->nrows], column, out);
        return;
    }
    const struct tests_row *r = &t->rows[row];
    if (column == T_LINE || column == T_YEAR) {
        out->type = SY_CELL_INTEGER;
        out->integer = column == T_LINE ? (int64_t)r->result->c->line : r->result->c->year;
    } else if (column == T_PASSED) {
        out->type = SY_CELL_BOOL;
        out->integer = r->result->passed;
    } else if (column < T_LAW) {
        text_of_row(t, r, column, out);
    }
}

/* The document: failures and findings are lists of objects. */

static const sy_column *failure_columns(const void *ctx)
{
    static const sy_column columns[] = {{"what", NULL, 0}, {"expected", NULL, 0}, {"got", NULL, 0}};
    (void)ctx;
    return columns;
}

/* The case in the row's upper half, the failure in the lower. */
static void failure_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct sy_tests *t = (struct sy_tests *)ctx;
    const size_t at = row >> SPLIT_BITS;
    if (at >= t->nrows) {
        buf_clear(&t->scratch);
        tests_laws_part(&t->scratch, t->counters[at - t->nrows], (enum laws_part)column,
                        t->set->zh);
        report_text(out, take_scratch(t), SY_CELL_DATA);
        return;
    }
    const struct prove_failure *f = &t->rows[row >> SPLIT_BITS].result->failures[row & SPLIT_MASK];
    report_text(out, column == 0 ? f->what : column == 1 ? f->expected : f->got, SY_CELL_DATA);
}

static const sy_column *finding_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"code", NULL, 0}, {"severity", NULL, 0}, {"message", NULL, 0}};
    (void)ctx;
    return columns;
}

static const struct finding *own_finding(const struct tests_row *row, size_t at)
{
    const struct run *r = row->report->r;
    for (size_t i = 0; i < r->d.findings.count; i++)
        if (prove_is_own(r, row->result, &r->d.findings.rows[i]) && at-- == 0)
            return &r->d.findings.rows[i];
    return NULL;
}

static void finding_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct sy_tests *t = (struct sy_tests *)ctx;
    const struct tests_row *r = &t->rows[row >> SPLIT_BITS];
    const struct finding *f = own_finding(r, row & SPLIT_MASK);
    if (column == 0) {
        report_text(out, finding_word((enum finding_code)f->code), SY_CELL_TEXT);
    } else if (column == 1) {
        report_text(out, severity_word((enum severity)f->severity), SY_CELL_TEXT);
    } else {
        buf_clear(&t->scratch);
        dataset_message(&t->scratch, &r->report->r->d, f, t->set->zh);
        report_text(out, take_scratch(t), SY_CELL_DATA);
    }
}

static void record_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops failures = {sizeof failures, 3, failure_columns, failure_cell};
    static const sy_view_ops findings = {sizeof findings, 3, finding_columns, finding_cell};
    const struct sy_tests *t = ctx;
    const struct tests_row *r = row < t->nrows ? &t->rows[row] : NULL;
    size_t n = 0;
    if (column == T_FAILURES) {
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&failures, t, row << SPLIT_BITS, r ? r->result->nfailures : 1};
    } else if (column == T_FINDINGS) {
        while (r && own_finding(r, n))
            n++;
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&findings, t, row << SPLIT_BITS, n};
    } else {
        row_cell(ctx, row, column, out);
    }
}

static const sy_view_ops record_ops = {sizeof record_ops, T_LAW, row_columns, record_cell};

enum { D_SCHEMA, D_STEELYARD, D_FILES, D_NCASES, D_PASSED, D_CASES, D_COVERAGE, D_LAWS, D_COUNT };

static const sy_column *document_columns(const void *ctx)
{
    static const sy_column columns[D_COUNT] = {{"schema", NULL, 0},   {"steelyard", NULL, 0},
                                               {"files", NULL, 1},    {"count", NULL, 1},
                                               {"passed", NULL, 1},   {"cases", NULL, 0},
                                               {"coverage", NULL, 0}, {"properties", NULL, 0}};
    (void)ctx;
    return columns;
}

static void document_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct sy_tests *t = ctx;
    (void)row;
    if (column == D_SCHEMA || column == D_STEELYARD) {
        report_text(out, column == D_SCHEMA ? "steelyard.test/1" : sy_version(), SY_CELL_TEXT);
    } else if (column == D_CASES) {
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&record_ops, t, 0, t->nrows};
    } else if (column == D_COVERAGE) {
        tests_cover_cell(t, out);
    } else if (column == D_LAWS) {
        tests_laws_cell(t, out);
    } else {
        out->type = SY_CELL_INTEGER;
        out->integer = (int64_t)(column == D_FILES    ? t->nproved
                                 : column == D_NCASES ? t->nrows
                                                      : t->npassed);
    }
}

/* Of laws there is a row for each that does not hold, and two columns more. */
sy_view tests_view(const struct sy_tests *t, const sy_writer *writer)
{
    static const sy_view_ops documents[] = {
        {sizeof *documents, D_LAWS, document_columns, document_cell},
        {sizeof *documents, D_COUNT, document_columns, document_cell}};
    static const sy_view_ops records = {sizeof records, T_COUNT, row_columns, record_cell};
    static const sy_view_ops rows[] = {{sizeof *rows, T_LAW, row_columns, row_cell},
                                       {sizeof *rows, T_COUNT, row_columns, row_cell}};
    const bool laws = t->laws != NULL;
    if (writer->takes == SY_TAKES_TREE)
        return (sy_view){&documents[laws], t, 0, 1};
    if (writer->takes == SY_TAKES_RECORDS)
        return (sy_view){laws ? &records : &record_ops, t, 0, t->nrows + t->ncounters};
    return (sy_view){&rows[laws], t, 0, t->nrows + t->ncounters};
}
