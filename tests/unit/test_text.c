/*
 * test_text.c - base/text: UTF-8, widths, and files in the encodings that people save.
 */
#include "plug_fixture.h"

#include <fcntl.h>

#include "base/text.h"

static void test_text__utf8_span(void **state)
{
    static const struct {
        const char *bytes;
        size_t len, span;
    } cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"a\0b", 3, 3},
        {"0123456789abcdef\xE7\xBB\xA9", 19, 19},
        {"\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 18, 18},
        {"a\x80", 2, 1},
        {"a\xC0\x80", 3, 1},
        {"a\xC1\xBF", 3, 1},
        {"\xE0\x9F\xBF", 3, 0},
        {"\xED\xA0\x80", 3, 0},
        {"\xF0\x8F\xBF\xBF", 4, 0},
        {"\xF4\x90\x80\x80", 4, 0},
        {"\xF5\x80\x80\x80", 4, 0},
        {"ab\xE7\xBB", 4, 2},
        {"ab\xE7\xBB\x41", 5, 2},
        {"\xFF", 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(text_utf8_span(cases[i].bytes, cases[i].len), cases[i].span);
        assert_int_equal(text_is_utf8(cases[i].bytes, cases[i].len), cases[i].span == cases[i].len);
    }
}

/* Wherever one character stands in a long text, whole or cut or wrong: as one after the other. */
static void test_text__utf8_span_anywhere(void **state)
{
    static const char *const pieces[] = {"\xE7\xBB\xA9", "\xC3\xA9", "\xF0\x9F\x98\x80",
                                         "\x80",         "\xE7\xBB", "\xED\xA0\x80"};
    char text[200];
    (void)state;
    for (size_t at = 0; at < 140; at++) {
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
            memset(text, 'a', sizeof text);
            memcpy(text + at, pieces[i], strlen(pieces[i]));
            for (size_t len = at; len < sizeof text; len++) {
                size_t span = 0, n = 0;
                while (span < len && text_next(text + span, len - span, &n) != 0xFFFD)
                    span += n;
                assert_int_equal(text_utf8_span(text, len), span);
            }
        }
    }
}

static void test_text__next_and_put(void **state)
{
    static const uint32_t characters[] = {0,     0x41,   0x7F,   0x80,    0x7FF,
                                          0x800, 0x7EE9, 0xFFFD, 0x10000, 0x10FFFF};
    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        struct buf b = {0};
        size_t n = 0;
        text_put(&b, characters[i]);
        assert_int_equal(text_next(b.data, b.len, &n), characters[i]);
        assert_int_equal(n, b.len);
        buf_dispose(&b);
    }
    size_t n = 0;
    assert_int_equal(text_next("\xE7\xBB", 2, &n), 0xFFFD);
    assert_int_equal(n, 1);
    struct buf b = {0};
    text_put(&b, 0xD800);
    text_put(&b, 0x110000);
    assert_text(buf_text(&b), "\xEF\xBF\xBD\xEF\xBF\xBD");
    buf_dispose(&b);
}

static void test_text__trim(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } cases[] = {
        {"", ""},
        {" \t\r\n ", ""},
        {"  a b ", "a b"},
        {"\xE3\x80\x80绩效\xC2\xA0\xE2\x80\x8B", "绩效"},
        {"\xEF\xBB\xBF\x7F"
         "a\xEF\xBB\xBF",
         "a"},
        {"\x80 x \x80", "\x80 x \x80"},
        {"x\xE3\x80", "x\xE3\x80"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *bytes = cases[i].text;
        size_t len = strlen(bytes);
        text_trim(&bytes, &len);
        assert_int_equal(len, strlen(cases[i].trimmed));
        assert_memory_equal(bytes, cases[i].trimmed, len);
    }
}

