/*
 * facade.c - steelyard.h: options in, one run out. What a run tells stands in facade_read.c, what
 * it writes in facade_write.c.
 */
#include <stdlib.h>
#include <string.h>

#include "api/facade.h"
#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"

const char *sy_version(void)
{
    return STEELYARD_VERSION;
}

const char *sy_nearest(const char *word, const char *const *known, size_t nknown)
{
    return suggest(word, known, nknown);
}

static bool ends_with(const char *text, const char *tail)
{
    size_t len = strlen(text), n = strlen(tail);
    return len >= n && strcmp(text + len - n, tail) == 0;
}

static sy_status open_evaluation(sy_run *run, const char *path, const sy_run_options *o,
                                 sy_error *err)
{
    if (!path)
        return evaluation_none(&run->evaluation, err);
    if (!*path)
        return error_set(err, SY_EFILE, NULL, 0, "the evaluation's name is empty: no such file");
    if (!file_exists(path))
        return error_set(err, SY_EFILE, path, 0, "no such file or folder");
    if (file_is_folder(path) || ends_with(path, ".ini"))
        return evaluation_load(&run->evaluation, path, err);
    if (o->nyears > 1)
        return error_set(err, SY_EUSAGE, path, 0, "one data file is of one year: name one");
    const char *type = o->file_type ? o->file_type : o->ntypes == 1 ? o->types[0] : NULL;
    return evaluation_single(&run->evaluation, path, type, o->nyears ? o->years[0] : 0, err);
}

static sy_status refuse_word(sy_error *err, const char *what, const char *word, const char **known,
                             size_t n)
{
    const char *near = suggest(word, known, n);
    return error_set(err, SY_EUSAGE, NULL, 0, "the evaluation has no %s '%s'%s%s%s", what, word,
                     near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

sy_status facade_check_words(const struct run *r, const char *what, const char *const *words,
                             size_t nwords, bool types, sy_error *err)
{
    const char **known = calloc((size_t)r->d.nentities + 1, sizeof *known);
    sy_status status = known ? SY_OK : error_nomem(err);
    size_t n = 0;
    for (uint32_t i = 0; i < r->d.nentities && known; i++) {
        uint32_t type = r->d.entities[i].type;
        known[n++] =
            types ? (type == NO_WORD ? (r->e->type ? r->e->type : "") : dataset_text(&r->d, type))
                  : dataset_text(&r->d, r->d.entities[i].fund);
    }
    for (size_t i = 0; i < nwords && status == SY_OK; i++) {
        bool there = false;
        for (size_t k = 0; k < n && !there; k++)
            there = strcmp(known[k], words[i]) == 0;
        if (!there)
            status = refuse_word(err, what, words[i], known, n);
    }
    free(known);
    return status;
}

static sy_status check_year(const struct run *r, int year, sy_error *err)
{
    for (size_t k = 0; k < r->e->nyears; k++)
        if (r->e->years[k] == year)
            return SY_OK;
    return error_set(err, SY_EUSAGE, r->e->ini, 0, "the evaluation has no year %d", year);
}

static sy_status check_years(const struct run *r, const sy_run_options *o, sy_error *err)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < o->nyears && r->e->ini && status == SY_OK; i++)
        status = check_year(r, o->years[i], err);
    if (o->yardstick && r->e->ini && status == SY_OK)
        status = check_year(r, o->yardstick, err);
    return status;
}

/* Whoever asks for one fund is not told of the others. */
static bool is_in_scope(const void *ctx, const struct finding *row)
{
    const struct run *r = ctx;
    return row->entity == FINDING_NOWHERE || r->fund_of[row->entity] != NO_ROW;
}

static sy_status open_and_score(sy_run *run, const sy_run_options *o,
                                const struct run_options *options, sy_error *err)
{
    sy_status status = run_load(&run->run, run->evaluation, run->plugins, options, err);
    if (status == SY_OK)
        status = check_years(run->run, o, err);
    if (status == SY_OK && o->nfunds)
        status = facade_check_words(run->run, "fund", o->funds, o->nfunds, false, err);
    if (status == SY_OK && o->ntypes && run->evaluation->ini)
        status = facade_check_words(run->run, "type", o->types, o->ntypes, true, err);
    if (status == SY_OK)
        status = run_score(run->run, err);
    if (status == SY_OK && (o->nyears || o->nfunds || o->ntypes))
        findings_keep(&run->run->d.findings, is_in_scope, run->run);
    return status;
}

