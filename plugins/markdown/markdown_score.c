/*
 * markdown_score.c - scores: a line that sums them up, funds, departments, findings.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <steelyard/view.h>

#include "markdown.h"

#define GRADES_MAX 16

/* A grade and how many funds have it. Its name is borrowed from the yardsticks. */
struct count {
    char name[64];
    size_t n;
};

/* In the order of the yardsticks' grades, the best first. */
static size_t find_grade(struct count *counts, size_t *n, const sy_cell *name)
{
    size_t i = 0;
    if (name->text_len >= sizeof counts[0].name)
        return GRADES_MAX;
    while (i < *n && !sy_cell_is(name, counts[i].name))
        i++;
    if (i == *n && i < GRADES_MAX) {
        memcpy(counts[i].name, name->text, name->text_len);
        counts[i].name[name->text_len] = '\0';
        counts[i].n = 0;
        ++*n;
    }
    return i;
}

static size_t count_grades(struct count *counts, const sy_cell *funds)
{
    size_t n = 0;
    for (size_t i = 0; i < sy_cell_rows(funds); i++) {
        const sy_cell grades = sy_view_field(&funds->view, i, "grades");
        for (size_t k = 0; k < sy_cell_rows(&grades); k++) {
            const sy_cell name = sy_view_field(&grades.view, k, "name");
            (void)find_grade(counts, &n, &name);
        }
        const sy_cell own = sy_view_field(&funds->view, i, "grade");
        const size_t at = sy_cell_is_text(&own) ? find_grade(counts, &n, &own) : GRADES_MAX;
        if (at < GRADES_MAX)
            counts[at].n++;
    }
    return n;
}

/* The mean of those that are scored, to two places; scores are decimals and summed as such. */
static bool find_mean(double *out, const sy_cell *funds)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < sy_cell_rows(funds); i++) {
        const sy_cell status = sy_view_field(&funds->view, i, "status");
        if (!sy_cell_is(&status, "scored"))
            continue;
        const sy_cell score = sy_view_field(&funds->view, i, "score");
        sum += round(sy_cell_number(&score) * 1e9);
        n++;
    }
    *out = n > 0 ? sum / 1e9 / (double)n : NAN;
    return n > 0;
}

static int put_grades(struct markdown *m, const sy_cell *funds)
{
    struct count counts[GRADES_MAX] = {{{0}, 0}};
    const size_t n = count_grades(counts, funds);
    bool any = false;
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        char text[32];
        const sy_cell name = {
            .type = SY_CELL_DATA, .text = counts[i].name, .text_len = strlen(counts[i].name)};
        if (counts[i].n == 0)
            continue;
        rc = any ? markdown_say(m, "，", ", ") : markdown_say(m, "；等级：", "; grades: ");
        any = true;
        if (rc == 0)
            rc = markdown_put_cell(m, &name);
        snprintf(text, sizeof text, " %zu", counts[i].n);
        if (rc == 0)
            rc = markdown_put(m, text);
    }
    return rc;
}

static int put_summary(struct markdown *m, const sy_view *report)
{
    const sy_cell funds = sy_view_field(report, 0, "funds");
    char text[160], number[48];
    double mean;
    snprintf(text, sizeof text, m->zh ? "评价对象 %zu 个" : "Funds: %zu", sy_cell_rows(&funds));
    int rc = markdown_put(m, text);
    if (rc == 0 && find_mean(&mean, &funds)) {
        number[m->host->print_decimal(number, (int64_t)floor(mean * 100 + 0.5 + 1e-9), 2)] = '\0';
        snprintf(text, sizeof text, m->zh ? "；已评的平均得分 %s" : "; mean of those scored %s",
                 number);
        rc = markdown_put(m, text);
    }
    if (rc == 0)
        rc = put_grades(m, &funds);
    if (rc == 0)
        rc = markdown_say(m, "。", ". ");
    if (rc == 0)
        rc = markdown_count_findings(m, report);
    return rc == 0 ? markdown_put(m, "\n") : rc;
}

int markdown_score(struct markdown *m, const sy_view *document, const sy_view *report)
{
    const sy_cell departments = sy_view_field(report, 0, "departments");
    int rc = markdown_title(m, document, "绩效评价结果", "scores");
    if (rc == 0)
        rc = put_summary(m, report);
    if (rc == 0)
        rc = markdown_head(m, "得分", "Scores");
    if (rc == 0)
        rc = markdown_part(m, report, "rows");
    if (rc == 0 && sy_cell_rows(&departments) > 0) {
        rc = markdown_head(m, "部门汇总", "Departments");
        if (rc == 0)
            rc = markdown_part(m, report, "department_rows");
    }
    return rc == 0 ? markdown_findings(m, report) : rc;
}
