/*
 * facade.c - steelyard.h: options in, one run, reports out.
 */
#include <steelyard/steelyard.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/explain.h"
#include "api/report.h"
#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"

/* Owns: everything. */
struct sy_run {
    struct evaluation *evaluation;
    struct plug_registry *plugins;
    struct run *run;
    char *language;
    char *data;
    struct buf message, source;
};

const char *sy_version(void)
{
    return STEELYARD_VERSION;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t len = strlen(text), n = strlen(tail);
    return len >= n && strcmp(text + len - n, tail) == 0;
}

static sy_status open_evaluation(sy_run *run, const char *path, const sy_run_options *o,
                                 sy_error *err)
{
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

/* The funds, years and types asked for exist. */
static sy_status check_words(const struct run *r, const char *what, const char *const *words,
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

static sy_status check_years(const struct run *r, const sy_run_options *o, sy_error *err)
{
    for (size_t i = 0; i < o->nyears && r->e->ini; i++) {
        bool there = false;
        for (size_t k = 0; k < r->e->nyears; k++)
            there = there || r->e->years[k] == o->years[i];
        if (!there)
            return error_set(err, SY_EUSAGE, r->e->ini, 0, "the evaluation has no year %d",
                             o->years[i]);
    }
    return SY_OK;
}

/* Whoever asks for one fund is not told of the others. */
static bool is_in_scope(const void *ctx, const struct finding *row)
{
    const struct run *r = ctx;
    return row->entity == FINDING_NOWHERE || r->fund_of[row->entity] != NO_ROW;
}

static sy_status run_stages(sy_run *run, const sy_run_options *o, sy_error *err)
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
                                  .nsets = o->nsets};
    sy_status status = run_load(&run->run, run->evaluation, run->plugins, &options, err);
    if (status == SY_OK)
        status = check_years(run->run, o, err);
    if (status == SY_OK && o->nfunds)
        status = check_words(run->run, "fund", o->funds, o->nfunds, false, err);
    if (status == SY_OK && o->ntypes && run->evaluation->ini)
        status = check_words(run->run, "type", o->types, o->ntypes, true, err);
    if (status == SY_OK)
        status = run_score(run->run, err);
    if (status == SY_OK && (o->nyears || o->nfunds || o->ntypes))
        findings_keep(&run->run->d.findings, is_in_scope, run->run);
    free(sets);
    /* The lists are the caller's: nothing of the run looks at them again. */
    if (run->run)
        run->run->options = (struct run_options){.installed = run->data};
    return status;
}

