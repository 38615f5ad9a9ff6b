/*
 * home.c - from paths to test files, and the evaluation that each belongs to.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"
#include "prove/case.h"

#define TAIL         "_test.lua"
#define YEAR_DEFAULT 2020

/* While paths are looked through. */
struct opening {
    struct prove_set *set;
    const struct prove_options *options;
    size_t homes_cap, files_cap, nfound, nseen;
    bool whole;          /* the path at hand is a folder, and no types are asked for */
    const char *seen[8]; /* types that were there and not asked for, for "did you mean" */
    sy_error *err;
};

/* folder/rest in the set's arena. */
static char *join(struct opening *o, const char *folder, const char *rest)
{
    struct buf b = {0};
    const size_t len = strlen(folder);
    buf_printf(&b, "%s%s%s", folder, len > 0 && folder[len - 1] != '/' ? "/" : "", rest);
    char *path = b.failed ? NULL : arena_copy(&o->set->arena, buf_text(&b), b.len);
    buf_dispose(&b);
    if (!path)
        error_nomem(o->err);
    return path;
}

/* The folder that a path lies in: "" for the current one. */
static char *parent_of(struct opening *o, const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    size_t at = len;
    while (at > 0 && path[at - 1] != '/')
        at--;
    const size_t name = len - at;
    if (name == 0 || (name == 1 && path[at] == '.') ||
        (name == 2 && path[at] == '.' && path[at + 1] == '.'))
        return join(o, path, "..");
    while (at > 1 && path[at - 1] == '/')
        at--;
    char *copy = arena_copy(&o->set->arena, path, at);
    if (!copy)
        error_nomem(o->err);
    return copy;
}

/* The last part of a folder's real path, in `out`. */
static bool name_of(char out[PATH_MAX], const char *folder)
{
    char real[PATH_MAX];
    if (!realpath(*folder ? folder : ".", real))
        return false;
    const char *slash = strrchr(real, '/');
    strcpy(out, slash ? slash + 1 : real);
    return true;
}

/* Room for one more pointer. */
static bool make_room(struct opening *o, void ***list, size_t n, size_t *cap)
{
    if (n < *cap)
        return true;
    size_t more = *cap ? 2 * *cap : 8;
    void **grown = arena_alloc(&o->set->arena, more * sizeof *grown);
    if (!grown)
        return false;
    if (n)
        memcpy(grown, *list, n * sizeof *grown);
    *list = grown;
    *cap = more;
    return true;
}

/* What the folder is: an evaluation, the installed folder, or rules to be laid over that. */
static sy_status fill_home(struct opening *o, struct prove_home *home, const char *folder)
{
    char *ini = join(o, folder, "evaluation.ini"), *units = join(o, folder, "config/units.ini");
    if (!ini || !units)
        return SY_ENOMEM;
    sy_status status = SY_OK;
    home->installed = o->options->installed;
    home->plugins = o->options->plugins;
    home->jobs = o->options->jobs;
    if (file_exists(ini)) {
        status = evaluation_load(&home->loaded, *folder ? folder : ".", o->err);
        if (status != SY_OK)
            return status;
        home->evaluation = *home->loaded;
        home->years = home->loaded->years;
        home->nyears = home->loaded->nyears;
    } else {
        home->evaluation = (struct evaluation){.title = "",
                                               .language = "en",
                                               .instructions = EVALUATION_INSTRUCTIONS,
                                               .memory = EVALUATION_MEMORY};
        home->evaluation.folder = folder;
        if (file_exists(units))
            home->installed = folder;
        else
            home->evaluation.ini = ini;
        if (!home->evaluation.ini)
            home->evaluation.folder = "";
    }
    /* Each case tells its year, and nothing is read from files. */
    home->evaluation.years = NULL;
    home->evaluation.nyears = 0;
    home->evaluation.sources = NULL;
    home->evaluation.nsources = 0;
    return SY_OK;
}

static sy_status find_home(struct prove_home **out, struct opening *o, const char *folder)
{
    struct prove_set *set = o->set;
    for (size_t i = 0; i < set->nhomes; i++)
        if (strcmp(set->homes[i]->folder, folder) == 0) {
            *out = set->homes[i];
            return SY_OK;
        }
    struct prove_home *home = arena_alloc(&set->arena, sizeof *home);
    void **list = (void **)set->homes;
    if (!home || !make_room(o, &list, set->nhomes, &o->homes_cap))
        return error_nomem(o->err);
    set->homes = (struct prove_home **)list;
    home->folder = folder;
    set->homes[set->nhomes++] = home;
    *out = home;
    return fill_home(o, home, folder);
}

int home_year(const struct prove_home *home, bool in_years, int first, int last)
{
    for (size_t i = 0; i < home->nyears; i++)
        if (!in_years || (home->years[i] >= first && home->years[i] <= last))
            return home->years[i];
    if (!in_years)
        return YEAR_DEFAULT;
    return first != INT_MIN ? first : last != INT_MAX ? last : YEAR_DEFAULT;
}

/* The folder that scripts/ lies in, and the years of the folder between. */
static sy_status place_file(struct prove_file *file, struct opening *o)
{
    char name[PATH_MAX];
    int first = INT_MIN, last = INT_MAX;
    char *scripts = parent_of(o, file->path);
    if (!scripts)
        return SY_ENOMEM;
    bool known = name_of(name, scripts);
    const bool in_years = known && yard_year_folder(name, &first, &last);
    if (in_years) {
        scripts = parent_of(o, scripts);
        if (!scripts)
            return SY_ENOMEM;
        known = name_of(name, scripts);
    }
    if (!known || strcmp(name, "scripts") != 0)
        return error_set(o->err, SY_EFILE, file->path, 0,
                         "a test file stands beside the script that it tests, in scripts/ of an "
                         "evaluation or in one of its year folders");
    char *folder = parent_of(o, scripts);
    struct prove_home *home = NULL;
    sy_status status = folder ? find_home(&home, o, folder) : SY_ENOMEM;
    if (status != SY_OK)
        return status;
    home->whole = home->whole || o->whole;
    file->home = home;
    file->year = home_year(home, in_years, first, last);
    return SY_OK;
}

