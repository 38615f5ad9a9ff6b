/*
 * moved_findings.c - which findings of a run are new, how many of another are gone.
 *
 * A finding is the same if it says the same of the same fund and indicator, wherever it stands now:
 * who adds a line to a file has not changed those below it.
 */
#include <stdlib.h>
#include <string.h>

#include "api/moved.h"
#include "base/error.h"
#include "table/place.h"

#define SHOWN_MAX 3

/* What findings say, as numbers, sorted. Owns: sums. */
struct said {
    uint64_t *sums, *sorted;
    size_t n;
};

/* FNV-1a, one text after another. */
static uint64_t add_text(uint64_t sum, const char *text)
{
    for (const char *c = text; *c; c++)
        sum = (sum ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return (sum ^ 0xFF) * UINT64_C(1099511628211);
}

static int compare_sums(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t sum_of(const struct dataset *d, const struct finding *f, struct buf *message)
{
    const struct entity *e = f->entity == FINDING_NOWHERE ? NULL : &d->entities[f->entity];
    const char *path = dataset_finding_path(d, f);
    uint64_t sum = UINT64_C(14695981039346656037);
    buf_clear(message);
    dataset_message(message, d, f, false);
    sum = add_text(sum, finding_word((enum finding_code)f->code));
    sum = add_text(sum, e ? dataset_text(d, e->fund) : "");
    sum = (sum ^ (uint64_t)(e ? e->year : 0)) * UINT64_C(1099511628211);
    sum = add_text(sum, path ? path : "");
    sum = add_text(sum, f->file == FINDING_NOWHERE ? "" : dataset_text(d, f->file));
    return add_text(sum, buf_text(message));
}

static sy_status listen(struct said *out, const struct dataset *d, sy_error *err)
{
    struct buf message = {0};
    out->n = d->findings.count;
    out->sums = malloc((2 * out->n + 1) * sizeof *out->sums);
    if (!out->sums)
        return error_nomem(err);
    out->sorted = out->sums + out->n;
    for (size_t i = 0; i < out->n; i++)
        out->sums[i] = sum_of(d, &d->findings.rows[i], &message);
    if (out->n) {
        memcpy(out->sorted, out->sums, out->n * sizeof *out->sums);
        qsort(out->sorted, out->n, sizeof *out->sorted, compare_sums);
    }
    const sy_status status = message.failed ? error_nomem(err) : SY_OK;
    buf_dispose(&message);
    return status;
}

/* How many both have, each as often as it is said. */
static size_t count_common(const struct said *a, const struct said *b)
{
    size_t n = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        n += a->sorted[i] == b->sorted[k];
        const bool first = a->sorted[i] <= b->sorted[k], second = b->sorted[k] <= a->sorted[i];
        i += first;
        k += second;
    }
    return n;
}

/* The first new ones of a severity. */
static size_t show_new(struct buf *out, const struct dataset *d, const struct said *before,
                       const struct said *after, uint8_t severity, size_t most, bool zh)
{
    size_t shown = 0;
    for (size_t i = 0; i < after->n && shown < most; i++) {
        const struct finding *f = &d->findings.rows[i];
        if (f->severity != severity ||
            (before->n && bsearch(&after->sums[i], before->sorted, before->n,
                                  sizeof *before->sorted, compare_sums)))
            continue;
        buf_str(out, "  ");
        if (f->file != FINDING_NOWHERE)
            place_print(out, dataset_text(d, f->file), dataset_finding_line(d, f));
        buf_printf(out, "%s%s: ", f->file != FINDING_NOWHERE ? ": " : "",
                   finding_word((enum finding_code)f->code));
        dataset_message(out, d, f, zh);
        buf_char(out, '\n');
        shown++;
    }
    return shown;
}

sy_status moved_findings(struct buf *out, bool *any, const struct run *before,
                         const struct run *after, bool zh, sy_error *err)
{
    struct said was = {0}, is = {0};
    sy_status status = listen(&was, &before->d, err);
    if (status == SY_OK)
        status = listen(&is, &after->d, err);
    if (status != SY_OK)
        goto out;
    const size_t common = count_common(&was, &is), added = is.n - common, gone = was.n - common;
    *any = added || gone;
    if (*any)
        buf_printf(out, zh ? "疑点：新增 %zu 条，消除 %zu 条\n" : "findings: %zu new, %zu gone\n",
                   added, gone);
    size_t shown = 0;
    for (int severity = SEVERITY_ERROR; *any && severity > SEVERITY_NOTE; severity--)
        shown += show_new(out, &after->d, &was, &is, (uint8_t)severity, SHOWN_MAX - shown, zh);
out:
    free(was.sums);
    free(is.sums);
    return status;
}