static sy_status choose_writer(const sy_writer **out, const struct plug_registry *plugins,
                               const char *format, const char *path, sy_error *err)
{
    /* A device or pipe has no extension to go by: what a terminal would show. */
    bool device = !format && file_exists(path) && !file_is_regular(path);
    *out = format || device ? plug_writer(plugins, format ? format : "table")
                            : plug_writer_for(plugins, path);
    if (*out)
        return SY_OK;
    if (!format && strcmp(path, "-") != 0)
        return error_set(err, SY_EUSAGE, path, 0,
                         "no format has this extension: name one of %s with --format",
                         plug_writer_names(plugins));
    return error_set(err, SY_EUSAGE, NULL, 0, "no format is called '%s': there are %s",
                     format ? format : "", plug_writer_names(plugins));
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
        status = choose_writer(&writer, run->plugins, o.format, o.output ? o.output : "-", err);
    if (status == SY_OK)
        status = open_evaluation(run, evaluation, &o, err);
    if (status == SY_OK) {
        run->language = strdup(o.language ? o.language : run->evaluation->language);
        status = run->language ? run_stages(run, &o, err) : error_nomem(err);
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

size_t sy_run_nfindings(const sy_run *run)
{
    return run->run->d.findings.count;
}

void sy_run_finding(sy_run *run, size_t i, const char *language, sy_finding *out)
{
    const struct dataset *d = &run->run->d;
    const struct finding *f = &d->findings.rows[i];
    const struct entity *e = f->entity == FINDING_NOWHERE ? NULL : &d->entities[f->entity];
    buf_clear(&run->message);
    finding_message(&run->message, f, &d->words,
                    strcmp(language ? language : run->language, "zh") == 0);
    buf_clear(&run->source);
    if (f->file != FINDING_NOWHERE)
        buf_str(&run->source, dataset_text(d, f->file));
    if (f->file != FINDING_NOWHERE && f->line)
        buf_printf(&run->source, ":%u", (unsigned)f->line);
    *out = (sy_finding){.severity = (sy_severity)f->severity,
                        .code = finding_word((enum finding_code)f->code),
                        .fund = e ? dataset_text(d, e->fund) : NULL,
                        .year = e ? e->year : 0,
                        .indicator =
                            f->indicator == FINDING_NOWHERE ? NULL : dataset_text(d, f->indicator),
                        .message = buf_text(&run->message),
                        .source = run->source.len ? buf_text(&run->source) : NULL};
}

const char *sy_run_finding_code(const sy_run *run, size_t i, sy_severity *severity)
{
    const struct finding *f = &run->run->d.findings.rows[i];
    *severity = (sy_severity)f->severity;
    return finding_word((enum finding_code)f->code);
}

const char *sy_severity_word(sy_severity severity)
{
    return severity_word((enum severity)severity);
}

sy_status sy_severity_of(sy_severity *out, const char *word)
{
    enum severity severity;
    if (!severity_of(&severity, word))
        return SY_EUSAGE;
    *out = (sy_severity)severity;
    return SY_OK;
}

size_t sy_run_nfunds(const sy_run *run)
{
    return run->run->nfunds;
}

void sy_run_fund(const sy_run *run, size_t i, sy_fund_score *out)
{
    const struct run *r = run->run;
    const struct fund *f = &r->funds[i];
    const struct entity *e = &r->d.entities[f->entity];
    const struct fund_result *result = &r->results[i];
    const struct yardstick *y = r->standards[f->standard].yard;
    *out = (sy_fund_score){.fund = dataset_text(&r->d, e->fund),
                           .name = e->name == NO_WORD ? NULL : dataset_text(&r->d, e->name),
                           .year = e->year,
                           .status = fund_status_word(result->status),
                           .has_score = result->has_score,
                           .has_bounds = result->has_bounds,
                           .score = decimal_value(result->score, y->decimals),
                           .full_score = y->full_score,
                           .low = decimal_value(result->low, y->decimals),
                           .high = decimal_value(result->high, y->decimals),
                           .grade = result->grade == NO_ROW ? NULL : y->grades[result->grade].name};
}

static sy_view choose_view(const struct report *p, sy_report report, const sy_writer *writer)
{
    if (writer->takes == SY_TAKES_TREE)
        return report == SY_REPORT_CHECK ? report_check_tree(p) : report_score_tree(p);
    if (report == SY_REPORT_CHECK)
        return p->people ? report_people_findings(p) : report_findings(p);
    if (report == SY_REPORT_SCORE_DETAIL)
        return report_detail_rows(p);
    return p->people ? report_people_rows(p) : report_funds_rows(p);
}

/* Whether a path is one of the files that were read: writing there would lose what was scored. */
static bool is_input(const struct run *r, const char *path)
{
    bool same = r->e->ini && file_is_same(r->e->ini, path);
    for (uint32_t i = 0; i < r->d.ninputs && !same; i++) {
        char *input = evaluation_path(r->e, dataset_text(&r->d, r->d.inputs[i]));
        same = input && file_is_same(input, path);
        free(input);
    }
    return same;
}

static sy_status refuse_input(const struct run *r, const char *path, sy_error *err)
{
    if (strcmp(path, "-") == 0 || !is_input(r, path))
        return SY_OK;
    return error_set(err, SY_EUSAGE, path, 0,
                     "is read by this evaluation and would be lost: name another file");
}

sy_status sy_run_write(sy_run *run, sy_report report, const char *format, const char *path,
                       const sy_option *options, size_t noptions, sy_error *err)
{
    const sy_writer *writer;
    struct report p = {0};
    struct file_writer file;
    struct plug_option *plain = NULL;
    sy_status status = choose_writer(&writer, run->plugins, format, path, err);
    if (status == SY_OK)
        status = refuse_input(run->run, path, err);
    if (status != SY_OK)
        return status;
    plain = calloc(noptions + 1, sizeof *plain);
    if (!plain)
        return error_nomem(err);
    for (size_t i = 0; i < noptions; i++)
        plain[i] = (struct plug_option){options[i].name, options[i].value};
    status = report_init(&p, run->run, run->language, err);
    if (status != SY_OK)
        goto out;
    status = file_create(&file, path, err);
    if (status != SY_OK)
        goto out;
    p.people = strcmp(writer->name, "table") == 0;
    sy_view view = choose_view(&p, report, writer);
    status = plug_write(writer, &file, plain, noptions, &view, err);
    if (status == SY_OK && p.failed)
        status = error_nomem(err);
    if (status == SY_OK)
        status = file_commit(&file, err);
    else
        file_abort(&file);
out:
    report_dispose(&p);
    free(plain);
    return status;
}

/* So that no cell that is quoted can drive a terminal. */
static void show_controls(struct buf *out, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        bool wide = c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0;
        if ((*c >= 0x20 && *c != 0x7F && !wide) || *c == '\n')
            buf_char(out, (char)*c);
        else
            buf_printf(out, "\\x%02x", (unsigned)(wide ? *++c : *c));
    }
}

/* Text for people into a file or standard output. */
static sy_status write_text(const struct buf *text, const char *path, sy_error *err)
{
    struct file_writer file;
    struct buf plain = {0};
    show_controls(&plain, buf_text(text));
    sy_status status = SY_OK;
    if (text->failed || plain.failed)
        status = error_nomem(err);
    if (status == SY_OK)
        status = file_create(&file, path, err);
    if (status != SY_OK)
        goto out;
    status = file_write(&file, buf_text(&plain), plain.len, err);
    if (status == SY_OK)
        status = file_commit(&file, err);
    else
        file_abort(&file);
out:
    buf_dispose(&plain);
    return status;
}

static sy_status refuse_indicator(const struct run *r, const char *fund, const char *path,
                                  sy_error *err)
{
    const char **known = calloc((size_t)r->nitems + 1, sizeof *known);
    size_t n = 0;
    if (!known)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds; i++) {
        const struct fund *f = &r->funds[i];
        bool same = strcmp(dataset_text(&r->d, r->d.entities[f->entity].fund), fund) == 0;
        for (uint32_t k = f->first; same && k < f->first + f->count; k++)
            known[n++] = item_path(r, k);
    }
    const char *near = suggest(path, known, n);
    error_set(err, SY_EUSAGE, NULL, 0, "%s has no indicator '%s'%s%s%s", fund, path,
              near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
    free(known);
    return SY_EUSAGE;
}

static bool has_indicator(const struct run *r, const struct fund *f, const char *path)
{
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        if (strcmp(item_path(r, i), path) == 0)
            return true;
    return false;
}

sy_status sy_run_explain(sy_run *run, const char *fund, int year, const char *indicator,
                         const char *path, sy_error *err)
{
    struct report p;
    struct buf text = {0};
    bool fund_found = false, found = false;
    const struct run *r = run->run;
    sy_status status = report_init(&p, run->run, run->language, err);
    p.people = true;
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct entity *e = &r->d.entities[r->funds[i].entity];
        if (strcmp(dataset_text(&r->d, e->fund), fund) != 0 || (year && e->year != year))
            continue;
        fund_found = true;
        if (indicator && !has_indicator(r, &r->funds[i], indicator))
            continue;
        if (found)
            buf_char(&text, '\n');
        found = true;
        explain_fund(&text, &p, i, indicator);
    }
    if (status == SY_OK && !fund_found)
        status = check_words(r, "fund", &fund, 1, false, err);
    if (status == SY_OK && !found && indicator && fund_found)
        status = refuse_indicator(r, fund, indicator, err);
    else if (status == SY_OK && !found)
        status =
            error_set(err, SY_EUSAGE, NULL, 0, "%s is not scored in the years asked for", fund);
    if (status == SY_OK)
        status = p.failed ? error_nomem(err) : refuse_input(r, path, err);
    if (status == SY_OK)
        status = write_text(&text, path, err);
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}

sy_status sy_run_closing(sy_run *run, const char *program, const char *path, sy_error *err)
{
    struct report p;
    struct buf text = {0};
    sy_status status = report_init(&p, run->run, run->language, err);
    if (status == SY_OK) {
        explain_closing(&text, &p, program);
        status = write_text(&text, path, err);
    }
    buf_dispose(&text);
    report_dispose(&p);
    return status;
}
