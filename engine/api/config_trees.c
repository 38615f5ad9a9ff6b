/*
 * config_trees.c - the documents steelyard.config/1 and steelyard.config-diff/1.
 */
#include <string.h>

#include "api/config.h"
#include <steelyard/steelyard.h>

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)
_Static_assert(sizeof(size_t) >= 8, "rows of nested tables are numbered in 64 bits");

static void text_cell(sy_cell *out, const char *text)
{
    if (!text)
        return;
    out->type = SY_CELL_DATA;
    out->text = text;
    out->text_len = strlen(text);
}

static void integer_cell(sy_cell *out, int64_t integer)
{
    out->type = SY_CELL_INTEGER;
    out->integer = integer;
}

/* What layers hide of one row: the row above, the place in the list below. */

static const sy_column *side_columns(const void *ctx)
{
    static const sy_column columns[] = {{"value", NULL, 0}, {"source", NULL, 0}};
    (void)ctx;
    return columns;
}

static void hidden_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    const struct yard_hidden *hidden = c->rows[at >> SPLIT_BITS].hidden;
    for (uint64_t i = at & SPLIT_MASK; i > 0; i--)
        hidden = hidden->next;
    text_cell(out, column == 0 ? hidden->value : config_source(c, &hidden->origin));
}

static sy_view view_hidden(const struct config *c, size_t row)
{
    static const sy_view_ops ops = {sizeof ops, 2, side_columns, hidden_cell};
    size_t n = 0;
    for (const struct yard_hidden *h = c->rows[row].hidden; h; h = h->next)
        n++;
    return (sy_view){&ops, c, row << SPLIT_BITS, n};
}

/* Keys, scripts and rules are runs of a standard's rows. */

static bool is_rule(const struct config_row *row)
{
    return strncmp(row->section, "rules", strlen("rules")) == 0;
}

enum part { PART_KEYS, PART_SCRIPTS, PART_RULES };

static enum part part_of(const struct config_row *row)
{
    return is_rule(row)                           ? PART_RULES
           : strcmp(row->section, "scripts") == 0 ? PART_SCRIPTS
                                                  : PART_KEYS;
}

static const sy_column *key_columns(const void *ctx)
{
    static const sy_column columns[] = {{"section", NULL, 0},
                                        {"key", NULL, 0},
                                        {"value", NULL, 0},
                                        {"source", NULL, 0},
                                        {"overrides", NULL, 0}};
    (void)ctx;
    return columns;
}

static void key_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    const struct config_row *row = &c->rows[at];
    if (column == 4) {
        out->type = SY_CELL_TABLE;
        out->view = view_hidden(c, at);
    } else if (column == 3) {
        text_cell(out, config_source(c, &row->origin));
    } else {
        text_cell(out, column == 0 ? row->section : column == 1 ? row->key : row->value);
    }
}

static const sy_column *script_columns(const void *ctx)
{
    static const sy_column columns[] = {{"file", NULL, 0}};
    (void)ctx;
    return columns;
}

static void script_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    const struct config *c = ctx;
    (void)column;
    text_cell(out, c->rows[at].key);
}

static const sy_column *rule_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"of", NULL, 0}, {"pattern", NULL, 0}, {"rule", NULL, 0}, {"source", NULL, 0}};
    (void)ctx;
    return columns;
}

/* "rules.indicator" with its pattern, or "rules" with `adjust` or `check` for a key. The rule of
 * what no pattern matches has none. */
static void rule_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    const struct config_row *row = &c->rows[at];
    const char *of = strchr(row->section, '.');
    if (column == 0)
        text_cell(out, of ? of + 1 : row->key);
    else if (column == 1)
        text_cell(out, of && row->key != config_otherwise ? row->key : NULL);
    else if (column == 2)
        text_cell(out, row->value);
    else
        text_cell(out, config_source(c, &row->origin));
}

static sy_view view_part(const struct config *c, uint32_t standard, enum part part)
{
    static const sy_view_ops keys = {sizeof keys, 5, key_columns, key_cell},
                             scripts = {sizeof scripts, 1, script_columns, script_cell},
                             rules = {sizeof rules, 4, rule_columns, rule_cell};
    uint32_t first = c->first[standard];
    while (first < c->first[standard + 1] && part_of(&c->rows[first]) < part)
        first++;
    uint32_t end = first;
    while (end < c->first[standard + 1] && part_of(&c->rows[end]) == part)
        end++;
    return (sy_view){part == PART_KEYS      ? &keys
                     : part == PART_SCRIPTS ? &scripts
                                            : &rules,
                     c, first, end - first};
}

