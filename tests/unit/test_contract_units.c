/*
 * test_contract_units.c - contract 2.1 and 2.2 through the library: units that stand in headers, in
 * constants and in the evaluation's own units.ini, and values that another place gives: [targets],
 * completion, excess, budget rows, facts.
 */
#include "contract_fixture.h"

/* Scores outcomes of the type t, an INI beside them. */
static json_t *score(const char *ini, const char *outcomes)
{
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", ini);
    fixture_file("outcomes.csv", outcomes);
    return fixture_score();
}

static void expect(json_t *root, const char *path, const char *key, const char *json)
{
    char what[128];
    snprintf(what, sizeof what, "%s of %s", key, path);
    contract_expect(json_object_get(fixture_item(root, "p", path), key), json, what);
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

static const char *const plain = "[type]\nname = t\n";

static void test_units__in_headers(void **state)
{
    (void)state;
    json_t *root = score(plain, "fund,indicator,weight,指标值(万元),实际完成值（亿元）\n"
                                "p,a.bare,1,21.16,2\np,a.own,1,5亿元,1\np,a.count,1,5个,1\n");
    expect(root, "a.bare", "target", "211600");
    expect(root, "a.bare", "actual", "200000000");
    expect(root, "a.own", "target", "500000000");
    expect(root, "a.own", "actual", "100000000");
    assert_text(fixture_text(fixture_item(root, "p", "a.bare"), "status"), "scored");
    end(root);
}

/* A unit in one header is the other column's too, where that says nothing; a row's own unit wins.
 */
static void test_units__one_header(void **state)
{
    (void)state;
    json_t *root =
        score(plain, "fund,indicator,weight,target,实际完成值(万元),unit\n"
                     "p,a.bare,1,100,99,\np,a.row,1,100,99,亿元\np,a.target,1,≥1亿元,9000,\n");
    expect(root, "a.bare", "target", "1000000");
    expect(root, "a.bare", "actual", "990000");
    expect(root, "a.row", "target", "10000000000");
    expect(root, "a.row", "actual", "9900000000");
    expect(root, "a.target", "actual", "90000000");
    end(root);
}

/* Other parentheses are ignored, of either width. */
static void test_units__other_parentheses(void **state)
{
    (void)state;
    json_t *root =
        score(plain, "fund,indicator,分值（10分）,年度指标值(A),全年完成值（B）\np,a.x,1,100,99\n");
    expect(root, "a.x", "target", "100");
    expect(root, "a.x", "actual", "99");
    expect(root, "a.x", "weight", "1");
    end(root);
}

/* A target of [targets] is read like a cell: it meets bare actuals, header units and the unit
 * column. */
static void test_units__targets_of_the_ini(void **state)
{
    (void)state;
    json_t *root =
        score("[targets]\na.bare = 500\na.unit = ≤20万元\na.header = ≥5亿元\na.given = 7\na.late = "
              "9月底前\n"
              "a.zero = 0\na.range = 18-54岁\na.text = 有效\n[signs]\na.bare = <=\n",
              "fund,indicator,weight,target,实际完成值,unit\n"
              "p,a.bare,1,,450,\np,a.unit,1,,19,\np,a.header,1,,4,亿元\np,a.given,1,8,8,\n"
              "p,a.late,1,,9月30日,\np,a.zero,1,,0,\np,a.range,1,,30,\np,a.text,1,,有效,\n");
    expect(root, "a.bare", "target", "500");
    expect(root, "a.bare", "sign", "\"<=\"");
    expect(root, "a.unit", "target", "200000");
    expect(root, "a.unit", "actual", "190000");
    expect(root, "a.unit", "sign", "\"<=\"");
    expect(root, "a.header", "target", "500000000");
    expect(root, "a.header", "actual", "400000000");
    expect(root, "a.given", "target", "8");
    expect(root, "a.late", "target", "\"2019-09-30\"");
    expect(root, "a.late", "actual", "\"2019-09-30\"");
    expect(root, "a.zero", "sign", "\"=\"");
    expect(root, "a.range", "target", "[18, 54]");
    expect(root, "a.text", "sign", "\"qualitative\"");
    expect(root, "a.text", "status", "\"scored\"");
    expect(root, "a.header", "target_text", "\"≥5亿元\"");
    end(root);
}

static void test_units__targets_meet_header_units(void **state)
{
    (void)state;
    json_t *root =
        score("[targets]\na.money = ≤20万元\na.bare = 20\n",
              "fund,indicator,weight,target,实际完成值(元)\np,a.money,1,,190000\np,a.bare,1,,19\n");
    expect(root, "a.money", "target", "200000");
    expect(root, "a.money", "actual", "190000");
    expect(root, "a.bare", "target", "20");
    expect(root, "a.bare", "actual", "19");
    end(root);
}

/* 18.2亿元 at 120% gives 15.1667亿元; 16.2% less 1.2 gives 15%. */
static void test_units__derived_targets(void **state)
{
    (void)state;
    json_t *root = score(
        plain, "fund,indicator,weight,target,actual,completion,excess\n"
               "p,a.completion,1,,18.2亿元,120%,\np,a.bare,1,,18.2亿元,120,\n"
               "p,a.points,1,,16.2%,,1.2个百分点\np,a.number,1,,16.2%,,1.2\n"
               "p,a.count,1,,110家,,10家\np,a.given,1,100,110,50%,\n"
               "p,a.zero,1,,110,0%,\np,a.other,1,,16.2%,,3家\np,a.signed,1,,≥18.2亿元,120%,\n");
    assert_near(fixture_number(fixture_item(root, "p", "a.completion"), "target"), 1820000000 / 1.2,
                1e-3);
    assert_near(fixture_number(fixture_item(root, "p", "a.bare"), "target"), 1820000000 / 1.2,
                1e-3);
    assert_near(fixture_number(fixture_item(root, "p", "a.signed"), "target"), 1820000000 / 1.2,
                1e-3);
    expect(root, "a.points", "target", "15");
    expect(root, "a.number", "target", "15");
    expect(root, "a.count", "target", "100");
    expect(root, "a.given", "target", "100");
    expect(root, "a.zero", "status", "\"untargeted\"");
    expect(root, "a.other", "status", "\"untargeted\"");
    assert_int_equal(fixture_findings(root, "target-derived"), 6);
    assert_int_equal(fixture_findings(root, "bad-number"), 2);
    end(root);
}

/* Header units of the columns that a target is derived from. */
static void test_units__derived_with_headers(void **state)
{
    (void)state;
    json_t *root = score(
        plain, "fund,indicator,weight,target,实际完成值(亿元),完成率(%)\np,a.x,1,,18.2,120\n");
    assert_near(fixture_number(fixture_item(root, "p", "a.x"), "target"), 1820000000 / 1.2, 1e-3);
    expect(root, "a.x", "actual", "1820000000");
    end(root);
}

static void test_units__of_the_evaluation(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/units.ini",
                 "[trees]\n棵 = 1\n捆 = 50, 把\n[money]\n分币 = 0.01\n[length]\n丈 = 3.3333\n");
    fixture_file(
        "outcomes.csv",
        "fund,indicator,weight,target,actual\np,a.own,1,100棵,2把\np,a.more,1,1元,100分币\n"
        "p,a.built,1,5公里,4000米\np,a.mix,1,100棵,100元\n");
    json_t *root = fixture_score();
    expect(root, "a.own", "actual", "100");
    expect(root, "a.more", "actual", "1");
    expect(root, "a.built", "actual", "4000");
    expect(root, "a.mix", "status", "\"rejected\"");
    end(root);
}

