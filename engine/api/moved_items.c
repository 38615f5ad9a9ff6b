/*
 * moved_items.c - the pieces of a line about a fund that moved: scores, changes, indicators.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/moved.h"
#include "base/decimal.h"
#include "base/number.h"
#include "base/text.h"

double moved_value(const struct moved_points *p)
{
    return p->has ? decimal_value(p->scaled, p->places) : 0;
}

bool moved_differs(const struct moved_points *from, const struct moved_points *to)
{
    return from->has != to->has || fabs(moved_value(from) - moved_value(to)) > 1e-12;
}

static void put_score(struct buf *out, const struct moved_points *p, bool zh)
{
    char text[NUMBER_TEXT_MAX];
    if (p->has)
        decimal_print(text, p->scaled, p->places);
    buf_str(out, p->has ? text : zh ? "无得分" : "no score");
}

void moved_put_points(struct buf *out, const struct moved_points *from,
                      const struct moved_points *to, bool zh)
{
    if (moved_differs(from, to)) {
        put_score(out, from, zh);
        buf_str(out, " → ");
    }
    put_score(out, to, zh);
}

void moved_put_change(struct buf *out, const struct moved_points *from,
                      const struct moved_points *to)
{
    const int places = from->places > to->places ? from->places : to->places;
    const double change = moved_value(to) - moved_value(from);
    char text[NUMBER_TEXT_MAX];
    int64_t scaled = 0;
    (void)decimal_round(&scaled, change, places, ROUND_HALF_UP);
    decimal_print(text, scaled, places);
    buf_printf(out, "%s%s", change >= 0 ? "+" : "", text);
}

static double size_of(const struct moved_item *item)
{
    return fabs(moved_value(&item->to) - moved_value(&item->from));
}

/* Of equal changes, the one whose path comes first: qsort keeps no order. */
static int compare_items(const void *a, const void *b)
{
    const struct moved_item *x = a, *y = b;
    const double dx = size_of(x), dy = size_of(y);
    if (fabs(dx - dy) > 1e-9)
        return dx > dy ? -1 : 1;
    return strcmp(x->path, y->path);
}

static void put_item(struct buf *out, const struct moved_item *item, bool path_alone, bool zh)
{
    buf_str(out, item->path);
    if (path_alone)
        return;
    buf_char(out, ' ');
    if (item->from.has && item->to.has)
        moved_put_change(out, &item->from, &item->to);
    else
        moved_put_points(out, &item->from, &item->to, zh);
}

static void put_rest(struct buf *out, size_t n, bool zh)
{
    if (n)
        buf_printf(out, zh ? " … 另有 %zu 项" : " … and %zu more", n);
}

/* Whether the line holds `more`, which is something but the first. */
static bool has_room(const struct buf *out, size_t line, const struct buf *more, size_t width)
{
    return width == 0 || text_width(buf_text(out) + line, out->len - line) +
                                 text_width(buf_text(more), more->len) <=
                             width;
}

void moved_put_items(struct buf *out, size_t line, struct moved_item *items, size_t n, double alone,
                     size_t width, bool zh)
{
    struct buf piece = {0};
    size_t shown = 0;
    if (n)
        qsort(items, n, sizeof *items, compare_items);
    for (; shown < n; shown++) {
        const struct moved_item *item = &items[shown];
        const bool same = item->from.has && item->to.has &&
                          fabs(moved_value(&item->to) - moved_value(&item->from) - alone) < 1e-9;
        buf_clear(&piece);
        buf_str(&piece, shown ? ", " : " ");
        put_item(&piece, item, n == 1 && same, zh);
        const size_t len = piece.len;
        put_rest(&piece, n - shown - 1, zh);
        if (shown && !has_room(out, line, &piece, width))
            break;
        buf_add(out, buf_text(&piece), len);
    }
    put_rest(out, n - shown, zh);
    out->failed = out->failed || piece.failed;
    buf_dispose(&piece);
}
