/*
 * load_outcomes.c - what a row of outcomes becomes: path, target and actual as read, weight,
 * rating.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/load_levels.h"
#include "stage/load_rows.h"

/* More points than any scale has: a slip, and it would not fit a score. */
#define POINTS_MAX 1e6

/* A row while it is read. */
struct reading {
    struct load *l;
    uint32_t row;
    struct outcome out;
};

static sy_status quote_row(const struct reading *g, enum finding_code code, const char *text,
                           const char *text2)
{
    struct load *l = g->l;
    struct finding_at at = {.code = code,
                            .entity = g->out.entity,
                            .path = g->out.path,
                            .place = g->out.place,
                            .text = text,
                            .text2 = text2};
    return dataset_find(l->d, &at, l->err);
}

/* A copy of a cell, NUL-terminated, in `out`. */
static sy_status copy_cell(const char **out, struct buf *buf, const struct cell *cell,
                           sy_error *err)
{
    buf_clear(buf);
    buf_add(buf, cell->text, cell->len);
    *out = buf_text(buf);
    return buf->failed ? error_nomem(err) : SY_OK;
}

/* What level cells and name make of a row. *kind says what to do with it. */
struct row_path {
    enum row_kind kind;
    uint32_t path, label;
    bool labelled;
};

static sy_status add_bracket(struct load *l, const struct bracket_row *row)
{
    struct dataset *d = l->d;
    void *array = d->brackets;
    bool room = dataset_grow(&array, &d->brackets_cap, d->nbrackets, sizeof *d->brackets);
    d->brackets = array;
    if (!room || row->path == POOL_NONE)
        return error_nomem(l->err);
    d->brackets[d->nbrackets++] = *row;
    return SY_OK;
}

static sy_status add_points(struct load *l, uint32_t entity, const char *path, size_t len,
                            double points)
{
    if (isnan(points) || len == 0)
        return SY_OK;
    uint32_t id = pool_intern(&l->d->paths, path, len);
    return add_bracket(l, &(struct bracket_row){entity, id, NO_WORD, points, load_place(l)});
}

/* Points in brackets stand for the branch that the level cell names. */
static sy_status keep_brackets(struct load *l, uint32_t entity, const char *path, double points1,
                               double points2)
{
    const char *dot = strchr(path, '.');
    const char *dot2 = dot ? strchr(dot + 1, '.') : NULL;
    const char *from = l->levels.from;
    if (!*from) {
        sy_status status = add_points(l, entity, path, dot ? (size_t)(dot - path) : 0, points1);
        return status == SY_OK
                   ? add_points(l, entity, path, dot2 ? (size_t)(dot2 - path) : 0, points2)
                   : status;
    }
    struct bracket_row moved = {
        .entity = entity, .points = NAN, .place = load_place(l), .path = POOL_NONE};
    sy_status status = add_points(l, entity, from, strlen(from), points1);
    if (status == SY_OK && dot)
        status = add_points(l, entity, path, (size_t)(dot - path), points2);
    if (status != SY_OK || !dot)
        return status;
    moved.path = pool_intern(&l->d->paths, path, (size_t)(dot - path));
    moved.within = pool_intern(&l->d->paths, from, strlen(from));
    return moved.within == POOL_NONE ? error_nomem(l->err) : add_bracket(l, &moved);
}

static sy_status read_levels(struct row_path *out, struct load *l, uint32_t entity)
{
    struct load_branch branch;
    sy_status status = load_levels(&branch, l);
    if (status != SY_OK)
        return status;
    out->kind = branch.kind;
    out->labelled = true;
    if (branch.kind == ROW_PART)
        return load_finding(l, FINDING_PART_ROW, entity, dataset_text(l->d, branch.label), NULL);
    if (branch.kind != ROW_INDICATOR && branch.kind != ROW_BUDGET)
        return SY_OK;
    out->path = branch.path;
    out->label = branch.label;
    if (isnan(branch.points1) && isnan(branch.points2) && !*l->levels.from)
        return SY_OK;
    /* Not the pool's own bytes: they move when it grows. */
    buf_clear(&l->path_buf);
    buf_str(&l->path_buf, pool_text(&l->d->paths, branch.path));
    if (l->path_buf.failed)
        return error_nomem(l->err);
    return keep_brackets(l, entity, buf_text(&l->path_buf), branch.points1, branch.points2);
}

