/*
 * properties_parts.h - what properties*.c share.
 */
#ifndef PROVE_PROPERTIES_PARTS_H
#define PROVE_PROPERTIES_PARTS_H

#include "base/buf.h"
#include "base/pool.h"
#include "prove/properties.h"
#include "prove/trial.h"

/* An indicator of a case, to be tried. */
struct seed {
    const struct prove_case *c;    /* of the file */
    const struct prove_case *base; /* the same with a row of the indicator */
    size_t own;
    uint32_t item;
    const char *path;
    struct probes probes;
    size_t first; /* its probes in the batch */
};

/* A counterexample as first found; it is made smaller at the end. */
struct found {
    uint32_t key; /* of the rule and the law */
    double cost;
    struct seed seed;
    struct trial trial;
};

/* One file at work. Owns: all but file and out. */
struct trying {
    struct prove_properties *out;
    const struct prove_file *file;
    struct prove_home reported; /* actuals stand as the cases give them */
    struct run *run;            /* the file's own cases, scored */
    struct arena arena;         /* of the batch */
    struct pool seen;           /* what was tried, as text */
    struct pool rules;          /* what rules were */
    struct pool keys;
    struct buf text;
    struct seed *seeds; /* of the batch */
    size_t nseeds, nprobes;
    struct found *found;
    size_t nfound, found_cap;
    sy_error *err;
};

static inline const struct bound *seed_bound(const struct trying *t, uint32_t item)
{
    return item_bound(t->run, item);
}

/* The rule with its place, as one text. */
void properties_print_rule(struct buf *out, const struct rule *rule);
/* Keeps a counterexample, unless a smaller one of the same rule and law is known or the file
 * exempts it. */
sy_status properties_keep(struct trying *t, const struct seed *seed, const struct trial *trial,
                          double cost);

/* properties_money.c: the file's cases with their money in 元 and in 万元. */
sy_status properties_money(struct trying *t);
/* properties_show.c: what was found, made smaller, as counterexamples. */
sy_status properties_show(struct trying *t);

#endif
