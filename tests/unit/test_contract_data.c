/*
 * test_contract_data.c - contract 2 and 2.1 through the library: sources, constants, {year},
 * {fund}, `*`, years, headers, keys. Paths from Chinese columns and cells have tests of their own.
 */
#include "contract_fixture.h"

/* An evaluation.ini of these years and sources; its type has an INI. */
static void begin(const char *years, const char *sources)
{
    char text[2048];
    fixture_begin();
    snprintf(text, sizeof text, "[evaluation]\nyears = %s\ntype = t\nlanguage = en\n%s", years,
             sources);
    fixture_file("evaluation.ini", text);
    fixture_file("config/t.ini", "[type]\nname = t\n");
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

/* The message of a run that cannot be opened. */
static void expect_failure(sy_status status, const char *part, const char *part2)
{
    sy_error err = {0};
    char text[2048];
    json_t *root = fixture_score_with(NULL, &err);
    assert_null(root);
    snprintf(text, sizeof text, "%s:%u: %s", err.file, (unsigned)err.line, err.message);
    if (err.status != status || !strstr(text, part) || !strstr(text, part2))
        fail_msg("status %d: '%s' has no '%s' or no '%s'", (int)err.status, text, part, part2);
    fixture_end();
}

static double actual_of(json_t *root, const char *fund, const char *path)
{
    return fixture_number(fixture_item(root, fund, path), "actual");
}

static void test_data__year_in_the_path(void **state)
{
    (void)state;
    begin("2018-2019", "[data outcomes]\npath = data/{year}/o-{year}.csv\n");
    fixture_file("data/2018/o-2018.csv", "fund,indicator,weight,target,actual\np,a.x,1,10,8\n");
    fixture_file("data/2019/o-2019.csv", "fund,indicator,weight,target,actual\np,a.x,1,10,9\n");
    json_t *root = fixture_score(), *funds = json_object_get(root, "funds");
    assert_int_equal(json_array_size(funds), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *fund = json_array_get(funds, i);
        assert_score_equal(fixture_number(fund, "year"), (double)(2018 + i));
        assert_score_equal(
            fixture_number(json_array_get(json_object_get(fund, "indicators"), 0), "actual"),
            (double)(8 + i));
    }
    assert_text(json_string_value(json_array_get(
                    json_object_get(json_object_get(root, "evaluation"), "inputs"), 1)),
                "data/2019/o-2019.csv");
    end(root);
}

static void test_data__fund_in_the_path(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = data/o-{fund}.csv\n[data outcomes folders]\npath = "
                  "more/{fund}/o.csv\n"
                  "[data outcomes star]\npath = star/{fund}-*.csv\n");
    fixture_file("data/o-b.csv", "indicator,weight,target,actual\na.x,1,10,2\n");
    fixture_file("data/o-a.csv", "indicator,weight,target,actual\na.x,1,10,1\n");
    fixture_file("data/other.csv", "nothing\n");
    fixture_file("more/c/o.csv", "indicator,weight,target,actual\na.x,1,10,3\n");
    fixture_file("star/d-2019.csv", "indicator,weight,target,actual\na.x,1,10,4\n");
    fixture_file("star/e-1.csv",
                 "fund,indicator,weight,target,actual\n,a.x,1,10,5\nf,a.x,1,10,6\n");
    json_t *root = fixture_score(), *funds = json_object_get(root, "funds");
    static const char *const order[] = {"a", "b", "c", "d", "e", "f"};
    assert_int_equal(json_array_size(funds), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_text(fixture_text(json_array_get(funds, i), "fund"), order[i]);
        assert_score_equal(actual_of(root, order[i], "a.x"), (double)(i + 1));
    }
    end(root);
}

