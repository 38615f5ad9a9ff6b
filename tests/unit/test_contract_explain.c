/*
 * test_contract_explain.c - contract 2.2 and 6: explain shows each value as written and as read,
 * and where it stands.
 */
#include "contract_fixture.h"

/* The text of explain for fund p. The caller frees. */
static char *explain(void)
{
    char path[512];
    sy_error err = {0};
    sy_run *run;
    sy_run_options options = {
        .struct_size = sizeof options, .data = fixture_data(), .language = "en"};
    snprintf(path, sizeof path, "%s/why.txt", fixture_folder);
    if (sy_run_open(&run, fixture_folder, &options, &err) != SY_OK)
        fail_msg("%s", err.message);
    assert_int_equal(sy_run_explain(run, "p", 0, NULL, path, &err), SY_OK);
    sy_run_close(run);
    FILE *f = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);
    assert_non_null(f);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 16) - 1, f) > 0);
    fclose(f);
    return text;
}

/* Blanks and line ends are layout: a value may stand on the next line. */
static void squeeze(char *text)
{
    char *to = text;
    for (char *from = text; *from; from++) {
        bool blank = *from == ' ' || *from == '\n';
        if (!blank || (to > text && to[-1] != ' '))
            *to++ = blank ? ' ' : *from;
    }
    *to = '\0';
}

static void test_explain__written_and_read(void **state)
{
    static const struct {
        const char *target, *actual, *told[2], *unit;
    } cases[] = {
        {"≥45万元",
         "４５万",
         {"≥45万元 → >= 450000 元", "４５万 → 450000 元 (元: as the target)"},
         NULL},
        {"21.16万元", "2.91亿元", {"21.16万元 → >= 211600 元", "2.91亿元 → 291000000 元"}, NULL},
        {"不超过5%", "3‰", {"不超过5% → <= 5%", "3‰ → 0.3%"}, NULL},
        {"≥50个", "50", {"≥50个 → >= 50 个", "50 → 50 个 (个: as the target)"}, NULL},
        {"18-54岁", "30", {"18-54岁 → [18, 54] 岁", "30 → 30 岁 (岁: as the target)"}, NULL},
        {"9月前", "7月", {"9月前 → 2019-08-31", "7月 → 2019-07-31"}, NULL},
        {"10场", "10余场", {"10场 → >= 10 场", "10余场 (approximate) → 10 场"}, NULL},
        {"3000元/人", "0.3万元/人", {"3000元/人 → >= 3000 元/人", "0.3万元/人 → 3000 元/人"}, NULL},
        {"≥200米", "≥266米", {"≥200米 → >= 200 米", "≥266米 → 266 米"}, NULL},
        {"有效", "有效", {"target 有效", "actual 有效"}, NULL},
        {"10", "12..5", {"10 → >= 10", "actual 12..5"}, NULL},
        {"480",
         "500",
         {"480 → >= 4800000 元 (万元: the table's unit)",
          "500 → 5000000 元 (万元: the table's unit)"},
         "（万元）"},
        {"85", "≥86%", {"85 → >= 85% (%: as the actual)", "≥86% → 86%"}, NULL},
        {"20-30",
         "25",
         {"20-30 → [200000, 300000] 元 (万元: the table's unit)",
          "25 → 250000 元 (万元: the table's unit)"},
         "万元"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value_case row = {
            .target = cases[i].target, .actual = cases[i].actual, .unit = cases[i].unit};
        fixture_begin();
        fixture_evaluation("t");
        contract_rows(&row, 1);
        char *text = explain();
        squeeze(text);
        for (size_t k = 0; k < 2; k++) {
            char told[256];
            /* Text and rejected cells have no reading; the rest ends where the place begins. */
            snprintf(told, sizeof told, "%s [outcomes.csv:2]", cases[i].told[k]);
            if (!strstr(text, told))
                fail_msg("no '%s' in:\n%s", told, text);
        }
        free(text);
        fixture_end();
    }
}

/* A derived target says what it was derived from; a target of the INI and a computed actual say
 * where they are. */
static void test_explain__values_from_elsewhere(void **state)
{
    static const char *const told[] = {
        "(derived from completion: 18.2亿元 ÷ 120%)",
        "(derived from excess: 16.2% − 1.2个百分点)",
        "≤20万元 → <= 200000 元 [config/t.ini:2]",
        "50% (computed)",
        "spent = 10万元 → 100000 元 [funds.csv:2]",
        "budget = 20 → 200000 元 (万元: the table's unit) [funds.csv:2]",
    };
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n"
                 "[data funds]\npath = funds.csv\n");
    fixture_file("config/t.ini", "[targets]\na.ini = ≤20万元\na.rate = 100%\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "rules.measure['a.rate'] = function(f)\n"
                 "  return sy.percent(f.spent, f.budget), '%'\nend\nreturn rules\n");
    fixture_file("funds.csv", "fund,全年预算数(万元),全年执行数\np,20,10万元\n");
    fixture_file("o.csv",
                 "fund,indicator,weight,target,actual,completion,excess\np,a.x,1,,18.2亿元,120%,\n"
                 "p,a.y,1,,16.2%,,1.2个百分点\np,a.ini,1,,19万元,,\np,a.rate,1,,,,\n");
    char *text = explain();
    squeeze(text);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (!strstr(text, told[i]))
            fail_msg("no '%s' in:\n%s", told[i], text);
    free(text);
    fixture_end();
}

/* A rejected value says why, in words of its own, in the explanation as in the report. */
static void test_explain__why_rejected(void **state)
{
    static const struct {
        const char *target, *actual, *why;
    } cases[] = {
        {"12..5", "5", "target '12..5' is not a number"},
        {"5", "1,23,4", "actual '1,23,4' is not a number"},
        {"30万元", "30%", "in units that do not convert"},
        {"2019年12月", "100%", "actual '100%' cannot be held against target '2019年12月'"},
        {"提升5%", "下降5%", "actual '下降5%' cannot be held against target '提升5%'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value_case row = {.target = cases[i].target, .actual = cases[i].actual};
        fixture_begin();
        fixture_evaluation("t");
        contract_rows(&row, 1);
        char *text = explain();
        squeeze(text);
        const char *why = strstr(text, "why ");
        if (!why || !strstr(why, cases[i].why))
            fail_msg("no '%s' in:\n%s", cases[i].why, text);
        free(text);
        json_t *root = fixture_score();
        const char *reason = fixture_text(fixture_item(root, "p", "a.r0"), "reason");
        assert_non_null(reason);
        assert_non_null(strstr(reason, cases[i].actual));
        json_decref(root);
        fixture_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_explain__written_and_read),
        cmocka_unit_test(test_explain__values_from_elsewhere),
        cmocka_unit_test(test_explain__why_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
