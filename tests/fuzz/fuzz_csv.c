/*
 * fuzz_csv.c - CSV: the scanner against itself in small pieces, against libcsv where both accept,
 * and the reader against the scanner.
 */
#define csv_write libcsv_write /* both have one */
#include <csv.h>
#undef csv_write

#include "../../plugins/csv/csv.h"
#include "base/text.h"
#include "fuzz.h"
#include "plug/host.h"

/* What was found, as text: "LINE:" and cells of "LEN=BYTES|" for each record. Owns: text. */
struct records {
    struct buf text;
    size_t n;
    size_t first_cells; /* of the first record */
    size_t first_end;   /* where the first record's text ends */
    const char *broken;
    uint32_t line, column;
};

static void put_cell(struct buf *b, const char *bytes, size_t len)
{
    buf_printf(b, "%zu=", len);
    buf_add(b, bytes, len);
    buf_char(b, '|');
}

static void put_record(struct records *r, const struct csv_scan *s)
{
    buf_printf(&r->text, "%u:", (unsigned)s->record_line);
    for (size_t i = 0; i < s->ncells; i++)
        put_cell(&r->text, s->data + s->cells[i].offset, s->cells[i].length);
    buf_char(&r->text, '\n');
    if (r->n++ == 0) {
        r->first_cells = s->ncells;
        r->first_end = r->text.len;
    }
}

/* Gives the scanner `step` bytes more whenever it asks, and moves what is left to the front, as the
 * reader does. */
static void scan(struct records *out, const char *text, size_t len, size_t step, char delimiter)
{
    struct csv_scan s = {.line = 1, .delimiter = delimiter};
    size_t given = 0;
    s.data = malloc(len + CSV_GUARD);
    FUZZ_LAW(s.data, "no memory");
    csv_scan_guard(&s);
    for (;;) {
        enum csv_found found = csv_scan_next(&s);
        if (found == CSV_RECORD)
            put_record(out, &s);
        if (found == CSV_BROKEN) {
            FUZZ_LAW(s.broken, "no memory");
            out->broken = s.broken;
            out->line = s.broken_line;
            out->column = s.broken_column;
        }
        if (found == CSV_BROKEN || (found == CSV_MORE && s.eof))
            break;
        if (found != CSV_MORE)
            continue;
        size_t left = s.end - s.pos, more = len - given < step ? len - given : step;
        memmove(s.data, s.data + s.pos, left);
        memcpy(s.data + left, text + given, more);
        given += more;
        s.pos = 0;
        s.end = left + more;
        s.eof = more == 0;
        csv_scan_guard(&s);
    }
    free(s.data);
    free(s.cells);
}

/* libcsv's view of the same text, without line numbers. */
struct oracle {
    struct buf text;
    struct buf record;
};

static void oracle_cell(void *bytes, size_t len, void *ctx)
{
    put_cell(&((struct oracle *)ctx)->record, bytes, len);
}

static void oracle_row(int c, void *ctx)
{
    struct oracle *o = ctx;
    (void)c;
    buf_add(&o->text, buf_text(&o->record), o->record.len);
    buf_char(&o->text, '\n');
    buf_clear(&o->record);
}

static int no_blank(unsigned char c)
{
    (void)c;
    return 0;
}

static void drop_lines(struct buf *out, const struct buf *records)
{
    const char *p = buf_text(records), *end = p + records->len;
    while (p < end) {
        p = strchr(p, ':') + 1;
        const char *start = p;
        for (; *p != '\n'; p++) {
            char *bytes;
            unsigned long len = strtoul(p, &bytes, 10);
            p = bytes + 1 + len; /* at the '|' */
        }
        buf_add(out, start, (size_t)(++p - start));
    }
}

static void check_oracle(const struct records *r, const char *text, size_t len, char delimiter)
{
    struct csv_parser parser;
    struct oracle o = {0};
    struct buf plain = {0};
    FUZZ_LAW(csv_init(&parser, CSV_APPEND_NULL) == 0, "libcsv does not start");
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_set_space_func(&parser, no_blank);
    size_t done = csv_parse(&parser, text, len, oracle_cell, oracle_row, &o);
    bool accepted = done == len && csv_fini(&parser, oracle_cell, oracle_row, &o) == 0;
    csv_free(&parser);
    drop_lines(&plain, &r->text);
    FUZZ_LAW(!accepted || (plain.len == o.text.len &&
                           memcmp(buf_text(&plain), buf_text(&o.text), plain.len) == 0),
             "libcsv reads\n%s, the scanner\n%s", buf_text(&o.text), buf_text(&plain));
    buf_dispose(&plain);
    buf_dispose(&o.text);
    buf_dispose(&o.record);
}

