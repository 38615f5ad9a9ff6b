/*
 * test_torture.c - a whole run of tests/torture without memory: each allocation of loading, scoring
 * and writing fails once. What follows is a refusal that says so, or the very same bytes; nothing
 * leaks, and no file is written in part.
 */
#include "check.h"

#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include <steelyard/steelyard.h>

#include "fail_alloc.h"
#include "temp.h"

#define EVALUATION "tests/torture"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 7 }; /* ten times slower; all of them are tried without */
#else
enum { STRIDE = 1 };
#endif

static char folder[TEMP_MAX];

/* What a run wrote and told; the files are those of `outputs`. Owns: text. */
static const struct output {
    const char *name, *format;
    sy_report report;
} outputs[] = {
    {"scores.csv", NULL, SY_REPORT_SCORE},
    {"detail.csv", NULL, SY_REPORT_SCORE_DETAIL},
    {"scores.json", NULL, SY_REPORT_SCORE},
    {"check.json", NULL, SY_REPORT_CHECK},
    {"scores.ndjson", NULL, SY_REPORT_SCORE},
    {"scores.md", "markdown", SY_REPORT_SCORE},
    {"scores.txt", "table", SY_REPORT_SCORE},
    {"detail.txt", "table", SY_REPORT_SCORE_DETAIL},
    {"findings.txt", "table", SY_REPORT_CHECK},
    {"compare.json", NULL, SY_REPORT_COMPARE},
    {"compare.csv", NULL, SY_REPORT_COMPARE},
    {"compare.txt", "table", SY_REPORT_COMPARE},
    {"drivers.csv", NULL, SY_REPORT_COMPARE_DETAIL},
    {"weights.json", NULL, SY_REPORT_SENSITIVITY},
    {"weights.txt", "table", SY_REPORT_SENSITIVITY},
    {"better.json", NULL, SY_REPORT_IMPROVE},
    {"review.json", NULL, SY_REPORT_REVIEW},
    {"review.txt", "table", SY_REPORT_REVIEW},
};
#define OUTPUTS (sizeof outputs / sizeof *outputs)

/* Texts, after them. */
static const char *const texts[] = {"explain.txt", "closing.txt", "years.txt", "draws.txt",
                                    "ways.txt"};
#define EXPLAINS (sizeof texts / sizeof *texts)

static const char *path_of(const char *name)
{
    static char path[2][128];
    static unsigned next;
    char *out = path[next++ % 2];
    snprintf(out, sizeof path[0], "%.60s/%.60s", folder, name);
    return out;
}

static char *read_file(const char *name, size_t *len)
{
    FILE *f = fopen(path_of(name), "rb");
    if (!f)
        return NULL;
    char *text = NULL;
    size_t cap = 0;
    ssize_t n = getdelim(&text, &cap, EOF, f);
    fclose(f);
    *len = n > 0 ? (size_t)n : 0;
    return text;
}

static size_t count_files(void)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

/* One step of a run: its status, and the error that goes with it. */
struct step {
    sy_status status;
    sy_error err;
};

static bool tell_findings(sy_run *run)
{
    for (size_t i = 0; i < sy_run_nfindings(run); i++) {
        sy_finding f;
        sy_run_finding(run, i, i % 2 ? "zh" : "en", &f);
        if (!f.code || !f.message || !f.message[0])
            return false;
    }
    return true;
}

/* What reports ask for first. */
static sy_status work_out(sy_run *run, sy_report report, sy_error *err)
{
    const sy_sensitivity_options draws = {sizeof draws, 20, 0.2, 1, 1};
    switch (report) {
    case SY_REPORT_COMPARE:
        return sy_run_compare(run, NULL, err);
    case SY_REPORT_SENSITIVITY:
        return sy_run_sensitivity(run, &draws, err);
    case SY_REPORT_IMPROVE:
        return sy_run_improve(run, "f1", "优", err);
    default:
        return SY_OK;
    }
}

