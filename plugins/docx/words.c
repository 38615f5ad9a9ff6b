/*
 * words.c - what facts and codes are called, where the report itself has no word for them.
 *
 * Keys of facts are made of parts: budget_income, income_text, exp_science_change_rate. Known parts
 * have words; a key that is not known stands as it is, in English with blanks for underscores.
 */
#include <stdio.h>
#include <string.h>

#include "docx.h"

#define KEY_MAX 96

static const struct word {
    const char *key, *zh, *en;
} FACTS[] = {
    {"staff", "在职人员", "Staff"},
    {"staff_quota", "编制人数", "Staff quota"},
    {"staff_quota_admin", "行政编制", "Administrative posts"},
    {"staff_quota_institution", "事业编制", "Institutional posts"},
    {"staff_reduced", "减少人员", "Staff who left"},
    {"retirees", "退休人员", "Retired staff"},
    {"temporary_staff", "临聘人员", "Temporary staff"},
    {"vehicle_count", "车辆", "Vehicles"},
    {"offices", "内设科室", "Offices"},
    {"income", "收入", "Income"},
    {"income_fiscal", "一般公共预算财政拨款收入", "Fiscal appropriations"},
    {"income_other", "其他收入", "Other income"},
    {"expenditure", "支出", "Expenditure"},
    {"exp_general", "一般公共服务支出", "General public services"},
    {"exp_education", "教育支出", "Education"},
    {"exp_science", "科学技术支出", "Science and technology"},
    {"exp_resources", "资源勘探信息等支出", "Resources and information"},
    {"general", "一般公共服务支出", "General public services"},
    {"education", "教育支出", "Education"},
    {"science", "科学技术支出", "Science and technology"},
    {"resources", "资源勘探信息等支出", "Resources and information"},
    {"budget_initial", "年初预算数", "Initial budget"},
    {"budget", "全年预算数", "Full-year budget"},
    {"budget_added", "追加预算数", "Budget added"},
    {"budget_adjusted", "预算调整数", "Budget adjusted"},
    {"allotted", "下达数", "Allotted"},
    {"received", "到位数", "Received"},
    {"spent", "全年执行数", "Spent"},
    {"allotted_on", "下达日期", "Allotted on"},
    {"paid_on", "拨付日期", "Paid on"},
    {"carry_in", "上年结转", "Carried in"},
    {"carry_over", "结转结余", "Carried over"},
    {"funds_total", "总指标", "Total allocation"},
    {"balance", "指标结余", "Balance"},
    {"project", "项目支出", "Projects"},
    {"basic", "基本支出", "Basic expenditure"},
    {"personnel", "人员支出", "Personnel"},
    {"public_funds", "公用经费支出", "Public operating funds"},
    {"operating", "公用及项目经费", "Operating and project funds"},
    {"transfers", "上级专项", "Special transfers"},
    {"sangong", "三公经费", "Three public expenses"},
    {"vehicles", "公车购置和维护费", "Official vehicles"},
    {"reception", "公务接待费", "Official receptions"},
    {"abroad", "出国经费", "Travel abroad"},
    {"construction", "基建维修支出", "Construction and repair"},
    {"procurement", "政府采购", "Procurement"},
    {"key_projects", "重点项目支出", "Key projects"},
    {"assets", "资产总额", "Assets"},
    {"assets_in_use", "在用资产", "Assets in use"},
    {"evaluated_projects", "有绩效说明的项目支出", "Projects with a performance section"},
    {"title_amount", "标题金额", "Amount in the title"},
    {"used_in_full", "是否全部使用", "Used in full"},
    {"misuse", "截留、挪用", "Misuse"},
    {"tasks_planned", "计划任务数", "Tasks planned"},
    {"tasks_done", "完成任务数", "Tasks done"},
    {"tasks_timely", "按时完成任务数", "Tasks done in time"},
    {"tasks_met", "质量达标任务数", "Tasks of due quality"},
    {"key_tasks", "重点工作数", "Key tasks"},
    {"key_tasks_done", "重点工作办结数", "Key tasks done"},
    {"payment_progress", "支付进度", "Payment progress"},
};
#define NFACTS (sizeof FACTS / sizeof *FACTS)

