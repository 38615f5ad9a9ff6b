/*
 * load_form.c - the forms of a file become rows of funds and outcomes, each cell with its place.
 */
#include "stage/load_form.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/form.h"
#include "stage/load_columns.h"
#include "table/place.h"

/* A sheet with more is no form, and not kept. */
#define CELLS_MAX 200000u
#define BYTES_MAX (32u << 20)

struct doubt {
    sy_doubt what;
    uint32_t line, column;
    char *text;
};

/* A sheet of the file, or the file itself where it has none. Owns: name, grid, forms, doubts. */
struct form_sheet {
    char *name; /* NULL: the file */
    bool large;
    struct grid grid;
    struct forms forms;
    struct doubt *doubts;
    uint32_t ndoubts, doubts_cap;
};

/* While the forms of one file are read. Owns: sheets. */
struct form_file {
    struct load_part *part;
    struct form_sheet *sheets;
    uint32_t nsheets, sheets_cap;
    uint32_t nforms;
    uint32_t file; /* word */
    struct cell name;
};

static void dispose_file(struct form_file *f)
{
    for (uint32_t i = 0; i < f->nsheets; i++) {
        struct form_sheet *sheet = &f->sheets[i];
        for (uint32_t k = 0; k < sheet->ndoubts; k++)
            free(sheet->doubts[k].text);
        free(sheet->doubts);
        free(sheet->name);
        grid_dispose(&sheet->grid);
        forms_dispose(&sheet->forms);
    }
    free(f->sheets);
}

static struct form_sheet *push_sheet(struct form_file *f)
{
    void *array = f->sheets;
    const bool room = dataset_grow(&array, &f->sheets_cap, f->nsheets, sizeof *f->sheets);
    f->sheets = array;
    if (!room)
        return NULL;
    f->sheets[f->nsheets] = (struct form_sheet){0};
    return &f->sheets[f->nsheets++];
}

static sy_status take_sheet(void *ctx, const sy_sheet *sheet, sy_error *err)
{
    struct form_sheet *to = push_sheet(ctx);
    if (!to || !(to->name = strndup(sheet->name.bytes, sheet->name.len)))
        return error_nomem(err);
    return SY_OK;
}

static sy_status take_doubt(void *ctx, sy_doubt what, uint32_t line, uint32_t column,
                            const sy_text *text, sy_error *err)
{
    struct form_file *f = ctx;
    struct form_sheet *sheet = f->nsheets ? &f->sheets[f->nsheets - 1] : push_sheet(f);
    if (!sheet)
        return error_nomem(err);
    if (sheet->large)
        return SY_OK;
    void *array = sheet->doubts;
    const bool room =
        dataset_grow(&array, &sheet->doubts_cap, sheet->ndoubts, sizeof *sheet->doubts);
    sheet->doubts = array;
    char *copy = room ? strndup(text->bytes, text->len) : NULL;
    if (!copy)
        return error_nomem(err);
    sheet->doubts[sheet->ndoubts++] = (struct doubt){what, line, column, copy};
    return SY_OK;
}

static sy_status take_batch(void *ctx, const sy_batch *batch, sy_error *err)
{
    struct form_file *f = ctx;
    struct form_sheet *sheet = f->nsheets ? &f->sheets[f->nsheets - 1] : push_sheet(f);
    if (!sheet)
        return error_nomem(err);
    for (uint32_t r = 0; r < batch->nrows && !sheet->large; r++) {
        for (uint32_t c = 0; c < batch->ncolumns; c++) {
            const uint32_t len = batch->length[c][r];
            if (len != SY_CELL_ABSENT && len > 0 &&
                !grid_add(&sheet->grid, batch->line[r], c + 1, batch->base + batch->offset[c][r],
                          len))
                return error_nomem(err);
        }
        sheet->large = sheet->grid.ncells > CELLS_MAX || sheet->grid.text.len > BYTES_MAX;
    }
    if (sheet->large)
        grid_clear(&sheet->grid);
    return SY_OK;
}

static uint32_t line_of(const struct form_sheet *sheet, uint32_t row, uint32_t column)
{
    return sheet->name ? place_cell(column, row) : row;
}

