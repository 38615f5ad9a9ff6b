/*
 * one_file.c - the floor: C written for the file of generate.c and no other. One thread, mapped,
 * nothing quoted, nothing checked, nothing kept; amounts are whole cents and a score is one exact
 * division.
 *
 *     bench_one_file FOLDER OUT.csv
 *
 * It relies on what no real table promises: funds in the same order in both files, rows of a fund
 * side by side, indicators that end in their number, two decimals, no CR. As its arithmetic is
 * exact and shares nothing with Steelyard's, it also says whether the others are right.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDICATORS 12
#define TYPES      3

struct text {
    const char *at, *end;
};

static int weights[TYPES][INDICATORS];

static void fail(const char *path)
{
    fprintf(stderr, "bench_one_file: %s: %s\n", path, strerror(errno));
    exit(1);
}

static struct text map_file(const char *folder, const char *name)
{
    char path[4096];
    struct stat s;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    const int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &s) != 0)
        fail(path);
    const char *bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        fail(path);
    close(fd);
    const char *first = memchr(bytes, '\n', (size_t)s.st_size);
    return (struct text){first + 1, bytes + s.st_size};
}

static const char *skip_cell(const char *p)
{
    while (*p != ',')
        p++;
    return p + 1;
}

/* An amount in cents, and the byte behind it and what ends it. */
static const char *read_cents(int64_t *out, const char *p)
{
    int64_t n = 0;
    for (; *p != '.'; p++)
        n = n * 10 + (*p - '0');
    *out = n * 100 + (p[1] - '0') * 10 + (p[2] - '0');
    return p + 4;
}

static void read_weights(const char *folder)
{
    struct text t = map_file(folder, "weights.csv");
    for (int i = 0; i < TYPES * INDICATORS; i++) {
        const char *p = skip_cell(skip_cell(t.at));
        weights[i / INDICATORS][i % INDICATORS] = atoi(p);
        t.at = (const char *)memchr(p, '\n', 16) + 1;
    }
}

/* Of full points w (cents), half up: w, or the share that is earned. */
static int64_t earn(int64_t w, char sign, int64_t target, int64_t actual)
{
    const int64_t part = sign == '<' ? target : actual, whole = sign == '<' ? actual : target;
    return part >= whole ? w : (2 * w * part + whole) / (2 * whole);
}

/* The score in cents of the rows at t that begin with this fund and year, which stand behind each
 * other in the outcomes as they do in the funds. */
static int64_t score_fund(struct text *t, const char *fund, size_t fund_len, const char *year,
                          const int *weight)
{
    int64_t score = 0;
    const char *p = t->at;
    while (p < t->end && memcmp(p, fund, fund_len) == 0 && memcmp(p + fund_len, year, 4) == 0) {
        int64_t target, actual;
        p = skip_cell(p + fund_len + 5);
        const int indicator = (p[-3] - '0') * 10 + (p[-2] - '0');
        const char sign = *p;
        p = read_cents(&target, skip_cell(p));
        p = read_cents(&actual, p);
        score += earn((int64_t)weight[indicator] * 100, sign, target, actual);
    }
    t->at = p;
    return score;
}

static const char *grade_of(int64_t cents)
{
    return cents >= 9000 ? "优" : cents >= 8000 ? "良" : cents >= 6000 ? "中" : "差";
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("bench_one_file FOLDER OUT.csv\n", stderr);
        return 2;
    }
    read_weights(argv[1]);
    struct text funds = map_file(argv[1], "funds.csv"), rows = map_file(argv[1], "outcomes.csv");
    FILE *out = fopen(argv[2], "wb");
    if (!out)
        fail(argv[2]);
    fputs("fund,type,department,year,score,grade\n", out);
    while (funds.at < funds.end) {
        const char *fund = funds.at, *type = skip_cell(fund);
        const char *department = skip_cell(type), *year = skip_cell(department);
        const int kind = *type == 'a' ? 0 : *type == 'b' ? 1 : 2;
        const int64_t score = score_fund(&rows, fund, (size_t)(type - fund), year, weights[kind]);
        fwrite(fund, 1, (size_t)(year - fund) + 5, out);
        fprintf(out, "%" PRId64 ".%02" PRId64 ",%s\n", score / 100, score % 100, grade_of(score));
        funds.at = (const char *)memchr(year, '\n', 64) + 1;
    }
    const int failed = ferror(out);
    if (fclose(out) != 0 || failed)
        fail(argv[2]);
    return 0;
}