static void test_data__stars(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = data/*.csv\n");
    fixture_file("data/1.csv", "fund,indicator,weight,target,actual\np,a.x,1,10,1\n");
    fixture_file("data/2.csv", "fund,indicator,weight,target,actual\np,a.y,1,10,2\n");
    json_t *root = fixture_score();
    assert_score_equal(actual_of(root, "p", "a.x"), 1);
    assert_text(fixture_text(fixture_item(root, "p", "a.y"), "source"), "data/2.csv:2");
    end(root);
    begin("2019", "[data outcomes]\npath = data/*.csv\n");
    expect_failure(SY_EFILE, "data/*.csv", "no file");
    begin("2019", "[data outcomes]\npath = gone.csv\n");
    expect_failure(SY_EFILE, "gone.csv", "no");
}

static void test_data__constants(void **state)
{
    (void)state;
    begin("2018-2019",
          "[data outcomes]\npath = o.csv\nfund = p\nyear = 2019\nweight = 5\nsign = <=\n"
          "[data outcomes late]\npath = late.csv\nfund = q\nyear = 2018\n"
          "[data funds]\npath = f.csv\nyear = 2019\ndepartment = d\ntype = t\nbudget = 3万元\n");
    fixture_file("o.csv", "indicator,target,actual\na.x,10,9\n");
    fixture_file("late.csv", "indicator,weight,target,actual\na.x,1,10,8\n");
    fixture_file("f.csv", "fund,name\np,P\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "function rules.check(f)\n  f:finding('note', 'budget ' .. f.budget // 1)\nend\n"
                 "return rules\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.x"), "weight"), 5);
    assert_text(fixture_text(fixture_item(root, "p", "a.x"), "sign"), "<=");
    assert_text(fixture_text(fixture_fund(root, "p"), "department"), "d");
    assert_score_equal(fixture_number(fixture_fund(root, "q"), "year"), 2018);
    assert_true(strncmp(fixture_text(contract_finding(root, "script", 0), "message"),
                        "budget 30000", 12) == 0);
    end(root);
}

static void test_data__constants_that_mean_nothing(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = o.csv\nfunt = p\n");
    fixture_file("o.csv", "indicator,target,actual\na.x,10,9\n");
    expect_failure(SY_EINPUT, "evaluation.ini:7", "did you mean 'fund'");
}

/* A row's year: its own, the path's, the only one; else it is left out with a finding. Rows of
 * other years are not scored. */
static void test_data__years(void **state)
{
    (void)state;
    begin("2018-2019", "[data outcomes]\npath = o.csv\n");
    fixture_file(
        "o.csv",
        "fund,年度,indicator,weight,target,actual\np,2019年,a.x,1,10,1\np,2018年度,a.x,1,10,2\n"
        "p,2017,a.x,1,10,3\np,,a.x,1,10,4\np,20x9,a.x,1,10,5\n");
    json_t *root = fixture_score();
    assert_int_equal(json_array_size(json_object_get(root, "funds")), 2);
    assert_int_equal(fixture_findings(root, "unknown-year"), 1);
    assert_text(fixture_text(contract_finding(root, "unknown-year", 0), "source"), "o.csv:5");
    assert_int_equal(fixture_findings(root, "bad-number"), 1);
    end(root);
}

static void test_data__rows_outside_the_years_are_previous(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = o.csv\n");
    fixture_file(
        "o.csv",
        "fund,year,indicator,weight,target,actual\np,2018,a.x,1,10,7\np,2019,a.x,1,10,9\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "rules.indicator['a.x'] = function(i) return i.previous / 14 end\nreturn rules\n");
    json_t *root = fixture_score();
    assert_int_equal(json_array_size(json_object_get(root, "funds")), 1);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.x"), "attainment"), 0.5);
    end(root);
}

/* Each key twice: the first counts, both places are named. */
static void test_data__duplicate_keys(void **state)
{
    static const struct {
        const char *source, *first;
    } expected[] = {{"f.csv:3", "f.csv:2"},
                    {"x.csv:3", "x.csv:2"},
                    {"x.csv:4", "f.csv:2"},
                    {"o2.csv:2", "o1.csv:2"},
                    {"r.csv:3", "r.csv:2"}};
    (void)state;
    begin("2019",
          "[data funds]\npath = f.csv\n[data facts]\npath = x.csv\n[data ratings]\npath = r.csv\n"
          "[data outcomes]\npath = o1.csv\n[data outcomes more]\npath = o2.csv\n");
    fixture_file("config/t.ini", "[ratings]\ngood = 1\nbad = 0.2\n");
    fixture_file("f.csv", "fund,name,budget\np,first,100\np,second,200\n");
    fixture_file("x.csv", "fund,fact,value\np,staff,12\np,staff,14\np,budget,300\n");
    fixture_file("r.csv", "fund,indicator,rating\np,a.y,good\np,a.y,bad\n");
    fixture_file("o1.csv", "fund,indicator,weight,target,actual\np,a.x,50,10,10\np,a.y,50,,\n");
    fixture_file("o2.csv", "fund,indicator,weight,target,actual\np,a.x,50,10,1\n");
    json_t *root = fixture_score();
    assert_text(fixture_text(fixture_fund(root, "p"), "name"), "first");
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 100);
    assert_int_equal(fixture_findings(root, "duplicate-key"), 5);
    for (size_t i = 0; i < 5; i++) {
        bool found = false;
        for (size_t k = 0; k < 5; k++) {
            json_t *f = contract_finding(root, "duplicate-key", k);
            found = found || (strcmp(fixture_text(f, "source"), expected[i].source) == 0 &&
                              strstr(fixture_text(f, "message"), expected[i].first) != NULL);
            assert_text(fixture_text(f, "severity"), "error");
        }
        if (!found)
            fail_msg("%s: no finding names %s", expected[i].source, expected[i].first);
    }
    end(root);
}

/* A row that makes the same path through Chinese levels, or through a [names] label, has the same
 * key. */
static void test_data__same_indicator_written_in_two_ways(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = o.csv\n");
    fixture_file("config/t.ini", "[names]\noutput.quantity.push = 推送条次\n");
    fixture_file("o.csv",
                 "fund,indicator,一级指标,二级指标,三级指标,weight,target,actual\n"
                 "p,output.quantity.push,,,,100,10,10\np,,产出指标,数量指标,推送条次,100,10,1\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 100);
    assert_text(fixture_text(contract_finding(root, "duplicate-key", 0), "source"), "o.csv:3");
    end(root);
}

static void test_data__headers(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = o.csv\n[data funds]\npath = f.csv\n");
    fixture_file("config/columns.ini", "[outcomes]\nactual = 完成数量\n项目 = \n");
    fixture_file("o.csv", "x\n");
    expect_failure(SY_EINPUT, "columns.ini:3", "项目");
    begin("2019", "[data outcomes]\npath = o.csv\n[data funds]\npath = f.csv\n");
    fixture_file("config/columns.ini",
                 "[outcomes]\nactual = 完成数量\nfund = 编号\n[funds]\nfund = 编号\n");
    fixture_file("o.csv", "完成数量（个）, 年度 指标值 ,编号,Indicator,权重（100%）,奇怪,佐证材料\n"
                          "9,10,p,a.x,1,?,文件\n8,10,p,a.y,1,?,\n");
    fixture_file("f.csv", "编号,项目名称,主管部门,全年预算数（万元）,编制数\np,名,部,5,12\n");
    json_t *root = fixture_score();
    assert_score_equal(actual_of(root, "p", "a.x"), 9);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.x"), "target"), 10);
    assert_text(fixture_text(fixture_fund(root, "p"), "name"), "名");
    assert_text(fixture_text(fixture_fund(root, "p"), "department"), "部");
    assert_int_equal(fixture_findings(root, "unknown-column"), 1);
    assert_non_null(
        strstr(fixture_text(contract_finding(root, "unknown-column", 0), "message"), "奇怪"));
    assert_text(fixture_text(contract_finding(root, "unknown-column", 0), "severity"), "note");
    end(root);
}

/* A missing column is named with those that were found. */
static void test_data__missing_columns(void **state)
{
    static const struct {
        const char *table, *text, *missing, *found;
    } cases[] = {
        {"outcomes", "indicator,weight\n", "'fund'", "indicator, weight"},
        {"outcomes", "fund,level1,weight\n", "indicator", "fund, level1, weight"},
        {"outcomes", "fund,name\n", "indicator", "fund, name"},
        {"facts", "fund,value\n", "'fact'", "fund, value"},
        {"facts", "fund,fact\n", "'value'", "fund, fact"},
        {"funds", "name,type\n", "'fund'", "name, type"},
        {"ratings", "fund,rating\n", "'indicator'", "fund, rating"},
        {"ratings", "fund,indicator\n", "'rating'", "fund, indicator"},
        {"adjustments", "fund,reason\n", "points", "fund, reason"},
        {"adjustments", "fund,reason\n", "cap", "fund, reason"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sources[128];
        snprintf(sources, sizeof sources, "[data %s]\npath = x.csv\n", cases[i].table);
        begin("2019", sources);
        fixture_file("x.csv", cases[i].text);
        expect_failure(SY_EINPUT, cases[i].missing, cases[i].found);
    }
}

static void test_data__only_a_header(void **state)
{
    (void)state;
    begin(
        "2019",
        "[data outcomes]\npath = o.csv\n[data facts]\npath = x.csv\n[data funds]\npath = f.csv\n");
    fixture_file("o.csv", "fund,indicator,weight,target,actual");
    fixture_file("x.csv", "fund,fact,value\r\n");
    fixture_file("f.csv", "\xEF\xBB\xBF"
                          "fund,name\n\n");
    json_t *root = fixture_score();
    assert_int_equal(json_array_size(json_object_get(root, "funds")), 0);
    assert_int_equal(json_array_size(json_object_get(root, "findings")), 0);
    end(root);
}

/* Funds that only outcomes or facts name exist too; the whole and its part are both scored. */
static void test_data__funds_and_parts(void **state)
{
    (void)state;
    begin(
        "2019",
        "[data outcomes]\npath = o.csv\n[data facts]\npath = x.csv\n[data funds]\npath = f.csv\n");
    fixture_file(
        "f.csv",
        "fund,department,part_of,spent\nwhole,d,,300\npart,d,whole,100\nlost,d,nowhere,50\n");
    fixture_file("o.csv",
                 "fund,indicator,weight,target,actual\nwhole,a.x,100,10,5\npart,a.x,100,10,10\n"
                 "lost,a.x,100,10,10\nonly,a.x,100,10,10\n");
    fixture_file("x.csv", "fund,fact,value\nfacts,staff,5\n");
    json_t *root = fixture_score();
    assert_int_equal(json_array_size(json_object_get(root, "funds")), 5);
    assert_text(fixture_text(fixture_fund(root, "part"), "part_of"), "whole");
    assert_text(fixture_text(fixture_fund(root, "facts"), "status"), "unscored");
    assert_int_equal(fixture_findings(root, "unknown-fund"), 1);
    /* The whole is left out of its department: 2 funds, (100 × 100 + 100 × 50) / 150. */
    json_t *department = json_array_get(json_object_get(root, "departments"), 0);
    assert_score_equal(fixture_number(department, "funds"), 2);
    assert_score_equal(fixture_number(department, "weighted_mean"), 100);
    end(root);
}

/* A dash or a stroke alone is an empty cell in every column. */
static void test_data__dashes_in_every_column(void **state)
{
    static const char *const dashes[] = {"/", "—", "－"};
    (void)state;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        char text[1024];
        const char *d = dashes[i];
        begin("2019", "[data outcomes]\npath = o.csv\nfund = p\n[data funds]\npath = f.csv\n");
        snprintf(text, sizeof text,
                 "fund,year,name,department,part_of,claimed_grade\np,%s,%s,%s,%s,%s\n", d, d, d, d,
                 d);
        fixture_file("f.csv", text);
        snprintf(text, sizeof text,
                 "一级指标,二级指标,三级指标,weight,target,actual,unit,sign,rating,completion,"
                 "claimed,year\n"
                 "产出,数量,a,50,10,9,%s,%s,%s,%s,%s,%s\n%s,%s,b,50,10个,8,%s,%s,%s,%s,%s,%s\n",
                 d, d, d, d, d, d, d, d, d, d, d, d, d, d);
        fixture_file("o.csv", text);
        json_t *root = fixture_score(), *a = fixture_item(root, "p", "output.quantity.a");
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 85);
        assert_true(json_is_null(json_object_get(a, "unit")));
        assert_true(json_is_null(json_object_get(a, "claimed")));
        assert_text(fixture_text(fixture_item(root, "p", "output.quantity.b"), "status"), "scored");
        assert_true(json_is_null(json_object_get(fixture_fund(root, "p"), "part_of")));
        assert_int_equal(json_array_size(json_object_get(root, "findings")), 0);
        end(root);
    }
}

static void test_data__ratings_that_do_not_apply(void **state)
{
    (void)state;
    begin("2019", "[data outcomes]\npath = o.csv\n[data ratings]\npath = r.csv\n");
    fixture_file("config/t.ini", "[ratings]\ngood = 1\n");
    fixture_file("o.csv", "fund,indicator,weight,target,actual,rating\np,a.x,40,,done,不适用\n"
                          "p,a.y,40,,done,good\np,a.z,20,,done,good\n");
    fixture_file("r.csv", "fund,indicator,rating\np,a.z,无此项\n");
    json_t *root = fixture_score();
    assert_text(fixture_text(fixture_item(root, "p", "a.x"), "status"), "not_applicable");
    assert_text(fixture_text(fixture_item(root, "p", "a.z"), "status"), "not_applicable");
    /* 40 of 40 points that are left, handed the other 60. */
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 100);
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "coverage"), 1);
    end(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_data__year_in_the_path),
        cmocka_unit_test(test_data__fund_in_the_path),
        cmocka_unit_test(test_data__stars),
        cmocka_unit_test(test_data__constants),
        cmocka_unit_test(test_data__constants_that_mean_nothing),
        cmocka_unit_test(test_data__years),
        cmocka_unit_test(test_data__rows_outside_the_years_are_previous),
        cmocka_unit_test(test_data__duplicate_keys),
        cmocka_unit_test(test_data__same_indicator_written_in_two_ways),
        cmocka_unit_test(test_data__headers),
        cmocka_unit_test(test_data__missing_columns),
        cmocka_unit_test(test_data__only_a_header),
        cmocka_unit_test(test_data__funds_and_parts),
        cmocka_unit_test(test_data__dashes_in_every_column),
        cmocka_unit_test(test_data__ratings_that_do_not_apply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