/* Findings of the form itself stand at their cells. */
static sy_status find_at(struct load *l, const struct form_sheet *sheet, enum finding_code code,
                         uint32_t row, uint32_t column, const char *text)
{
    const struct finding_at at = {.code = code,
                                  .entity = l->last_entity,
                                  .path = NO_WORD,
                                  .place = {l->file, line_of(sheet, row, column)},
                                  .text = text};
    return dataset_find(l->d, &at, l->err);
}

static bool is_chief(enum data_table table, enum field field)
{
    return field == (table == TABLE_FUNDS ? F_NAME : F_ACTUAL);
}

/* Makes the columns of one of a form's tables those of the rows that follow. */
static sy_status open_table(struct load *l, const struct form_table *t)
{
    sy_text *names = calloc(t->ncolumns, sizeof *names);
    if (!names)
        return error_nomem(l->err);
    for (uint32_t c = 0; c < t->ncolumns; c++)
        names[c] = (sy_text){t->names[c], (uint32_t)strlen(t->names[c])};
    free(l->uses);
    l->uses = NULL;
    for (int f = 0; f < F_COUNT; f++) {
        l->has[f] = l->constant[f].len > 0;
        l->field_unit[f] = UNIT_NONE;
        l->field_column[f] = 0;
    }
    l->first_column = 0; /* names are ours: there is no cell that could be wrong */
    l->cell_lines = NULL;
    sy_status status = load_header(l, names, t->ncolumns, 0);
    free(names);
    if (status != SY_OK)
        return status;
    l->first_column = l->key_column = 1;
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        if (l->uses[c].field == F_EXTRA)
            continue;
        l->field_column[l->uses[c].field] = c + 1;
        l->key_column = is_chief(l->source->table, l->uses[c].field) ? c + 1 : l->key_column;
    }
    return status;
}

/* Where the columns of a form's indicators really stand. */
static sy_status keep_columns(struct load *l, const struct form_table *t,
                              const struct form_cell *row)
{
    struct sheet_columns sheet = {.file = l->file};
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        const enum field field = l->uses[c].field;
        sheet.actual = field == F_ACTUAL ? row[c].column : sheet.actual;
        sheet.target = field == F_TARGET ? row[c].column : sheet.target;
        sheet.weight = field == F_WEIGHT ? row[c].column : sheet.weight;
    }
    return sheet.actual ? dataset_add_sheet(l->d, &sheet, l->err) : SY_OK;
}

/* A row of a form's table; cells that it has not stand where the row is told by. */
static sy_status give_row(struct load_part *p, const struct form_sheet *sheet,
                          const struct form_table *t, struct form_cell *row, uint32_t fallback)
{
    struct load *l = &p->load;
    struct cell *cells = calloc(t->ncolumns, sizeof *cells);
    uint32_t *lines = calloc(t->ncolumns, sizeof *lines);
    sy_status status = cells && lines ? SY_OK : error_nomem(l->err);
    for (uint32_t c = 0; c < t->ncolumns && status == SY_OK; c++) {
        cells[c] = (struct cell){row[c].len ? row[c].text : "", row[c].len};
        lines[c] = row[c].row ? line_of(sheet, row[c].row, row[c].column) : fallback;
    }
    l->cell_lines = lines;
    if (status == SY_OK) {
        l->line = lines[l->key_column - 1];
        status = load_part_cells(p, cells);
    }
    l->cell_lines = NULL;
    free(cells);
    free(lines);
    return status;
}

static sy_status give_fund(struct load_part *p, const struct form_sheet *sheet, struct form *form,
                           const struct form_cell *fund)
{
    struct load *l = &p->load;
    l->form = true;
    sy_status status = open_table(l, &form->fund);
    if (status != SY_OK)
        return status;
    form->fund.cells[0] = *fund;
    return give_row(p, sheet, &form->fund, form->fund.cells,
                    line_of(sheet, form->row, form->column));
}

static const struct form_cell *find_cell(const struct form_table *t, const char *name)
{
    for (uint32_t c = 0; c < t->ncolumns && t->nrows; c++)
        if (strcmp(t->names[c], name) == 0)
            return &t->cells[c];
    return NULL;
}

