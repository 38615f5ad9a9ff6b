/*
 * compare_say.c - why a score changed, as a sentence to paste into a report.
 */
#include "api/compare.h"

#include <math.h>

#include "base/number.h"

#define NAMED_MAX 3 /* indicators that a sentence names */

static int places_of(const struct run *r, uint32_t fund)
{
    return r->standards[r->funds[fund].standard].yard->decimals;
}

static void add_score(struct buf *out, const struct run *r, uint32_t fund)
{
    char text[NUMBER_TEXT_MAX];
    decimal_print(text, r->results[fund].score, places_of(r, fund));
    buf_str(out, text);
}

static void add_size(struct buf *out, int64_t scaled, int places)
{
    char text[NUMBER_TEXT_MAX];
    decimal_print(text, scaled < 0 ? -scaled : scaled, places);
    buf_str(out, text);
}

/* A driver's part in the results, as it is printed; 0: none to speak of. */
static int64_t part_of(const struct compare_driver *d, int places)
{
    int64_t scaled;
    return decimal_round(&scaled, d->causes[CAUSE_RESULTS], places, ROUND_HALF_UP) ? scaled : 0;
}

static bool is_greater(const struct compare *c, const struct compare_change *change, uint32_t a,
                       uint32_t b)
{
    const double x = fabs(c->drivers[change->first_driver + a].causes[CAUSE_RESULTS]);
    const double y = fabs(c->drivers[change->first_driver + b].causes[CAUSE_RESULTS]);
    return x > y + 1e-9;
}

/* The drivers with the most in the results, and how many have any. */
static uint32_t find_named(uint32_t named[NAMED_MAX], uint32_t *nnamed, const struct compare *c,
                           const struct compare_change *change)
{
    uint32_t all = 0, n = 0;
    for (uint32_t i = 0; i < change->ndrivers; i++) {
        if (part_of(&c->drivers[change->first_driver + i], change->decimals) == 0)
            continue;
        uint32_t at = n;
        for (; at > 0 && is_greater(c, change, i, named[at - 1]); at--)
            if (at < NAMED_MAX)
                named[at] = named[at - 1];
        if (at < NAMED_MAX)
            named[at] = i;
        n += n < NAMED_MAX;
        all++;
    }
    *nnamed = n;
    return all;
}

static void add_name(struct buf *out, const struct compared *v, uint32_t item)
{
    const char *name = item_name(v->p->r, item);
    buf_str(out, name ? name : item_path(v->p->r, item));
}

static void add_drivers(struct buf *out, const struct compared *v,
                        const struct compare_change *change)
{
    const bool zh = v->p->zh;
    uint32_t named[NAMED_MAX], n;
    const uint32_t all = find_named(named, &n, v->c, change);
    for (uint32_t i = 0; i < n; i++) {
        const struct compare_driver *d = &v->c->drivers[change->first_driver + named[i]];
        buf_str(out, i == 0 ? (zh ? "（" : " (") : zh ? "、" : ", ");
        add_name(out, v, d->to == NO_ROW ? d->from : d->to);
        buf_char(out, ' ');
        compared_points(out, part_of(d, change->decimals), change->decimals);
    }
    if (all > n)
        buf_printf(out, zh ? "、其余 %u 项" : ", and %u more", (unsigned)(all - n));
    if (n)
        buf_str(out, zh ? "）" : ")");
}

static void begin_part(struct buf *out, bool zh, bool *any)
{
    if (*any)
        buf_str(out, zh ? "，" : ", ");
    *any = true;
}

static void add_results(struct buf *out, const struct compared *v,
                        const struct compare_change *change)
{
    const int64_t points = change->causes[CAUSE_RESULTS];
    if (!v->p->zh) {
        buf_str(out, "results ");
        compared_points(out, points, change->decimals);
    } else if (points == 0) {
        buf_str(out, "实绩影响");
        compared_points(out, points, change->decimals);
        buf_str(out, "分");
    } else {
        buf_str(out, points > 0 ? "实绩提高" : "实绩降低");
        add_size(out, points, change->decimals);
        buf_str(out, "分");
    }
    add_drivers(out, v, change);
}

/* What of the rules' part is that of indicators which cannot be mixed: not only rules have moved
 * there. */
static void add_unmixed(struct buf *out, const struct compared *v,
                        const struct compare_change *change)
{
    double sum = 0;
    int64_t points;
    for (uint32_t i = 0; i < change->ndrivers; i++) {
        const struct compare_driver *d = &v->c->drivers[change->first_driver + i];
        sum += d->unmixed ? d->causes[CAUSE_RULES] : 0;
    }
    if (!decimal_round(&points, sum, change->decimals, ROUND_HALF_UP) || points == 0)
        return;
    buf_str(out,
            v->p->zh ? "，其中两年不能混算的指标 " : ", of which indicators that cannot be mixed ");
    compared_points(out, points, change->decimals);
}

