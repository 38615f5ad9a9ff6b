/*
 * item.c - what an indicator of a fund is, whatever gave its values: row, [targets] or script.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/journal.h"
#include "stage/near.h"
#include "stage/plan.h"

static const struct value no_value = {.unit = UNIT_NONE};

const char *item_status_word(enum item_status s)
{
    static const char *const words[ITEM_STATUSES] = {
        "scored", "not_applicable", "rejected", "untargeted", "missing", "unrated", "error"};
    return words[s];
}

const char *fund_status_word(enum fund_status s)
{
    static const char *const words[] = {"scored", "insufficient", "unscored", "error"};
    return words[s];
}

struct value item_target(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    const uint32_t row = item_row(r, item);
    if (over)
        return over->target;
    return row == NO_ROW ? no_value : outcomes_target(&r->d.outcomes, row);
}

struct value item_actual(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    const uint32_t row = item_row(r, item);
    if (over)
        return over->actual;
    return row == NO_ROW ? no_value : outcomes_actual(&r->d.outcomes, row);
}

const char *item_target_text(struct value_text *room, const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    const uint32_t row = item_row(r, item);
    if (over || row == NO_ROW)
        return r->d.cells.data + (over ? over->target_text : 0);
    return outcome_target_text(room, &r->d, row);
}

const char *item_actual_text(struct value_text *room, const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    const uint32_t row = item_row(r, item);
    if (over || row == NO_ROW)
        return r->d.cells.data + (over ? over->actual_text : 0);
    return outcome_actual_text(room, &r->d, row);
}

unsigned item_pair(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    uint32_t row = item_row(r, item);
    return over ? over->pair : row == NO_ROW ? 0 : outcomes_shape_of(&r->d.outcomes, row)->pair;
}

enum sign item_sign(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    if (over && (over->flags & OVER_MIXED))
        return (enum sign)over->sign;
    const struct bound *b = item_bound(r, item);
    uint32_t row = item_row(r, item);
    const struct value target = item_target(r, item);
    enum sign column =
        row == NO_ROW ? SIGN_NONE : (enum sign)outcomes_shape_of(&r->d.outcomes, row)->sign;
    return value_sign(&target, column, (enum sign)b->sign);
}

bool item_has_sign(const struct run *r, uint32_t item)
{
    uint32_t row = item_row(r, item);
    return (row != NO_ROW && outcomes_shape_of(&r->d.outcomes, row)->sign != SIGN_NONE) ||
           item_bound(r, item)->sign != SIGN_NONE;
}

const char *item_path(const struct run *r, uint32_t item)
{
    return pool_text(&r->d.paths, item_bound(r, item)->path);
}

const char *item_name(const struct run *r, uint32_t item)
{
    uint32_t row = item_row(r, item);
    uint32_t label = outcome_word(&r->d, OUTCOME_LABEL, row);
    if (label != NO_WORD)
        return dataset_text(&r->d, label);
    return item_bound(r, item)->name;
}

struct place item_place(const struct run *r, const struct fund *f, uint32_t item)
{
    uint32_t row = item_row(r, item);
    if (row == NO_ROW)
        return r->d.entities[f->entity].place;
    return outcomes_place(&r->d.outcomes, row);
}

uint32_t item_unit(const struct run *r, uint32_t item)
{
    const uint32_t unit = item_target(r, item).unit;
    return unit != UNIT_NONE ? unit : item_actual(r, item).unit;
}

double item_scale(const struct run *r, uint32_t own, uint32_t unit)
{
    const struct unit *u = unit == UNIT_NONE || own == UNIT_NONE ? NULL : units_get(r->units, unit);
    return !u || u->dimension != units_get(r->units, own)->dimension ? 1 : u->scale;
}

double item_in_unit(const struct run *r, const struct value *v, uint32_t unit)
{
    return v->num / item_scale(r, v->unit, unit);
}

uint32_t item_known_as(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    return over && (over->flags & OVER_MIXED) ? over->path : item_bound(r, item)->path;
}

const struct rating_row *item_rating_row(const struct run *r, const struct fund *f, uint32_t item)
{
    const uint32_t path = item_known_as(r, item);
    uint32_t at = map_get(&r->rating_index, map_key(f->entity, path));
    return at == MAP_NONE ? NULL : &r->d.ratings[at];
}

uint32_t item_rating(const struct run *r, const struct fund *f, uint32_t item)
{
    const struct rating_row *outside = item_rating_row(r, f, item);
    return outside ? outside->rating : outcome_word(&r->d, OUTCOME_RATING, item_row(r, item));
}

/* A number from 0 to 1, also as a per cent: 0.85, 85%, 85％. */
static bool read_share(double *out, const char *text)
{
    static const char wide[] = "％";
    size_t len = strlen(text);
    double number, whole = 1;
    if (len > 1 && text[len - 1] == '%')
        len--, whole = 100;
    else if (len >= sizeof wide && strcmp(text + len - (sizeof wide - 1), wide) == 0)
        len -= sizeof wide - 1, whole = 100;
    if (!number_parse(&number, text, len) || number < 0 || number > whole)
        return false;
    *out = number / whole;
    return true;
}