/* Constants of the source are the fund's, not its indicators'; but the year is of both. */
static sy_status give_outcomes(struct load_part *p, const struct form_sheet *sheet,
                               struct form *form, const struct form_cell *fund)
{
    struct load *l = &p->load;
    const struct data_source *funds = l->source;
    struct data_source source = *funds;
    struct cell kept[F_COUNT];
    const struct form_table *t = &form->outcomes;
    const struct form_cell *year = find_cell(&form->fund, "year");
    memcpy(kept, l->constant, sizeof kept);
    memset(l->constant, 0, sizeof l->constant);
    l->constant[F_YEAR] = kept[F_YEAR];
    source.table = TABLE_OUTCOMES;
    l->source = &source;
    sy_status status = open_table(l, t);
    l->levels = (struct level_memory){0};
    if (status == SY_OK && sheet->name && t->nrows)
        status = keep_columns(l, t, t->cells + (size_t)(t->nrows - 1) * t->ncolumns);
    for (uint32_t r = 0; r < t->nrows && status == SY_OK; r++) {
        struct form_cell *row = t->cells + (size_t)r * t->ncolumns;
        row[0] = *fund;
        row[1] = year ? *year : (struct form_cell){0};
        const struct form_cell *at = &row[2]; /* level1 */
        for (uint32_t c = 2; c < t->ncolumns && !at->row; c++)
            at = &row[c];
        row[0].row = row[1].row = at->row;
        row[0].column = row[1].column = at->column;
        status = give_row(p, sheet, t, row, line_of(sheet, at->row, at->column));
    }
    memcpy(l->constant, kept, sizeof kept);
    l->source = funds;
    return status;
}

/* Adjustments that a workbook of ours carries: those of the table, not of rules. */
static sy_status give_adjustments(struct load_part *p, const struct form_sheet *sheet,
                                  struct form *form, const struct form_cell *fund)
{
    struct load *l = &p->load;
    const struct data_source *funds = l->source;
    struct data_source source = *funds;
    struct cell kept[F_COUNT];
    const struct form_table *t = &form->adjustments;
    const struct form_cell *year = find_cell(&form->fund, "year");
    if (t->nrows == 0)
        return SY_OK;
    memcpy(kept, l->constant, sizeof kept);
    memset(l->constant, 0, sizeof l->constant);
    l->constant[F_YEAR] = kept[F_YEAR];
    source.table = TABLE_ADJUSTMENTS;
    l->source = &source;
    sy_status status = open_table(l, t);
    for (uint32_t r = 0; r < t->nrows && status == SY_OK; r++) {
        struct form_cell *row = t->cells + (size_t)r * t->ncolumns;
        row[0] = *fund;
        row[1] = year ? *year : (struct form_cell){0};
        const struct form_cell *at = row[2].row ? &row[2] : row[3].row ? &row[3] : &row[4];
        row[0].row = row[1].row = at->row;
        row[0].column = row[1].column = at->column;
        status = give_row(p, sheet, t, row, line_of(sheet, at->row, at->column));
    }
    memcpy(l->constant, kept, sizeof kept);
    l->source = funds;
    return status;
}

/* 自评表, 自评表#Sheet1 where a file has several forms, 自评表#Sheet1#2 where a sheet has. */
static sy_status name_form(struct buf *out, const struct form_file *f,
                           const struct form_sheet *sheet, uint32_t i, sy_error *err)
{
    buf_clear(out);
    buf_add(out, f->name.text, f->name.len);
    if (f->nforms > 1 && sheet->name)
        buf_printf(out, "#%s", sheet->name);
    if (i > 0)
        buf_printf(out, "#%u", (unsigned)i + 1);
    return out->failed ? error_nomem(err) : SY_OK;
}

static sy_status give_form(struct form_file *f, const struct form_sheet *sheet, uint32_t i)
{
    struct load *l = &f->part->load;
    struct form *form = &sheet->forms.list[i];
    struct buf name = {0};
    sy_status status = name_form(&name, f, sheet, i, l->err);
    const struct form_cell fund = {buf_text(&name), (uint32_t)name.len, 0, 0};
    if (status == SY_OK)
        status = give_fund(f->part, sheet, form, &fund);
    if (status == SY_OK)
        status = give_outcomes(f->part, sheet, form, &fund);
    if (status == SY_OK)
        status = give_adjustments(f->part, sheet, form, &fund);
    for (uint32_t k = 0; k < form->ndoubts && status == SY_OK; k++)
        status = find_at(l, sheet, form->doubts[k].code, form->doubts[k].row,
                         form->doubts[k].column, form->doubts[k].text);
    buf_dispose(&name);
    return status;
}