static void test_text__narrow(void **state)
{
    static const struct {
        const char *text, *narrow;
    } cases[] = {
        {"１９０４", "1904"},
        {"４５％（Ａ～）", "45%(A~)"},
        {"a\xE3\x80\x80"
         "b、。",
         "a b、。"},
        {"≥5", "≥5"},
        {"￥\xEF", "￥\xEF"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        text_narrow(&b, cases[i].text, strlen(cases[i].text));
        assert_text(buf_text(&b), cases[i].narrow);
        buf_dispose(&b);
    }
}

static void test_text__width(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {{"", 0},
                 {"abc", 3},
                 {"绩效a", 5},
                 {"①—", 2},
                 {"e\u0301", 1},
                 {"（４）", 6},
                 {"\U00020000", 2},
                 {"\xFF"
                  "a",
                  2},
                 {"\x1B[1m", 3}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(text_width(cases[i].text, strlen(cases[i].text)), cases[i].width);
}

/* The whole of a file through text_read in pieces of `cap`. */
static sy_status read_pieces(struct buf *b, const char *path, const char *encoding, size_t cap,
                             sy_error *err)
{
    struct text_reader *t = NULL;
    char bytes[64];
    size_t got = 0;
    sy_status status = text_open(&t, path, encoding, err);
    while (status == SY_OK) {
        status = text_read(t, bytes, cap, &got, err);
        if (status != SY_OK || got == 0)
            break;
        assert_true(got <= cap);
        assert_true(text_is_utf8(bytes, got));
        buf_add(b, bytes, got);
    }
    text_close(t);
    return status;
}

static void expect_decoded(const char *bytes, const char *encoding, const char *expected)
{
    for (size_t cap = 4; cap <= 64; cap += cap < 12 ? 1 : 13) {
        struct buf b = {0};
        sy_error err = {0};
        const char *path = fixture_file("text", bytes, strlen(bytes));
        if (read_pieces(&b, path, encoding, cap, &err) != SY_OK)
            fail_msg("line %u: %s", (unsigned)err.line, err.message);
        assert_text(buf_text(&b), expected);
        buf_dispose(&b);
    }
}

static void test_text__encodings(void **state)
{
    static const char gbk[] = "\xBC\xA8\xD0\xA7,\x81\x39\xEF\x34,a\xC6\xC0\xBC\xDB\n";
    static const char gbk_text[] = "绩效,㐅,a评价\n";
    (void)state;
    expect_decoded("", NULL, "");
    expect_decoded("plain\r\ntext", NULL, "plain\r\ntext");
    expect_decoded("绩效评价，\U00020000a", NULL, "绩效评价，\U00020000a");
    expect_decoded("\xEF\xBB\xBF绩效", NULL, "绩效");
    expect_decoded("\xEF\xBB\xBF", NULL, "");
    expect_decoded("\xEF\xBB\xBF\xEF\xBB\xBF", NULL, "\xEF\xBB\xBF");
    expect_decoded("\xEF\xBB\xBF绩效", "UTF-8", "绩效");
    expect_decoded("\x84\x31\x95\x33\xBC\xA8", NULL, "绩");
    expect_decoded(gbk, NULL, gbk_text);
    expect_decoded(gbk, "GBK", gbk_text);
    expect_decoded(gbk, "gb2312", gbk_text);
    expect_decoded("\xD2\xBB", NULL, "һ");       /* valid UTF-8 too, so judged as that … */
    expect_decoded("\xD2\xBB", "gb18030", "一"); /* … unless the user says better */
}

static void test_text__blocks(void **state)
{
    (void)state;
    /* characters of two to four bytes across every boundary of the inner blocks */
    for (size_t shift = 0; shift < 4; shift++) {
        struct buf utf8 = {0}, gbk = {0}, b = {0};
        for (size_t i = 0; i < shift; i++) {
            buf_char(&utf8, 'x');
            buf_char(&gbk, 'x');
        }
        for (size_t i = 0; i < 40000; i++) {
            buf_str(&utf8, "绩");
            buf_str(&gbk, "\xBC\xA8");
        }
        const char *path = fixture_file("utf8", utf8.data, utf8.len);
        assert_int_equal(read_pieces(&b, path, NULL, 61, NULL), SY_OK);
        assert_text(buf_text(&b), utf8.data);
        buf_clear(&b);
        path = fixture_file("gbk", gbk.data, gbk.len);
        assert_int_equal(read_pieces(&b, path, NULL, 61, NULL), SY_OK);
        assert_text(buf_text(&b), utf8.data);
        buf_dispose(&utf8);
        buf_dispose(&gbk);
        buf_dispose(&b);
    }
}

static void test_text__undecodable(void **state)
{
    static const struct {
        const char *bytes, *encoding;
        uint32_t line;
        const char *says;
    } cases[] = {
        {"a\nb\nc\xFF", NULL, 3, "neither UTF-8 nor GB18030"},
        {"a\r\nb\rc\xFF\n", NULL, 3, "neither"},
        {"\xBC\xA8\n\xBC\xA8\xFF", NULL, 2, "neither"},
        {"\xBC\xA8\n\xBC", NULL, 2, "neither"},
        {"a\n\xBC\xA8", "utf-8", 2, "not UTF-8"},
        {"a\nb\xE7\xBB", "utf-8", 2, "not UTF-8"},
        {"a\n\n\xFF\xFF", "gbk", 3, "not GB18030"},
        {"\xFF\xFE"
         "a\1",
         NULL, 0, "UTF-16"},
        {"a", "latin1", 0, "encoding 'latin1'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        sy_error err = {0};
        const char *path = fixture_file("bad", cases[i].bytes, strlen(cases[i].bytes));
        assert_int_equal(read_pieces(&b, path, cases[i].encoding, 64, &err), SY_EINPUT);
        assert_int_equal(err.line, cases[i].line);
        assert_text(err.file, path);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s, expected %s", err.message, cases[i].says);
        assert_int_equal(read_pieces(&b, path, cases[i].encoding, 64, NULL), SY_EINPUT);
        buf_dispose(&b);
    }
}

static void test_text__pipe(void **state)
{
    int ends[2];
    char path[64];
    struct buf b = {0};
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "\xBC\xA8\n", 3), 3);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(read_pieces(&b, path, NULL, 64, NULL), SY_OK);
    assert_text(buf_text(&b), "绩\n");
    close(ends[0]);
    buf_dispose(&b);
}

/* Parts that are all UTF-8 make a file that is, and the other way round, wherever it is cut. */
static void test_text__judge(void **state)
{
    static const char *const pieces[] = {
        "a", "\xE7\xBB\xA9", "\xF0\x9F\x98\x80", "\xC2\x80", "\xE7", "\x80", "\xFF", "\n"};
    uint32_t seed = 1, n_good = 0, n_bad = 0;
    (void)state;
    for (int i = 0; i < 400; i++) {
        struct buf file = {0};
        for (int j = 0; j < 12; j++) {
            seed = seed * 1664525u + 1013904223u;
            buf_str(&file, pieces[seed >> 16 & (i % 2 ? 7 : 3)]);
        }
        const char *path = fixture_file("judge", file.data, file.len);
        bool whole = text_is_utf8(file.data, file.len);
        n_good += whole;
        n_bad += !whole;
        for (uint64_t size = 1; size < 9; size++) {
            bool all = true;
            for (uint64_t from = 0; from < file.len; from += size) {
                bool one = false;
                assert_int_equal(text_judge(&one, path, from, from + size, NULL), SY_OK);
                all = all && one;
            }
            assert_int_equal(all, whole);
        }
        buf_dispose(&file);
    }
    assert_true(n_good > 100 && n_bad > 100);
    bool one = false;
    assert_int_equal(text_judge(&one, fixture_path("none"), 0, 1, NULL), SY_EFILE);
}

static void test_text__slurp(void **state)
{
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    (void)state;
    const char *path = fixture_file("x.ini", "\xEF\xBB\xBF[a]\r\n绩=1", 13);
    assert_int_equal(text_slurp(&text, &len, path, 1000, &err), SY_OK);
    assert_text(text, "[a]\r\n绩=1");
    assert_int_equal(len, 10);
    free(text);
    text = NULL;
    assert_int_equal(text_slurp(&text, &len, path, 9, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "larger than 9"));
    path = fixture_file("nul", "a\nb\r\n\0", 6);
    assert_int_equal(text_slurp(&text, &len, path, 1000, &err), SY_EINPUT);
    assert_int_equal(err.line, 3);
    assert_int_equal(text_slurp(&text, &len, fixture_path("none"), 9, &err), SY_EFILE);
    assert_int_equal(text_slurp(&text, &len, fixture_folder, 9, &err), SY_EFILE);
    assert_null(text);
    path = fixture_file("empty", "", 0);
    assert_int_equal(text_slurp(&text, &len, path, 0, &err), SY_OK);
    assert_text(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__utf8_span),    cmocka_unit_test(test_text__utf8_span_anywhere),
        cmocka_unit_test(test_text__next_and_put), cmocka_unit_test(test_text__trim),
        cmocka_unit_test(test_text__narrow),       cmocka_unit_test(test_text__width),
        cmocka_unit_test(test_text__encodings),    cmocka_unit_test(test_text__blocks),
        cmocka_unit_test(test_text__undecodable),  cmocka_unit_test(test_text__pipe),
        cmocka_unit_test(test_text__slurp),        cmocka_unit_test(test_text__judge),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