static sy_status write_text(sy_run *run, size_t i, sy_error *err)
{
    const char *path = path_of(texts[i]);
    return i == 0   ? sy_run_explain(run, "f1", 0, NULL, path, err)
           : i == 1 ? sy_run_closing(run, "steelyard", path, err)
           : i == 2 ? sy_run_compare_closing(run, path, err)
           : i == 3 ? sy_run_sensitivity_closing(run, path, err)
                    : sy_run_improve_print(run, path, err);
}

static void write_all(struct step *s, sy_run *run, size_t *written)
{
    const sy_option bom = {"bom", "no"};
    for (size_t i = 0; i < OUTPUTS && s->status == SY_OK; i++) {
        const struct output *o = &outputs[i];
        size_t n = strcmp(o->name, "scores.csv") == 0;
        if (strcmp(o->name, "review.json") == 0)
            s->status = sy_run_review(run, &s->err);
        if (s->status == SY_OK)
            s->status = work_out(run, o->report, &s->err);
        if (s->status == SY_OK)
            s->status = sy_run_write(run, o->report, o->format, path_of(o->name), &bom, n, &s->err);
        *written += s->status == SY_OK;
    }
    for (size_t i = 0; i < EXPLAINS && s->status == SY_OK; i++) {
        s->status = write_text(run, i, &s->err);
        *written += s->status == SY_OK;
    }
}

/* Opens, tells and writes everything, up to the first refusal; *written counts whole files. */
static struct step do_everything(size_t *written)
{
    const char *const plugins[] = {folder, NULL};
    const sy_run_options options = {
        .struct_size = sizeof options, .data = ".", .plugins = plugins, .jobs = 1};
    struct step s = {SY_OK, {0}};
    sy_run *run = NULL;
    *written = 0;
    s.status = sy_run_open(&run, EVALUATION, &options, &s.err);
    if (s.status != SY_OK)
        return s;
    bool told = tell_findings(run);
    write_all(&s, run, written);
    sy_run_close(run);
    if (!told && s.status == SY_OK)
        s = (struct step){SY_ESYSTEM, {.status = SY_ESYSTEM, .message = "no words"}};
    return s;
}

static const char *name_of(size_t i)
{
    return i < OUTPUTS ? outputs[i].name : texts[i - OUTPUTS];
}

/* The whole run's bytes, one file after the other. */
static char *expected[OUTPUTS + EXPLAINS];
static size_t expected_len[OUTPUTS + EXPLAINS];

static void clear_files(void)
{
    for (size_t i = 0; i < OUTPUTS + EXPLAINS; i++)
        unlink(path_of(name_of(i)));
}

/* Goes on after a failure, so that one run names them all. */
static unsigned complaints;

