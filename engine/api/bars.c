/*
 * bars.c - bars and steps of block characters.
 */
#include "api/bars.h"

#include <math.h>

#define EIGHTHS 8u

void bars_add(struct buf *out, double share, unsigned cells)
{
    static const char *const parts[EIGHTHS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const unsigned all = cells * EIGHTHS;
    if (!(share > 0))
        return;
    unsigned filled = share >= 1 ? all : (unsigned)floor(share * all + 1e-9);
    filled = filled == 0 ? 1 : filled;
    if (share < 1 && filled >= all)
        filled = all - 1;
    for (unsigned i = 0; i < filled / EIGHTHS; i++)
        buf_str(out, "█");
    buf_str(out, parts[filled % EIGHTHS]);
}

void bars_step(struct buf *out, double share)
{
    static const char *const steps[EIGHTHS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (isnan(share)) {
        buf_str(out, "·");
        return;
    }
    const double step = round(share * (EIGHTHS - 1));
    buf_str(out, steps[step < 0 ? 0 : step > EIGHTHS - 1 ? EIGHTHS - 1 : (unsigned)step]);
}
