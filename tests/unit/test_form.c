/*
 * test_form.c - what stands on a sheet, as the funds table of a form: claimed totals and grades,
 * and what has no place.
 */
#include "check.h"

#include <string.h>

#include "model/form.h"

static struct columns *columns;
static struct units *units;

/* Rows by line, cells by |. */
static void lay_out(struct grid *g, const char *text)
{
    uint32_t row = 1, column = 1;
    for (const char *p = text; *p; column++) {
        const size_t len = strcspn(p, "|\n");
        assert_true(grid_add(g, row, column, p, len));
        p += len;
        if (*p == '\n') {
            row++;
            column = 0;
        }
        p += *p != '\0';
    }
}

static void assert_fund(const struct form *form, const char *column, const char *expected)
{
    const struct form_table *t = &form->fund;
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        if (strcmp(t->names[c], column) != 0)
            continue;
        if (!expected)
            fail_msg("%s is '%.*s'", column, (int)t->cells[c].len, t->cells[c].text);
        assert_int_equal(t->cells[c].len, strlen(expected));
        assert_memory_equal(t->cells[c].text, expected, strlen(expected));
        return;
    }
    if (expected)
        fail_msg("there is no %s, which is '%s'", column, expected);
}

#define HEAD  "项目名称|甲\n"
#define NAMES "一级指标|二级指标|三级指标|指标值|完成值|分值|得分|偏差原因\n"
#define ROW   "产出指标|数量指标|一|10个|9个|100|90\n"

static const struct {
    const char *text;
    const char *claimed, *grade;
    uint32_t outcomes, doubts;
} totals[] = {
    {HEAD NAMES ROW "总分|||||100|90|优\n", "90", "优", 1, 1},
    {HEAD NAMES ROW "总分|||||100|90\n自评等级|良\n", "90", "良", 1, 1},
    {HEAD NAMES ROW "总分：90分\n", "90分", NULL, 1, 1},
    {HEAD NAMES ROW "总分|90\n", "90", NULL, 1, 1},
    {HEAD NAMES ROW "总分|||||100\n", NULL, NULL, 1, 1},
    {HEAD NAMES ROW "总分||||||89.5|自评等级：中\n", "89.5", "中", 1, 1},
    {HEAD NAMES ROW, NULL, NULL, 1, 1},
    {HEAD NAMES ROW "填表人：张三\n产出指标|数量指标|二|1|1|1\n", NULL, NULL, 1, 2},
    {HEAD "一级指标|二级指标|三级指标|指标值|完成值|分值\n" ROW "总分|||||100\n", NULL, NULL, 1, 1},
    {HEAD NAMES ROW NAMES "|质量指标|二|90%|90%|1|1\n合计|||||101|91\n", "91", NULL, 2, 1},
};

static void test_form__totals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        struct grid g = {0};
        struct forms forms = {0};
        sy_error err;
        lay_out(&g, totals[i].text);
        assert_int_equal(forms_find(&forms, &g, columns, units, &err), SY_OK);
        if (forms.n != 1 || forms.list[0].outcomes.nrows != totals[i].outcomes ||
            forms.list[0].ndoubts != totals[i].doubts)
            fail_msg("%zu: %u forms, %u indicators, %u doubts", i, (unsigned)forms.n,
                     forms.n ? (unsigned)forms.list[0].outcomes.nrows : 0,
                     forms.n ? (unsigned)forms.list[0].ndoubts : 0);
        assert_fund(&forms.list[0], "name", "甲");
        assert_fund(&forms.list[0], "claimed", totals[i].claimed);
        assert_fund(&forms.list[0], "claimed_grade", totals[i].grade);
        forms_dispose(&forms);
        grid_dispose(&g);
    }
}

/* Years in labels, values and titles. */
static void test_form__years(void **state)
{
    static const char *const cases[][2] = {
        {"自评表（2022年度）\n" HEAD NAMES ROW, "2022"},
        {"2021年自评表\n" HEAD "年度|2022年度\n" NAMES ROW, "2022"},
        {HEAD "预算年度：2020.1-2020.12\n" NAMES ROW, "2020"},
        {"文号20220101\n" HEAD NAMES ROW, NULL},
        {HEAD "年度|二〇二二\n" NAMES ROW, NULL},
        {HEAD "目标|2019年建成\n" NAMES ROW, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct grid g = {0};
        struct forms forms = {0};
        sy_error err;
        lay_out(&g, cases[i][0]);
        assert_int_equal(forms_find(&forms, &g, columns, units, &err), SY_OK);
        assert_int_equal(forms.n, 1);
        assert_fund(&forms.list[0], "year", cases[i][1]);
        forms_dispose(&forms);
        grid_dispose(&g);
    }
}

/* An empty value is none, whatever label stands next. */
static void test_form__empty(void **state)
{
    static const char *const heads[] = {"项目名称||项目编号|001\n年度|2022\n",
                                        "项目名称\n年度|2022\n",
                                        "项目名称||主管部门|乙\n年度|2022\n"};
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct grid g = {0};
        struct forms forms = {0};
        char text[512];
        sy_error err;
        snprintf(text, sizeof text, "%s%s%s", heads[i], NAMES, ROW);
        lay_out(&g, text);
        assert_int_equal(forms_find(&forms, &g, columns, units, &err), SY_OK);
        assert_int_equal(forms.n, 1);
        assert_fund(&forms.list[0], "name", NULL);
        assert_fund(&forms.list[0], "year", "2022");
        assert_int_equal(forms.list[0].doubts[0].code, FINDING_FORM_MISSING);
        forms_dispose(&forms);
        grid_dispose(&g);
    }
}

static int load_words(void **state)
{
    sy_error err;
    (void)state;
    assert_int_equal(columns_load(&columns, "config/columns.ini", NULL, &err), SY_OK);
    assert_int_equal(units_load(&units, "config/units.ini", NULL, &err), SY_OK);
    return 0;
}

static int free_words(void **state)
{
    (void)state;
    columns_free(columns);
    units_free(units);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form__totals),
        cmocka_unit_test(test_form__years),
        cmocka_unit_test(test_form__empty),
    };
    return cmocka_run_group_tests(tests, load_words, free_words);
}
