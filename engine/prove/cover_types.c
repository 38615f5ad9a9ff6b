/*
 * cover_types.c - the scripts that no case has loaded: their rules, bands and lines count all the
 * same. Each is loaded as its type's, and nothing is scored.
 */
#include <limits.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "prove/case.h"
#include "prove/cover_parts.h"

#define TESTS "_test"

/* A home's scripts, one by one. */
struct loading {
    struct cover_home *h;
    struct run *r;
    sy_error *err;
};

/* PATH's last part without its ending, in the run's arena; NULL: no memory. */
static char *stem_of(const struct loading *l, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    char *stem = arena_copy(&l->r->arena, name, dot ? (size_t)(dot - name) : strlen(name));
    if (!stem)
        error_nomem(l->err);
    return stem;
}

static sy_status bind(const struct loading *l, const char *type, int year)
{
    uint32_t word = NO_WORD, standard;
    sy_status status = dataset_word(&word, &l->r->d, type, strlen(type), l->err);
    return status == SY_OK ? bind_type(&standard, l->r, word, year, l->err) : status;
}

/* config/TYPE.ini: the script of a type may have another name. */
static sy_status load_ini(const struct loading *l, const char *path)
{
    static const char *const others[] = {"columns", "defaults", "units"};
    const char *type = stem_of(l, path);
    if (!type)
        return SY_ENOMEM;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(type, others[i]) == 0)
            return SY_OK;
    return bind(l, type, home_year(l->h->home, false, INT_MIN, INT_MAX));
}

/* scripts/TYPE.lua, or of a year folder. One that other types name as theirs is loaded by now. */
static sy_status load_script(const struct loading *l, const char *path, bool in_years)
{
    const struct yardstick *y = NULL;
    int first = INT_MIN, last = INT_MAX;
    const char *type = stem_of(l, path);
    if (!type)
        return SY_ENOMEM;
    const size_t len = strlen(type), tail = strlen(TESTS);
    if (strchr(type, '.') || (len >= tail && strcmp(type + len - tail, TESTS) == 0))
        return SY_OK; /* TYPE.d.lua tells editors what there is */
    if (in_years) {
        char *folder = arena_copy(&l->r->arena, path, (size_t)(strrchr(path, '/') - path));
        if (!folder)
            return error_nomem(l->err);
        if (!yard_year_folder(strrchr(folder, '/') + 1, &first, &last))
            return SY_OK;
    }
    const int year = home_year(l->h->home, in_years, first, last);
    sy_status status = yards_get(&y, l->r->yards, type, year, l->err);
    if (status != SY_OK || (!y->known && coverage_find_file(l->h->coverage, path)))
        return status;
    return bind(l, type, year);
}

enum { INIS, SCRIPTS, SCRIPTS_OF_YEARS };

static sy_status load_matches(const struct loading *l, int what)
{
    static const char *const patterns[] = {"config/*.ini", "scripts/*.lua", "scripts/*/*.lua"};
    char **paths = NULL;
    size_t n = 0;
    char *glob = cover_join(&l->r->arena, l->h->home->folder, patterns[what]);
    sy_status status = glob ? file_glob(&paths, &n, glob, l->err) : error_nomem(l->err);
    for (size_t i = 0; i < n && status == SY_OK; i++)
        status = what == INIS ? load_ini(l, paths[i])
                              : load_script(l, paths[i], what == SCRIPTS_OF_YEARS);
    file_glob_free(paths, n);
    return status;
}

sy_status cover_take_types(struct cover *c, struct cover_home *h, sy_error *err)
{
    const struct prove_home *home = h->home;
    struct loading l = {.h = h, .err = err};
    const struct run_options options = {.zh = home->zh,
                                        .installed = home->installed,
                                        .coverage = home->coverage,
                                        .without_data = true};
    if (!home->whole)
        return SY_OK;
    sy_status status = run_load(&l.r, &home->evaluation, home->plugins, &options, err);
    for (int what = INIS; what <= SCRIPTS_OF_YEARS && status == SY_OK; what++)
        status = load_matches(&l, what);
    if (status == SY_OK)
        status = cover_take_run(c, h, l.r, err);
    run_free(l.r);
    return status;
}
