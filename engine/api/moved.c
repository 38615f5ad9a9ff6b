/*
 * moved.c - steelyard.h: what moved between two runs of one evaluation, a line a fund.
 */
#include "api/moved.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/facade.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/number.h"
#include "base/pool.h"

/* Owns: keys, fund_of, met, items, out. */
struct moved {
    struct report from, to; /* for their words only */
    struct pool keys;       /* of the first run's funds */
    uint32_t *fund_of;      /* by key */
    bool *met;              /* by key: the second run has it too */
    struct moved_item *items;
    size_t width;
    struct buf out;
    bool years, any;
};

/* What names a fund in any run. */
static uint32_t key_of(struct moved *m, const struct run *r, uint32_t fund, bool add)
{
    const struct entity *e = &r->d.entities[r->funds[fund].entity];
    struct buf key = {0};
    buf_printf(&key, "%d %s", e->year, dataset_text(&r->d, e->fund));
    uint32_t id = key.failed ? POOL_NONE
                  : add      ? pool_intern(&m->keys, buf_text(&key), key.len)
                             : pool_find(&m->keys, buf_text(&key), key.len);
    m->out.failed = m->out.failed || key.failed;
    buf_dispose(&key);
    return id;
}

static sy_status init(struct moved *m, sy_run *before, sy_run *after, sy_error *err)
{
    const struct run *r = before->run;
    const bool zh = strcmp(after->language, "zh") == 0;
    *m = (struct moved){.width = after->width,
                        .years = after->evaluation->nyears > 1,
                        .from = {.r = before->run, .zh = zh, .people = true},
                        .to = {.r = after->run, .zh = zh, .people = true}};
    m->fund_of = calloc((size_t)r->nfunds + 1, sizeof *m->fund_of);
    m->met = calloc((size_t)r->nfunds + 1, sizeof *m->met);
    m->items = calloc((size_t)r->nitems + after->run->nitems + 1, sizeof *m->items);
    if (!m->fund_of || !m->met || !m->items)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds; i++) {
        uint32_t key = key_of(m, r, i, true);
        if (key == POOL_NONE)
            return error_nomem(err);
        m->fund_of[key] = i;
    }
    return SY_OK;
}

static void dispose(struct moved *m)
{
    pool_dispose(&m->keys);
    free(m->fund_of);
    free(m->met);
    free(m->items);
    buf_dispose(&m->out);
}

static const struct yardstick *yard_of(const struct run *r, uint32_t fund)
{
    return r->standards[r->funds[fund].standard].yard;
}

static struct moved_points fund_points(const struct run *r, uint32_t fund)
{
    const struct fund_result *result = &r->results[fund];
    return (struct moved_points){result->has_score, yard_of(r, fund)->decimals, result->score};
}

static struct moved_points item_points(const struct run *r, uint32_t fund, uint32_t item)
{
    const struct yardstick *y = yard_of(r, fund);
    struct moved_points p = {.places = y->decimals};
    p.has = item != NO_ROW && !isnan(item_score(r, item)) &&
            decimal_round(&p.scaled, item_score(r, item), y->decimals, y->mode);
    return p;
}

static uint32_t find_path(const struct run *r, uint32_t fund, const char *path)
{
    uint32_t id = pool_find(&r->d.paths, path, strlen(path));
    return id == POOL_NONE ? NO_ROW : find_item(r, &r->funds[fund], id);
}

/* Indicators of `fund` in one run against those of the same in the other; `gone`: only those that
 * the other has no more. */
static size_t list_items(struct moved *m, size_t n, const struct run *r, uint32_t fund,
                         const struct run *other, uint32_t other_fund, bool gone)
{
    const struct fund *f = &r->funds[fund];
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const char *path = item_path(r, i);
        uint32_t same = find_path(other, other_fund, path);
        if (gone && same != NO_ROW)
            continue;
        struct moved_item item = {path, item_points(other, other_fund, same),
                                  item_points(r, fund, i)};
        if (gone)
            item = (struct moved_item){path, item.to, item.from};
        if (moved_differs(&item.from, &item.to))
            m->items[n++] = item;
    }
    return n;
}

static void put_fund(struct moved *m, const struct run *r, uint32_t fund)
{
    const struct entity *e = &r->d.entities[r->funds[fund].entity];
    buf_str(&m->out, dataset_text(&r->d, e->fund));
    if (m->years)
        buf_printf(&m->out, " (%d)", e->year);
    buf_char(&m->out, ' ');
}

static const char *grade_of(const struct moved *m, const struct run *r, uint32_t fund)
{
    const uint32_t grade = r->results[fund].grade;
    return grade != NO_ROW ? yard_of(r, fund)->grades[grade].name
           : m->to.zh      ? "无等级"
                           : "no grade";
}

