/*
 * test_contract_files.c - contract 2, 2.1 and 2.2 through the library: one data file as an
 * evaluation, the published tables as they stand, encodings, and what CSV files hold.
 */
#include <iconv.h>

#include "contract_fixture.h"

/* Scores one data file below the folder, or one with a path of its own. NULL where that fails. */
static json_t *score_file(const char *name, const char *type, int year, sy_error *err)
{
    char path[512], out[512];
    sy_run_options options = {.struct_size = sizeof options, .data = fixture_data()};
    const char *types[] = {type};
    int years[] = {year};
    sy_run *run;
    if (type) {
        options.types = types;
        options.ntypes = 1;
    }
    if (year) {
        options.years = years;
        options.nyears = 1;
    }
    snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    if (sy_run_open(&run, *name == '/' || *name == '.' ? name : path, &options, err) != SY_OK)
        return NULL;
    snprintf(out, sizeof out, "%s/out.json", fixture_folder);
    assert_int_equal(sy_run_write(run, SY_REPORT_SCORE, "json", out, NULL, 0, err), SY_OK);
    sy_run_close(run);
    json_t *root = json_load_file(out, 0, NULL);
    assert_non_null(root);
    return root;
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

static const char *const form =
    "一级指标,二级指标,三级指标,分值,指标值,实际完成值,得分\n"
    "预算执行,预算执行率,资金总额,10,43.2,37.24,9\n"
    "产出指标,数量指标,条次,50,≥735人次,735,50\n"
    "效益指标,社会效益指标,知晓率,30,=100%,98%,29\n"
    "满意度指标,满意度指标,学生满意度,10,≥95%,100%,10\n总分,,,100,,,98\n";

/* 37.24/43.2 × 10 = 8.62, 50, 29.4, 10. */
static void check_form(json_t *root, const char *fund)
{
    assert_int_equal(json_array_size(json_object_get(root, "funds")), 1);
    assert_score_equal(fixture_number(fixture_fund(root, fund), "score"), 98.02);
    assert_text(fixture_text(fixture_fund(root, fund), "grade"), "优");
    assert_text(fixture_text(fixture_fund(root, fund), "type"), "project_self_evaluation");
    assert_score_equal(fixture_number(fixture_item(root, fund, "benefit.social.知晓率"), "claimed"),
                       29);
    assert_int_equal(json_array_size(json_object_get(root, "findings")), 0);
}

static void test_files__one_file(void **state)
{
    sy_error err = {0};
    (void)state;
    fixture_begin();
    fixture_file("自评表*2022.csv", form);
    json_t *root = score_file("自评表*2022.csv", "project_self_evaluation", 2022, &err);
    assert_non_null(root);
    check_form(root, "自评表*2022");
    assert_score_equal(fixture_number(fixture_fund(root, "自评表*2022"), "year"), 2022);
    assert_text(fixture_text(fixture_item(root, "自评表*2022", "output.quantity.条次"), "source"),
                "自评表*2022.csv:3");
    end(root);
}

/* A column names funds and years: then the file's name and --year are not needed. */
static void test_files__one_file_with_columns(void **state)
{
    sy_error err = {0};
    (void)state;
    fixture_begin();
    fixture_file("x.csv",
                 "项目编号,年度,一级指标,三级指标,分值,指标值,实际完成值\na,2021,产出,x,100,10,9\n"
                 "b,2022,产出,x,100,10,8\n");
    json_t *root = score_file("x.csv", NULL, 0, &err);
    if (!root)
        fail_msg("%s", err.message);
    assert_score_equal(fixture_number(fixture_fund(root, "a"), "score"), 90);
    assert_score_equal(fixture_number(fixture_fund(root, "b"), "year"), 2022);
    end(root);
    fixture_begin();
    fixture_file("x.csv", "一级指标,三级指标,分值,指标值,实际完成值\n产出,x,100,10,9\n");
    assert_null(score_file("x.csv", NULL, 0, &err));
    assert_int_equal(err.status, SY_EUSAGE);
    assert_non_null(strstr(err.message, "--year"));
    fixture_end();
}

/* The published tables as they stand: what plain arithmetic gives by sign. */
static void test_files__published_tables(void **state)
{
    static const struct {
        const char *table;
        double score;
        size_t indicators;
    } cases[] = {
        /* 37.24 of 43.2 twice, 10 points each; the other eight rows are met. */
        {"hebei_langfang_hvac_2019", 8.62 + 8.62 + 80, 10},
        /* The rate weighs 10, not the 20 of the table. */
        {"hubei_yangtze_fishing_2020", 10 + 20 + 10 + 10 + 40, 5},
        /* No budget row: the rate is missing. 8 × 0.9927 = 7.9416; 98.31 % against ≤0; nothing
           beside 0. */
        {"hunan_dept_table_2018", 8 + 0 + 7.94 + 0, 5},
        /* 98 of 100 in a row of 10 points. */
        {"yunnan_yongde_mingliang_2022", 90 + 9.8, 10},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[512];
        sy_error err = {0};
        fixture_begin();
        snprintf(path, sizeof path, "%s/tests/cases/%s/indicators.csv", fixture_data(),
                 cases[i].table);
        json_t *root = score_file(path, "project_self_evaluation", 2022, &err);
        if (!root)
            fail_msg("%s: %s", path, err.message);
        json_t *fund = fixture_fund(root, "indicators");
        assert_near(fixture_number(fund, "score"), cases[i].score, 1e-9);
        assert_int_equal(json_array_size(json_object_get(fund, "indicators")), cases[i].indicators);
        end(root);
    }
}

/* Writes a text in another encoding. */
static void write_encoded(const char *name, const char *encoding, const char *text)
{
    char out[8192] = {0}, *to = out, *from = (char *)(uintptr_t)text;
    size_t left = strlen(text), room = sizeof out - 1;
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
    iconv_close(converter);
    fixture_file(name, out);
}

static void test_files__encodings(void **state)
{
    static const char *const encodings[] = {"UTF-8", "GB18030", "GBK"};
    char text[4096];
    sy_error err = {0};
    (void)state;
    for (size_t i = 0; i < 2 * sizeof encodings / sizeof *encodings; i++) {
        const char *encoding = encodings[i / 2];
        /* With a BOM, or with lines ended by CRLF; GBK has no ≥ but in GB18030's own place. */
        snprintf(text, sizeof text, "%s%s",
                 i % 2 && strcmp(encoding, "UTF-8") == 0 ? "\xEF\xBB\xBF" : "", form);
        fixture_begin();
        write_encoded("表.csv", encoding, text);
        json_t *root = score_file("表.csv", "project_self_evaluation", 2022, &err);
        if (!root)
            fail_msg("%s: %s", encoding, err.message);
        check_form(root, "表");
        assert_text(fixture_text(fixture_item(root, "表", "output.quantity.条次"), "target_text"),
                    "≥735人次");
        end(root);
    }
}

/* What is judged wrongly can be told; what is not text of that encoding is refused. */
static void test_files__encoding_of_a_source(void **state)
{
    static const char *const rows = "fund,indicator,weight,target,actual,note\np,a.x,1,10,9,项目\n";
    static const char *const ini =
        "[evaluation]\nyears = 2019\n[data outcomes]\npath = o.csv\nencoding = %s\n";
    char text[512];
    sy_error err = {0};
    (void)state;
    fixture_begin();
    snprintf(text, sizeof text, ini, "gb18030");
    fixture_file("evaluation.ini", text);
    write_encoded("o.csv", "GB18030", rows);
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.x"), "actual"), 9);
    json_decref(root);
    snprintf(text, sizeof text, ini, "utf-8");
    fixture_file("evaluation.ini", text);
    assert_null(fixture_score_with(NULL, &err));
    assert_int_equal(err.status, SY_EINPUT);
    assert_int_equal(err.line, 2);
    snprintf(text, sizeof text, ini, "latin9");
    fixture_file("evaluation.ini", text);
    assert_null(fixture_score_with(NULL, &err));
    assert_int_equal(err.status, SY_EINPUT);
    assert_non_null(strstr(err.message, "latin9"));
    fixture_end();
}

/* Quotes, line ends and commas inside cells; the rows behind them keep their line numbers. */
static void test_files__cells_and_lines(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char text[2048];
        const char *e = ends[i];
        fixture_begin();
        fixture_evaluation("t");
        snprintf(text, sizeof text,
                 "fund,indicator,name,weight,target,actual%s%sp,a.one,\"two%slines, "
                 "\"\"quoted\"\"\",1,\"1,000\",\"900\"%s"
                 "p,a.two,\"x%s%s%sy\",1,5,12..5%s\"p\",\"a.three\",z,\"1\",\"5\",5",
                 e, e, e, e, e, e, e, e);
        fixture_file("outcomes.csv", text);
        json_t *root = fixture_score(), *one = fixture_item(root, "p", "a.one");
        assert_score_equal(fixture_number(one, "target"), 1000);
        assert_non_null(strstr(fixture_text(one, "name"), "lines, \"quoted\""));
        assert_text(fixture_text(one, "source"), "outcomes.csv:3");
        assert_text(fixture_text(fixture_item(root, "p", "a.two"), "source"), "outcomes.csv:5");
        assert_text(fixture_text(contract_finding(root, "bad-number", 0), "source"),
                    "outcomes.csv:5");
        assert_text(fixture_text(fixture_item(root, "p", "a.three"), "source"), "outcomes.csv:9");
        end(root);
    }
}

static void test_files__broken_csv(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
    } cases[] = {
        {"fund,indicator,weight,target,actual\np,a.x,1,10,9\np,a.y,1,\"10,9\np,a.z,1,1,1\n", 3},
        {"fund,indicator,weight,target,actual\np,a.x,1,10,9,8\n", 2},
        {"fund,indicator,weight,target,actual\np,a.x,1,\"10\"0,9\n", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_error err = {0};
        fixture_begin();
        fixture_evaluation("t");
        fixture_file("outcomes.csv", cases[i].text);
        assert_null(fixture_score_with(NULL, &err));
        assert_int_equal(err.status, SY_EINPUT);
        assert_int_equal(err.line, cases[i].line);
        assert_non_null(strstr(err.file, "outcomes.csv"));
        fixture_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files__one_file),
        cmocka_unit_test(test_files__one_file_with_columns),
        cmocka_unit_test(test_files__published_tables),
        cmocka_unit_test(test_files__encodings),
        cmocka_unit_test(test_files__encoding_of_a_source),
        cmocka_unit_test(test_files__cells_and_lines),
        cmocka_unit_test(test_files__broken_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
