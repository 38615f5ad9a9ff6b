/*
 * tests.c - sy_tests: worked tests of rules, from paths to results and reports.
 */
#include "api/tests.h"

#include <stdlib.h>
#include <string.h>

#include "api/document.h"
#include "base/error.h"

static sy_status list_rows(struct sy_tests *t, sy_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < t->nproved; i++)
        n += t->proved[i].nresults;
    t->rows = calloc(n + 1, sizeof *t->rows);
    if (!t->rows)
        return error_nomem(err);
    for (size_t i = 0; i < t->nproved; i++) {
        t->npassed += t->proved[i].npassed;
        for (size_t k = 0; k < t->proved[i].nresults; k++)
            t->rows[t->nrows++] =
                (struct tests_row){&t->proved[i], &t->reports[i], &t->proved[i].results[k]};
    }
    return SY_OK;
}

/* `cover` NULL: nobody asks what was reached. */
static sy_status prove_files(struct sy_tests *t, struct cover *cover, sy_error *err)
{
    sy_status status = SY_OK;
    t->proved = calloc(t->set->nfiles + 1, sizeof *t->proved);
    t->reports = calloc(t->set->nfiles + 1, sizeof *t->reports);
    if (!t->proved || !t->reports)
        return error_nomem(err);
    for (size_t i = 0; i < t->set->nfiles && status == SY_OK; i++) {
        status = prove_run(&t->proved[i], t->set->files[i], err);
        if (status != SY_OK)
            break;
        t->nproved++;
        status = cover ? cover_take(cover, &t->proved[i], err) : SY_OK;
        if (status != SY_OK)
            break;
        report_init(&t->reports[i], t->proved[i].run, t->set->zh ? "zh" : "en");
        t->reports[i].people = true;
    }
    return status == SY_OK ? list_rows(t, err) : status;
}

/* Laws come last: what invented cases reach, no case has reached. */
static sy_status prove_all(struct sy_tests *t, sy_error *err)
{
    struct cover *cover = NULL;
    sy_status status = t->covers ? cover_open(&cover, t->set, err) : SY_OK;
    if (status == SY_OK)
        status = prove_files(t, cover, err);
    if (status == SY_OK && cover)
        status = cover_finish(&t->covered, cover, err);
    cover_close(cover);
    if (status == SY_OK && t->tries_laws)
        status = tests_laws_open(t, err);
    return status;
}

static sy_status check_options(struct sy_tests *t, const sy_tests_options *o, sy_error *err)
{
    static const char *const none[] = {NULL};
    const sy_writer *writer;
    if (o->language && strcmp(o->language, "zh") != 0 && strcmp(o->language, "en") != 0)
        return error_set(err, SY_EUSAGE, NULL, 0, "language '%s' is neither zh nor en",
                         o->language);
    t->data = strdup(o->data ? o->data : "");
    t->width = o->width;
    t->covers = o->coverage != 0;
    t->tries_laws = o->properties != 0;
    if (!t->data)
        return error_nomem(err);
    sy_status status = plug_open(&t->plugins, o->plugins ? o->plugins : none, err);
    if (status == SY_OK && (o->format || o->output))
        status = output_writer(&writer, t->plugins, o->format, o->output ? o->output : "-", err);
    return status;
}

sy_status sy_tests_open(sy_tests **out, const char *const *paths, size_t npaths,
                        const sy_tests_options *options, sy_error *err)
{
    sy_tests_options o = {0};
    if (options)
        memcpy(&o, options,
               options->struct_size && options->struct_size < sizeof o ? options->struct_size
                                                                       : sizeof o);
    sy_tests *t = calloc(1, sizeof *t);
    if (!t)
        return error_nomem(err);
    sy_status status = check_options(t, &o, err);
    if (status == SY_OK)
        status = prove_open(&t->set, paths, npaths,
                            &(struct prove_options){.installed = t->data,
                                                    .plugins = t->plugins,
                                                    .types = o.types,
                                                    .ntypes = o.ntypes,
                                                    .language = o.language,
                                                    .jobs = o.jobs},
                            err);
    if (status == SY_OK)
        status = prove_all(t, err);
    if (status == SY_OK)
        *out = t;
    else
        sy_tests_close(t);
    return status;
}

void sy_tests_close(sy_tests *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->nproved; i++) {
        report_dispose(&t->reports[i]);
        prove_report_dispose(&t->proved[i]);
    }
    tests_laws_close(t);
    free(t->rows);
    free(t->proved);
    free(t->reports);
    cover_report_dispose(&t->covered);
    prove_close(t->set);
    plug_close(t->plugins);
    buf_dispose(&t->scratch);
    free(t->data);
    free(t);
}

void sy_tests_count(const sy_tests *t, sy_tests_counts *out)
{
    const size_t size = out->struct_size < sizeof *out ? out->struct_size : sizeof *out;
    sy_tests_counts counts = {.struct_size = size,
                              .files = t->nproved,
                              .cases = t->nrows,
                              .passed = t->npassed,
                              .coverage = cover_percent(t->covered.counts)};
    tests_laws_count(t, &counts);
    memcpy(out, &counts, size);
}

static sy_status write_tests(void *ctx, const sy_writer *writer, struct file_writer *file,
                             const struct plug_option *options, size_t noptions, sy_error *err)
{
    const sy_tests *t = ctx;
    sy_view view = tests_view(t, writer);
    sy_status status =
        document_is_for(writer)
            ? document_write(NULL, false, &(struct document_what){.kind = "table", .body = view},
                             writer, file, options, noptions, err)
            : plug_write(writer, file, options, noptions, &view, err);
    return status == SY_OK && t->failed ? error_nomem(err) : status;
}

sy_status sy_tests_write(sy_tests *t, const char *format, const char *path,
                         const sy_option *options, size_t noptions, sy_error *err)
{
    const sy_writer *writer;
    sy_status status = output_writer(&writer, t->plugins, format, path, err);
    if (status != SY_OK)
        return status;
    return output_file(writer, path, options, noptions, write_tests, t, err);
}

sy_status sy_tests_print(sy_tests *t, int brief, const char *path, sy_error *err)
{
    struct buf text = {0};
    tests_text(&text, t, brief != 0);
    sy_status status = t->failed ? error_nomem(err) : output_text(&text, path, t->width, err);
    buf_dispose(&text);
    return status;
}

size_t sy_tests_nrefused(const sy_tests *t)
{
    return plug_nrefused(t->plugins);
}

const char *sy_tests_refusal(const sy_tests *t, size_t i)
{
    return plug_refusal(t->plugins, i);
}
