/*
 * judge.c - the status of an indicator (contract 5.1), and what its rule is to read.
 */
#include "stage/judge.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "stage/near.h"
#include "stage/previous.h"

/* The item at hand. */
struct judging {
    struct journal *out; /* NULL: no findings */
    const struct run *r;
    const struct fund *f;
    uint32_t item;
    struct value target, actual;
    const struct previous *previous; /* whose actual is the target; NULL */
    uint32_t unit;                   /* that the rule's numbers are in */
    struct judged *j;
    sy_error *err;
};

static struct judging begin(struct judged *j, struct journal *out, const struct run *r,
                            const struct fund *f, uint32_t item, sy_error *err)
{
    return (struct judging){.out = out,
                            .r = r,
                            .f = f,
                            .item = item,
                            .target = item_target(r, item),
                            .actual = item_actual(r, item),
                            .unit = item_unit(r, item),
                            .j = j,
                            .err = err};
}

static const char *target_text(struct value_text *room, const struct judging *g)
{
    return g->previous ? g->previous->text : item_target_text(room, g->r, g->item);
}

static const char *actual_text(struct value_text *room, const struct judging *g)
{
    return item_actual_text(room, g->r, g->item);
}

static sy_status find(const struct judging *g, enum finding_code code, const char *text,
                      const char *text2)
{
    return g->out ? item_finding(g->out, g->r, g->f, g->item, code, text, text2, 0, 0, g->err)
                  : SY_OK;
}

static void settle(const struct judging *g, enum item_status status)
{
    g->j->status = status;
    g->j->ready = false;
}

static void award(const struct judging *g, double attainment)
{
    g->j->status = ITEM_SCORED;
    g->j->ready = false;
    g->j->attainment = attainment;
}

/* A target of [targets] is found fault with where it stands. */
static sy_status refuse_target(const struct judging *g, const char *target)
{
    const struct override *over = item_over(g->r, g->item);
    const struct bound *b = item_bound(g->r, g->item);
    if (!g->out || !over || !(over->flags & OVER_TARGET_CONFIG) || !b->target_text)
        return find(g, FINDING_BAD_NUMBER, "target", target);
    struct finding_at at = {.code = FINDING_BAD_NUMBER,
                            .entity = g->f->entity,
                            .path = b->path,
                            .place.line = b->target_text->origin.line,
                            .text = "target",
                            .text2 = target};
    return journal_find_in(g->out, g->r, &at, b->target_text->origin.file, g->err);
}

/* Why a pair was rejected, as a finding. */
static sy_status reject(const struct judging *g, unsigned pair)
{
    struct value_text rooms[2];
    const char *target = target_text(&rooms[0], g), *actual = actual_text(&rooms[1], g);
    settle(g, ITEM_REJECTED);
    if (pair & PAIR_BAD_TARGET)
        return refuse_target(g, target);
    if (pair & PAIR_BAD_ACTUAL)
        return find(g, FINDING_BAD_NUMBER, "actual", actual);
    if (pair & PAIR_UNIT_MISMATCH)
        return find(g, FINDING_UNIT_MISMATCH, target, actual);
    return find(g, FINDING_KIND_MISMATCH, target, actual);
}

static bool is_day(const struct value *v)
{
    return v->kind == VALUE_DATE || v->kind == VALUE_BY;
}

static bool is_words(const struct value *v)
{
    return v->kind == VALUE_TEXT || v->kind == VALUE_BAD || v->kind == VALUE_BOOL;
}

static bool is_qualitative(const struct judging *g)
{
    return g->j->sign == SIGN_QUALITATIVE || g->target.kind == VALUE_TEXT ||
           (is_words(&g->target) && is_words(&g->actual));
}

/* Words that are none of [ratings], with the ones that were probably meant. */
static sy_status report_unrated(const struct judging *g, const char *actual)
{
    struct buf hint = {0};
    const char *near = g->out ? near_rating(g->r, g->f, actual) : NULL;
    if (near)
        buf_printf(&hint, ": '%s' (%s?)", actual, near);
    sy_status status =
        hint.failed ? error_nomem(g->err) : find(g, FINDING_UNRATED, buf_text(&hint), NULL);
    buf_dispose(&hint);
    return status;
}

