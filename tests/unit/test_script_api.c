/*
 * test_script_api.c - what scripts see: the indicator, the fund, dates, measures, and what they may
 * do to a fund. Each case is a line of Lua that must be true, or fail with a text.
 */
#include "script_fixture.h"

static void check_lines(const char *const (*cases)[2], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        struct fixture x;
        char source[1024];
        fixture_open(&x);
        snprintf(source, sizeof source,
                 HEAD "rules.indicator['*'] = function(i, fund)\n%s%s\nreturn 1 end" TAIL,
                 cases[k][1] == NULL ? "local ok = " : "", cases[k][0]);
        if (cases[k][1] == NULL)
            strcpy(strstr(source, "\nreturn 1 end"), "\nreturn ok and 1 or 0 end" TAIL);
        struct script *script = load_source(&x, source);
        const struct script_result r = run_item(&x, script, "x", ITEM_X);
        if (cases[k][1] == NULL) {
            if (r.outcome != SCRIPT_DONE || r.value.num != 1)
                fail_msg("not true: %s (%s)", cases[k][0], r.message ? r.message : "");
        } else {
            expect_error(&r, cases[k][1]);
        }
        fixture_close(&x);
    }
}

static void test_script_api__indicator(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"i.path == 'x' and i.name == '推送惠企政策条次' and i.sign == '>='", NULL},
        {"i.target == 7000 and i.actual == 3500 and i.unit == '条次' and i.weight == 15", NULL},
        {"i.rating == nil and i.claimed == nil and i.note == nil and i.previous == nil", NULL},
        {"'缺' .. (i.target - i.actual) .. '条' == '缺3500条'", NULL},
        {"tostring(i) == 'indicator' and type(i) == 'userdata'", NULL},
        {"fund.indicators.range.target[1] == 18 and fund.indicators.range.target[2] == 54", NULL},
        {"fund.indicators['text'].target == '完成'", NULL},
        {"fund.indicators.date.actual - fund.indicators.date.target == 31", NULL},
        {"fund.indicators.date.actual > fund.indicators.date.target", NULL},
        {"fund.indicators.nothing == nil", NULL},
        {"local x = i.actuals", "an indicator has no field 'actuals' (did you mean 'actual'?)"},
        {"local x = i[1]", "fields have names, not number"},
        {"i.actual = 5", "indicator is read-only"},
        {"i.new = 5", "indicator is read-only"},
        {"local x = i + 1", "arithmetic on a indicator value"},
        {"local x = fund.indicators[1]", "named by their path"},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
}

static void test_script_api__fund(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"fund.id == 'fund' and fund.year == 2019 and fund.staff == 11", NULL},
        {"fund.facts['编制数'] == 12 and fund['编制数'] == 12", NULL},
        {"fund.misuse == true and fund.note == '说明'", NULL},
        {"fund.spent == 2910000000 and fund.spent / 1e8 == 29.1", NULL},
        {"fund.nothing == nil and fund.facts.nothing == nil", NULL},
        {"fund.previous.staff == 14 and fund.previous.year == 2018", NULL},
        {"fund.previous.previous == nil", NULL},
        {"fund.previous.indicators.x == nil", NULL},
        {"tostring(fund.paid_on) == '2019-12-30' and fund.paid_on < sy.date(2019, 12, 31)", NULL},
        {"fund.staff = 5", "fund is read-only"},
        {"fund.facts.staff = 5", "facts is read-only"},
        {"local x = fund.score", "in rules.adjust only"},
        {"local x = fund[1]", "facts have names, not number"},
        {"local x = fund.facts[1]", "facts have names, not number"},
        {"fund:add(1, 'x')", "fund:add is for rules.adjust only"},
        {"fund:veto('x')", "fund:veto is for rules.adjust only"},
        {"fund:cap('差', 'x')", "fund:cap is for rules.adjust only"},
        {"fund:deduct(1)", "fund:deduct is for rules.adjust only"},
        {"fund.finding('note', 'x')", "with a colon"},
        {"fund.previous:finding('note', 'x')", "a year before cannot be changed"},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
}

