/*
 * fuzz_config.c - the INI files beside the data: what is taken can be worked with, what is not is
 * refused with a place.
 *
 * Input: a letter for the file (e evaluation.ini, t a type, c columns.ini, u units.ini), then its
 * text.
 */
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <sys/stat.h>

#include "../unit/temp.h"
#include "fuzz.h"
#include "model/columns.h"
#include "model/evaluation.h"
#include "model/yardstick.h"

static char folder[TEMP_MAX];

static void remove_folder(void)
{
    char path[128];
    static const char *const files[] = {"/config/x.ini", "/evaluation.ini", "/config", ""};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s%s", folder, files[i]);
        remove(path);
    }
}

/* An evaluation's folder in memory, where there is such a place. */
static const char *place(const char *name, const char *bytes, size_t len)
{
    static char path[128];
    if (!*folder) {
        strcpy(folder, "/dev/shm/steelyard-fuzz-XXXXXX");
        if (!mkdtemp(folder))
            FUZZ_LAW(mkdtemp(temp_name(folder, "fuzz")), "no folder");
        snprintf(path, sizeof path, "%s/config", folder);
        FUZZ_LAW(mkdir(path, 0777) == 0, "no folder");
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    FUZZ_LAW(fd >= 0 && write(fd, bytes, len) == (ssize_t)len && close(fd) == 0, "%s", path);
    return path;
}

static void check_evaluation(const char *text, size_t len, uint32_t lines)
{
    struct evaluation *e = NULL;
    sy_error err = {0};
    sy_status status = evaluation_load(&e, place("evaluation.ini", text, len), &err);
    if (status != SY_OK) {
        fuzz_refusal(status, &err, lines);
        return;
    }
    FUZZ_LAW(e->nyears >= 1, "no years");
    for (size_t i = 1; i < e->nyears; i++)
        FUZZ_LAW(e->years[i - 1] < e->years[i], "%d before %d", e->years[i - 1], e->years[i]);
    FUZZ_LAW(strcmp(e->language, "zh") == 0 || strcmp(e->language, "en") == 0, "%s", e->language);
    FUZZ_LAW(e->instructions > 0 && e->memory > 0, "no limits");
    for (size_t i = 0; i < e->nsources; i++) {
        const struct data_source *s = &e->sources[i];
        FUZZ_LAW(s->path && s->path[0], "a source without a path");
        FUZZ_LAW(s->line >= 1 && s->line <= lines, "a source in line %u", (unsigned)s->line);
        FUZZ_LAW(s->table < TABLE_COUNT && data_table_name(s->table), "table %d", (int)s->table);
        FUZZ_LAW(i == 0 || e->sources[i - 1].table <= s->table, "sources out of order");
    }
    evaluation_free(e);
}

static void check_numbers(const struct yardstick *y)
{
    FUZZ_LAW(isfinite(y->full_score) && y->full_score > 0, "full score %g", y->full_score);
    FUZZ_LAW(y->min_coverage >= 0 && y->min_coverage <= 1, "coverage %g", y->min_coverage);
    FUZZ_LAW(y->decimals >= 0 && y->decimals <= 15, "%d decimals", y->decimals);
    for (size_t i = 0; i < y->nlevels; i++)
        FUZZ_LAW(isfinite(y->levels[i].points) && y->levels[i].points >= 0, "level %g",
                 y->levels[i].points);
    for (size_t i = 0; i < y->nweights; i++)
        FUZZ_LAW(isfinite(y->weights[i].points) && y->weights[i].points >= 0, "weight %g",
                 y->weights[i].points);
    for (size_t i = 0; i < y->nratings; i++)
        FUZZ_LAW(y->ratings[i].attainment >= 0 && y->ratings[i].attainment <= 1, "rating %g",
                 y->ratings[i].attainment);
    for (size_t i = 1; i < y->ngrades; i++)
        FUZZ_LAW(y->grades[i - 1].bound > y->grades[i].bound, "grades out of order");
}

/* Every score has the grade that a walk down the bounds finds. */
static void check_grades(const struct yardstick *y)
{
    for (int per = 0; per <= 100; per += 5) {
        const char *expected = NULL;
        for (size_t i = y->ngrades; i-- > 0;)
            if (per + 1e-9 >= y->grades[i].bound)
                expected = y->grades[i].name;
        const char *got = yard_grade_of(y, y->full_score * per / 100, NULL);
        FUZZ_LAW(got == expected, "%d per cent is %s, not %s", per, got ? got : "nothing",
                 expected ? expected : "nothing");
    }
}

static void check_type(const char *text, size_t len)
{
    static char installed[512];
    struct yards *yards = NULL;
    const struct yardstick *y = NULL;
    sy_error err = {0};
    snprintf(installed, sizeof installed, "%s", fuzz_data("."));
    place("config/x.ini", text, len);
    FUZZ_LAW(yards_open(&yards, installed, folder, NULL, 0, &err) == SY_OK, "%s", err.message);
    sy_status status = yards_get(&y, yards, "x", 2019, &err);
    if (status == SY_OK) {
        FUZZ_LAW(y->known && strcmp(y->type, "x") == 0, "of another type");
        check_numbers(y);
        check_grades(y);
        const struct yard_weight *weight;
        enum sign sign;
        if (yard_weight_of(&weight, y, "output.cost.a", &err) != SY_OK ||
            yard_sign_of(&sign, y, "output.cost.a", &err) != SY_OK)
            fuzz_refusal(err.status, &err, UINT32_MAX);
    } else {
        fuzz_refusal(status, &err, UINT32_MAX);
        FUZZ_LAW(err.file[0], "no place: %s", err.message);
    }
    yards_close(yards);
}

static void check_units(const char *text, size_t len, uint32_t lines)
{
    struct units *units = NULL;
    sy_error err = {0};
    char installed[512];
    snprintf(installed, sizeof installed, "%s", fuzz_data("config/units.ini"));
    sy_status status = units_load(&units, installed, fuzz_file(0, text, len), &err);
    if (status != SY_OK) {
        fuzz_refusal(status, &err, lines);
        return;
    }
    static const char *const words[] = {"元", "万元", "%", "亿元/人", "a", "b", "月", "个百分点"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t id = units_intern(units, words[i], strlen(words[i]));
        const struct unit *u = units_get(units, id);
        FUZZ_LAW(u && isfinite(u->scale) && u->scale > 0, "%s has no scale", words[i]);
        const struct unit *base = units_get(units, u->base);
        FUZZ_LAW(base && base->dimension == u->dimension && base->base == u->base, "%s has no base",
                 words[i]);
    }
    units_free(units);
}

static void check_columns(const char *text, size_t len, uint32_t lines)
{
    struct columns *columns = NULL;
    sy_error err = {0};
    char installed[512];
    snprintf(installed, sizeof installed, "%s", fuzz_data("config/columns.ini"));
    sy_status status = columns_load(&columns, installed, fuzz_file(0, text, len), &err);
    if (status != SY_OK) {
        fuzz_refusal(status, &err, lines);
        return;
    }
    size_t n = 0;
    const char *const *names = columns_of(columns, "outcomes", &n);
    struct buf bare = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t unit;
        const char *means =
            columns_meaning(columns, "outcomes", names[i], strlen(names[i]), NULL, &unit, &bare);
        FUZZ_LAW(means && strcmp(means, names[i]) == 0, "%s means %s", names[i],
                 means ? means : "nothing");
        buf_clear(&bare);
    }
    buf_dispose(&bare);
    columns_free(columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 8192)
        return 0;
    char *text = fuzz_text(data + 1, size - 1);
    uint32_t lines = fuzz_lines(text, size - 1);
    if (data[0] == 'e')
        check_evaluation(text, size - 1, lines);
    else if (data[0] == 't')
        check_type(text, size - 1);
    else if (data[0] == 'u')
        check_units(text, size - 1, lines);
    else if (data[0] == 'c')
        check_columns(text, size - 1, lines);
    free(text);
    return 0;
}
