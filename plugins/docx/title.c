/*
 * title.c - the head of a self-evaluation report: title, unit, year, and that it is a draft.
 */
#include <stdio.h>
#include <string.h>

#include "docx.h"

#define YEARS_MAX 64
#define NAME_LEN  512

/* "2019" or "2021–2023": first and last of the years that funds are of. */
static void print_years(const struct doc *d, char *out, size_t cap)
{
    long first = 0, last = 0;
    for (size_t i = 0; i < d->funds.count; i++) {
        const long year = view_integer(&d->funds, i, "year");
        first = i == 0 || year < first ? year : first;
        last = i == 0 || year > last ? year : last;
    }
    if (first == 0)
        out[0] = '\0';
    else if (first == last)
        snprintf(out, cap, "%ld", first);
    else
        snprintf(out, cap, d->zh ? "%ld—%ld" : "%ld–%ld", first, last);
}

/* The department that all funds are of; false: there is none, or several. */
static bool find_unit(const struct doc *d, char *out, size_t cap)
{
    char other[NAME_LEN];
    for (size_t i = 0; i < d->funds.count; i++) {
        const sy_cell cell = view_get(&d->funds, i, "department");
        view_copy(&cell, i == 0 ? out : other, i == 0 ? cap : sizeof other);
        if (i > 0 && strcmp(out, other) != 0)
            return false;
    }
    return d->funds.count > 0 && out[0] != '\0';
}

static void put_title(struct doc *d)
{
    char years[YEARS_MAX];
    print_years(d, years, sizeof years);
    html_open(d, "Title");
    if (d->zh) {
        if (years[0] != '\0')
            html_sayf(d, "%s年度", "%s", years);
        html_say(d, d->nwholes > 0 ? "部门整体支出绩效自评报告" : "项目支出绩效自评报告", "");
    } else {
        html_say(d, "",
                 d->nwholes > 0 ? "Performance self-evaluation report on the department's "
                                  "whole expenditure"
                                : "Performance self-evaluation report on project expenditure");
        if (years[0] != '\0')
            html_sayf(d, "", ", %s", years);
    }
    html_close(d, "Title");
}

static void put_unit(struct doc *d)
{
    char unit[NAME_LEN];
    html_open(d, "Unit");
    if (find_unit(d, unit, sizeof unit)) {
        html_text(d, unit, strlen(unit));
        html_say(d, "（盖章）", " (seal)");
    } else {
        html_by_hand(d, "【填报单位，盖章】", "[reporting unit, seal]");
    }
    html_close(d, "Unit");
    html_open(d, "Unit");
    html_by_hand(d, "【填报日期】", "[date of this report]");
    html_close(d, "Unit");
}

static void put_draft(struct doc *d, const char *version)
{
    html_open(d, "Draft Note");
    html_sayf(d,
              "草稿。本报告由杆秤（Steelyard "
              "%s）根据评价数据自动生成，数字均取自数据或由其计算，没有推测；"
              "数据没有的，写作“数据未提供”（表中写作“未提供”）。标有",
              "Draft. Made by Steelyard %s from the data of the evaluation: every figure stands in "
              "the data or is computed from it, nothing is guessed; what the data does not hold is "
              "called “not given”. Complete by hand what is marked ",
              version);
    html_by_hand(d, "【待补充】", "[to be completed]");
    html_say(d, "之处须由人工补充后定稿。", ".");
    html_close(d, "Draft Note");
}

void title_write(struct doc *d)
{
    put_title(d);
    put_unit(d);
    put_draft(d, STEELYARD_VERSION);
}
