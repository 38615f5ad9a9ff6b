/*
 * test_csv_plain.c - the quick way of CSV against the scanner: the same records of any bytes,
 * wherever the buffer ends and however places are found.
 */
#include "check.h"

#include <stdlib.h>

#include "../../plugins/csv/csv.h"
#include "base/buf.h"

#define ROWS_MAX 5

/* A text that is scanned in pieces. */
struct piecewise {
    const char *text;
    size_t len, step, given;
    size_t base; /* where the buffer begins in the text */
};

/* Brings more of the text behind what is left, as the reader does. */
static void give_more(struct piecewise *p, struct csv_scan *s)
{
    size_t left = s->end - s->pos, n = p->len - p->given < p->step ? p->len - p->given : p->step;
    p->base += s->pos;
    memmove(s->data, s->data + s->pos, left);
    memcpy(s->data + left, p->text + p->given, n);
    p->given += n;
    s->pos = 0;
    s->end = left + n;
    s->eof = n == 0;
    csv_scan_guard(s);
}

static void put_cells(struct buf *out, const struct csv_scan *s, uint32_t line, size_t n,
                      const uint32_t *offset, const uint32_t *length, size_t stride)
{
    buf_printf(out, "%u:", (unsigned)line);
    for (size_t i = 0; i < n; i++) {
        buf_add(out, s->data + offset[i * stride], length[i * stride]);
        buf_char(out, '|');
    }
    buf_char(out, '\n');
}

/* Plain records, as many as there are; *n of them. */
static void take_plain(struct buf *out, struct csv_window *w, struct csv_scan *s, uint32_t ncolumns,
                       size_t limit, size_t *n)
{
    uint32_t places[2 * 4 * (ROWS_MAX + 1)], line[ROWS_MAX];
    struct csv_rows rows = {.rows_max = ROWS_MAX,
                            .ncolumns = ncolumns,
                            .stride = ROWS_MAX + 1,
                            .places = places,
                            .line = line};
    do {
        rows.nrows = 0;
        csv_plain_rows(w, s, &rows, limit);
        for (uint32_t row = 0; row < rows.nrows; row++)
            put_cells(out, s, line[row], ncolumns, places + row, places + rows.stride + row,
                      2 * rows.stride);
        *n += rows.nrows;
    } while (rows.nrows == ROWS_MAX);
}

/* Records that begin before byte `limit` of the text, then what ended them. `find` NULL: by the
 * scanner alone. Returns how many were plain. */
static size_t scan(struct buf *out, const char *text, size_t len, size_t step, uint32_t ncolumns,
                   size_t limit, const struct csv_marks *find)
{
    static struct csv_window w;
    struct piecewise p = {text, len, step, 0, 0};
    struct csv_scan s = {.line = 1, .delimiter = ',', .find = find};
    enum csv_found found = CSV_MORE;
    size_t n = 0;
    s.data = malloc(len + CSV_GUARD);
    assert_non_null(s.data);
    w.from = w.to = 0;
    csv_scan_guard(&s);
    while (p.base + s.pos < limit && (found != CSV_MORE || !s.eof) && found != CSV_BROKEN) {
        if (found == CSV_MORE) {
            give_more(&p, &s);
            w.from = w.to = 0;
        }
        if (find != NULL)
            take_plain(out, &w, &s, ncolumns, limit - p.base, &n);
        if (p.base + s.pos >= limit)
            break;
        found = csv_scan_next(&s);
        if (found == CSV_RECORD)
            put_cells(out, &s, s.record_line, s.ncells, &s.cells->offset, &s.cells->length, 2);
    }
    buf_printf(out, "%zu %u", p.base + s.pos, (unsigned)s.line);
    if (found == CSV_BROKEN)
        buf_printf(out, " %s %u:%u", s.broken, (unsigned)s.broken_line, (unsigned)s.broken_column);
    free(s.data);
    free(s.cells);
    return n;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

static size_t compare(const char *text, size_t len, size_t step, uint32_t ncolumns, size_t limit)
{
    struct buf simple = {0}, quick = {0};
    size_t n = 0;
    scan(&simple, text, len, step, ncolumns, limit, NULL);
    for (unsigned i = 0; csv_marks_variant(i) != NULL; i++) {
        buf_clear(&quick);
        n += scan(&quick, text, len, step, ncolumns, limit, csv_marks_variant(i));
        if (strcmp(buf_text(&quick), buf_text(&simple)) != 0)
            fail_msg("variant %u, %zu bytes in steps of %zu, %u columns, before %zu:\n%s\nquick\n%s"
                     "\nby the scanner\n%s",
                     i, len, step, (unsigned)ncolumns, limit, text, buf_text(&quick),
                     buf_text(&simple));
    }
    buf_dispose(&simple);
    buf_dispose(&quick);
    return n;
}

/* A few bytes of few kinds, at every border of the buffer. */
static void test_csv_plain__small(void **state)
{
    static const char alphabet[] = "\",,,\n\n\r\raab";
    uint32_t seed = 4;
    size_t n = 0;
    (void)state;
    for (unsigned round = 0; round < 20000; round++) {
        char text[41];
        size_t len = next_random(&seed) % sizeof text;
        for (size_t i = 0; i < len; i++)
            text[i] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
        text[len] = '\0';
        n += compare(text, len, 1 + next_random(&seed) % 41, 1 + round % 4,
                     round % 3 ? len : next_random(&seed) % (len + 1));
    }
    assert_true(n > 20000);
}

/* Records as tables have them, over many windows, with something else now and then. */
static void make_table(struct buf *out, uint32_t seed, uint32_t ncolumns, unsigned rare)
{
    static const char *const others[] = {"\"a\nb\",", ",",    "\n",   "\r",
                                         "\"\"\"\"",  "a\"b", "\r\n", "\"x\"y"};
    const char *end = seed % 3 == 0 ? "\r\n" : seed % 3 == 1 ? "\n" : "\r";
    while (out->len < 12000) {
        for (uint32_t i = 0; i < ncolumns; i++) {
            buf_str(out, i ? "," : "");
            for (uint32_t k = next_random(&seed) % 12 + (ncolumns == 1); k > 0; k--)
                buf_char(out, (char)('a' + k));
            if (next_random(&seed) % 300 == 0)
                for (int k = 0; k < 5000; k++)
                    buf_char(out, 'z');
            if (next_random(&seed) % rare == 0)
                buf_str(out, others[next_random(&seed) % (rare > 1000 ? 7 : 8)]);
        }
        buf_str(out, end);
    }
}

static void test_csv_plain__large(void **state)
{
    static const size_t steps[] = {63, 64, 100, 4096, 5000, 100000};
    size_t n = 0;
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct buf b = {0};
        const uint32_t ncolumns = 1 + seed % 4;
        make_table(&b, seed, ncolumns, seed % 5 == 0 ? 20 : 2000);
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            n += compare(b.data, b.len, steps[i], ncolumns, seed % 4 ? b.len : b.len / 2);
        buf_dispose(&b);
    }
    assert_true(n > 100000);
}

