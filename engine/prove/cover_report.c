/*
 * cover_report.c - from marks to files: how much of each was reached, and what was not.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "prove/cover_parts.h"

/* A file under way. Its rules are a part of the home's, which are sorted. */
struct making {
    struct cover_report *out;
    const struct cover_home *h;
    const struct coverage_file *from;
    struct cover_file *file;
    struct cover_gap *gaps;
    size_t cap;
    sy_error *err;
};

static int compare_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int compare_rules(const void *x, const void *y)
{
    const struct cover_rule *a = x, *b = y;
    int order = compare_text(a->shown, b->shown);
    if (order == 0 && a->line != b->line)
        order = a->line < b->line ? -1 : 1;
    if (order == 0)
        order = strcmp(a->section, b->section);
    return order != 0 ? order : compare_text(a->pattern, b->pattern);
}

/* Each rule once, reached where any run has reached it. */
static void merge_rules(struct cover_home *h)
{
    size_t n = 0;
    if (h->nrules)
        qsort(h->rules, h->nrules, sizeof *h->rules, compare_rules);
    for (size_t i = 0; i < h->nrules; i++) {
        if (n > 0 && compare_rules(&h->rules[n - 1], &h->rules[i]) == 0)
            h->rules[n - 1].reached = h->rules[n - 1].reached || h->rules[i].reached;
        else
            h->rules[n++] = h->rules[i];
    }
    h->nrules = n;
}

/* `text` is copied; its failure is told, and it is cleared. */
static sy_status add_gap(struct making *m, const struct cover_gap *gap, struct buf *text)
{
    struct cover_file *f = m->file;
    if (f->ngaps == m->cap) {
        const size_t cap = m->cap ? 2 * m->cap : 8;
        struct cover_gap *grown = arena_alloc(&m->out->arena, cap * sizeof *grown);
        if (!grown)
            return error_nomem(m->err);
        if (f->ngaps)
            memcpy(grown, m->gaps, f->ngaps * sizeof *grown);
        m->gaps = grown;
        m->cap = cap;
    }
    struct cover_gap *copy = &m->gaps[f->ngaps++];
    *copy = *gap;
    copy->rank = (uint32_t)f->ngaps;
    f->gaps = m->gaps;
    if (!text)
        return SY_OK;
    copy->text = text->failed ? NULL : arena_copy(&m->out->arena, buf_text(text), text->len);
    buf_clear(text);
    return copy->text ? SY_OK : error_nomem(m->err);
}

static void count(struct making *m, enum cover_kind kind, bool reached)
{
    m->file->counts[kind].total++;
    m->file->counts[kind].reached += reached;
}

static sy_status add_rules(struct making *m, struct buf *text)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < m->h->nrules && status == SY_OK; i++) {
        const struct cover_rule *rule = &m->h->rules[i];
        if (compare_text(rule->shown, m->from->shown) != 0)
            continue;
        count(m, COVER_RULES, rule->reached);
        if (rule->reached)
            continue;
        buf_printf(text, rule->pattern ? "rules.%s[\"%s\"]" : "rules.%s", rule->section,
                   rule->pattern);
        status = add_gap(
            m, &(struct cover_gap){.kind = COVER_RULES, .line = rule->line, .last = rule->line},
            text);
    }
    return status;
}

static sy_status add_tiers(struct making *m, struct buf *text)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < coverage_ntiers(m->h->coverage); i++) {
        const struct coverage_tiers *t = coverage_tiers_at(m->h->coverage, i);
        const struct rule *rule = t->rule;
        if (compare_text(rule->script, m->from->shown) != 0)
            continue;
        for (size_t k = 0; k < kernel_bands(rule) && status == SY_OK; k++) {
            count(m, COVER_TIERS, t->reached[k]);
            if (t->reached[k])
                continue;
            rule_print_band(text, rule, k);
            status = add_gap(
                m, &(struct cover_gap){.kind = COVER_TIERS, .line = rule->line, .last = rule->line},
                text);
        }
    }
    return status;
}

