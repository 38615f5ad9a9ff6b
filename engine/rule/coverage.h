/*
 * coverage.h - what of a run's scripts was reached: lines of functions, functions that the engine
 * called, bands of tiers. Sandboxes that were told to (sandbox_cover) fill it in.
 *
 * One thread at a time: a run that is covered has one worker.
 */
#ifndef RULE_COVERAGE_H
#define RULE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rule/kernel.h"
#include <steelyard/base.h>

struct coverage;

/* Of a line. */
#define COVERAGE_CODE   1u /* can run, and is a function's: not the file's own */
#define COVERAGE_RAN    2u
#define COVERAGE_CALLED 4u /* a function begins here that the engine called */
#define COVERAGE_BEGINS 8u /* a function begins here that lies in no other */

/* A file that was loaded. */
struct coverage_file {
    const char *path;  /* as opened */
    const char *shown; /* in messages */
    uint8_t *lines;    /* the first line is lines[0] */
    uint32_t nlines;
};

/* Tiers that a script declared while it was loaded. */
struct coverage_tiers {
    const struct rule *rule;
    bool *reached; /* by band: see kernel_bands */
};

sy_status coverage_create(struct coverage **out, sy_error *err);
void coverage_free(struct coverage *c);

/* In the order in which they were first met. */
size_t coverage_nfiles(const struct coverage *c);
const struct coverage_file *coverage_file_at(const struct coverage *c, size_t i);
size_t coverage_ntiers(const struct coverage *c);
const struct coverage_tiers *coverage_tiers_at(const struct coverage *c, size_t i);
/* Whether the engine called the function that begins at that place. */
bool coverage_called(const struct coverage *c, const char *shown, uint32_t line);

/* Marks. What is not known is not marked. */
void coverage_mark(struct coverage_file *file, uint32_t line, unsigned mark);
void coverage_mark_called(struct coverage *c, const char *shown, uint32_t line);
/* The band that an actual falls in, of the tiers that were declared as `rule`. */
void coverage_mark_band(struct coverage *c, const struct rule *rule, double actual);

/* A file's text, and what Lua has compiled it to (lua_dump). */
struct coverage_source {
    const char *text, *dump;
    size_t len, dump_len;
};

/* A file that is known (NULL: it is not), or new. NULL: no memory, or bytes that are not Lua 5.4's.
 */
struct coverage_file *coverage_find_file(const struct coverage *c, const char *path);
struct coverage_file *coverage_add_file(struct coverage *c, const char *path, const char *shown,
                                        const struct coverage_source *source);
/* False: no memory. */
bool coverage_add_tiers(struct coverage *c, const struct rule *rule);

/* coverage_lines.c: the lines that can run, as COVERAGE_CODE in an array that is the caller's to
 * free. False as coverage_add_file. */
bool coverage_lines(uint8_t **lines, uint32_t *nlines, const struct coverage_source *source);

#endif