/* What the reader hands on, in the words of `records`: absent cells are left out. */
struct read {
    struct records got;
    uint32_t last_line;
};

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    struct read *r = ctx;
    (void)err;
    FUZZ_LAW(line >= 1, "a header in no line");
    buf_printf(&r->got.text, "%u:", (unsigned)line);
    for (uint32_t i = 0; i < n; i++)
        put_cell(&r->got.text, names[i].bytes, names[i].len);
    buf_char(&r->got.text, '\n');
    r->got.n = 1;
    r->got.first_cells = n;
    r->last_line = line;
    return SY_OK;
}

static sy_status take_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    struct read *r = ctx;
    (void)err;
    FUZZ_LAW(r->got.n >= 1 && b->ncolumns == r->got.first_cells, "rows that fit no header");
    for (uint32_t row = 0; row < b->nrows; row++) {
        FUZZ_LAW(b->line[row] > r->last_line, "line %u after %u", (unsigned)b->line[row],
                 (unsigned)r->last_line);
        r->last_line = b->line[row];
        buf_printf(&r->got.text, "%u:", (unsigned)b->line[row]);
        for (uint32_t c = 0; c < b->ncolumns; c++)
            if (b->length[c][row] != SY_CELL_ABSENT)
                put_cell(&r->got.text, b->base + b->offset[c][row], b->length[c][row]);
        buf_char(&r->got.text, '\n');
        r->got.n++;
    }
    return SY_OK;
}

/* Rows that are longer than the header end in empty cells only, which the reader leaves out. */
static bool same_rows(const struct buf *scanned, const struct buf *read)
{
    const char *s = buf_text(scanned), *r = buf_text(read), *r_end = r + read->len;
    const char *s_end = s + scanned->len;
    while (r < r_end && s < s_end) {
        if (*s == *r) {
            s++, r++;
            continue;
        }
        if (*r != '\n' || strncmp(s, "0=|", 3) != 0)
            return false;
        s += 3;
    }
    return r == r_end && s == s_end;
}

static void check_reader(const struct records *expected, const char *text, size_t len,
                         char delimiter)
{
    const char name[] = {delimiter, '\0'};
    const struct plug_option option = {"delimiter", delimiter == '\t' ? "tab" : name};
    struct read r = {0};
    const struct plug_sink sink = {.header = take_header, .batch = take_batch, .ctx = &r};
    sy_error err = {0};
    sy_status status = plug_read(&plug_builtin_csv()->readers[0], fuzz_file(0, text, len), &option,
                                 1, &sink, &err);
    bool plain = text_is_utf8(text, len) && !memchr(text, '\0', len) &&
                 !(len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0);
    if (status != SY_OK)
        fuzz_refusal(status, &err, fuzz_lines(text, len));
    if (status == SY_OK && plain) {
        FUZZ_LAW(!expected->broken, "read, though %s", expected->broken);
        FUZZ_LAW(same_rows(&expected->text, &r.got.text), "the reader gives\n%s, the scanner\n%s",
                 buf_text(&r.got.text), buf_text(&expected->text));
    }
    buf_dispose(&r.got.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* The first byte says how: pieces of 1 to 16 bytes, and which delimiter. */
    if (size < 1 || size > 4096)
        return 0;
    const char delimiter = ",;\t|"[data[0] >> 4 & 3];
    const size_t step = 1 + (data[0] & 15), len = size - 1;
    char *text = fuzz_text(data + 1, len);
    struct records whole = {0}, pieces = {0};
    scan(&whole, text, len, len + 1, delimiter);
    scan(&pieces, text, len, step, delimiter);
    FUZZ_LAW(whole.n == pieces.n && whole.text.len == pieces.text.len &&
                 memcmp(buf_text(&whole.text), buf_text(&pieces.text), whole.text.len) == 0,
             "in pieces of %zu:\n%s, whole:\n%s", step, buf_text(&pieces.text),
             buf_text(&whole.text));
    FUZZ_LAW(whole.broken == pieces.broken && whole.line == pieces.line &&
                 whole.column == pieces.column,
             "%u:%u in pieces, %u:%u whole", (unsigned)pieces.line, (unsigned)pieces.column,
             (unsigned)whole.line, (unsigned)whole.column);
    if (!whole.broken)
        check_oracle(&whole, text, len, delimiter);
    check_reader(&whole, text, len, delimiter);
    buf_dispose(&whole.text);
    buf_dispose(&pieces.text);
    free(text);
    return 0;
}
