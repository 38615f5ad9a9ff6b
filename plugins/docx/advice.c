/*
 * advice.c - findings by their codes, and section 4: advice by code, with how often and where.
 */
#include <stdlib.h>
#include <string.h>

#include "docx.h"

static void add_fund(struct code *c, const sy_cell *fund)
{
    char key[FUND_LEN];
    view_copy(fund, key, sizeof key);
    if (key[0] == '\0' || c->many)
        return;
    for (size_t i = 0; i < c->nfunds; i++)
        if (strcmp(c->funds[i], key) == 0)
            return;
    if (c->nfunds == CODE_FUNDS)
        c->many = true;
    else
        strcpy(c->funds[c->nfunds++], key);
}

static size_t severity_of(const sy_cell *cell)
{
    return view_equals(cell, "error") ? 0 : view_equals(cell, "warning") ? 1 : 2;
}

/* The code of a name, a new one where it is new; NULL: no memory. */
static struct code *find_code(struct codes *codes, const char *name)
{
    for (size_t i = 0; i < codes->n; i++)
        if (strcmp(codes->list[i].name, name) == 0)
            return &codes->list[i];
    if (codes->n == codes->cap) {
        const size_t cap = codes->cap ? 2 * codes->cap : 16;
        struct code *grown = realloc(codes->list, cap * sizeof *grown);
        if (grown == NULL)
            return NULL;
        codes->list = grown;
        codes->cap = cap;
    }
    struct code *c = &codes->list[codes->n++];
    *c = (struct code){.severity = 2};
    strcpy(c->name, name);
    return c;
}

static int compare_codes(const void *a, const void *b)
{
    const struct code *x = a, *y = b;
    if (x->severity != y->severity)
        return x->severity < y->severity ? -1 : 1;
    return x->rows[0] < y->rows[0] ? -1 : x->rows[0] > y->rows[0];
}

void codes_read(struct doc *d, struct codes *out)
{
    char name[CODE_LEN];
    for (size_t i = 0; i < d->findings.count && d->rc == 0; i++) {
        sy_cell cell = view_get(&d->findings, i, "code");
        view_copy(&cell, name, sizeof name);
        struct code *c = find_code(out, name);
        if (c == NULL) {
            html_fail(d, SY_ENOMEM, "out of memory");
            return;
        }
        if (c->n < CODE_SHOWN)
            c->rows[c->n] = i;
        c->n++;
        cell = view_get(&d->findings, i, "severity");
        const size_t severity = severity_of(&cell);
        out->severities[severity]++;
        c->severity = severity < c->severity ? severity : c->severity;
        cell = view_get(&d->findings, i, "fund");
        add_fund(c, &cell);
    }
    if (out->n > 1)
        qsort(out->list, out->n, sizeof *out->list, compare_codes);
}

void codes_dispose(struct codes *codes)
{
    free(codes->list);
    *codes = (struct codes){0};
}

/* Text of the manual, whose backquotes stand around code; without its full stop within others. */
static bool put_manual(struct doc *d, const sy_cell *cell, bool within)
{
    static const char stop_zh[] = "。";
    if (!view_is_text(cell) || cell->text_len == 0)
        return false;
    const char *at = cell->text, *end = at + cell->text_len;
    const size_t n = strlen(stop_zh);
    if (within && end[-1] == '.')
        end--;
    else if (within && cell->text_len > n && memcmp(end - n, stop_zh, n) == 0)
        end -= n;
    while (at < end) {
        const char *quote = memchr(at, '`', (size_t)(end - at));
        const char *stop = quote != NULL ? quote : end;
        html_text(d, at, (size_t)(stop - at));
        at = stop + 1;
    }
    return true;
}

static void put_where(struct doc *d, const struct code *c)
{
    for (size_t i = 0; i < c->nfunds; i++) {
        if (i == 0)
            html_say(d, "，涉及", ", in ");
        else
            html_say(d, "、", ", ");
        html_text(d, c->funds[i], strlen(c->funds[i]));
    }
    if (c->many)
        html_say(d, "等", " and others");
}

void advice_write(struct doc *d, const struct codes *codes)
{
    html_title(d, 1, "改进建议", "Advice");
    if (codes->n == 0) {
        html_open(d, NULL);
        html_say(d, "数据中没有疑点，无数据方面的建议。",
                 "No findings, and so no advice about the data.");
        html_close(d, NULL);
    }
    for (size_t i = 0; i < codes->n; i++) {
        const struct code *c = &codes->list[i];
        html_open(d, NULL);
        html_sayf(d, "%zu．", "%zu. ", i + 1);
        sy_cell cell = view_get(&d->findings, c->rows[0], "remedy");
        if (!put_manual(d, &cell, false))
            html_missing(d);
        html_say(d, "（", " (");
        html_text(d, c->name, strlen(c->name));
        html_say(d, "：", ": ");
        cell = view_get(&d->findings, c->rows[0], "meaning");
        if (!put_manual(d, &cell, true))
            html_missing(d);
        html_sayf(d, "，%zu条", c->n == 1 ? ", %zu time" : ", %zu times", c->n);
        put_where(d, c);
        html_say(d, "）", ")");
        html_close(d, NULL);
    }
    html_open(d, NULL);
    html_say(d, "针对失分指标和管理问题的措施：", "Measures for lost points and for management: ");
    html_by_hand(d, "【待补充】", "[to be completed]");
    html_close(d, NULL);
    html_title(d, 1, "其他需要说明的情况", "Other matters");
    html_open(d, NULL);
    html_by_hand(d, "【待补充；没有的写“无”】", "[to be completed; “none” where there are none]");
    html_close(d, NULL);
}
