/*
 * progress.h - telling the caller how far the work is, and hearing whether to stop.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <steelyard/base.h>

/* {0}: nobody listens. */
struct progress {
    sy_progress_fn tell;
    void *ctx;
};

/* SY_ESTOPPED where the listener wants no more. `p` may be NULL. */
sy_status progress_tell(const struct progress *p, const char *stage, double share, sy_error *err);

#endif