static sy_status run_stages(sy_run *run, const sy_run_options *o, bool without_data, sy_error *err)
{
    struct yard_set *sets = calloc(o->nsets + 1, sizeof *sets);
    if (!sets)
        return error_nomem(err);
    for (size_t i = 0; i < o->nsets; i++)
        sets[i].text = o->sets[i];
    struct run_options options = {.zh = strcmp(run->language, "zh") == 0,
                                  .installed = run->data,
                                  .years = o->years,
                                  .nyears = o->nyears,
                                  .fund_ids = o->funds,
                                  .nfund_ids = o->nfunds,
                                  .types = o->types,
                                  .ntypes = o->ntypes,
                                  .sets = sets,
                                  .nsets = o->nsets,
                                  .jobs = o->jobs,
                                  .yardstick = o->yardstick,
                                  .progress = {o->progress, o->progress_ctx}};
    options.without_data = without_data;
    sy_status status;
    if (without_data)
        status = run_load(&run->run, run->evaluation, run->plugins, &options, err);
    else
        status =
            o->config ? facade_config(run, &options, err) : open_and_score(run, o, &options, err);
    free(sets);
    /* The lists are the caller's: nothing of the run looks at them again. */
    if (run->run)
        run->run->options = (struct run_options){.installed = run->data};
    return status;
}

sy_status sy_run_open(sy_run **out, const char *evaluation, const sy_run_options *options,
                      sy_error *err)
{
    static const char *const no_plugins[] = {NULL};
    sy_run_options o = {0};
    const sy_writer *writer;
    if (options)
        memcpy(&o, options,
               options->struct_size && options->struct_size < sizeof o ? options->struct_size
                                                                       : sizeof o);
    sy_run *run = calloc(1, sizeof *run);
    if (!run)
        return error_nomem(err);
    sy_status status = SY_OK;
    run->width = o.width;
    run->data = strdup(o.data ? o.data : "");
    if (!run->data)
        status = error_nomem(err);
    if (status == SY_OK && o.language && strcmp(o.language, "zh") != 0 &&
        strcmp(o.language, "en") != 0)
        status =
            error_set(err, SY_EUSAGE, NULL, 0, "language '%s' is neither zh nor en", o.language);
    if (status == SY_OK)
        status = plug_open(&run->plugins, o.plugins ? o.plugins : no_plugins, err);
    if (status == SY_OK && (o.format || o.output))
        status = output_writer(&writer, run->plugins, o.format, o.output ? o.output : "-", err);
    if (status == SY_OK)
        status = open_evaluation(run, evaluation, &o, err);
    if (status == SY_OK) {
        run->language = strdup(o.language ? o.language : run->evaluation->language);
        status = run->language ? run_stages(run, &o, !evaluation, err) : error_nomem(err);
    }
    if (status == SY_OK)
        *out = run;
    else
        sy_run_close(run);
    return status;
}

void sy_run_close(sy_run *run)
{
    if (!run)
        return;
    facade_compare_free(run);
    facade_sensitivity_free(run);
    facade_improve_free(run);
    run_free(run->run);
    evaluation_free(run->evaluation);
    plug_close(run->plugins);
    free(run->language);
    free(run->data);
    buf_dispose(&run->message);
    buf_dispose(&run->source);
    free(run);
}

int sy_run_script_failed(const sy_run *run)
{
    return run->run->script_failed;
}

const char *sy_run_language(const sy_run *run)
{
    return run->language;
}

const char *sy_run_folder(const sy_run *run)
{
    return run->evaluation->folder;
}

const char *sy_run_formats(const sy_run *run)
{
    (void)plug_ready(run->plugins, NULL, NULL); /* without memory for more, those that are there */
    return plug_writer_names(run->plugins);
}

size_t sy_run_nrefused(const sy_run *run)
{
    return plug_nrefused(run->plugins);
}

const char *sy_run_refusal(const sy_run *run, size_t i)
{
    return plug_refusal(run->plugins, i);
}
