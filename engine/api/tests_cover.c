/*
 * tests_cover.c - what of the scripts no case has reached: as text for people, and as a part of the
 * document steelyard.test/1.
 */
#include <math.h>
#include <string.h>

#include "api/tests.h"
#include "base/text.h"

#define PATH_WIDTH 42 /* of the longest path that stands on one line with its numbers */
#define PART_WIDTH 9

/* Cut to tenths, so that only all is 100.0; -1: there is nothing. */
static int count_tenths(const struct cover_count counts[COVER_KINDS])
{
    uint64_t reached = 0, total = 0;
    for (int k = 0; k < COVER_KINDS; k++) {
        reached += counts[k].reached;
        total += counts[k].total;
    }
    return total ? (int)(1000 * reached / total) : -1;
}

static void add_blanks(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_char(out, ' ');
}

/* To the right of `width` columns; the text is cleared. */
static void add_right(struct buf *out, struct buf *text, size_t width)
{
    const size_t used = text_width(buf_text(text), text->len);
    out->failed = out->failed || text->failed;
    add_blanks(out, used < width ? width - used : 1);
    buf_str(out, buf_text(text));
    buf_clear(text);
}

static void add_row(struct buf *out, const char *path, size_t width,
                    const struct cover_count counts[COVER_KINDS])
{
    struct buf part = {0};
    const int tenths = count_tenths(counts);
    const size_t used = text_width(path, strlen(path));
    buf_printf(out, used > width ? "  %s\n  " : "  %s", path);
    add_blanks(out, used > width ? width : width - used);
    for (int k = 0; k < COVER_KINDS; k++) {
        if (counts[k].total)
            buf_printf(&part, "%u/%u", (unsigned)counts[k].reached, (unsigned)counts[k].total);
        else
            buf_str(&part, "-");
        add_right(out, &part, PART_WIDTH);
    }
    if (tenths < 0)
        buf_str(&part, "-");
    else
        buf_printf(&part, "%d.%d%%", tenths / 10, tenths % 10);
    add_right(out, &part, PART_WIDTH);
    buf_char(out, '\n');
    buf_dispose(&part);
}

static void add_header(struct buf *out, bool zh, size_t width)
{
    static const char *const words[][2] = {
        {"rules", "规则"}, {"tiers", "分档"}, {"lines", "行"}, {"reached", "覆盖率"}};
    const char *title = zh ? "覆盖" : "Coverage";
    struct buf word = {0};
    buf_str(out, title);
    add_blanks(out, width + 2 - text_width(title, strlen(title)));
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        buf_str(&word, words[k][zh]);
        add_right(out, &word, PART_WIDTH);
    }
    buf_char(out, '\n');
    buf_dispose(&word);
}

static void add_table(struct buf *out, const struct sy_tests *t)
{
    const struct cover_report *c = &t->covered;
    const char *all = t->set->zh ? "合计" : "all";
    size_t width = 8;
    for (size_t i = 0; i < c->nfiles; i++) {
        const size_t w = text_width(c->files[i].path, strlen(c->files[i].path));
        width = w > width && w <= PATH_WIDTH ? w : width;
    }
    add_header(out, t->set->zh, width);
    for (size_t i = 0; i < c->nfiles; i++)
        add_row(out, c->files[i].path, width, c->files[i].counts);
    if (c->nfiles != 1)
        add_row(out, all, width, c->counts);
}

/* All of a file's lines that did not run stand where the first of them does. */
static void add_lines(struct buf *out, const struct cover_file *f, size_t first, bool zh)
{
    buf_printf(out, "  %s:%u: %s", f->path, (unsigned)f->gaps[first].line,
               zh ? "未运行的行：" : "lines that did not run:");
    for (size_t i = first; i < f->ngaps; i++) {
        const struct cover_gap *g = &f->gaps[i];
        if (g->kind != COVER_LINES)
            continue;
        buf_str(out, i > first ? ", " : zh ? "" : " ");
        buf_printf(out, g->last > g->line ? "%u-%u" : "%u", (unsigned)g->line, (unsigned)g->last);
    }
    buf_char(out, '\n');
}

