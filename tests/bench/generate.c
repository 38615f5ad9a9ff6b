/*
 * generate.c - writes the evaluation that is timed: invented figures, the same bytes each time.
 *
 *     bench_generate ROWS FOLDER
 *
 * Twelve indicators a fund and year, four years a fund, so rows are rounded up to whole funds.
 * About a fifth of the rows earns a finding (an actual of 1.3 times its target and more), near a
 * third is below its target, some cost more than they may. What weights there are for Steelyard as
 * config/TYPE.ini is weights.csv for others.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define INDICATORS 12
#define YEARS      4
#define FIRST_YEAR 2017
#define TYPES      3
#define DEPARTS    60

static const char *const paths[INDICATORS] = {
    "output.quantity.i00",    "output.quantity.i01",   "output.quality.i02",   "output.quality.i03",
    "output.timeliness.i04",  "output.cost.i05",       "benefit.economic.i06", "benefit.social.i07",
    "benefit.ecological.i08", "benefit.sustained.i09", "satisfaction.i10",     "satisfaction.i11"};
static const char *const signs[INDICATORS] = {
    ">=", ">=", ">=", ">=", "=", "<=", ">=", ">=", "<=", ">=", ">=", ">="};
static const char *const types[TYPES] = {"alpha", "beta", "gamma"};
static const int weights[TYPES][INDICATORS] = {{9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8},
                                               {10, 10, 5, 5, 10, 10, 10, 10, 5, 5, 10, 10},
                                               {15, 10, 10, 5, 5, 5, 10, 10, 10, 5, 5, 10}};

static uint64_t state = 0x9E3779B97F4A7C15u;

/* From `low` to `high`, both included: xorshift64. */
static int64_t choose(int64_t low, int64_t high)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return low + (int64_t)((state >> 11) % (uint64_t)(high - low + 1));
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f) {
        fprintf(stderr, "bench_generate: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return f;
}

static void finish(FILE *f, const char *name)
{
    const int failed = ferror(f);
    if (fclose(f) != 0 || failed) {
        fprintf(stderr, "bench_generate: %s cannot be written: %s\n", name, strerror(errno));
        exit(1);
    }
}

static void put_amount(FILE *f, char before, int64_t cents)
{
    fprintf(f, "%c%" PRId64 ".%02" PRId64, before, cents / 100, cents % 100);
}

/* The actual in ten-thousandths of its target. */
static int64_t choose_ratio(const char *sign)
{
    const int64_t kind = choose(1, 100);
    if (strcmp(sign, "=") == 0)
        return kind <= 70 ? 10000 : kind <= 85 ? choose(5000, 9999) : choose(10001, 11000);
    if (strcmp(sign, "<=") == 0)
        return kind <= 75 ? choose(5000, 10000) : choose(10001, 15000);
    return kind <= 27   ? choose(13000, 16000)
           : kind <= 70 ? choose(10000, 12999)
                        : choose(5000, 9999);
}

static void write_fund(FILE *funds, FILE *outcomes, long fund, int year)
{
    fprintf(funds, "P%07ld,%s,D%03ld,%d", fund, types[fund % TYPES], fund % DEPARTS, year);
    const int64_t budget = choose(10000000, 110000000);
    put_amount(funds, ',', budget);
    put_amount(funds, ',', budget * choose(6000, 10000) / 10000);
    fputc('\n', funds);
    for (int i = 0; i < INDICATORS; i++) {
        const int64_t target = choose(10000, 1000000);
        fprintf(outcomes, "P%07ld,%d,%s,%s", fund, year, paths[i], signs[i]);
        put_amount(outcomes, ',', target);
        put_amount(outcomes, ',', target * choose_ratio(signs[i]) / 10000);
        fputc('\n', outcomes);
    }
}

static void write_tables(const char *folder, long rows)
{
    FILE *funds = create(folder, "funds.csv"), *outcomes = create(folder, "outcomes.csv");
    const long fund_years = (rows + INDICATORS - 1) / INDICATORS;
    fputs("fund,type,department,year,budget,spent\n", funds);
    fputs("fund,year,indicator,sign,target,actual\n", outcomes);
    for (long k = 0; k < fund_years; k++)
        write_fund(funds, outcomes, k / YEARS, FIRST_YEAR + (int)(k % YEARS));
    finish(funds, "funds.csv");
    finish(outcomes, "outcomes.csv");
}

static void write_weights(const char *folder)
{
    FILE *all = create(folder, "weights.csv");
    fputs("type,indicator,weight\n", all);
    for (int t = 0; t < TYPES; t++) {
        char name[64];
        snprintf(name, sizeof name, "config/%s.ini", types[t]);
        FILE *ini = create(folder, name);
        fprintf(ini, "[type]\nname = %s (invented)\n[weights]\n", types[t]);
        for (int i = 0; i < INDICATORS; i++) {
            fprintf(ini, "%s = %d\n", paths[i], weights[t][i]);
            fprintf(all, "%s,%s,%d\n", types[t], paths[i], weights[t][i]);
        }
        finish(ini, name);
    }
    finish(all, "weights.csv");
}

static void write_evaluation(const char *folder)
{
    FILE *ini = create(folder, "evaluation.ini");
    fprintf(ini,
            "[evaluation]\ntitle = Invented figures, for timing alone\nyears = %d-%d\n"
            "language = en\n[data funds]\npath = funds.csv\n[data outcomes]\npath = outcomes.csv\n",
            FIRST_YEAR, FIRST_YEAR + YEARS - 1);
    finish(ini, "evaluation.ini");
    FILE *readme = create(folder, "README.md");
    fputs("Every fund, figure and weight here is invented: this evaluation exists to be timed.\n",
          readme);
    finish(readme, "README.md");
}

static void make_folder(const char *folder, const char *below)
{
    char path[4096];
    snprintf(path, sizeof path, "%s%s", folder, below);
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "bench_generate: %s: %s\n", path, strerror(errno));
        exit(1);
    }
}

int main(int argc, char **argv)
{
    const long rows = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
    if (rows <= 0 || rows > 400000000) {
        fputs("bench_generate ROWS FOLDER, with 1 to 400000000 rows\n", stderr);
        return 2;
    }
    make_folder(argv[2], "");
    make_folder(argv[2], "/config");
    write_weights(argv[2]);
    write_evaluation(argv[2]);
    write_tables(argv[2], rows);
    return 0;
}
