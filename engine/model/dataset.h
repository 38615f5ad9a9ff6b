/*
 * dataset.h - the loaded tables as columns: funds by year, facts, outcomes, ratings, adjustments.
 *
 * Strings are ids in `words` (everything) and `paths` (indicator paths, dense, so that arrays can
 * be indexed by them). Cells whose text is shown again (targets, actuals) lie in `cells`, once a
 * cell.
 */
#ifndef MODEL_DATASET_H
#define MODEL_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/pool.h"
#include "model/entity_index.h"
#include "model/outcomes.h"
#include "model/units.h"
#include "model/value.h"
#include "table/findings.h"
#include <steelyard/base.h>

#define NO_WORD   POOL_NONE
#define NO_ROW    UINT32_MAX
#define NO_ENTITY UINT32_MAX

/* A fund in one year. */
struct entity {
    uint32_t fund; /* word */
    int32_t year;
    uint32_t name, type, department, part_of; /* words or NO_WORD */
    uint32_t claimed_grade;
    uint32_t first_fact, nfacts; /* NO_ROW: none */
    double claimed;              /* NAN: none */
    struct place place;          /* where it was first named */
    bool listed, formed;         /* by the funds table, or by a form; by a form */
};

#define FACT_PLAIN UINT32_MAX

/* There are as many as funds, and more: see fact_value and fact_text. */
struct fact {
    double num;
    uint32_t entity;
    uint32_t name; /* word */
    uint32_t text; /* offset in cells; FACT_PLAIN: it is the number, with its decimals */
    uint32_t next; /* fact of the same fund; NO_ROW */
    struct value_shape shape;
    struct place place;
};

struct rating_row {
    uint32_t entity, path, rating, by, reason; /* words; path in paths */
    struct place place;
};

struct adjustment_row {
    uint32_t entity;
    uint32_t next; /* row of the same fund; NO_ROW */
    double points; /* NAN: none */
    uint32_t cap, reason;
    struct place place;
};

/* Points that a level cell carries in brackets, as often as rows repeat them; the first of a branch
 * count. Without points: the branch `path` was written below `within` (效益指标 with 满意度). */
struct bracket_row {
    uint32_t entity, path, within; /* `within`: NO_WORD where there are points */
    double points;                 /* NAN: none */
    struct place place;
};

/* A budget row: what stands in it, until it is known whether the fund has the facts itself. */
struct budget_row {
    uint32_t entity, budget_text, spent_text;
    uint32_t budget_unit, spent_unit; /* for bare cells */
    struct place place;
};

/* The columns of a sheet's outcomes: rows are told by the cell of their actual. 0: none. */
struct sheet_columns {
    uint32_t file; /* word */
    uint32_t actual, target, weight, rating;
};

/* Owns: everything in it, not units. */
struct dataset {
    struct pool words, paths;
    struct buf cells; /* texts, each NUL-terminated; offset 0 is "" */
    struct units *units;
    struct entity *entities;
    uint32_t nentities, entities_cap;
    struct entity_index entity_index;
    bool has_parts; /* some fund is part_of another */
    struct fact *facts;
    uint32_t nfacts, facts_cap;
    double *fact_highs; /* see dataset_fact_high */
    uint32_t highs_cap;
    struct map fact_index; /* (entity, name), of funds that have many */
    struct outcomes outcomes;
    struct rating_row *ratings;
    uint32_t nratings, ratings_cap;
    struct adjustment_row *adjustments;
    uint32_t nadjustments, adjustments_cap;
    struct bracket_row *brackets;
    uint32_t nbrackets, brackets_cap;
    struct budget_row *budgets;
    uint32_t nbudgets, budgets_cap;
    struct sheet_columns *sheets;
    uint32_t nsheets, sheets_cap;
    uint32_t *inputs; /* words: files read, in order */
    uint32_t ninputs, inputs_cap;
    struct findings findings;
};

sy_status dataset_init(struct dataset *d, struct units *units, sy_error *err);
void dataset_dispose(struct dataset *d);
/* Drops all rows and keeps most of the memory; also all words and paths, unless `keep_words`. */
void dataset_clear(struct dataset *d, bool keep_words);

/* The word of a text, added when new. */
sy_status dataset_word(uint32_t *out, struct dataset *d, const char *bytes, size_t len,
                       sy_error *err);
/* Keeps a cell's text; "" is offset 0. */
sy_status dataset_cell(uint32_t *out, struct dataset *d, const char *bytes, size_t len,
                       sy_error *err);
const char *dataset_text(const struct dataset *d, uint32_t word); /* "" for NO_WORD */

/* The fund in that year, made when new. */
sy_status dataset_entity(uint32_t *out, struct dataset *d, uint32_t fund, int year,
                         struct place place, sy_error *err);
