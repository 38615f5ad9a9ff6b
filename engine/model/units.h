/*
 * units.h - units of measurement: known ones convert within their dimension, unknown words count
 * things.
 */
#ifndef MODEL_UNITS_H
#define MODEL_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/base.h>

#define UNIT_NONE UINT32_MAX

/* A unit by id. `scale` × a number in this unit = the number in the base unit of its dimension.
 * Where the scale is a power of ten, `shift` is its exponent and `decimal` is set: conversion is
 * then exact. */
struct unit {
    const char *name;   /* as first written: 万元 */
    uint32_t base;      /* the unit its dimension is counted in: 元 */
    uint32_t dimension; /* equal for units that convert; each counting word has its own */
    double scale;
    int shift;
    bool decimal;
    bool count; /* an unknown word: counts things; any two counting words may meet, with a note */
    bool word;  /* of a count: fit to stand behind a number, as far as that was asked */
    bool point; /* percentage point: 个百分点, 百分点 */
};

/* Owns: names and tables. Counting words are added as they are met. */
struct units;

/* Reads config/units.ini and lays `over` (may be NULL, or a path that is absent) over it. */
sy_status units_load(struct units **out, const char *path, const char *over, sy_error *err);
void units_free(struct units *u);
/* The same units under the same ids, apart from the other's from then on. */
sy_status units_copy(struct units **out, const struct units *u, sy_error *err);
/* *u gets what is in `from`, which is freed. */
void units_replace(struct units *u, struct units *from);
uint32_t units_count(const struct units *u); /* ids are 0 to count - 1 */

/* The id of a unit as written: a known unit or alias; known/anything and known/a*b as a compound
 * whose dimension is the known one's with the rest ("money/人*月": 万元/人 converts to 元/人); 万,
 * 亿, 十万, 百万, 千万, 万亿 before a counting word or before a known unit without that prefix
 * scale it; else a counting word. Blanks and width (％) do not matter. UNIT_NONE for an empty text,
 * one over 256 bytes, or no memory. */
uint32_t units_intern(struct units *u, const char *text, size_t len);
/* A unit as it stands in brackets or behind a word: (万元), 单位：万元. Cuts off what is around it.
 */
void units_trim(const char **text, size_t *len);
/* units_intern of a unit column's cell: trimmed, and 万元（人民币） is 万元. */
uint32_t units_cell(struct units *u, const char *text, size_t len);
/* As units_intern, but only units that the INI knows (compounds and multiples of them too).
 * UNIT_NONE otherwise. */
uint32_t units_known(struct units *u, const char *text, size_t len);
/* The id of a unit that was met before under this very text; adds nothing. UNIT_NONE: not met. */
uint32_t units_seen(const struct units *u, const char *text, size_t len);
/* Notes that a unit is fit to stand behind a number. */
void units_pass(struct units *u, uint32_t id);
/* The power of ten of a multiple (万: 4) at the start of a text, and its bytes; 0 and 0: there is
 * none. */
int units_multiple(const char *text, size_t len, size_t *used);
/* Borrowed until the next units_intern or units_known. */
const struct unit *units_get(const struct units *u, uint32_t id);
/* The unit without a leading 万/亿 multiple: of 万元 元, of 万人 人, of 元 元. */
uint32_t units_without_multiple(struct units *u, uint32_t id);
uint32_t units_percent(const struct units *u); /* % */
uint32_t units_money(const struct units *u);   /* 元: base of the dimension [money] */

#endif