static void add_gaps(struct buf *out, const struct cover_file *f, bool zh)
{
    bool lines = false;
    for (size_t i = 0; i < f->ngaps; i++) {
        const struct cover_gap *g = &f->gaps[i];
        if (g->kind == COVER_LINES) {
            if (!lines)
                add_lines(out, f, i, zh);
            lines = true;
            continue;
        }
        buf_printf(out, "  %s:%u: ", f->path, (unsigned)g->line);
        if (g->kind == COVER_TIERS)
            buf_str(out, zh ? "分档 " : "tier ");
        buf_printf(out, "%s\n", g->text);
    }
}

void tests_cover_text(struct buf *out, const struct sy_tests *t, bool brief)
{
    const struct cover_report *c = &t->covered;
    bool any = false;
    if (!t->covers)
        return;
    buf_char(out, '\n');
    add_table(out, t);
    for (size_t i = 0; i < c->nfiles && !brief; i++) {
        if (c->files[i].ngaps && !any)
            buf_str(out, t->set->zh ? "\n没有用例到达：\n" : "\nReached by no case:\n");
        any = any || c->files[i].ngaps;
        add_gaps(out, &c->files[i], t->set->zh);
    }
}

/* The document. Numbers of rules, tiers and lines are objects; what was not reached, a list. */

static const sy_column *count_columns(const void *ctx)
{
    static const sy_column columns[] = {{"reached", NULL, 1}, {"total", NULL, 1}};
    (void)ctx;
    return columns;
}

static void count_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct cover_count *count = ctx;
    (void)row;
    out->type = SY_CELL_INTEGER;
    out->integer = column == 0 ? count->reached : count->total;
}

static const sy_column *gap_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"kind", NULL, 0}, {"line", NULL, 1}, {"last_line", NULL, 1}, {"what", NULL, 0}};
    (void)ctx;
    return columns;
}

static void gap_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct cover_gap *gap = &((const struct cover_file *)ctx)->gaps[row];
    if (column == 0 || column == 3) {
        report_text(out, column == 0 ? cover_kind_name(gap->kind) : gap->text, SY_CELL_TEXT);
        return;
    }
    out->type = SY_CELL_INTEGER;
    out->integer = column == 1 ? gap->line : gap->last;
}

static void fill_counts(const struct cover_count *counts, size_t kind, sy_cell *out)
{
    static const sy_view_ops ops = {sizeof ops, 2, count_columns, count_cell};
    const int tenths = count_tenths(counts);
    if (kind < COVER_KINDS) {
        out->type = SY_CELL_RECORD;
        out->view = (sy_view){&ops, &counts[kind], 0, 1};
    } else if (tenths >= 0) {
        report_number(out, tenths / 10.0);
    }
}

static const sy_column *file_columns(const void *ctx)
{
    static const sy_column columns[] = {{"path", NULL, 0},    {"rules", NULL, 0},
                                        {"tiers", NULL, 0},   {"lines", NULL, 0},
                                        {"percent", NULL, 1}, {"unreached", NULL, 0}};
    (void)ctx;
    return columns;
}

static void file_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops ops = {sizeof ops, 4, gap_columns, gap_cell};
    const struct cover_file *f = &((const struct cover_report *)ctx)->files[row];
    if (column == 0) {
        report_text(out, f->path, SY_CELL_DATA);
    } else if (column <= COVER_KINDS + 1) {
        fill_counts(f->counts, column - 1, out);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&ops, f, 0, f->ngaps};
    }
}

static const sy_column *cover_columns(const void *ctx)
{
    static const sy_column columns[] = {{"rules", NULL, 0},
                                        {"tiers", NULL, 0},
                                        {"lines", NULL, 0},
                                        {"percent", NULL, 1},
                                        {"files", NULL, 0}};
    (void)ctx;
    return columns;
}

static void cover_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops ops = {sizeof ops, 6, file_columns, file_cell};
    const struct cover_report *c = ctx;
    (void)row;
    if (column <= COVER_KINDS) {
        fill_counts(c->counts, column, out);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&ops, c, 0, c->nfiles};
    }
}

void tests_cover_cell(const struct sy_tests *t, sy_cell *out)
{
    static const sy_view_ops ops = {sizeof ops, 5, cover_columns, cover_cell};
    if (!t->covers)
        return;
    out->type = SY_CELL_RECORD;
    out->view = (sy_view){&ops, &t->covered, 0, 1};
}
