/*
 * bind_script.c - finds the scripts of a type, lowest layer first, and loads them into the sandbox.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "stage/plan.h"

#define LAYERS_MAX 64

void bind_place_error(const struct run *r, sy_error *err)
{
    char place[SY_ERROR_FILE_MAX];
    if (!err || !err->file[0] || err->file[0] == '/')
        return;
    const char *folder = r->e->folder, *rest = err->file;
    if (strncmp(rest, "steelyard:", 10) == 0) {
        folder = r->options.installed;
        rest += 10;
    } else if (strncmp(rest, "config/", 7) != 0 && strncmp(rest, "scripts/", 8) != 0) {
        return;
    }
    if (!*folder && rest == err->file)
        return;
    int n = snprintf(place, sizeof place, "%s/%s", folder, rest);
    if (n > 0 && (size_t)n < sizeof place)
        memcpy(err->file, place, (size_t)n + 1);
}

struct layers {
    struct run *r;
    struct script_source sources[LAYERS_MAX];
    size_t n;
    const char *lib;
};

static char *join(struct arena *arena, const char *folder, const char *rest)
{
    struct buf b = {0};
    if (*folder)
        buf_printf(&b, "%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/");
    buf_str(&b, rest);
    char *copy = b.failed ? NULL : arena_copy(arena, buf_text(&b), b.len);
    buf_dispose(&b);
    return copy;
}

/* Adds folder/scripts/[year/]name where it exists. */
static sy_status add_layer(struct layers *l, bool *found, const char *folder, const char *prefix,
                           const char *year, const char *name, sy_error *err)
{
    char relative[SY_ERROR_FILE_MAX];
    int n = snprintf(relative, sizeof relative, "scripts/%s%s%s", year, *year ? "/" : "", name);
    char *path = n > 0 && (size_t)n < sizeof relative ? join(&l->r->arena, folder, relative) : NULL;
    if (!path)
        return error_nomem(err);
    if (!file_exists(path))
        return SY_OK;
    char shown[SY_ERROR_FILE_MAX + 16];
    snprintf(shown, sizeof shown, "%s%s", prefix, relative);
    char *kept = arena_strdup(&l->r->arena, shown);
    if (!kept)
        return error_nomem(err);
    if (l->n == LAYERS_MAX)
        return error_set(err, SY_EINPUT, shown, 0, "more than %d layers of scripts", LAYERS_MAX);
    l->sources[l->n++] = (struct script_source){path, kept, l->lib};
    *found = true;
    return SY_OK;
}

static sy_status add_year_layers(struct layers *l, bool *found, int year, const char *name,
                                 sy_error *err)
{
    char **folders = NULL;
    size_t n = 0;
    char *scripts = join(&l->r->arena, l->r->e->folder, "scripts");
    if (!scripts)
        return error_nomem(err);
    sy_status status = yard_year_folders(&folders, &n, scripts, year, err);
    for (size_t i = 0; i < n && status == SY_OK; i++)
        status = add_layer(l, found, l->r->e->folder, "", folders[i], name, err);
    yard_year_folders_free(folders, n);
    return status;
}

/* Whether scripts/TYPE.lua is no script of rules: steelyard.d.lua is for editors, TYPE_test.lua
 * holds tests. */
static bool is_taken(const char *type)
{
    static const char *const ends[] = {".d", "_test"};
    const size_t len = strlen(type);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t n = strlen(ends[i]);
        if (len > n && strcmp(type + len - n, ends[i]) == 0)
            return true;
    }
    return false;
}

/* The layers of one type of the chain of `extends`: installed, the evaluation's, its year folders'.
 */
