/*
 * load_fixture.h - files of an evaluation, and all that loading makes of them, written down.
 * Include it in one file of a test program.
 */
#ifndef TESTS_LOAD_FIXTURE_H
#define TESTS_LOAD_FIXTURE_H

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "plug_fixture.h"

#include "stage/load.h"

#define WHOLE ((uint64_t)1 << 40)

FIXTURE_UNUSED static const char *data_folder(void)
{
    const char *data = getenv("STEELYARD_DATA");
    return data ? data : ".";
}

FIXTURE_UNUSED static void put_file(const char *name, const struct buf *text)
{
    const char *slash = strchr(name, '/');
    if (slash) {
        char folder[64];
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - name), name);
        if (mkdir(fixture_path(folder), 0777) != 0)
            assert_int_equal(errno, EEXIST);
    }
    fixture_file(name, buf_text(text), text->len);
}

FIXTURE_UNUSED static void put_text(const char *name, const char *text)
{
    struct buf b = {0};
    buf_str(&b, text);
    put_file(name, &b);
    buf_dispose(&b);
}

static void dump_word(struct buf *out, const struct dataset *d, uint32_t word)
{
    buf_printf(out, " %d'%s'", (int)word, word == NO_WORD ? "-" : dataset_text(d, word));
}

static void dump_place(struct buf *out, const struct dataset *d, struct place place)
{
    dump_word(out, d, place.file);
    buf_printf(out, ":%u", (unsigned)place.line);
}

static void dump_value(struct buf *out, const struct value *v)
{
    buf_printf(out, " [%u %u %u %u %d %.17g %.17g]", v->kind, v->sign, v->flags, v->places,
               (int)v->unit, v->num, v->kind == VALUE_RANGE ? v->hi : 0);
}

