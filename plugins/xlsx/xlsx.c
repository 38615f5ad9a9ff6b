/*
 * xlsx.c - the XLSX plugin: which sheet and cells of a workbook are read.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#define LOOKED_MAX 100u /* sheets that are looked at for what was not read */
#define NAMED_MAX  8u   /* of which are named */

static int add_names(struct bytes *out, struct book *b, uint32_t i, uint32_t *named)
{
    const char *name = *named < NAMED_MAX ? b->sheets[i].name : "…";
    if (*named <= NAMED_MAX &&
        (!bytes_add(out, ", ", *named > 0 ? 2 : 0) || !bytes_add(out, name, strlen(name))))
        return nomem(b);
    ++*named;
    return 0;
}

/* "Sheet1, Sheet2". */
static int list_sheets(struct bytes *out, struct book *b)
{
    uint32_t named = 0;
    int rc = 0;
    for (uint32_t i = 0; rc == 0 && i < b->nsheets; i++)
        rc = add_names(out, b, i, &named);
    return rc == 0 && !bytes_add(out, "", 1) ? nomem(b) : rc;
}

static int refuse_sheet(struct book *b, const char *given)
{
    struct bytes names = {0};
    int rc = list_sheets(&names, b);
    if (rc == 0)
        rc = b->host->fail(b->call, SY_EINPUT, 0, 0, "has no sheet '%s': there are %s", given,
                           names.data);
    bytes_free(&names);
    return rc;
}

static int find_sheet(uint32_t *out, struct book *b, const char *given)
{
    uint32_t number;
    for (*out = 0; *out < b->nsheets; ++*out)
        if (given == NULL ? !b->sheets[*out].hidden : strcmp(b->sheets[*out].name, given) == 0)
            return 0;
    *out = 0;
    if (given == NULL)
        return 0;
    if (!read_count(&number, given, b->nsheets) || number == 0)
        return refuse_sheet(b, given);
    *out = number - 1;
    return 0;
}

static int read_range(struct rows *r)
{
    const char *given = r->host->option(r->call, "range"), *end;
    r->left = r->top = 1;
    r->right = XLSX_COLUMNS;
    r->bottom = XLSX_ROWS;
    if (given == NULL)
        return 0;
    if (read_cell_name(given, &r->left, &r->top, &end) && *end == ':' &&
        read_cell_name(end + 1, &r->right, &r->bottom, &end) && *end == '\0' &&
        r->right >= r->left && r->bottom >= r->top)
        return 0;
    return r->host->fail(r->call, SY_EINPUT, 0, 0, "range '%s' is none: write it as B3:K20", given);
}

static int read_header_row(struct rows *r)
{
    const char *given = r->host->option(r->call, "header_row");
    if (given == NULL)
        return 0;
    if (!read_count(&r->header, given, XLSX_ROWS) || r->header == 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "header_row '%s' is no row of the sheet, counted from 1", given);
    if (r->header < r->top || r->header > r->bottom)
        return r->host->fail(r->call, SY_EINPUT, 0, 0, "header_row %s lies outside of the range",
                             given);
    return 0;
}

static void name_sheet(struct rows *r, const struct sheet_part *sheet)
{
    r->sheet = (sy_sheet){.struct_size = sizeof r->sheet,
                          .name = {sheet->name, (uint32_t)strlen(sheet->name)},
                          .first_column = 1,
                          .flags = sheet->hidden ? SY_SHEET_HIDDEN : 0};
}

/* Sheets in which something stands that nobody asked for. */
static int doubt_others(struct book *b, struct rows *r, uint32_t chosen)
{
    struct bytes names = {0};
    uint32_t named = 0;
    int rc = 0;
    for (uint32_t i = 0; rc == 0 && i < b->nsheets && i < LOOKED_MAX; i++) {
        bool filled = false;
        rc = i == chosen ? 0 : sheet_look(b, &b->sheets[i], &filled);
        if (rc == 0 && filled)
            rc = add_names(&names, b, i, &named);
    }
    if (rc == 0 && named > 0)
        rc = bytes_add(&names, "", 1) ? rows_doubt(r, SY_DOUBT_UNREAD, 0, 0, names.data) : nomem(b);
    bytes_free(&names);
    return rc;
}

