/*
 * facade_config.c - steelyard.h: yardsticks without scores.
 */
#include <string.h>

#include "api/config.h"
#include "api/document.h"
#include "api/facade.h"
#include "base/error.h"
#include "stage/config.h"

/* Data only says which types there are: where it cannot be read, config/ does. */
static sy_status load_types(sy_run *run, struct run_options *options, sy_error *err)
{
    sy_error reason;
    sy_status status = SY_OK;
    options->without_data = options->ntypes > 0;
    if (!options->without_data)
        status = run_load(&run->run, run->evaluation, run->plugins, options, &reason);
    if (!options->without_data && status == SY_OK)
        return SY_OK;
    if (status != SY_OK && status != SY_EINPUT && status != SY_EFILE) {
        if (err)
            *err = reason;
        return status;
    }
    run->unread = status != SY_OK;
    if (run->unread)
        run->reason = reason;
    options->without_data = true;
    return run_load(&run->run, run->evaluation, run->plugins, options, err);
}

sy_status facade_config(sy_run *run, struct run_options *options, sy_error *err)
{
    sy_status status = load_types(run, options, err);
    if (status == SY_OK)
        status = config_bind(run->run, options, err);
    if (status == SY_OK && options->nyears == 2) {
        run->from = options->years[0];
        run->to = options->years[1];
    }
    return status;
}

static sy_view choose_view(const struct config *c, bool tree)
{
    if (tree)
        return c->from ? config_tree_changes(c) : config_tree(c);
    if (c->people)
        return config_view_people(c);
    return c->from ? config_view_changes(c) : config_view_rows(c);
}

static sy_status prepare(struct config *c, const sy_run *run, sy_report report, bool people,
                         sy_error *err)
{
    sy_status status = SY_OK;
    if (report == SY_REPORT_CONFIG_DIFF && !run->from)
        return error_set(err, SY_EUSAGE, NULL, 0, "name two years to compare");
    if (report == SY_REPORT_CONFIG_DIFF)
        status = config_compare(c, run->from, run->to, err);
    if (status == SY_OK && people)
        status = config_people(c, report == SY_REPORT_CONFIG_FULL, err);
    return status;
}

sy_status facade_write_config(sy_run *run, sy_report report, const sy_writer *writer,
                              struct file_writer *file, const struct plug_option *options,
                              size_t noptions, sy_error *err)
{
    struct config c;
    bool people = (writer->takes & SY_TAKES_LABELS) != 0;
    sy_status status = config_make(&c, run->run, strcmp(run->language, "zh") == 0, err);
    if (status != SY_OK)
        return status;
    status = prepare(&c, run, report, people, err);
    if (status == SY_OK) {
        sy_view view = choose_view(&c, writer->takes == SY_TAKES_TREE);
        status =
            document_is_for(writer)
                ? document_write(NULL, c.zh, &(struct document_what){.kind = "table", .body = view},
                                 writer, file, options, noptions, err)
                : plug_write(writer, file, options, noptions, &view, err);
    }
    if (status == SY_OK && c.failed)
        status = error_nomem(err);
    config_dispose(&c);
    return status;
}

const sy_error *sy_run_unread(const sy_run *run)
{
    return run->unread ? &run->reason : NULL;
}

sy_status sy_run_ndifferences(size_t *out, const sy_run *run, sy_error *err)
{
    struct config c;
    sy_status status = config_make(&c, run->run, false, err);
    if (status != SY_OK)
        return status;
    status = prepare(&c, run, SY_REPORT_CONFIG_DIFF, false, err);
    if (status == SY_OK)
        *out = c.nchanges;
    config_dispose(&c);
    return status;
}