static void dump_funds(struct buf *out, const struct dataset *d)
{
    for (uint32_t i = 0; i < d->nentities; i++) {
        const struct entity *e = &d->entities[i];
        const uint32_t words[] = {e->fund,       e->name,    e->type,
                                  e->department, e->part_of, e->claimed_grade};
        buf_printf(out, "fund %u %d %d %g", i, e->year, e->listed, e->claimed);
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            dump_word(out, d, words[w]);
        dump_place(out, d, e->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nfacts; i++) {
        const struct fact *f = &d->facts[i];
        buf_printf(out, "fact %u", f->entity);
        dump_word(out, d, f->name);
        const struct value value = fact_value(d, f);
        struct value_text room;
        buf_printf(out, " %u'%s'", f->text, fact_text(&room, d, f));
        dump_value(out, &value);
        dump_place(out, d, f->place);
        buf_char(out, '\n');
    }
}

static void dump_outcomes(struct buf *out, const struct dataset *d)
{
    const struct outcomes *o = &d->outcomes;
    uint32_t run = 0;
    for (uint32_t i = 0; i < o->count; i++) {
        while (run + 1 < o->nowners && o->owners[run + 1].row <= i)
            run++;
        const uint32_t owner = o->owners[run].entity;
        const struct outcome_shape *shape = outcomes_shape_of(o, i);
        const struct value target = outcomes_target(o, i), actual = outcomes_actual(o, i);
        struct value_text rooms[2];
        buf_printf(out, "row %u %u'%s' '%s' '%s' %u %u %u", owner, outcomes_path(o, i),
                   pool_text(&d->paths, outcomes_path(o, i)), outcome_target_text(&rooms[0], d, i),
                   outcome_actual_text(&rooms[1], d, i), shape->pair, shape->sign, shape->flags);
        dump_value(out, &target);
        dump_value(out, &actual);
        for (int c = 0; c < OUTCOME_NUMBERS; c++)
            buf_printf(out, " %g", outcome_number(d, (enum outcome_number)c, i));
        for (int c = 0; c < OUTCOME_WORDS; c++)
            buf_printf(out, " %d", (int)outcome_word(d, (enum outcome_word)c, i));
        buf_printf(out, " '%s'", outcome_note(d, i));
        dump_word(out, d, outcome_word(d, OUTCOME_LABEL, i));
        dump_place(out, d, outcomes_place(o, i));
        buf_char(out, '\n');
    }
}

static void dump_others(struct buf *out, const struct dataset *d)
{
    for (uint32_t i = 0; i < d->nratings; i++) {
        const struct rating_row *r = &d->ratings[i];
        buf_printf(out, "rating %u %u", r->entity, r->path);
        dump_word(out, d, r->rating);
        dump_word(out, d, r->by);
        dump_word(out, d, r->reason);
        dump_place(out, d, r->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nadjustments; i++) {
        const struct adjustment_row *a = &d->adjustments[i];
        buf_printf(out, "adjustment %u %g", a->entity, a->points);
        dump_word(out, d, a->cap);
        dump_word(out, d, a->reason);
        dump_place(out, d, a->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nbrackets; i++) {
        const struct bracket_row *b = &d->brackets[i];
        buf_printf(out, "bracket %u %u %d %g", b->entity, b->path, (int)b->within, b->points);
        dump_place(out, d, b->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nbudgets; i++) {
        const struct budget_row *b = &d->budgets[i];
        buf_printf(out, "budget %u %u %u %d %d", b->entity, b->budget_text, b->spent_text,
                   (int)b->budget_unit, (int)b->spent_unit);
        dump_place(out, d, b->place);
        buf_char(out, '\n');
    }
}

static void dump_dataset(struct buf *out, const struct dataset *d)
{
    dump_funds(out, d);
    dump_outcomes(out, d);
    dump_others(out, d);
    for (uint32_t i = 0; i < d->ninputs; i++)
        dump_word(out, d, d->inputs[i]);
    buf_printf(out, "\n%u words, %u paths, %zu cells\n", d->words.count, d->paths.count,
               d->cells.len);
    for (uint32_t i = 0; i < units_count(d->units); i++)
        buf_printf(out, "%s ", units_get(d->units, i)->name);
    for (size_t i = 0; i < d->findings.count; i++) {
        const struct finding *f = &d->findings.rows[i];
        buf_printf(out, "\nfinding %s %d %d", finding_word((enum finding_code)f->code),
                   (int)f->entity, (int)f->path);
        dump_place(out, d, (struct place){f->file, f->line});
        buf_char(out, ' ');
        dataset_message(out, d, f, false);
    }
}

/* The evaluation in the folder, loaded and written down; or the error. `thorough`: no row goes the
 * quick way. */
FIXTURE_UNUSED static void load_by(struct buf *out, uint64_t part_bytes, unsigned jobs,
                                   bool thorough)
{
    char path[256], units_path[256], columns_path_[256];
    static const char *const no_folders[] = {NULL};
    struct evaluation *e = NULL;
    struct units *units = NULL;
    struct columns *columns = NULL;
    struct plug_registry *plugins = NULL;
    struct workers *workers = NULL;
    struct dataset d;
    sy_error err = {0};
    snprintf(path, sizeof path, "%s", fixture_path("evaluation.ini"));
    snprintf(units_path, sizeof units_path, "%s/config/units.ini", data_folder());
    snprintf(columns_path_, sizeof columns_path_, "%s/config/columns.ini", data_folder());
    assert_int_equal(evaluation_load(&e, path, &err), SY_OK);
    assert_int_equal(units_load(&units, units_path, NULL, &err), SY_OK);
    assert_int_equal(columns_load(&columns, columns_path_, NULL, &err), SY_OK);
    assert_int_equal(plug_open(&plugins, no_folders, &err), SY_OK);
    assert_int_equal(workers_open(&workers, jobs, &err), SY_OK);
    assert_int_equal(dataset_init(&d, units, &err), SY_OK);
    struct load_order order = {.e = e,
                               .plugins = plugins,
                               .columns = columns,
                               .workers = workers,
                               .part_bytes = part_bytes,
                               .thorough = thorough};
    if (load_run(&d, &order, &err) == SY_OK)
        dump_dataset(out, &d);
    else
        buf_printf(out, "%d %s:%u:%u %s", (int)err.status, err.file, (unsigned)err.line,
                   (unsigned)err.column, err.message);
    dataset_dispose(&d);
    workers_close(workers);
    plug_close(plugins);
    columns_free(columns);
    units_free(units);
    evaluation_free(e);
}

FIXTURE_UNUSED static void load_text(struct buf *out, uint64_t part_bytes, unsigned jobs)
{
    load_by(out, part_bytes, jobs, false);
}

/* Where the first line begins in which the texts differ. */
FIXTURE_UNUSED static size_t same_lines(const struct buf *a, const struct buf *b)
{
    const char *x = buf_text(a), *y = buf_text(b);
    size_t same = 0;
    while (x[same] && x[same] == y[same])
        same++;
    while (same && x[same - 1] != '\n')
        same--;
    return same;
}

/* Returns the text of the evaluation loaded whole and thoroughly, which the caller disposes of. */
FIXTURE_UNUSED static struct buf check_parts(const char *what)
{
    static const uint64_t sizes[] = {1, 2, 3, 7, 64, 500, 4096, WHOLE};
    static const unsigned jobs[] = {1, 2, 7};
    struct buf whole = {0};
    load_by(&whole, WHOLE, 1, true);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buf parts = {0};
        load_text(&parts, sizes[i], jobs[i % 3]);
        const size_t same = same_lines(&whole, &parts);
        if (strcmp(buf_text(&whole), buf_text(&parts)) != 0)
            fail_msg("%s, parts of %u: %.400s\nwhole: %.400s", what, (unsigned)sizes[i],
                     buf_text(&parts) + same, buf_text(&whole) + same);
        buf_dispose(&parts);
    }
    return whole;
}

#endif
