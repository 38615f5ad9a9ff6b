/*
 * bind_types.c - the types that there are, for whoever named one that is not.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"
#include "stage/plan.h"

/* Names of types. Owns: the array; the names are in the run's arena. */
struct type_names {
    const char **names;
    size_t n;
};

static bool is_type(const char *name, size_t len)
{
    static const char *const others[] = {"columns", "units"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strlen(others[i]) == len && memcmp(others[i], name, len) == 0)
            return false;
    return len > 0;
}

/* Adds what config/NAME.ini of a folder names. A folder that cannot be read has none. */
static sy_status add_folder(struct type_names *t, struct run *r, const char *folder, sy_error *err)
{
    char **paths = NULL;
    size_t n = 0;
    struct buf pattern = {0};
    buf_printf(&pattern, "%s%sconfig/*.ini", folder, *folder ? "/" : "");
    sy_status status =
        pattern.failed ? error_nomem(err) : file_glob(&paths, &n, buf_text(&pattern), err);
    buf_dispose(&pattern);
    if (status == SY_EFILE)
        return SY_OK;
    const char **grown = status == SY_OK ? realloc(t->names, (t->n + n + 1) * sizeof *grown) : NULL;
    if (status == SY_OK && !grown)
        status = error_nomem(err);
    if (grown)
        t->names = grown;
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        const char *slash = strrchr(paths[i], '/'), *name = slash ? slash + 1 : paths[i];
        size_t len = strlen(name) - strlen(".ini");
        char *copy = is_type(name, len) ? arena_copy(&r->arena, name, len) : NULL;
        if (copy)
            t->names[t->n++] = copy;
        else if (is_type(name, len))
            status = error_nomem(err);
    }
    file_glob_free(paths, n);
    return status;
}

sy_status bind_near_type(const char **out, struct run *r, const char *type, sy_error *err)
{
    struct type_names t = {0};
    *out = NULL;
    sy_status status = add_folder(&t, r, r->options.installed, err);
    if (status == SY_OK && r->e->ini)
        status = add_folder(&t, r, r->e->folder, err);
    if (status == SY_OK)
        *out = suggest(type, t.names, t.n);
    free(t.names);
    return status;
}