/* Where a long text is all plain, no record goes the slow way but one whose end is the buffer's. */
static void test_csv_plain__is_taken(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    (void)state;
    for (int e = 0; e < 3; e++) {
        struct buf b = {0}, out = {0};
        for (int i = 0; i < 3000; i++)
            buf_printf(&b, "%d,绩效,%d,%s", i, i * 7, ends[e]);
        for (unsigned v = 0; csv_marks_variant(v) != NULL; v++)
            assert_int_equal(scan(&out, b.data, b.len, b.len, 4, b.len, csv_marks_variant(v)),
                             e == 1 ? 3000 : 2999);
        buf_dispose(&b);
        buf_dispose(&out);
    }
}

/* Every way to find places says the same as one byte after the other. */
static void test_csv_plain__stops(void **state)
{
    char bytes[400 + CSV_BLOCK];
    uint32_t seed = 77;
    (void)state;
    for (unsigned round = 0; round < 4000; round++) {
        static const char alphabet[] = ";;\n\n\r\rabcdefghijklmnop\"";
        const unsigned letters = sizeof alphabet - 1 - (round % 3 == 0 ? 0 : 1);
        uint32_t expected[sizeof bytes], stops[sizeof bytes + CSV_STOPS_SPARE];
        size_t from = next_random(&seed) % 70, end = from + next_random(&seed) % 330, n = 0;
        for (size_t i = 0; i < sizeof bytes; i++) {
            const uint32_t r = next_random(&seed);
            bytes[i] = round % 7 == 0 ? ';' : r % 9 ? alphabet[r / 9 % letters] : (char)(r >> 4);
        }
        size_t to = from, lines = 0;
        for (; to < end && bytes[to] != '"'; to++)
            if (bytes[to] == ';' || bytes[to] == '\r' ||
                (bytes[to] == '\n' && (to == from || bytes[to - 1] != '\r')))
                lines += bytes[expected[n++] = (uint32_t)to] != ';';
        for (unsigned v = 0; csv_marks_variant(v) != NULL; v++) {
            size_t got_to = end, got_lines;
            const size_t got =
                csv_marks_variant(v)->stops(stops, &got_lines, bytes, from, &got_to, ';');
            if (got != n || got_to != to || got_lines != lines ||
                memcmp(stops, expected, n * sizeof *stops) != 0)
                fail_msg("variant %u, round %u: %zu to %zu, not %zu to %zu", v, round, got, got_to,
                         n, to);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_plain__stops),
        cmocka_unit_test(test_csv_plain__small),
        cmocka_unit_test(test_csv_plain__large),
        cmocka_unit_test(test_csv_plain__is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
