/*
 * sheet.c - the cells of a sheet, from top to bottom.
 */
#include "xlsx.h"

#include <string.h>

#define VALUE_MAX (1u << 20) /* bytes of a cell */

/* What stands in a cell. */
enum kind { KIND_NUMBER, KIND_SHARED, KIND_TEXT, KIND_INLINE, KIND_BOOLEAN, KIND_ERROR, KIND_DATE };

struct cells {
    struct book *b;
    struct rows *rows;
    struct merges merges;
    unsigned char hidden_columns[XLSX_COLUMNS / 8 + 1];
    uint32_t row, column; /* at hand */
    enum kind kind;
    uint32_t style;
    bool wanted, formula, has_value;
    bool in_value; /* within an element whose text counts */
    int phonetic;
    struct bytes value;
};

static int begin_row(struct cells *c, const char *const *attributes)
{
    const char *given = attribute(attributes, "r");
    uint32_t row = c->row + 1;
    if (given != NULL && (!read_count(&row, given, XLSX_ROWS) || row <= c->row))
        return package_damaged(c->b, "its rows are not in order");
    if (row > XLSX_ROWS)
        return package_damaged(c->b, "it has more rows than a sheet can have");
    c->row = row;
    c->column = 0;
    merges_row(&c->merges, row);
    rows_begin(c->rows, row, attribute_is_set(attributes, "hidden"));
    return 0;
}

static enum kind read_kind(const char *type)
{
    static const struct {
        const char *name;
        enum kind kind;
    } kinds[] = {{"s", KIND_SHARED},  {"str", KIND_TEXT}, {"inlineStr", KIND_INLINE},
                 {"b", KIND_BOOLEAN}, {"e", KIND_ERROR},  {"d", KIND_DATE}};
    for (size_t i = 0; type != NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, type) == 0)
            return kinds[i].kind;
    return KIND_NUMBER;
}

static int begin_cell(struct cells *c, const char *const *attributes)
{
    const char *given = attribute(attributes, "r"), *style = attribute(attributes, "s"), *end;
    uint32_t row = c->row, column = c->column + 1;
    if (given != NULL && (!read_cell_name(given, &column, &row, &end) || *end != '\0'))
        return package_damaged(c->b, "a cell has no place");
    if (row != c->row || column > XLSX_COLUMNS)
        return package_damaged(c->b, "a cell stands in another row than its own");
    c->column = column;
    c->kind = read_kind(attribute(attributes, "t"));
    c->style = 0;
    if (style != NULL && !read_count(&c->style, style, UINT32_MAX))
        c->style = 0;
    c->formula = c->has_value = false;
    c->value.len = 0;
    c->wanted = rows_want(c->rows, column) && !merges_cover(&c->merges, row, column);
    return 0;
}

static void hide_columns(struct cells *c, const char *const *attributes)
{
    const char *from = attribute(attributes, "min"), *to = attribute(attributes, "max");
    uint32_t first, last;
    if (!attribute_is_set(attributes, "hidden") || from == NULL || to == NULL ||
        !read_count(&first, from, XLSX_COLUMNS) || !read_count(&last, to, XLSX_COLUMNS))
        return;
    for (uint32_t i = first; i <= last; i++)
        c->hidden_columns[i / 8] |= (unsigned char)(1u << (i % 8));
}

static int start(void *ctx, const char *name, const char *const *attributes)
{
    struct cells *c = ctx;
    if (strcmp(name, "c") == 0)
        return begin_cell(c, attributes);
    if (strcmp(name, "v") == 0) {
        c->in_value = c->wanted && c->kind != KIND_INLINE;
        c->has_value = true;
    } else if (strcmp(name, "f") == 0) {
        c->formula = true;
    } else if (strcmp(name, "t") == 0) {
        c->in_value = c->wanted && c->kind == KIND_INLINE && c->phonetic == 0;
    } else if (strcmp(name, "rPh") == 0) {
        c->phonetic++;
    } else if (strcmp(name, "row") == 0) {
        return begin_row(c, attributes);
    } else if (strcmp(name, "col") == 0) {
        hide_columns(c, attributes);
    }
    return 0;
}

static int text(void *ctx, const char *bytes, size_t len)
{
    struct cells *c = ctx;
    if (!c->in_value)
        return 0;
    if (c->value.len + len > VALUE_MAX)
        return package_damaged(c->b, "a cell holds more than 1 MiB");
    return bytes_add(&c->value, bytes, len) ? 0 : nomem(c->b);
}

static int give(struct cells *c, const char *bytes, size_t len)
{
    return rows_cell(c->rows, c->column, bytes, len);
}

static int doubt(struct cells *c, sy_doubt what, const char *about)
{
    return rows_doubt(c->rows, what, c->row, c->column, about);
}

static int give_shared(struct cells *c)
{
    const struct book *b = c->b;
    uint32_t index;
    if (!bytes_add(&c->value, "", 1))
        return nomem(c->b);
    if (!read_count(&index, c->value.data, UINT32_MAX) || index >= b->nstrings)
        return package_damaged(c->b, "a cell's text is missing");
    return give(c, b->strings.data + b->string_at[index],
                b->string_at[index + 1] - b->string_at[index]);
}

/* A whole number to as many digits as its format wants, 000123: such are codes. The length. */
static size_t pad_zeros(char *out, size_t len, size_t digits)
{
    const size_t more =
        len < digits && memchr(out, '.', len) == NULL && *out != '-' ? digits - len : 0;
    memmove(out + more, out, len);
    memset(out, '0', more);
    return len + more;
}

