/*
 * journal.c - findings, reasons and failures of one task, and how they become the run's.
 */
#include "stage/journal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void journal_dispose(struct journal *j)
{
    arena_dispose(&j->texts);
    findings_dispose(&j->findings);
    free(j->files);
    free(j->reasons);
    free(j->ruled);
    free(j->failed);
    free(j->values);
    free(j->adjustments);
    *j = (struct journal){0};
}

void journal_clear(struct journal *j)
{
    arena_dispose(&j->texts);
    findings_clear(&j->findings);
    j->nfiles = j->nreasons = j->nruled = j->nfailed = j->nvalues = j->nadjustments = 0;
}

/* Room for one more in the list of that name. */
#define MAKE_ROOM(j, list) \
    make_room((void *)&(j)->list, &(j)->list##_cap, (j)->n##list, sizeof *(j)->list)

static bool make_room(void *list, uint32_t *cap, uint32_t count, size_t size)
{
    void *array;
    memcpy(&array, list, sizeof array);
    bool room = dataset_grow(&array, cap, count, size);
    memcpy(list, &array, sizeof array);
    return room;
}

sy_status journal_find(struct journal *j, const struct finding_at *at, sy_error *err)
{
    return finding_at_add(&j->findings, at, finding_severity(at->code), err);
}

sy_status journal_find_in(struct journal *j, const struct run *r, struct finding_at *at,
                          const char *file, sy_error *err)
{
    at->place.file = pool_find(&r->d.words, file, strlen(file));
    if (at->place.file == NO_WORD) {
        const char *copy = arena_strdup(&j->texts, file);
        if (!copy || !MAKE_ROOM(j, files))
            return error_nomem(err);
        j->files[j->nfiles++] = (struct journal_file){j->findings.count, copy};
    }
    return journal_find(j, at, err);
}

sy_status journal_reason(struct journal *j, uint32_t item, const char *text, sy_error *err)
{
    const char *copy = arena_strdup(&j->texts, text);
    if (!copy || !MAKE_ROOM(j, reasons))
        return error_nomem(err);
    j->reasons[j->nreasons++] = (struct journal_reason){item, copy};
    return SY_OK;
}

sy_status journal_ruled(struct journal *j, uint32_t item, double attainment, sy_error *err)
{
    if (!MAKE_ROOM(j, ruled))
        return error_nomem(err);
    j->ruled[j->nruled++] = (struct journal_ruled){item, attainment};
    return SY_OK;
}

sy_status journal_fail(struct journal *j, uint32_t fund, sy_error *err)
{
    if (!MAKE_ROOM(j, failed))
        return error_nomem(err);
    j->failed[j->nfailed++] = fund;
    return SY_OK;
}

sy_status journal_value(struct journal *j, uint32_t fund, uint32_t item,
                        const struct script_result *result, sy_error *err)
{
    if (!MAKE_ROOM(j, values))
        return error_nomem(err);
    j->values[j->nvalues++] = (struct journal_value){fund, item, j->findings.count, *result};
    return SY_OK;
}

sy_status journal_adjust(struct journal *j, const struct adjustment *what, const char *reason,
                         sy_error *err)
{
    const char *copy = reason ? arena_strdup(&j->texts, reason) : NULL;
    if ((reason && !copy) || !MAKE_ROOM(j, adjustments))
        return error_nomem(err);
    j->adjustments[j->nadjustments++] = (struct journal_adjustment){*what, copy};
    return SY_OK;
}

sy_status journal_findings(struct run *r, const struct journal *j, size_t first, size_t end,
                           sy_error *err)
{
    if (r->quiet)
        return SY_OK;
    const size_t base = r->d.findings.count;
    sy_status status = findings_append(&r->d.findings, &j->findings, first, end, err);
    for (uint32_t i = 0; i < j->nfiles && status == SY_OK; i++) {
        const struct journal_file *f = &j->files[i];
        if (f->row < first || f->row >= end)
            continue;
        uint32_t *file = &r->d.findings.rows[base + f->row - first].file;
        status = dataset_word(file, &r->d, f->file, strlen(f->file), err);
    }
    return status;
}

/* The rules beside ratings, made when the first is known. */
static sy_status commit_ruled(struct run *r, const struct journal *j, sy_error *err)
{
    if (j->nruled && !r->ruled) {
        r->ruled = malloc(((size_t)r->nitems + 1) * sizeof *r->ruled);
        if (!r->ruled)
            return error_nomem(err);
        for (uint32_t i = 0; i < r->nitems; i++)
            r->ruled[i] = NAN;
    }
    for (uint32_t i = 0; i < j->nruled; i++)
        r->ruled[j->ruled[i].item] = j->ruled[i].attainment;
    return SY_OK;
}

/* Reasons, likewise made when the first is known. */
static sy_status commit_reasons(struct run *r, const struct journal *j, sy_error *err)
{
    sy_status status = SY_OK;
    if (j->nreasons && !r->reason) {
        r->reason = calloc((size_t)r->nitems + 1, sizeof *r->reason);
        if (!r->reason)
            return error_nomem(err);
    }
    for (uint32_t i = 0; i < j->nreasons && status == SY_OK; i++) {
        const struct journal_reason *reason = &j->reasons[i];
        status =
            dataset_cell(&r->reason[reason->item], &r->d, reason->text, strlen(reason->text), err);
    }
    return status;
}

sy_status journal_commit(struct run *r, const struct journal *j, sy_error *err)
{
    sy_status status = journal_findings(r, j, 0, j->findings.count, err);
    if (status == SY_OK)
        status = commit_ruled(r, j, err);
    if (status == SY_OK)
        status = commit_reasons(r, j, err);
    for (uint32_t i = 0; i < j->nfailed; i++)
        r->failed[j->failed[i]] = r->script_failed = true;
    return status;
}