/* What a tail adds; longer tails first. */
static const struct word TAILS[] = {
    {"_change_rate", "增减率", ", change in per cent"},
    {"_change_text", "增减（正文表述）", ", change as the text has it"},
    {"_change", "增减额", ", change"},
    {"_text", "（正文表述）", " as the text has it"},
    {"_reason", "（差异原因表述）", " in the reasons given"},
    {"_last", "（上年）", ", last year"},
    {"_budget", "预算数", ", budgeted"},
    {"_planned", "（计划）", ", planned"},
};
#define NTAILS (sizeof TAILS / sizeof *TAILS)

static const struct word *find_word(const char *key, size_t len)
{
    for (size_t i = 0; i < NFACTS; i++)
        if (strlen(FACTS[i].key) == len && memcmp(FACTS[i].key, key, len) == 0)
            return &FACTS[i];
    return NULL;
}

static const struct word *find_tail(const char *key, size_t len)
{
    for (size_t i = 0; i < NTAILS; i++) {
        const size_t n = strlen(TAILS[i].key);
        if (len > n && memcmp(key + len - n, TAILS[i].key, n) == 0)
            return &TAILS[i];
    }
    return NULL;
}

bool words_is_derived(const char *key)
{
    const struct word *tail = find_tail(key, strlen(key));
    return tail != NULL && strcmp(tail->key, "_budget") != 0;
}

/* Whether the key had words. */
static bool put_known(struct doc *d, const char *key, size_t len)
{
    const struct word *word = find_word(key, len);
    if (word != NULL) {
        html_say(d, word->zh, word->en);
        return true;
    }
    const struct word *tail = find_tail(key, len);
    if (tail != NULL && find_word(key, len - strlen(tail->key)) != NULL) {
        put_known(d, key, len - strlen(tail->key));
        html_say(d, tail->zh, tail->en);
        return true;
    }
    if (len > 7 && memcmp(key, "budget_", 7) == 0 && find_word(key + 7, len - 7) != NULL) {
        html_say(d, "", "Budget: ");
        put_known(d, key + 7, len - 7);
        html_say(d, "预算数", "");
        return true;
    }
    return false;
}

void words_put_fact(struct doc *d, const sy_view *facts, size_t row)
{
    char key[KEY_MAX], label[KEY_MAX];
    sy_cell cell = view_get(facts, row, "fact");
    view_copy(&cell, key, sizeof key);
    cell = view_get(facts, row, "label");
    view_copy(&cell, label, sizeof label);
    if (label[0] != '\0' && strcmp(label, key) != 0) {
        html_text(d, label, strlen(label));
        return;
    }
    if (put_known(d, key, strlen(key)))
        return;
    for (char *c = key; !d->zh && *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    html_text(d, key, strlen(key));
}

void words_put_code(struct doc *d, const sy_cell *cell)
{
    static const struct word CODES[] = {
        {"agrees", "一致", "agrees"},
        {"overclaimed", "自评偏高", "overclaimed"},
        {"underclaimed", "自评偏低", "underclaimed"},
        {"judgement", "须人工判断", "judgement"},
        {"cannot_tell", "无法判断", "cannot tell"},
        {"pass", "通过", "pass"},
        {"add_reason", "补充原因", "add a reason"},
        {"return", "退回", "return"},
        {"visit", "现场核查", "visit"},
        {"there", "已达到", "there already"},
    };
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        if (view_equals(cell, CODES[i].key)) {
            html_say(d, CODES[i].zh, CODES[i].en);
            return;
        }
    }
    if (!view_put(d, cell))
        html_say(d, "—", "–");
}