static void put_bounds(struct moved *m, const struct run *r, uint32_t fund)
{
    const struct fund_result *result = &r->results[fund];
    const int places = yard_of(r, fund)->decimals;
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    decimal_print(low, result->low, places);
    decimal_print(high, result->high, places);
    if (result->has_bounds)
        buf_printf(&m->out, "%s–%s", low, high);
    else
        buf_str(&m->out, "—");
}

static bool bounds_differ(const struct run *a, uint32_t fa, const struct run *b, uint32_t fb)
{
    const struct fund_result *x = &a->results[fa], *y = &b->results[fb];
    const int px = yard_of(a, fa)->decimals, py = yard_of(b, fb)->decimals;
    return x->has_bounds != y->has_bounds ||
           (x->has_bounds && (decimal_value(x->low, px) != decimal_value(y->low, py) ||
                              decimal_value(x->high, px) != decimal_value(y->high, py)));
}

/* "(+0.75, 良 → 优)": the change, and what else is another one. False: nothing is. */
static bool put_changes(struct moved *m, uint32_t from, uint32_t to, const struct moved_points *was,
                        const struct moved_points *is)
{
    const struct run *a = m->from.r, *b = m->to.r;
    const char *grade = grade_of(m, a, from), *new_grade = grade_of(m, b, to);
    const enum fund_status status = a->results[from].status, new_status = b->results[to].status;
    const char *between = " (";
    const bool moved = moved_differs(was, is);
    if (moved && was->has && is->has) {
        buf_str(&m->out, between);
        moved_put_change(&m->out, was, is);
        between = ", ";
    }
    if (strcmp(grade, new_grade) != 0) {
        buf_printf(&m->out, "%s%s → %s", between, grade, new_grade);
        between = ", ";
    }
    if (status != new_status) {
        buf_printf(&m->out, "%s%s → %s", between, report_word(&m->from, fund_status_word(status)),
                   report_word(&m->to, fund_status_word(new_status)));
        between = ", ";
    }
    if (!moved && bounds_differ(a, from, b, to)) {
        buf_printf(&m->out, "%s%s ", between, m->to.zh ? "上下限" : "bounds");
        put_bounds(m, a, from);
        buf_str(&m->out, " → ");
        put_bounds(m, b, to);
        between = ", ";
    }
    if (between[0] == ',')
        buf_char(&m->out, ')');
    return between[0] == ',' || moved;
}

/* The line of a fund that both runs have; nothing where all of it is as it was. */
static void put_both(struct moved *m, uint32_t from, uint32_t to)
{
    const struct run *a = m->from.r, *b = m->to.r;
    const size_t line = m->out.len;
    struct moved_points was = fund_points(a, from), is = fund_points(b, to);
    size_t n = list_items(m, 0, b, to, a, from, false);
    n = list_items(m, n, a, from, b, to, true);
    put_fund(m, b, to);
    moved_put_points(&m->out, &was, &is, m->to.zh);
    if (!put_changes(m, from, to, &was, &is) && n == 0 && !m->out.failed) {
        m->out.len = line;
        m->out.data[line] = '\0';
        return;
    }
    moved_put_items(&m->out, line, m->items, n, moved_value(&is) - moved_value(&was), m->width,
                    m->to.zh);
    buf_char(&m->out, '\n');
    m->any = true;
}

/* The line of a fund that only one of them has. */
static void put_one(struct moved *m, const struct run *r, uint32_t fund, const char *what)
{
    struct moved_points p = fund_points(r, fund);
    put_fund(m, r, fund);
    moved_put_points(&m->out, &p, &p, m->to.zh);
    buf_printf(&m->out, " (%s)\n", what);
    m->any = true;
}

static void put_funds(struct moved *m)
{
    const struct run *a = m->from.r, *b = m->to.r;
    for (uint32_t i = 0; i < b->nfunds; i++) {
        uint32_t key = key_of(m, b, i, false);
        if (key == POOL_NONE) {
            put_one(m, b, i, m->to.zh ? "新增" : "new");
            continue;
        }
        m->met[key] = true;
        put_both(m, m->fund_of[key], i);
    }
    for (uint32_t key = 0; key < m->keys.count; key++)
        if (!m->met[key])
            put_one(m, a, m->fund_of[key], m->to.zh ? "已去掉" : "gone");
}

sy_status sy_run_moved(sy_run *before, sy_run *after, const char *path, sy_error *err)
{
    struct moved m;
    bool findings = false;
    sy_status status = init(&m, before, after, err);
    if (status == SY_OK) {
        put_funds(&m);
        status = moved_findings(&m.out, &findings, before->run, after->run, m.to.zh, err);
    }
    if (status == SY_OK && !m.any && !findings)
        buf_str(&m.out, m.to.zh ? "没有变化\n" : "nothing moved\n");
    if (status == SY_OK)
        status = output_text(&m.out, path, 0, err);
    dispose(&m);
    return status;
}
