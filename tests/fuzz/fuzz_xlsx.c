/*
 * fuzz_xlsx.c - workbooks: whatever a file holds, it is refused with a line or read, the same
 * twice, every cell within the sheet.
 *
 * Input: an archive as it is, or the parts of one: "== NAME" begins each. An archive that packs
 * nothing is made of them, so that what is changed is XML.
 */
#include "base/buf.h"
#include "fuzz.h"
#include "plug/host.h"

const sy_plugin *sy_plugin_v1(void);

#define INPUT_MAX 65536
#define PARTS_MAX 16
#define ROW_MAX   1048576u

/* What one read gave. */
struct seen {
    uint64_t sum, cells;
    uint32_t sheets, doubts, line;
    bool header;
};

static void mix(struct seen *s, const void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        s->sum = (s->sum ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
}

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    struct seen *s = ctx;
    (void)err;
    FUZZ_LAW(!s->header && line >= 1 && line <= ROW_MAX, "a header in row %u", (unsigned)line);
    s->header = true;
    s->line = line;
    for (uint32_t i = 0; i < n; i++)
        mix(s, names[i].bytes, names[i].len);
    return SY_OK;
}

static sy_status take_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    struct seen *s = ctx;
    (void)err;
    for (uint32_t r = 0; r < b->nrows; r++) {
        FUZZ_LAW(b->line[r] > s->line && b->line[r] <= ROW_MAX, "row %u behind %u",
                 (unsigned)b->line[r], (unsigned)s->line);
        s->line = b->line[r];
        for (uint32_t c = 0; c < b->ncolumns; c++) {
            if (b->length[c][r] == SY_CELL_ABSENT)
                continue;
            s->cells++;
            mix(s, b->base + b->offset[c][r], b->length[c][r]);
        }
    }
    return SY_OK;
}

static sy_status take_sheet(void *ctx, const sy_sheet *sheet, sy_error *err)
{
    struct seen *s = ctx;
    (void)err;
    s->sheets++;
    s->line = 0;
    mix(s, sheet->name.bytes, sheet->name.len);
    return SY_OK;
}

static sy_status take_doubt(void *ctx, sy_doubt what, uint32_t line, uint32_t column,
                            const sy_text *text, sy_error *err)
{
    struct seen *s = ctx;
    (void)err;
    FUZZ_LAW(line <= ROW_MAX && column <= 16384, "a doubt at %u, %u", (unsigned)line,
             (unsigned)column);
    s->doubts++;
    mix(s, &what, sizeof what);
    mix(s, text->bytes, text->len);
    return SY_OK;
}

static uint32_t crc32(const char *p, size_t len)
{
    uint32_t c = UINT32_MAX;
    for (size_t i = 0; i < len; i++) {
        c ^= (unsigned char)p[i];
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
    }
    return c ^ UINT32_MAX;
}

static void put(struct buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(out, (char)(value >> (8 * i) & 0xFF));
}

/* The fields that the head of a part and its entry in the directory share. */
static void put_fields(struct buf *out, const char *text, size_t len, size_t name)
{
    put(out, 20, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0x21, 2);
    put(out, crc32(text, len), 4);
    put(out, (uint32_t)len, 4);
    put(out, (uint32_t)len, 4);
    put(out, (uint32_t)name, 2);
    put(out, 0, 2);
}

static void add_part(struct buf *out, struct buf *directory, const char *name, size_t name_len,
                     const char *text, size_t len)
{
    const uint32_t at = (uint32_t)out->len;
    buf_add(out, "PK\3\4", 4);
    put_fields(out, text, len, name_len);
    buf_add(out, name, name_len);
    buf_add(out, text, len);
    buf_add(directory, "PK\1\2", 4);
    put(directory, 20, 2);
    put_fields(directory, text, len, name_len);
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 4);
    put(directory, at, 4);
    buf_add(directory, name, name_len);
}

/* The archive of parts that a text lists. */
static void pack(struct buf *out, const char *text, size_t len)
{
    struct buf directory = {0};
    uint32_t n = 0;
    size_t at = 0;
    while (at < len && n < PARTS_MAX && len - at > 3 && memcmp(text + at, "== ", 3) == 0) {
        const char *name = text + at + 3, *end = memchr(name, '\n', len - at - 3);
        if (!end)
            break;
        const char *from = end + 1, *to = memmem(from, (size_t)(text + len - from), "\n== ", 4);
        to = to ? to + 1 : text + len;
        add_part(out, &directory, name, (size_t)(end - name), from, (size_t)(to - from));
        at = (size_t)(to - text);
        n++;
    }
    const uint32_t start = (uint32_t)out->len;
    buf_add(out, directory.data, directory.len);
    buf_add(out, "PK\5\6", 4);
    put(out, 0, 4);
    put(out, n, 2);
    put(out, n, 2);
    put(out, (uint32_t)directory.len, 4);
    put(out, start, 4);
    put(out, 0, 2);
    buf_dispose(&directory);
}

static void check_read(const char *bytes, size_t len, bool grid, const struct plug_option *options,
                       size_t noptions)
{
    const sy_reader *reader = &sy_plugin_v1()->readers[0];
    struct seen seen[2] = {{0}};
    sy_error err[2] = {{0}};
    sy_status status[2];
    for (int i = 0; i < 2; i++) {
        const struct plug_sink sink = {.header = take_header,
                                       .batch = take_batch,
                                       .ctx = &seen[i],
                                       .sheet = take_sheet,
                                       .doubt = take_doubt,
                                       .grid = grid};
        status[i] = plug_read(reader, fuzz_file(0, bytes, len), options, noptions, &sink, &err[i]);
    }
    FUZZ_LAW(status[0] == status[1] && memcmp(&seen[0], &seen[1], sizeof seen[0]) == 0 &&
                 strcmp(err[0].message, err[1].message) == 0,
             "read twice: '%s', then '%s'", err[0].message, err[1].message);
    if (status[0] != SY_OK)
        fuzz_refusal(status[0], &err[0], ROW_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct plug_option options[] = {
        {"sheet", "2"}, {"range", "B2:D9"}, {"header_row", "2"}};
    struct buf archive = {0};
    if (size > INPUT_MAX)
        return 0;
    if (size > 3 && memcmp(data, "== ", 3) == 0)
        pack(&archive, (const char *)data, size);
    else
        buf_add(&archive, (const char *)data, size);
    const char *bytes = archive.data ? archive.data : "";
    check_read(bytes, archive.len, false, NULL, 0);
    check_read(bytes, archive.len, true, NULL, 0);
    check_read(bytes, archive.len, false, options, 3);
    buf_dispose(&archive);
    return 0;
}