/* A figure with what its format puts around it. */
static int give_figure(struct cells *c, const struct format *f, struct digits *d)
{
    char out[2 * NUMBER_MAX + 2 * AFFIX_MAX + 2];
    const struct affixes *affixes = d->negative ? &f->negative : &f->positive;
    size_t len = strlen(affixes->before);
    memcpy(out, affixes->before, len);
    d->negative = d->negative && !f->unsigned_;
    if (f->shown == SHOWN_PERCENT)
        d->point += d->n > 0 ? 2 : 0;
    const size_t printed = digits_print(out + len, d);
    if (printed == 0)
        return give(c, c->value.data, c->value.len);
    len += pad_zeros(out + len, printed, f->zeros);
    if (f->shown == SHOWN_PERCENT)
        out[len++] = '%';
    const size_t behind = strlen(affixes->behind);
    memcpy(out + len, affixes->behind, behind);
    return give(c, out, len + behind);
}

static int give_number(struct cells *c)
{
    static const struct format plain = {.shown = SHOWN_NUMBER, .code = "General"};
    const struct book *b = c->b;
    const struct format *f = c->style < b->nformats ? &b->formats[c->style] : &plain;
    char out[NUMBER_MAX];
    struct digits d;
    int rc = 0;
    if (c->value.len == 0)
        return 0;
    if (!digits_read(&d, c->value.data, c->value.len))
        return give(c, c->value.data, c->value.len);
    if (f->doubtful)
        rc = doubt(c, SY_DOUBT_FORMAT, f->code);
    if (rc == 0 && d.lost)
        rc = doubt(c, SY_DOUBT_DIGITS, "");
    if (rc != 0)
        return rc;
    if (f->shown == SHOWN_NUMBER || f->shown == SHOWN_PERCENT || f->shown == SHOWN_TEXT)
        return give_figure(c, f, &d);
    const size_t len = digits_print_date(out, &d, (enum shown)f->shown, b->from_1904);
    if (len > 0)
        return give(c, out, len);
    rc = doubt(c, SY_DOUBT_FORMAT, f->code);
    return rc != 0 ? rc : give_figure(c, &plain, &d);
}

/* "2019-05-21T00:00:00": the day. */
static int give_date(struct cells *c)
{
    const char *t = c->value.len > 0 ? memchr(c->value.data, 'T', c->value.len) : NULL;
    return give(c, c->value.data, t == NULL ? c->value.len : (size_t)(t - c->value.data));
}

/* The word of an error; one that does not look like it is made to. */
static int give_error(struct cells *c)
{
    const size_t len = c->value.len;
    if (len > 1 && c->value.data[0] == '#')
        return give(c, c->value.data, len);
    struct bytes word = {0};
    const bool made = bytes_add(&word, "#", 1) && bytes_add(&word, c->value.data, len) &&
                      bytes_add(&word, "!", 1);
    const int rc = made ? give(c, word.data, word.len) : nomem(c->b);
    bytes_free(&word);
    return rc;
}

static int give_inline(struct cells *c)
{
    if (c->value.len > 0)
        c->value.len = unescape(c->value.data, c->value.len);
    return give(c, c->value.data, c->value.len);
}

/* A formula that was never worked out. Programs that leave this to whoever opens the file say so,
 * and write 0 or nothing. */
static bool is_unworked(const struct cells *c)
{
    if (!c->formula || c->kind == KIND_TEXT || c->kind == KIND_INLINE)
        return c->formula && !c->has_value;
    if (c->value.len == 0)
        return true;
    return c->b->recalculates && c->kind == KIND_NUMBER && c->value.len == 1 &&
           c->value.data[0] == '0';
}

static int end_cell(struct cells *c)
{
    if (!c->wanted)
        return 0;
    if (is_unworked(c))
        return doubt(c, SY_DOUBT_FORMULA, "");
    switch (c->kind) {
    case KIND_SHARED:
        return c->value.len > 0 ? give_shared(c) : 0;
    case KIND_TEXT:
    case KIND_INLINE:
        return give_inline(c);
    case KIND_BOOLEAN:
        return c->value.len == 0                                    ? 0
               : c->value.data[0] == '1' || c->value.data[0] == 't' ? give(c, "TRUE", 4)
                                                                    : give(c, "FALSE", 5);
    case KIND_ERROR:
        return give_error(c);
    case KIND_DATE:
        return give_date(c);
    default:
        return give_number(c);
    }
}

static int end(void *ctx, const char *name)
{
    struct cells *c = ctx;
    c->in_value = false;
    if (strcmp(name, "c") == 0)
        return end_cell(c);
    if (strcmp(name, "row") == 0)
        return rows_end(c->rows);
    c->phonetic -= strcmp(name, "rPh") == 0;
    return 0; /* and on to the end, so that the part's sum is checked */
}

int sheet_read(struct book *b, const struct sheet_part *sheet, struct rows *rows)
{
    struct cells c = {.b = b, .rows = rows};
    const struct part_handler to = {&c, start, end, text, true};
    int rc = merges_read(&c.merges, b, sheet->part);
    rows->hidden_columns = c.hidden_columns;
    if (rc == 0)
        rc = package_part(b, sheet->part, false, &to);
    rows->hidden_columns = NULL;
    merges_free(&c.merges);
    bytes_free(&c.value);
    return rc != 0 ? rc : rows_close(rows);
}

static int look_start(void *ctx, const char *name, const char *const *attributes)
{
    bool *filled = ctx;
    (void)attributes;
    *filled = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
    return *filled ? PART_ENOUGH : 0;
}

static int look_end(void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "sheetData") == 0 ? PART_ENOUGH : 0;
}

int sheet_look(struct book *b, const struct sheet_part *sheet, bool *filled)
{
    const struct part_handler to = {filled, look_start, look_end, NULL, true};
    *filled = false;
    return package_part(b, sheet->part, true, &to);
}
