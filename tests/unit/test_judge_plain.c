/*
 * test_judge_plain.c - items that are judged by their shape come to what they come to when each is
 * judged by itself: the same status, attainment, score and findings, in the same order.
 */
#include "builtin_plugins.h"
#include "evaluation_fixture.h"

#include "base/buf.h"
#include "model/evaluation.h"
#include "stage/plan.h"

static uint64_t random_state = 20191231;

static size_t choose(size_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)((random_state >> 20) % n);
}

/* The first three of a column's cells are the usual ones. */
static const struct {
    const char *name, *cells[20];
} columns[] = {
    {"sign", {">=", "<=", "", ">", "<", "=", "between", "by", "qualitative", "定量"}},
    {"target",
     {"5", "80.50", "100", "0", "0.00", "≥5个", "≤104万元", "10000", "3个", "90%", "18-54", "",
      "12..5", "优", "不适用", "9月底前", "2019-12-20", "-3"}},
    {"actual",
     {"6", "79.99", "150", "0", "0.00", "6个", "103.9万元", "20000", "4件", "0.9", "20", "",
      "12..6", "良", "不适用", "2019-10-02", "优", "≥7个"}},
    {"unit", {"", "", "", "元", "万元", "%", "个"}},
    {"rating", {"", "", "", "优", "0.8", "不适用", "奇怪"}},
};

#define NCOLUMNS (sizeof columns / sizeof *columns)

static void add_row(struct buf *b, size_t fund, size_t indicator, bool rated)
{
    static const char *const branches[] = {"output", "benefit", "cost"};
    const size_t odd = choose(3 * NCOLUMNS); /* in a third of the rows one cell is another */
    const bool all = choose(6) == 0;
    buf_printf(b, "f%zu,%s.i%zu", fund, branches[indicator % 3], indicator);
    for (size_t c = 0; c < NCOLUMNS - !rated; c++) {
        size_t n = 0;
        while (n < 20 && columns[c].cells[n])
            n++;
        buf_printf(b, ",%s", columns[c].cells[choose(all || c == odd ? n : 3)]);
    }
    buf_printf(b, ",%zu\n", 1 + choose(9));
}

static void put_outcomes(bool rated)
{
    struct buf b = {0};
    buf_printf(&b, "fund,indicator,sign,target,actual,unit,%sweight\n", rated ? "rating," : "");
    for (size_t fund = 0; fund < 8; fund++)
        for (size_t indicator = 0; indicator < 12; indicator++)
            add_row(&b, fund, indicator, rated);
    fixture_file("outcomes.csv", buf_text(&b));
    buf_dispose(&b);
}

static const char *const script =
    "local sy = require 'steelyard'\n"
    "local rules = sy.rules { api = 1 }\n"
    "rules.indicator['output.i0'] = sy.completion { over = 1.2 }\n"
    "rules.indicator['output.i3'] = sy.reverse {}\n"
    "rules.indicator['output.i6'] = sy.pass_fail {}\n"
    "rules.indicator['output.i9'] = sy.tiers { { 90, 1 }, { 50, 0.5 } }\n"
    "rules.indicator['benefit.i1'] = sy.deduct { from = 100, per = 10, lose = 0.1 }\n"
    "rules.indicator['benefit.i4'] = sy.between { lo = 5, hi = 20, width = 100 }\n"
    "rules.indicator['benefit.i7'] = sy.least { sy.completion {}, sy.tiers { { 50, 1 } } }\n"
    "rules.indicator['benefit.i10'] = function(i)\n"
    "  return i.actual and i.target and i.actual / (i.target + 1), 'told'\n"
    "end\n"
    "rules.indicator['cost.i2'] = sy.against_previous { sy.completion {} }\n"
    "rules.indicator['cost.i5'] = sy.deadline { lose = 0.1, per = 'month' }\n"
    "rules.indicator['cost.i8'] = sy.rating {}\n"
    "return rules\n";

/* A text with a number that holds every bit of x. */
static void add_number(struct buf *out, double x)
{
    buf_printf(out, " %a", x);
}

static void add_items(struct buf *out, const struct run *r)
{
    for (uint32_t i = 0; i < r->nitems; i++) {
        buf_printf(out, "%s %s", item_path(r, i), item_status_word(item_status(r, i)));
        add_number(out, item_attainment(r, i));
        add_number(out, item_score(r, i));
        add_number(out, item_ruled(r, i));
        buf_printf(out, " %s\n", item_reason(r, i) ? r->d.cells.data + item_reason(r, i) : "-");
    }
    for (uint32_t i = 0; i < r->nfunds; i++) {
        const struct fund_result *result = &r->results[i];
        buf_printf(out, "%s %lld %lld %lld %u", fund_status_word(result->status),
                   (long long)result->score, (long long)result->low, (long long)result->high,
                   (unsigned)result->nfindings);
        add_number(out, result->coverage);
        buf_char(out, '\n');
    }
}

