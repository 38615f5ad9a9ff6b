/*
 * xlsx.h - what the files of the XLSX reader share.
 *
 * package.c opens the archive and goes through its parts, workbook.c finds sheets, merges.c cells
 * that are covered by others,
 * strings.c and styles.c load what cells refer to, format.c reads number formats, number.c prints
 * numbers and dates, sheet.c goes through the cells, rows.c makes batches of them.
 */
#ifndef PLUGIN_XLSX_H
#define PLUGIN_XLSX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/plugin.h>

#define XLSX_ROWS    1048576u
#define XLSX_COLUMNS 16384u

/* Bytes at the end of what is there. Owns: data. */
struct bytes {
    char *data;
    size_t len, cap;
};

bool bytes_add(struct bytes *b, const char *data, size_t len);
void bytes_free(struct bytes *b);

/* How a number is shown, as far as it says what the number is. */
enum shown {
    SHOWN_NUMBER,
    SHOWN_PERCENT,
    SHOWN_DATE,  /* a day: 2019-05-21 */
    SHOWN_MONTH, /* 2019年5月 */
    SHOWN_YEAR,
    SHOWN_TIME,  /* of a day: 8:30:00 */
    SHOWN_HOURS, /* as many: 30:15:00 */
    SHOWN_TEXT
};

#define AFFIX_MAX 31

/* What stands around a figure: "≥", "万元"; "". */
struct affixes {
    char before[AFFIX_MAX + 1], behind[AFFIX_MAX + 1];
};

struct format {
    uint8_t shown;
    uint8_t zeros;  /* digits of the least whole number, 000123: 6; 0: as many as there are */
    bool doubtful;  /* the figure is shown scaled, cut or in parts */
    bool unsigned_; /* words say that a number is negative: 下降5% */
    struct affixes positive, negative;
    const char *code; /* as written; within the styles, or constant */
};

/* Reads a format's code. */
void format_read(struct format *out, const char *code);
/* The code of a format that every file has without saying; NULL: none. */
const char *format_builtin(unsigned id);

/* A number as a workbook writes it, "0.92000000000000004", "1E-3": digits without leading zeros,
 * the point behind the first `point` of them. */
struct digits {
    char text[20]; /* up to 17, rounded to 15 where there are more than 15 behind the first */
    int n, point;
    bool negative;
    bool lost; /* a whole number of more than 15 digits */
};

bool digits_read(struct digits *out, const char *text, size_t len);
/* Prints into `out`, which holds NUMBER_MAX bytes; the length. A number too long is 0 bytes. */
#define NUMBER_MAX 400
size_t digits_print(char *out, const struct digits *d);
/* Days and their fraction as what they are shown as; 0 bytes where there is no such day. */
size_t digits_print_date(char *out, const struct digits *d, enum shown shown, bool from_1904);

#define GRID_COLUMNS 256u /* of cells without a header */

/* A name in the bytes of a header's row. */
struct name {
    uint32_t at, len;
};

/* Rows of cells on their way to the host. Owns: what it points to but hidden_columns. */
struct rows {
    const sy_host *host;
    sy_call *call;
    uint32_t left, right, top, bottom; /* cells that are wanted */
    uint32_t header;                   /* the row of the header; 0: the first that is not empty */
    sy_sheet sheet;
    const unsigned char *hidden_columns; /* bits by column; NULL */
    bool grid;                           /* no header */
    bool begun;                          /* the header was given, or there is none */
    uint32_t first, last;                /* columns of the header; 0: not known yet */
    struct name *names;                  /* by column, of the header */
    uint32_t row;                        /* at hand */
    bool filled, hidden;                 /* something stands in it; it is hidden */
    uint32_t nhidden, first_hidden;      /* rows */
    uint32_t beside_row, beside_column;  /* the first cell beside the table; 0: none */
    struct bytes base;                   /* text of the batch */
    uint32_t ncolumns, n, rows_max;      /* of the batch */
    uint32_t *offset, *length, *line;    /* by column and row */
    const uint32_t **offsets, **lengths;
};

