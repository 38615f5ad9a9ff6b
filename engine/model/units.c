/*
 * units.c - units of measurement as written, turned into ids.
 *
 * Counting words, compounds (元/人) and multiples (万人) join the table when they are first met, so
 * that each later cell with the same unit is one look-up.
 */
#include "model/units.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "model/units_table.h"

/* What may stand in front of a unit. Longer ones first: 万亿 before 万. */
static const struct {
    const char *text;
    int power;
} multiples[] = {
    {"万亿", 12}, {"千亿", 11}, {"百亿", 10}, {"十亿", 9}, {"千万", 7}, {"百万", 6},
    {"十万", 5},  {"亿", 8},    {"万", 4},    {"千", 3},   {"百", 2},
};

int units_multiple(const char *text, size_t len, size_t *used)
{
    for (size_t i = 0; i < sizeof multiples / sizeof *multiples; i++) {
        if (len == 0 || *text != *multiples[i].text)
            continue;
        size_t n = strlen(multiples[i].text);
        if (n <= len && memcmp(text, multiples[i].text, n) == 0) {
            *used = n;
            return multiples[i].power;
        }
    }
    *used = 0;
    return 0;
}

void units_free(struct units *u)
{
    if (!u)
        return;
    arena_dispose(&u->arena);
    free(u->items);
    free(u->by_name);
    pool_dispose(&u->names);
    pool_dispose(&u->dimensions);
    free(u);
}

static bool copy_items(struct units *to, const struct units *u)
{
    to->items = malloc(((size_t)u->cap + 1) * sizeof *to->items);
    if (!to->items)
        return false;
    to->cap = u->cap + 1;
    for (; to->count < u->count; to->count++) {
        struct units_entry *entry = &to->items[to->count];
        *entry = u->items[to->count];
        entry->unit.name = arena_strdup(&to->arena, entry->unit.name);
        if (!entry->unit.name)
            return false;
    }
    return true;
}

sy_status units_copy(struct units **out, const struct units *u, sy_error *err)
{
    struct units *to = calloc(1, sizeof *to);
    if (!to)
        return error_nomem(err);
    to->percent = u->percent;
    to->money = u->money;
    to->by_name = malloc(((size_t)u->by_name_cap + 1) * sizeof *to->by_name);
    if (!to->by_name || !copy_items(to, u) || !pool_copy(&to->names, &u->names) ||
        !pool_copy(&to->dimensions, &u->dimensions)) {
        units_free(to);
        return error_nomem(err);
    }
    to->by_name_cap = u->by_name_cap;
    if (u->by_name_cap)
        memcpy(to->by_name, u->by_name, u->by_name_cap * sizeof *to->by_name);
    *out = to;
    return SY_OK;
}

void units_replace(struct units *u, struct units *from)
{
    struct units before = *u;
    *u = *from;
    *from = before;
    units_free(from);
}

uint32_t units_count(const struct units *u)
{
    return u->count;
}

/* One character of a unit as it is compared, "" for a blank. */
static const char *fold_character(uint32_t c, char ascii[2])
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0x200B)
        return "";
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    if (c == 0xB7 || c == 0xD7 || c == 0x2219 || c == 0x2022 || c == 0x22C5)
        return "*";
    if (c == 0xFE6A)
        return "%";
    if (c >= 0x80)
        return NULL;
    ascii[0] = (char)c;
    ascii[1] = '\0';
    return ascii;
}

size_t units_fold(char out[UNITS_NAME_BYTES], const char *text, size_t len)
{
    size_t used = 0;
    for (size_t i = 0, n; i < len; i += n) {
        char ascii[2];
        uint32_t c = (unsigned char)text[i];
        if (c < 0x80)
            n = 1;
        else
            c = text_next(text + i, len - i, &n);
        const char *folded = fold_character(c, ascii);
        const char *bytes = folded ? folded : text + i;
        size_t nbytes = folded ? strlen(folded) : n;
        if (used + nbytes > UNITS_NAME_BYTES)
            return 0;
        memcpy(out + used, bytes, nbytes);
        used += nbytes;
    }
    return used;
}