static sy_status add_type(struct layers *l, const struct yardstick *y, const struct yardstick *base,
                          sy_error *err)
{
    char implicit[256];
    bool found = false;
    /* A `script` key that the type only inherits names the base's script, which is a layer already.
     */
    bool own = y->script && !(base && base->script && strcmp(base->script, y->script) == 0);
    const char *name = own ? y->script : implicit;
    if (strchr(y->type, '/') || y->type[0] == '.' || !*y->type || (!own && is_taken(y->type)))
        return SY_OK;
    snprintf(implicit, sizeof implicit, "%s.lua", y->type);
    sy_status status = SY_OK;
    if (own && (strchr(name, '/') || name[0] == '.'))
        status = error_set(err, SY_EINPUT, y->script_origin.file, y->script_origin.line,
                           "script '%s': name a file of scripts/, without a folder", name);
    if (status == SY_OK)
        status = add_layer(l, &found, l->r->options.installed, "steelyard:", "", name, err);
    if (status == SY_OK && l->r->e->ini)
        status = add_layer(l, &found, l->r->e->folder, "", "", name, err);
    if (status == SY_OK && l->r->e->ini)
        status = add_year_layers(l, &found, y->year, name, err);
    if (status == SY_OK && own && !found)
        status = error_set(err, SY_EINPUT, y->script_origin.file, y->script_origin.line,
                           "script '%s' is in no scripts/ folder", name);
    return status;
}

static sy_status open_sandbox(struct run *r, sy_error *err)
{
    struct sandbox_limits limits = {r->e->instructions, r->e->memory};
    sy_status status = r->sandbox ? SY_OK : sandbox_open(&r->sandbox, &limits, err);
    if (status != SY_OK)
        return status;
    sandbox_share(r->sandbox, r->sandbox);
    sandbox_cover(r->sandbox, r->options.coverage);
    return SY_OK;
}

static sy_status list_libs(struct layers *l, sy_error *err)
{
    struct run *r = l->r;
    struct buf b = {0};
    char *own = join(&r->arena, r->e->folder, "scripts/lib");
    char *installed = join(&r->arena, r->options.installed, "scripts/lib");
    if (own && r->e->ini)
        buf_printf(&b, "%s\n", own);
    buf_printf(&b, "%s%s", SCRIPT_INSTALLED, installed ? installed : "");
    l->lib = b.failed || !own || !installed ? NULL : arena_strdup(&r->arena, buf_text(&b));
    buf_dispose(&b);
    return l->lib ? SY_OK : error_nomem(err);
}

/* The parameters that standard rules read are of their kind: a slip would change points unseen. */
static sy_status check_parameters(const struct yardstick *y, sy_error *err)
{
    for (size_t i = 0; i < y->nparameters; i++) {
        const struct yard_text *p = &y->parameters[i];
        double number;
        bool word = strcmp(p->key, "reverse") == 0;
        if (!word && strcmp(p->key, "over") != 0 && strcmp(p->key, "pass") != 0)
            continue;
        bool fits = word ? strcmp(p->text, "ratio") == 0 || strcmp(p->text, "linear") == 0
                         : number_parse(&number, p->text, strlen(p->text)) && number >= 0;
        if (!fits)
            return error_set(err, strcmp(p->origin.file, "--set") == 0 ? SY_EUSAGE : SY_EINPUT,
                             p->origin.file, p->origin.line, "[parameters] %s: '%s' is %s", p->key,
                             p->text, word ? "neither ratio nor linear" : "no number from 0 up");
    }
    return SY_OK;
}

sy_status bind_script(struct run *r, struct standard *s, sy_error *err)
{
    struct layers *l = arena_alloc(&r->arena, sizeof *l);
    const struct yardstick *y = s->yard, *base = NULL;
    size_t n = y->nparameters;
    struct script_parameter *parameters = arena_alloc(&r->arena, (n + 1) * sizeof *parameters);
    if (!l || !parameters)
        return error_nomem(err);
    l->r = r;
    for (size_t i = 0; i < n; i++)
        parameters[i] = (struct script_parameter){y->parameters[i].key, y->parameters[i].text};
    rule_apply_parameters(&s->rule, parameters, n);
    sy_status status = check_parameters(y, err);
    if (status == SY_OK)
        status = list_libs(l, err);
    for (size_t i = 0; i < y->nchain && status == SY_OK; i++) {
        const struct yardstick *link = y;
        if (strcmp(y->chain[i], y->type) != 0)
            status = yards_get(&link, r->yards, y->chain[i], y->year, err);
        if (status == SY_OK)
            status = add_type(l, link, base, err);
        base = link;
    }
    if (status == SY_OK && l->n)
        status = open_sandbox(r, err);
    s->layers = l->sources;
    s->nlayers = l->n;
    s->parameters = parameters;
    if (status == SY_OK && l->n)
        status = script_load(&s->script, r->sandbox, l->sources, l->n, parameters, n, err);
    if (status != SY_OK)
        bind_place_error(r, err);
    return status;
}
