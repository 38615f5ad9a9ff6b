/*
 * columns_path.c - the level cells of a published table, row by row, into a path; and what kind of
 * row it is.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/columns_table.h"

#define POINTS_MAX 1000 /* more in brackets is a year, or a number of something else */

/* A level cell without points. */
struct level {
    char text[COLUMNS_WORD_MAX];
    size_t len;
    char word[COLUMNS_WORD_MAX]; /* folded, without 指标 */
    size_t word_len;
};

static bool begins_with(const char *text, size_t len, const char *prefix)
{
    size_t n = strlen(prefix);
    return n <= len && memcmp(text, prefix, n) == 0;
}

static bool ends_with(const char *text, size_t len, const char *tail, size_t n)
{
    return n <= len && memcmp(text + len - n, tail, n) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "50分", "16", "分值：50": points of a level. "10%" is cut off too, and counts as none. */
static bool read_points(double *points, const char *text, size_t len)
{
    char folded[COLUMNS_WORD_MAX];
    size_t n = columns_fold(folded, text, len), start = 0;
    while (start < n && !is_digit(folded[start]))
        start++;
    size_t end = start;
    while (end < n && (is_digit(folded[end]) || folded[end] == '.'))
        end++;
    double number;
    if (start > 3 * 3 || !number_parse(&number, folded + start, end - start) || number > POINTS_MAX)
        return false;
    if (n - end == 1 && folded[end] == '%')
        return true;
    if (end < n && !(n - end == strlen("分") && begins_with(folded + end, n - end, "分")))
        return false;
    *points = number;
    return true;
}

static bool is_open(uint32_t c)
{
    return c == '(' || c == 0xFF08 || c == '[' || c == 0x3010;
}

static bool is_close(uint32_t c)
{
    return c == ')' || c == 0xFF09 || c == ']' || c == 0x3011;
}

/* Copies a cell without points in brackets; cut at a whole character where it is over-long. */
static void copy_level(struct level *out, double *points, const char *text, size_t len)
{
    size_t open = SIZE_MAX, inside = 0;
    out->len = 0;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_next(text + i, len - i, &n);
        if (out->len + n >= sizeof out->text)
            break;
        memcpy(out->text + out->len, text + i, n);
        if (is_open(c)) {
            open = out->len;
            inside = i + n;
        }
        out->len += n;
        if (is_close(c) && open != SIZE_MAX) {
            if (read_points(points, text + inside, i - inside))
                out->len = open;
            open = SIZE_MAX;
        }
    }
    const char *trimmed = out->text;
    text_trim(&trimmed, &out->len);
    memmove(out->text, trimmed, out->len);
    out->text[out->len] = '\0';
}

/* The word that a level is looked up by: 指标, 指标等 and a colon at the end are left out. */
static void fold_level(struct level *level)
{
    static const char *const tails[] = {"指标", "等", ":", "："};
    level->word_len = columns_fold(level->word, level->text, level->len);
    for (size_t i = 0; i < sizeof tails / sizeof *tails;) {
        size_t n = strlen(tails[i]);
        bool cut = level->word_len > n && ends_with(level->word, level->word_len, tails[i], n);
        level->word_len -= cut ? n : 0;
        i = cut ? 0 : i + 1;
    }
}

static void read_level(struct level *out, double *points, const char *cell)
{
    size_t len = strlen(cell);
    text_trim(&cell, &len);
    copy_level(out, points, cell, len);
    fold_level(out);
}

static bool is_row(const struct columns *c, const struct level *level, const char *kind)
{
    const char *found = columns_find(c, "rows", level->word, level->word_len);
    return found && strcmp(found, kind) == 0;
}

/* 其中：…, in any cell. */
static bool is_part(const struct columns *c, const struct level *level)
{
    for (uint32_t i = 0; i < c->leads.count; i++)
        if (begins_with(level->word, level->word_len, pool_text(&c->leads, i)))
            return true;
    return false;
}