static sy_status read_path(struct row_path *out, struct load *l, uint32_t entity)
{
    const struct cell *path = &l->cells[F_INDICATOR];
    *out = (struct row_path){.kind = ROW_INDICATOR, .path = POOL_NONE, .label = NO_WORD};
    if (path->len == 0 && l->has[F_LEVEL1] && l->has[F_NAME])
        return read_levels(out, l, entity);
    if (path->len == 0) {
        out->kind = ROW_TEMPLATE;
        return load_finding(l, FINDING_KEY_MISSING, entity, "indicator", NULL);
    }
    if (!load_is_path(path)) {
        out->kind = ROW_TEMPLATE;
        return load_quote(l, FINDING_BAD_PATH, entity, NULL, path);
    }
    out->path = pool_intern(&l->d->paths, path->text, path->len);
    if (out->path == POOL_NONE)
        return error_nomem(l->err);
    return load_word(&out->label, l, F_NAME);
}

static sy_status note_approximate(const struct reading *g, const struct value *v, enum field field)
{
    struct load *l = g->l;
    if (!(v->flags & VALUE_APPROXIMATE))
        return SY_OK;
    const char *text;
    sy_status status = copy_cell(&text, &l->text_buf, &l->cells[field], l->err);
    if (status != SY_OK)
        return status;
    return quote_row(g, FINDING_APPROXIMATE, field == F_TARGET ? "target" : "actual", text);
}

static sy_status keep_given(const struct reading *g, enum outcome_word column,
                            const struct cell *cell)
{
    struct load *l = g->l;
    uint32_t at;
    sy_status status = dataset_cell(&at, l->d, cell->text, cell->len, l->err);
    return status == SY_OK ? outcome_set_word(l->d, column, g->row, at, l->err) : status;
}

/* A target that is missing beside a completion or an excess. */
static sy_status derive_target(struct reading *g, const struct value_context *context)
{
    struct load *l = g->l;
    struct outcome *o = &g->out;
    if (o->target.kind != VALUE_MISSING || o->actual.kind != VALUE_NUMBER)
        return SY_OK;
    for (int i = 0; i < 2; i++) {
        enum field field = i == 0 ? F_COMPLETION : F_EXCESS;
        const struct cell *cell = &l->cells[field];
        if (cell->len == 0)
            continue;
        struct value_context own = *context;
        uint32_t unit = l->field_unit[field];
        own.default_unit = unit != UNIT_NONE ? unit
                           : i == 0          ? units_percent(l->d->units)
                                             : o->actual.unit;
        struct value given;
        value_read(&given, &own, cell->text, cell->len);
        const char *text;
        sy_status status = copy_cell(&text, &l->text_buf, cell, l->err);
        if (status != SY_OK)
            return status;
        if (given.kind == VALUE_MISSING)
            continue;
        if (given.kind == VALUE_NUMBER &&
            value_derive_target(&o->target, &o->actual, i == 0 ? &given : NULL,
                                i == 0 ? NULL : &given, l->d->units)) {
            o->flags |= OUTCOME_DERIVED;
            status = keep_given(g, i == 0 ? OUTCOME_COMPLETION : OUTCOME_EXCESS, cell);
            return status == SY_OK ? quote_row(g, FINDING_TARGET_DERIVED,
                                               i == 0 ? "completion" : "excess", text)
                                   : status;
        }
        return quote_row(g, FINDING_BAD_NUMBER, i == 0 ? "completion" : "excess", text);
    }
    return SY_OK;
}

