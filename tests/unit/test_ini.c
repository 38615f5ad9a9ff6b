/*
 * test_ini.c - model/ini: every trap of inih is closed with file and line.
 */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "model/ini.h"

#include "fail_alloc.h"
#include "temp.h"

static struct ini *load(const char *text)
{
    struct ini *ini = NULL;
    sy_error err = {0};
    if (ini_load_text(&ini, text, "config/x.ini", &err) != SY_OK)
        fail_msg("line %u: %s", (unsigned)err.line, err.message);
    assert_non_null(ini);
    return ini;
}

/* The text must be refused at the line, with a message that holds `says`. */
static void refuse(const char *text, uint32_t line, const char *says)
{
    struct ini *ini = NULL;
    sy_error err = {0};
    sy_status status = ini_load_text(&ini, text, "config/x.ini", &err);
    if (status != SY_EINPUT || ini != NULL || err.line != line || !strstr(err.message, says))
        fail_msg("%.60s: status %d, line %u: %s; expected line %u: %s", text, (int)status,
                 (unsigned)err.line, err.message, (unsigned)line, says);
    assert_text(err.file, "config/x.ini");
    assert_null(strchr(err.message, '\n'));
    assert_int_equal(ini_load_text(&ini, text, "config/x.ini", NULL), SY_EINPUT);
}

static void test_ini__entries_in_order(void **state)
{
    (void)state;
    struct ini *ini = load("[weights]\noutput.quantity.a = 15\n\n[empty]\n[weights]\nb=2");
    assert_int_equal(ini->nentries, 2);
    assert_text(ini->entries[0].section, "weights");
    assert_text(ini->entries[0].key, "output.quantity.a");
    assert_text(ini->entries[0].value, "15");
    assert_int_equal(ini->entries[0].line, 2);
    assert_text(ini->entries[1].key, "b");
    assert_int_equal(ini->entries[1].line, 6);
    assert_int_equal(ini->nsections, 2);
    assert_text(ini->sections[0].section, "weights");
    assert_int_equal(ini->sections[0].line, 1);
    assert_text(ini->sections[1].section, "empty");
    assert_int_equal(ini->sections[1].line, 4);
    assert_text(ini->path, "config/x.ini");
    assert_text(ini_get(ini, "weights", "b"), "2");
    assert_null(ini_get(ini, "weights", "c"));
    assert_null(ini_get(ini, "empty", "b"));
    ini_free(ini);
}

