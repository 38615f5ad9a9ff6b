/*
 * columns.c - what a header means. Called for each header cell of each source, and for labels.
 */
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "model/columns_table.h"

static bool is_blank(uint32_t c)
{
    return c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0x200B;
}

size_t columns_fold(char out[COLUMNS_WORD_MAX], const char *text, size_t len)
{
    size_t used = 0;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_next(text + i, len - i, &n);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        if (is_blank(c) || c == '_')
            continue;
        if (used + n > COLUMNS_WORD_MAX)
            return 0;
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        if (c < 0x80) {
            out[used++] = (char)c;
        } else {
            memcpy(out + used, text + i, n);
            used += n;
        }
    }
    return used;
}

const char *columns_find(const struct columns *c, const char *section, const char *folded,
                         size_t len)
{
    char key[2 * COLUMNS_WORD_MAX];
    size_t n = strlen(section);
    if (len == 0 || n + 1 + len > sizeof key)
        return NULL;
    memcpy(key, section, n);
    key[n] = '\n';
    memcpy(key + n + 1, folded, len);
    uint32_t id = pool_find(&c->words, key, n + 1 + len);
    return id == POOL_NONE ? NULL : c->means[id];
}

/* 1 for an opening bracket, -1 for a closing one, half or full width. */
static int bracket_of(uint32_t c)
{
    if (c == '(' || c == 0xFF08)
        return 1;
    return c == ')' || c == 0xFF09 ? -1 : 0;
}

/* The unit that stands in parentheses, also as 单位：万元. A lone letter is the mark of a formula.
 */
static uint32_t read_unit(struct units *units, const char *text, size_t len)
{
    units_trim(&text, &len);
    return len > 1 || (len == 1 && *text == '%') ? units_known(units, text, len) : UNIT_NONE;
}

/* Writes a header without what stands in parentheses; the first known unit in them goes to *unit. A
 * parenthesis that is not closed goes to the end. */
static void strip_brackets(struct buf *bare, uint32_t *unit, struct units *units, const char *text,
                           size_t len)
{
    int depth = 0;
    size_t open = 0;
    for (size_t i = 0, n; i < len; i += n) {
        int bracket = bracket_of(text_next(text + i, len - i, &n));
        if (bracket > 0 && depth++ == 0)
            open = i + n;
        if (depth == 0)
            buf_add(bare, text + i, n);
        if (bracket < 0 && depth > 0 && --depth == 0 && *unit == UNIT_NONE)
            *unit = read_unit(units, text + open, i - open);
    }
    if (depth > 0 && *unit == UNIT_NONE)
        *unit = read_unit(units, text + open, len - open);
}

const char *columns_meaning(const struct columns *c, const char *table, const char *header,
                            size_t len, struct units *units, uint32_t *unit, struct buf *bare)
{
    char folded[COLUMNS_WORD_MAX];
    *unit = UNIT_NONE;
    buf_clear(bare);
    text_trim(&header, &len);
    strip_brackets(bare, unit, units, header, len);
    const char *text = buf_text(bare);
    size_t n = bare->failed ? 0 : bare->len;
    text_trim(&text, &n);
    if (bare->len > n && bare->data) {
        memmove(bare->data, text, n);
        bare->len = n;
        bare->data[n] = '\0';
        text = bare->data;
    }
    return columns_find(c, table, folded, columns_fold(folded, text, n));
}

#define ALIASES_SHOWN 3

void columns_aliases(struct buf *out, const struct columns *c, const char *table,
                     const char *column)
{
    size_t n = strlen(table), shown = 0;
    for (uint32_t i = 0; i < c->words.count && shown < ALIASES_SHOWN; i++) {
        const char *word = pool_text(&c->words, i);
        if (strncmp(word, table, n) != 0 || word[n] != '\n' || !c->means[i] ||
            strcmp(c->means[i], column) != 0 || strcmp(word + n + 1, column) == 0)
            continue;
        buf_printf(out, "%s%s", shown ? ", " : "", word + n + 1);
        shown++;
    }
}

const char *const *columns_of(const struct columns *c, const char *table, size_t *n)
{
    for (size_t i = 0; i < COLUMNS_TABLES; i++) {
        if (strcmp(c->tables[i].table, table) == 0) {
            *n = c->tables[i].n;
            return c->tables[i].names;
        }
    }
    *n = 0;
    return NULL;
}

const char *columns_label(const struct columns *c, const char *language, const char *key)
{
    char section[COLUMNS_WORD_MAX] = "labels ", folded[COLUMNS_WORD_MAX];
    size_t n = strlen(section);
    if (n + strlen(language) >= sizeof section)
        return NULL;
    memcpy(section + n, language, strlen(language) + 1);
    return columns_find(c, section, folded, columns_fold(folded, key, strlen(key)));
}

const char *columns_near(const struct columns *c, const char *table, const char *header)
{
    const char *best = NULL;
    char folded[COLUMNS_WORD_MAX];
    const size_t section = strlen(table), len = columns_fold(folded, header, strlen(header));
    if (len == 0 || len >= sizeof folded)
        return NULL;
    folded[len] = '\0';
    for (uint32_t i = 0; i < c->words.count; i++) {
        const char *word = pool_text(&c->words, i);
        if (strncmp(word, table, section) != 0 || word[section] != '\n')
            continue;
        /* The best so far is named first, so that a tie is the first's. */
        const char *two[2] = {best ? best : word + section + 1, word + section + 1};
        const char *near = suggest(folded, two, 2);
        best = near ? near : best;
    }
    return best;
}
