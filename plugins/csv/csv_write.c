/*
 * csv_write.c - writes a flat table as CSV (RFC 4180, LF) that people can open in a spreadsheet.
 */
#include "csv.h"

#include <math.h>
#include <string.h>

#define BLOCK_BYTES 65536u
#define NUMBER_MAX  48

/* Output on its way to the host. `rc` keeps the first failure; after it nothing more is written. */
struct csv_out {
    const sy_host *host;
    sy_call *call;
    int rc;
    size_t len;
    uint64_t flushed; /* bytes of earlier blocks */
    char block[BLOCK_BYTES];
};

static void flush(struct csv_out *o)
{
    if (o->rc == 0 && o->len > 0)
        o->rc = o->host->write(o->call, o->block, o->len);
    o->flushed += o->len;
    o->len = 0;
}

static void put_over(struct csv_out *o, const char *bytes, size_t len)
{
    while (len > 0) {
        if (o->len == BLOCK_BYTES)
            flush(o);
        size_t n = len < BLOCK_BYTES - o->len ? len : BLOCK_BYTES - o->len;
        memcpy(o->block + o->len, bytes, n);
        o->len += n;
        bytes += n;
        len -= n;
    }
}

/* Most cells are short: two moves that may overlap, and no call. */
static inline void copy(char *to, const char *from, size_t len)
{
    uint64_t first, last;
    uint32_t begins, ends;
    if (len > 2 * sizeof first) {
        memcpy(to, from, len);
    } else if (len >= sizeof first) {
        memcpy(&first, from, sizeof first);
        memcpy(&last, from + len - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + len - sizeof last, &last, sizeof last);
    } else if (len >= sizeof begins) {
        memcpy(&begins, from, sizeof begins);
        memcpy(&ends, from + len - sizeof ends, sizeof ends);
        memcpy(to, &begins, sizeof begins);
        memcpy(to + len - sizeof ends, &ends, sizeof ends);
    } else {
        for (size_t i = 0; i < len; i++)
            to[i] = from[i];
    }
}

static inline void put(struct csv_out *o, const char *bytes, size_t len)
{
    if (len > BLOCK_BYTES - o->len) {
        put_over(o, bytes, len);
        return;
    }
    copy(o->block + o->len, bytes, len);
    o->len += len;
}

static inline void put_char(struct csv_out *o, char c)
{
    if (o->len == BLOCK_BYTES)
        flush(o);
    o->block[o->len++] = c;
}

/* Whether some byte of a word is below '-', as all are that ask for quotes. */
static inline bool has_low(uint64_t word)
{
    return ((word - UINT64_C(0x2D2D2D2D2D2D2D2D)) & ~word & UINT64_C(0x8080808080808080)) != 0;
}

/* May be wrong the safe way. */
static inline bool may_need_quotes(const char *text, size_t len)
{
    uint64_t word;
    bool low = false;
    uint32_t begins, ends;
    if (len >= sizeof word) {
        for (size_t i = 0; i + sizeof word < len && !low; i += sizeof word) {
            memcpy(&word, text + i, sizeof word);
            low = has_low(word);
        }
        memcpy(&word, text + len - sizeof word, sizeof word);
        return low || has_low(word);
    }
    if (len < sizeof begins)
        return true;
    memcpy(&begins, text, sizeof begins);
    memcpy(&ends, text + len - sizeof ends, sizeof ends);
    return has_low(begins | (uint64_t)ends << 32);
}

