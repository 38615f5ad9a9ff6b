/*
 * test_load_plain.c - rows that go the quick way become what they would have become.
 */
#include "load_fixture.h"

static uint64_t plain_state = 20200101;

static size_t choose(size_t n)
{
    plain_state ^= plain_state << 13;
    plain_state ^= plain_state >> 7;
    plain_state ^= plain_state << 17;
    return (size_t)((plain_state >> 20) % n);
}

/* Tables of what is plain and what is nearly so: columns in any order, cells of every kind. */
static void put_plain_table(void)
{
    static const struct {
        const char *name, *cells[16];
    } columns[] = {
        {"fund", {"a", "b", "a", "a", "-", "/x", " a ", "丙", "—", "a b", "", "a-b", "x\xC2\xA0"}},
        {"year", {"2019", "2019", "2020", "2019年", "x", "", " 2019", "20190"}},
        {"indicator",
         {"x.y", "x.z", "output.quantity.i00", "output.quantity.i01", "x..y", "产出.数", "产出.量",
          "-", "x.y ", "a.b.c.d.e.f.g.h.i", "", ".", "q", "x.y.", "质量"}},
        {"sign",
         {">=", "<=", "", "≥", "??", "定量", "between", "qualitative", "=", "<", " >=", "-"}},
        {"target",
         {"5", "80.50", "0", "007", "5.", ".5", "1e3", "-3", "+4", "12345678901234567", "",
          "9022406761877.35462", "5 ", "≥5", "5个", "123456789012345"}},
        {"actual",
         {"6", "79.99", "0.00", "-", "/", "12..5", "６", "是", "", "100", "3.14159", "1,000",
          "9007199254740993.5", "1234567890.12345", "达成", "5%"}},
        {"unit", {"", "", "", "个", "-"}},
        {"weight", {"", "", "", "10", "x"}},
        {"note", {"", "", "", "说明", "-"}},
    };
    const size_t ncolumns = sizeof columns / sizeof *columns;
    size_t order[16], used = 0;
    struct buf b = {0};
    for (size_t c = 0; c < ncolumns; c++)
        if (c < 3 || choose(4) > 0)
            order[used++] = c;
    for (size_t i = used; i > 1; i--) {
        const size_t k = choose(i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
    for (size_t c = 0; c < used; c++)
        buf_printf(&b, "%s%s", c ? "," : "", columns[order[c]].name);
    for (size_t r = 0; r < 60; r++) {
        /* The first of a column's cells are the usual ones; in most rows one cell is another. */
        const bool all = choose(4) == 0;
        const size_t odd = choose(used);
        for (size_t c = 0; c < used; c++) {
            const char *const *cells = columns[order[c]].cells;
            size_t n = 0;
            while (n < 16 && cells[n])
                n++;
            const bool any = all || c == odd;
            buf_printf(&b, "%s%s", c ? "," : "\n", cells[choose(any ? n : 3)]);
        }
    }
    put_text("outcomes.csv", buf_text(&b));
    buf_dispose(&b);
}

/* Facts of every kind, in a table whose columns have units or not. */
static void put_fund_table(void)
{
    static const char *const headers[] = {"budget", "budget(万元)", "人数", "期间", "备注"};
    static const char *const cells[] = {"5",
                                        "80.50",
                                        "0",
                                        "007",
                                        "5.",
                                        ".5",
                                        "1e3",
                                        "-3",
                                        "12345678901234567",
                                        "",
                                        "2019",
                                        "≥5",
                                        "5个",
                                        "1",
                                        "3-5",
                                        "5%",
                                        "2019-03-01",
                                        "20190301",
                                        "0.0",
                                        "是",
                                        "-",
                                        "/",
                                        "12..5",
                                        "达成",
                                        "３",
                                        "123456789012345",
                                        "9007199254740993.5",
                                        "5 ",
                                        "1,000"};
    struct buf b = {0};
    buf_printf(&b, "fund,year,%s,%s,%s", headers[choose(2)], headers[2], headers[3 + choose(2)]);
    for (size_t r = 0; r < 40; r++) {
        buf_printf(&b, "\nf%zu,%s", r, r % 3 ? "2019" : "2020");
        for (size_t c = 0; c < 3; c++)
            buf_printf(&b, ",\"%s\"", cells[choose(sizeof cells / sizeof *cells)]);
    }
    put_text("funds.csv", buf_text(&b));
    buf_dispose(&b);
}

/* Rows that go the quick way become what they would have become. */
static void test_load__plain_rows(void **state)
{
    static const char *const sources[] = {
        "[evaluation]\nyears = 2019-2020\n[data outcomes]\npath = outcomes.csv\n"
        "[data funds]\npath = funds.csv\n",
        "[evaluation]\nyears = 2019\n[data outcomes]\npath = outcomes.csv\n",
        "[evaluation]\nyears = 2019\n[data outcomes]\npath = outcomes.csv\nsign = <=\n"};
    (void)state;
    for (size_t round = 0; round < 120; round++) {
        put_text("evaluation.ini", sources[round % 3]);
        put_plain_table();
        put_fund_table();
        struct buf thorough = {0}, quick = {0};
        load_by(&thorough, WHOLE, 1, true);
        load_by(&quick, WHOLE, 1, false);
        const size_t same = same_lines(&thorough, &quick);
        if (strcmp(buf_text(&thorough), buf_text(&quick)) != 0)
            fail_msg("round %zu: %.400s\nthoroughly: %.400s", round, buf_text(&quick) + same,
                     buf_text(&thorough) + same);
        buf_dispose(&thorough);
        buf_dispose(&quick);
        if (round % 30 == 0) {
            struct buf text = check_parts("plain");
            buf_dispose(&text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load__plain_rows),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
