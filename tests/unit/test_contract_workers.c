/*
 * test_contract_workers.c - what functions see of each other's work, and what is left of a script
 * that is stopped: the same for any number of workers and any order of the data.
 */
#include "evaluation_fixture.h"

#include <stdbool.h>

#define HEAD "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
#define TAIL "\nreturn rules\n"

static const unsigned JOBS[] = {1, 2, 7};
#define NJOBS (sizeof JOBS / sizeof *JOBS)

static json_t *score_with(unsigned jobs)
{
    const sy_run_options options = {.jobs = jobs};
    sy_error err = {0};
    json_t *root = fixture_score_with(&options, &err);
    if (!root)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    return root;
}

/* The fund's entry of a year. */
static json_t *fund_of(json_t *root, const char *fund, int year)
{
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(root, "funds"), i, value)
    {
        if (strcmp(fixture_text(value, "fund"), fund) == 0 &&
            (int)fixture_number(value, "year") == year)
            return value;
    }
    fail_msg("no fund %s of %d", fund, year);
    return NULL;
}

static json_t *item_of(json_t *fund, const char *path)
{
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(fund, "indicators"), i, value)
    {
        if (strcmp(fixture_text(value, "path"), path) == 0)
            return value;
    }
    fail_msg("no indicator %s", path);
    return NULL;
}

static const char ini[] = "[evaluation]\nyears = 2018-2020\ntype = t\n[data outcomes]\npath = "
                          "outcomes.csv\n[data facts]\npath = facts.csv\n";

/* Each year's measure adds to that of the year before, though later years stand first. Other
 * measures of the fund are seen as reported; targets see what was measured. */
static void test_workers__measures_see_the_years_before(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini", ini);
    fixture_file("outcomes.csv",
                 "fund,year,indicator,target,actual,weight\n"
                 "p,2020,x,10,1,50\np,2020,y,,2,50\n"
                 "p,2018,x,10,1,50\np,2018,y,,2,50\np,2019,y,,2,50\np,2019,x,10,1,50\n");
    fixture_file("facts.csv", "fund,year,fact,value\np,2018,n,3\np,2019,n,4\np,2020,n,5\n");
    fixture_file(
        "scripts/t.lua",
        HEAD "rules.measure.x = function(fund)\n"
             "  return fund.n + (fund.previous and fund.previous.indicators.x.actual or 0) end\n"
             "rules.measure.y = function(fund) return fund.indicators.x.actual end\n"
             "rules.target.y = function(fund) return fund.indicators.x.actual end" TAIL);
    for (size_t k = 0; k < NJOBS; k++) {
        static const double sums[] = {3, 3 + 4, 3 + 4 + 5};
        json_t *root = score_with(JOBS[k]);
        for (int year = 2018; year <= 2020; year++) {
            json_t *fund = fund_of(root, "p", year);
            assert_score_equal(fixture_number(item_of(fund, "x"), "actual"), sums[year - 2018]);
            assert_score_equal(fixture_number(item_of(fund, "y"), "actual"), 1);
            assert_score_equal(fixture_number(item_of(fund, "y"), "target"), sums[year - 2018]);
        }
        json_decref(root);
    }
    fixture_end();
}

/* An adjustment looks at the year before, which is summed up by then wherever it stands. */
static void test_workers__adjustments_see_the_year_before(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini", ini);
    fixture_file("outcomes.csv", "fund,year,indicator,target,actual,weight\n"
                                 "p,2019,x,10,5,100\np,2018,x,10,2,100\n");
    fixture_file("facts.csv", "fund,year,fact,value\n");
    fixture_file("scripts/t.lua",
                 HEAD "function rules.adjust(fund)\n"
                      "  if not fund.previous then return end\n"
                      "  fund:add(fund.score - fund.previous.score, 'more')\n"
                      "  fund:deduct(fund.previous.indicators.x.score / 10, 'less') end" TAIL);
    for (size_t k = 0; k < NJOBS; k++) {
        json_t *root = score_with(JOBS[k]);
        assert_score_equal(fixture_number(fund_of(root, "p", 2018), "score"), 20);
        assert_score_equal(fixture_number(fund_of(root, "p", 2019), "score"), 50 + 30 - 2);
        json_decref(root);
    }
    fixture_end();
}

/* A fund too long to be looked through: each row finds its own, of this year and of the last,
 * whether that is scored or not. */