/* A unit for the whole source. */
static void test_units__constant(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\n[data outcomes]\npath = o.csv\nunit = 万元\n");
    fixture_file("o.csv", "fund,indicator,weight,target,actual\np,a.x,1,100,99\np,a.y,1,5个,4\n");
    json_t *root = fixture_score();
    expect(root, "a.x", "target", "1000000");
    expect(root, "a.x", "actual", "990000");
    expect(root, "a.y", "actual", "4");
    end(root);
}

/* Money facts in the units of their headers, of their own, of the facts table; a script shows what
 * it reads. */
static void test_units__facts(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data funds]\npath = f.csv\n"
                 "[data facts]\npath = facts.csv\n");
    fixture_file(
        "f.csv",
        "fund,预算数(万元),全年执行数,编制数,收入（单位：亿元）\np,21.16,20万元,12人,0.5\n");
    fixture_file("facts.csv",
                 "fund,fact,value,unit\np,share,3,‰\np,late,2019-05-21,\np,misuse,否,\np,open,√,\n"
                 "p,paid,1.5亿元,\np,gone,N/A,\np,empty,,\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "function rules.check(f)\n"
                 "  f:finding('note', string.format('%.10g %.10g %.10g %.10g %.10g %.10g',\n"
                 "    f.budget, f.spent, f['编制数'], f.facts['收入'], f.share, f.paid))\n"
                 "  f:finding('note', tostring(f.misuse) .. tostring(f.open) .. tostring(f.gone) "
                 ".. tostring(f.empty)\n"
                 "    .. tostring(f.late == sy.date(2019, 5, 21)))\nend\nreturn rules\n");
    json_t *root = fixture_score();
    assert_text(fixture_text(contract_finding(root, "script", 0), "message"),
                "211600 200000 12 50000000 0.3 150000000");
    assert_text(fixture_text(contract_finding(root, "script", 1), "message"),
                "falsetruenilniltrue");
    end(root);
}

