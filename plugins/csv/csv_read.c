/*
 * csv_read.c - reads CSV in blocks and hands it on in batches of records.
 */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

#define BUFFER_FIRST  (1u << 20)
#define RECORD_MAX    (64u << 20)
#define CHARACTER_MAX 4          /* bytes: the host gives whole characters */
#define BEYOND        4096u      /* read behind a part at once, to end its last record */
#define CELLS_MAX     (1u << 22) /* in one batch, however many columns there are */
#define GRID_COLUMNS  256u       /* of cells without a header */
#define STRIDE_SPARE  16u /* a cache line, so that columns do not fight for one place in it */

/* The host's memory: of the buffer, of a batch, of its columns' beginnings. */
enum { SCRATCH_BUFFER, SCRATCH_ROWS, SCRATCH_COLUMNS };

/* One read. Owns: the scan's cells. */
struct csv_read {
    const sy_host *host;
    sy_call *call;
    struct csv_scan scan;
    const sy_range *range; /* NULL: the whole source */
    uint64_t base;         /* where the buffer begins in the source */
    bool nul;              /* a NUL stands at the buffer's end */
    size_t cap;            /* of the buffer, without the guard */
    struct csv_rows rows;
    uint32_t **offset; /* by column, into the places of rows */
    uint32_t **length;
    struct csv_window window;
};

static int fail_nomem(struct csv_read *r)
{
    return r->host->fail(r->call, SY_ENOMEM, 0, 0, "out of memory");
}

static int choose_delimiter(struct csv_read *r)
{
    const char *given = r->host->option(r->call, "delimiter");
    r->scan.delimiter = ',';
    if (given == NULL)
        return 0;
    if (strcmp(given, "tab") == 0 || strcmp(given, "\\t") == 0) {
        r->scan.delimiter = '\t';
        return 0;
    }
    if (strcmp(given, "semicolon") == 0) { /* in an INI a ; alone begins a comment */
        r->scan.delimiter = ';';
        return 0;
    }
    if (strlen(given) != 1 || (unsigned char)*given >= 0x80 || strchr("\"\r\n", *given) != NULL)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "delimiter '%s' is not tab, semicolon or one ASCII character", given);
    r->scan.delimiter = *given;
    return 0;
}

static int hand_on_batch(struct csv_read *r)
{
    if (r->rows.nrows == 0)
        return 0;
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = r->rows.nrows,
                      .ncolumns = r->rows.ncolumns,
                      .base = r->scan.data,
                      .base_len = r->scan.end,
                      .offset = (const uint32_t *const *)r->offset,
                      .length = (const uint32_t *const *)r->length,
                      .line = r->rows.line};
    r->rows.nrows = 0;
    return r->host->batch(r->call, &batch);
}

static int grow_buffer(struct csv_read *r)
{
    size_t cap = r->cap == 0 ? BUFFER_FIRST : r->cap * 2;
    if (cap > RECORD_MAX) {
        if (csv_scan_is_quoted(&r->scan))
            return r->host->fail(r->call, SY_EINPUT, r->scan.broken_line, r->scan.broken_column,
                                 "quoted cell opened here is never closed (not within 64 MiB)");
        return r->host->fail(r->call, SY_EINPUT, r->scan.line, 0, "row is longer than 64 MiB");
    }
    char *grown = r->host->scratch(r->call, SCRATCH_BUFFER, cap + CSV_GUARD);
    if (grown == NULL)
        return fail_nomem(r);
    r->scan.data = grown;
    r->cap = cap;
    return 0;
}

/* A cell is text to whoever shows it, and text ends at a NUL: better refused than cut. Records
 * before it are read, so that the first fault of a file is the one that is told. */
static int refuse_nul(struct csv_read *r)
{
    const struct csv_scan *s = &r->scan;
    uint32_t line = s->line;
    for (const char *p = s->data + s->pos; p < s->data + s->end; p++)
        line += *p == '\n' || (*p == '\r' && (p + 1 == s->data + s->end || p[1] != '\n'));
    return r->host->fail(r->call, SY_EINPUT, line, 0, "NUL byte: this is no text file");
}

/* Of a part little more is read than its records. What a record behind it still needs grows with
 * the record. */
static size_t count_wanted(const struct csv_read *r)
{
    const struct csv_scan *s = &r->scan;
    size_t room = r->cap - s->end;
    if (r->range == NULL)
        return room;
    uint64_t at = r->base + s->end, wanted = s->end - s->pos;
    if (at < r->range->to)
        wanted = r->range->to - at;
    wanted += BEYOND;
    return wanted < room ? (size_t)wanted : room;
}

/* One read into the buffer; a NUL ends it. */
static int read_more(struct csv_read *r)
{
    struct csv_scan *s = &r->scan;
    size_t got = 0;
    int rc = r->host->read_text(r->call, s->data + s->end, count_wanted(r), &got);
    if (rc != 0)
        return rc;
    const char *nul = got == 0 ? NULL : memchr(s->data + s->end, '\0', got);
    r->nul = nul != NULL;
    s->eof = got == 0;
    s->end = nul == NULL ? s->end + got : (size_t)(nul - s->data);
    return 0;
}

