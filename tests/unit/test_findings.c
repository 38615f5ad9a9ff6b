/*
 * test_findings.c - the list of codes, their sentences, and rows by the million.
 */
#include "check.h"

#include "base/buf.h"
#include "table/findings.h"

static const struct {
    const char *word, *en, *zh;
} listed[] = {
#define FINDING(name, word, severity, en, zh) {word, en, zh},
#include "table/findings_codes.def"
#undef FINDING
};

static void test_findings__words_round_trip_and_are_unique(void **state)
{
    (void)state;
    assert_int_equal(sizeof listed / sizeof listed[0], FINDING_CODES);
    for (unsigned i = 0; i < FINDING_CODES; i++) {
        enum finding_code code = FINDING_CODES;
        assert_text(finding_word((enum finding_code)i), listed[i].word);
        assert_true(finding_code_of(&code, listed[i].word));
        assert_int_equal(code, i); /* a word used twice would give the first */
        assert_true(strlen(listed[i].word) > 0);
        assert_int_equal(strspn(listed[i].word, "abcdefghijklmnopqrstuvwxyz-"),
                         strlen(listed[i].word));
        assert_true(finding_severity((enum finding_code)i) <= SEVERITY_ERROR);
    }
}

static void test_findings__unknown_words_are_refused(void **state)
{
    (void)state;
    static const char *const words[] = {"", "weights", "weights-summ", "Weights-sum",
                                        "weights_sum"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        enum finding_code code = FINDING_SCRIPT;
        assert_false(finding_code_of(&code, words[i]));
        assert_int_equal(code, FINDING_SCRIPT);
    }
    assert_text(finding_word(FINDING_CODES), "");
    assert_int_equal(finding_severity(FINDING_CODES), SEVERITY_ERROR);
}

static void test_findings__known_codes(void **state)
{
    (void)state;
    assert_text(finding_word(FINDING_WEIGHTS_SUM), "weights-sum");
    assert_int_equal(finding_severity(FINDING_WEIGHTS_SUM), SEVERITY_WARNING);
    assert_text(finding_word(FINDING_ACTUAL_HAS_SIGN), "actual-has-sign");
    assert_int_equal(finding_severity(FINDING_ACTUAL_HAS_SIGN), SEVERITY_NOTE);
    assert_text(finding_word(FINDING_DUPLICATE_KEY), "duplicate-key");
    assert_int_equal(finding_severity(FINDING_DUPLICATE_KEY), SEVERITY_ERROR);
}

static void test_findings__severities_round_trip(void **state)
{
    (void)state;
    static const char *const words[] = {"note", "warning", "error"};
    enum severity s = SEVERITY_NOTE;
    for (int i = 0; i < 3; i++) {
        assert_text(severity_word((enum severity)i), words[i]);
        assert_true(severity_of(&s, words[i]));
        assert_int_equal(s, i);
    }
    assert_false(severity_of(&s, "never"));
    assert_false(severity_of(&s, ""));
    assert_text(severity_word((enum severity)3), "");
}

struct fixture {
    struct buf out;
    struct finding row;
    struct finding_detail detail;
    struct finding_names names;
};

static void setup_row(struct fixture *x, enum finding_code code)
{
    *x = (struct fixture){
        .row = {.code = (uint8_t)code, .severity = (uint8_t)finding_severity(code)},
        .detail = {.text = "7500条次",
                   .text2 = "≥7000条次",
                   .a = 98.5,
                   .b = 100,
                   .elsewhere = true,
                   .line = 4},
        .names = {.fund = "sme",
                  .year = 2019,
                  .indicator = "output.quantity.policy_push",
                  .file2 = "data/a.csv"}};
}

static void drop_row(struct fixture *x)
{
    buf_dispose(&x->out);
}

static const char *message(struct fixture *x, bool zh)
{
    buf_clear(&x->out);
    finding_message(&x->out, &x->row, &x->detail, &x->names, zh);
    return buf_text(&x->out);
}

/* The sentence with its placeholders replaced by search and replace, one after the other. */
static void replace_all(char *text, size_t cap, const char *key, const char *by)
{
    char copy[2048];
    char *at;
    while ((at = strstr(text, key)) != NULL) {
        *at = '\0';
        snprintf(copy, sizeof copy, "%s%s%s", text, by, at + strlen(key));
        snprintf(text, cap, "%s", copy);
    }
}