/* Words against words: met when they are the same. */
static sy_status judge_words(const struct judging *g)
{
    struct value_text rooms[2];
    const char *target = target_text(&rooms[0], g), *actual = actual_text(&rooms[1], g);
    if (value_is_error(actual, strlen(actual)))
        return reject(g, PAIR_BAD_ACTUAL);
    if (*target && strcmp(target, actual) == 0) {
        award(g, 1);
        return find(g, FINDING_ACTUAL_REPEATS_TARGET, NULL, NULL);
    }
    settle(g, ITEM_UNRATED);
    return report_unrated(g, actual);
}

static void read_numbers(const struct judging *g)
{
    uint32_t unit = g->unit;
    struct value hi = g->target;
    hi.num = hi.hi;
    g->j->actual = item_in_unit(g->r, &g->actual, unit);
    g->j->target = g->target.kind == VALUE_MISSING ? 0 : item_in_unit(g->r, &g->target, unit);
    g->j->hi = g->target.kind == VALUE_RANGE ? item_in_unit(g->r, &hi, unit) : 0;
    g->j->ready = true;
    g->j->status = ITEM_MISSING; /* until the rule has run */
}

/* Rules that hold an actual against a target. */
static sy_status judge_pair(const struct judging *g, unsigned pair)
{
    bool days = is_day(&g->target) && is_day(&g->actual);
    bool numbers = g->target.kind == VALUE_NUMBER && g->actual.kind == VALUE_NUMBER;
    bool range = g->target.kind == VALUE_RANGE && g->actual.kind == VALUE_NUMBER;
    enum rule_kind kind = g->j->rule->kind;
    /* A sign that says so makes words of anything; else what cannot be read is said before words
     * are compared. */
    bool words = g->j->sign == SIGN_QUALITATIVE && g->target.kind != VALUE_BAD;
    if (!words && (pair & PAIR_REJECTED))
        return reject(g, pair);
    if (words || is_qualitative(g))
        return judge_words(g);
    bool fits = kind == RULE_DEADLINE                            ? days
                : kind == RULE_BY_SIGN || kind == RULE_PASS_FAIL ? days || numbers || range
                                                                 : numbers;
    if (!fits)
        return reject(g, PAIR_KIND_MISMATCH);
    read_numbers(g);
    return SY_OK;
}

/* A checklist's cell: a count, or the items met. */
static sy_status judge_checklist(const struct judging *g)
{
    struct value_text room;
    const char *text = actual_text(&room, g);
    if (!rule_items(&g->j->actual, g->j->rule, text, strlen(text)))
        return reject(g, PAIR_BAD_ACTUAL);
    g->j->target = g->j->hi = 0;
    g->j->ready = true;
    g->j->status = ITEM_MISSING;
    return SY_OK;
}

/* Rules that read the actual alone. */
static sy_status judge_actual(const struct judging *g)
{
    struct value_text room;
    if (g->j->rule->kind == RULE_CHECKLIST)
        return judge_checklist(g);
    if (g->j->rule->kind == RULE_RATING) {
        if (g->actual.kind != VALUE_NUMBER)
            return judge_words(g);
        if (g->actual.unit != UNIT_NONE || g->actual.num < 0 || g->actual.num > 1) {
            settle(g, ITEM_REJECTED);
            return find(g, FINDING_BAD_RATING, actual_text(&room, g), NULL);
        }
    } else if (g->actual.kind != VALUE_NUMBER) {
        return reject(g, PAIR_BAD_ACTUAL);
    }
    read_numbers(g);
    return SY_OK;
}

/* A Lua function sees what was read, words too. */
static sy_status judge_function(const struct judging *g, unsigned pair)
{
    bool words = g->j->sign == SIGN_QUALITATIVE && g->target.kind != VALUE_BAD;
    if (g->j->rule->reads_target && !words && (pair & PAIR_REJECTED))
        return reject(g, pair);
    struct value_text room;
    const char *actual = g->actual.kind == VALUE_BAD ? actual_text(&room, g) : "";
    if (*actual && (!words || value_is_error(actual, strlen(actual))))
        return reject(g, PAIR_BAD_ACTUAL);
    g->j->ready = true;
    g->j->status = ITEM_MISSING;
    return SY_OK;
}