/* Lines that did not run, up to one that did or to another function. */
static sy_status add_lines(struct making *m)
{
    struct cover_gap gap = {.kind = COVER_LINES};
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < m->from->nlines && status == SY_OK; i++) {
        const unsigned marks = m->from->lines[i];
        const bool code = (marks & COVERAGE_CODE) != 0, ran = (marks & COVERAGE_RAN) != 0;
        if (code)
            count(m, COVER_LINES, ran);
        if (gap.line && ((code && ran) || (marks & COVERAGE_BEGINS))) {
            status = add_gap(m, &gap, NULL);
            gap.line = 0;
        }
        if (code && !ran) {
            gap.line = gap.line ? gap.line : i + 1;
            gap.last = i + 1;
        }
    }
    return status == SY_OK && gap.line ? add_gap(m, &gap, NULL) : status;
}

static int compare_gaps(const void *x, const void *y)
{
    const struct cover_gap *a = x, *b = y;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->rank < b->rank ? -1 : 1;
}

static sy_status make_file(struct making *m)
{
    struct buf text = {0};
    m->gaps = NULL;
    m->cap = 0;
    *m->file = (struct cover_file){.path = arena_strdup(&m->out->arena, m->from->path)};
    sy_status status = m->file->path ? add_rules(m, &text) : error_nomem(m->err);
    if (status == SY_OK)
        status = add_tiers(m, &text);
    if (status == SY_OK)
        status = add_lines(m);
    if (status == SY_OK && m->file->ngaps)
        qsort(m->gaps, m->file->ngaps, sizeof *m->gaps, compare_gaps);
    for (int k = 0; k < COVER_KINDS; k++) {
        m->out->counts[k].reached += m->file->counts[k].reached;
        m->out->counts[k].total += m->file->counts[k].total;
    }
    buf_dispose(&text);
    return status;
}

/* Whether the test file at `test` is that of the script at `path`. */
static bool is_test_of(const char *test, const char *path)
{
    static const char tail[] = "_test.lua", end[] = ".lua";
    const size_t stem = strlen(test) - strlen(tail), len = strlen(path);
    return len == stem + strlen(end) && strncmp(test, path, stem) == 0 &&
           strcmp(path + stem, end) == 0;
}

static bool is_counted(const struct cover *c, const struct cover_home *h, const char *scripts,
                       const char *path)
{
    if (h->home->whole)
        return strncmp(path, scripts, strlen(scripts)) == 0;
    for (size_t i = 0; i < c->set->nfiles; i++)
        if (c->set->files[i]->home == h->home && is_test_of(c->set->files[i]->path, path))
            return true;
    return false;
}

static sy_status add_home(struct cover_report *out, struct cover *c, struct cover_home *h,
                          struct cover_file *files, sy_error *err)
{
    struct making m = {.out = out, .h = h, .err = err};
    const char *scripts = cover_join(&c->arena, h->home->folder, "scripts/");
    sy_status status = scripts ? SY_OK : error_nomem(err);
    for (size_t i = 0; i < coverage_nfiles(h->coverage) && status == SY_OK; i++) {
        m.from = coverage_file_at(h->coverage, i);
        if (!is_counted(c, h, scripts, m.from->path))
            continue;
        m.file = &files[out->nfiles++];
        status = make_file(&m);
    }
    return status;
}

static int compare_files(const void *x, const void *y)
{
    const struct cover_file *a = x, *b = y;
    return strcmp(a->path, b->path);
}

sy_status cover_finish(struct cover_report *out, struct cover *c, sy_error *err)
{
    size_t n = 0;
    sy_status status = SY_OK;
    *out = (struct cover_report){0};
    for (size_t i = 0; i < c->set->nhomes && status == SY_OK; i++) {
        status = cover_take_types(c, &c->homes[i], err);
        merge_rules(&c->homes[i]);
        n += coverage_nfiles(c->homes[i].coverage);
        c->homes[i].home->coverage = NULL;
    }
    struct cover_file *files = arena_alloc(&out->arena, (n + 1) * sizeof *files);
    if (status == SY_OK && !files)
        status = error_nomem(err);
    for (size_t i = 0; i < c->set->nhomes && status == SY_OK; i++)
        status = add_home(out, c, &c->homes[i], files, err);
    if (status != SY_OK) {
        cover_report_dispose(out);
        return status;
    }
    qsort(files, out->nfiles, sizeof *files, compare_files);
    out->files = files;
    return SY_OK;
}

void cover_report_dispose(struct cover_report *report)
{
    arena_dispose(&report->arena);
    *report = (struct cover_report){0};
}