static int refuse_empty(struct book *b, const struct rows *r, uint32_t chosen)
{
    struct bytes names = {0};
    int rc = list_sheets(&names, b);
    if (rc == 0)
        rc = b->host->fail(b->call, SY_EINPUT, 0, 0,
                           r->header > 0 || r->top > 1
                               ? "sheet '%s' has no header there: name another row or range "
                                 "(sheets: %s)"
                               : "sheet '%s' is empty: name another with sheet = (there are %s)",
                           b->sheets[chosen].name, names.data);
    bytes_free(&names);
    return rc;
}

static int read_table(struct book *b, struct rows *r)
{
    const char *given = b->host->option(b->call, "sheet");
    uint32_t chosen;
    int rc = find_sheet(&chosen, b, given);
    if (rc == 0)
        rc = read_range(r);
    if (rc == 0)
        rc = read_header_row(r);
    if (rc != 0)
        return rc;
    name_sheet(r, &b->sheets[chosen]);
    rc = b->host->sheet(b->call, &r->sheet); /* failures name its cells from here on */
    if (rc != 0)
        return rc;
    rc = sheet_read(b, &b->sheets[chosen], r);
    if (rc == 0 && !r->begun)
        return refuse_empty(b, r, chosen);
    return rc != 0 || given != NULL ? rc : doubt_others(b, r, chosen);
}

/* All sheets, or the one that is named. */
static int read_grid(struct book *b, struct rows *r)
{
    const char *given = b->host->option(b->call, "sheet");
    uint32_t from = 0, to = b->nsheets;
    int rc = read_range(r);
    if (rc == 0 && given != NULL) {
        rc = find_sheet(&from, b, given);
        to = from + 1;
    }
    if (rc == 0)
        rc = rows_open_grid(r);
    for (uint32_t i = from; rc == 0 && i < to; i++) {
        name_sheet(r, &b->sheets[i]);
        rc = b->host->sheet(b->call, &r->sheet);
        if (rc == 0)
            rc = sheet_read(b, &b->sheets[i], r);
    }
    return rc;
}

static void free_book(struct book *b)
{
    package_close(b);
    for (uint32_t i = 0; i < b->nsheets; i++) {
        free(b->sheets[i].name);
        free(b->sheets[i].part);
    }
    free(b->sheets);
    free(b->workbook);
    free(b->strings_part);
    free(b->styles_part);
    bytes_free(&b->strings);
    bytes_free(&b->codes);
    free(b->string_at);
    free(b->formats);
}

int xlsx_read(const sy_host *host, sy_call *call)
{
    struct book b = {.host = host, .call = call};
    struct rows r = {.host = host, .call = call};
    int rc = package_open(&b);
    if (rc == 0)
        rc = workbook_read(&b);
    if (rc == 0)
        rc = strings_read(&b);
    if (rc == 0)
        rc = styles_read(&b);
    if (rc == 0)
        rc = host->grid(call) ? read_grid(&b, &r) : read_table(&b, &r);
    rows_free(&r);
    free_book(&b);
    return rc;
}

/* Any archive: the read says what is wrong with others. */
static int probe(const char *head, size_t len)
{
    return len >= 4 && memcmp(head, "PK\3\4", 4) == 0 ? 60 : 0;
}

static const char *const OPTIONS[] = {"sheet", "range", "header_row", NULL};

static const sy_reader READERS[] = {{.struct_size = sizeof(sy_reader),
                                     .name = "xlsx",
                                     .extensions = "xlsx xlsm",
                                     .summary = "Excel workbooks, as Excel, WPS and LibreOffice "
                                                "write them",
                                     .options = OPTIONS,
                                     .probe = probe,
                                     .read = xlsx_read,
                                     .flags = SY_READS_GRIDS}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "xlsx",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "Excel workbooks",
                                 .readers = READERS,
                                 .nreaders = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