static bool is_asked(const struct prove_options *o, const char *type)
{
    for (size_t i = 0; i < o->ntypes; i++)
        if (strcmp(o->types[i], type) == 0)
            return true;
    return o->ntypes == 0;
}

static bool is_listed(const struct prove_set *set, const char *path)
{
    for (size_t i = 0; i < set->nfiles; i++)
        if (strcmp(set->files[i]->path, path) == 0)
            return true;
    return false;
}

static sy_status add_file(struct opening *o, const char *path)
{
    struct prove_set *set = o->set;
    struct prove_file *file = arena_alloc(&set->arena, sizeof *file);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *copy = arena_strdup(&set->arena, strncmp(path, "./", 2) == 0 ? path + 2 : path);
    char *type = arena_copy(&set->arena, name, strlen(name) - strlen(TAIL));
    void **list = (void **)set->files;
    if (!file || !copy || !type || !make_room(o, &list, set->nfiles, &o->files_cap))
        return error_nomem(o->err);
    set->files = (struct prove_file **)list;
    o->nfound++;
    if (!is_asked(o->options, type) && o->nseen < sizeof o->seen / sizeof *o->seen)
        o->seen[o->nseen++] = type;
    if (!is_asked(o->options, type) || is_listed(set, copy))
        return SY_OK;
    *file = (struct prove_file){.path = copy, .shown = copy, .type = type};
    set->files[set->nfiles++] = file;
    return place_file(file, o);
}

static sy_status add_matches(struct opening *o, const char *folder, const char *pattern,
                             bool year_folders)
{
    char **paths = NULL;
    size_t n = 0;
    int first, last;
    char *glob = join(o, folder, pattern);
    sy_status status = glob ? file_glob(&paths, &n, glob, o->err) : SY_ENOMEM;
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        char name[PATH_MAX];
        char *parent = parent_of(o, paths[i]);
        bool wanted = parent && (!year_folders ||
                                 (name_of(name, parent) && yard_year_folder(name, &first, &last)));
        status = !parent ? SY_ENOMEM : wanted ? add_file(o, paths[i]) : SY_OK;
    }
    file_glob_free(paths, n);
    return status;
}

static sy_status add_folder(struct opening *o, const char *path)
{
    const char *folder = strcmp(path, ".") == 0 ? "" : path;
    char *scripts = join(o, folder, "scripts");
    if (!scripts)
        return SY_ENOMEM;
    if (file_is_folder(scripts))
        folder = scripts;
    sy_status status = add_matches(o, folder, "*" TAIL, false);
    return status == SY_OK ? add_matches(o, folder, "*/*" TAIL, true) : status;
}

static sy_status add_path(struct opening *o, const char *path)
{
    const size_t len = strlen(path), tail = strlen(TAIL);
    const size_t before = o->nfound;
    if (!file_exists(path))
        return error_set(o->err, SY_EFILE, path, 0, "no such file or folder");
    if (!file_is_folder(path) && (len <= tail || strcmp(path + len - tail, TAIL) != 0))
        return error_set(o->err, SY_EFILE, path, 0, "is no test file: their names end in " TAIL);
    o->whole = file_is_folder(path) && o->options->ntypes == 0;
    sy_status status = file_is_folder(path) ? add_folder(o, path) : add_file(o, path);
    if (status == SY_OK && o->nfound == before)
        return error_set(o->err, SY_EFILE, path, 0,
                         "has no tests: they stand in scripts/TYPE" TAIL);
    return status;
}

static sy_status refuse_types(const struct opening *o)
{
    const char *type = o->options->ntypes ? o->options->types[0] : "";
    const char *near = suggest(type, o->seen, o->nseen);
    return error_set(o->err, SY_EFILE, NULL, 0, "there are no tests of type '%s'%s%s%s", type,
                     near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* One language for all: the one asked for, else that of the first evaluation. */
static void set_language(struct prove_set *set, const char *asked)
{
    const char *language = asked ? asked : set->homes[0]->evaluation.language;
    set->zh = strcmp(language, "zh") == 0;
    for (size_t i = 0; i < set->nhomes; i++)
        set->homes[i]->zh = set->zh;
}

sy_status prove_open(struct prove_set **out, const char *const *paths, size_t npaths,
                     const struct prove_options *options, sy_error *err)
{
    struct prove_set *set = calloc(1, sizeof *set);
    if (!set)
        return error_nomem(err);
    struct opening o = {.set = set, .options = options, .err = err};
    sy_status status = npaths == 0 ? add_path(&o, ".") : SY_OK;
    for (size_t i = 0; i < npaths && status == SY_OK; i++)
        status = add_path(&o, paths[i]);
    if (status == SY_OK && set->nfiles == 0)
        status = refuse_types(&o);
    if (status == SY_OK)
        set_language(set, options->language);
    for (size_t i = 0; i < set->nfiles && status == SY_OK; i++)
        status = case_read(set->files[i], err);
    if (status == SY_OK)
        *out = set;
    else
        prove_close(set);
    return status;
}

void prove_close(struct prove_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->nfiles; i++)
        arena_dispose(&set->files[i]->arena);
    for (size_t i = 0; i < set->nhomes; i++)
        evaluation_free(set->homes[i]->loaded);
    arena_dispose(&set->arena);
    free(set);
}