/* What the yardstick changed, and each part of it. */
static void add_standard(struct buf *out, const struct compared *v,
                         const struct compare_change *change)
{
    static const char *const zh_words[CAUSES] = {[CAUSE_TARGETS] = "指标值",
                                                 [CAUSE_WEIGHTS] = "分值",
                                                 [CAUSE_RULES] = "评分规则",
                                                 [CAUSE_INDICATORS] = "指标增减"};
    const bool zh = v->p->zh;
    int n = 0;
    buf_str(out, zh ? "标准调整影响" : "the yardstick ");
    compared_points(out, compared_standard(change), change->decimals);
    buf_str(out, zh ? "分" : "");
    for (int i = CAUSE_TARGETS; i <= CAUSE_INDICATORS; i++)
        n += change->causes[i] != 0;
    bool any = false;
    for (int i = CAUSE_TARGETS; i <= CAUSE_INDICATORS && n; i++) {
        if (change->causes[i] == 0)
            continue;
        buf_str(out, any ? (zh ? "、" : ", ") : zh ? "（" : " (");
        buf_printf(out, "%s ", zh ? zh_words[i] : cause_word((enum cause)i));
        compared_points(out, change->causes[i], change->decimals);
        if (i == CAUSE_RULES)
            add_unmixed(out, v, change);
        any = true;
    }
    if (n)
        buf_str(out, zh ? "）" : ")");
}

static bool has_standard(const struct compare_change *change)
{
    for (int i = CAUSE_TARGETS; i <= CAUSE_INDICATORS; i++)
        if (change->causes[i])
            return true;
    return false;
}

static void add_plain(struct buf *out, const struct compare_change *change, const char *before,
                      enum cause cause, const char *after)
{
    buf_str(out, before);
    compared_points(out, change->causes[cause], change->decimals);
    buf_str(out, after);
}

static void add_causes(struct buf *out, const struct compared *v,
                       const struct compare_change *change)
{
    const bool zh = v->p->zh;
    uint32_t named[NAMED_MAX], n;
    bool any = false;
    if (change->causes[CAUSE_RESULTS] || find_named(named, &n, v->c, change)) {
        begin_part(out, zh, &any);
        add_results(out, v, change);
    }
    if (has_standard(change)) {
        begin_part(out, zh, &any);
        add_standard(out, v, change);
    }
    if (change->causes[CAUSE_ADJUSTMENTS]) {
        begin_part(out, zh, &any);
        add_plain(out, change, zh ? "加减分影响" : "adjustments ", CAUSE_ADJUSTMENTS,
                  zh ? "分" : "");
    }
    if (change->causes[CAUSE_ROUNDING]) {
        begin_part(out, zh, &any);
        add_plain(out, change, zh ? "舍入影响" : "rounding ", CAUSE_ROUNDING, zh ? "分" : "");
    }
}

static bool has_causes(const struct compared *v, const struct compare_change *change)
{
    uint32_t named[NAMED_MAX], n;
    for (int i = 0; i < CAUSES; i++)
        if (change->causes[i])
            return true;
    return find_named(named, &n, v->c, change) > 0;
}

static void say_move(struct buf *out, const struct compared *v, const struct compare_change *change)
{
    const struct run *r = v->p->r;
    const bool zh = v->p->zh, up = change->change > 0;
    if (change->change == 0) {
        buf_str(out, zh ? "得分均为" : "The score stayed at ");
        add_score(out, r, change->to);
        buf_str(out, zh ? "，没有变化" : "");
        return;
    }
    buf_str(out, zh ? "得分由" : up ? "The score rose from " : "The score fell from ");
    add_score(out, r, change->from);
    buf_str(out, zh ? (up ? "升至" : "降至") : " to ");
    add_score(out, r, change->to);
    buf_str(out, zh ? (up ? "，提高" : "，降低") : ", by ");
    add_size(out, change->change, change->decimals);
    buf_str(out, zh ? "分" : " points");
}

/* Which of the years has no score. */
static void say_unknown(struct buf *out, const struct compared *v, const struct compared_row *row)
{
    const struct run *r = v->p->r;
    const bool zh = v->p->zh;
    const bool from = r->results[row->from].has_score, to = r->results[row->to].has_score;
    const int years[] = {compared_year(r, row->from), compared_year(r, row->to)};
    if (!from && !to)
        buf_printf(out, zh ? "%d年和%d年都没有得分，不能比较。" : "Neither %d nor %d has a score.",
                   years[0], years[1]);
    else
        buf_printf(out, zh ? "%d年没有得分，不能比较。" : "%d has no score.", years[from]);
}

void compared_say(struct buf *out, const struct compared *v, const struct compared_row *row)
{
    const bool zh = v->p->zh;
    if (!row->change) {
        buf_printf(out, zh ? "只有%d年的数据，不作比较。" : "There is data of %d alone.",
                   compared_year(v->p->r, row->from));
        return;
    }
    if (!row->change->known) {
        say_unknown(out, v, row);
        return;
    }
    say_move(out, v, row->change);
    if (has_causes(v, row->change)) {
        buf_str(out, zh ? "：" : ": ");
        add_causes(out, v, row->change);
    }
    buf_str(out, zh ? "。" : ".");
}
