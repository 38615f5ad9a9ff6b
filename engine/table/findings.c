/*
 * findings.c - findings as rows beside one run of bytes, and the one list that gives each code its
 * word, its usual severity and its sentences. Stages add rows; sentences are made when a row is
 * shown.
 */
#include "table/findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/pages.h"
#include "table/place.h"

static const struct {
    const char *word;
    enum severity severity;
    const char *en;
    const char *zh;
} codes[FINDING_CODES] = {
#define TOO_MANY                              "more than 4 GiB of findings: split the evaluation"
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

/* What stands at a row's `detail`, in this order. */
enum {
    PART_A = 1,
    PART_B = 2,
    PART_PLACE = 4,
    PART_TEXT = 8,
    PART_TEXT2 = 16,
    PART_PLAIN = 32, /* nothing stands for it */
    PART_SHORT =
        64 /* {a} × SHORT_SCALE stands in the place of `detail`, and nothing else is said */
};

/* A ratio or an amount of few places, which most findings with a number have. */
#define SHORT_SCALE 10000.0

void findings_dispose(struct findings *f)
{
    free(f->rows);
    buf_dispose(&f->bytes);
    *f = (struct findings){0};
}

/* A cell that holds a page would bury what is said about it: its beginning is enough to find it. */
static void keep_text(struct buf *out, const char *text, bool whole)
{
    size_t len = strlen(text);
    if (!whole && len > QUOTED_MAX) {
        for (len = QUOTED_MAX; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
            len--;
        buf_add(out, text, len);
        text = "…";
        len = strlen(text);
    }
    buf_add(out, text, len + 1);
}

static uint8_t keep_detail(struct buf *out, const struct finding_detail *d, bool whole)
{
    uint8_t parts = d->plain ? PART_PLAIN : 0;
    if (d->a != 0) {
        buf_add(out, (const char *)&d->a, sizeof d->a);
        parts |= PART_A;
    }
    if (d->b != 0) {
        buf_add(out, (const char *)&d->b, sizeof d->b);
        parts |= PART_B;
    }
    if (d->elsewhere) {
        buf_add(out, (const char *)&d->file, sizeof d->file);
        buf_add(out, (const char *)&d->line, sizeof d->line);
        parts |= PART_PLACE;
    }
    if (d->text) {
        keep_text(out, d->text, whole);
        parts |= PART_TEXT;
    }
    if (d->text2) {
        keep_text(out, d->text2, whole);
        parts |= PART_TEXT2;
    }
    return parts;
}

/* Whether a row can hold {a}, so that it comes back as it was. */
static bool keep_number(struct finding *row, double a)
{
    const double scaled = a * SHORT_SCALE;
    if (!(scaled >= 1 && scaled < UINT32_MAX))
        return false;
    const uint32_t whole = (uint32_t)(scaled + 0.5);
    row->detail = whole;
    row->parts = PART_SHORT;
    return whole / SHORT_SCALE == a;
}

/* Whether a row can hold all that is said: {a} alone. */
static bool keep_short(struct finding *row, const struct finding_detail *d)
{
    struct finding kept = *row;
    if (d->b != 0 || d->elsewhere || d->text || d->text2 || !keep_number(&kept, d->a))
        return false;
    *row = kept;
    row->parts |= d->plain ? PART_PLAIN : 0;
    return true;
}

static bool grow_rows(struct findings *f, size_t more)
{
    size_t cap = f->cap == 0 ? 64 : f->cap;
    if (more <= f->cap - f->count)
        return true;
    while (cap < SIZE_MAX / 2 && cap - f->count < more)
        cap *= 2;
    if (cap > SIZE_MAX / sizeof *f->rows)
        return false;
    struct finding *rows = realloc(f->rows, cap * sizeof *rows);
    if (rows == NULL)
        return false;
    f->rows = rows;
    f->cap = cap;
    return true;
}

/* Whether {1} is the whole sentence. */
static bool is_sentence(enum finding_code code, bool plain)
{
    return plain || (code < FINDING_CODES && strcmp(codes[code].en, "{1}") == 0);
}

static void put_row(struct findings *f, const struct finding *row)
{
    f->rows[f->count++] = *row;
    f->by_severity[row->severity < SEVERITY_ERROR ? row->severity : SEVERITY_ERROR]++;
}

sy_status findings_add_number(struct findings *f, const struct finding *row, double a,
                              sy_error *err)
{
    struct finding kept = *row;
    if (!keep_number(&kept, a))
        return findings_add(f, row, &(struct finding_detail){.a = a}, err);
    if (!grow_rows(f, 1))
        return error_nomem(err);
    put_row(f, &kept);
    return SY_OK;
}

sy_status findings_add(struct findings *f, const struct finding *row,
                       const struct finding_detail *detail, sy_error *err)
{
    struct finding kept = *row;
    const size_t len = f->bytes.len;
    kept.parts = 0;
    kept.detail = (uint32_t)len;
    if (!grow_rows(f, 1))
        return error_nomem(err);
    if (detail != NULL && !keep_short(&kept, detail))
        kept.parts = keep_detail(&f->bytes, detail,
                                 is_sentence((enum finding_code)row->code, detail->plain));
    if (f->bytes.failed)
        return error_nomem(err);
    if (f->bytes.len > UINT32_MAX) {
        f->bytes.len = len;
        return error_set(err, SY_ENOMEM, NULL, 0, TOO_MANY);
    }
    put_row(f, &kept);
    return SY_OK;
}

/* Where what the rows from `i` on say begins. */
static size_t find_bytes(const struct findings *f, size_t i)
{
    while (i < f->count && (f->rows[i].parts & PART_SHORT))
        i++;
    return i < f->count ? f->rows[i].detail : f->bytes.len;
}

sy_status findings_append(struct findings *f, const struct findings *from, size_t first, size_t end,
                          sy_error *err)
{
    if (first >= end)
        return SY_OK;
    const size_t start = find_bytes(from, first), stop = find_bytes(from, end), len = f->bytes.len;
    if (len + (stop - start) > UINT32_MAX)
        return error_set(err, SY_ENOMEM, NULL, 0, TOO_MANY);
    if (!grow_rows(f, end - first))
        return error_nomem(err);
    buf_add(&f->bytes, buf_text(&from->bytes) + start, stop - start);
    if (f->bytes.failed)
        return error_nomem(err);
    struct finding *rows = &f->rows[f->count];
    pages_expect(rows, (end - first) * sizeof *rows);
    memcpy(rows, &from->rows[first], (end - first) * sizeof *rows);
    for (size_t i = 0; i < end - first; i++) {
        struct finding *row = &rows[i];
        if (!(row->parts & PART_SHORT))
            row->detail = (uint32_t)(row->detail - start + len);
        f->by_severity[row->severity < SEVERITY_ERROR ? row->severity : SEVERITY_ERROR]++;
    }
    f->count += end - first;
    return SY_OK;
}

static const char *read_bytes(void *out, const char *from, size_t len)
{
    memcpy(out, from, len);
    return from + len;
}

void findings_detail(struct finding_detail *out, const struct findings *f,
                     const struct finding *row)
{
    const bool elsewhere = row->parts & PART_PLACE, plain = row->parts & PART_PLAIN;
    *out = (struct finding_detail){.plain = plain, .elsewhere = elsewhere};
    if (row->parts & PART_SHORT) {
        out->a = row->detail / SHORT_SCALE;
        return;
    }
    const char *at = row->parts ? f->bytes.data + row->detail : NULL;
    if (row->parts & PART_A)
        at = read_bytes(&out->a, at, sizeof out->a);
    if (row->parts & PART_B)
        at = read_bytes(&out->b, at, sizeof out->b);
    if (row->parts & PART_PLACE) {
        at = read_bytes(&out->file, at, sizeof out->file);
        at = read_bytes(&out->line, at, sizeof out->line);
    }
    if (row->parts & PART_TEXT) {
        out->text = at;
        at += strlen(at) + 1;
    }
    if (row->parts & PART_TEXT2)
        out->text2 = at;
}

void findings_clear(struct findings *f)
{
    f->count = 0;
    memset(f->by_severity, 0, sizeof f->by_severity);
    buf_clear(&f->bytes);
}

static uint32_t map_number(const uint32_t *map, uint32_t number)
{
    return number == FINDING_NOWHERE ? FINDING_NOWHERE : map[number];
}

sy_status findings_join(struct findings *f, const struct findings *from, size_t first, size_t end,
                        const struct finding_map *map, sy_error *err)
{
    sy_status status = SY_OK;
    for (size_t i = first; i < end && status == SY_OK; i++) {
        struct finding row = from->rows[i];
        struct finding_detail detail;
        findings_detail(&detail, from, &row);
        row.entity = map_number(map->entities, row.entity);
        row.path = map_number(map->paths, row.path);
        row.file = map_number(map->words, row.file);
        row.line += row.line ? map->lines : 0;
        if (detail.elsewhere) {
            detail.file = map_number(map->words, detail.file);
            detail.line += detail.line ? map->lines : 0;
        }
        status = findings_add(f, &row, &detail, err);
    }
    return status;
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
static void add_text(struct buf *out, const char *text)
{
    buf_str(out, text ? text : "—");
}

static void add_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    if (isfinite(x))
        buf_add(out, text, number_print(text, x));
    else
        buf_str(out, "—");
}

/* Names of columns and of the facts that every fund has, in Chinese; other texts are data and stay
 * as they are. */
static const char *translate_name(const char *name)
{
    static const char *const names[][2] = {
        {"target", "指标值"},     {"actual", "实际完成值"}, {"previous", "上年实际完成值"},
        {"weight", "分值"},       {"claimed", "自评得分"},  {"points", "加减分"},
        {"year", "年度"},         {"completion", "完成率"}, {"excess", "超额"},
        {"fund", "评价对象"},     {"indicator", "指标"},    {"fact", "基础数据名称"},
        {"budget", "全年预算数"}, {"spent", "全年执行数"},  {"budget_initial", "年初预算数"},
        {"allotted", "下达数"},   {"received", "到位数"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], name) == 0)
            return names[i][1];
    return name;
}

/* Which of a code's texts is such a name, '1' or '2'; 0: none. */
static char name_of(enum finding_code code)
{
    switch (code) {
    case FINDING_BAD_NUMBER:
    case FINDING_APPROXIMATE:
    case FINDING_KEY_MISSING:
    case FINDING_TARGET_DERIVED:
    case FINDING_BAD_FACT:
    case FINDING_BUDGET_DIFFERS:
        return '1';
    case FINDING_BAD_UNIT:
    case FINDING_FACT_MISSING:
        return '2';
    default:
        return 0;
    }
}

/* What a sentence is made of. */
struct sentence {
    enum finding_code code;
    const struct finding_detail *detail;
    const struct finding_names *names;
    bool zh;
};

static void add_key(struct buf *out, const struct sentence *s)
{
    add_text(out, s->names->fund);
    buf_printf(out, ", %d", s->names->year);
    if (s->names->indicator)
        buf_printf(out, ", %s", s->names->indicator);
    if (s->detail->text)
        buf_printf(out, ", %s", s->detail->text);
}

static void add_place(struct buf *out, const struct sentence *s)
{
    if (s->names->file2)
        place_print(out, s->names->file2, s->detail->line);
}

/* What `{key}` stands for; false where it is no placeholder. */
static bool add_placeholder(struct buf *out, char key, const struct sentence *s)
{
    switch (key) {
    case '1':
    case '2': {
        const char *text = key == '1' ? s->detail->text : s->detail->text2;
        add_text(out, text && s->zh && name_of(s->code) == key ? translate_name(text) : text);
        return true;
    }
    case 'i':
        add_text(out, s->names->indicator);
        return true;
    case 'a':
        add_number(out, s->detail->a);
        return true;
    case 'b':
        add_number(out, s->detail->b);
        return true;
    case 'k':
        add_key(out, s);
        return true;
    case 'p':
        add_place(out, s);
        return true;
    default:
        return false;
    }
}

void finding_message(struct buf *out, const struct finding *row,
                     const struct finding_detail *detail, const struct finding_names *names,
                     bool zh)
{
    const struct sentence s = {(enum finding_code)row->code, detail, names, zh};
    if (row->code >= FINDING_CODES)
        return;
    if (is_sentence(s.code, detail->plain)) {
        add_text(out, detail->plain && detail->text2 && !zh ? detail->text2 : detail->text);
        return;
    }
    for (const char *c = zh ? codes[row->code].zh : codes[row->code].en; *c != '\0';) {
        const size_t plain = strcspn(c, "{");
        buf_add(out, c, plain);
        c += plain;
        if (*c == '\0')
            break;
        if (c[1] != '\0' && c[2] == '}' && add_placeholder(out, c[1], &s)) {
            c += 3;
        } else {
            buf_char(out, *c);
            c++;
        }
    }
}