static void add_findings(struct buf *out, const struct run *r)
{
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        buf_printf(out, "%s:%u ", finding_word((enum finding_code)f->code), (unsigned)f->line);
        dataset_message(out, &r->d, f, false);
        buf_char(out, '\n');
    }
}

/* All that scoring makes of the folder. */
static void write_run(struct buf *out, bool thorough, size_t *plain)
{
    const struct run_options options = {
        .installed = fixture_data(), .jobs = 1, .thorough = thorough};
    struct evaluation *e;
    struct run *r;
    sy_error err = {0};
    assert_int_equal(evaluation_load(&e, fixture_folder, &err), SY_OK);
    assert_int_equal(run_load(&r, e, plugins, &options, &err), SY_OK);
    const sy_status status = run_score(r, &err);
    if (status != SY_OK)
        print_error("%s:%u: %s\n", err.file, (unsigned)err.line, err.message);
    assert_int_equal(status, SY_OK);
    add_items(out, r);
    add_findings(out, r);
    for (uint32_t i = 0; i < r->nitems; i++)
        *plain += item_status(r, i) == ITEM_SCORED && item_row(r, i) != NO_ROW;
    run_free(r);
    evaluation_free(e);
}

static void compare_runs(size_t *plain)
{
    struct buf quick = {0}, thorough = {0};
    write_run(&thorough, true, plain);
    write_run(&quick, false, plain);
    assert_text(buf_text(&quick), buf_text(&thorough));
    buf_dispose(&quick);
    buf_dispose(&thorough);
}

/* Rules, signs, units, kinds, ratings and policies at random. */
static void test_judge_plain__as_each_by_itself(void **state)
{
    static const char *const inis[] = {
        "[type]\nname = t\n",
        "[signs]\noutput.* = <=\nbenefit.i1 = =\n[missing]\nactual = exclude\n",
        "[missing]\nrescale = level\nrejected = zero\n[rounding]\napply = total\n",
        "[targets]\noutput.i0 = ≥7\n[rounding]\nmode = down\ndecimals = 0\n"};
    size_t scored = 0;
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    for (size_t round = 0; round < 48; round++) {
        fixture_file("config/t.ini", inis[round % 4]);
        fixture_file("scripts/t.lua", round % 8 < 4 ? script
                                                    : "local sy = require 'steelyard'\n"
                                                      "return sy.rules { api = 1 }\n");
        put_outcomes(round % 3 == 0);
        compare_runs(&scored);
    }
    assert_true(scored > 48 * 96); /* of twice as many, half at least were scored */
    fixture_end();
}

/* One formula over whole chunks, with notes of several rules: what is said comes rule by rule. */
static void test_judge_plain__chunks(void **state)
{
    struct buf b = {0};
    size_t scored = 0;
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini", "[evaluation]\nyears = 2018-2019\n[data funds]\npath = "
                                   "funds.csv\n[data outcomes]\npath = outcomes.csv\n");
    buf_str(&b, "fund,year,type\n");
    for (size_t fund = 0; fund < 900; fund++)
        buf_printf(&b, "f%zu,%d,%s\n", fund / 2, fund % 2 ? 2018 : 2019, fund % 3 ? "t" : "u");
    fixture_file("funds.csv", buf_text(&b));
    buf_clear(&b);
    buf_str(&b, "fund,year,indicator,sign,target,actual,weight\n");
    for (size_t fund = 0; fund < 900; fund++)
        for (size_t i = 0; i < 20; i++)
            buf_printf(&b, "f%zu,%d,a.i%zu,%s,%zu.%zu,%zu,5\n", fund / 2, fund % 2 ? 2018 : 2019, i,
                       choose(2) ? ">=" : "<=", choose(90), choose(10), choose(120));
    fixture_file("outcomes.csv", buf_text(&b));
    buf_dispose(&b);
    compare_runs(&scored);
    assert_int_equal(scored, 2 * 900 * 20);
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judge_plain__as_each_by_itself),
        cmocka_unit_test(test_judge_plain__chunks),
    };
    return cmocka_run_group_tests(tests, plugins_open, plugins_close);
}