/* Adds a fund as it is: nothing is known of others of its id and year, nor is it found by its own.
 */
sy_status dataset_add_entity(uint32_t *out, struct dataset *d, uint32_t fund, int year,
                             struct place place, sy_error *err);
uint32_t dataset_find_entity(const struct dataset *d, uint32_t fund, int year);

/* Adds a fact; `hi`: of a range, else 0. A second one of the same name is a duplicate-key finding
 * and left out. */
sy_status dataset_add_fact(struct dataset *d, const struct fact *fact, double hi, sy_error *err);
/* Adds a fact as it is: nothing is known of others of its name, nor is it found by its own. */
sy_status dataset_keep_fact(struct dataset *d, const struct fact *fact, double hi, sy_error *err);
/* The high end of a fact that is a range; 0 of any other. */
double dataset_fact_high(const struct dataset *d, uint32_t row);
/* What it says, and what it was written as: in `room`, or the dataset's. */
struct value fact_value(const struct dataset *d, const struct fact *fact);
const char *fact_text(struct value_text *room, const struct dataset *d, const struct fact *fact);
const struct fact *dataset_fact(const struct dataset *d, uint32_t entity, const char *name);
/* The same by the name's word. */
const struct fact *dataset_fact_of(const struct dataset *d, uint32_t entity, uint32_t name);

/* About so many funds and facts will come: room for them is made at once, if there is any. */
void dataset_expect(struct dataset *d, uint64_t entities, uint64_t facts);

/* So many are about to be written. */
void dataset_touch(struct dataset *d, uint32_t entities, uint32_t facts);

/* A row of outcomes as it is loaded. */
struct outcome {
    uint32_t entity, path;
    struct place place;
    struct value target, actual;
    uint32_t target_text, actual_text; /* offsets in cells; 0: none, or the number's own */
    uint8_t pair, sign, flags;
};

/* Makes room for one more outcome row and returns its number; dataset_set_outcome says what is in
 * it. */
sy_status dataset_add_outcome(uint32_t *out, struct dataset *d, sy_error *err);
sy_status dataset_set_outcome(struct dataset *d, uint32_t row, const struct outcome *what,
                              sy_error *err);

/* What a row has in a rare column: NAN or NO_WORD for none, and for row NO_ROW. */
double outcome_number(const struct dataset *d, enum outcome_number column, uint32_t row);
uint32_t outcome_word(const struct dataset *d, enum outcome_word column, uint32_t row);
/* What a row's target and actual were written as, "" for nothing. In `room`, or the dataset's. */
const char *outcome_target_text(struct value_text *room, const struct dataset *d, uint32_t row);
const char *outcome_actual_text(struct value_text *room, const struct dataset *d, uint32_t row);
/* The text of a note, "" for none. */
const char *outcome_note(const struct dataset *d, uint32_t row);
sy_status outcome_set_number(struct dataset *d, enum outcome_number column, uint32_t row,
                             double value, sy_error *err);
sy_status outcome_set_word(struct dataset *d, enum outcome_word column, uint32_t row,
                           uint32_t value, sy_error *err);

/* Grows an array of `size`-byte elements to hold one more; *cap in elements. */
bool dataset_grow(void **array, uint32_t *cap, uint32_t count, size_t size);

/* A finding with a place. */
struct finding_at {
    enum finding_code code;
    uint32_t entity, path; /* NO_ENTITY; id in paths or NO_WORD */
    struct place place;
    const struct place *first; /* the place of the row that this one is held against; NULL */
    const char *text, *text2;  /* may be NULL */
    double a, b;
    bool plain; /* `text` is the whole sentence, text2 in English */
};
sy_status finding_at_add(struct findings *f, const struct finding_at *what, enum severity severity,
                         sy_error *err);
sy_status dataset_find(struct dataset *d, const struct finding_at *what, sy_error *err);
/* The sentence of a finding. */
void dataset_message(struct buf *out, const struct dataset *d, const struct finding *row, bool zh);
/* Which cell of an outcome's row. */
enum sheet_part { SHEET_TARGET, SHEET_WEIGHT, SHEET_RATING };
/* The place of a row is its actual's cell: that of another of its cells. Elsewhere than in a sheet
 * the same place. */
struct place dataset_part_place(const struct dataset *d, struct place row, enum sheet_part part);
/* Its line; in a sheet the cell that it is about. */
uint32_t dataset_finding_line(const struct dataset *d, const struct finding *row);
sy_status dataset_add_sheet(struct dataset *d, const struct sheet_columns *sheet, sy_error *err);
/* The path of its indicator; NULL where it has none. */
const char *dataset_finding_path(const struct dataset *d, const struct finding *row);

#endif