int rows_open_grid(struct rows *r);
void rows_free(struct rows *r);
/* A row begins; rows come from top to bottom. */
void rows_begin(struct rows *r, uint32_t row, bool hidden);
bool rows_want(const struct rows *r, uint32_t column);
int rows_cell(struct rows *r, uint32_t column, const char *text, size_t len);
int rows_end(struct rows *r);
/* A doubt of a cell; of header cells none is said. */
int rows_doubt(struct rows *r, sy_doubt what, uint32_t row, uint32_t column, const char *text);
int rows_close(struct rows *r);

/* An open workbook. Owns: what it points to. */
struct sheet_part {
    char *name; /* as people see it */
    char *part; /* of the archive */
    bool hidden;
};

struct book {
    const sy_host *host;
    sy_call *call;
    struct bytes file;
    struct zip *zip;
    char *workbook; /* name of its part */
    struct sheet_part *sheets;
    uint32_t nsheets;
    char *strings_part, *styles_part;
    bool from_1904;
    bool recalculates;    /* results of formulas are made when it is opened: a 0 is none yet */
    struct bytes strings; /* one behind the other */
    uint32_t *string_at;  /* where each begins, and the end of the last */
    uint32_t nstrings, strings_cap;
    struct bytes codes;     /* of formats */
    struct format *formats; /* by cell style */
    uint32_t nformats;
};

/* What a part's elements are given to. Names come without their namespace. Non-zero ends the part.
 */
struct part_handler {
    void *ctx;
    int (*start)(void *ctx, const char *name, const char *const *attributes);
    int (*end)(void *ctx, const char *name);
    int (*text)(void *ctx, const char *text, size_t len); /* may be NULL */
    bool large; /* of sheets and texts; other parts are small */
};

#define PART_ENOUGH                                                               \
    (-1) /* of a handler: the rest of the part is not wanted, which is no failure \
          */

int package_open(struct book *b);
void package_close(struct book *b);
/* Goes through a part; absent parts are passed over where `optional`. */
int package_part(struct book *b, const char *part, bool optional, const struct part_handler *to);
/* Whether some bytes stand in a part; false where there is no such part. */
int package_holds(struct book *b, const char *part, const char *bytes, bool *found);
int package_damaged(struct book *b, const char *why);
int nomem(struct book *b);

/* The value of an attribute, by its name without namespace; NULL. */
const char *attribute(const char *const *attributes, const char *name);
bool attribute_is_set(const char *const *attributes, const char *name); /* "1", "true" */
/* A whole number that starts a text; false where there is none, or one over `max`. */
bool read_count(uint32_t *out, const char *text, uint32_t max);

int workbook_read(struct book *b);
int strings_read(struct book *b);
int styles_read(struct book *b);
int sheet_read(struct book *b, const struct sheet_part *sheet, struct rows *rows);
/* Whether a sheet holds anything. */
int sheet_look(struct book *b, const struct sheet_part *sheet, bool *filled);
/* "AB12": column and row, from 1; false where it is no cell. */
bool read_cell_name(const char *text, uint32_t *column, uint32_t *row, const char **end);

/* Cells that merged ones cover: a merged cell has its value at the top left alone. */
struct merge {
    uint32_t top, left, bottom, right;
};

struct merges {
    struct book *b;
    struct merge *list; /* by their tops */
    uint32_t n, cap, next;
    uint32_t *covered; /* by column: down to which row */
    uint64_t work;
};

int merges_read(struct merges *m, struct book *b, const char *part);
void merges_free(struct merges *m);
/* Goes on to a row. */
void merges_row(struct merges *m, uint32_t row);
bool merges_cover(const struct merges *m, uint32_t row, uint32_t column);
/* _x000D_ and its like, which stand for units of UTF-16, in place; the length that is left. */
size_t unescape(char *text, size_t len);

int xlsx_read(const sy_host *host, sy_call *call);

#endif