static sy_status read_sign(struct reading *g)
{
    struct load *l = g->l;
    struct outcome *o = &g->out;
    const struct cell *cell = &l->cells[F_SIGN];
    const char *text;
    if (cell->len == 0)
        return SY_OK;
    enum sign sign;
    bool known = sign_known(&sign, cell->text, cell->len);
    o->sign = (uint8_t)sign;
    sy_status status = copy_cell(&text, &l->text_buf, cell, l->err);
    if (status != SY_OK)
        return status;
    if (!known)
        return quote_row(g, FINDING_BAD_SIGN, text, NULL);
    uint8_t own = o->target.sign;
    if (own != SIGN_NONE && sign != SIGN_NONE && own != o->sign)
        return quote_row(g, FINDING_SIGN_DIFFERS, l->d->cells.data + o->target_text, text);
    return SY_OK;
}

/* The unit of a bare cell: the row's, else the header's. */
static uint32_t bare_unit(struct load *l, enum field field)
{
    return l->cells[F_UNIT].len > 0 ? load_unit(l, F_UNIT) : l->field_unit[field];
}

/* A plain number needs no text of its own; no other text is one. */
static sy_status keep_text(uint32_t *at, struct reading *g, uint8_t plain, const struct value *v,
                           const struct cell *cell)
{
    *at = 0;
    if (outcomes_is_plain(v, cell->text, cell->len)) {
        g->out.flags |= plain;
        return SY_OK;
    }
    return dataset_cell(at, g->l->d, cell->text, cell->len, g->l->err);
}

static sy_status read_values(struct reading *g)
{
    struct load *l = g->l;
    struct outcome *o = &g->out;
    const struct cell *target = &l->cells[F_TARGET], *actual = &l->cells[F_ACTUAL];
    uint32_t target_unit = bare_unit(l, F_TARGET), actual_unit = bare_unit(l, F_ACTUAL);
    struct value_context context = {
        .units = l->d->units, .year = l->d->entities[o->entity].year, .default_unit = target_unit};
    o->pair = (uint8_t)value_pair_units(&o->target, target->text, target->len, &o->actual,
                                        actual->text, actual->len, &context, actual_unit);
    sy_status status;
    if ((status = keep_text(&o->target_text, g, OUTCOME_PLAIN_TARGET, &o->target, target)) !=
            SY_OK ||
        (status = keep_text(&o->actual_text, g, OUTCOME_PLAIN_ACTUAL, &o->actual, actual)) !=
            SY_OK ||
        (status = outcome_set_word(l->d, OUTCOME_TARGET_UNIT, g->row, target_unit, l->err)) !=
            SY_OK ||
        (status = outcome_set_word(l->d, OUTCOME_ACTUAL_UNIT, g->row, actual_unit, l->err)) !=
            SY_OK)
        return status;
    if (o->pair & PAIR_ACTUAL_SIGN)
        status = quote_row(g, FINDING_ACTUAL_HAS_SIGN, l->d->cells.data + o->actual_text, NULL);
    if (status != SY_OK || (status = note_approximate(g, &o->target, F_TARGET)) != SY_OK ||
        (status = note_approximate(g, &o->actual, F_ACTUAL)) != SY_OK ||
        (status = derive_target(g, &context)) != SY_OK)
        return status;
    return read_sign(g);
}

/* A budget row that states the rate itself, 100% and 86.2%, tells no money. */
static bool states_rate(const struct load *l)
{
    const struct cell *cells[] = {&l->cells[F_TARGET], &l->cells[F_ACTUAL]};
    struct value_context context = {.units = l->d->units, .default_unit = UNIT_NONE};
    const struct unit *percent = units_get(l->d->units, units_percent(l->d->units));
    for (size_t i = 0; i < 2; i++) {
        struct value v;
        value_read(&v, &context, cells[i]->text, cells[i]->len);
        const struct unit *u = v.unit == UNIT_NONE ? NULL : units_get(l->d->units, v.unit);
        if (u && u->dimension == percent->dimension)
            return true;
    }
    return false;
}

/* The budget row's own target and actual are money, kept until it is known whether the fund has the
 * facts. */
