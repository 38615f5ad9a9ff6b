/*
 * dataset_sheets.c - which cell of a sheet's row a finding is about.
 */
#include <string.h>

#include "base/error.h"
#include "model/dataset.h"
#include "table/place.h"

sy_status dataset_add_sheet(struct dataset *d, const struct sheet_columns *sheet, sy_error *err)
{
    for (uint32_t i = 0; i < d->nsheets; i++)
        if (d->sheets[i].file == sheet->file && d->sheets[i].actual == sheet->actual)
            return SY_OK; /* a sheet that is two sources: as the first has it */
    void *array = d->sheets;
    const bool room = dataset_grow(&array, &d->sheets_cap, d->nsheets, sizeof *d->sheets);
    d->sheets = array;
    if (!room)
        return error_nomem(err);
    d->sheets[d->nsheets++] = *sheet;
    return SY_OK;
}

/* The columns of the sheet where a row stands; NULL. */
static const struct sheet_columns *sheet_of(const struct dataset *d, uint32_t file, uint32_t line)
{
    for (uint32_t i = 0; i < d->nsheets && line; i++)
        if (d->sheets[i].file == file && d->sheets[i].actual == place_column(line))
            return &d->sheets[i];
    return NULL;
}

struct place dataset_part_place(const struct dataset *d, struct place row, enum sheet_part part)
{
    const struct sheet_columns *sheet = sheet_of(d, row.file, row.line);
    if (!sheet)
        return row;
    const uint32_t column = part == SHEET_TARGET   ? sheet->target
                            : part == SHEET_WEIGHT ? sheet->weight
                                                   : sheet->rating;
    if (column)
        row.line = place_cell(column, row.line & PLACE_ROW_MAX);
    return row;
}

/* Which cell a finding is about; false: the row's own. */
static bool part_of(enum sheet_part *out, const struct dataset *d, const struct finding *row)
{
    struct finding_detail detail;
    switch ((enum finding_code)row->code) {
    case FINDING_TARGET_MISSING:
    case FINDING_TARGET_DERIVED:
        *out = SHEET_TARGET;
        return true;
    case FINDING_WEIGHT_MISSING:
    case FINDING_WEIGHT_DIFFERS:
        *out = SHEET_WEIGHT;
        return true;
    case FINDING_BAD_RATING:
    case FINDING_OVERRIDDEN:
        *out = SHEET_RATING;
        return true;
    case FINDING_BAD_NUMBER:
        findings_detail(&detail, &d->findings, row);
        *out = SHEET_TARGET;
        return detail.text && strcmp(detail.text, "target") == 0;
    default:
        return false;
    }
}

uint32_t dataset_finding_line(const struct dataset *d, const struct finding *row)
{
    enum sheet_part part;
    if (!part_of(&part, d, row))
        return row->line;
    return dataset_part_place(d, (struct place){row->file, row->line}, part).line;
}