/* Yardsticks */

static const sy_column *yardstick_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"type", NULL, 0}, {"name", NULL, 0},    {"year", NULL, 1}, {"extends", NULL, 0},
        {"keys", NULL, 0}, {"scripts", NULL, 0}, {"rules", NULL, 0}};
    (void)ctx;
    return columns;
}

static const sy_column *chain_columns(const void *ctx)
{
    static const sy_column columns[] = {{"type", NULL, 0}};
    (void)ctx;
    return columns;
}

static void chain_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    const struct config *c = ctx;
    const struct yardstick *y = c->r->standards[at >> SPLIT_BITS].yard;
    (void)column;
    text_cell(out, y->chain[y->nchain - 2 - (at & SPLIT_MASK)]);
}

static void yardstick_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    static const sy_view_ops chain = {sizeof chain, 1, chain_columns, chain_cell};
    const struct config *c = ctx;
    const struct yardstick *y = c->r->standards[at].yard;
    if (column < 2) {
        text_cell(out, column == 0 ? y->type : y->name);
    } else if (column == 2) {
        integer_cell(out, y->year);
    } else if (column == 3) {
        out->type = SY_CELL_LIST;
        out->view = (sy_view){&chain, c, at << SPLIT_BITS, y->nchain ? y->nchain - 1 : 0};
    } else {
        out->type = SY_CELL_TABLE;
        out->view = view_part(c, (uint32_t)at, (enum part)(column - 4));
    }
}

static const sy_column *config_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"schema", NULL, 0}, {"steelyard", NULL, 0}, {"yardsticks", NULL, 0}};
    (void)ctx;
    return columns;
}

static void config_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    static const sy_view_ops ops = {sizeof ops, 7, yardstick_columns, yardstick_cell};
    const struct config *c = ctx;
    (void)at;
    if (column < 2) {
        text_cell(out, column == 0 ? "steelyard.config/1" : sy_version());
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = (sy_view){&ops, c, 0, c->r->nstandards};
}

sy_view config_tree(const struct config *c)
{
    static const sy_view_ops ops = {sizeof ops, 3, config_columns, config_cell};
    return (sy_view){&ops, c, 0, 1};
}

/* Differences */

static void side_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    text_cell(out, column == 0 ? c->rows[at].value : config_source(c, &c->rows[at].origin));
}

static const sy_column *change_columns(const void *ctx)
{
    static const sy_column columns[] = {{"type", NULL, 0},   {"section", NULL, 0}, {"key", NULL, 0},
                                        {"change", NULL, 0}, {"from", NULL, 0},    {"to", NULL, 0}};
    (void)ctx;
    return columns;
}

static void change_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    static const sy_view_ops side = {sizeof side, 2, side_columns, side_cell};
    const struct config *c = ctx;
    const struct config_change *change = &c->changes[at];
    const struct config_row *row = &c->rows[change->from < 0 ? change->to : change->from];
    if (column >= 4) {
        int64_t which = column == 4 ? change->from : change->to;
        if (which < 0)
            return;
        out->type = SY_CELL_RECORD;
        out->view = (sy_view){&side, c, (size_t)which, 1};
        return;
    }
    text_cell(out, column == 0   ? c->r->standards[row->standard].yard->type
                   : column == 1 ? row->section
                   : column == 2 ? row->key
                                 : config_change_word(c, change));
}

static const sy_column *diff_columns(const void *ctx)
{
    static const sy_column columns[] = {{"schema", NULL, 0},
                                        {"steelyard", NULL, 0},
                                        {"from", NULL, 1},
                                        {"to", NULL, 1},
                                        {"differences", NULL, 0}};
    (void)ctx;
    return columns;
}

static void diff_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    static const sy_view_ops ops = {sizeof ops, 6, change_columns, change_cell};
    const struct config *c = ctx;
    (void)at;
    if (column < 2) {
        text_cell(out, column == 0 ? "steelyard.config-diff/1" : sy_version());
    } else if (column < 4) {
        integer_cell(out, column == 2 ? c->from : c->to);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&ops, c, 0, c->nchanges};
    }
}

sy_view config_tree_changes(const struct config *c)
{
    static const sy_view_ops ops = {sizeof ops, 5, diff_columns, diff_cell};
    return (sy_view){&ops, c, 0, 1};
}
