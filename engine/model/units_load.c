/*
 * units_load.c - config/units.ini, and the evaluation's own laid over it, into the table of units.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "model/ini.h"
#include "model/units_table.h"

/* One file while its entries are laid into the table. Owns: named. */
struct laying {
    struct units *u;
    const struct ini *ini;
    struct pool named; /* folded names that this file gave so far */
    sy_error *err;
};

struct scale {
    double value;
    int shift;
    bool decimal;
    bool point;
};

static sy_status refuse(const struct laying *l, const struct ini_entry *e, const char *format,
                        const char *what)
{
    return error_set(l->err, SY_EINPUT, l->ini->path, e->line, format, what);
}

/* The exponent of an exact power of ten. */
static bool find_power(int *power, const struct decimal_text *d)
{
    uint64_t mantissa = d->mantissa;
    *power = d->exponent;
    while (mantissa && mantissa % 10 == 0) {
        mantissa /= 10;
        ++*power;
    }
    return mantissa == 1 && !d->inexact;
}

/* "10000", "2000/3", "0.1 point". */
static bool read_scale(struct scale *out, const char *text, size_t len)
{
    const char *word = "point";
    size_t n = strlen(word);
    *out = (struct scale){0};
    if (len > n && memcmp(text + len - n, word, n) == 0) {
        out->point = true;
        len -= n;
        text_trim(&text, &len);
    }
    const char *slash = memchr(text, '/', len);
    double divisor = 1;
    if (slash) {
        const char *rest = slash + 1;
        size_t rest_len = (size_t)(text + len - rest);
        len = (size_t)(slash - text);
        text_trim(&rest, &rest_len);
        text_trim(&text, &len);
        if (!number_parse(&divisor, rest, rest_len) || !(divisor > 0))
            return false;
    }
    struct decimal_text d;
    if (!number_scan(&d, text, len) || !number_value(&out->value, &d, 0))
        return false;
    out->decimal = !slash && find_power(&out->shift, &d);
    if (!out->decimal)
        out->shift = 0;
    out->value /= divisor;
    return out->value > 0;
}

/* The first unit of a dimension, or UNIT_NONE. */
static uint32_t find_base(const struct units *u, uint32_t dimension)
{
    for (uint32_t i = 0; i < u->count; i++)
        if (u->items[i].unit.dimension == dimension)
            return u->items[i].unit.base;
    return UNIT_NONE;
}

static sy_status bind_name(struct laying *l, const struct ini_entry *e, const char *name,
                           size_t len, uint32_t id)
{
    char folded[UNITS_NAME_BYTES];
    size_t n = units_fold(folded, name, len);
    if (n == 0)
        return refuse(l, e, "unit '%s' has an empty or over-long name or alias", e->key);
    if (pool_find(&l->named, folded, n) != POOL_NONE && units_find(l->u, folded, n) != id) {
        char shown[UNITS_NAME_BYTES + 1];
        memcpy(shown, folded, n);
        shown[n] = '\0';
        return refuse(l, e, "'%s' names two units in this file; keep one", shown);
    }
    if (pool_intern(&l->named, folded, n) == POOL_NONE || !units_bind(l->u, folded, n, id))
        return error_nomem(l->err);
    return SY_OK;
}

/* The unit that a key of a file means: one that is there with its scale changed, or a new one. */
static sy_status enter_unit(uint32_t *out, struct laying *l, const struct ini_entry *e,
                            const struct scale *scale)
{
    struct units *u = l->u;
    uint32_t dimension = pool_intern_str(&u->dimensions, e->section);
    if (dimension == POOL_NONE)
        return error_nomem(l->err);
    struct unit unit = {.base = find_base(u, dimension),
                        .dimension = dimension,
                        .scale = scale->value,
                        .shift = scale->shift,
                        .decimal = scale->decimal,
                        .point = scale->point};
    char folded[UNITS_NAME_BYTES];
    size_t n = units_fold(folded, e->key, strlen(e->key));
    uint32_t id = n ? units_find(u, folded, n) : UNIT_NONE;
    bool there = id != UNIT_NONE && u->items[id].unit.dimension == dimension &&
                 strcmp(u->items[id].unit.name, e->key) == 0;
    if ((unit.base == UNIT_NONE || (there && unit.base == id)) &&
        (scale->value != 1 || scale->point))
        return refuse(l, e, "'%s' is the base of its section: its scale must be 1", e->key);
    if (there) {
        unit.name = u->items[id].unit.name;
        u->items[id].unit = unit;
    } else {
        id = units_add(u, &unit, e->key, strlen(e->key));
        if (id == UNIT_NONE)
            return error_nomem(l->err);
    }
    *out = id;
    return SY_OK;
}

static sy_status lay_entry(struct laying *l, const struct ini_entry *e)
{
    if (*e->section == '\0')
        return refuse(l, e, "unit '%s' stands before any section; put it under a [dimension]",
                      e->key);
    const char *part = e->value;
    size_t len = strcspn(part, ",");
    const char *next = part + len;
    struct scale scale;
    text_trim(&part, &len);
    if (!read_scale(&scale, part, len))
        return refuse(l, e, "the scale of unit '%s' is no number above 0; write 1000 or 1/24",
                      e->key);
    uint32_t id = UNIT_NONE;
    sy_status status = enter_unit(&id, l, e, &scale);
    if (status == SY_OK)
        status = bind_name(l, e, e->key, strlen(e->key), id);
    while (status == SY_OK && *next == ',') {
        part = next + 1;
        len = strcspn(part, ",");
        next = part + len;
        status = bind_name(l, e, part, len, id);
    }
    return status;
}

static sy_status lay_file(struct units *u, const char *path, sy_error *err)
{
    struct laying l = {.u = u, .err = err};
    struct ini *ini = NULL;
    sy_status status = ini_load(&ini, path, path, err);
    l.ini = ini;
    for (size_t i = 0; status == SY_OK && i < ini->nentries; i++)
        status = lay_entry(&l, &ini->entries[i]);
    pool_dispose(&l.named);
    ini_free(ini);
    return status;
}

/* The base of a section that has to be there. */
static sy_status find_section(uint32_t *out, const struct units *u, const char *path,
                              const char *section, sy_error *err)
{
    uint32_t dimension = pool_find(&u->dimensions, section, strlen(section));
    uint32_t base = dimension == POOL_NONE ? UNIT_NONE : find_base(u, dimension);
    if (base == UNIT_NONE)
        return error_set(err, SY_EINPUT, path, 0, "no unit in section [%s]", section);
    *out = base;
    return SY_OK;
}

sy_status units_load(struct units **out, const char *path, const char *over, sy_error *err)
{
    struct units *u = calloc(1, sizeof *u);
    if (!u)
        return error_nomem(err);
    sy_status status = lay_file(u, path, err);
    if (status == SY_OK && over && file_exists(over))
        status = lay_file(u, over, err);
    if (status == SY_OK)
        status = find_section(&u->percent, u, path, "ratio", err);
    if (status == SY_OK)
        status = find_section(&u->money, u, path, "money", err);
    if (status != SY_OK) {
        units_free(u);
        return status;
    }
    *out = u;
    return SY_OK;
}
