/*
 * api_call.c - a rule called by a script, `local a, why = base(i, fund)`: the kernel on one row. A
 * rule made of rules calls each.
 */
#include "rule/api.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "rule/coverage.h"
#include "rule/library.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char unfit_key;

/* One indicator as kernels see it. */
struct operand {
    double actual, target, hi;
    enum rule_sign sign;
};

/* Whether a rule has something to go by, as where it is declared. */
enum fit {
    FIT_YES,
    FIT_NO,     /* values of another kind: the indicator's status would not be `scored` */
    FIT_LACKS,  /* a value is not there */
    FIT_REPEATS /* words that repeat the target's: met */
};

static struct script_value read_field(lua_State *L, uint32_t item, enum script_field field)
{
    const struct sandbox *s = sandbox_of(L);
    struct script_value value = {0};
    s->data->item_field(s->data->ctx, item, field, &value);
    if (value.kind == SCRIPT_NUMBER && isnan(value.num))
        value.kind = SCRIPT_NIL;
    return value;
}

static const char *const sign_words[] = {"",   ">=",      ">",  "=",          "<",
                                         "<=", "between", "by", "qualitative"};

const char *api_sign_word(enum rule_sign sign)
{
    return sign_words[sign];
}

static enum rule_sign read_sign(const struct script_value *value)
{
    for (size_t i = 1; value->kind == SCRIPT_TEXT && i < COUNT(sign_words); i++)
        if (strlen(sign_words[i]) == value->len &&
            memcmp(sign_words[i], value->text, value->len) == 0)
            return (enum rule_sign)i;
    return RULE_SIGN_NONE;
}

/* Last year's actual, where it is a number or a day: what may stand for a target. */
static struct script_value read_previous(lua_State *L, uint32_t item)
{
    api_pay_items(L, sandbox_of(L)->fund->id);
    struct script_value value = read_field(L, item, FIELD_PREVIOUS);
    if (value.kind != SCRIPT_NUMBER && value.kind != SCRIPT_DATE)
        value.kind = SCRIPT_NIL;
    return value;
}

struct script_value api_read_field(lua_State *L, uint32_t item, enum script_field field)
{
    if (item != sandbox_of(L)->shifted || (field != FIELD_TARGET && field != FIELD_SIGN))
        return read_field(L, item, field);
    const struct script_value target = read_previous(L, item);
    if (field == FIELD_TARGET)
        return target;
    struct script_value sign = read_field(L, item, FIELD_SIGN);
    const enum rule_sign shifted = rule_previous_sign(read_sign(&sign), target.kind == SCRIPT_DATE);
    sign = (struct script_value){.kind = SCRIPT_TEXT, .text = sign_words[shifted]};
    sign.len = strlen(sign.text);
    return sign;
}

static bool is_words(const struct script_value *value)
{
    return value->kind == SCRIPT_TEXT || value->kind == SCRIPT_BOOL;
}

static bool same_words(const struct script_value *a, const struct script_value *b)
{
    return a->kind == SCRIPT_TEXT && b->kind == SCRIPT_TEXT && a->len > 0 && a->len == b->len &&
           memcmp(a->text, b->text, a->len) == 0;
}

/* Points met of a checklist's cell, a count or a list of marks. */
static enum fit read_items(lua_State *L, struct operand *x, const struct rule *rule, uint32_t item)
{
    struct script_value text = read_field(L, item, FIELD_ACTUAL_TEXT);
    if (text.kind == SCRIPT_NIL)
        text = read_field(L, item, FIELD_ACTUAL);
    if (text.kind != SCRIPT_TEXT)
        return FIT_NO;
    sandbox_charge_bytes(L, text.len);
    return rule_items(&x->actual, rule, text.text, text.len) ? FIT_YES : FIT_NO;
}

/* A judgement; where there is none, words that repeat the target's. */
static enum fit read_words(lua_State *L, struct operand *x, uint32_t item,
                           const struct script_value *target, const struct script_value *actual)
{
    const struct script_value rating = read_field(L, item, FIELD_RATING);
    x->sign = RULE_SIGN_QUALITATIVE;
    x->actual = rating.num;
    if (rating.kind == SCRIPT_NUMBER)
        return FIT_YES;
    return rating.kind == SCRIPT_NIL && same_words(target, actual) ? FIT_REPEATS : FIT_NO;
}

