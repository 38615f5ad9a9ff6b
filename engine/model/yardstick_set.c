/*
 * yardstick_set.c - takes `--set TYPE.SECTION.KEY=VALUE` apart. What it says wrongly is a usage
 * error.
 */
#include "model/yardstick_parts.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define SHAPE "write TYPE.SECTION.KEY=VALUE"

static const char *copy_trimmed(struct arena *arena, const char *text, size_t len)
{
    text_trim(&text, &len);
    return arena_copy(arena, text, len);
}

static sy_status refuse_shape(sy_error *err, const struct origin *origin, const char *text,
                              const char *what)
{
    return yard_fail(err, origin, "'%s' has no %s; " SHAPE, text, what);
}

/* Cuts the text at its first two dots and its first `=`. */
static sy_status cut_text(struct yard_override *out, struct arena *arena, const char *text,
                          sy_error *err)
{
    const struct origin *origin = &out->key.origin;
    size_t left = strcspn(text, "=");
    if (text[left] != '=')
        return refuse_shape(err, origin, text, "'='");
    const char *section = memchr(text, '.', left);
    const char *key =
        section ? memchr(section + 1, '.', left - (size_t)(section + 1 - text)) : NULL;
    if (!key)
        return refuse_shape(err, origin, text, section ? "key" : "section");
    out->type = copy_trimmed(arena, text, (size_t)(section - text));
    out->key.section = copy_trimmed(arena, section + 1, (size_t)(key - section - 1));
    out->key.key = copy_trimmed(arena, key + 1, left - (size_t)(key + 1 - text));
    out->key.value = copy_trimmed(arena, text + left + 1, strlen(text + left + 1));
    if (!out->type || !out->key.section || !out->key.key || !out->key.value)
        return error_nomem(err);
    if (*out->type == '\0')
        return refuse_shape(err, origin, text, "type");
    if (*out->key.section == '\0')
        return refuse_shape(err, origin, text, "section");
    if (*out->key.key == '\0')
        return refuse_shape(err, origin, text, "key");
    return SY_OK;
}

static sy_status check_type(struct yards *y, const char *type, const char *where,
                            const struct origin *origin, sy_error *err)
{
    bool exists = false;
    sy_status status = yard_type_exists(&exists, y, type, err);
    if (status != SY_OK || exists)
        return status;
    const char *near = yard_type_near(y, type);
    return yard_fail(err, origin, "%sthere is no type '%s' (no config/%s.ini)%s%s%s", where, type,
                     type, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

sy_status yard_set_read(struct yard_override *out, struct yards *y, const char *text, sy_error *err)
{
    struct yard_cell cell;
    enum yard_section section;
    struct yard_override read = {.key.origin = {YARD_ORIGIN_SET, 0}};
    if (!text_is_utf8(text, strlen(text)))
        return yard_fail(err, &read.key.origin, "a text that is not UTF-8; " SHAPE);
    sy_status status = cut_text(&read, &y->arena, text, err);
    if (status == SY_OK)
        status = check_type(y, read.type, "", &read.key.origin, err);
    if (status == SY_OK)
        status = yard_key_read(&section, &cell, &read.key, err);
    if (status != SY_OK)
        return status;
    if (section == YARD_TYPE && cell.member == TYPE_EXTENDS &&
        strcmp(read.key.value, YARD_NONE) != 0)
        status = check_type(y, read.key.value, "[type] extends: ", &read.key.origin, err);
    if (status == SY_OK)
        *out = read;
    return status;
}