static void test_findings__each_code_has_both_sentences_filled(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FINDING_CODES; i++) {
        struct fixture x;
        setup_row(&x, (enum finding_code)i);
        for (int zh = 0; zh < 2; zh++) {
            char expected[2048];
            snprintf(expected, sizeof expected, "%s", zh ? listed[i].zh : listed[i].en);
            replace_all(expected, sizeof expected, "{1}", "7500条次");
            replace_all(expected, sizeof expected, "{2}", "≥7000条次");
            replace_all(expected, sizeof expected, "{p}", "data/a.csv:4");
            replace_all(expected, sizeof expected, "{k}",
                        "sme, 2019, output.quantity.policy_push, 7500条次");
            replace_all(expected, sizeof expected, "{i}", "output.quantity.policy_push");
            replace_all(expected, sizeof expected, "{a}", "98.5");
            replace_all(expected, sizeof expected, "{b}", "100");
            const char *text = message(&x, zh != 0);
            assert_text(text, expected);
            assert_true(strlen(text) > 0);
            assert_null(strpbrk(text, "{}\n"));
        }
        drop_row(&x);
    }
}

/* What one language tells the other tells too. */
static void test_findings__languages_use_the_same_placeholders(void **state)
{
    (void)state;
    static const char *const keys[] = {"{1}", "{2}", "{a}", "{b}", "{i}", "{k}", "{p}"};
    for (unsigned i = 0; i < FINDING_CODES; i++)
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            if ((strstr(listed[i].en, keys[k]) == NULL) != (strstr(listed[i].zh, keys[k]) == NULL))
                fail_msg("%s: %s in one language only", listed[i].word, keys[k]);
}

static void test_findings__message_of_weights_sum(void **state)
{
    (void)state;
    struct fixture x;
    setup_row(&x, FINDING_WEIGHTS_SUM);
    assert_text(message(&x, false), "the weights add up to 98.5, the full score is 100: no grade");
    assert_text(message(&x, true), "分值合计 98.5，满分 100：不评等级");
    drop_row(&x);
}

/* A script's own words, in one language or in both. */
static void test_findings__a_script_speaks_both_languages(void **state)
{
    (void)state;
    struct fixture x;
    setup_row(&x, FINDING_OVERSPENT);
    x.detail.plain = true;
    x.detail.text = "支出超过预算";
    x.detail.text2 = "more was spent";
    assert_text(message(&x, false), "more was spent");
    assert_text(message(&x, true), "支出超过预算");
    x.detail.text2 = NULL;
    assert_text(message(&x, false), "支出超过预算");
    x.row.code = FINDING_SUM_MISMATCH; /* which has a sentence of its own */
    assert_text(message(&x, false), "支出超过预算");
    drop_row(&x);
}