/* Brings the record begun to the start of the buffer and fills up behind it. */
static int refill(struct csv_read *r)
{
    struct csv_scan *s = &r->scan;
    int rc = hand_on_batch(r); /* its cells are about to move */
    if (rc == 0 && r->nul)
        rc = refuse_nul(r);
    if (rc != 0)
        return rc;
    size_t left = s->end - s->pos;
    if (left > 0 && s->pos > 0)
        memmove(s->data, s->data + s->pos, left);
    r->base += s->pos;
    r->window.from = r->window.to = 0;
    s->pos = 0;
    s->end = left;
    if (r->cap - s->end < CHARACTER_MAX)
        rc = grow_buffer(r);
    while (rc == 0 && !s->eof && !r->nul && r->cap - s->end >= CHARACTER_MAX) {
        rc = read_more(r);
        if (r->range != NULL)
            break;
    }
    if (rc == 0)
        csv_scan_guard(s);
    return rc;
}

/* Whether the part to be read ends here. */
static bool is_past(const struct csv_read *r)
{
    return r->range != NULL && r->range->to > 0 && r->base + r->scan.pos >= r->range->to;
}

/* The next record that is not blank. *any = false at the end of the source or part. */
static int next_record(struct csv_read *r, bool *any)
{
    struct csv_scan *s = &r->scan;
    *any = false;
    while (!is_past(r)) {
        int rc = 0;
        switch (csv_scan_next(s)) {
        case CSV_RECORD:
            *any = true;
            return 0;
        case CSV_BLANK:
            break;
        case CSV_BROKEN:
            if (s->broken == NULL)
                return fail_nomem(r);
            return r->host->fail(r->call, SY_EINPUT, s->broken_line, s->broken_column, "%s",
                                 s->broken);
        case CSV_MORE:
            if (s->eof)
                return 0;
            rc = refill(r);
            if (rc != 0)
                return rc;
            break;
        }
    }
    return 0;
}