uint32_t units_find(const struct units *u, const char *folded, size_t len)
{
    uint32_t name = pool_find(&u->names, folded, len);
    return name == POOL_NONE ? UNIT_NONE : u->by_name[name];
}

bool units_bind(struct units *u, const char *folded, size_t len, uint32_t id)
{
    uint32_t name = pool_intern(&u->names, folded, len);
    if (name == POOL_NONE)
        return false;
    if (name >= u->by_name_cap) {
        uint32_t cap = u->by_name_cap ? u->by_name_cap * 2 : 256;
        uint32_t *grown = realloc(u->by_name, cap * sizeof *grown);
        if (!grown)
            return false;
        memset(grown + u->by_name_cap, 0xFF, (cap - u->by_name_cap) * sizeof *grown);
        u->by_name = grown;
        u->by_name_cap = cap;
    }
    u->by_name[name] = id;
    return true;
}

uint32_t units_add(struct units *u, const struct unit *unit, const char *name, size_t len)
{
    if (u->count == u->cap) {
        uint32_t cap = u->cap ? u->cap * 2 : 128;
        struct units_entry *grown = realloc(u->items, cap * sizeof *grown);
        if (!grown)
            return UNIT_NONE;
        u->items = grown;
        u->cap = cap;
    }
    struct units_entry *entry = &u->items[u->count];
    entry->unit = *unit;
    entry->unit.name = arena_copy(&u->arena, name, len);
    if (!entry->unit.name)
        return UNIT_NONE;
    if (unit->base == UNIT_NONE)
        entry->unit.base = u->count;
    entry->plain = u->count;
    return u->count++;
}

/* Adds a unit and the one name under which it is found again. */
static uint32_t add_named(struct units *u, const struct unit *unit, const char *name, size_t len)
{
    char folded[UNITS_NAME_BYTES];
    size_t folded_len = units_fold(folded, name, len);
    if (folded_len == 0)
        return UNIT_NONE;
    uint32_t id = units_add(u, unit, name, len);
    if (id == UNIT_NONE || !units_bind(u, folded, folded_len, id))
        return UNIT_NONE;
    return id;
}

/* A multiple of a unit: 万 and 元. */
static uint32_t add_multiple(struct units *u, const char *multiple, size_t len, int power,
                             uint32_t plain)
{
    struct unit unit = u->items[plain].unit;
    char name[2 * UNITS_NAME_BYTES];
    size_t rest = strlen(unit.name);
    if (len + rest > sizeof name)
        return UNIT_NONE;
    memcpy(name, multiple, len);
    memcpy(name + len, unit.name, rest);
    struct decimal_text ten = {.mantissa = 1};
    double factor = 1;
    if (!number_value(&factor, &ten, unit.decimal ? unit.shift + power : power))
        return UNIT_NONE;
    unit.scale = unit.decimal ? factor : unit.scale * factor;
    unit.shift += power;
    uint32_t id = add_named(u, &unit, name, len + rest);
    if (id != UNIT_NONE)
        u->items[id].plain = plain;
    return id;
}

static uint32_t find_known(struct units *u, const char *folded, size_t len);

/* What a compound is per, each factor by its first name: 人/月 and 人*个月 are 人*月. 0: no room,
 * or an empty factor. */
static size_t write_divisor(char out[UNITS_NAME_BYTES], const struct units *u, const char *rest,
                            size_t len)
{
    size_t used = 0;
    const char *end = rest + len;
    while (rest <= end) {
        const char *stop = rest;
        while (stop < end && *stop != '/' && *stop != '*')
            stop++;
        const char *each = "每";
        if ((size_t)(stop - rest) > strlen(each) && memcmp(rest, each, strlen(each)) == 0)
            rest += strlen(each);
        uint32_t id = units_find(u, rest, (size_t)(stop - rest));
        const char *name = id == UNIT_NONE ? rest : u->items[id].unit.name;
        size_t n = id == UNIT_NONE ? (size_t)(stop - rest) : strlen(name);
        if (n == 0 || used + n + 1 > UNITS_NAME_BYTES)
            return 0;
        if (used)
            out[used++] = '*';
        memcpy(out + used, name, n);
        used += n;
        rest = stop + 1;
    }
    return used;
}