static enum fit read_rating(lua_State *L, struct operand *x, uint32_t item,
                            const struct script_value *target, const struct script_value *actual)
{
    const struct script_value rating = read_field(L, item, FIELD_RATING);
    const struct script_value unit = read_field(L, item, FIELD_UNIT);
    if (rating.kind != SCRIPT_NIL || actual->kind != SCRIPT_NUMBER)
        return read_words(L, x, item, target, actual);
    x->actual = actual->num;
    return unit.kind == SCRIPT_NIL && actual->num >= 0 && actual->num <= 1 ? FIT_YES : FIT_NO;
}

/* Rules that hold an actual against a target. */
static enum fit read_pair(lua_State *L, struct operand *x, const struct rule *rule, uint32_t item,
                          const struct script_value *target, const struct script_value *actual)
{
    const bool by_sign = rule->kind == RULE_BY_SIGN || rule->kind == RULE_PASS_FAIL;
    const bool days = target->kind == SCRIPT_DATE && actual->kind == SCRIPT_DATE;
    const bool numbers = target->kind == SCRIPT_NUMBER && actual->kind == SCRIPT_NUMBER;
    const bool range = target->kind == SCRIPT_RANGE && actual->kind == SCRIPT_NUMBER;
    if (x->sign == RULE_SIGN_QUALITATIVE || target->kind == SCRIPT_TEXT ||
        (is_words(target) && is_words(actual)))
        return read_words(L, x, item, target, actual);
    if (x->sign == RULE_SIGN_NONE)
        x->sign = range ? RULE_SIGN_BETWEEN : days ? RULE_SIGN_BY : RULE_SIGN_GE;
    x->actual = actual->num;
    x->target = target->num;
    x->hi = range ? target->hi : NAN;
    if (rule->kind == RULE_DEADLINE)
        return days ? FIT_YES : FIT_NO;
    return numbers || (by_sign && (days || range)) ? FIT_YES : FIT_NO;
}

/* What most calls read at once: a sign and numbers of the call's own indicator. False: they are not
 * all there, or the rule reads something else. */
static bool read_plain(lua_State *L, struct operand *x, const struct rule *rule, uint32_t item)
{
    const struct sandbox *s = sandbox_of(L);
    const bool other =
        rule->kind == RULE_CHECKLIST || rule->kind == RULE_RATING || rule->kind == RULE_DEADLINE;
    struct script_plain plain;
    if (s->mode != MODE_INDICATOR || item != s->item->id || item == s->shifted || other ||
        s->data->item_plain == NULL)
        return false;
    s->data->item_plain(s->data->ctx, item, &plain);
    if (isnan(plain.actual) || plain.sign == RULE_SIGN_QUALITATIVE ||
        (rule->reads_target && isnan(plain.target)))
        return false;
    x->actual = plain.actual;
    x->sign = plain.sign;
    if (!rule->reads_target)
        return true;
    x->target = plain.target;
    if (x->sign == RULE_SIGN_NONE)
        x->sign = RULE_SIGN_GE;
    return true;
}

static enum fit read_operand(lua_State *L, struct operand *x, const struct rule *rule,
                             uint32_t item)
{
    if (read_plain(L, x, rule, item))
        return FIT_YES;
    const struct script_value sign = api_read_field(L, item, FIELD_SIGN);
    const struct script_value target = api_read_field(L, item, FIELD_TARGET);
    const struct script_value actual = read_field(L, item, FIELD_ACTUAL);
    x->sign = read_sign(&sign);
    if (actual.kind == SCRIPT_NIL) {
        api_lack(L, "actual");
        return FIT_LACKS;
    }
    if (rule->reads_target && target.kind == SCRIPT_NIL) {
        api_lack(L, item == sandbox_of(L)->shifted ? "previous" : "target");
        return FIT_LACKS;
    }
    if (rule->kind == RULE_CHECKLIST)
        return read_items(L, x, rule, item);
    if (rule->kind == RULE_RATING)
        return read_rating(L, x, item, &target, &actual);
    if (rule->reads_target)
        return read_pair(L, x, rule, item, &target, &actual);
    x->actual = actual.num;
    return actual.kind == SCRIPT_NUMBER ? FIT_YES : FIT_NO;
}

