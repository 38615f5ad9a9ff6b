/*
 * compare.c - the pieces that the views of a comparison share.
 */
#include "api/compare.h"

#include "base/number.h"

size_t compared_count(const struct compare *c)
{
    return c->nrows;
}

static bool holds_row(const struct compare_body *b, size_t row)
{
    return row >= b->first_row && row - b->first_row < (b->nchanges ? b->nchanges : 1);
}

/* Bodies have mostly as many rows: the first guess is good. */
static uint32_t find_body(const struct compare *c, size_t row, size_t *at)
{
    const uint32_t guess = (uint32_t)((uint64_t)row * c->nbodies / c->nrows);
    const bool good = holds_row(&c->bodies[guess], row);
    uint32_t low = good ? guess : 0, high = good ? guess + 1 : c->nbodies;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (c->bodies[middle].first_row <= row)
            low = middle;
        else
            high = middle;
    }
    *at = row - c->bodies[low].first_row;
    return low;
}

void compared_row(struct compared_row *out, const struct compare *c, size_t row)
{
    size_t at;
    const struct compare_body *body = &c->bodies[find_body(c, row, &at)];
    *out = (struct compared_row){.body = body, .from = c->funds[body->first_fund], .to = NO_ROW};
    if (body->nchanges == 0)
        return;
    out->change = &c->changes[body->first_change + at];
    out->from = out->change->from;
    out->to = out->change->to;
}

int64_t compared_standard(const struct compare_change *change)
{
    return change->causes[CAUSE_TARGETS] + change->causes[CAUSE_WEIGHTS] +
           change->causes[CAUSE_RULES] + change->causes[CAUSE_INDICATORS];
}

void compared_points(struct buf *out, int64_t scaled, int places)
{
    char text[NUMBER_TEXT_MAX];
    decimal_print(text, scaled, places);
    buf_printf(out, "%s%s", scaled > 0 ? "+" : "", text);
}

const char *compared_rating(const struct run *r, uint32_t item)
{
    const uint32_t word = item_rating(r, &r->funds[find_fund(r, item)], item);
    return word == NO_WORD ? NULL : dataset_text(&r->d, word);
}

const char *compared_grade(const struct run *r, uint32_t fund)
{
    const uint32_t grade = r->results[fund].grade;
    return grade == NO_ROW ? NULL : r->standards[r->funds[fund].standard].yard->grades[grade].name;
}

int compared_year(const struct run *r, uint32_t fund)
{
    return r->d.entities[r->funds[fund].entity].year;
}
