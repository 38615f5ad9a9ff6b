/*
 * findings.c - findings as rows, and the one list that gives each code its word, its usual severity
 * and its sentences. Stages add rows; sentences are made when a row is shown.
 */
#include "table/findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"

static const struct {
    const char *word;
    enum severity severity;
    const char *en;
    const char *zh;
} codes[FINDING_CODES] = {
#define NOTE                                  SEVERITY_NOTE
#define WARNING                               SEVERITY_WARNING
#define ERROR                                 SEVERITY_ERROR
#define FINDING(name, word, severity, en, zh) {word, severity, en, zh},
#include "table/findings_codes.def"
#undef FINDING
#undef NOTE
#undef WARNING
#undef ERROR
};

#define QUOTED_MAX 240 /* bytes of a text in a sentence */

static const char *const severities[] = {"note", "warning", "error"};

void findings_dispose(struct findings *f)
{
    free(f->rows);
    *f = (struct findings){0};
}

sy_status findings_add(struct findings *f, const struct finding *row, sy_error *err)
{
    if (f->count == f->cap) {
        const size_t cap = f->cap == 0 ? 64 : f->cap * 2;
        if (cap > SIZE_MAX / sizeof *f->rows)
            return error_nomem(err);
        struct finding *rows = realloc(f->rows, cap * sizeof *rows);
        if (rows == NULL)
            return error_nomem(err);
        f->rows = rows;
        f->cap = cap;
    }
    f->rows[f->count++] = *row;
    f->by_severity[row->severity < SEVERITY_ERROR ? row->severity : SEVERITY_ERROR]++;
    return SY_OK;
}

void findings_keep(struct findings *f, bool (*keep)(const void *ctx, const struct finding *row),
                   const void *ctx)
{
    size_t n = 0;
    memset(f->by_severity, 0, sizeof f->by_severity);
    for (size_t i = 0; i < f->count; i++) {
        const struct finding *row = &f->rows[i];
        if (!keep(ctx, row))
            continue;
        f->by_severity[row->severity < SEVERITY_ERROR ? row->severity : SEVERITY_ERROR]++;
        f->rows[n++] = *row;
    }
    f->count = n;
}

const char *finding_word(enum finding_code code)
{
    return (unsigned)code < FINDING_CODES ? codes[code].word : "";
}

enum severity finding_severity(enum finding_code code)
{
    return (unsigned)code < FINDING_CODES ? codes[code].severity : SEVERITY_ERROR;
}

bool finding_code_of(enum finding_code *out, const char *word)
{
    for (unsigned i = 0; i < FINDING_CODES; i++) {
        if (strcmp(codes[i].word, word) == 0) {
            *out = (enum finding_code)i;
            return true;
        }
    }
    return false;
}

const char *severity_word(enum severity s)
{
    return (unsigned)s <= SEVERITY_ERROR ? severities[s] : "";
}

bool severity_of(enum severity *out, const char *word)
{
    for (unsigned i = 0; i <= SEVERITY_ERROR; i++) {
        if (strcmp(severities[i], word) == 0) {
            *out = (enum severity)i;
            return true;
        }
    }
    return false;
}

/* A dash where a row lacks what its sentence asks for: a gap would read like an empty text. */
static void add_text(struct buf *out, const struct pool *pool, uint32_t id)
{
    if (id == FINDING_NOWHERE)
        buf_str(out, "—");
    else
        buf_add(out, pool_text(pool, id), pool_len(pool, id));
}

/* A cell that holds a page would bury what is said about it: its beginning is enough to find it. */
static void add_quoted(struct buf *out, const struct pool *pool, uint32_t id)
{
    size_t len = id == FINDING_NOWHERE ? 0 : pool_len(pool, id);
    if (len <= QUOTED_MAX) {
        add_text(out, pool, id);
        return;
    }
    const char *text = pool_text(pool, id);
    for (len = QUOTED_MAX; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
        len--;
    buf_add(out, text, len);
    buf_str(out, "…");
}

static void add_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    if (isfinite(x))
        buf_add(out, text, number_print(text, x));
    else
        buf_str(out, "—");
}

/* Names of columns that stand as {1} in a sentence, in Chinese: other texts are data and stay as
 * they are. */
static bool add_column(struct buf *out, const char *name)
{
    static const char *const columns[][2] = {
        {"target", "指标值"},     {"actual", "实际完成值"}, {"weight", "分值"},
        {"claimed", "自评得分"},  {"points", "加减分"},     {"year", "年度"},
        {"completion", "完成率"}, {"excess", "超额"},       {"fund", "评价对象"},
        {"indicator", "指标"},    {"fact", "基础数据名称"},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (strcmp(columns[i][0], name) == 0) {
            buf_str(out, columns[i][1]);
            return true;
        }
    }
    return false;
}

/* Whether {1} of a code is a column's name. */
static bool names_column(enum finding_code code)
{
    return code == FINDING_BAD_NUMBER || code == FINDING_APPROXIMATE ||
           code == FINDING_KEY_MISSING || code == FINDING_TARGET_DERIVED;
}

/* What `{key}` stands for; false where it is no placeholder. */
static bool add_placeholder(struct buf *out, char key, const struct finding *row,
                            const struct pool *pool, bool zh)
{
    switch (key) {
    case '1':
        if (!zh || row->text == FINDING_NOWHERE || !names_column((enum finding_code)row->code) ||
            !add_column(out, pool_text(pool, row->text)))
            add_quoted(out, pool, row->text);
        return true;
    case '2':
        add_quoted(out, pool, row->text2);
        return true;
    case 'i':
        add_text(out, pool, row->indicator);
        return true;
    case 'a':
        add_number(out, row->a);
        return true;
    case 'b':
        add_number(out, row->b);
        return true;
    default:
        return false;
    }
}

void finding_message(struct buf *out, const struct finding *row, const struct pool *pool, bool zh)
{
    if (row->code >= FINDING_CODES)
        return;
    const char *c = row->plain ? "{1}" : zh ? codes[row->code].zh : codes[row->code].en;
    if (strcmp(c, "{1}") == 0) { /* a whole sentence */
        add_text(out, pool, row->text);
        return;
    }
    while (*c != '\0') {
        const size_t plain = strcspn(c, "{");
        buf_add(out, c, plain);
        c += plain;
        if (*c == '\0')
            break;
        if (c[1] != '\0' && c[2] == '}' && add_placeholder(out, c[1], row, pool, zh)) {
            c += 3;
        } else {
            buf_char(out, *c);
            c++;
        }
    }
}