static void test_ini__values(void **state)
{
    static const struct {
        const char *text, *value;
    } cases[] = {
        {"k=v", "v"},
        {"k = v ", "v"},
        {"k\t=\tv\t", "v"},
        {"k = v\r\n", "v"},
        {"k = v ; note", "v"},
        {"k = v\t; note", "v"},
        {"k = v;w", "v;w"},
        {"k = ; note", ""},
        {"k =", ""},
        {"k =   ", ""},
        {"k = a = b", "a = b"},
        {"k = a: b", "a: b"},
        {"k = <=", "<="},
        {"k = \"v ; w\"", "\"v"},
        {"k = # v", "# v"},
        {"k = \xE3\x80\x80≥7000条次\xE3\x80\x80", "≥7000条次"},
        {"\xEF\xBB\xBFk = v", "v"},
        {"; a\n# b\n  ; c\n\t# d = e\n\nk = v", "v"},
        {"\xE3\x80\x80; a = b\nk = v", "v"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ini *ini = load(cases[i].text);
        assert_int_equal(ini->nentries, 1);
        assert_text(ini->entries[0].section, "");
        assert_text(ini->entries[0].key, "k");
        assert_text(ini->entries[0].value, cases[i].value);
        ini_free(ini);
    }
}

static void test_ini__headers(void **state)
{
    static const struct {
        const char *text, *section;
    } cases[] = {
        {"[s]", "s"},
        {"[s]  ", "s"},
        {"[s] ; note = 1", "s"},
        {"[s]\r\n", "s"},
        {"[ s ]", "s"},
        {"[data outcomes late]", "data outcomes late"},
        {"[a;b]", "a;b"},
        {"[中小企业扶持专项资金评价标准一二]", "中小企业扶持专项资金评价标准一二"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ini *ini = load(cases[i].text);
        assert_int_equal(ini->nsections, 1);
        assert_text(ini->sections[0].section, cases[i].section);
        ini_free(ini);
    }
}

static void test_ini__same_key_in_other_section(void **state)
{
    (void)state;
    struct ini *ini = load("k = 0\n[a]\nk = 1\n[b]\nk = 2\n[b k]\nx = 3\n[b]\nx = 4\n");
    assert_int_equal(ini->nentries, 5);
    assert_text(ini_get(ini, "", "k"), "0");
    assert_text(ini_get(ini, "a", "k"), "1");
    assert_text(ini_get(ini, "b", "k"), "2");
    assert_text(ini_get(ini, "b k", "x"), "3");
    assert_text(ini_get(ini, "b", "x"), "4");
    ini_free(ini);
}

static void test_ini__empty(void **state)
{
    static const char *const texts[] = {"", "\n\n", "; note", "\xEF\xBB\xBF", "\r\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ini *ini = load(texts[i]);
        assert_int_equal(ini->nentries, 0);
        assert_int_equal(ini->nsections, 0);
        ini_free(ini);
    }
}

static void test_ini__refused(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
        const char *says;
    } cases[] = {
        {"[type\nname = x", 1, "']'"},
        {"[a]\nk = 1\n[b\nl = 2", 3, "']'"},
        {"[a ; b]\n", 1, "']'"},
        {"[]\n", 1, "without a name"},
        {"[  ]\n", 1, "without a name"},
        {"[a] k = 1\n", 1, "after a section header"},
        {"[a] # note\n", 1, "after a section header"},
        {"[a];note\n", 1, "after a section header"},
        {"[a]]\n", 1, "after a section header"},
        {"[一二三四五六七八九十一二三四五六七]\n", 1, "49 bytes"},
        {"[a]\nk = 1\nword\n", 3, "without '='"},
        {"k ; a = 1\n", 1, "without '='"},
        {"k ＝ 1\n", 1, "full-width sign"},
        {"= 1\n", 1, "no key"},
        {"[a]\n\nk : 1\n", 3, "':'"},
        {"k:a = 1\n", 1, "':'"},
        {"[a]\nk = 1\n  more\n", 3, "indented"},
        {"[a]\nk = 1\n\tl = 2\n", 3, "indented"},
        {"[a]\n  k = 1\n", 2, "indented"},
        {" [a]\n", 1, "indented"},
        {"k = 1\n\xE3\x80\x80l = 2\n", 2, "indented"},
        {"\xEF\xBB\xBF\xEF\xBB\xBFk = 1\n", 1, "indented"},
        {"a = 1\rb = 2\r", 1, "carriage return"},
        {"[a]\nk = 1\n\n[b]\nk = 1\n[a]\nk = 1\n", 7, "line 2"},
        {"k = 1\nk = 2\n", 2, "'k' is given twice: also in line 1"},
        {"[a]\nk = 1\nk= 1\n", 3, "'k' is given twice in [a]: also in line 2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refuse(cases[i].text, cases[i].line, cases[i].says);
}

/* A first line, then `key = xxx…` of `bytes` bytes, then `end`. */
static char *long_text(size_t bytes, const char *end)
{
    struct buf text = {0};
    buf_str(&text, "[targets]\nkey = ");
    for (size_t i = 6; i < bytes; i++)
        buf_char(&text, 'x');
    buf_str(&text, end);
    return text.data;
}

static void test_ini__long_lines(void **state)
{
    static const size_t fine[] = {190, 199, 200, 201, 1000, INI_LINE_MAX - 1, INI_LINE_MAX};
    static const char *const ends[] = {"", "\n", "\r\n", "\nnext = 1\n"};
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
            char *text = long_text(fine[i], ends[j]);
            struct ini *ini = load(text);
            assert_int_equal(ini->nentries, j == 3 ? 2 : 1);
            assert_int_equal(strlen(ini->entries[0].value), fine[i] - 6);
            if (j == 3)
                assert_int_equal(ini->entries[1].line, 3);
            ini_free(ini);
            free(text);
        }
    }
    for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
        char *text = long_text(INI_LINE_MAX + 1, ends[j]);
        refuse(text, 2, "4000 bytes");
        free(text);
    }
}

