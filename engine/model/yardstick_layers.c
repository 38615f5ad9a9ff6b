/*
 * yardstick_layers.c - which layers a type has, in which order: the defaults, the types that it
 * extends, its own files, its year folders, --set. yardstick_merge.c lays them over each other.
 */
#include "model/yardstick_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"

/* The files of one type, and the types that extend it up to the one asked for. */
struct layer {
    const char *type;
    const struct layer *above;
    const struct ini **files;
    size_t nfiles;
};

/* Adds a file of a type, where it is there, to the layer's files. */
static sy_status take_file(struct layer *layer, struct yards *y, const char *folder, bool installed,
                           const char *sub, sy_error *err)
{
    struct buf path = {0}, shown = {0};
    const struct ini *ini = NULL;
    sy_status status = SY_OK;
    yard_type_path(&path, folder, *folder ? "/" : "", sub, layer->type);
    yard_type_path(&shown, installed ? "steelyard:" : "", "", sub, layer->type);
    if (path.failed || shown.failed)
        status = error_nomem(err);
    if (status == SY_OK)
        status = yard_ini(&ini, y, path.data, shown.data, err);
    if (ini)
        layer->files[layer->nfiles++] = ini;
    buf_dispose(&path);
    buf_dispose(&shown);
    return status;
}

/* The evaluation's year folders for a year, read once. */
static sy_status find_years(const struct yard_year **out, struct yards *y, int year, sy_error *err)
{
    char *folder;
    for (size_t i = 0; i < y->nyears; i++) {
        if (y->years[i].year == year) {
            *out = &y->years[i];
            return SY_OK;
        }
    }
    void *years = y->years;
    if (!yard_grow(&years, &y->cap_years, y->nyears, sizeof *y->years))
        return error_nomem(err);
    y->years = years;
    struct yard_year *new = &y->years[y->nyears];
    *new = (struct yard_year){.year = year};
    if (y->evaluation) {
        size_t len = strlen(y->evaluation) + sizeof "/config";
        folder = malloc(len);
        if (!folder)
            return error_nomem(err);
        snprintf(folder, len, "%s%sconfig", y->evaluation, *y->evaluation ? "/" : "");
        sy_status status = yard_year_folders(&new->names, &new->n, folder, year, err);
        free(folder);
        if (status != SY_OK)
            return status;
    }
    y->nyears++;
    *out = new;
    return SY_OK;
}

static sy_status find_files(struct layer *layer, struct yards *y, int year, sy_error *err)
{
    const struct yard_year *years = NULL;
    if (!yard_type_usable(layer->type))
        return SY_OK;
    sy_status status = find_years(&years, y, year, err);
    if (status != SY_OK)
        return status;
    layer->files = malloc((years->n + 2) * sizeof *layer->files);
    if (!layer->files)
        return error_nomem(err);
    if (y->installed)
        status = take_file(layer, y, y->installed, true, NULL, err);
    if (status == SY_OK && y->evaluation)
        status = take_file(layer, y, y->evaluation, false, NULL, err);
    for (size_t i = 0; i < years->n && status == SY_OK; i++)
        status = take_file(layer, y, y->evaluation, false, years->names[i], err);
    return status;
}

/* The last [type] extends of a type's own layers; value NULL where there is none. */
static struct yard_key find_extends(const struct layer *layer, const struct yards *y)
{
    struct yard_key found = {0};
    for (size_t i = 0; i < layer->nfiles; i++) {
        const struct ini *ini = layer->files[i];
        for (size_t j = 0; j < ini->nentries; j++)
            if (strcmp(ini->entries[j].section, "type") == 0 &&
                strcmp(ini->entries[j].key, "extends") == 0)
                found = yard_entry_key(ini, &ini->entries[j]);
    }
    for (size_t i = 0; i < y->noverrides; i++) {
        const struct yard_override *o = &y->overrides[i];
        if (strcmp(o->type, layer->type) == 0 && strcmp(o->key.section, "type") == 0 &&
            strcmp(o->key.key, "extends") == 0)
            found = o->key;
    }
    if (found.value && strcmp(found.value, YARD_NONE) == 0)
        found.value = NULL;
    return found;
}

