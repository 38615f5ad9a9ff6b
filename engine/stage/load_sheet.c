/*
 * load_sheet.c - sources that are sheets of a workbook: where their rows stand, and what their
 * reader doubts.
 */
#include <string.h>

#include "base/error.h"
#include "stage/load_rows.h"
#include "table/place.h"

sy_status load_sheet(struct load *l, const sy_sheet *sheet)
{
    struct buf name = {0};
    const char *file = dataset_text(l->d, l->book);
    buf_printf(&name, "%s!", file);
    buf_add(&name, sheet->name.bytes, sheet->name.len);
    buf_str(&name, sheet->first_column ? "!" : "");
    l->first_column = sheet->first_column;
    sy_status status = name.failed
                           ? error_nomem(l->err)
                           : dataset_word(&l->file, l->d, buf_text(&name), name.len, l->err);
    buf_dispose(&name);
    buf_clear(&l->shown);
    buf_printf(&l->shown, "%s!", l->path);
    buf_add(&l->shown, sheet->name.bytes, sheet->name.len);
    buf_str(&l->shown, sheet->first_column ? "!" : "");
    if (!sheet->first_column)
        l->path = buf_text(&l->shown);
    return l->shown.failed ? error_nomem(l->err) : status;
}

/* Whether another source reads this sheet of the same file. */
static bool is_read(const struct load *l, const char *name, size_t len)
{
    for (size_t i = 0; i < l->e->nsources; i++) {
        const struct data_source *s = &l->e->sources[i];
        if (s->line == l->source->line || !s->path || strcmp(s->path, l->source->path) != 0)
            continue;
        for (size_t k = 0; k < s->noptions; k++)
            if (strcmp(s->options[k].key, "sheet") == 0 && strlen(s->options[k].value) == len &&
                memcmp(s->options[k].value, name, len) == 0)
                return true;
    }
    return false;
}

/* The names of sheets, with commas between, that no source reads. */
static void keep_unread(struct buf *out, const struct load *l, const sy_text *names)
{
    for (size_t at = 0; at < names->len;) {
        const char *name = names->bytes + at;
        const char *end = memmem(name, names->len - at, ", ", 2);
        const size_t len = end ? (size_t)(end - name) : names->len - at;
        if (!is_read(l, name, len)) {
            buf_str(out, out->len ? ", " : "");
            buf_add(out, name, len);
        }
        at += len + 2;
    }
}

sy_status load_doubt(struct load *l, sy_doubt what, uint32_t line, uint32_t column,
                     const sy_text *text)
{
    static const enum finding_code codes[] = {
        [SY_DOUBT_FORMULA] = FINDING_FORMULA_UNCACHED, [SY_DOUBT_DIGITS] = FINDING_DIGITS_LOST,
        [SY_DOUBT_FORMAT] = FINDING_FORMAT_DOUBTFUL,   [SY_DOUBT_HIDDEN] = FINDING_HIDDEN_READ,
        [SY_DOUBT_UNREAD] = FINDING_SHEETS_UNREAD,     [SY_DOUBT_BESIDE] = FINDING_BESIDE_TABLE};
    struct buf copy = {0};
    if (what == SY_DOUBT_UNREAD)
        keep_unread(&copy, l, text);
    else
        buf_add(&copy, text->bytes, text->len);
    if (what == SY_DOUBT_UNREAD && copy.len == 0 && !copy.failed)
        return SY_OK;
    const uint32_t at = l->first_column && line ? place_cell(column, line) : line;
    struct finding_at finding = {.code = codes[what],
                                 .entity = NO_ENTITY,
                                 .path = NO_WORD,
                                 .place = {l->file, at},
                                 .text = buf_text(&copy)};
    sy_status status = copy.failed ? error_nomem(l->err) : dataset_find(l->d, &finding, l->err);
    buf_dispose(&copy);
    return status;
}
