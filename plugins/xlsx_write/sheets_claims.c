/*
 * sheets_claims.c - sensitivity and review as lists.
 */
#include "sheets.h"

#define COUNT(columns) (sizeof(columns) / sizeof *(columns))

static const struct column intervals[] = {
    {"fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
    {"name", "名称", "Name", 28, STYLE_TEXT, false},
    {"type", "类型", "Type", 16, STYLE_TEXT, false},
    {"year", "年度", "Year", 7, STYLE_CENTER, false},
    {"score", "得分", "Score", 9, STYLE_NUMBER, false},
    {"drawn.p05", "得分 5%", "Score 5%", 9, STYLE_NUMBER, false},
    {"drawn.median", "中位数", "Median", 9, STYLE_NUMBER, false},
    {"drawn.p95", "得分 95%", "Score 95%", 9, STYLE_NUMBER, false},
    {"grade", "等级", "Grade", 8, STYLE_CENTER, false},
    {"grades", "等级所占份额", "Share of grades", 30, STYLE_TEXT, false},
    {"rank", "名次", "Rank", 7, STYLE_CENTER, false},
    {"ranks.p05", "名次 5%", "Rank 5%", 8, STYLE_CENTER, false},
    {"ranks.p95", "名次 95%", "Rank 95%", 8, STYLE_CENTER, false},
    {"ranks.best", "最好", "Best", 7, STYLE_CENTER, false},
    {"ranks.worst", "最差", "Worst", 7, STYLE_CENTER, false}};

static const struct column left_out[] = {
    {"^fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
    {"^year", "年度", "Year", 7, STYLE_CENTER, false},
    {"indicator", "指标", "Indicator", 36, STYLE_TEXT, false},
    {"name", "名称", "Name", 28, STYLE_TEXT, false},
    {"weight", "分值", "Weight", 8, STYLE_NUMBER, false},
    {"score", "得分", "Score", 9, STYLE_NUMBER, false},
    {"without", "去掉后总分", "Total without it", 12, STYLE_NUMBER, false},
    {"change", "变化", "Change", 9, STYLE_NUMBER, false},
    {"grade", "去掉后等级", "Grade without it", 12, STYLE_CENTER, false}};

void sheets_sensitivity(struct book *b, const struct tree *report)
{
    const sy_cell funds = tree_get(report, "funds"), findings = tree_get(report, "findings");
    (void)sheets_add(b, book_word(b, "名次区间", "Rank intervals"), intervals, COUNT(intervals),
                     &(struct rows){&funds, NULL});
    (void)sheets_add(b, book_word(b, "去掉一个指标", "Without an indicator"), left_out,
                     COUNT(left_out), &(struct rows){&funds, "indicators"});
    if (book_good(b))
        sheets_findings(b, &findings);
}

static const struct column worst[] = {{"fund", "评价对象", "Fund", 20, STYLE_TEXT, false},
                                      {"year", "年度", "Year", 8, STYLE_CENTER, false},
                                      {"over", "净多报分", "Points over", 10, STYLE_NUMBER, false},
                                      {"advice", "办法", "What to do", 12, STYLE_CENTER, false},
                                      {"why", "缘由", "Why", 80, STYLE_TEXT, false}};

static const struct column claims[] = {
    {"^fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
    {"^year", "年度", "Year", 7, STYLE_CENTER, false},
    {"path", "指标", "Indicator", 34, STYLE_TEXT, false},
    {"name", "名称", "Name", 28, STYLE_TEXT, false},
    {"weight", "分值", "Weight", 8, STYLE_NUMBER, false},
    {"claimed", "自评得分", "Claimed", 9, STYLE_NUMBER, false},
    {"recomputed", "复算得分", "Recomputed", 11, STYLE_NUMBER, false},
    {"difference", "差异", "Difference", 10, STYLE_NUMBER, false},
    {"verdict", "结论", "Verdict", 12, STYLE_CENTER, false},
    {"reason", "说明", "Reason", 50, STYLE_TEXT, false},
    {"source", "出处", "Place", 30, STYLE_TEXT, false}};

static const struct column totals[] = {
    {"fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
    {"name", "名称", "Name", 30, STYLE_TEXT, false},
    {"year", "年度", "Year", 7, STYLE_CENTER, false},
    {"claimed_total", "自评总分", "Claimed total", 12, STYLE_NUMBER, false},
    {"recomputed_total", "复算总分", "Recomputed total", 12, STYLE_NUMBER, false},
    {"claimed_comparable", "可比自评得分", "Comparable claims", 14, STYLE_NUMBER, false},
    {"unreviewed_weight", "未复核分值", "Weight not reviewed", 14, STYLE_NUMBER, false},
    {"claimed_grade", "自评等级", "Claimed grade", 10, STYLE_CENTER, false},
    {"grade", "等级", "Grade", 8, STYLE_CENTER, false},
    {"advice", "办法", "What to do", 12, STYLE_CENTER, false},
    {"why", "缘由", "Why", 60, STYLE_TEXT, false}};

void sheets_review(struct book *b, const struct tree *report)
{
    const sy_cell list = tree_path(report, "summary.worst");
    const sy_cell funds = tree_get(report, "funds"), findings = tree_get(report, "findings");
    (void)sheets_add(b, book_word(b, "待办", "Worklist"), worst, COUNT(worst),
                     &(struct rows){&list, NULL});
    (void)sheets_add(b, book_word(b, "总分核对", "Totals"), totals, COUNT(totals),
                     &(struct rows){&funds, NULL});
    (void)sheets_add(b, book_word(b, "逐项核对", "Claims"), claims, COUNT(claims),
                     &(struct rows){&funds, "indicators"});
    if (book_good(b))
        sheets_findings(b, &findings);
}
