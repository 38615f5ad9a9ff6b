/*
 * place.h - where a row or cell stands, as text: "data/outcomes.csv:4", "自评表.xlsx!Sheet1!F12".
 *
 * The name of a sheet's file ends in '!', and its lines are cells: the column in the high bits, the
 * row in the low ones, so that rows below one another in a column follow each other as lines do.
 */
#ifndef TABLE_PLACE_H
#define TABLE_PLACE_H

#include "base/buf.h"
#include <steelyard/base.h>

#define PLACE_ROW_BITS   20u
#define PLACE_ROW_MAX    ((1u << PLACE_ROW_BITS) - 1)
#define PLACE_COLUMN_MAX 4095u /* cells further to the right are told by their row */

/* The line of a cell; both from 1, column 0: of the whole row. */
uint32_t place_cell(uint32_t column, uint32_t row);
/* The column of a line that is a cell. */
uint32_t place_column(uint32_t line);
/* Appends the place; line 0: the whole file or sheet. */
void place_print(struct buf *out, const char *file, uint32_t line);
/* Whether lines of the file are cells. */
bool place_is_sheet(const char *file);

#endif