static sy_status keep_budget(struct load *l, uint32_t entity)
{
    struct dataset *d = l->d;
    struct budget_row b = {.entity = entity,
                           .place = load_place(l),
                           .budget_unit = bare_unit(l, F_TARGET),
                           .spent_unit = bare_unit(l, F_ACTUAL)};
    sy_status status;
    if ((status = dataset_cell(&b.budget_text, d, l->cells[F_TARGET].text, l->cells[F_TARGET].len,
                               l->err)) != SY_OK ||
        (status = dataset_cell(&b.spent_text, d, l->cells[F_ACTUAL].text, l->cells[F_ACTUAL].len,
                               l->err)) != SY_OK)
        return status;
    void *array = d->budgets;
    bool room = dataset_grow(&array, &d->budgets_cap, d->nbudgets, sizeof *d->budgets);
    d->budgets = array;
    if (!room)
        return error_nomem(l->err);
    d->budgets[d->nbudgets++] = b;
    return SY_OK;
}

/* A total row gives the claimed total, where the funds table has none. */
static sy_status keep_total(struct load *l, uint32_t entity)
{
    double claimed;
    sy_status status = load_points(&claimed, l, entity, F_CLAIMED, "claimed");
    if (status == SY_OK && isnan(l->d->entities[entity].claimed))
        l->d->entities[entity].claimed = claimed;
    return status;
}

static sy_status fill_row(struct reading *g)
{
    struct load *l = g->l;
    const uint32_t entity = g->out.entity, row = g->row;
    uint32_t rating, note;
    double weight, claimed;
    sy_status status = read_values(g);
    if (status != SY_OK ||
        (status = load_points(&weight, l, entity, F_WEIGHT, "weight")) != SY_OK ||
        (status = load_points(&claimed, l, entity, F_CLAIMED, "claimed")) != SY_OK ||
        (status = load_word(&rating, l, F_RATING)) != SY_OK ||
        (status = dataset_cell(&note, l->d, l->cells[F_NOTE].text, l->cells[F_NOTE].len, l->err)) !=
            SY_OK ||
        (status = outcome_set_word(l->d, OUTCOME_RATING, row, rating, l->err)) != SY_OK ||
        (status = outcome_set_word(l->d, OUTCOME_NOTE, row, note ? note : NO_WORD, l->err)) !=
            SY_OK ||
        (status = outcome_set_number(l->d, OUTCOME_CLAIMED, row, claimed, l->err)) != SY_OK)
        return status;
    if (weight < 0 || weight > POINTS_MAX) {
        const char *text;
        status = copy_cell(&text, &l->text_buf, &l->cells[F_WEIGHT], l->err);
        return status == SY_OK ? quote_row(g, FINDING_BAD_NUMBER, "weight", text) : status;
    }
    return outcome_set_number(l->d, OUTCOME_WEIGHT, row, weight, l->err);
}

sy_status load_outcome_row(struct load *l)
{
    uint32_t entity;
    struct reading g = {.l = l};
    struct row_path path;
    l->path_at = NO_WORD;
    sy_status status = load_entity(&entity, l);
    if (status == SY_OK && entity != NO_ENTITY)
        status = read_path(&path, l, entity);
    if (status != SY_OK || entity == NO_ENTITY)
        return status;
    if (path.kind == ROW_TOTAL)
        return keep_total(l, entity);
    bool money = path.kind == ROW_BUDGET && !states_rate(l);
    if (money)
        status = keep_budget(l, entity);
    if (status != SY_OK || (path.kind != ROW_BUDGET && path.kind != ROW_INDICATOR))
        return status;
    status = dataset_add_outcome(&g.row, l->d, l->err);
    if (status != SY_OK)
        return status;
    l->path_at = path.path;
    g.out = (struct outcome){.entity = entity,
                             .path = path.path,
                             .place = load_place(l),
                             .flags = path.labelled ? OUTCOME_LABELLED : 0};
    status = outcome_set_word(l->d, OUTCOME_LABEL, g.row, path.label, l->err);
    struct cell target = l->cells[F_TARGET], actual = l->cells[F_ACTUAL];
    if (money) /* not the rate's own target and actual */
        l->cells[F_TARGET] = l->cells[F_ACTUAL] = (struct cell){"", 0};
    if (status == SY_OK)
        status = fill_row(&g);
    if (status == SY_OK)
        status = dataset_set_outcome(l->d, g.row, &g.out, l->err);
    l->cells[F_TARGET] = target;
    l->cells[F_ACTUAL] = actual;
    return status;
}