/* What the call's own indicator is told of a rule that its function called: the finding that the
 * rule would have left, the rule whose verdict stands where the function gives none. */
static void note_call(lua_State *L, uint32_t item, enum fit fit, double over_ratio)
{
    struct sandbox *s = sandbox_of(L);
    if (s->mode != MODE_INDICATOR || item != s->item->id || fit == FIT_LACKS)
        return;
    s->unfit = fit == FIT_NO;
    s->repeats = s->repeats || fit == FIT_REPEATS;
    if (over_ratio > 0)
        s->over_ratio = over_ratio;
    if (!s->unfit)
        return;
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &unfit_key); /* keeps it alive */
}

const struct rule *api_push_unfit(lua_State *L)
{
    if (!sandbox_of(L)->unfit)
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &unfit_key);
    return lua_touserdata(L, -1);
}

/* The formula with its numbers, as the reason. */
static void push_reason(lua_State *L, const struct rule *rule, const struct operand *x,
                        double attainment)
{
    struct sandbox *s = sandbox_of(L);
    buf_clear(&s->reason);
    rule_explain(&s->reason, rule, x->actual, x->target, x->hi, x->sign, attainment, s->data->zh);
    if (s->reason.failed)
        sandbox_nomem(L);
    lua_pushlstring(L, buf_text(&s->reason), s->reason.len);
}

static int call_function(lua_State *L)
{
    lua_getiuservalue(L, 1, 1);
    lua_replace(L, 1);
    lua_call(L, 2, 2);
    return 2;
}

/* Runs the kernel on one row; not-a-number where it has no answer. */
static double run_kernel(const struct rule *rule, const struct operand *x, uint8_t *note)
{
    double attainment = NAN;
    const uint8_t sign = (uint8_t)x->sign;
    const struct kernel_rows rows = {.n = 1,
                                     .actual = &x->actual,
                                     .target = &x->target,
                                     .hi = &x->hi,
                                     .sign = &sign,
                                     .attainment = &attainment,
                                     .notes = note};
    kernel_run(rule, &rows);
    return attainment;
}

/* No attainment: nil, or what `missing =` gives where there is no actual. */
static int push_none(lua_State *L, const struct rule *rule, uint32_t item, enum fit fit)
{
    note_call(L, item, fit, 0);
    const double missing = rule_missing(rule);
    if (fit == FIT_LACKS && !isnan(missing) && read_field(L, item, FIELD_ACTUAL).kind == SCRIPT_NIL)
        library_push_number(L, missing);
    else
        lua_pushnil(L);
    return 1;
}

/* What a rule made of rules needs before any of them is asked. */
static enum fit check_parts(lua_State *L, const struct rule *rule, uint32_t item)
{
    const char *lacking = NULL;
    if (read_field(L, item, FIELD_ACTUAL).kind == SCRIPT_NIL)
        lacking = "actual";
    else if (rule->reads_target && api_read_field(L, item, FIELD_TARGET).kind == SCRIPT_NIL)
        lacking = item == sandbox_of(L)->shifted ? "previous" : "target";
    else if (rule->reads_previous && read_previous(L, item).kind == SCRIPT_NIL)
        lacking = "previous";
    if (lacking != NULL)
        api_lack(L, lacking);
    return lacking != NULL ? FIT_LACKS : FIT_YES;
}

/* The attainment that part k gave, at `index`, within 0 to 1; its function's slip is told. */
static double take_part(lua_State *L, const struct rule *rule, uint32_t item, size_t k, int index)
{
    struct sandbox *s = sandbox_of(L);
    const char *name = rule_name(rule->kind);
    if (lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "%s: element %d gave a %s, not a number from 0 to 1", name, (int)k + 1,
                   luaL_typename(L, index));
    const double given = lua_tonumber(L, index);
    if (!isfinite(given))
        luaL_error(L, "%s: element %d gave %s, which is no attainment", name, (int)k + 1,
                   isnan(given) ? "not-a-number (0/0)" : "an infinite number");
    const double x = given < 0 ? 0 : given > 1 ? 1 : given;
    if (fabs(x - given) > 1e-9 && s->mode == MODE_INDICATOR && item == s->item->id) {
        s->ranged = true;
        s->given = given;
    }
    return x;
}

