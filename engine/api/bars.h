/*
 * bars.h - shares and series as blocks of a terminal's text. The figures stand beside them.
 */
#ifndef API_BARS_H
#define API_BARS_H

#include "base/buf.h"

/* Adds a bar of `cells` columns for a share from 0 to 1, in eighths of a column: nothing for 0, a
 * sliver for anything more, and all of it for 1 alone. */
void bars_add(struct buf *out, double share, unsigned cells);
/* Adds one column as high as a share from 0 to 1 says, at least an eighth; "·" for not-a-number:
 * there is none. */
void bars_step(struct buf *out, double share);

#endif