static sy_status judge_missing(const struct judging *g, bool untargeted)
{
    const struct override *over = item_over(g->r, g->item);
    const double missing = rule_missing(g->j->rule);
    if (untargeted) {
        bool target = g->j->rule->reads_target && g->target.kind == VALUE_MISSING;
        settle(g, ITEM_UNTARGETED);
        return find(g, target ? FINDING_TARGET_MISSING : FINDING_PREVIOUS_MISSING, NULL, NULL);
    }
    if (!isnan(missing)) {
        award(g, missing);
        return SY_OK;
    }
    settle(g, ITEM_MISSING);
    return over && (over->flags & OVER_LACKING) ? SY_OK
                                                : find(g, FINDING_ACTUAL_MISSING, NULL, NULL);
}

/* A broken number beside nothing rejects nothing, but is said. */
static sy_status find_broken(const struct judging *g)
{
    struct value_text room;
    if (g->actual.kind == VALUE_BAD)
        return find(g, FINDING_BAD_NUMBER, "actual", actual_text(&room, g));
    if (g->target.kind == VALUE_BAD)
        return find(g, FINDING_BAD_NUMBER, "target", item_target_text(&room, g->r, g->item));
    return SY_OK;
}

static bool lacks_previous(const struct judging *g)
{
    struct previous previous;
    return g->j->rule->reads_previous && !item_previous_target(&previous, g->r, g->f, g->item);
}

/* What is scored and yet may not be what it seems. */
static sy_status find_doubts(const struct judging *g, unsigned pair)
{
    struct value_text rooms[2];
    const char *target = item_target_text(&rooms[0], g->r, g->item);
    const char *actual = actual_text(&rooms[1], g);
    sy_status status = SY_OK;
    if (pair & PAIR_COUNT_WORDS)
        status = find(g, FINDING_COUNT_WORDS, target, actual);
    if (status == SY_OK && (pair & PAIR_PERCENT_DOUBTFUL))
        status = find(g, FINDING_PERCENT_DOUBTFUL, target, actual);
    return status;
}

/* What the rule makes of the values, ratings aside. */
static sy_status judge_values(const struct judging *g)
{
    unsigned pair = item_pair(g->r, g->item);
    bool untargeted =
        (g->j->rule->reads_target && g->target.kind == VALUE_MISSING) || lacks_previous(g);
    if (untargeted || g->actual.kind == VALUE_MISSING) {
        sy_status status = find_broken(g);
        return status == SY_OK ? judge_missing(g, untargeted) : status;
    }
    sy_status status = find_doubts(g, pair);
    if (status != SY_OK)
        return status;
    if (g->j->rule->nparts)
        return judge_parts(g->j, g->out, g->r, g->f, g->item, g->err);
    if (g->j->rule->kind == RULE_FUNCTION)
        return judge_function(g, pair);
    return g->j->rule->reads_target ? judge_pair(g, pair) : judge_actual(g);
}

/* Whether the rule could be run beside a rating, so that both are shown. */
static bool has_both(const struct judging *g)
{
    bool target =
        !g->j->rule->reads_target || (g->target.kind != VALUE_MISSING && !is_words(&g->target));
    return target && !lacks_previous(g) && g->actual.kind != VALUE_MISSING &&
           !is_words(&g->actual) && !(item_pair(g->r, g->item) & PAIR_REJECTED) &&
           g->j->sign != SIGN_QUALITATIVE;
}

static sy_status judge_rated(const struct judging *g, double attainment)
{
    sy_status status = SY_OK;
    if (has_both(g) && !rule_holds(g->j->rule, RULE_RATING))
        status = judge_values(g);
    bool ready = g->j->ready;
    award(g, attainment);
    g->j->ready = ready;
    return status;
}

/* A rating given as such, or an actual that is a word of [ratings]. */
static bool find_rating(const struct judging *g, uint32_t *word, double *attainment, bool *known)
{
    *word = item_rating(g->r, g->f, g->item);
    if (*word != NO_WORD) {
        *known = item_rating_value(attainment, g->r, g->f, *word);
        return true;
    }
    *known = item_word_rating(attainment, g->r, g->f, g->item);
    return *known;
}

static void settle_not_applicable(const struct judging *g)
{
    const double attainment = rule_not_applicable(g->j->rule);
    if (isnan(attainment))
        settle(g, ITEM_NOT_APPLICABLE);
    else
        award(g, attainment);
}