/* The compound of a known unit and what it is per. Its base is the compound of the unit's base. */
static uint32_t add_compound(struct units *u, uint32_t head, const char *divisor, size_t len)
{
    struct unit unit = u->items[head].unit;
    char name[2 * UNITS_NAME_BYTES + 1], folded[UNITS_NAME_BYTES];
    size_t n = strlen(unit.name);
    if (n + 1 + len > sizeof name)
        return UNIT_NONE;
    memcpy(name, unit.name, n);
    name[n] = '/';
    memcpy(name + n + 1, divisor, len);
    size_t folded_len = units_fold(folded, name, n + 1 + len);
    uint32_t id = folded_len ? units_find(u, folded, folded_len) : UNIT_NONE;
    if (folded_len == 0 || id != UNIT_NONE)
        return id;
    if (unit.base == head) {
        char dimension[UNITS_NAME_BYTES * 3];
        const char *own = pool_text(&u->dimensions, unit.dimension);
        size_t own_len = strlen(own);
        if (own_len + 1 + len > sizeof dimension)
            return UNIT_NONE;
        memcpy(dimension, own, own_len);
        dimension[own_len] = '/';
        memcpy(dimension + own_len + 1, divisor, len);
        unit.base = UNIT_NONE;
        unit.dimension = pool_intern(&u->dimensions, dimension, own_len + 1 + len);
    } else {
        unit.base = add_compound(u, unit.base, divisor, len);
        if (unit.base == UNIT_NONE)
            return UNIT_NONE;
        unit.dimension = u->items[unit.base].unit.dimension;
    }
    if (unit.dimension == POOL_NONE)
        return UNIT_NONE;
    uint32_t plain = u->items[head].plain;
    if (plain != head && (plain = add_compound(u, plain, divisor, len)) == UNIT_NONE)
        return UNIT_NONE;
    id = add_named(u, &unit, name, n + 1 + len);
    if (id != UNIT_NONE && u->items[head].plain != head)
        u->items[id].plain = plain;
    return id;
}

static uint32_t find_compound(struct units *u, const char *folded, size_t len)
{
    const char *slash = memchr(folded, '/', len);
    if (!slash || slash == folded)
        return UNIT_NONE;
    uint32_t head = find_known(u, folded, (size_t)(slash - folded));
    if (head == UNIT_NONE)
        return UNIT_NONE;
    char divisor[UNITS_NAME_BYTES];
    size_t n = write_divisor(divisor, u, slash + 1, len - (size_t)(slash + 1 - folded));
    return n ? add_compound(u, head, divisor, n) : UNIT_NONE;
}

/* A unit that the INI knows, a compound or a multiple of one. */
static uint32_t find_known(struct units *u, const char *folded, size_t len)
{
    uint32_t id = units_find(u, folded, len);
    if (id != UNIT_NONE)
        return u->items[id].unit.count ? UNIT_NONE : id;
    id = find_compound(u, folded, len);
    if (id == UNIT_NONE) {
        size_t used;
        int power = units_multiple(folded, len, &used);
        uint32_t rest = used && used < len ? units_find(u, folded + used, len - used) : UNIT_NONE;
        if (rest == UNIT_NONE || u->items[rest].unit.count || u->items[rest].plain != rest)
            return UNIT_NONE;
        id = add_multiple(u, folded, used, power, rest);
    }
    if (id != UNIT_NONE && !units_bind(u, folded, len, id))
        return UNIT_NONE;
    return id;
}

static uint32_t add_counting(struct units *u, const char *text, size_t len, const char *folded,
                             size_t folded_len)
{
    struct unit unit = {.base = UNIT_NONE, .scale = 1, .decimal = true, .count = true};
    char dimension[UNITS_NAME_BYTES + 1] = "#";
    memcpy(dimension + 1, folded, folded_len);
    unit.dimension = pool_intern(&u->dimensions, dimension, folded_len + 1);
    if (unit.dimension == POOL_NONE)
        return UNIT_NONE;
    text_trim(&text, &len);
    return add_named(u, &unit, text, len);
}

