/*
 * xlsx_write.c - the xlsx_write plugin: reports as Excel workbooks. What `score` gives becomes a
 * summary, an official form a fund whose scores are live formulas, findings and the yardstick.
 */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "sheets.h"

#define SHEETS_USUAL                                                             \
    500 /* forms; a workbook with thousands opens in no program that people have \
         */

/* The library prints numbers as the locale has them; the thread gets one of its own. */
struct plain_numbers {
    locale_t own, before;
};

static bool begin_numbers(struct plain_numbers *n)
{
    n->own = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    n->before = n->own == (locale_t)0 ? (locale_t)0 : uselocale(n->own);
    return n->own != (locale_t)0;
}

static void end_numbers(const struct plain_numbers *n)
{
    uselocale(n->before);
    freelocale(n->own);
}

static int read_sheets(const sy_host *host, sy_call *call, size_t *out)
{
    const char *given = host->option(call, "sheets");
    char *end;
    *out = SHEETS_USUAL;
    if (given == NULL)
        return 0;
    *out = (size_t)strtoul(given, &end, 10);
    if (*given < '0' || *given > '9' || *end != '\0')
        return host->fail(call, SY_EUSAGE, 0, 0, "sheets=%s: a whole number is needed", given);
    return 0;
}

static void write_kind(struct book *b, const struct tree *document, size_t most)
{
    const struct tree report = tree_record(document, "report");
    const sy_cell kind = tree_get(document, "kind");
    if (tree_is(&kind, "score"))
        sheets_score(b, document, most);
    else if (tree_is(&kind, "compare"))
        sheets_compare(b, &report);
    else if (tree_is(&kind, "sensitivity"))
        sheets_sensitivity(b, &report);
    else if (tree_is(&kind, "review"))
        sheets_review(b, &report);
    else
        sheets_table(b, document);
}

static int xlsx_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    const struct tree document = {*what, 0};
    const sy_cell language = tree_get(&document, "language");
    struct plain_numbers numbers;
    struct book book;
    size_t most;
    int rc = read_sheets(host, call, &most);
    if (rc != 0)
        return rc;
    if (!begin_numbers(&numbers))
        return host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    rc = book_open(&book, host, call, tree_is(&language, "zh"));
    if (rc == 0) {
        if (book_good(&book))
            write_kind(&book, &document, most);
        rc = book_close(&book);
    }
    end_numbers(&numbers);
    return rc;
}

static const char *const OPTIONS[] = {"sheets", NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "xlsx",
                                     .extensions = "xlsx",
                                     .summary = "Excel workbooks: official forms that calculate",
                                     .options = OPTIONS,
                                     .takes = SY_TAKES_TREE | SY_TAKES_LABELS,
                                     .write = xlsx_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "xlsx_write",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "Excel workbooks, written",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
