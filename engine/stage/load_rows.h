/*
 * load_rows.h - private to the load stage: one source file's columns, and what its rows become.
 */
#ifndef STAGE_LOAD_ROWS_H
#define STAGE_LOAD_ROWS_H

#include "base/buf.h"
#include "base/map.h"
#include "model/columns.h"
#include "model/dataset.h"
#include "model/dataset_merge.h"
#include "model/evaluation.h"
#include <steelyard/plugin.h>

/* Every column of every table of contract 2.1 that is not a fact. */
enum field {
    F_FUND,
    F_YEAR,
    F_TYPE,
    F_NAME,
    F_DEPARTMENT,
    F_PART_OF,
    F_CLAIMED,
    F_CLAIMED_GRADE,
    F_INDICATOR,
    F_LEVEL1,
    F_LEVEL2,
    F_SIGN,
    F_TARGET,
    F_ACTUAL,
    F_UNIT,
    F_WEIGHT,
    F_RATING,
    F_COMPLETION,
    F_EXCESS,
    F_NOTE,
    F_EVIDENCE,
    F_FACT,
    F_VALUE,
    F_BY,
    F_REASON,
    F_POINTS,
    F_CAP,
    F_COUNT,
    F_EXTRA /* a column that is a fact of the funds table, or means nothing */
};

struct cell {
    const char *text;
    size_t len;
};

/* Columns of one file. */
struct column_use {
    enum field field;
    uint32_t unit;            /* from the header, UNIT_NONE */
    uint32_t word;            /* F_EXTRA in funds: the fact's name */
    size_t name_at, name_len; /* the header's cell, in `header` */
};

/* A fact that a source gives to each of its funds: `budget = 3万元`. */
struct constant_fact {
    struct cell value;
    uint32_t unit; /* from the key, UNIT_NONE */
    uint32_t word; /* the fact's name */
};

/* The funds that there are, for tables which only speak of them. Owns: all. */
struct load_known {
    struct pool funds;
    struct map years; /* (fund, year) */
};

/* What the level cells of a row stand for. */
struct load_branch {
    enum row_kind kind;
    uint32_t path;  /* of an indicator or the budget; else POOL_NONE */
    uint32_t label; /* word: the row's name; NO_WORD */
    double points1, points2;
    uint32_t level1, level2, from; /* in `levels` of the memo: what the next row inherits */
};

/* Level cells that were met, and their branches. Owns: all. */
struct load_memo {
    struct pool keys, levels;
    struct load_branch *branches; /* by key */
    uint32_t cap;
    struct buf key;
};
void load_memo_clear(struct load_memo *m);
void load_memo_dispose(struct load_memo *m);

/* While one file, or a part of one, is loaded. Owns: uses, constant_facts, funds, scratch buffers.
 */
struct load {
    struct dataset *d; /* the part's own */
    const struct load_known *known;
    const struct evaluation *e;
    const struct columns *columns;
    const struct data_source *source;
    bool thorough;    /* no number goes the quick way */
    const char *path; /* as opened, for errors; of a sheet in `shown` */
    struct buf shown;
    uint32_t file;    /* word: as shown */
    uint32_t book;    /* word: the same without a sheet */
    int year;         /* from the path; 0 */
    struct cell fund; /* from the path or the file's name; len 0: none */
    struct column_use *uses;
    uint32_t nuses;
    struct buf header;             /* its cells as load_repeats_header compares them */
    bool has[F_COUNT];             /* a column or a constant gives it */
    struct cell constant[F_COUNT]; /* for the whole source, whatever its cells say */
    struct constant_fact *constant_facts;
    size_t nconstant_facts;
    uint32_t field_unit[F_COUNT];
    struct cell cells[F_COUNT]; /* of the row at hand */
    uint32_t line;
    /* Of a sheet, else 0: the column of the header's first cell, of a row's chief cell, of the cell
     * at hand where it is another, of each field. */
    uint32_t first_column, key_column, at_column, field_column[F_COUNT];
    /* Of a form, else NULL: the line of each cell of the row at hand; columns are counted from 1.
     */
    const uint32_t *cell_lines;
    bool form;
    struct level_memory levels;
    struct load_memo memo;
    uint32_t last_words[F_COUNT]; /* of the last row that had one: most often the same again */
    uint32_t last_fund;           /* word of the last row's fund, to save look-ups */
    struct cell last_fund_cell;
    uint32_t last_entity;
    int last_year;
    uint32_t path_at;       /* the indicator that the row at hand is about, for findings; NO_WORD */
    struct fund_row *funds; /* rows of the funds table */
    uint32_t nfunds, funds_cap;
    struct buf path_buf, name_buf, label_buf, text_buf, level_bufs[3];
    sy_error *err;
};

struct place load_place(const struct load *l);
/* Rows stand in a sheet from here on. */
sy_status load_sheet(struct load *l, const sy_sheet *sheet);
/* What a reader doubts. */
sy_status load_doubt(struct load *l, sy_doubt what, uint32_t line, uint32_t column,
                     const sy_text *text);
/* The entity of the row at hand; NO_ENTITY where the row was left out with a finding. */
sy_status load_entity(uint32_t *out, struct load *l);

/* Whether the row at hand is of a fund and a year, as far as load_entity looks at its cells. */
bool load_names_fund(const struct load *l);
/* What the row at hand calls its fund. */
struct cell load_fund(const struct load *l);

sy_status load_fund_row(struct load *l, const struct cell *row);
sy_status load_fact_row(struct load *l);
sy_status load_rating_row(struct load *l);
sy_status load_adjustment_row(struct load *l);
sy_status load_outcome_row(struct load *l);

/* A plain number of a cell (weights, points, claimed scores): bare or counted in 分; *out = NAN for
 * an empty cell. A cell that is none is a bad-number finding, and NAN. */
sy_status load_points(double *out, struct load *l, uint32_t entity, enum field field,
                      const char *name);
/* Whether a cell names an indicator: 1 to 8 names with dots between. */
bool load_is_path(const struct cell *cell);
/* A word of a cell, NO_WORD for an empty one. */
sy_status load_word(uint32_t *out, struct load *l, enum field field);
sy_status load_finding(struct load *l, enum finding_code code, uint32_t entity, const char *text,
                       const char *text2);
/* A finding that quotes a cell, after `name` where that is not NULL. */
sy_status load_quote(struct load *l, enum finding_code code, uint32_t entity, const char *name,
                     const struct cell *cell);
/* The unit of a field: the row's unit cell, else the header's. */
uint32_t load_unit(struct load *l, enum field field);

#endif
