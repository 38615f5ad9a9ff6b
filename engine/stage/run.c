/*
 * run.c - the stages in order, from an evaluation to results.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "rule/script.h"
#include "stage/load.h"
#include "stage/near.h"
#include "stage/plan.h"
#include "stage/task.h"

static char *config_path(const char *folder, const char *name)
{
    struct buf b = {0};
    if (*folder)
        buf_printf(&b, "%s/", folder);
    buf_printf(&b, "config/%s", name);
    if (b.failed) {
        buf_dispose(&b);
        return NULL;
    }
    return b.data;
}

static sy_status load_config(struct run *r, sy_error *err)
{
    const char *installed = r->options.installed;
    /* Beside a single data file there is no evaluation: its folder's config is not meant. */
    const char *own = r->e->ini ? r->e->folder : NULL;
    char *units = config_path(installed, "units.ini"),
         *columns = config_path(installed, "columns.ini");
    char *own_units = own ? config_path(own, "units.ini") : NULL;
    char *own_columns = own ? config_path(own, "columns.ini") : NULL;
    sy_status status = SY_OK;
    if (!units || !columns || (own && (!own_units || !own_columns)))
        status = error_nomem(err);
    if (status == SY_OK && !file_exists(units))
        status =
            error_set(err, SY_EFILE, units, 0,
                      "the installed config/ is not here: set STEELYARD_DATA to the folder that "
                      "holds config/ and scripts/");
    if (status == SY_OK)
        status = units_load(&r->units, units, own_units, err);
    if (status == SY_OK)
        status = columns_load(&r->columns, columns, own_columns, err);
    free(units);
    free(columns);
    free(own_units);
    free(own_columns);
    return status;
}

sy_status run_load(struct run **out, const struct evaluation *e,
                   const struct plug_registry *plugins, const struct run_options *options,
                   sy_error *err)
{
    struct run *r = calloc(1, sizeof *r);
    if (!r)
        return error_nomem(err);
    r->e = e;
    r->plugins = plugins;
    r->options = *options;
    r->zh = options->zh;
    r->progress = options->progress;
    const char *own = e->ini ? e->folder : NULL;
    const unsigned jobs = options->jobs ? options->jobs : workers_available();
    sy_status status = workers_open(&r->workers, options->coverage ? 1 : jobs, err);
    if (status == SY_OK)
        status = load_config(r, err);
    if (status == SY_OK)
        status = dataset_init(&r->d, r->units, err);
    if (status == SY_OK)
        status = yards_open(&r->yards, options->installed, own, options->sets, options->nsets, err);
    if (status == SY_OK && !options->without_data)
        status = load_run(&r->d,
                          &(struct load_order){.e = e,
                                               .plugins = plugins,
                                               .columns = r->columns,
                                               .workers = r->workers,
                                               .progress = &r->progress,
                                               .part_bytes = options->part_bytes},
                          err);
    if (status == SY_OK)
        *out = r;
    else
        run_free(r);
    if (status != SY_OK && err)
        bind_place_error(&(struct run){.e = e, .options = *options}, err);
    return status;
}

/* One stage, announced. */
static sy_status run_stage(struct run *r, const char *name,
                           sy_status (*stage)(struct run *r, sy_error *err), sy_error *err)
{
    sy_status status = progress_tell(&r->progress, name, -1, err);
    r->stage = name;
    return status == SY_OK ? stage(r, err) : status;
}

sy_status run_score(struct run *r, sy_error *err)
{
    sy_status status = run_stage(r, "bind", bind_run, err);
    if (status != SY_OK)
        return status;
    r->failed = calloc((size_t)r->nfunds + 1, sizeof *r->failed);
    if (!r->failed)
        return error_nomem(err);
    if ((status = near_open(r, err)) != SY_OK || (status = task_open(r, err)) != SY_OK ||
        (status = check_facts(r, err)) != SY_OK ||
        (status = run_stage(r, "measure", measure_run, err)) != SY_OK ||
        (status = run_stage(r, "score", score_run, err)) != SY_OK ||
        (status = run_stage(r, "check", check_run, err)) != SY_OK ||
        (status = r->options.isolated ? SY_OK : check_repeated(r, err)) != SY_OK)
        return status;
    return run_stage(r, "total", total_run, err);
}

void run_free(struct run *r)
{
    if (!r)
        return;
    task_close(r);
    workers_close(r->workers);
    sandbox_close(r->sandbox);
    yards_close(r->yards);
    dataset_dispose(&r->d);
    columns_free(r->columns);
    units_free(r->units);
    free(r->standards);
    map_dispose(&r->standard_index);
    free(r->bounds);
    map_dispose(&r->bound_index);
    free(r->row_order);
    free(r->row_first);
    map_dispose(&r->rating_index);
    map_dispose(&r->find_index);
    map_dispose(&r->adjustment_index);
    free(r->funds);
    free(r->fund_of);
    free(r->item_rows);
    free(r->item_bounds);
    free(r->wide_bounds);
    free(r->item_overs);
    free(r->overs);
    free(r->share);
    free(r->attainment);
    free(r->ruled);
    free(r->reason);
    free(r->status);
    free(r->failed);
    free(r->adjustments);
    free(r->bound_points);
    free(r->results);
    arena_dispose(&r->arena);
    free(r);
}
