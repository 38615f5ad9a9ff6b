/*
 * improve_parts.h - what the files behind improve.h share.
 */
#ifndef STAGE_IMPROVE_PARTS_H
#define STAGE_IMPROVE_PARTS_H

#include "stage/improve.h"
#include "stage/mix.h"
#include "stage/tally.h"

#define TEXT_MAX 128

/* What an indicator can be led to. */
struct candidate {
    uint32_t item;
    bool rating;
    struct value value; /* new actual; of ratings not looked at */
    char text[TEXT_MAX];
    double attainment, effort;
    double grain;      /* of figures: what one step is, in base units; a day */
    int64_t gain;      /* alone */
    bool from_nothing; /* there is neither target nor actual: figures are tried from 0 on */
    bool chosen;
};

/* A fund while ways are looked for. Owns: candidates, mix, tally. */
struct improving {
    struct run *r;
    struct mix mix;
    struct tally tally;
    uint32_t fund;
    const struct yardstick *yard;
    double points; /* of adjustments */
    uint32_t cap;  /* the best grade that they leave; NO_ROW */
    bool veto;
    struct candidate *candidates;
    uint32_t ncandidates;
};

/* Where funds lie changes while some are mixed. */
static inline const struct fund *own(const struct improving *im)
{
    return &im->r->funds[im->fund];
}

/* What a trial comes to. */
struct trial {
    int64_t score;
    uint32_t grade; /* NO_ROW: none */
    double coverage;
    double attainment; /* of the item that was asked for */
    enum item_status status;
};

/* improve_try.c: the fund with the chosen candidates, and one more (NULL: none), whose item's
 * attainment is told. */
sy_status improve_try(struct trial *out, struct improving *im, const struct candidate *more,
                      sy_error *err);
/* improve_seek.c: the candidates of a fund. */
sy_status improve_seek(struct improving *im, sy_error *err);
/* A figure as people write it, in the unit of the indicator. */
void improve_print(struct candidate *c, const struct run *r);
/* Leads a candidate from its item's own actual only as far as `enough` says (given the outcome of a
 * trial with it). */
sy_status improve_trim(struct improving *im, struct candidate *c,
                       bool (*enough)(const void *ctx, const struct trial *o), const void *ctx,
                       sy_error *err);

#endif