static sy_status give_sheet(struct form_file *f, const struct form_sheet *sheet)
{
    struct load *l = &f->part->load;
    sy_status status = SY_OK;
    l->file = f->file;
    if (sheet->name) {
        const sy_sheet named = {.struct_size = sizeof named,
                                .name = {sheet->name, (uint32_t)strlen(sheet->name)},
                                .first_column = 1};
        status = load_sheet(l, &named);
    }
    for (uint32_t i = 0; i < sheet->ndoubts && status == SY_OK; i++) {
        const struct doubt *doubt = &sheet->doubts[i];
        const sy_text text = {doubt->text, (uint32_t)strlen(doubt->text)};
        l->first_column = 1;
        status = load_doubt(l, doubt->what, doubt->line, doubt->column, &text);
    }
    for (uint32_t i = 0; i < sheet->forms.n && status == SY_OK; i++)
        status = give_form(f, sheet, i);
    return status;
}

/* What holds no form is named: the whole file, or those of its sheets. */
static sy_status name_rest(struct form_file *f)
{
    struct load *l = &f->part->load;
    struct buf names = {0};
    l->last_entity = NO_ENTITY;
    for (uint32_t i = 0; i < f->nsheets && f->nforms; i++) {
        const struct form_sheet *sheet = &f->sheets[i];
        if (sheet->forms.n == 0 && sheet->name && (sheet->large || sheet->grid.ncells))
            buf_printf(&names, "%s%s", names.len ? ", " : "", sheet->name);
    }
    const struct finding_at at = {.code = f->nforms ? FINDING_SHEETS_UNREAD : FINDING_FORM_NONE,
                                  .entity = NO_ENTITY,
                                  .path = NO_WORD,
                                  .place = {f->file, 0},
                                  .text = buf_text(&names)};
    sy_status status = SY_OK;
    if (names.failed)
        status = error_nomem(l->err);
    else if (names.len || !f->nforms)
        status = dataset_find(l->d, &at, l->err);
    buf_dispose(&names);
    return status;
}

static sy_status find_forms(struct form_file *f, const struct load_env *env, sy_error *err)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < f->nsheets && status == SY_OK; i++) {
        struct form_sheet *sheet = &f->sheets[i];
        status = forms_find(&sheet->forms, &sheet->grid, env->columns, f->part->d.units, err);
        f->nforms += sheet->forms.n;
    }
    return status;
}

static sy_status give_forms(struct form_file *f)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < f->nsheets && status == SY_OK; i++)
        if (f->sheets[i].forms.n)
            status = give_sheet(f, &f->sheets[i]);
    return status == SY_OK ? name_rest(f) : status;
}

/* The file's name without its extension. */
static struct cell file_name(const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(name, '.');
    return (struct cell){name, dot && dot != name ? (size_t)(dot - name) : strlen(name)};
}

sy_status load_form(struct load_part *p, const struct load_env *env, const struct load_file *file,
                    bool *none)
{
    struct data_source source = *file->source;
    struct form_file f = {.part = p, .name = file->fund.len ? file->fund : file_name(file->path)};
    const struct plug_sink sink = {
        .batch = take_batch, .ctx = &f, .sheet = take_sheet, .doubt = take_doubt, .grid = true};
    source.table = TABLE_FUNDS;
    p->status = load_part_open(p, env, file, &source);
    f.file = p->load.file;
    if (p->status == SY_OK && !(file->reader->flags & SY_READS_GRIDS))
        p->status = error_set(&p->error, SY_EINPUT, file->path, 0,
                              "the reader %s reads no forms: they are workbooks or CSV",
                              file->reader->name);
    if (p->status == SY_OK)
        p->status = plug_read(file->reader, file->path, p->options, p->noptions, &sink, &p->error);
    if (p->status == SY_OK)
        p->status = find_forms(&f, env, &p->error);
    if (none)
        *none = f.nforms == 0;
    if (p->status == SY_OK && (!none || !*none))
        p->status = give_forms(&f);
    p->load.source = file->source;
    dispose_file(&f);
    return p->status;
}
