/*
 * fuzz_form.c - forms: whatever stands on a sheet, what is found in it stands there, and is found
 * again.
 *
 * Input: rows by line, cells by |.
 */
#include "fuzz.h"
#include "model/form.h"

#define INPUT_MAX   16384
#define COLUMNS_MAX 256

static struct columns *columns;
static struct units *units;

static void load_words(void)
{
    const char *data = getenv("STEELYARD_DATA");
    char path[4096];
    sy_error err;
    if (columns)
        return;
    snprintf(path, sizeof path, "%s/config/columns.ini", data ? data : ".");
    FUZZ_LAW(columns_load(&columns, path, NULL, &err) == SY_OK, "%s", err.message);
    snprintf(path, sizeof path, "%s/config/units.ini", data ? data : ".");
    FUZZ_LAW(units_load(&units, path, NULL, &err) == SY_OK, "%s", err.message);
}

static void lay_out(struct grid *g, const char *text, size_t len)
{
    uint32_t row = 1, column = 1;
    for (size_t at = 0; at <= len;) {
        size_t end = at;
        while (end < len && text[end] != '|' && text[end] != '\n')
            end++;
        if (column <= COLUMNS_MAX)
            FUZZ_LAW(grid_add(g, row, column, text + at, end - at), "no memory");
        const bool line = end < len && text[end] == '\n';
        row += line;
        column = line ? 1 : column + 1;
        at = end + 1;
    }
}

static void check_cell(const struct grid *g, const struct form_cell *cell)
{
    if (cell->len == 0)
        return;
    FUZZ_LAW(cell->text, "a text of %u bytes is none", (unsigned)cell->len);
    FUZZ_LAW(cell->row <= g->cells[g->ncells - 1].row && cell->column <= COLUMNS_MAX,
             "a cell at %u, %u", (unsigned)cell->row, (unsigned)cell->column);
}

static void check_table(const struct grid *g, const struct form_table *t)
{
    FUZZ_LAW(t->ncolumns > 0 && strcmp(t->names[0], "fund") == 0, "no column of the fund");
    for (uint32_t i = 0; i < t->nrows * t->ncolumns; i++)
        check_cell(g, &t->cells[i]);
    for (uint32_t i = 1; i < t->ncolumns; i++)
        for (uint32_t k = 0; k < i; k++)
            FUZZ_LAW(strcmp(t->names[i], t->names[k]) != 0, "two columns %s", t->names[i]);
}

static uint64_t sum_of(const struct forms *f)
{
    uint64_t sum = f->n;
    for (uint32_t i = 0; i < f->n; i++) {
        const struct form *form = &f->list[i];
        sum = sum * 31 + form->row * 7u + form->column + form->ndoubts;
        sum = sum * 31 + form->fund.ncolumns + form->outcomes.nrows;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct grid g = {0};
    uint64_t sums[2];
    if (size > INPUT_MAX)
        return 0;
    load_words();
    char *text = fuzz_text(data, size);
    lay_out(&g, text, size);
    for (int i = 0; i < 2; i++) {
        struct forms forms = {0};
        sy_error err;
        FUZZ_LAW(forms_find(&forms, &g, columns, units, &err) == SY_OK, "%s", err.message);
        for (uint32_t k = 0; k < forms.n; k++) {
            check_table(&g, &forms.list[k].fund);
            check_table(&g, &forms.list[k].outcomes);
            FUZZ_LAW(forms.list[k].fund.nrows == 1, "a form of %u funds",
                     (unsigned)forms.list[k].fund.nrows);
            FUZZ_LAW(forms.list[k].outcomes.nrows <= g.nrows + 1, "more indicators than rows");
        }
        sums[i] = sum_of(&forms);
        forms_dispose(&forms);
    }
    FUZZ_LAW(sums[0] == sums[1], "found again otherwise");
    grid_dispose(&g);
    free(text);
    return 0;
}
