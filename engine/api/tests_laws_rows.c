/*
 * tests_laws_rows.c - laws that do not hold as the views that writers take: rows behind those of
 * the cases, and the part `properties` of the document.
 */
#include "api/tests.h"

enum {
    L_FILE,
    L_LINE,
    L_CASE,
    L_LAW,
    L_INDICATOR,
    L_RULE,
    L_RULE_SOURCE,
    L_TARGET,
    L_WHAT,
    L_EXPECTED,
    L_GOT,
    L_PASTE,
    L_COUNT
};

static const char *nothing_of(const char *text)
{
    return *text ? text : NULL;
}

static void counter_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct sy_tests *t = (struct sy_tests *)ctx;
    const struct prove_counter *c = t->counters[row];
    const char *const texts[L_COUNT] = {[L_FILE] = c->seed->file,
                                        [L_CASE] = c->seed->name,
                                        [L_LAW] = law_word(c->law),
                                        [L_INDICATOR] = c->path,
                                        [L_RULE] = c->rule,
                                        [L_RULE_SOURCE] = nothing_of(c->place),
                                        [L_TARGET] = nothing_of(c->target)};
    if (column == L_LINE) {
        out->type = SY_CELL_INTEGER;
        out->integer = c->seed->line;
    } else if (column >= L_WHAT && column <= L_GOT) {
        buf_clear(&t->scratch);
        tests_laws_part(&t->scratch, c, (enum laws_part)(column - L_WHAT), t->set->zh);
        t->failed = t->failed || t->scratch.failed;
        report_text(out, buf_text(&t->scratch), SY_CELL_DATA);
    } else {
        report_text(out, column == L_PASTE ? tests_laws_paste(t, c) : texts[column], SY_CELL_DATA);
    }
}

static const sy_column *counter_columns(const void *ctx)
{
    static const sy_column columns[L_COUNT] = {
        {"file", NULL, 0},        {"line", NULL, 1},      {"case", NULL, 0},
        {"law", NULL, 0},         {"indicator", NULL, 0}, {"rule", NULL, 0},
        {"rule_source", NULL, 0}, {"target", NULL, 0},    {"what", NULL, 0},
        {"expected", NULL, 0},    {"got", NULL, 0},       {"paste", NULL, 0}};
    (void)ctx;
    return columns;
}

enum { E_FILE, E_LINE, E_INDICATOR, E_LAW, E_WHY, E_USED, E_COUNT };

static const sy_column *exempt_columns(const void *ctx)
{
    static const sy_column columns[E_COUNT] = {{"file", NULL, 0},      {"line", NULL, 1},
                                               {"indicator", NULL, 0}, {"law", NULL, 0},
                                               {"why", NULL, 0},       {"used", NULL, 0}};
    (void)ctx;
    return columns;
}

/* The n-th exemption of all files. */
static void exempt_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct sy_tests *t = ctx;
    size_t file = 0;
    while (row >= t->set->files[file]->nexempts)
        row -= t->set->files[file++]->nexempts;
    const struct prove_exempt *e = &t->set->files[file]->exempts[row];
    const char *const texts[E_COUNT] = {[E_FILE] = t->set->files[file]->shown,
                                        [E_INDICATOR] = e->pattern,
                                        [E_LAW] = e->law,
                                        [E_WHY] = e->why};
    if (column == E_LINE || column == E_USED) {
        out->type = column == E_LINE ? SY_CELL_INTEGER : SY_CELL_BOOL;
        out->integer = column == E_LINE ? (int64_t)e->line : t->laws[file].spared[row];
    } else {
        report_text(out, texts[column], SY_CELL_DATA);
    }
}

enum { P_RULES, P_PROBES, P_COUNTERS, P_EXEMPT, P_COUNT };

static const sy_column *part_columns(const void *ctx)
{
    static const sy_column columns[P_COUNT] = {
        {"rules", NULL, 1}, {"probes", NULL, 1}, {"counterexamples", NULL, 0}, {"exempt", NULL, 0}};
    (void)ctx;
    return columns;
}

static void part_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops counters = {sizeof counters, L_COUNT, counter_columns, counter_cell};
    static const sy_view_ops exempts = {sizeof exempts, E_COUNT, exempt_columns, exempt_cell};
    const struct sy_tests *t = ctx;
    sy_tests_counts counts = {0};
    size_t nexempts = 0;
    (void)row;
    tests_laws_count(t, &counts);
    for (size_t i = 0; i < t->nlaws; i++)
        nexempts += t->set->files[i]->nexempts;
    if (column == P_RULES || column == P_PROBES) {
        out->type = SY_CELL_INTEGER;
        out->integer = (int64_t)(column == P_RULES ? counts.rules : counts.probes);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = column == P_COUNTERS ? (sy_view){&counters, t, 0, t->ncounters}
                                         : (sy_view){&exempts, t, 0, nexempts};
    }
}

void tests_laws_cell(const struct sy_tests *t, sy_cell *out)
{
    static const sy_view_ops part = {sizeof part, P_COUNT, part_columns, part_cell};
    out->type = SY_CELL_RECORD;
    out->view = (sy_view){&part, t, 0, 1};
}
