/*
 * compare_findings.c - the findings of a case: those that must be there, those that must not, and
 * errors of the script.
 */
#include <string.h>

#include "base/error.h"
#include "prove/compare.h"

/* What a fund of one indicator alone has, whatever its rule does. */
static bool is_consequence(enum finding_code code)
{
    return code == FINDING_LOW_COVERAGE || code == FINDING_UNSCORED ||
           code == FINDING_WEIGHTS_SUM || code == FINDING_LEVEL_SUM ||
           code == FINDING_WEIGHT_UNKNOWN || code == FINDING_FACT_MISSING;
}

static uint32_t path_of(const struct run *r, uint32_t item)
{
    return item == NO_ROW ? FINDING_NOWHERE : item_bound(r, item)->path;
}

bool prove_is_own(const struct run *r, const struct prove_result *result, const struct finding *f)
{
    if (result->fund == NO_ROW || f->entity != r->funds[result->fund].entity)
        return false;
    if (!result->c->flat)
        return true;
    if (f->path != FINDING_NOWHERE)
        return f->path == path_of(r, result->item);
    return !is_consequence((enum finding_code)f->code);
}

/* The first finding of the case with the code from `first` on; FINDING_CODES: any. NULL: none. */
static const struct finding *find_own(const struct comparing *c, enum finding_code code)
{
    const struct findings *list = &c->run->d.findings;
    for (size_t i = 0; i < list->count; i++)
        if ((code == FINDING_CODES || list->rows[i].code == code) &&
            prove_is_own(c->run, c->result, &list->rows[i]))
            return &list->rows[i];
    return NULL;
}

/* A flat case knows nothing of what its fund lacks otherwise. */
static const struct finding *find_any(const struct comparing *c)
{
    const struct findings *list = &c->run->d.findings;
    for (size_t i = 0; i < list->count; i++) {
        const struct finding *f = &list->rows[i];
        if (prove_is_own(c->run, c->result, f) &&
            (!c->result->c->flat || f->path != FINDING_NOWHERE))
            return f;
    }
    return NULL;
}

static void show_finding(struct buf *out, const struct comparing *c, const struct finding *f)
{
    buf_printf(out, "%s: ", finding_word((enum finding_code)f->code));
    dataset_message(out, &c->run->d, f, c->zh);
}

/* Codes of the case, each once, with commas. */
static void list_codes(struct buf *out, const struct comparing *c)
{
    for (int code = 0; code < FINDING_CODES; code++)
        if (find_own(c, (enum finding_code)code))
            buf_printf(out, "%s%s", out->len ? ", " : "", finding_word((enum finding_code)code));
    if (out->len == 0)
        buf_str(out, c->zh ? "（无）" : "(none)");
}

static sy_status expect_finding(const struct comparing *c, const struct prove_expect *e)
{
    enum finding_code code = FINDING_CODES;
    struct buf expected = {0}, got = {0};
    sy_status status = SY_OK;
    if (!finding_code_of(&code, e->text) || !find_own(c, code)) {
        buf_str(&expected, e->text);
        list_codes(&got, c);
        status = compare_fail(c, NULL, "finding", &expected, &got, c->result->item);
    }
    buf_dispose(&expected);
    buf_dispose(&got);
    return status;
}

static sy_status expect_none(const struct comparing *c, const struct prove_expect *e)
{
    enum finding_code code = FINDING_CODES;
    struct buf expected = {0}, got = {0};
    sy_status status = SY_OK;
    if (e->kind == PROVE_TEXT)
        (void)finding_code_of(&code, e->text);
    const struct finding *f = e->kind == PROVE_TEXT ? find_own(c, code) : find_any(c);
    if (f) {
        buf_str(&expected, c->zh ? "（无）" : "(none)");
        show_finding(&got, c, f);
        status = compare_fail(c, NULL, "no_finding", &expected, &got, c->result->item);
    }
    buf_dispose(&expected);
    buf_dispose(&got);
    return status;
}

/* An error of the script: one that is expected, or one that nobody expects. */
static sy_status expect_error(const struct comparing *c, const struct prove_expect *e)
{
    const struct finding *f = find_own(c, FINDING_SCRIPT_ERROR);
    struct buf expected = {0}, got = {0};
    sy_status status = SY_OK;
    if (f)
        dataset_message(&got, &c->run->d, f, c->zh);
    const bool met = e ? f && strstr(buf_text(&got), e->text) : !f;
    if (!met) {
        if (e)
            buf_printf(&expected, c->zh ? "含“%s”" : "contains '%s'", e->text);
        if (expected.len == 0 || !f)
            buf_str(e ? &got : &expected, c->zh ? "（无）" : "(none)");
        status = compare_fail(c, NULL, "error", &expected, &got, c->result->item);
    }
    buf_dispose(&expected);
    buf_dispose(&got);
    return status;
}

sy_status compare_findings(const struct comparing *c)
{
    sy_status status = SY_OK;
    bool error = false;
    for (size_t i = 0; i < c->result->c->nexpects && status == SY_OK; i++) {
        const struct prove_expect *e = &c->result->c->expects[i];
        error = error || e->what == PROVE_ERROR;
        if (e->what == PROVE_FINDING)
            status = expect_finding(c, e);
        else if (e->what == PROVE_NO_FINDING)
            status = expect_none(c, e);
        else if (e->what == PROVE_ERROR)
            status = expect_error(c, e);
    }
    return status == SY_OK && !error ? expect_error(c, NULL) : status;
}
