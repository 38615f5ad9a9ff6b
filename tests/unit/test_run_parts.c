/*
 * test_run_parts.c - a whole run of files cut into parts of any size: the same scores, and every
 * finding at its line, however the same rows are spelt.
 */
#include "load_fixture.h"

#include "stage/plan.h"

#define FUNDS 7u
#define ITEMS 5u

/* How a file is written. */
struct spelling {
    const char *ends;
    bool bom, quotes, open; /* open: nothing ends the last line */
};

static void put_cell(struct buf *b, const struct spelling *s, const char *text, bool last)
{
    const bool quotes = s->quotes || strpbrk(text, ",\n\"");
    buf_printf(b, quotes ? "\"%s\"%s" : "%s%s", text, last ? "" : ",");
}

/* Row i of the data: in its place something that is no number, nothing, far too much, or a note of
 * several lines that look like rows. */
static void put_row(struct buf *b, const struct spelling *s, unsigned i)
{
    static const char *const actuals[] = {"7", "12..5", "15", "", "20", "9", "10"};
    static const char *const notes[] = {"", "", "a, b", "one\nf1,x9,10,10,20,\ntwo", "", "\n\n\n"};
    const char *const cells[] = {"f%u", "x%u", "10", actuals[i % 7], "20", notes[i % 6]};
    for (size_t c = 0; c < 6; c++) {
        char text[64];
        snprintf(text, sizeof text, cells[c], c == 0 ? i / ITEMS : i % ITEMS);
        put_cell(b, s, text, c == 5);
    }
    if (!s->open || i + 1 < FUNDS * ITEMS)
        buf_str(b, s->ends);
}

static void put_rows(const struct spelling *s)
{
    static const char *const names[] = {"fund", "indicator", "target", "actual", "weight", "note"};
    struct buf b = {0};
    if (s->bom)
        buf_str(&b, "\xEF\xBB\xBF");
    for (size_t c = 0; c < 6; c++)
        put_cell(&b, s, names[c], c == 5);
    buf_str(&b, s->ends);
    for (unsigned i = 0; i < FUNDS * ITEMS; i++)
        put_row(&b, s, i);
    put_file("outcomes.csv", &b);
    buf_dispose(&b);
}

static void print_run(struct buf *out, const struct run *r)
{
    for (uint32_t i = 0; i < r->nfunds; i++) {
        const struct fund_result *f = &r->results[i];
        buf_printf(out, "%s %d %.17g %u\n",
                   dataset_text(&r->d, r->d.entities[r->funds[i].entity].fund), (int)f->score,
                   f->coverage, (unsigned)f->nfindings);
    }
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        buf_printf(out, "%s:%u ", finding_word((enum finding_code)f->code), (unsigned)f->line);
        dataset_message(out, &r->d, f, false);
        buf_char(out, '\n');
    }
}

/* The evaluation in the folder, scored, in print. */
static void score_by(struct buf *out, uint64_t part_bytes, unsigned jobs)
{
    static const char *const no_folders[] = {NULL};
    const struct run_options options = {
        .installed = data_folder(), .jobs = jobs, .part_bytes = part_bytes};
    struct evaluation *e = NULL;
    struct plug_registry *plugins = NULL;
    struct run *r = NULL;
    sy_error err = {0};
    assert_int_equal(evaluation_load(&e, fixture_path("evaluation.ini"), &err), SY_OK);
    assert_int_equal(plug_open(&plugins, no_folders, &err), SY_OK);
    if (run_load(&r, e, plugins, &options, &err) != SY_OK || run_score(r, &err) != SY_OK)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    print_run(out, r);
    run_free(r);
    plug_close(plugins);
    evaluation_free(e);
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;
    while ((text = strstr(text, word)) != NULL) {
        text += strlen(word);
        n++;
    }
    return n;
}

/* Lines as CRLF are counted like others: a line break within quotes stays as it is. */
static void test_run_parts__scores_and_lines(void **state)
{
    static const struct spelling spellings[] = {{.ends = "\n"},
                                                {.ends = "\r\n"},
                                                {.ends = "\n", .quotes = true},
                                                {.ends = "\n", .open = true},
                                                {.ends = "\r\n", true, true, true}};
    static const uint64_t sizes[] = {1, 2, 5, 17, 64, 200, 1000, WHOLE};
    static const unsigned jobs[] = {1, 2, 7};
    struct buf whole = {0};
    (void)state;
    put_text("evaluation.ini",
             "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n");
    for (size_t s = 0; s < sizeof spellings / sizeof *spellings; s++) {
        put_rows(&spellings[s]);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct buf now = {0};
            score_by(&now, sizes[i], jobs[i % 3]);
            if (!whole.len)
                buf_str(&whole, buf_text(&now));
            if (strcmp(buf_text(&whole), buf_text(&now)) != 0)
                fail_msg("spelling %zu, parts of %u: %s\nfirst: %s", s, (unsigned)sizes[i],
                         buf_text(&now), buf_text(&whole));
            buf_dispose(&now);
        }
    }
    /* Each kind of finding as often as its actual was written. */
    assert_int_equal(count(buf_text(&whole), "bad-number:"), 5);
    assert_int_equal(count(buf_text(&whole), "actual-missing:"), 5);
    assert_int_equal(count(buf_text(&whole), "target-too-low:"), 10);
    /* The last of them is row 29: behind the header, 29 rows, five breaks of two lines, four of
     * three. */
    assert_non_null(strstr(buf_text(&whole), "bad-number:53 "));
    buf_dispose(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run_parts__scores_and_lines),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
