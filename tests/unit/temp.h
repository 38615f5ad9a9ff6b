/*
 * temp.h - names for temporary files and folders of a test program, where TMPDIR says.
 */
#ifndef TESTS_TEMP_H
#define TESTS_TEMP_H

#include <stdio.h>
#include <stdlib.h>

#define TEMP_MAX 64 /* bytes: fixtures append to it in buffers of their own */

/* "TMPDIR/steelyard-WHAT-XXXXXX", for mkstemp or mkdtemp; in /tmp where TMPDIR is not set or long.
 */
static inline char *temp_name(char out[TEMP_MAX], const char *what)
{
    const char *folder = getenv("TMPDIR");
    const int n = folder && *folder
                      ? snprintf(out, TEMP_MAX, "%s/steelyard-%s-XXXXXX", folder, what)
                      : TEMP_MAX;
    if (n < 0 || n >= TEMP_MAX)
        snprintf(out, TEMP_MAX, "/tmp/steelyard-%s-XXXXXX", what);
    return out;
}

#endif