/* A judgement that says 不适用. */
static bool is_not_applicable(const struct judging *g, uint32_t word)
{
    const char *text = dataset_text(&g->r->d, word);
    return value_is_not_applicable(text, strlen(text));
}

/* A rating that is no word of [ratings], with the one that was probably meant. */
static sy_status report_rating(struct journal *out, const struct run *r, const struct fund *f,
                               struct finding_at *at, sy_error *err)
{
    struct buf hint = {0};
    near_hint(&hint, near_rating(r, f, at->text));
    at->text2 = buf_text(&hint);
    sy_status status = hint.failed ? error_nomem(err) : journal_find(out, at, err);
    buf_dispose(&hint);
    return status;
}

sy_status judge_item(struct judged *j, struct journal *out, const struct run *r,
                     const struct fund *f, uint32_t item, sy_error *err)
{
    struct judging g = begin(j, out, r, f, item, err);
    const struct override *over = item_over(r, item);
    uint32_t word;
    double attainment;
    bool known;
    j->rule = item_bound(r, item)->rule;
    j->sign = item_sign(r, item);
    j->ready = false;
    if (over && (over->flags & OVER_ERROR)) {
        settle(&g, ITEM_ERROR);
        return SY_OK;
    }
    if ((over && (over->flags & OVER_NOT_APPLICABLE)) || g.actual.kind == VALUE_NOT_APPLICABLE ||
        g.target.kind == VALUE_NOT_APPLICABLE) {
        settle_not_applicable(&g);
        return SY_OK;
    }
    if (!find_rating(&g, &word, &attainment, &known))
        return judge_values(&g);
    if (known)
        return judge_rated(&g, attainment);
    if (is_not_applicable(&g, word)) {
        settle_not_applicable(&g);
        return SY_OK;
    }
    settle(&g, ITEM_REJECTED);
    struct finding_at at = item_rating_at(r, f, item, FINDING_BAD_RATING);
    at.text = dataset_text(&r->d, word);
    return out ? report_rating(out, r, f, &at, err) : SY_OK;
}

/* Last year's actual takes the target's place: it has no sign, and is in this year's unit. */
static bool take_previous(struct judging *g, struct previous *previous, unsigned *pair)
{
    if (!item_previous_target(previous, g->r, g->f, g->item))
        return false;
    g->target = previous->value;
    g->previous = previous;
    g->unit = previous->unit;
    g->j->sign =
        (enum sign)rule_previous_sign((enum rule_sign)g->j->sign, is_day(&previous->value));
    *pair = is_words(&g->actual) ? PAIR_BAD_ACTUAL : 0;
    return true;
}

sy_status judge_part(struct judged *j, struct journal *out, const struct run *r,
                     const struct fund *f, uint32_t item, const struct rule *rule, bool previous,
                     sy_error *err)
{
    struct judging g = begin(j, out, r, f, item, err);
    struct previous before;
    unsigned pair = item_pair(r, item);
    j->rule = rule;
    j->sign = item_sign(r, item);
    j->attainment = NAN;
    if (previous && !take_previous(&g, &before, &pair)) {
        settle(&g, ITEM_UNTARGETED);
        return find(&g, FINDING_PREVIOUS_MISSING, NULL, NULL);
    }
    if (rule->kind == RULE_FUNCTION)
        return judge_function(&g, pair);
    return rule->reads_target ? judge_pair(&g, pair) : judge_actual(&g);
}

sy_status judge_unfit(struct judged *j, struct journal *out, const struct run *r,
                      const struct fund *f, uint32_t item, const struct rule *rule, sy_error *err)
{
    struct judging g = begin(j, out, r, f, item, err);
    const struct rule *own = j->rule;
    bool rated = j->status == ITEM_SCORED;
    double attainment = j->attainment;
    j->rule = rule;
    j->ready = false;
    sy_status status = rule->nparts         ? judge_parts(j, out, r, f, item, err)
                       : rule->reads_target ? judge_pair(&g, item_pair(r, item))
                                            : judge_actual(&g);
    if (status == SY_OK && j->ready) { /* it would have graded, but could not */
        settle(&g, ITEM_MISSING);
        status = find(&g, FINDING_ACTUAL_MISSING, NULL, NULL);
    }
    j->rule = own;
    if (rated)
        award(&g, attainment);
    return status;
}