static void complain(long n, const char *format, ...)
{
    static long last = -1;
    va_list arguments;
    if (n == last || complaints++ >= 100)
        return;
    last = n;
    fprintf(stderr, "allocation %ld: ", n);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

/* The files that were written are whole, and there is none beside them but what was there. */
static void check_files(long n, size_t written)
{
    for (size_t i = 0; i < OUTPUTS + EXPLAINS; i++) {
        size_t len = 0;
        char *text = read_file(name_of(i), &len);
        if (i >= written && text)
            complain(n, "%s is there", name_of(i));
        if (i < written && (!text || len != expected_len[i] || memcmp(text, expected[i], len) != 0))
            complain(n, "%s has other bytes", name_of(i));
        free(text);
    }
    if (count_files() != written + 1)
        complain(n, "%zu files beside", count_files() - written - 1);
}

/* No memory, in so many words. libc has other names for it where it opens a converter. */
static void check_refusal(long n, const struct step *s)
{
    if (s->status != SY_ENOMEM && s->status != SY_ESYSTEM)
        complain(n, "status %d, %s: %s", (int)s->status, s->err.file, s->err.message);
    if (s->err.status != s->status || !s->err.message[0])
        complain(n, "the error says %d, '%s'", (int)s->err.status, s->err.message);
    if (s->status == SY_ENOMEM && !strstr(s->err.message, "memory"))
        complain(n, "'%s'", s->err.message);
}

/* Runs without the n-th allocation, or without any from there on; whether it was reached. */
static bool run_without(long n, atomic_long *which)
{
    size_t written = 0;
    clear_files();
    long alive = fail_alloc_alive, asked = fail_alloc_asked;
    *which = n;
    struct step s = do_everything(&written);
    *which = -1;
    bool reached = fail_alloc_asked - asked > n;
    if (fail_alloc_counts && fail_alloc_alive != alive)
        complain(n, "%ld blocks leak after '%s'", fail_alloc_alive - alive,
                 s.status == SY_OK ? "" : s.err.message);
    if (s.status != SY_OK)
        check_refusal(n, &s);
    else
        assert_int_equal(written, OUTPUTS + EXPLAINS);
    check_files(n, written);
    return reached;
}

static void test_torture__each_allocation_fails_once(void **state)
{
    long n = 0;
    (void)state;
    if (!fail_alloc_works)
        skip();
    while (run_without(n, &fail_alloc_only))
        n += STRIDE;
    print_message("%ld allocations\n", n);
    assert_true(n > 1000);
    assert_int_equal(complaints, 0);
}

/* Looks for a way up; whether the n-th allocation was reached. */
static bool seek_without(long n)
{
    const char *const plugins[] = {folder, NULL};
    const sy_run_options options = {
        .struct_size = sizeof options, .data = ".", .plugins = plugins, .jobs = 1};
    struct step s = {SY_OK, {0}};
    sy_run *run = NULL;
    const long alive = fail_alloc_alive;
    assert_int_equal(sy_run_open(&run, EVALUATION "/way", &options, &s.err), SY_OK);
    const long asked = fail_alloc_asked;
    fail_alloc_only = n;
    s.status = sy_run_improve(run, "a", "优", &s.err);
    fail_alloc_only = -1;
    const bool reached = fail_alloc_asked - asked > n;
    if (s.status != SY_OK)
        check_refusal(n, &s);
    sy_run_close(run);
    if (fail_alloc_counts && n >= 0 && fail_alloc_alive != alive)
        complain(n, "%ld blocks leak after '%s'", fail_alloc_alive - alive,
                 s.status == SY_OK ? "" : s.err.message);
    return reached;
}

static void test_torture__a_way_up(void **state)
{
    long n = 0;
    (void)state;
    if (!fail_alloc_works)
        skip();
    (void)seek_without(-1);
    while (seek_without(n))
        n += STRIDE;
    print_message("%ld allocations\n", n);
    assert_true(n > 50);
    assert_int_equal(complaints, 0);
}

/* From each allocation on there is no memory at all. */
static void test_torture__memory_runs_out(void **state)
{
    long n = 0;
    (void)state;
    if (!fail_alloc_works)
        skip();
    while (run_without(n, &fail_alloc_after))
        n += STRIDE * 5 + n % 3;
    assert_true(n > 1000);
    assert_int_equal(complaints, 0);
}

static int prepare(void **state)
{
    size_t written = 0;
    (void)state;
    strcpy(folder,
           "/dev/shm/steelyard-torture-XXXXXX"); /* thousands of fsyncs cost nothing there */
    if (!mkdtemp(folder))
        assert_non_null(mkdtemp(temp_name(folder, "torture")));
    assert_int_equal(mkdir(path_of("x.so"), 0755), 0); /* a plugin to refuse */
    for (int i = 0; i < 2; i++) { /* what libc keeps once it has it is kept before */
        struct step s = do_everything(&written);
        if (s.status != SY_OK)
            fail_msg("%s:%u: %s", s.err.file, (unsigned)s.err.line, s.err.message);
    }
    assert_int_equal(written, OUTPUTS + EXPLAINS);
    for (size_t i = 0; i < OUTPUTS + EXPLAINS; i++) {
        expected[i] = read_file(name_of(i), &expected_len[i]);
        assert_true(expected[i] && expected_len[i] > 0);
    }
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    clear_files();
    rmdir(path_of("x.so"));
    for (size_t i = 0; i < OUTPUTS + EXPLAINS; i++)
        free(expected[i]);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_torture__each_allocation_fails_once),
        cmocka_unit_test(test_torture__a_way_up),
        cmocka_unit_test(test_torture__memory_runs_out),
    };
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