static void test_script_api__values(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"sy.percent(11, 12) == 1100 / 12 and sy.percent(23, 20) == 115", NULL},
        {"sy.percent(nil, 1) == nil and sy.percent(1, nil) == nil and sy.percent(1, 0) == nil",
         NULL},
        {"sy.percent('1', 2)", "percent takes numbers, not string"},
        {"sy.date(2020, 2, 29) - sy.date(2020, 2, 28) == 1", NULL},
        {"sy.date(2020, 2, 28) + 2 == sy.date(2020, 3, 1)", NULL},
        {"2 + sy.date(2020, 2, 28) == sy.date(2020, 3, 1)", NULL},
        {"sy.date(2020, 3, 1) - 2 == sy.date(2020, 2, 28)", NULL},
        {"sy.date(2020, 3, 1) <= sy.date(2020, 3, 1) and sy.date(2020, 3, 1) ~= 5", NULL},
        {"'到' .. sy.date(2020, 3, 1) .. '止' == '到2020-03-01止'", NULL},
        {"sy.date(2020, 3, 1).month == 3 and sy.date(2020, 3, 1).day == 1", NULL},
        {"local x = sy.date(2019, 2, 29)", "there is no date 2019-2-29"},
        {"local x = sy.date(2019, 13, 1)", "there is no date 2019-13-1"},
        {"local x = sy.date(2019, 1, 1) < 5", "compares with a date only, not with number"},
        {"local x = sy.date(2019, 1, 1) + 0.5", "whole number of days"},
        {"local x = sy.date(2019, 1, 1) + '1'", "whole number of days"},
        {"local x = 5 - sy.date(2019, 1, 1)", "cannot be taken from a number"},
        {"local x = sy.date(9999, 12, 31) + 1", "years 1 to 9999"},
        {"local x = sy.date(2019, 1, 1) - 4000000", "years 1 to 9999"},
        {"local x = sy.date(2019, 1, 1).yeer", "did you mean 'year'"},
        {"sy.date(2019, 1, 1).year = 1", "date is read-only"},
        {"sy.not_applicable({})", "the reason must be a text, not table"},
        {"getmetatable(sy.date(2019, 1, 1)) == false", NULL},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
}

static void test_script_api__indicators_are_in_order_of_the_data(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    struct script *script = load_source(
        &x, HEAD
        "rules.indicator['x'] = function(i, fund)\n"
        "  local seen = {}\n"
        "  for path, item in pairs(fund.indicators) do seen[#seen + 1] = path .. item.weight end\n"
        "  return #seen, table.concat(seen, ' ') end" TAIL);
    const struct script_result r = run_item(&x, script, "x", ITEM_X);
    expect_done(&r, 5);
    assert_text(r.reason, "x15 range15 date15 text15 bare15");
    fixture_close(&x);
}

struct measure_case {
    const char *body;
    enum script_outcome outcome;
    enum script_kind kind;
    double num;
    const char *text, *unit, *reason, *lacking, *message;
};

static void check_text(const char *got, const char *expected)
{
    if (expected == NULL)
        assert_null(got);
    else
        assert_text(got, expected);
}

static void check_measure(const struct measure_case *c, const char *section)
{
    struct fixture x;
    char source[512];
    sy_error err = {0};
    fixture_open(&x);
    snprintf(source, sizeof source, HEAD "rules.%s['x'] = function(fund) %s end" TAIL, section,
             c->body);
    struct script *script = load_source(&x, source);
    const int function = strcmp(section, "measure") == 0 ? script_measure_of(script, "x", &err)
                                                         : script_target_of(script, "x", &err);
    const struct script_result r = run_fund(&x, script, function, FUND);
    if (r.outcome != c->outcome)
        fail_msg("%s: outcome %d %s", c->body, (int)r.outcome, r.message ? r.message : "");
    if (r.outcome == SCRIPT_ERROR) {
        expect_error(&r, c->message);
    } else {
        assert_int_equal(r.value.kind, c->kind);
        assert_score_equal(r.value.num, c->num);
        check_text(r.value.text, c->text);
        check_text(r.unit, c->unit);
        check_text(r.reason, c->reason);
        check_text(r.lacking, c->lacking);
    }
    fixture_close(&x);
}

