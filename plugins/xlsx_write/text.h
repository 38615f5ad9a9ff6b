/*
 * text.h - texts on their way into a workbook: grown piece by piece, and made safe for a cell or
 * for the name of a sheet.
 */
#ifndef XLSX_WRITE_TEXT_H
#define XLSX_WRITE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Owns: bytes. NUL-terminated once something was added. */
struct text {
    char *bytes;
    size_t len, cap;
    bool failed; /* no memory */
};

void text_dispose(struct text *t);
void text_clear(struct text *t);
void text_add(struct text *t, const char *bytes, size_t len);
void text_str(struct text *t, const char *s);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void text_printf(struct text *t, const char *format, ...);
const char *text_of(const struct text *t); /* "" for nothing */

#define TEXT_CELL_MAX 32767 /* characters of a cell, as UTF-16 counts them */

/* Adds a text as a cell may hold it: what XML forbids is shown as \x07, what a workbook takes for a
 * character's number (_x0041_) stays as it is written, and what is longer than a cell is cut, and
 * ends with "…". `data`: a user's, of which a spreadsheet shall run nothing: what begins like a
 * formula gets an apostrophe, as in CSV. */
void text_cell(struct text *t, const char *bytes, size_t len, bool data);

#define TEXT_SHEET_MAX 31

/* Adds what a sheet may be called: `[]:*?/\` become `_`, no apostrophe at either end, at most 31
 * characters; `otherwise` where nothing is left. */
void text_sheet(struct text *t, const char *bytes, size_t len, const char *otherwise);

#endif
