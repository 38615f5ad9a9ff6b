/*
 * csv_marks.h - where cells may end, 64 bytes at a time.
 */
#ifndef PLUGIN_CSV_MARKS_H
#define PLUGIN_CSV_MARKS_H

#include <stdint.h>

#define CSV_BLOCK 64u

/* A bit for each of CSV_BLOCK bytes, the first byte's lowest, that is the delimiter (ASCII), CR or
 * LF. */
typedef uint64_t (*csv_marks_fn)(const char *block, char delimiter);

/* The fastest that this processor has; all give the same. */
csv_marks_fn csv_marks_choose(void);
/* The i-th of those that this processor has, the portable one first; NULL past the last. */
csv_marks_fn csv_marks_variant(unsigned i);

#endif