static inline bool needs_quotes(const char *text, size_t len)
{
    static const bool special[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
    if (!may_need_quotes(text, len))
        return false;
    for (size_t i = 0; i < len; i++)
        if (special[(unsigned char)text[i]])
            return true;
    return false;
}

/* What a spreadsheet would run as a formula. */
static bool is_dangerous(const char *text, size_t len)
{
    static const bool begins[256] = {
        ['='] = true, ['+'] = true, ['-'] = true, ['@'] = true, ['\t'] = true, ['\r'] = true};
    return len > 0 && begins[(unsigned char)text[0]];
}

static void put_text(struct csv_out *o, const char *text, size_t len, bool from_data)
{
    bool guard = from_data && is_dangerous(text, len);
    if (!needs_quotes(text, len)) {
        if (guard)
            put_char(o, '\'');
        put(o, text, len);
        return;
    }
    put(o, guard ? "\"'" : "\"", guard ? 2 : 1);
    while (len > 0) {
        const char *quote = memchr(text, '"', len);
        size_t n = quote == NULL ? len : (size_t)(quote - text) + 1;
        put(o, text, n);
        if (quote != NULL)
            put_char(o, '"');
        text += n;
        len -= n;
    }
    put_char(o, '"');
}

/* Room for a number. */
static char *number_room(struct csv_out *o)
{
    if (BLOCK_BYTES - o->len < NUMBER_MAX)
        flush(o);
    return o->block + o->len;
}

static void put_cell(struct csv_out *o, const sy_cell *cell)
{
    switch (cell->type) {
    case SY_CELL_BOOL:
        put(o, cell->integer ? "true" : "false", cell->integer ? 4 : 5);
        break;
    case SY_CELL_INTEGER:
        o->len += o->host->print_decimal(number_room(o), cell->integer, 0);
        break;
    case SY_CELL_NUMBER:
        if (isfinite(cell->number))
            o->len += o->host->print_number(number_room(o), cell->number);
        break;
    case SY_CELL_DECIMAL:
        o->len += o->host->print_decimal(number_room(o), cell->integer, cell->places);
        break;
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        if (cell->text != NULL)
            put_text(o, cell->text, cell->text_len, cell->type == SY_CELL_DATA);
        break;
    case SY_CELL_NULL:
    case SY_CELL_RECORD: /* a flat table has no place for a view */
    case SY_CELL_TABLE:
    case SY_CELL_LIST:
    case SY_CELL_MAP:
        break;
    }
}

static void put_header(struct csv_out *o, const sy_view *what)
{
    const sy_column *columns = what->ops->columns(what->ctx);
    for (size_t c = 0; c < what->ops->ncolumns; c++) {
        if (c > 0)
            put_char(o, ',');
        put_text(o, columns[c].name, strlen(columns[c].name), false);
    }
    put_char(o, '\n');
}

static void put_row(struct csv_out *o, const sy_view *what, size_t row)
{
    for (size_t c = 0; c < what->ops->ncolumns; c++) {
        sy_cell cell = {0};
        if (c > 0)
            put_char(o, ',');
        uint64_t before = o->flushed + o->len;
        what->ops->cell(what->ctx, row, c, &cell);
        put_cell(o, &cell);
        if (what->ops->ncolumns == 1 && o->flushed + o->len == before)
            put(o, "\"\"", 2); /* an empty line is no record */
    }
    put_char(o, '\n');
}

static int begin_file(struct csv_out *o, const sy_view *what)
{
    const char *bom = o->host->option(o->call, "bom");
    if (bom != NULL && strcmp(bom, "yes") != 0 && strcmp(bom, "no") != 0)
        return o->host->fail(o->call, SY_EUSAGE, 0, 0, "option bom is '%s': write yes or no", bom);
    if (bom == NULL || strcmp(bom, "yes") == 0)
        put(o, "\xEF\xBB\xBF", 3); /* spreadsheets take a file without one for the local encoding */
    put_header(o, what);
    return o->rc;
}

int csv_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct csv_out o; /* not cleared: the block is large, and a part small */
    o.host = host;
    o.call = call;
    o.len = 0;
    o.flushed = 0;
    o.rc = 0;
    if (!host->continues(call))
        o.rc = begin_file(&o, what);
    for (size_t i = 0; i < what->count && o.rc == 0; i++)
        put_row(&o, what, what->first + i);
    flush(&o);
    return o.rc;
}