/* The reason of part k at `index`, or NULL. */
static const char *take_reason(lua_State *L, int index)
{
    return lua_isnoneornil(L, index) ? NULL : api_check_text(L, index, "the reason of a rule");
}

/* What is pushed is what part k gave instead of an attainment: nil, or that it does not apply. */
static int push_refusal(lua_State *L, const struct rule *rule, uint32_t item, int index)
{
    if (lua_isnil(L, index) && sandbox_of(L)->unfit && !rule_holds(rule, RULE_FUNCTION))
        note_call(L, item, FIT_NO, 0); /* the whole is judged, as where it is declared */
    lua_settop(L, index);
    return 1;
}

static int call_parts(lua_State *L, const struct rule *rule, uint32_t item)
{
    double values[RULE_PARTS_MAX], result = NAN;
    const double *columns[RULE_PARTS_MAX];
    const char *texts[RULE_PARTS_MAX];
    struct sandbox *s = sandbox_of(L);
    const uint32_t shifted = s->shifted;
    const enum fit fit = check_parts(L, rule, item);
    if (fit != FIT_YES)
        return push_none(L, rule, item, fit);
    luaL_checkstack(L, 2 * (int)rule->nparts + 8, "rules within rules");
    lua_getiuservalue(L, 1, 1); /* 4: the parts */
    if (rule->kind == RULE_AGAINST_PREVIOUS) {
        s->shifted = item;
        api_hide_item(L);
    }
    for (size_t k = 0; k < rule->nparts; k++) {
        const int at = lua_gettop(L) + 1;
        lua_rawgeti(L, 4, (lua_Integer)k + 1);
        lua_pushvalue(L, 2);
        lua_pushvalue(L, 3);
        lua_call(L, 2, 2); /* attainment at `at`, reason above it */
        if (lua_isnil(L, at) || luaL_testudata(L, at, API_NOT_APPLICABLE) != NULL) {
            s->shifted = shifted;
            return push_refusal(L, rule, item, at);
        }
        values[k] = take_part(L, rule, item, k, at);
        columns[k] = &values[k];
        texts[k] = take_reason(L, at + 1);
    }
    s->shifted = shifted;
    kernel_combine(rule, 1, columns, &result);
    buf_clear(&s->reason);
    rule_explain_parts(&s->reason, rule, values, texts, s->data->zh);
    sandbox_charge_bytes(L, s->reason.len);
    library_push_number(L, result);
    lua_pushlstring(L, buf_text(&s->reason), s->reason.len);
    return 2;
}

static int call_kernel(lua_State *L, const struct rule *rule, uint32_t item)
{
    struct operand x = {.actual = NAN, .target = NAN, .hi = NAN};
    struct rule without_over;
    const struct rule *own = rule;
    double attainment = 1;
    uint8_t note = 0;
    const struct sandbox *s = sandbox_of(L);
    if (item == s->shifted) { /* more than last year is no target that was set too low */
        without_over = *rule;
        without_over.over = 0;
        own = &without_over;
    }
    sandbox_charge(L, 4 + (rule->ntiers + rule->nitems) / 4);
    enum fit fit = read_operand(L, &x, rule, item);
    if (fit == FIT_YES)
        attainment = run_kernel(own, &x, &note);
    if (fit == FIT_YES && s->coverage != NULL)
        coverage_mark_band(s->coverage, rule, x.actual);
    if (isnan(attainment))
        fit = FIT_NO;
    if (fit == FIT_NO || fit == FIT_LACKS)
        return push_none(L, rule, item, fit);
    note_call(L, item, fit, (note & KERNEL_TARGET_TOO_LOW) != 0 ? x.actual / x.target : 0);
    library_push_number(L, attainment);
    if (fit == FIT_REPEATS)
        return 1;
    push_reason(L, own, &x, attainment);
    return 2;
}

int api_call_rule(lua_State *L)
{
    const struct rule *rule = luaL_checkudata(L, 1, API_RULE);
    if (!api_is_item(L, 2))
        return luaL_error(L, "a rule is called with an indicator: rule(i, fund)");
    const uint32_t item = api_check_item(L, 2);
    lua_settop(L, 3);
    if (rule->kind == RULE_FUNCTION)
        return call_function(L);
    return rule->nparts > 0 ? call_parts(L, rule, item) : call_kernel(L, rule, item);
}
