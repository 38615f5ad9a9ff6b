/*
 * csv_marks.h - where cells may end, 64 bytes at a time.
 */
#ifndef PLUGIN_CSV_MARKS_H
#define PLUGIN_CSV_MARKS_H

#include <stddef.h>
#include <stdint.h>

#define CSV_BLOCK       64u
#define CSV_STOPS_SPARE 8u

struct csv_marks {
    /* A bit for each of CSV_BLOCK bytes, the first byte's lowest, that is the delimiter (ASCII), CR
     * or LF. */
    uint64_t (*block)(const char *block, char delimiter);
    /* The places of all delimiters and line ends (of CR LF the CR's) in data[from] to data[*to -
     * 1], or up to the first quote, which *to then is; how many they are, and of them line ends.
     * CSV_BLOCK bytes can be read behind *to; `stops` has room for one a byte and CSV_STOPS_SPARE.
     * from: not behind a CR. */
    size_t (*stops)(uint32_t *stops, size_t *lines, const char *data, size_t from, size_t *to,
                    char delimiter);
};

/* The fastest that this processor has; all give the same. */
const struct csv_marks *csv_marks_choose(void);
/* The i-th of those that this processor has, the portable one first; NULL past the last. */
const struct csv_marks *csv_marks_variant(unsigned i);

/* The number of the lowest bit that is set. */
static inline unsigned csv_first_bit(uint64_t bits)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned n = 0;
    for (; (bits & 1) == 0; bits >>= 1)
        n++;
    return n;
#endif
}

#endif