static void test_script_api__measures(void **state)
{
    (void)state;
    static const struct measure_case cases[] = {
        {"return 5", SCRIPT_DONE, SCRIPT_NUMBER, 5, NULL, NULL, NULL, NULL, NULL},
        {"return sy.percent(fund.staff, 44), '%'", SCRIPT_DONE, SCRIPT_NUMBER, 25, NULL, "%", NULL,
         NULL, NULL},
        {"return '完成'", SCRIPT_DONE, SCRIPT_TEXT, 0, "完成", NULL, NULL, NULL, NULL},
        {"return true", SCRIPT_DONE, SCRIPT_BOOL, 1, NULL, NULL, NULL, NULL, NULL},
        {"return sy.date(1970, 1, 2)", SCRIPT_DONE, SCRIPT_DATE, 1, NULL, NULL, NULL, NULL, NULL},
        {"return nil, '无数据'", SCRIPT_NO_VALUE, SCRIPT_NIL, 0, NULL, NULL, "无数据", NULL, NULL},
        {"return", SCRIPT_NO_VALUE, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, NULL},
        {"return sy.percent(fund.none, 5)", SCRIPT_NO_VALUE, SCRIPT_NIL, 0, NULL, NULL, NULL,
         "none", NULL},
        {"return fund.none + 1", SCRIPT_LACKING, SCRIPT_NIL, 0, NULL, NULL, NULL, "none", NULL},
        {"return sy.not_applicable('无三公')", SCRIPT_NOT_APPLICABLE, SCRIPT_NIL, 0, NULL, NULL,
         "无三公", NULL, NULL},
        {"return 0/0", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "not-a-number"},
        {"return 1/0", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "infinite"},
        {"return {}", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "returned a table"},
        {"return {1, 2}", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "returned a table"},
        {"return fund", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "returned a userdata"},
        {"return 1, {}", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "the unit"},
        {"return nil, {}", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "the reason"},
        {"return '\\xff'", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "UTF-8"},
        {"fund:add(1)", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "rules.adjust only"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_measure(&cases[i], "measure");
    static const struct measure_case targets[] = {
        {"return {1, 2}", SCRIPT_DONE, SCRIPT_RANGE, 1, NULL, NULL, NULL, NULL, NULL},
        {"return {2, 1}", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL, "returned a table"},
        {"return {1, 'x'}", SCRIPT_ERROR, SCRIPT_NIL, 0, NULL, NULL, NULL, NULL,
         "returned a table"},
        {"return 7, '个'", SCRIPT_DONE, SCRIPT_NUMBER, 7, NULL, "个", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        check_measure(&targets[i], "target");
}

static void check_adjust(const char *body, const char *record, const char *message)
{
    struct fixture x;
    char source[512];
    fixture_open(&x);
    snprintf(source, sizeof source, HEAD "function rules.adjust(fund) %s end" TAIL, body);
    struct script *script = load_source(&x, source);
    const struct script_result r = run_fund(&x, script, script_adjust(script), FUND);
    if (message == NULL) {
        expect_done(&r, 0);
        assert_text(x.fake.record, record);
    } else {
        expect_error(&r, message);
    }
    fixture_close(&x);
}

static void test_script_api__adjust(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"fund:add(2.5, '创新')", "points 0 2.5 创新\n", NULL},
        {"fund:add(-1)", "points 0 -1 \n", NULL},
        {"fund:deduct(2, '超预算支出') return 5", "points 0 -2 超预算支出\n", NULL},
        {"if fund.misuse == true then fund:cap('差', '截留挪用') end", "cap 0 差 截留挪用\n", NULL},
        {"fund:veto('弄虚作假')", "veto 0 弄虚作假\n", NULL},
        {"if fund.score > 93 and fund.indicators.x.score == 12.5 then fund:add(1, "
         "fund.indicators.x.status) end",
         "points 0 1 scored\n", NULL},
        {"fund:add('2')", NULL, "takes a number of points, not string"},
        {"fund:add(0/0)", NULL, "takes a number of points"},
        {"fund:add()", NULL, "takes a number of points"},
        {"fund:deduct(-2)", NULL, "0 or more"},
        {"fund:cap('极差')", NULL, "'极差' is no grade"},
        {"fund:cap(3)", NULL, "'3' is no grade"},
        {"fund:cap({})", NULL, "grade must be a text, not table"},
        {"fund:veto({})", NULL, "the reason must be a text, not table"},
        {"fund:veto('\\xff')", NULL, "the reason is not valid UTF-8"},
        {"fund.add(1)", NULL, "with a colon"},
        {"fund.previous:add(1)", NULL, "a year before"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_adjust(cases[i][0], cases[i][1], cases[i][2]);
}

static void test_script_api__findings_and_sums(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"fund:finding('warning', '支出大于下达指标')", "finding 0 1 - 支出大于下达指标\n", NULL},
        {"fund:finding('error', 'x', 'overspent')", "finding 0 2 overspent x\n", NULL},
        {"fund:finding('note', 5)", "finding 0 0 - 5\n", NULL},
        {"fund:finding('warnin', 'x')", NULL, "not 'warnin' (did you mean 'warning'?)"},
        {"fund:finding('note', { zh = '超支', en = 'overspent' })",
         "finding 0 0 - 超支 / overspent\n", NULL},
        {"fund:finding('note', { zh = '超支' }, 'overspent')", "finding 0 0 overspent 超支\n",
         NULL},
        {"fund:finding('note', { en = 'late' })", "finding 0 0 - late / late\n", NULL},
        {"fund:finding('note', { '超支' })", NULL, "neither zh nor en"},
        {"fund:finding('note', { zh = {} })", NULL, "Chinese text must be a text"},
        {"fund:finding('note', { zh = 'x', en = true })", NULL, "English text must be a text"},
        {"fund:finding('note')", NULL, "text must be a text"},
        {"fund:finding('note', 'x', 'nope')", NULL, "no finding code 'nope'"},
        {"assert(fund:expect_sum('expenditure', { 'basic', 'project' }, 0.01) == true)",
         "sum 0 expenditure 2 basic 0.01\n", NULL},
        {"assert(fund:expect_sum('a', { 'b' }) == false)", "sum 0 a 1 b 0\n", NULL},
        {"fund:expect_sum('a', 'b')", NULL, "takes a list of parts"},
        {"fund:expect_sum('a', {})", NULL, "takes 1 to 1000 parts"},
        {"fund:expect_sum('a', { 1 })", NULL, "part 1 is a number"},
        {"fund:expect_sum('a', { 'b' }, -1)", NULL, "within is 0 or more"},
        {"fund:expect_sum('a', { 'b' }, 'x')", NULL, "within is a number, not string"},
        {"fund:expect_sum({}, { 'b' })", NULL, "total must be a text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_adjust(cases[i][0], cases[i][1], cases[i][2]);
    struct fixture x;
    fixture_open(&x);
    struct script *script = load_source(&x, HEAD "function rules.check(fund)\n"
                                                 "  fund:expect_sum('a', { 'b', 'nobody_tells' })\n"
                                                 "  fund:finding('note', 'after') end" TAIL);
    const struct script_result r = run_fund(&x, script, script_check(script), FUND);
    assert_int_equal(r.outcome, SCRIPT_LACKING);
    assert_text(r.lacking, "nobody_tells");
    assert_text(x.fake.record, "");
    fixture_close(&x);
}

/* What is kept of one call is refused in the next, in whatever form. */
static void test_script_api__objects_hold_during_the_call(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"fund.indicators.x", "return kept.actual"},
        {"fund.previous", "return kept.staff"},
        {"fund.facts", "return kept.staff"},
        {"fund.indicators", "return kept.x and 1"},
        {"fund.indicators", "for path in pairs(kept) do return 1 end"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct fixture x;
        char source[512];
        fixture_open(&x);
        snprintf(source, sizeof source,
                 HEAD "local kept\nrules.indicator['x'] = function(i, fund)\n"
                      "if kept then %s end kept = %s return 1 end" TAIL,
                 cases[k][1], cases[k][0]);
        struct script *script = load_source(&x, source);
        struct script_result r = run_item(&x, script, "x", ITEM_X);
        expect_done(&r, 1);
        r = run_item(&x, script, "x", ITEM_X);
        expect_error(&r, "of an earlier call");
        fixture_close(&x);
    }
    struct fixture x;
    fixture_open(&x);
    struct script *script =
        load_source(&x, HEAD "local kept\n"
                             "rules.indicator['x'] = function(i) kept = i return 1 end\n"
                             "function rules.check() return kept.actual end" TAIL);
    run_item(&x, script, "x", ITEM_X);
    const struct script_result r = run_fund(&x, script, script_check(script), FUND);
    expect_error(&r, "of an earlier call");
    fixture_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script_api__indicator),
        cmocka_unit_test(test_script_api__fund),
        cmocka_unit_test(test_script_api__values),
        cmocka_unit_test(test_script_api__indicators_are_in_order_of_the_data),
        cmocka_unit_test(test_script_api__measures),
        cmocka_unit_test(test_script_api__adjust),
        cmocka_unit_test(test_script_api__findings_and_sums),
        cmocka_unit_test(test_script_api__objects_hold_during_the_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
