/*
 * amount.h - a value as people write it (≥7,000条次) as a number that a cell holds and a format
 * that shows it as written: what is a figure on paper stays one in the workbook.
 */
#ifndef XLSX_WRITE_AMOUNT_H
#define XLSX_WRITE_AMOUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

struct amount {
    double number; /* as it is written */
    double factor; /* number × factor is what was read of it; 0: something else was */
};

/* Takes a text apart into one number and what stands around it; the format goes to `format`.
 * `read`: what the engine made of it, NAN for nothing. `before`, `behind`: put around a bare
 * number; "" for nothing. False: the text is no such value, and is to be written as it stands. */
bool amount_read(struct amount *out, struct text *format, const char *bytes, size_t len,
                 double read, const char *before, const char *behind);

/* The format of a number with all its digits: 0.###…, between two words. */
void amount_format(struct text *format, double number, const char *before, const char *behind);

#endif
