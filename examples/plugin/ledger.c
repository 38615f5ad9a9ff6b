/*
 * ledger.c - a reader from nothing: a plain-text ledger as Steelyard's rows.
 *
 *     # one block a record; a line is NAME: VALUE
 *     fund: roads-2019
 *     indicator: output.quantity.repaired
 *     target: ≥12公里
 *     actual: 12.5公里
 *     weight: 60
 *
 *     fund: roads-2019
 *     ...
 *
 * Blocks are separated by empty lines. The columns are the names of the first block; a later block
 * may leave some out, and add none. `comment = ;` in [data ...] changes what begins a comment.
 *
 * What to look at: the whole source is taken as UTF-8 text, whatever its encoding was; each failure
 * has its line; memory is released on every way out; rows go to the host in batches.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <steelyard/plugin.h>

#define COLUMNS_MAX 64
#define BATCH_ROWS  256
#define FIRST_BYTES 65536

/* One read. Owns: text. */
struct ledger {
    const sy_host *host;
    sy_call *call;
    char *text; /* the whole source */
    size_t len, cap;
    char comment;
    sy_text names[COLUMNS_MAX];
    uint32_t ncolumns;
    bool header; /* given */
    uint32_t nrows;
    uint32_t offset[COLUMNS_MAX][BATCH_ROWS];
    uint32_t length[COLUMNS_MAX][BATCH_ROWS];
    uint32_t line[BATCH_ROWS];
};

static int read_source(struct ledger *l)
{
    size_t got = 0;
    do {
        if (l->cap - l->len < FIRST_BYTES) {
            size_t cap = l->cap == 0 ? FIRST_BYTES : l->cap * 2;
            char *grown = cap > SY_CELL_MAX ? NULL : realloc(l->text, cap);
            if (grown == NULL)
                return l->host->fail(l->call, SY_ENOMEM, 0, 0, "no memory for so long a ledger");
            l->text = grown;
            l->cap = cap;
        }
        int rc = l->host->read_text(l->call, l->text + l->len, l->cap - l->len, &got);
        if (rc != 0)
            return rc;
        l->len += got;
    } while (got > 0);
    return 0;
}

static int give_batch(struct ledger *l)
{
    const uint32_t *offset[COLUMNS_MAX], *length[COLUMNS_MAX];
    for (uint32_t c = 0; c < l->ncolumns; c++) {
        offset[c] = l->offset[c];
        length[c] = l->length[c];
    }
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = l->nrows,
                      .ncolumns = l->ncolumns,
                      .base = l->text,
                      .base_len = l->len,
                      .offset = offset,
                      .length = length,
                      .line = l->line};
    l->nrows = 0;
    return batch.nrows == 0 ? 0 : l->host->batch(l->call, &batch);
}

static uint32_t find_column(const struct ledger *l, const char *name, size_t len)
{
    for (uint32_t c = 0; c < l->ncolumns; c++) {
        if (l->names[c].len == len && memcmp(l->names[c].bytes, name, len) == 0)
            return c;
    }
    return COLUMNS_MAX;
}

/* A block ends: in the first one the columns are known now. */
static int end_block(struct ledger *l, bool open)
{
    if (!open)
        return 0;
    if (!l->header) {
        int rc = l->host->header(l->call, l->names, l->ncolumns, l->line[0]);
        if (rc != 0)
            return rc;
        l->header = true;
    }
    l->nrows++;
    return l->nrows == BATCH_ROWS ? give_batch(l) : 0;
}

static void begin_block(struct ledger *l, uint32_t line)
{
    l->line[l->nrows] = line;
    for (uint32_t c = 0; c < COLUMNS_MAX; c++) {
        l->offset[c][l->nrows] = 0;
        l->length[c][l->nrows] = SY_CELL_ABSENT;
    }
}

/* NAME: VALUE, without the blanks around them. */
static int take_line(struct ledger *l, const char *text, size_t len, uint32_t line)
{
    const char *colon = memchr(text, ':', len), *end = text + len;
    if (colon == NULL || colon == text)
        return l->host->fail(l->call, SY_EINPUT, line, 0, "this line is not NAME: VALUE");
    size_t name = (size_t)(colon - text);
    while (name > 0 && text[name - 1] == ' ')
        name--;
    const char *value = colon + 1;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    uint32_t column = find_column(l, text, name);
    if (column == COLUMNS_MAX) {
        if (l->header || l->ncolumns == COLUMNS_MAX)
            return l->host->fail(l->call, SY_EINPUT, line, 0,
                                 "'%.*s' is not in the first block, which names the columns",
                                 (int)name, text);
        column = l->ncolumns++;
        l->names[column] = (sy_text){text, (uint32_t)name};
    }
    if (l->length[column][l->nrows] != SY_CELL_ABSENT)
        return l->host->fail(l->call, SY_EINPUT, line, 0, "'%.*s' stands twice in one block",
                             (int)name, text);
    l->offset[column][l->nrows] = (uint32_t)(value - l->text);
    l->length[column][l->nrows] = (uint32_t)(end - value);
    return 0;
}

static int take_all(struct ledger *l)
{
    bool open = false;
    uint32_t line = 0;
    int rc = 0;
    for (size_t at = 0; at < l->len && rc == 0;) {
        const char *text = l->text + at, *end = memchr(text, '\n', l->len - at);
        size_t len = end == NULL ? l->len - at : (size_t)(end - text);
        at += len + 1;
        line++;
        while (len > 0 && (text[len - 1] == '\r' || text[len - 1] == ' '))
            len--;
        if (len > 0 && text[0] == l->comment)
            continue;
        if (len == 0) {
            rc = end_block(l, open);
            open = false;
            continue;
        }
        if (!open)
            begin_block(l, line);
        open = true;
        rc = take_line(l, text, len, line);
    }
    if (rc == 0)
        rc = end_block(l, open);
    return rc != 0 ? rc : give_batch(l);
}

static int ledger_read(const sy_host *host, sy_call *call)
{
    const char *comment = host->option(call, "comment");
    if (comment != NULL && strlen(comment) != 1)
        return host->fail(call, SY_EINPUT, 0, 0, "comment '%s' is not one character", comment);
    struct ledger *l = calloc(1, sizeof *l);
    if (l == NULL)
        return host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    l->host = host;
    l->call = call;
    l->comment = comment != NULL ? comment[0] : '#';
    int rc = read_source(l);
    if (rc == 0)
        rc = take_all(l);
    free(l->text);
    free(l);
    return rc;
}

/* Whether a file without the extension is a ledger: a guess from its first bytes. */
static int ledger_probe(const char *head, size_t len)
{
    return len > 5 && memcmp(head, "fund:", 5) == 0 ? 80 : 0;
}

static const char *const OPTIONS[] = {"comment", NULL};

static const sy_reader READERS[] = {{.struct_size = sizeof(sy_reader),
                                     .name = "ledger",
                                     .extensions = "ledger",
                                     .summary = "NAME: VALUE lines, a block a record",
                                     .options = OPTIONS,
                                     .probe = ledger_probe,
                                     .read = ledger_read}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "ledger",
                                 .version = "1.0",
                                 .license = "MIT",
                                 .summary = "plain-text ledgers",
                                 .readers = READERS,
                                 .nreaders = sizeof READERS / sizeof *READERS};

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