static sy_status apply_ini(struct yard_merge *m, const struct ini *ini, bool own, bool is_default)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < ini->nentries && status == SY_OK; i++) {
        struct yard_key key = yard_entry_key(ini, &ini->entries[i]);
        if (own || !yard_merge_own(key.section, key.key))
            status = yard_merge_key(m, &key, is_default);
    }
    return status;
}

static sy_status apply_layer(struct yard_merge *m, const struct layer *layer)
{
    bool own = layer->above == NULL;
    sy_status status = SY_OK;
    for (size_t i = 0; i < layer->nfiles && status == SY_OK; i++)
        status = apply_ini(m, layer->files[i], own, false);
    for (size_t i = 0; i < m->yards->noverrides && status == SY_OK; i++) {
        const struct yard_override *o = &m->yards->overrides[i];
        if (strcmp(o->type, layer->type) == 0 &&
            (own || !yard_merge_own(o->key.section, o->key.key)))
            status = yard_merge_key(m, &o->key, false);
    }
    return status;
}

/* "a -> b -> ": the types from `first` down to the layer. */
static void print_circle(struct buf *out, const struct layer *layer, const char *first)
{
    if (strcmp(layer->type, first) != 0)
        print_circle(out, layer->above, first);
    buf_printf(out, "%s -> ", layer->type);
}

static sy_status refuse_circle(struct yard_merge *m, const struct layer *layer,
                               const struct yard_key *extends)
{
    struct buf text = {0};
    print_circle(&text, layer, extends->value);
    sy_status status = yard_fail(m->err, &extends->origin, "extends runs in a circle: %s%s",
                                 buf_text(&text), extends->value);
    buf_dispose(&text);
    return status;
}

static sy_status check_base(struct yard_merge *m, const struct layer *layer,
                            const struct yard_key *extends)
{
    bool exists = false;
    for (const struct layer *l = layer; l; l = l->above)
        if (strcmp(l->type, extends->value) == 0)
            return refuse_circle(m, layer, extends);
    sy_status status = yard_type_exists(&exists, m->yards, extends->value, m->err);
    if (status != SY_OK || exists)
        return status;
    const char *near = yard_type_near(m->yards, extends->value);
    return yard_fail(m->err, &extends->origin, "extends: there is no config/%s.ini%s%s%s",
                     extends->value, near ? "; did you mean '" : "", near ? near : "",
                     near ? "'?" : "");
}

/* All layers of a type: first those of the type that it extends. */
static sy_status lay_type(struct yard_merge *m, const char *type, const struct layer *above)
{
    struct layer layer = {.type = type, .above = above};
    sy_status status = find_files(&layer, m->yards, m->stick->year, m->err);
    if (status != SY_OK)
        goto out;
    if (!above)
        m->stick->known = layer.nfiles > 0;
    struct yard_key extends = find_extends(&layer, m->yards);
    if (extends.value) {
        status = check_base(m, &layer, &extends);
        if (status == SY_OK)
            status = lay_type(m, extends.value, &layer);
        if (status != SY_OK)
            goto out;
    }
    status = yard_merge_type(m, type);
    if (status == SY_OK)
        status = apply_layer(m, &layer);
out:
    free(layer.files);
    return status;
}

sy_status yard_lay(struct yardstick *s, struct yards *y, sy_error *err)
{
    struct yard_merge m = {.yards = y, .stick = s, .err = err};
    sy_status status = SY_OK;
    if (y->defaults)
        status = apply_ini(&m, y->defaults, false, true);
    if (status == SY_OK)
        status = lay_type(&m, s->type, NULL);
    if (status == SY_OK)
        status = yard_merge_finish(&m);
    yard_merge_dispose(&m);
    return status;
}
