/*
 * test_contract_paths.c - contract 2.1 through the library: paths from Chinese columns, and rows of
 * a form that are no indicators.
 */
#include "contract_fixture.h"

static const char *const header = "一级指标,二级指标,三级指标,分值,指标值,实际完成值,得分\n";

/* Scores a table of one fund p with the header above; `ini` is its type's. */
static json_t *score(const char *ini, const char *rows)
{
    char text[8192];
    fixture_begin();
    fixture_file("evaluation.ini", "[evaluation]\nyears = 2019\ntype = t\nlanguage = en\n"
                                   "[data outcomes]\npath = o.csv\nfund = p\n");
    fixture_file("config/t.ini", ini);
    snprintf(text, sizeof text, "%s%s", header, rows);
    fixture_file("o.csv", text);
    return fixture_score();
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

static const char *const plain = "[type]\nname = t\n";

/* One row each: its levels and name, and the path; NULL for none. */
static void test_paths__levels(void **state)
{
    static const struct {
        const char *levels, *path;
    } cases[] = {
        {"产出指标,数量指标,条次", "output.quantity.条次"},
        {"产出,质量,条次", "output.quality.条次"},
        {"产出指标,产出时效指标,条次", "output.timeliness.条次"},
        {"产出,产出成本,条次", "output.cost.条次"},
        {"产出,成本指标,条次", "output.cost.条次"},
        {"效益指标,经济效益指标,条次", "benefit.economic.条次"},
        {"效果,社会,条次", "benefit.social.条次"},
        {"效益,生态效益,条次", "benefit.ecological.条次"},
        {"效益,可持续影响指标,条次", "benefit.sustained.条次"},
        {"满意度指标,服务对象满意度指标,条次", "satisfaction.条次"},
        {"满意度,,条次", "satisfaction.条次"},
        {"效益指标,满意度指标,条次", "satisfaction.条次"},
        {"产出指标,服务对象满意度,条次", "satisfaction.条次"},
        {"成本指标,经济成本指标,条次", "cost.经济成本指标.条次"},
        {"决策,项目立项,条次", "decision.项目立项.条次"},
        {"过程,资金管理,条次", "process.资金管理.条次"},
        {"投入,预算配置,条次", "input.预算配置.条次"},
        {"绩效,其他,条次", "绩效.其他.条次"},
        {"产出指标(50分),数量指标（20分）,条次", "output.quantity.条次"},
        {"产出指标（50）,数量指标(20),条次", "output.quantity.条次"},
        {"产 出 指 标,数量 指标,条次", "output.quantity.条次"},
        {"产出指标,数量指标,指标1：条次", "output.quantity.条次"},
        {"产出指标,数量指标,指标12:条次", "output.quantity.条次"},
        {"产出指标,数量指标,①条次", "output.quantity.条次"},
        {"产出指标,数量指标,★条次", "output.quantity.条次"},
        {"产出指标,数量指标,★指标1：条次", "output.quantity.条次"},
        {"产出指标,数量指标,a b.c:d=e;f#g*h[i]j", "output.quantity.a_b_c_d_e_f_g_h_i_j"},
        {"产出指标,数量指标,\"a\tb\nc\"", "output.quantity.a_b_c"},
        {"产出指标,,条次", "output.条次"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char row[512];
        snprintf(row, sizeof row, "%s,10,10,9,9\n", cases[i].levels);
        json_t *root = score(plain, row);
        json_t *items = json_object_get(fixture_fund(root, "p"), "indicators");
        assert_int_equal(json_array_size(items), 1);
        assert_text(fixture_text(json_array_get(items, 0), "path"), cases[i].path);
        end(root);
    }
}

/* `name` is the cell, trimmed, unchanged. */
static void test_paths__names(void **state)
{
    (void)state;
    json_t *root = score(plain, "产出指标,数量指标, ★指标1：推送 条次 ,10,10,9,\n");
    assert_text(fixture_text(fixture_item(root, "p", "output.quantity.推送_条次"), "name"),
                "★指标1：推送 条次");
    end(root);
}

/* Empty level cells are merged ones: the row above's, as long as the branch is the same. */
static void test_paths__empty_levels(void **state)
{
    static const char *const paths[] = {
        "output.quantity.a", "output.quantity.b", "output.quality.c",
        "output.quality.d",  "benefit.e",         "benefit.f",
        "benefit.social.g",  "benefit.social.h",  "satisfaction.i"};
    (void)state;
    json_t *root = score(
        plain, "产出指标,数量指标,a,1,1,1,\n,,b,1,1,1,\n,质量指标,c,1,1,1,\n产出指标,,d,1,1,1,\n"
               "效益指标,,e,1,1,1,\n,,f,1,1,1,\n,社会效益指标,g,1,1,1,\n效益（30分）,,h,1,1,1,\n"
               "满意度指标,服务对象满意度,i,1,1,1,\n");
    json_t *items = json_object_get(fixture_fund(root, "p"), "indicators");
    assert_int_equal(json_array_size(items), 9);
    for (size_t i = 0; i < 9; i++)
        assert_text(fixture_text(json_array_get(items, i), "path"), paths[i]);
    end(root);
}

/* Points in brackets are held against the weights below. */
static void test_paths__points_in_brackets(void **state)
{
    (void)state;
    json_t *root =
        score(plain, "产出指标(50分),数量指标（20分）,a,20,1,1,\n,质量指标(30),b,25,1,1,\n"
                     "效益指标（30分）,经济效益,c,30,1,1,\n");
    assert_int_equal(fixture_findings(root, "bracket-points"), 2);
    json_t *whole = contract_finding(root, "bracket-points", 0),
           *part = contract_finding(root, "bracket-points", 1);
    assert_text(fixture_text(whole, "source"), "o.csv:2");
    assert_non_null(strstr(fixture_text(whole, "message"), "50"));
    assert_non_null(strstr(fixture_text(whole, "message"), "45"));
    assert_text(fixture_text(part, "source"), "o.csv:3");
    assert_non_null(strstr(fixture_text(part, "message"), "output.quality"));
    end(root);
}

/* 满意度 below another level 1: its points belong to that level's bracket too, and its own level 2
 * bracket is that of `satisfaction`. */
static void test_paths__points_in_brackets_of_moved_rows(void **state)
{
    (void)state;
    json_t *root = score(plain, "产出指标(60分),数量指标,a,60,1,1,\n"
                                "效益指标（40分）,社会效益（30分）,b,30,1,1,\n"
                                ",满意度指标(10分),c,5,1,1,\n,,d,5,1,1,\n");
    assert_int_equal(fixture_findings(root, "bracket-points"), 0);
    end(root);
    root = score(plain, "效益指标（40分）,满意度指标（20分）,a,10,1,1,\n,社会效益,b,29,1,1,\n");
    assert_int_equal(fixture_findings(root, "bracket-points"), 2);
    json_t *whole = contract_finding(root, "bracket-points", 0),
           *moved = contract_finding(root, "bracket-points", 1);
    assert_non_null(strstr(fixture_text(whole, "message"), "benefit"));
    assert_non_null(strstr(fixture_text(whole, "message"), "39"));
    assert_non_null(strstr(fixture_text(moved, "message"), "satisfaction"));
    assert_non_null(strstr(fixture_text(moved, "message"), "10"));
    end(root);
}

/* A [names] label in the same branch gives the row its path; in another branch it does not. */
static void test_paths__labels_of_the_type(void **state)
{
    static const char *const ini =
        "[weights]\noutput.quantity.push = 15\nbenefit.social.push = 5\n"
        "satisfaction.people = 10\n"
        "[names]\noutput.quantity.push = 推送 条次\nbenefit.social.push = 知晓率\n"
        "satisfaction.people = 群众满意度\n";
    (void)state;
    json_t *root = score(ini, "产出指标,数量指标,指标1：推送 条次,,10,9,\n,,知晓率,3,10,9,\n"
                              "效益指标,满意度,群众满意度,,90%,80%,\n");
    assert_score_equal(fixture_number(fixture_item(root, "p", "output.quantity.push"), "weight"),
                       15);
    assert_score_equal(fixture_number(fixture_item(root, "p", "output.quantity.push"), "actual"),
                       9);
    assert_text(fixture_text(fixture_item(root, "p", "output.quantity.push"), "name"),
                "指标1：推送 条次");
    assert_score_equal(fixture_number(fixture_item(root, "p", "output.quantity.知晓率"), "weight"),
                       3);
    assert_text(fixture_text(fixture_item(root, "p", "benefit.social.push"), "status"),
                "untargeted");
    assert_score_equal(fixture_number(fixture_item(root, "p", "satisfaction.people"), "actual"),
                       80);
    end(root);
}

static void test_paths__rows_that_are_no_indicators(void **state)
{
    (void)state;
    json_t *root = score(
        plain,
        "产出指标,数量指标,a,50,10,10,49\n,,指标2,,,,\n,,指标3：,,,,\n,,……,,,,\n,,...,,,,\n,,,,,,\n"
        "产出指标,质量指标,,,,,\n,,b,50,10,9,45\n,,其中：甲,,5,4,\n总分,,,100,,,94\n");
    json_t *p = fixture_fund(root, "p"), *items = json_object_get(p, "indicators");
    assert_int_equal(json_array_size(items), 2);
    assert_text(fixture_text(json_array_get(items, 1), "path"), "output.quality.b");
    assert_score_equal(fixture_number(p, "score"), 95);
    assert_int_equal(fixture_findings(root, "part-row"), 1);
    assert_text(fixture_text(contract_finding(root, "part-row", 0), "source"), "o.csv:10");
    assert_text(fixture_text(contract_finding(root, "part-row", 0), "severity"), "note");
    end(root);
}

/* 其中 with a weight is an indicator; a total may stand in any cell of the row. */
static void test_paths__parts_with_a_weight_and_totals(void **state)
{
    static const char *const totals[] = {"总分,,,100,,,94\n", ",,总分,100,,,94\n",
                                         "合计,,,100,,,94\n", "合 计,,,,,,94分\n",
                                         "总 分（100分）,,,,,,94\n"};
    (void)state;
    json_t *root = score(plain, "产出指标,数量指标,a,50,10,10,\n,,其中：甲,50,5,5,\n");
    assert_score_equal(fixture_number(fixture_item(root, "p", "output.quantity.其中：甲"), "score"),
                       50);
    end(root);
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        char rows[256];
        snprintf(rows, sizeof rows, "产出指标,数量指标,a,100,10,9,\n%s", totals[i]);
        fixture_begin();
        fixture_file(
            "evaluation.ini",
            "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\nfund = p\n");
        char text[512];
        snprintf(text, sizeof text, "%s%s", header, rows);
        fixture_file("o.csv", text);
        fixture_file("scripts/t.lua",
                     "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                     "function rules.check(f) f:finding('note', 'claimed ' .. f.claimed // 1) end\n"
                     "return rules\n");
        root = fixture_score();
        assert_int_equal(json_array_size(json_object_get(fixture_fund(root, "p"), "indicators")),
                         1);
        assert_int_equal(
            strncmp(fixture_text(contract_finding(root, "script", 0), "message"), "claimed 94", 10),
            0);
        end(root);
    }
}

/* The budget row is execution.rate; the facts of the fund's own row win over its cells; its weight
 * counts. */
static void test_paths__budget_row(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n"
                 "[data funds]\npath = f.csv\n");
    fixture_file("config/t.ini", "[type]\nname = t\n[targets]\nexecution.rate = ≥100%\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "rules.measure['execution.rate'] = function(f)\n"
                 "  return sy.percent(f.spent, f.budget), '%'\nend\nreturn rules\n");
    fixture_file("f.csv", "fund,budget\nb,200元\n");
    fixture_file("o.csv",
                 "fund,一级指标,二级指标,三级指标,分值,指标值,实际完成值\n"
                 "a,预算执行率（10分）,,年度资金总额,10,43.2,37.24\na,,,其中：财政拨款,,40,37.24\n"
                 "b,预算执行,预算执行率,资金,8,100元,50元\n");
    json_t *root = fixture_score();
    assert_int_equal(json_array_size(json_object_get(fixture_fund(root, "a"), "indicators")), 1);
    assert_near(fixture_number(fixture_item(root, "a", "execution.rate"), "actual"),
                37.24 / 43.2 * 100, 1e-9);
    assert_score_equal(fixture_number(fixture_item(root, "a", "execution.rate"), "score"), 8.62);
    assert_score_equal(fixture_number(fixture_item(root, "a", "execution.rate"), "weight"), 10);
    assert_text(fixture_text(fixture_item(root, "a", "execution.rate"), "name"), "年度资金总额");
    assert_score_equal(fixture_number(fixture_item(root, "b", "execution.rate"), "actual"), 25);
    assert_score_equal(fixture_number(fixture_item(root, "b", "execution.rate"), "score"), 2);
    end(root);
}

/* Levels of one fund do not reach into the next one's rows, whatever the order of the rows. */
static void test_paths__levels_of_each_fund(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = o.csv\n");
    fixture_file("o.csv", "fund,一级指标,二级指标,三级指标,分值,指标值,实际完成值\n"
                          "a,产出,数量,x,1,1,1\na,,,y,1,1,1\nb,,,z,1,1,1\nb,效益,社会,x,1,1,1\n");
    json_t *root = fixture_score();
    assert_text(fixture_text(fixture_item(root, "a", "output.quantity.y"), "source"), "o.csv:3");
    assert_text(fixture_text(fixture_item(root, "b", "z"), "source"), "o.csv:4");
    assert_text(fixture_text(fixture_item(root, "b", "benefit.social.x"), "source"), "o.csv:5");
    end(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths__levels),
        cmocka_unit_test(test_paths__names),
        cmocka_unit_test(test_paths__empty_levels),
        cmocka_unit_test(test_paths__points_in_brackets),
        cmocka_unit_test(test_paths__points_in_brackets_of_moved_rows),
        cmocka_unit_test(test_paths__labels_of_the_type),
        cmocka_unit_test(test_paths__rows_that_are_no_indicators),
        cmocka_unit_test(test_paths__parts_with_a_weight_and_totals),
        cmocka_unit_test(test_paths__budget_row),
        cmocka_unit_test(test_paths__levels_of_each_fund),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