static void test_workers__long_funds_are_indexed(void **state)
{
    (void)state;
    enum { ROWS = 300 };
    for (int scored = 0; scored < 2; scored++) {
        char *text = malloc(ROWS * 2 * 64), *at = text;
        assert_non_null(text);
        at += sprintf(at, "fund,year,indicator,target,actual,weight\n");
        for (int year = 2018; year <= 2019; year++)
            for (int i = 0; i < ROWS; i++)
                at += sprintf(at, "p,%d,a.n%d,1000,%d,1\n", year, (i * 7) % ROWS,
                              (i * 7) % ROWS + (year - 2018) * 1000);
        fixture_begin();
        fixture_file("evaluation.ini", scored ? "[evaluation]\nyears = 2018-2019\ntype = t\n"
                                                "[data outcomes]\npath = outcomes.csv\n"
                                              : "[evaluation]\nyears = 2019\ntype = t\n"
                                                "[data outcomes]\npath = outcomes.csv\n");
        fixture_file("outcomes.csv", text);
        fixture_file("scripts/t.lua",
                     HEAD "rules.indicator['a.*'] = function(i, fund)\n"
                          "  local same = fund.indicators[i.path].actual == i.actual\n"
                          "  local before = i.previous or i.actual - 1000\n"
                          "  return same and i.actual - before == 1000 and 1 or 0 end" TAIL);
        json_t *root = score_with(2), *fund = fund_of(root, "p", 2019);
        assert_score_equal(fixture_number(fund, "score"), 100); /* of 300, within 100 */
        for (int i = 0; i < ROWS; i++) {
            char path[16];
            snprintf(path, sizeof path, "a.n%d", i);
            assert_score_equal(fixture_number(item_of(fund, path), "attainment"), 1);
        }
        json_decref(root);
        free(text);
        fixture_end();
    }
}

/* A fund of 9,000 rows, so that the next one is in the second chunk. */
static void write_funds(const char *const *last, size_t nlast)
{
    enum { ROWS = 9000 };
    char *text = malloc((ROWS + nlast) * 64), *at = text;
    assert_non_null(text);
    at += sprintf(at, "fund,year,indicator,target,actual,weight\n");
    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, "first,2019,x.n%d,10,5,1\n", i);
    for (size_t k = 0; k < nlast; k++)
        at += sprintf(at, "%s\n", last[k]);
    fixture_file("outcomes.csv", text);
    free(text);
}

struct stop_case {
    const char *rules, *limits;
    const char *says;                  /* of the fund where it is stopped */
    const char *first, *second, *last; /* status of the funds */
};

static const struct stop_case stops[] = {
    {"local n = 0\nrules.indicator['*'] = function(i) if i.actual == 7 then n = n + 1 end return "
     "0.5 end",
     "", "keeps 'n' between calls", "error", "error", "error"},
    {"local n = 0\nrules.indicator['*'] = function(i) n = n + 1 n = n - 1 return 0.5 end", "", NULL,
     "scored", "scored", "scored"},
    {"rules.indicator['*'] = function(i) while i.actual == 7 do end return 0.5 end",
     "instructions = 5000", "more than 5000 instructions", "scored", "error", "error"},
    /* Garbage of the calls before is no memory of this one. */
    {"rules.indicator['*'] = function(i) return #('x'):rep(20000) / 40000 end", "memory = 1 MiB",
     NULL, "scored", "scored", "scored"},
    {"rules.indicator['*'] = function(i) return #('x'):rep(i.actual == 7 and 2000000 or 2) / 4 end",
     "memory = 1 MiB", "bytes of memory", "scored", "error", "error"},
    {"function rules.check() end\nlocal kept\n"
     "function rules.adjust(fund) if fund.id == 'second' then kept = 1 end fund:add(0) end",
     "", "keeps 'kept' between calls", "scored", "error", "error"},
};

static bool is_said(json_t *root, const char *text)
{
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(root, "findings"), i, value)
    {
        if (strstr(fixture_text(value, "message"), text))
            return true;
    }
    return false;
}

static void test_workers__stopped_scripts(void **state)
{
    (void)state;
    static const char *const last[] = {"second,2019,y,10,7,100", "last,2019,z,10,5,100"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        const struct stop_case *c = &stops[i];
        char text[1024];
        json_t *one = NULL;
        fixture_begin();
        snprintf(text, sizeof text,
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n"
                 "[limits]\n%s\n",
                 c->limits);
        fixture_file("evaluation.ini", text);
        write_funds(last, 2);
        snprintf(text, sizeof text, HEAD "%s" TAIL, c->rules);
        fixture_file("scripts/t.lua", text);
        for (size_t k = 0; k < NJOBS; k += NJOBS - 1) { /* the fewest and the most */
            json_t *root = score_with(JOBS[k]);
            const char *got[] = {fixture_text(fixture_fund(root, "first"), "status"),
                                 fixture_text(fixture_fund(root, "second"), "status"),
                                 fixture_text(fixture_fund(root, "last"), "status")};
            if (strcmp(got[0], c->first) != 0 || strcmp(got[1], c->second) != 0 ||
                strcmp(got[2], c->last) != 0)
                fail_msg("%s: %s %s %s", c->rules, got[0], got[1], got[2]);
            if (c->says && !is_said(root, c->says))
                fail_msg("%s: nothing says '%s'", c->rules, c->says);
            if (one && !json_equal(one, root))
                fail_msg("%s: other results with %u workers", c->rules, JOBS[k]);
            if (!one)
                one = json_incref(root);
            json_decref(root);
        }
        json_decref(one);
        fixture_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workers__measures_see_the_years_before),
        cmocka_unit_test(test_workers__adjustments_see_the_year_before),
        cmocka_unit_test(test_workers__long_funds_are_indexed),
        cmocka_unit_test(test_workers__stopped_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