/* The branch of a level that ends with a word of [anywhere]: 服务对象满意度. NULL: none. */
static const char *find_anywhere(const struct columns *c, const struct level *level)
{
    for (uint32_t i = 0; i < c->tails.count; i++) {
        const char *tail = pool_text(&c->tails, i);
        size_t n = pool_len(&c->tails, i);
        if (ends_with(level->word, level->word_len, tail, n))
            return columns_find(c, "anywhere", tail, n);
    }
    return NULL;
}

static void fill_from(struct level *out, const char *text)
{
    double ignored;
    copy_level(out, &ignored, text, strlen(text));
    fold_level(out);
}

/* Empty cells take what stood above; then this row is what stands above the next. */
static void remember(struct level *level1, struct level *level2, struct level_memory *memory)
{
    struct level above;
    fill_from(&above, memory->level1);
    bool same = level1->len == 0 || (level1->word_len == above.word_len &&
                                     memcmp(level1->word, above.word, above.word_len) == 0);
    if (level1->len == 0)
        *level1 = above;
    if (level2->len == 0 && same)
        fill_from(level2, memory->level2);
    memcpy(memory->level1, level1->text, level1->len + 1);
    memcpy(memory->level2, level2->text, level2->len + 1);
}

/* `指标1：` in front of a name: its bytes. */
static size_t skip_number(const char *text, size_t len)
{
    const char *word = "指标";
    if (!begins_with(text, len, word))
        return 0;
    size_t i = strlen(word), digits = 0;
    for (size_t n; i < len; i += n) {
        uint32_t c = text_next(text + i, len - i, &n);
        bool digit = (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
        if (!digit && c != ' ')
            break;
        digits += digit;
    }
    static const char *const ends[] = {":", "：", "、", ".", "．"};
    for (size_t e = 0; digits && e < sizeof ends / sizeof *ends; e++)
        if (begins_with(text + i, len - i, ends[e]))
            return i + strlen(ends[e]);
    return 0;
}

/* ①, ⑴, ⒈ or ★ in front of a name: its bytes. */
static size_t skip_mark(const char *text, size_t len)
{
    if (len == 0)
        return 0;
    size_t n;
    uint32_t c = text_next(text, len, &n);
    return (c >= 0x2460 && c <= 0x249B) || c == 0x2605 || c == 0x2606 ? n : 0;
}

/* A name without what numbers or marks it; the name itself where nothing else is in it. */
static void skip_front(const char **name, size_t *len)
{
    const char *text = *name;
    size_t left = *len, n;
    text_trim(&text, &left);
    *name = text;
    *len = left;
    while ((n = skip_number(text, left)) > 0 || (n = skip_mark(text, left)) > 0) {
        text += n;
        left -= n;
        text_trim(&text, &left);
    }
    if (left > 0) {
        *name = text;
        *len = left;
    }
}

void columns_segment(struct buf *out, const char *name, size_t len)
{
    skip_front(&name, &len);
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_next(name + i, len - i, &n);
        bool blank = c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x3000 || c == 0xFEFF ||
                     (c >= 0x2000 && c <= 0x200B);
        if (blank || (c < 0x80 && strchr(".:=;#*[]", (int)c)))
            buf_char(out, '_');
        else
            buf_add(out, name + i, n);
    }
}

/* `指标2`, `指标2：`, `指标2：……`, `……`: a row of the form that nobody filled in. */
static bool is_template(const struct columns *c, const char *name, size_t len)
{
    char folded[COLUMNS_WORD_MAX];
    skip_front(&name, &len);
    size_t n = columns_fold(folded, name, len), i = strlen("指标");
    if (len > sizeof folded)
        return false;
    const char *found = columns_find(c, "rows", folded, n);
    if (n == 0 || (found && strcmp(found, "template") == 0))
        return true;
    if (!begins_with(folded, n, "指标"))
        return false;
    while (i < n && is_digit(folded[i]))
        i++;
    while (i < n && (folded[i] == ':' || folded[i] == '.'))
        i++;
    return i == n || (n - i == strlen("、") && begins_with(folded + i, n - i, "、"));
}

static void add_segment(struct buf *path, const char *known, const char *text, size_t len)
{
    if (path->len)
        buf_char(path, '.');
    if (known)
        buf_str(path, known);
    else
        columns_segment(path, text, len);
}