static int compare_names(const void *a, const void *b)
{
    const sy_text *x = a, *y = b;
    uint32_t len = x->len < y->len ? x->len : y->len;
    int order = len == 0 ? 0 : memcmp(x->bytes, y->bytes, len);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Two columns of one name would leave it open which of them counts. Sorts `names`. */
static int check_names(struct csv_read *r, sy_text *names, uint32_t n)
{
    qsort(names, n, sizeof *names, compare_names);
    for (uint32_t i = 1; i < n; i++) {
        if (names[i].len > 0 && compare_names(&names[i - 1], &names[i]) == 0)
            return r->host->fail(r->call, SY_EINPUT, r->scan.record_line, 0,
                                 "two columns are named '%.*s'", (int)names[i].len, names[i].bytes);
    }
    return 0;
}

static int allocate_batch(struct csv_read *r, uint32_t ncolumns)
{
    struct csv_rows *rows = &r->rows;
    const size_t n = ncolumns, most = CELLS_MAX / n;
    rows->ncolumns = ncolumns;
    rows->rows_max = most > SY_BATCH_ROWS ? SY_BATCH_ROWS : most < 1 ? 1 : (uint32_t)most;
    rows->stride = rows->rows_max + STRIDE_SPARE;
    const size_t nplaces = n * rows->stride * 2;
    rows->places =
        r->host->scratch(r->call, SCRATCH_ROWS, (nplaces + rows->rows_max) * sizeof *rows->places);
    r->offset = r->host->scratch(r->call, SCRATCH_COLUMNS, 2 * n * sizeof *r->offset);
    if (rows->places == NULL || r->offset == NULL)
        return fail_nomem(r);
    rows->line = rows->places + nplaces;
    r->length = r->offset + n;
    for (size_t i = 0; i < n; i++) {
        r->offset[i] = rows->places + i * 2 * rows->stride;
        r->length[i] = r->offset[i] + rows->stride;
    }
    return 0;
}

static int read_header(struct csv_read *r)
{
    const struct csv_scan *s = &r->scan;
    uint32_t n = (uint32_t)s->ncells;
    sy_text *names = malloc(2 * (size_t)n * sizeof *names);
    if (names == NULL)
        return fail_nomem(r);
    for (uint32_t i = 0; i < n; i++)
        names[i] = (sy_text){s->data + s->cells[i].offset, s->cells[i].length};
    memcpy(names + n, names, n * sizeof *names);
    int rc = check_names(r, names + n, n);
    if (rc == 0)
        rc = r->host->header(r->call, names, n, s->record_line);
    free(names);
    return rc != 0 ? rc : allocate_batch(r, n);
}

/* Cells past the header may only be empty: most often a comma stands there that belongs to a text.
 */
static int check_extra(struct csv_read *r)
{
    const struct csv_scan *s = &r->scan;
    for (size_t i = r->rows.ncolumns; i < s->ncells; i++) {
        if (s->cells[i].length > 0)
            return r->host->fail(r->call, SY_EINPUT, s->record_line, 0,
                                 "row has %zu cells, the header %u: put quotes around a cell that "
                                 "holds a %s",
                                 s->ncells, (unsigned)r->rows.ncolumns,
                                 s->delimiter == ',' ? "comma" : "delimiter");
    }
    return 0;
}

static int add_row(struct csv_read *r)
{
    const struct csv_scan *s = &r->scan;
    struct csv_rows *rows = &r->rows;
    uint32_t row = rows->nrows;
    uint32_t n = s->ncells < rows->ncolumns ? (uint32_t)s->ncells : rows->ncolumns;
    if (s->ncells > rows->ncolumns) {
        int rc = check_extra(r);
        if (rc != 0)
            return rc;
    }
    for (uint32_t i = 0; i < n; i++) {
        r->offset[i][row] = s->cells[i].offset;
        r->length[i][row] = s->cells[i].length;
    }
    for (uint32_t i = n; i < rows->ncolumns; i++) {
        r->offset[i][row] = 0;
        r->length[i][row] = SY_CELL_ABSENT;
    }
    rows->line[row] = s->record_line;
    rows->nrows++;
    return 0;
}

/* The line of the header: 1, or what the option says where titles stand above it. */
static int choose_header_line(struct csv_read *r, uint32_t *line)
{
    const char *given = r->host->option(r->call, "header_row");
    *line = 1;
    if (given == NULL)
        return 0;
    if (strspn(given, "0123456789") != strlen(given) || strlen(given) > 6 || strlen(given) == 0 ||
        strtoul(given, NULL, 10) == 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "header_row '%s' is no line of the file, counted from 1", given);
    *line = (uint32_t)strtoul(given, NULL, 10);
    return 0;
}

static int read_header_only(struct csv_read *r)
{
    const struct csv_scan *s = &r->scan;
    bool any = false;
    uint32_t line;
    int rc = choose_header_line(r, &line);
    do {
        if (rc == 0)
            rc = next_record(r, &any);
    } while (rc == 0 && any && s->record_line < line);
    if (rc == 0 && any)
        rc = read_header(r);
    if (rc != 0 || !any)
        return rc; /* without a header the host says so */
    return r->range == NULL ? 0 : r->host->covered(r->call, 0, r->base + s->pos, s->line - 1);
}

/* Passes what is left of the record before the part: up to its line break, CR LF being one. */
static int seek_border(struct csv_read *r)
{
    struct csv_scan *s = &r->scan;
    for (;;) {
        const char *p = s->data + s->pos, *end = s->data + s->end;
        while (p < end && *p != '\n' && *p != '\r')
            p++;
        s->pos = (size_t)(p - s->data);
        bool whole = p < end && (*p == '\n' || p + 1 < end || s->eof);
        if (whole) {
            s->pos += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
            return 0;
        }
        if (s->eof || r->base + s->pos >= r->range->to)
            return 0;
        int rc = refill(r);
        if (rc != 0)
            return rc;
    }
}

/* Where in the buffer records begin that are not of the part. */
static size_t find_limit(const struct csv_read *r)
{
    if (r->range == NULL)
        return SIZE_MAX;
    return r->range->to > r->base ? (size_t)(r->range->to - r->base) : 0;
}

/* Plain records many at a time, the others one by one. */
static int read_rows(struct csv_read *r)
{
    struct csv_rows *rows = &r->rows;
    for (;;) {
        bool any = false;
        int rc = 0;
        csv_plain_rows(&r->window, &r->scan, rows, find_limit(r));
        if (rows->nrows == rows->rows_max)
            rc = hand_on_batch(r);
        if (rc == 0)
            rc = next_record(r, &any);
        if (rc != 0)
            return rc;
        if (!any)
            return hand_on_batch(r);
        rc = add_row(r);
        if (rc != 0)
            return rc;
    }
}

static int read_part(struct csv_read *r)
{
    r->base = r->range->from - 1;
    int rc = allocate_batch(r, r->range->ncolumns);
    if (rc == 0)
        rc = seek_border(r);
    if (rc != 0)
        return rc;
    uint64_t first = r->base + r->scan.pos;
    rc = read_rows(r);
    if (rc != 0)
        return rc;
    return r->host->covered(r->call, first, r->base + r->scan.pos, r->scan.line - 1);
}

static int read_all(struct csv_read *r)
{
    int rc = choose_delimiter(r);
    r->range = r->host->range(r->call);
    if (rc == 0)
        rc = grow_buffer(r);
    if (rc != 0)
        return rc;
    csv_scan_guard(&r->scan);
    if (r->range != NULL && r->range->to > 0)
        return read_part(r);
    if (r->host->grid(r->call)) {
        rc = allocate_batch(r, GRID_COLUMNS);
        return rc != 0 ? rc : read_rows(r);
    }
    rc = read_header_only(r);
    return rc != 0 || r->range != NULL || r->rows.ncolumns == 0 ? rc : read_rows(r);
}

int csv_read(const sy_host *host, sy_call *call)
{
    struct csv_read r = {.host = host, .call = call, .scan = {.line = 1}};
    int rc = read_all(&r);
    free(r.scan.cells);
    return rc;
}