/* Columns and facts that every fund has are named in the reader's language, data is not. */
static void test_findings__names_are_translated(void **state)
{
    (void)state;
    static const struct {
        enum finding_code code;
        const char *text, *text2, *en, *zh;
    } cases[] = {
        {FINDING_BAD_NUMBER, "actual", "target", "actual 'target' is not a number",
         "实际完成值“target”不是数"},
        {FINDING_BAD_UNIT, "spent", "spent", "unit 'spent' cannot be used for spent",
         "计量单位“spent”不能用于 全年执行数"},
        {FINDING_BAD_NUMBER, "area", "x", "area 'x' is not a number", "area“x”不是数"},
        {FINDING_UNKNOWN_FUND, "fund", "", "'fund' is no fund of this evaluation",
         "评价对象“fund”不存在"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture x;
        setup_row(&x, cases[i].code);
        x.detail.text = cases[i].text;
        x.detail.text2 = cases[i].text2;
        assert_text(message(&x, false), cases[i].en);
        assert_text(message(&x, true), cases[i].zh);
        drop_row(&x);
    }
}

static void test_findings__texts_are_never_expanded(void **state)
{
    (void)state;
    struct fixture x;
    setup_row(&x, FINDING_BAD_NUMBER);
    x.detail.text = "{2}";
    x.detail.text2 = "{a}%s{";
    assert_text(message(&x, false), "{2} '{a}%s{' is not a number");
    drop_row(&x);
}

static void test_findings__what_is_absent_is_a_dash(void **state)
{
    (void)state;
    struct fixture x;
    setup_row(&x, FINDING_WEIGHT_DIFFERS);
    x.names.indicator = NULL;
    x.detail.text = NULL;
    x.detail.a = NAN;
    x.detail.b = INFINITY;
    assert_text(message(&x, false), "—: the data says — points, [weights] — (—); [weights] counts");
    x.row.code = FINDING_CODES;
    assert_text(message(&x, false), "");
    drop_row(&x);
}

/* What each part says comes back, whatever parts stand beside it. */
static void test_findings__details_come_back(void **state)
{
    (void)state;
    struct findings f = {0};
    for (unsigned set = 0; set < 64; set++) {
        const struct finding row = {.code = FINDING_BAD_NUMBER, .line = set};
        const struct finding_detail given = {.text = set & 1 ? "actual" : NULL,
                                             .text2 = set & 2 ? "12..5" : NULL,
                                             .a = set & 4 ? -0.25 : 0,
                                             .b = set & 8 ? 1e300 : 0,
                                             .elsewhere = set & 16,
                                             .file = set & 16 ? 7 : 0,
                                             .line = set & 16 ? 70000 : 0,
                                             .plain = set & 32};
        assert_int_equal(findings_add(&f, &row, &given, NULL), SY_OK);
    }
    for (unsigned set = 0; set < 64; set++) {
        struct finding_detail d;
        assert_int_equal(f.rows[set].line, set);
        findings_detail(&d, &f, &f.rows[set]);
        assert_text(d.text ? d.text : "none", set & 1 ? "actual" : "none");
        assert_text(d.text2 ? d.text2 : "none", set & 2 ? "12..5" : "none");
        assert_true(d.a == (set & 4 ? -0.25 : 0));
        assert_true(d.b == (set & 8 ? 1e300 : 0));
        assert_int_equal(d.elsewhere, (set & 16) != 0);
        assert_int_equal(d.file, set & 16 ? 7 : 0);
        assert_int_equal(d.line, set & 16 ? 70000 : 0);
        assert_int_equal(d.plain, (set & 32) != 0);
    }
    findings_dispose(&f);
}

/* One number comes back bit for bit, however it is kept, and takes no room where it is short. */
static void test_findings__one_number(void **state)
{
    static const double numbers[] = {
        1.33,        0.0001, -1.33,     1.0 / 3, 0.00004,      1e300, 2.675,  429496.7294,
        429496.7295, 429497, 0.1 + 0.2, 1e-310,  4294967295.0, 12.5,  5e-324, 100};
    enum { N = sizeof numbers / sizeof *numbers };
    static const bool is_short[N] = {true,  true,  false, false, false, false, true,  true,
                                     false, false, false, false, false, true,  false, true};
    struct findings f = {0};
    (void)state;
    for (size_t i = 0; i < N; i++) {
        const struct finding row = {.code = FINDING_TARGET_TOO_LOW, .line = (uint32_t)i};
        const struct finding_detail given = {.a = numbers[i], .plain = i % 2};
        const size_t before = f.bytes.len;
        assert_int_equal(findings_add(&f, &row, &given, NULL), SY_OK);
        assert_int_equal(f.bytes.len - before, is_short[i] ? 0 : sizeof(double));
    }
    for (size_t i = 0; i < N; i++) {
        struct finding_detail d;
        findings_detail(&d, &f, &f.rows[i]);
        assert_memory_equal(&d.a, &numbers[i], sizeof d.a);
        assert_true(d.plain == i % 2 && !d.text && !d.text2 && !d.elsewhere && d.b == 0);
    }
    findings_dispose(&f);
}

/* Rows of every kind, appended from every place to every other, say what they said. */
static void test_findings__append_any_range(void **state)
{
    static const struct finding_detail kinds[] = {{.a = 1.5}, {.text = "x"}, {.a = 1.0 / 3, .b = 2},
                                                  {0},        {.a = 7},      {.text2 = "yz"}};
    enum { KINDS = sizeof kinds / sizeof *kinds, N = 25 };
    struct findings from = {0};
    (void)state;
    for (uint32_t i = 0; i < N; i++) {
        const struct finding row = {.line = i, .severity = (uint8_t)(i % 3)};
        assert_int_equal(findings_add(&from, &row, &kinds[(i * 7 + i / 5) % KINDS], NULL), SY_OK);
    }
    for (size_t first = 0; first <= N; first++) {
        for (size_t end = first; end <= N; end++) {
            struct findings to = {0};
            assert_int_equal(findings_add(&to, &(struct finding){0}, &kinds[1], NULL), SY_OK);
            assert_int_equal(findings_append(&to, &from, first, end, NULL), SY_OK);
            assert_int_equal(to.count, 1 + end - first);
            for (size_t i = first; i < end; i++) {
                struct finding_detail d, expected;
                findings_detail(&d, &to, &to.rows[1 + i - first]);
                findings_detail(&expected, &from, &from.rows[i]);
                assert_int_equal(to.rows[1 + i - first].line, i);
                assert_true(d.a == expected.a && d.b == expected.b);
                assert_text(d.text ? d.text : "-", expected.text ? expected.text : "-");
                assert_text(d.text2 ? d.text2 : "-", expected.text2 ? expected.text2 : "-");
            }
            findings_dispose(&to);
        }
    }
    findings_dispose(&from);
}

/* A cell that holds a page is quoted by its beginning, cut between characters; a script's own
 * sentence and a sentence that another stage made are kept whole. */
static void test_findings__a_long_quotation_is_cut(void **state)
{
    (void)state;
    static const struct {
        enum finding_code code;
        bool plain;
        size_t kept; /* characters of three bytes */
    } cases[] = {{FINDING_BAD_NUMBER, false, 80},
                 {FINDING_BAD_NUMBER, true, 400},
                 {FINDING_SCRIPT, false, 400},
                 {FINDING_SCRIPT_ERROR, false, 80}};
    char page[1300];
    for (size_t i = 0; i < 400; i++)
        memcpy(page + 3 * i, "数", 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct findings f = {0};
        struct finding_detail d = {.text = page, .plain = cases[i].plain};
        const struct finding row = {.code = (uint8_t)cases[i].code};
        assert_int_equal(findings_add(&f, &row, &d, NULL), SY_OK);
        findings_detail(&d, &f, &f.rows[0]);
        const bool cut = cases[i].kept < 400;
        assert_int_equal(strlen(d.text), 3 * cases[i].kept + (cut ? strlen("…") : 0));
        assert_memory_equal(d.text, page, 3 * cases[i].kept);
        findings_dispose(&f);
    }
}

static void test_findings__a_million_rows(void **state)
{
    (void)state;
    struct findings f = {0};
    char text[16];
    for (uint32_t i = 0; i < 1000000; i++) {
        const struct finding row = {.code = FINDING_BAD_NUMBER,
                                    .severity = (uint8_t)(i % 4 == 0   ? SEVERITY_NOTE
                                                          : i % 4 == 1 ? SEVERITY_WARNING
                                                                       : SEVERITY_ERROR),
                                    .line = i};
        snprintf(text, sizeof text, "%u..5", (unsigned)i);
        assert_int_equal(findings_add(&f, &row, &(struct finding_detail){.text2 = text}, NULL),
                         SY_OK);
    }
    assert_int_equal(f.count, 1000000);
    assert_int_equal(f.by_severity[SEVERITY_NOTE], 250000);
    assert_int_equal(f.by_severity[SEVERITY_WARNING], 250000);
    assert_int_equal(f.by_severity[SEVERITY_ERROR], 500000);
    for (uint32_t i = 0; i < 1000000; i += 999) {
        struct finding_detail d;
        findings_detail(&d, &f, &f.rows[i]);
        snprintf(text, sizeof text, "%u..5", (unsigned)i);
        assert_int_equal(f.rows[i].line, i);
        assert_text(d.text2, text);
    }
    /* Each is its row and its own text, and nothing else is kept. */
    assert_int_equal(sizeof(struct finding), 24);
    assert_int_equal(f.bytes.len, 1000000 * strlen("..5") + 1000000 + 5888890);
    findings_dispose(&f);
    assert_null(f.rows);
    assert_int_equal(f.count, 0);
}

static void test_findings__a_full_table_is_no_memory(void **state)
{
    (void)state;
    /* As large as it can be: growing must fail without touching what is there. */
    struct findings f = {.count = SIZE_MAX / sizeof(struct finding),
                         .cap = SIZE_MAX / sizeof(struct finding)};
    const struct finding row = {.code = FINDING_SCRIPT};
    sy_error err = {0};
    assert_int_equal(findings_add(&f, &row, NULL, &err), SY_ENOMEM);
    assert_int_equal(err.status, SY_ENOMEM);
    assert_int_equal(f.count, SIZE_MAX / sizeof(struct finding));
    assert_int_equal(f.by_severity[SEVERITY_NOTE], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings__words_round_trip_and_are_unique),
        cmocka_unit_test(test_findings__unknown_words_are_refused),
        cmocka_unit_test(test_findings__known_codes),
        cmocka_unit_test(test_findings__severities_round_trip),
        cmocka_unit_test(test_findings__each_code_has_both_sentences_filled),
        cmocka_unit_test(test_findings__languages_use_the_same_placeholders),
        cmocka_unit_test(test_findings__message_of_weights_sum),
        cmocka_unit_test(test_findings__a_script_speaks_both_languages),
        cmocka_unit_test(test_findings__names_are_translated),
        cmocka_unit_test(test_findings__texts_are_never_expanded),
        cmocka_unit_test(test_findings__what_is_absent_is_a_dash),
        cmocka_unit_test(test_findings__details_come_back),
        cmocka_unit_test(test_findings__one_number),
        cmocka_unit_test(test_findings__append_any_range),
        cmocka_unit_test(test_findings__a_long_quotation_is_cut),
        cmocka_unit_test(test_findings__a_million_rows),
        cmocka_unit_test(test_findings__a_full_table_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
