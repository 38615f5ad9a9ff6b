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

static uint32_t column_of(const struct sheet_columns *sheet, const struct dataset *d,
                          const struct finding *row)
{
    struct finding_detail detail;
    switch ((enum finding_code)row->code) {
    case FINDING_TARGET_MISSING:
    case FINDING_TARGET_DERIVED:
        return sheet->target;
    case FINDING_WEIGHT_MISSING:
    case FINDING_WEIGHT_DIFFERS:
        return sheet->weight;
    case FINDING_BAD_RATING:
    case FINDING_OVERRIDDEN:
        return sheet->rating;
    case FINDING_BAD_NUMBER:
        findings_detail(&detail, &d->findings, row);
        return detail.text && strcmp(detail.text, "target") == 0 ? sheet->target : 0;
    default:
        return 0;
    }
}

uint32_t dataset_finding_line(const struct dataset *d, const struct finding *row)
{
    for (uint32_t i = 0; i < d->nsheets && row->line; i++) {
        const struct sheet_columns *sheet = &d->sheets[i];
        if (sheet->file != row->file || place_column(row->line) != sheet->actual)
            continue;
        const uint32_t column = column_of(sheet, d, row);
        return column ? place_cell(column, row->line & PLACE_ROW_MAX) : row->line;
    }
    return row->line;
}
