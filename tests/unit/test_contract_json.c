/*
 * test_contract_json.c - contract 6.1: the document steelyard.score/1 key by key, the CSV tables
 * cell by cell.
 */
#include <stdbool.h>

#include "evaluation_fixture.h"

/* A fund with each kind of value, and one that has next to nothing. */
static void begin(const char *language)
{
    char ini[512];
    fixture_begin();
    snprintf(ini, sizeof ini,
             "[evaluation]\ntitle = 评价“甲”\nyears = 2019\nlanguage = %s\n[data funds]\npath = "
             "data/funds.csv\n"
             "[data outcomes]\npath = data/outcomes.csv\n[data adjustments]\npath = "
             "data/adjustments.csv\n"
             "[data ratings]\npath = data/ratings.csv\n",
             language);
    fixture_file("evaluation.ini", ini);
    fixture_file("config/t.ini",
                 "[weights]\noutput.quantity.x = 40\noutput.forgotten = 5\n[names]\n"
                 "output.forgotten = 忘了的\n[ratings]\n好 = 0.9\n");
    fixture_file("data/funds.csv", "fund,name,type,department,part_of,spent\n"
                                   "p,\"甲, \"\"乙\"\"\",t,=局,whole,3万元\nq,,t,,,\n");
    fixture_file("data/outcomes.csv",
                 "fund,level1,level2,name,sign,target,actual,unit,weight,claimed\n"
                 "p,产出指标,数量指标, x ,,≥7000条次,7500条次,,40,40\n"
                 "p,产出指标,成本指标,+成本,≤,20万元,25万元,,10,\n"
                 "p,产出指标,时效指标,按时,,2019年12月底前,2019-11-05,,10,\n"
                 "p,产出指标,质量指标,比例,,90%~95%,-3%,,10,0.5\n"
                 "p,效益指标,社会效益指标,提高,,@提高,-有所提高,,10,9\n"
                 "p,满意度指标,,满意,,,,,15,\n");
    fixture_file("data/ratings.csv",
                 "fund,indicator,rating,reason\np,benefit.social.提高,好,\"=看过\"\n");
    fixture_file("data/adjustments.csv", "fund,points,cap,reason\np,-2,,超预算支出\np,,中,-x\n");
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

/* The keys of an object, in the order of the document. */
static void assert_keys(json_t *object, const char *keys)
{
    char told[512] = "";
    const char *key;
    json_t *value;
    assert_true(json_is_object(object));
    json_object_foreach(object, key, value)
    {
        if (*told)
            strcat(told, " ");
        strcat(told, key);
    }
    assert_text(told, keys);
}

static void assert_nulls(json_t *object, const char *const *keys)
{
    for (; *keys; keys++)
        if (!json_is_null(json_object_get(object, *keys)))
            fail_msg("%s is not null", *keys);
}

static void test_json__keys(void **state)
{
    (void)state;
    begin("zh");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p"),
           *evaluation = json_object_get(root, "evaluation");
    assert_keys(root, "schema steelyard evaluation funds departments findings");
    assert_text(fixture_text(root, "schema"), "steelyard.score/1");
    assert_text(fixture_text(root, "steelyard"), sy_version());
    assert_keys(evaluation, "title years inputs");
    assert_text(fixture_text(evaluation, "title"), "评价“甲”");
    assert_int_equal(json_integer_value(json_array_get(json_object_get(evaluation, "years"), 0)),
                     2019);
    assert_text(json_string_value(json_array_get(json_object_get(evaluation, "inputs"), 0)),
                "data/funds.csv");
    assert_text(json_string_value(json_array_get(json_object_get(evaluation, "inputs"), 1)),
                "data/outcomes.csv");
    assert_keys(p, "fund name type department part_of year status score full_score grade coverage "
                   "bounds levels "
                   "indicators adjustments");
    assert_keys(json_array_get(json_object_get(p, "levels"), 0), "path name weight score");
    assert_keys(json_array_get(json_object_get(p, "indicators"), 0),
                "path name sign target actual unit target_text actual_text weight attainment score "
                "status rule reason "
                "claimed source");
    assert_keys(json_array_get(json_object_get(p, "adjustments"), 0), "points cap reason veto");
    assert_keys(json_array_get(json_object_get(root, "departments"), 0),
                "department year funds weighted_mean mean coverage_by_money grades");
    assert_keys(json_array_get(json_object_get(root, "findings"), 0),
                "severity code fund year indicator message source");
    end(root);
}

static void test_json__fund(void **state)
{
    static const char *const nulls[] = {"name", "department", "part_of", "score", "grade", NULL};
    (void)state;
    begin("zh");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p"), *q = fixture_fund(root, "q");
    assert_text(fixture_text(p, "name"), "甲, \"乙\"");
    assert_text(fixture_text(p, "type"), "t");
    assert_text(fixture_text(p, "department"), "=局"); /* JSON runs nothing */
    assert_text(fixture_text(p, "part_of"), "whole");
    assert_int_equal(fixture_number(p, "year"), 2019);
    assert_text(fixture_text(p, "status"), "scored");
    /* 40 + 8 + 10 + 0 + 9, satisfaction and what was forgotten have no target: × 100 / 80, less 2.
     */
    assert_score_equal(fixture_number(p, "score"), 81.75);
    assert_score_equal(fixture_number(p, "full_score"), 100);
    assert_text(fixture_text(p, "grade"), "中");
    assert_score_equal(fixture_number(p, "coverage"), 0.8);
    json_t *bounds = json_object_get(p, "bounds");
    assert_int_equal(json_array_size(bounds), 2);
    assert_score_equal(json_number_value(json_array_get(bounds, 0)), 65); /* 67 - 2 */
    assert_score_equal(json_number_value(json_array_get(bounds, 1)), 85); /* 87 - 2 */
    assert_text(fixture_text(q, "status"), "unscored");
    assert_nulls(q, nulls);
    assert_score_equal(fixture_number(q, "coverage"), 0);
    assert_int_equal(json_array_size(json_object_get(q, "indicators")), 2); /* those of [weights] */
    assert_int_equal(json_array_size(json_object_get(q, "adjustments")), 0);
    end(root);
}

static void test_json__levels(void **state)
{
    static const struct {
        const char *path, *name;
        double weight, score;
    } levels[] = {{"output", "产出指标", 75, 58},
                  {"benefit", "效益指标", 10, 9},
                  {"satisfaction", "满意度指标", 15, -1}};
    (void)state;
    begin("zh");
    json_t *root = fixture_score(), *list = json_object_get(fixture_fund(root, "p"), "levels");
    assert_int_equal(json_array_size(list), 3);
    for (size_t i = 0; i < 3; i++) {
        json_t *level = json_array_get(list, i);
        assert_text(fixture_text(level, "path"), levels[i].path);
        assert_text(fixture_text(level, "name"), levels[i].name);
        assert_score_equal(fixture_number(level, "weight"), levels[i].weight);
        if (levels[i].score < 0)
            assert_true(json_is_null(json_object_get(level, "score")));
        else
            assert_score_equal(fixture_number(level, "score"), levels[i].score);
    }
    end(root);
}

static void test_json__number(void **state)
{
    (void)state;
    begin("zh");
    json_t *root = fixture_score(), *x = fixture_item(root, "p", "output.quantity.x");
    assert_text(fixture_text(x, "name"), "x"); /* the cell, trimmed */
    assert_text(fixture_text(x, "sign"), ">=");
    assert_true(json_is_integer(json_object_get(x, "target")));
    assert_score_equal(fixture_number(x, "target"), 7000);
    assert_score_equal(fixture_number(x, "actual"), 7500);
    assert_text(fixture_text(x, "unit"), "条次");
    assert_text(fixture_text(x, "target_text"), "≥7000条次");
    assert_text(fixture_text(x, "actual_text"), "7500条次");
    assert_score_equal(fixture_number(x, "weight"), 40);
    assert_score_equal(fixture_number(x, "attainment"), 1);
    assert_score_equal(fixture_number(x, "score"), 40);
    assert_text(fixture_text(x, "status"), "scored");
    assert_text(fixture_text(x, "rule"), "by_sign");
    assert_true(strlen(fixture_text(x, "reason")) > 0);
    assert_score_equal(fixture_number(x, "claimed"), 40);
    assert_text(fixture_text(x, "source"), "data/outcomes.csv:2");
    json_t *cost = fixture_item(root, "p", "output.cost.+成本");
    assert_text(fixture_text(cost, "sign"), "<=");
    assert_score_equal(fixture_number(cost, "target"),
                       200000); /* in the base unit of its dimension */
    assert_score_equal(fixture_number(cost, "actual"), 250000);
    assert_text(fixture_text(cost, "unit"), "元");
    assert_score_equal(fixture_number(cost, "attainment"), 0.8);
    assert_true(json_is_null(json_object_get(cost, "claimed")));
    end(root);
}

static void test_json__other_values(void **state)
{
    static const char *const nulls[] = {"sign",        "target",      "actual",     "unit",
                                        "target_text", "actual_text", "attainment", "score",
                                        "claimed",     NULL};
    (void)state;
    begin("zh");
    json_t *root = fixture_score(), *day = fixture_item(root, "p", "output.timeliness.按时");
    assert_text(fixture_text(day, "sign"), "by");
    assert_text(fixture_text(day, "target"), "2019-12-31");
    assert_text(fixture_text(day, "actual"), "2019-11-05");
    json_t *range = fixture_item(root, "p", "output.quality.比例"),
           *ends = json_object_get(range, "target");
    assert_text(fixture_text(range, "sign"), "between");
    assert_int_equal(json_array_size(ends), 2);
    assert_score_equal(json_number_value(json_array_get(ends, 0)), 90); /* per cent as 90 */
    assert_score_equal(json_number_value(json_array_get(ends, 1)), 95);
    assert_text(fixture_text(range, "unit"), "%");
    json_t *words = fixture_item(root, "p", "benefit.social.提高");
    assert_text(fixture_text(words, "sign"), "qualitative");
    assert_text(fixture_text(words, "target"), "@提高");
    assert_text(fixture_text(words, "actual"), "-有所提高");
    assert_text(fixture_text(words, "rule"), "rating");
    assert_score_equal(fixture_number(words, "attainment"), 0.9);
    json_t *none = fixture_item(root, "p", "satisfaction.满意");
    assert_nulls(none, nulls);
    assert_text(fixture_text(none, "status"), "untargeted");
    json_t *forgotten = fixture_item(root, "p", "output.forgotten");
    assert_text(fixture_text(forgotten, "name"), "忘了的");
    assert_true(json_is_null(json_object_get(forgotten, "source")));
    end(root);
}

/* A sign that the data names stands there without a target too. */
static void test_json__sign_without_target(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", "[signs]\na.ini = <\n");
    fixture_file(
        "outcomes.csv",
        "fund,indicator,sign,target,actual,weight\np,a.x,≤,,5,50\np,a.y,,,5,25\np,a.ini,,,5,25\n");
    json_t *root = fixture_score();
    assert_text(fixture_text(fixture_item(root, "p", "a.x"), "sign"), "<=");
    assert_true(json_is_null(json_object_get(fixture_item(root, "p", "a.y"), "sign")));
    assert_text(fixture_text(fixture_item(root, "p", "a.ini"), "sign"), "<");
    end(root);
}

static void test_json__adjustments_and_findings(void **state)
{
    (void)state;
    begin("zh");
    json_t *root = fixture_score(), *list = json_object_get(fixture_fund(root, "p"), "adjustments");
    json_t *points = json_array_get(list, 0), *cap = json_array_get(list, 1);
    assert_score_equal(fixture_number(points, "points"), -2);
    assert_true(json_is_null(json_object_get(points, "cap")));
    assert_text(fixture_text(points, "reason"), "超预算支出");
    assert_true(json_is_null(json_object_get(cap, "points")));
    assert_text(fixture_text(cap, "cap"), "中");
    assert_text(fixture_text(cap, "reason"), "-x");
    size_t i;
    json_t *value;
    bool config = false;
    json_array_foreach(json_object_get(root, "findings"), i, value)
    {
        const char *severity = fixture_text(value, "severity");
        assert_true(strcmp(severity, "note") == 0 || strcmp(severity, "warning") == 0 ||
                    strcmp(severity, "error") == 0);
        assert_true(strlen(fixture_text(value, "message")) > 0);
        if (strcmp(fixture_text(value, "code"), "weights-sum") == 0 &&
            json_is_null(json_object_get(value, "fund"))) {
            config = true; /* q has the weights of the INI alone: 45 */
            assert_true(json_is_null(json_object_get(value, "year")));
            assert_true(json_is_null(json_object_get(value, "indicator")));
            assert_text(fixture_text(value, "source"), "config/t.ini:2");
        }
    }
    assert_true(config);
    end(root);
}

/* Writes a report of the folder; the text is the caller's. */
static char *write_report(sy_report report, const char *format, const sy_option *options, size_t n,
                          const char *language)
{
    sy_run *run;
    sy_error err = {0};
    sy_run_options o = {.struct_size = sizeof o, .data = fixture_data(), .language = language};
    char path[256];
    if (sy_run_open(&run, fixture_folder, &o, &err) != SY_OK)
        fail_msg("%s", err.message);
    snprintf(path, sizeof path, "%s/out", fixture_folder);
    assert_int_equal(sy_run_write(run, report, format, path, options, n, &err), SY_OK);
    sy_run_close(run);
    char *text = calloc(1, 100000);
    FILE *f = fopen(path, "rb");
    assert_true(text && f);
    assert_true(fread(text, 1, 99999, f) > 0);
    fclose(f);
    return text;
}

/* With a BOM unless told otherwise; text cells that a spreadsheet would run are made harmless. */
static void test_csv__funds(void **state)
{
    static const sy_option no_bom = {"bom", "no"};
    (void)state;
    begin("zh");
    char *text = write_report(SY_REPORT_SCORE, "csv", NULL, 0, NULL);
    char *plain = write_report(SY_REPORT_SCORE, "csv", &no_bom, 1, "en");
    assert_memory_equal(text, "\xEF\xBB\xBF", 3);
    assert_text(text + 3, plain); /* keys are English in any language */
    char *findings = strstr(plain, ",scored,");
    assert_non_null(findings);
    findings[8] = '\0';
    assert_text(
        plain,
        "fund,name,type,department,year,score,grade,coverage,bound_low,bound_high,status,findings\n"
        "p,\"甲, \"\"乙\"\"\",t,'=局,2019,81.75,中,0.8,65.00,85.00,scored,");
    assert_non_null(strstr(text, "\nq,,t,,2019,,,0,0.00,45.00,unscored,"));
    free(text);
    free(plain);
    fixture_end();
}

/* The cells of one line, up to the reason. */
static void assert_row(const char *text, const char *row)
{
    if (!strstr(text, row))
        fail_msg("no row %sin\n%s", row, text);
}

static void test_csv__detail(void **state)
{
    (void)state;
    begin("zh");
    char *text = write_report(SY_REPORT_SCORE_DETAIL, "csv", NULL, 0, NULL);
    const char *header = "\xEF\xBB\xBF"
                         "fund,year,indicator,name,sign,target,actual,unit,weight,attainment,score,"
                         "status,claimed,reason\n";
    assert_memory_equal(text, header, strlen(header));
    assert_row(text, "\np,2019,output.quantity.x,x,>=,7000,7500,条次,40,1,40.00,scored,40,");
    assert_row(text, "\np,2019,output.cost.+成本,'+成本,<=,200000,250000,元,10,0.8,8.00,scored,,");
    assert_row(
        text, "\np,2019,output.timeliness.按时,按时,by,2019-12-31,2019-11-05,,10,1,10.00,scored,,");
    assert_row(
        text,
        "\np,2019,output.quality.比例,比例,between,90~95,-3,%,10,0,0.00,scored,0.5,"); /* a number
                                                                                          is no text
                                                                                        */
    assert_row(
        text,
        "\np,2019,benefit.social.提高,提高,qualitative,'@提高,'-有所提高,,10,0.9,9.00,scored,9,");
    assert_row(text, "\np,2019,satisfaction.满意,满意,,,,,15,,,untargeted,,");
    assert_row(text, "\nq,2019,output.forgotten,忘了的,,,,,5,,,untargeted,,");
    free(text);
    fixture_end();
}

/* Each first character that a spreadsheet runs, in a text of the data. */
static void test_csv__neutralised(void **state)
{
    static const char *const names[] = {"=1", "+1", "-1", "@x", "＝1", "x=1", "1"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char funds[128], row[128];
        bool guarded = strchr("=+-@", names[i][0]) != NULL;
        begin("en");
        snprintf(funds, sizeof funds, "fund,name,type\nr,%s,t\n", names[i]);
        fixture_file("data/funds.csv", funds);
        char *text = write_report(SY_REPORT_SCORE, "csv", NULL, 0, NULL);
        snprintf(row, sizeof row, "\nr,%s%s,t,", guarded ? "'" : "", names[i]);
        assert_row(text, row);
        free(text);
        fixture_end();
    }
}

static void test_json__same_bytes(void **state)
{
    (void)state;
    begin("zh");
    char *one = write_report(SY_REPORT_SCORE, "json", NULL, 0, NULL);
    char *two = write_report(SY_REPORT_SCORE, "json", NULL, 0, NULL);
    assert_text(one, two);
    assert_non_null(strstr(one, "\"bounds\": [65, 85]")); /* no zeros behind */
    free(one);
    free(two);
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__keys),
        cmocka_unit_test(test_json__fund),
        cmocka_unit_test(test_json__levels),
        cmocka_unit_test(test_json__number),
        cmocka_unit_test(test_json__other_values),
        cmocka_unit_test(test_json__sign_without_target),
        cmocka_unit_test(test_json__adjustments_and_findings),
        cmocka_unit_test(test_csv__funds),
        cmocka_unit_test(test_csv__detail),
        cmocka_unit_test(test_csv__neutralised),
        cmocka_unit_test(test_json__same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