/* The branch that a level 1 names by itself. */
static bool write_from(char out[COLUMNS_WORD_MAX], const struct columns *c,
                       const struct level *level1)
{
    struct buf branch = {0};
    add_segment(&branch, columns_find(c, "level1", level1->word, level1->word_len), level1->text,
                level1->len);
    if (branch.len && branch.len < COLUMNS_WORD_MAX && !branch.failed)
        memcpy(out, branch.data, branch.len + 1);
    bool done = !branch.failed;
    buf_dispose(&branch);
    return done;
}

static void write_path(struct buf *path, struct level_memory *memory, const struct columns *c,
                       const struct level *level1, const struct level *level2, const char *name,
                       size_t len)
{
    const char *branch = find_anywhere(c, level1);
    if (!branch && level1->len && (branch = find_anywhere(c, level2)) != NULL)
        path->failed = !write_from(memory->from, c, level1) || path->failed;
    else if (!branch)
        branch = find_anywhere(c, level2);
    if (branch) {
        add_segment(path, branch, NULL, 0);
    } else {
        const char *first = columns_find(c, "level1", level1->word, level1->word_len);
        const char *second = NULL;
        char section[COLUMNS_WORD_MAX] = "level2 ";
        if (first && strlen(first) < sizeof section - strlen(section)) {
            strcat(section, first);
            second = columns_find(c, section, level2->word, level2->word_len);
        }
        if (level1->len)
            add_segment(path, first, level1->text, level1->len);
        if (level2->len)
            add_segment(path, second, level2->text, level2->len);
    }
    if (len)
        add_segment(path, NULL, name, len);
}

/* A total has its word in the first cell that is filled; a total inside a branch is a subtotal. */
static enum row_kind judge_sum(const struct columns *c, const struct level *level1,
                               const struct level *level2, const struct level *name)
{
    const struct level *cells[] = {level1, level2, name};
    const struct level *first = NULL;
    bool sum = false;
    for (size_t i = 0; i < 3; i++) {
        if (!first && cells[i]->len)
            first = cells[i];
        sum = sum || is_row(c, cells[i], "total") || is_row(c, cells[i], "subtotal");
    }
    if (first && is_row(c, first, "total"))
        return ROW_TOTAL;
    return sum ? ROW_PART : ROW_INDICATOR;
}

static bool is_any_part(const struct columns *c, const struct level *level1,
                        const struct level *level2, const struct level *name)
{
    return is_part(c, level1) || is_part(c, level2) || is_part(c, name);
}

enum row_kind columns_path(struct buf *path, struct buf *label, double *points1, double *points2,
                           struct level_memory *memory, const struct columns *c,
                           const struct row_cells *row)
{
    struct level level1, level2, name;
    double ignored;
    const char *text = row->name;
    size_t len = strlen(text);
    buf_clear(path);
    buf_clear(label);
    *points1 = *points2 = NAN;
    read_level(&level1, points1, row->level1);
    read_level(&level2, points2, row->level2);
    read_level(&name, &ignored, row->name);
    text_trim(&text, &len);
    if (len == 0) {
        const struct level *last = level2.len ? &level2 : &level1;
        buf_add(label, last->text, last->len);
    } else {
        buf_add(label, text, len);
    }
    enum row_kind kind = judge_sum(c, &level1, &level2, &name);
    if (kind != ROW_INDICATOR)
        return kind;
    bool above = level1.len == 0;
    if (above && level2.len == 0 && len == 0 && row->blank)
        return ROW_TEMPLATE;
    bool part = !row->has_weight && is_any_part(c, &level1, &level2, &name);
    remember(&level1, &level2, memory);
    memory->from[0] = '\0';
    if (part)
        return ROW_PART;
    if (row->blank && is_template(c, text, len))
        return ROW_TEMPLATE;
    if (is_row(c, &level1, "budget")) {
        if (above && !row->has_weight)
            return ROW_PART;
        buf_str(path, "execution.rate");
        return ROW_BUDGET;
    }
    write_path(path, memory, c, &level1, &level2, text, len);
    return ROW_INDICATOR;
}
