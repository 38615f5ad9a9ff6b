/*
 * fuzz_script.c - scripts: each ends within its limits, and does the same twice. The input is taken
 * as a script, and as the body of a rule.
 */
#include "../unit/script_fake.h"

#include <math.h>

#include "fuzz.h"
#include "rule/sandbox.h"

#define INSTRUCTIONS 20000u
#define MEMORY       (1u << 20)

static const char HEAD[] = "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                           "rules.indicator['*'] = function(i, fund)\n";
static const char TAIL[] = "\nend\nreturn rules\n";

/* One script in a sandbox of its own, and what it did, as text. Owns: box, texts, did. */
struct trial {
    struct sandbox *box;
    struct script *script;
    struct fake fake;
    struct script_data data;
    struct arena texts;
    struct buf did;
};

static void put_value(struct buf *b, const struct script_value *v)
{
    buf_printf(b, " %d %a %a '", (int)v->kind, v->num, v->hi);
    if (v->text)
        buf_add(b, v->text, v->len);
    buf_char(b, '\'');
}

static void put_result(struct trial *t, const struct script_result *r)
{
    struct buf *b = &t->did;
    buf_printf(b, "outcome %d", (int)r->outcome);
    if (r->outcome == SCRIPT_DONE) {
        put_value(b, &r->value);
        FUZZ_LAW(r->value.kind != SCRIPT_NUMBER || isfinite(r->value.num), "%g as a result",
                 r->value.num);
    }
    buf_printf(b, " %s | %s | %s\n", r->reason ? r->reason : "-", r->message ? r->message : "-",
               r->lacking ? r->lacking : "-");
    FUZZ_LAW(r->outcome != SCRIPT_ERROR || (r->message && r->message[0]), "an error without words");
    FUZZ_LAW(t->box->used <= MEMORY, "%llu bytes of memory", (unsigned long long)t->box->used);
}

static void run_items(struct trial *t, int function)
{
    const uint32_t funds[FAKE_ITEMS] = {FUND, FUND, FUND, FUND, FUND};
    const uint32_t items[FAKE_ITEMS] = {ITEM_X, ITEM_RANGE, ITEM_DATE, ITEM_TEXT, ITEM_BARE};
    struct script_result results[FAKE_ITEMS] = {0};
    script_run_items(t->script, function, &t->data, funds, items, FAKE_ITEMS, results, &t->texts);
    for (size_t i = 0; i < FAKE_ITEMS; i++)
        put_result(t, &results[i]);
}

static void run_fund(struct trial *t, int function)
{
    struct script_result result = {0};
    if (function <= 0)
        return;
    script_run_fund(t->script, function, &t->data, FUND, &result, &t->texts);
    put_result(t, &result);
}

/* A declared rule with whatever options: within 0 and 1 for any numbers, of deadlines for days. */
static void run_kernel(struct trial *t, const struct rule *rule)
{
    static const double actual[] = {0, -1, 100, 18260, 1e300, 0.5};
    static const double target[] = {0, 7000, 100, 18230, 1e-300, -3};
    static const double hi[] = {0, 7000, 200, 18230, 1, 3};
    static const uint8_t sign[] = {RULE_SIGN_GE, RULE_SIGN_LT, RULE_SIGN_BETWEEN,
                                   RULE_SIGN_BY, RULE_SIGN_EQ, RULE_SIGN_LE};
    double attainment[6] = {0};
    uint8_t notes[6] = {0};
    const struct kernel_rows rows = {.n = 6,
                                     .actual = actual,
                                     .target = target,
                                     .hi = hi,
                                     .sign = sign,
                                     .attainment = attainment,
                                     .notes = notes};
    kernel_run(rule, &rows);
    for (size_t i = 0; i < rows.n; i++) {
        if (rule->kind == RULE_DEADLINE && sign[i] != RULE_SIGN_BY)
            continue;
        FUZZ_LAW(attainment[i] >= 0 && attainment[i] <= 1, "%s gives %g for %g of %g",
                 rule_name(rule->kind), attainment[i], actual[i], target[i]);
        buf_printf(&t->did, "%a ", attainment[i]);
    }
    rule_print(&t->did, rule);
    buf_char(&t->did, '\n');
}

static void run_rules(struct trial *t)
{
    size_t n = 0;
    for (uint32_t i = 0; i < FAKE_ITEMS; i++) {
        const struct rule *rule = NULL;
        sy_error err = {0};
        sy_status status = script_rule_of(&rule, t->script, fake_path(i), &err);
        if (status != SY_OK)
            fuzz_refusal(status, &err, UINT32_MAX);
        else if (rule && rule->kind == RULE_FUNCTION)
            run_items(t, rule->function);
        else if (rule)
            run_kernel(t, rule);
        run_fund(t, script_measure_of(t->script, fake_path(i), &err));
        run_fund(t, script_target_of(t->script, fake_path(i), &err));
    }
    run_fund(t, script_adjust(t->script));
    run_fund(t, script_check(t->script));
    const char *const *patterns = script_patterns(t->script, &n);
    for (size_t i = 0; i < n; i++)
        buf_printf(&t->did, "%s ", patterns[i]);
}

static void try_script(struct trial *t, const char *path, uint32_t lines)
{
    const struct sandbox_limits limits = {INSTRUCTIONS, MEMORY};
    const struct script_source source = {path, "scripts/x.lua", fuzz_data("scripts/lib")};
    sy_error err = {0};
    t->fake = (struct fake){.actual = 3500};
    t->data = fake_data(&t->fake);
    FUZZ_LAW(sandbox_open(&t->box, &limits, &err) == SY_OK, "%s", err.message);
    sy_status status = script_load(&t->script, t->box, &source, 1, NULL, 0, &err);
    buf_printf(&t->did, "%d %s:%u %s\n", (int)status, err.file, (unsigned)err.line, err.message);
    if (status == SY_OK)
        run_rules(t);
    else if (strcmp(err.file, "scripts/x.lua") == 0)
        fuzz_refusal(status, &err, lines);
    buf_str(&t->did, t->fake.record);
    FUZZ_LAW(t->box->used <= MEMORY, "%llu bytes of memory", (unsigned long long)t->box->used);
    sandbox_close(t->box);
    arena_dispose(&t->texts);
}

static void check_script(const char *text, size_t len)
{
    struct trial first = {0}, second = {0};
    const char *path = fuzz_file(0, text, len);
    uint32_t lines = fuzz_lines(text, len);
    try_script(&first, path, lines);
    try_script(&second, path, lines);
    FUZZ_LAW(strcmp(buf_text(&first.did), buf_text(&second.did)) == 0, "did\n%s\nthen\n%s",
             buf_text(&first.did), buf_text(&second.did));
    buf_dispose(&first.did);
    buf_dispose(&second.did);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf body = {0};
    if (size > 8192)
        return 0;
    char *text = fuzz_text(data, size);
    check_script(text, size);
    buf_str(&body, HEAD);
    buf_add(&body, text, size);
    buf_str(&body, TAIL);
    check_script(body.data, body.len);
    buf_dispose(&body);
    free(text);
    return 0;
}
