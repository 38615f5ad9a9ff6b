/*
 * progress.c - the one place that calls the caller's progress function.
 */
#include "base/progress.h"

#include "base/error.h"

sy_status progress_tell(const struct progress *p, const char *stage, double share, sy_error *err)
{
    if (!p || !p->tell || p->tell(p->ctx, stage, share) == 0)
        return SY_OK;
    return error_set(err, SY_ESTOPPED, NULL, 0, "stopped");
}
