/*
 * yardstick.c - the yardsticks of an evaluation, made when they are asked for and kept.
 */
#include "model/yardstick_parts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"

sy_status yard_fail(sy_error *err, const struct origin *origin, const char *format, ...)
{
    char message[SY_ERROR_MESSAGE_MAX + 8]; /* longer, so that error_set cuts it and sees where */
    bool usage = origin->line == 0 && strcmp(origin->file, YARD_ORIGIN_SET) == 0;
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return error_set(err, usage ? SY_EUSAGE : SY_EINPUT, origin->file, origin->line, "%s", message);
}

bool yard_grow(void **array, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : 16;
    void *grown = realloc(*array, more * size);
    if (!grown)
        return false;
    *array = grown;
    *cap = more;
    return true;
}

struct yard_key yard_entry_key(const struct ini *ini, const struct ini_entry *entry)
{
    return (struct yard_key){
        entry->section, entry->key, entry->value, {ini->path, entry->line}, NULL};
}

static sy_status check_ini(const struct ini *ini, sy_error *err)
{
    struct yard_cell cell;
    enum yard_section section;
    sy_status status = SY_OK;
    for (size_t i = 0; i < ini->nsections && status == SY_OK; i++) {
        struct origin origin = {ini->path, ini->sections[i].line};
        status = yard_section_check(ini->sections[i].section, &origin, err);
    }
    for (size_t i = 0; i < ini->nentries && status == SY_OK; i++) {
        struct yard_key key = yard_entry_key(ini, &ini->entries[i]);
        status = yard_key_read(&section, &cell, &key, err);
    }
    return status;
}

/* A name that no file can have is an absent file. */
static bool is_absent(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG);
}

sy_status yard_ini(const struct ini **out, struct yards *y, const char *path, const char *shown,
                   sy_error *err)
{
    struct ini *ini = NULL;
    sy_status status = SY_OK;
    uint32_t id = pool_find(&y->paths, path, strlen(path));
    if (id != POOL_NONE) {
        *out = y->inis[id];
        return SY_OK;
    }
    if (!is_absent(path)) {
        status = ini_load(&ini, path, shown, err);
        if (status == SY_OK)
            status = check_ini(ini, err);
        if (status != SY_OK)
            goto out;
    }
    void *inis = y->inis;
    if (!yard_grow(&inis, &y->cap_inis, y->paths.count, sizeof *y->inis)) {
        status = error_nomem(err);
        goto out;
    }
    y->inis = inis;
    id = pool_intern(&y->paths, path, strlen(path));
    if (id == POOL_NONE) {
        status = error_nomem(err);
        goto out;
    }
    y->inis[id] = ini;
    *out = ini;
    ini = NULL;
out:
    ini_free(ini);
    return status;
}

static sy_status load_defaults(struct yards *y, sy_error *err)
{
    struct buf path = {0};
    sy_status status;
    if (!y->installed)
        return SY_OK;
    yard_type_path(&path, y->installed, *y->installed ? "/" : "", NULL, "defaults");
    status = path.failed
                 ? error_nomem(err)
                 : yard_ini(&y->defaults, y, path.data, "steelyard:config/defaults.ini", err);
    buf_dispose(&path);
    return status;
}

static sy_status read_sets(struct yards *y, const struct yard_set *sets, size_t nsets,
                           sy_error *err)
{
    y->overrides = arena_alloc(&y->arena, (nsets + 1) * sizeof *y->overrides);
    if (!y->overrides)
        return error_nomem(err);
    for (size_t i = 0; i < nsets; i++) {
        sy_status status = yard_set_read(&y->overrides[i], y, sets[i].text, err);
        if (status != SY_OK)
            return status;
        y->noverrides++;
    }
    return SY_OK;
}

sy_status yards_open(struct yards **out, const char *installed, const char *evaluation,
                     const struct yard_set *sets, size_t nsets, sy_error *err)
{
    struct yards *y = calloc(1, sizeof *y);
    if (!y)
        return error_nomem(err);
    sy_status status = SY_OK;
    y->installed = installed ? arena_strdup(&y->arena, installed) : NULL;
    y->evaluation = evaluation ? arena_strdup(&y->arena, evaluation) : NULL;
    if ((installed && !y->installed) || (evaluation && !y->evaluation))
        status = error_nomem(err);
    if (status == SY_OK)
        status = load_defaults(y, err);
    if (status == SY_OK)
        status = read_sets(y, sets, nsets, err);
    if (status == SY_OK)
        *out = y;
    else
        yards_close(y);
    return status;
}

void yards_close(struct yards *y)
{
    if (!y)
        return;
    for (uint32_t i = 0; i < y->paths.count; i++)
        ini_free(y->inis[i]);
    for (size_t i = 0; i < y->nyears; i++)
        yard_year_folders_free(y->years[i].names, y->years[i].n);
    free(y->inis);
    free(y->sticks);
    free(y->years);
    pool_dispose(&y->paths);
    pool_dispose(&y->asked);
    arena_dispose(&y->arena);
    free(y);
}

static sy_status make_stick(struct yardstick **out, struct yards *y, const char *type, int year,
                            sy_error *err)
{
    struct yardstick *s = arena_alloc(&y->arena, sizeof *s);
    char *name = arena_strdup(&y->arena, type);
    if (!s || !name)
        return error_nomem(err);
    s->type = name;
    s->year = year;
    sy_status status = yard_lay(s, y, err);
    if (status == SY_OK)
        status = yard_build(s, y, err);
    if (status == SY_OK)
        *out = s;
    return status;
}

sy_status yards_get(const struct yardstick **out, struct yards *y, const char *type, int year,
                    sy_error *err)
{
    struct buf text = {0};
    struct yardstick *s = NULL;
    sy_status status;
    buf_printf(&text, "%d\n%s", year, type);
    uint32_t id = text.failed ? POOL_NONE : pool_find(&y->asked, text.data, text.len);
    if (id != POOL_NONE) {
        *out = y->sticks[id];
        buf_dispose(&text);
        return SY_OK;
    }
    status = text.failed ? error_nomem(err) : make_stick(&s, y, type, year, err);
    if (status != SY_OK)
        goto out;
    void *sticks = y->sticks;
    if (!yard_grow(&sticks, &y->cap_sticks, y->asked.count, sizeof *y->sticks)) {
        status = error_nomem(err);
        goto out;
    }
    y->sticks = sticks;
    id = pool_intern(&y->asked, text.data, text.len);
    if (id == POOL_NONE) {
        status = error_nomem(err);
        goto out;
    }
    y->sticks[id] = s;
    *out = s;
out:
    buf_dispose(&text);
    return status;
}