/* 万人: the multiple of a counting word. 百 and 千 too; a word that begins like 百分… has none. */
static uint32_t find_counting_multiple(struct units *u, const char *folded, size_t len)
{
    size_t used;
    int power = units_multiple(folded, len, &used);
    const char *percent = "百分";
    if (used == 0 || used == len ||
        (len >= strlen(percent) && memcmp(folded, percent, strlen(percent)) == 0))
        return UNIT_NONE;
    if (find_known(u, folded + used, len - used) != UNIT_NONE)
        return UNIT_NONE;
    uint32_t rest = units_find(u, folded + used, len - used);
    if (rest == UNIT_NONE)
        rest = add_counting(u, folded + used, len - used, folded + used, len - used);
    if (rest == UNIT_NONE || u->items[rest].plain != rest)
        return UNIT_NONE;
    return add_multiple(u, folded, used, power, rest);
}

uint32_t units_seen(const struct units *u, const char *text, size_t len)
{
    char folded[UNITS_NAME_BYTES];
    size_t n = units_fold(folded, text, len);
    return n ? units_find(u, folded, n) : UNIT_NONE;
}

void units_pass(struct units *u, uint32_t id)
{
    if (id < u->count)
        u->items[id].unit.word = true;
}

uint32_t units_known(struct units *u, const char *text, size_t len)
{
    char folded[UNITS_NAME_BYTES];
    size_t n = units_fold(folded, text, len);
    return n ? find_known(u, folded, n) : UNIT_NONE;
}

uint32_t units_intern(struct units *u, const char *text, size_t len)
{
    char folded[UNITS_NAME_BYTES];
    size_t n = units_fold(folded, text, len);
    if (n == 0)
        return UNIT_NONE;
    uint32_t id = units_find(u, folded, n);
    if (id == UNIT_NONE)
        id = find_known(u, folded, n);
    if (id == UNIT_NONE)
        id = find_counting_multiple(u, folded, n);
    return id == UNIT_NONE ? add_counting(u, text, len, folded, n) : id;
}

/* Where the bracket opens that closes at the end of a text; NULL: none. Both widths. */
static const char *find_remark(const char *text, size_t len)
{
    const char *open = NULL;
    uint32_t last = 0;
    for (size_t i = 0, n; i < len; i += n) {
        last = text_next(text + i, len - i, &n);
        if (!open && (last == '(' || last == 0xFF08))
            open = text + i;
    }
    return last == ')' || last == 0xFF09 ? open : NULL;
}

/* The bytes of the last character. */
static size_t last_width(const char *text, size_t len)
{
    return text[len - 1] == ')' ? 1 : strlen("）");
}

void units_trim(const char **text, size_t *len)
{
    text_trim(text, len);
    if (find_remark(*text, *len) == *text && *len) {
        size_t open = **text == '(' ? 1 : strlen("（"), close = last_width(*text, *len);
        *text += open;
        *len -= open + close;
    }
    for (size_t i = 0, n; i < *len; i += n) {
        uint32_t c = text_next(*text + i, *len - i, &n);
        if (c == ':' || c == 0xFF1A) {
            *text += i + n;
            *len -= i + n;
            i = n = 0;
        }
    }
    text_trim(text, len);
}

uint32_t units_cell(struct units *u, const char *text, size_t len)
{
    units_trim(&text, &len);
    const char *remark = find_remark(text, len);
    if (remark && remark > text) {
        uint32_t known = units_known(u, text, (size_t)(remark - text));
        if (known != UNIT_NONE)
            return known;
    }
    return units_intern(u, text, len);
}

const struct unit *units_get(const struct units *u, uint32_t id)
{
    return id < u->count ? &u->items[id].unit : NULL;
}

uint32_t units_without_multiple(struct units *u, uint32_t id)
{
    return id < u->count ? u->items[id].plain : UNIT_NONE;
}

uint32_t units_percent(const struct units *u)
{
    return u->percent;
}

uint32_t units_money(const struct units *u)
{
    return u->money;
}
