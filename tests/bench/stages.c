/*
 * stages.c - one run of the library, stage by stage, from the inside.
 *
 *     bench_stages FOLDER OUT.csv JOBS DATA
 *
 * A line a stage: its name, nanoseconds of wall and of processor time (all threads), peak resident
 * KiB so far. `rows` first tells how many outcomes the scan met; `calibrate` is the time of hashing
 * 64 bytes 2^22 times over and holds the speed of the machine; `scan` is reading outcomes.csv
 * alone, into a sink that counts. The stages behind are those that a run announces to whoever
 * listens to its progress, so that this program knows no more of them than their names; `write` and
 * `close` are what comes after.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "base/workers.h"
#include "plug/host.h"
#include <steelyard/steelyard.h>

#define PART_BYTES ((uint64_t)1 << 20)

struct clock {
    double wall, cpu; /* nanoseconds */
};

struct stage {
    char name[32]; /* "": none runs */
    struct clock since;
};

static double read_clock(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static struct clock now(void)
{
    return (struct clock){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID)};
}

/* Tells what the stage took that has run, and begins the next. */
static void turn(struct stage *s, const char *next)
{
    const struct clock t = now();
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    if (*s->name)
        printf("%s %.0f %.0f %ld\n", s->name, t.wall - s->since.wall, t.cpu - s->since.cpu,
               used.ru_maxrss);
    snprintf(s->name, sizeof s->name, "%s", next);
    s->since = now();
}

static int hear(void *ctx, const char *stage, double share)
{
    struct stage *s = ctx;
    (void)share;
    if (strcmp(s->name, stage) != 0)
        turn(s, stage);
    return 0;
}

static int stop(const sy_error *err)
{
    fprintf(stderr, "bench_stages: %s:%u: %s\n", err->file, (unsigned)err->line, err->message);
    return 1;
}

/* FNV-1a over 64 bytes at a time, eight at a step. The sum is printed, so that no compiler leaves
 * it out. */
static void calibrate(struct stage *s)
{
    enum { WORDS = 1 << 14, ROUNDS = 1 << 11 }; /* 2^14 × 8 bytes, 2^11 times: 2^22 × 64 bytes */
    static uint64_t words[WORDS];
    uint64_t hash = 14695981039346656037u;
    for (uint32_t i = 0; i < WORDS; i++)
        words[i] = (uint64_t)i * 0x9E3779B97F4A7C15u;
    turn(s, "calibrate");
    for (int round = 0; round < ROUNDS; round++)
        for (uint32_t i = 0; i < WORDS; i++)
            hash = (hash ^ words[i]) * 1099511628211u;
    turn(s, "");
    printf("hash %016llx\n", (unsigned long long)hash);
}

/* What the scan of one file shares; each task counts the records of its part. */
struct scan {
    const sy_reader *reader;
    const char *path;
    uint32_t ncolumns; /* of the header */
    uint64_t header;   /* its bytes */
    int64_t size, mtime_ns;
    uint64_t *rows; /* by task */
};

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    (void)ctx, (void)names, (void)n, (void)line, (void)err;
    return SY_OK;
}

static sy_status count_batch(void *ctx, const sy_batch *batch, sy_error *err)
{
    (void)err;
    *(uint64_t *)ctx += batch->nrows;
    return SY_OK;
}

static sy_status scan_range(const struct scan *s, struct plug_range *range, uint64_t *rows,
                            sy_error *err)
{
    const struct plug_sink sink = {.header = take_header, .batch = count_batch, .ctx = rows};
    range->size = s->size;
    range->mtime_ns = s->mtime_ns;
    return plug_read_range(s->reader, s->path, NULL, 0, range, &sink, err);
}

static sy_status scan_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    const struct scan *s = ctx;
    struct plug_range range = {.from = task > 0 ? task * PART_BYTES : s->header,
                               .to = (task + 1) * PART_BYTES,
                               .ncolumns = s->ncolumns,
                               .known = task == 0};
    (void)worker;
    return scan_range(s, &range, &s->rows[task], err);
}

/* Parts as the loader cuts them. The file holds no quotes: each guess of a border is right. */
static sy_status scan_file(struct stage *stage, const char *path, unsigned jobs, sy_error *err)
{
    static const char *const no_folders[] = {NULL};
    struct plug_registry *plugins = NULL;
    struct workers *workers = NULL;
    struct plug_range header = {0};
    struct scan s = {.path = path};
    uint64_t rows = 0;
    sy_status status = plug_open(&plugins, no_folders, err);
    if (status == SY_OK)
        status = workers_open(&workers, jobs, err);
    if (status == SY_OK && !file_stamp(path, &s.size, &s.mtime_ns))
        status = SY_EFILE;
    const uint32_t ntasks = (uint32_t)((uint64_t)s.size / PART_BYTES) + 1;
    s.rows = calloc(ntasks, sizeof *s.rows);
    if (status == SY_OK && s.rows) {
        struct work work = {.ctx = &s, .run = scan_task};
        turn(stage, "scan");
        s.reader = plug_reader(plugins, "csv");
        status = scan_range(&s, &header, &rows, err);
        s.ncolumns = header.ncolumns;
        s.header = header.next;
        if (status == SY_OK)
            status = workers_run(workers, ntasks, 2 * jobs, &work, err);
        turn(stage, "");
        for (uint32_t i = 0; i < ntasks; i++)
            rows += s.rows[i];
        printf("rows %llu\n", (unsigned long long)rows);
    }
    free(s.rows);
    workers_close(workers);
    plug_close(plugins);
    return status;
}

int main(int argc, char **argv)
{
    struct stage stage = {.name = ""};
    sy_error err = {0};
    char path[4096];
    sy_run *run;
    if (argc != 5) {
        fputs("bench_stages FOLDER OUT.csv JOBS DATA\n", stderr);
        return 2;
    }
    const unsigned jobs = (unsigned)strtoul(argv[3], NULL, 10);
    const sy_run_options options = {.struct_size = sizeof options,
                                    .data = argv[4],
                                    .jobs = jobs,
                                    .progress = hear,
                                    .progress_ctx = &stage};
    snprintf(path, sizeof path, "%s/outcomes.csv", argv[1]);
    calibrate(&stage);
    if (scan_file(&stage, path, jobs, &err) != SY_OK)
        return stop(&err);
    turn(&stage, "load");
    if (sy_run_open(&run, argv[1], &options, &err) != SY_OK)
        return stop(&err);
    turn(&stage, "write");
    sy_status status = sy_run_write(run, SY_REPORT_SCORE, "csv", argv[2], NULL, 0, &err);
    turn(&stage, "close");
    sy_run_close(run);
    turn(&stage, "");
    return status == SY_OK ? 0 : stop(&err);
}