/* The budget row: its cells are the facts, in whatever unit; 37.24 of 43.2 is 86.2037 %. */
static void test_units__budget_row(void **state)
{
    static const char *const tables[] = {
        "一级指标,二级指标,三级指标,分值,指标值,实际完成值\n预算执行,预算执行率,资金总额,10,43."
        "2万元,37.24万元\n",
        "一级指标,二级指标,三级指标,分值,指标值,实际完成值,单位\n预算执行率,,,10,43.2,37.24,万元\n",
        "一级指标,二级指标,三级指标,分值,指标值(万元),实际完成值(元)\n预算执行率（10分）,,,10,43.2,"
        "372400\n",
        "一级指标,二级指标,三级指标,分值,指标值,实际完成值\n预算执行,预算执行率,资金总额,10,43."
        "2万元,37.24\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        fixture_begin();
        fixture_file("evaluation.ini",
                     "[evaluation]\nyears = 2019\ntype = project_self_evaluation\n"
                     "[data outcomes]\npath = o.csv\nfund = p\n");
        fixture_file("o.csv", tables[i]);
        json_t *root = fixture_score();
        assert_near(fixture_number(fixture_item(root, "p", "execution.rate"), "actual"),
                    37.24 / 43.2 * 100, 1e-9);
        end(root);
    }
}

/* A budget row that prints the rate itself, and no money. */
static void test_units__budget_row_in_per_cent(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini", "[evaluation]\nyears = 2019\ntype = project_self_evaluation\n"
                                   "[data outcomes]\npath = o.csv\nfund = p\n");
    fixture_file(
        "o.csv",
        "一级指标,二级指标,三级指标,分值,指标值,实际完成值\n预算执行,预算执行率,,10,100%,86.2%\n");
    json_t *root = fixture_score();
    expect(root, "execution.rate", "target", "100");
    expect(root, "execution.rate", "actual", "86.2");
    expect(root, "execution.rate", "score", "8.62");
    assert_int_equal(fixture_findings(root, "bad-unit"), 0);
    end(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units__in_headers),
        cmocka_unit_test(test_units__one_header),
        cmocka_unit_test(test_units__other_parentheses),
        cmocka_unit_test(test_units__targets_of_the_ini),
        cmocka_unit_test(test_units__targets_meet_header_units),
        cmocka_unit_test(test_units__derived_targets),
        cmocka_unit_test(test_units__derived_with_headers),
        cmocka_unit_test(test_units__of_the_evaluation),
        cmocka_unit_test(test_units__constant),
        cmocka_unit_test(test_units__facts),
        cmocka_unit_test(test_units__budget_row),
        cmocka_unit_test(test_units__budget_row_in_per_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
