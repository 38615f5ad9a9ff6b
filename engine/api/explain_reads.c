/*
 * explain_reads.c - the facts behind a computed value: its function is run once more, and what it
 * reads is listed. Scripts keep nothing between calls, so that it reads the same.
 */
#include <stdlib.h>
#include <string.h>

#include "api/explain.h"
#include "stage/task.h"

/* A run that only looks must not say or change anything. */
static bool hush_finding(void *ctx, uint32_t fund, int severity, const char *code, const char *text,
                         const char *english)
{
    (void)english;
    (void)ctx, (void)fund, (void)severity, (void)code, (void)text;
    return true;
}

static bool hush_sum(void *ctx, uint32_t fund, const char *total, const char *const *parts,
                     size_t nparts, double within, const char **missing)
{
    (void)ctx, (void)fund, (void)total, (void)parts, (void)nparts, (void)within;
    *missing = NULL;
    return true;
}

static void keep_percent(void *ctx, double a, double b)
{
    struct see *see = ctx;
    see->reads->percent[0] = a;
    see->reads->percent[1] = b;
    see->reads->has_percent = true;
}

/* a ÷ b × 100 = …, where that is what the function came to. */
static void add_percent(struct buf *out, struct report *p, const struct see_reads *reads,
                        const struct script_result *result)
{
    double percent = reads->percent[0] * 100 / reads->percent[1];
    if (!reads->has_percent || result->outcome != SCRIPT_DONE || result->value.num != percent)
        return;
    explain_label(out, p, "算式", "as");
    explain_number(out, reads->percent[0]);
    buf_str(out, " ÷ ");
    explain_number(out, reads->percent[1]);
    buf_str(out, " × 100 = ");
    explain_number(out, percent);
    buf_char(out, '\n');
}

static void add_read(struct buf *out, struct report *p, uint32_t row)
{
    const struct run *r = p->r;
    const struct fact *fact = &r->d.facts[row];
    const struct value value = fact_value(&r->d, fact);
    struct value_text room;
    const char *text = fact_text(&room, &r->d, fact);
    char read[128];
    explain_label(out, p, "取数", "reads");
    buf_printf(out, "%s = %s", dataset_text(&r->d, fact->name), text);
    if (value.kind != VALUE_TEXT && value.kind != VALUE_BAD) {
        value_print(read, sizeof read, &value, r->units);
        if (strcmp(read, text) != 0)
            buf_printf(out, " → %s", read);
        explain_unit(out, p, &value, text, p->zh ? "表中的计量单位" : "the table's unit");
    }
    explain_place(out, dataset_text(&r->d, fact->place.file), fact->place.line);
    buf_char(out, '\n');
}

void explain_reads(struct buf *out, struct report *p, uint32_t fund, uint32_t item, int function,
                   bool of_item)
{
    struct run *r = p->r;
    const struct fund *f = &r->funds[fund];
    struct script *script;
    struct task task;
    struct see_reads reads = {0};
    struct see see = {.r = r, .fund = fund, .reads = &reads};
    struct script_data data;
    struct script_result result = {0};
    struct arena texts = {0};
    if (task_begin(&task, r, NULL) != SY_OK ||
        task_script(&script, &task, f->standard, NULL) != SY_OK) {
        p->failed = true;
        task_end(&task);
        return;
    }
    see.journal = &task.journal;
    see_init(&data, &see);
    data.finding = hush_finding;
    data.expect_sum = hush_sum;
    data.percent = keep_percent;
    if (of_item)
        script_run_items(script, function, &data, &f->entity, &item, 1, &result, &texts);
    else
        script_run_fund(script, function, &data, f->entity, &result, &texts);
    p->failed = p->failed || see.status != SY_OK;
    for (uint32_t i = 0; i < reads.count; i++)
        add_read(out, p, reads.facts[i]);
    add_percent(out, p, &reads, &result);
    arena_dispose(&texts);
    task_end(&task);
    buf_dispose(&see.scratch);
    free(reads.facts);
}