static void test_ini__many_keys(void **state)
{
    struct buf text = {0};
    (void)state;
    buf_str(&text, "[weights]\n");
    for (int i = 0; i < 5000; i++)
        buf_printf(&text, "output.quantity.k%d = %d\n", i, i);
    struct ini *ini = load(text.data);
    assert_int_equal(ini->nentries, 5000);
    assert_text(ini->entries[4999].value, "4999");
    assert_int_equal(ini->entries[4999].line, 5001);
    ini_free(ini);
    buf_dispose(&text);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void test_ini__files(void **state)
{
    char path[TEMP_MAX];
    static const char gb[] = "[names]\na = \xB7\xFE\xCE\xF1\xC6\xF3\xD2\xB5\n"; /* 服务企业 */
    static const char nul[] = "[a]\nk = 1\nl = 2\0 3\n";
    struct ini *ini = NULL;
    sy_error err = {0};
    (void)state;
    int fd = mkstemp(temp_name(path, "ini"));
    assert_true(fd >= 0);
    close(fd);
    write_file(path, gb, sizeof gb - 1);
    assert_int_equal(ini_load(&ini, path, "config/x.ini", &err), SY_OK);
    assert_text(ini_get(ini, "names", "a"), "服务企业");
    ini_free(ini);
    ini = NULL;
    write_file(path, nul, sizeof nul - 1);
    assert_int_equal(ini_load(&ini, path, "config/x.ini", &err), SY_EINPUT);
    assert_null(ini);
    assert_int_equal(err.line, 3);
    assert_text(err.file, "config/x.ini");
    write_file(path, "[a]\nk\n", 6);
    assert_int_equal(ini_load(&ini, path, "config/x.ini", &err), SY_EINPUT);
    assert_int_equal(err.line, 2);
    assert_int_equal(unlink(path), 0);
    err = (sy_error){0};
    assert_int_equal(ini_load(&ini, path, "config/x.ini", &err), SY_EFILE);
    assert_text(err.file, "config/x.ini");
    assert_int_equal(ini_load(&ini, "/tmp", "config/x.ini", &err), SY_EFILE);
    assert_null(ini);
    ini_free(NULL);
}

/* From the n-th allocation on all fail, for every n up to success. */
static void test_ini__no_memory(void **state)
{
    static const char text[] = "[a]\nk = 1\nl = 2\n[b]\nk = 3\n";
    struct ini *ini = NULL;
    (void)state;
    if (!fail_alloc_works)
        skip();
    for (long after = 0; !ini; after++) {
        sy_error err = {0};
        fail_alloc_after = after;
        sy_status status = ini_load_text(&ini, text, "config/x.ini", &err);
        fail_alloc_after = -1;
        assert_int_equal(status, ini ? SY_OK : SY_ENOMEM);
        assert_int_equal(err.status, status);
        assert_true(after < 1000);
    }
    assert_int_equal(ini->nentries, 3);
    ini_free(ini);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ini__entries_in_order),
        cmocka_unit_test(test_ini__values),
        cmocka_unit_test(test_ini__headers),
        cmocka_unit_test(test_ini__same_key_in_other_section),
        cmocka_unit_test(test_ini__empty),
        cmocka_unit_test(test_ini__refused),
        cmocka_unit_test(test_ini__long_lines),
        cmocka_unit_test(test_ini__many_keys),
        cmocka_unit_test(test_ini__files),
        cmocka_unit_test(test_ini__no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
