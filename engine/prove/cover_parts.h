/*
 * cover_parts.h - what cover*.c share.
 */
#ifndef PROVE_COVER_PARTS_H
#define PROVE_COVER_PARTS_H

#include "prove/cover.h"
#include "rule/coverage.h"

/* A rule that a script declares. Several runs find the same. */
struct cover_rule {
    const char *section, *pattern; /* pattern NULL: adjust, check */
    const char *shown;
    uint32_t line;
    bool reached;
};

/* A home's. Owns: coverage, rules. */
struct cover_home {
    struct prove_home *home;
    struct coverage *coverage;
    struct cover_rule *rules;
    size_t nrules, rules_cap;
};

/* Owns: homes, and texts in the arena. */
struct cover {
    struct prove_set *set;
    struct cover_home *homes;
    struct arena arena;
};

/* The rules of every script of a run; those that its funds reach are marked. */
sy_status cover_take_run(struct cover *c, struct cover_home *h, const struct run *r, sy_error *err);
/* Loads the scripts of a home that no case has loaded. */
sy_status cover_take_types(struct cover *c, struct cover_home *h, sy_error *err);
/* folder/rest in the arena; NULL: no memory. */
char *cover_join(struct arena *arena, const char *folder, const char *rest);

#endif
