/*
 * case_read.c - a test file: its cases in their order, each name once, and its exemptions.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/suggest.h"
#include "prove/case.h"

sy_status case_refuse(const struct case_reading *r, const char *format, ...)
{
    char text[SY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(r->err, SY_EINPUT, r->file->shown, r->line, "'%.200s': %s", r->name, text);
}

sy_status case_refuse_word(const struct case_reading *r, const char *what, const char *word,
                           const char *const *known, size_t nknown)
{
    const char *near = suggest(word, known, nknown);
    return case_refuse(r, "%s '%s'%s%s%s", what, word, near ? ": did you mean '" : "",
                       near ? near : "", near ? "'?" : "");
}

int case_find(const char *const *list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], word) == 0)
            return (int)i;
    return -1;
}

void *case_alloc(const struct case_reading *r, size_t size)
{
    void *block = arena_alloc(&r->file->arena, size > 0 ? size : 1);
    if (!block)
        error_nomem(r->err);
    return block;
}

const struct test_value *case_member(const struct test_value *table, const char *key)
{
    for (size_t i = 0; i < table->nmembers; i++)
        if (table->members[i].key && strcmp(table->members[i].key, key) == 0)
            return &table->members[i];
    return NULL;
}

static sy_status read_case(struct prove_case *out, struct case_reading *r,
                           const struct test_call *call, uint32_t number)
{
    r->name = call->arguments[0].text;
    r->line = call->line;
    *out = (struct prove_case){.name = r->name,
                               .file = r->file->shown,
                               .line = call->line,
                               .number = number,
                               .year = r->file->year,
                               .type = r->file->type};
    if (!*r->name)
        return case_refuse(r, "a case has a name");
    sy_status status = case_given(out, r, &call->arguments[1]);
    return status == SY_OK ? case_expected(out, r, &call->arguments[2]) : status;
}

/* Names that were met, and at which line. */
struct met {
    struct pool names;
    uint32_t *lines;
};

static sy_status meet_name(struct met *met, const struct case_reading *r)
{
    uint32_t known = pool_find(&met->names, r->name, strlen(r->name));
    if (known != POOL_NONE)
        return case_refuse(r, "a case of this name stands at line %u already",
                           (unsigned)met->lines[known]);
    uint32_t name = pool_intern(&met->names, r->name, strlen(r->name));
    if (name == POOL_NONE)
        return error_nomem(r->err);
    met->lines[name] = r->line;
    return SY_OK;
}

static sy_status read_exempt(struct prove_exempt *out, struct case_reading *r,
                             const struct test_call *call)
{
    static const char *const laws[] = {"monotone", "range", "units", "edges"};
    r->name = call->arguments[0].text;
    r->line = call->line;
    *out = (struct prove_exempt){call->arguments[0].text, call->arguments[1].text,
                                 call->arguments[2].text, call->line};
    if (case_find(laws, sizeof laws / sizeof *laws, out->law) < 0)
        return case_refuse_word(r, "there are the laws monotone, range, units and edges, not",
                                out->law, laws, sizeof laws / sizeof *laws);
    return *out->why ? SY_OK : case_refuse(r, "an exemption says why");
}

static sy_status read_calls(struct case_reading *r, const struct test_calls *calls)
{
    struct met met = {0};
    size_t ncases = 0, nexempts = 0;
    struct prove_case *cases = case_alloc(r, (calls->ncalls + 1) * sizeof *cases);
    struct prove_exempt *exempts = case_alloc(r, (calls->ncalls + 1) * sizeof *exempts);
    met.lines = case_alloc(r, (calls->ncalls + 1) * sizeof *met.lines);
    sy_status status = cases && exempts && met.lines ? SY_OK : SY_ENOMEM;
    for (size_t i = 0; i < calls->ncalls && status == SY_OK; i++) {
        const struct test_call *call = &calls->calls[i];
        if (call->kind == TEST_EXEMPT) {
            status = read_exempt(&exempts[nexempts++], r, call);
            continue;
        }
        status = read_case(&cases[ncases], r, call, (uint32_t)ncases + 1);
        ncases++;
        if (status == SY_OK)
            status = meet_name(&met, r);
    }
    pool_dispose(&met.names);
    if (status != SY_OK)
        return status;
    r->file->cases = cases;
    r->file->ncases = ncases;
    r->file->exempts = exempts;
    r->file->nexempts = nexempts;
    if (ncases > 0)
        return SY_OK;
    return error_set(r->err, SY_EINPUT, r->file->shown, 0,
                     "has no test.case(\"name\", { given }, { expected })");
}

static char *list_libs(struct prove_file *file)
{
    struct buf b = {0};
    const struct evaluation *e = &file->home->evaluation;
    if (e->ini)
        buf_printf(&b, "%s%sscripts/lib\n", e->folder, *e->folder ? "/" : "");
    buf_printf(&b, "%s%sscripts/lib", file->home->installed, *file->home->installed ? "/" : "");
    char *libs = b.failed ? NULL : arena_strdup(&file->arena, buf_text(&b));
    buf_dispose(&b);
    return libs;
}

sy_status case_read(struct prove_file *file, sy_error *err)
{
    struct case_reading r = {.file = file, .name = "", .err = err};
    struct test_calls calls = {0};
    const struct script_source source = {file->path, file->shown, list_libs(file)};
    const struct sandbox_limits limits = {file->home->evaluation.instructions,
                                          file->home->evaluation.memory};
    if (!source.lib)
        return error_nomem(err);
    sy_status status = test_file_run(&calls, &file->arena, &source, &limits, err);
    return status == SY_OK ? read_calls(&r, &calls) : status;
}