bool item_rating_value(double *out, const struct run *r, const struct fund *f, uint32_t word)
{
    const char *text = dataset_text(&r->d, word);
    return yard_rating_of(out, r->standards[f->standard].yard, text) || read_share(out, text);
}

bool item_word_rating(double *out, const struct run *r, const struct fund *f, uint32_t item)
{
    struct value_text room;
    enum value_kind kind = (enum value_kind)item_actual(r, item).kind;
    return (kind == VALUE_TEXT || kind == VALUE_BAD) &&
           yard_rating_of(out, r->standards[f->standard].yard, item_actual_text(&room, r, item));
}

struct finding_at item_at(const struct run *r, const struct fund *f, uint32_t item,
                          enum finding_code code)
{
    return (struct finding_at){.code = code,
                               .entity = f->entity,
                               .path = item_bound(r, item)->path,
                               .place = item_place(r, f, item)};
}

struct finding_at item_rating_at(const struct run *r, const struct fund *f, uint32_t item,
                                 enum finding_code code)
{
    const struct rating_row *row = item_rating_row(r, f, item);
    struct finding_at at = item_at(r, f, item, code);
    if (row)
        at.place = row->place;
    return at;
}

struct finding_at fund_at(const struct run *r, const struct fund *f, enum finding_code code)
{
    return (struct finding_at){.code = code,
                               .entity = f->entity,
                               .path = NO_WORD,
                               .place = r->d.entities[f->entity].place};
}

sy_status item_finding(struct journal *j, const struct run *r, const struct fund *f, uint32_t item,
                       enum finding_code code, const char *text, const char *text2, double a,
                       double b, sy_error *err)
{
    struct finding_at at = item_at(r, f, item, code);
    at.text = text;
    at.text2 = text2;
    at.a = a;
    at.b = b;
    return journal_find(j, &at, err);
}

sy_status fund_finding(struct journal *j, const struct run *r, const struct fund *f,
                       enum finding_code code, double a, double b, sy_error *err)
{
    struct finding_at at = fund_at(r, f, code);
    at.a = a;
    at.b = b;
    return journal_find(j, &at, err);
}

sy_status item_script_error(struct journal *j, const struct run *r, const struct fund *f,
                            uint32_t path, const struct script_result *result, sy_error *err)
{
    struct finding_at at = fund_at(r, f, FINDING_SCRIPT_ERROR);
    at.path = path;
    at.text = result->message ? result->message : "the script failed";
    at.text2 = dataset_text(&r->d, r->d.entities[f->entity].fund);
    sy_status status = journal_fail(j, (uint32_t)(f - r->funds), err);
    if (status != SY_OK)
        return status;
    if (!result->file)
        return journal_find(j, &at, err);
    /* The place is the finding's own: the sentence does not repeat it. */
    char place[512];
    int n = snprintf(place, sizeof place, "%s:%u: ", result->file, (unsigned)result->line);
    if (n > 0 && (size_t)n < sizeof place && strncmp(at.text, place, (size_t)n) == 0)
        at.text += n;
    at.place.line = result->line;
    return journal_find_in(j, r, &at, result->file, err);
}

sy_status item_lacking(struct journal *j, const struct run *r, const struct fund *f, uint32_t item,
                       const char *what, const struct script_result *result, sy_error *err)
{
    struct buf text = {0}, name = {0};
    struct finding_at at = item == NO_ROW ? fund_at(r, f, FINDING_FACT_MISSING)
                                          : item_at(r, f, item, FINDING_FACT_MISSING);
    buf_str(&text, what);
    if (result->file)
        buf_printf(&text, " (%s:%u)", result->file, (unsigned)result->line);
    at.text = buf_text(&text);
    buf_str(&name, result->lacking ? result->lacking : "actual");
    const char *near = result->lacking ? near_fact(r, f, result->lacking) : NULL;
    if (near)
        buf_printf(&name, " (%s?)", near);
    at.text2 = buf_text(&name);
    sy_status status = text.failed || name.failed ? error_nomem(err) : journal_find(j, &at, err);
    buf_dispose(&text);
    buf_dispose(&name);
    return status;
}
