/*
 * test_columns.c - headers and level cells of published tables: meanings, paths, kinds of rows,
 * what the INI refuses.
 */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "model/columns.h"
#include "temp.h"

static struct columns *columns;
static struct units *units;

static int load_words(void **state)
{
    (void)state;
    sy_error err;
    return units_load(&units, "config/units.ini", NULL, &err) != SY_OK ||
           columns_load(&columns, "config/columns.ini", NULL, &err) != SY_OK;
}

static int drop_words(void **state)
{
    (void)state;
    columns_free(columns);
    units_free(units);
    return 0;
}

static const struct header_case {
    const char *table, *header, *meaning, *unit, *bare;
} headers[] = {
    {"funds", "fund", "fund", "", "fund"},
    {"funds", "Fund", "fund", "", "Fund"},
    {"funds", "budget_initial", "budget_initial", "", "budget_initial"},
    {"funds", "Budget Initial", "budget_initial", "", "Budget Initial"},
    {"funds", "项目编号", "fund", "", "项目编号"},
    {"funds", "评价对象", "fund", "", "评价对象"},
    {"funds", "项目名称", "name", "", "项目名称"},
    {"funds", "主管部门(及代码)", "department", "", "主管部门"},
    {"funds", "年初预算数", "budget_initial", "", "年初预算数"},
    {"funds", "年初预算（万元）", "budget_initial", "万元", "年初预算"},
    {"funds", "预算数(万元)", "budget", "万元", "预算数"},
    {"funds", "全年预算数(A)", "budget", "", "全年预算数"},
    {"funds", "全年预算数（A）（单位：万元）", "budget", "万元", "全年预算数"},
    {"funds", "调整后预算数", "budget", "", "调整后预算数"},
    {"funds", " 全年 执行数\n（B） ", "spent", "", "全年 执行数"},
    {"funds", "下达数", "allotted", "", "下达数"},
    {"funds", "到位数", "received", "", "到位数"},
    {"funds", "自评总分", "claimed", "", "自评总分"},
    {"funds", "编制数（人）", NULL, "", "编制数"},
    {"funds", "增速(%)", NULL, "%", "增速"},
    {"funds", "单位", NULL, "", "单位"},
    {"funds", "", NULL, "", ""},
    {"funds", "（万元）", NULL, "万元", ""},
    {"funds", "预算数(万元", "budget", "万元", "预算数"},
    {"outcomes", "一级指标", "level1", "", "一级指标"},
    {"outcomes", "level1", "level1", "", "level1"},
    {"outcomes", "level3", "name", "", "level3"},
    {"outcomes", "三级指标", "name", "", "三级指标"},
    {"outcomes", "指标名称", "name", "", "指标名称"},
    {"outcomes", "年度指标值", "target", "", "年度指标值"},
    {"outcomes", "年度指标值(A)", "target", "", "年度指标值"},
    {"outcomes", "年度\n指标值", "target", "", "年度\n指标值"},
    {"outcomes", "实际完成值", "actual", "", "实际完成值"},
    {"outcomes", "全年完成值（B）", "actual", "", "全年完成值"},
    {"outcomes", "分值", "weight", "", "分值"},
    {"outcomes", "权重（%）", "weight", "%", "权重"},
    {"outcomes", "自评得分", "claimed", "", "自评得分"},
    {"outcomes", "得分", "claimed", "", "得分"},
    {"outcomes", "指标性质", "sign", "", "指标性质"},
    {"outcomes", "计量单位", "unit", "", "计量单位"},
    {"outcomes", "单位", "unit", "", "单位"},
    {"outcomes", "偏差原因分析及改进措施", "note", "", "偏差原因分析及改进措施"},
    {"outcomes", "完成率(%)", "completion", "%", "完成率"},
    {"outcomes", "超额", "excess", "", "超额"},
    {"outcomes", "published_score", NULL, "", "published_score"},
    {"facts", "基础数据", "fact", "", "基础数据"},
    {"facts", "数值", "value", "", "数值"},
    {"ratings", "评定档次", "rating", "", "评定档次"},
    {"ratings", "理由", "reason", "", "理由"},
    {"adjustments", "加减分", "points", "", "加减分"},
    {"adjustments", "cap", "cap", "", "cap"},
    {"nonsense", "fund", NULL, "", "fund"},
};

static void test_columns__headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const struct header_case *h = &headers[i];
        struct buf bare = {0};
        uint32_t unit = 0;
        const char *meaning =
            columns_meaning(columns, h->table, h->header, strlen(h->header), units, &unit, &bare);
        const char *name = unit == UNIT_NONE ? "" : units_get(units, unit)->name;
        bool same =
            meaning && h->meaning ? strcmp(meaning, h->meaning) == 0 : meaning == h->meaning;
        if (!same || strcmp(name, h->unit) != 0 || strcmp(buf_text(&bare), h->bare) != 0)
            fail_msg("%s %s: %s, '%s', '%s'", h->table, h->header, meaning ? meaning : "none", name,
                     buf_text(&bare));
        buf_dispose(&bare);
    }
}

static void test_columns__of(void **state)
{
    (void)state;
    size_t n = 0;
    const char *const *names = columns_of(columns, "adjustments", &n);
    assert_int_equal(n, 5);
    assert_string_equal(names[0], "fund");
    assert_string_equal(names[4], "reason");
    assert_null(columns_of(columns, "nonsense", &n));
    assert_int_equal(n, 0);
}

static void test_columns__labels(void **state)
{
    (void)state;
    assert_string_equal(columns_label(columns, "zh", "output"), "产出指标");
    assert_string_equal(columns_label(columns, "en", "output"), "Outputs");
    assert_string_equal(columns_label(columns, "en", "bound_low"), "Low");
    assert_null(columns_label(columns, "fr", "output"));
    assert_null(columns_label(columns, "zh", "nonsense"));
}

static const struct segment_case {
    const char *name, *segment;
} segments[] = {
    {"居民健康档案", "居民健康档案"},
    {"指标1:居民健康档案", "居民健康档案"},
    {"指标1：居民健康档案", "居民健康档案"},
    {"指标 12 ：居民", "居民"},
    {"指标１２：居民", "居民"},
    {"指标3、居民", "居民"},
    {"①合格率", "合格率"},
    {"⑩ 合格率", "合格率"},
    {"★合格率", "合格率"},
    {"★指标1：①合格率", "合格率"},
    {"指标3(name lost)", "指标3(name_lost)"},
    {"指标2", "指标2"},
    {"指标2：", "指标2："},
    {"指标体系：完整", "指标体系：完整"},
    {"  两 机 ", "两_机"},
    {"a\tb\xE3\x80\x80"
     "c",
     "a_b_c"},
    {"a.b:c=d;e#f*g[h]", "a_b_c_d_e_f_g_h_"},
    {"服务对象满意度：退捕渔民", "服务对象满意度：退捕渔民"},
    {"", ""},
};

static void test_columns__segments(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof segments / sizeof *segments; i++) {
        struct buf out = {0};
        columns_segment(&out, segments[i].name, strlen(segments[i].name));
        assert_string_equal(buf_text(&out), segments[i].segment);
        buf_dispose(&out);
    }
}

/* What one row gives. Owns: path, label. */
struct row_result {
    enum row_kind kind;
    struct buf path, label;
    double points1, points2;
};

static struct row_result read_row(struct level_memory *memory, const char *level1,
                                  const char *level2, const char *name, bool blank, bool has_weight)
{
    struct row_cells cells = {level1, level2, name, blank, has_weight};
    struct row_result r = {.points1 = -1, .points2 = -1};
    r.kind = columns_path(&r.path, &r.label, &r.points1, &r.points2, memory, columns, &cells);
    return r;
}

static void drop_row(struct row_result *r)
{
    buf_dispose(&r->path);
    buf_dispose(&r->label);
}

static const struct path_case {
    const char *level1, *level2, *name, *path;
} paths[] = {
    {"产出指标", "数量指标", "指标1:居民健康档案", "output.quantity.居民健康档案"},
    {"产出", "数量", "a", "output.quantity.a"},
    {"产出", "产出数量", "a", "output.quantity.a"},
    {"产出指标", "产出质量指标", "a", "output.quality.a"},
    {"产出指标", "质量指标", "工程完工率", "output.quality.工程完工率"},
    {"产出指标", "时效指标", "12月底之前完成", "output.timeliness.12月底之前完成"},
    {"产出指标", "成本指标", "成本控制率", "output.cost.成本控制率"},
    {"产出指标", "职责履行", "实际完成率", "output.职责履行.实际完成率"},
    {"效益指标", "经济效益指标", "a", "benefit.economic.a"},
    {"效果", "社会效益", "a", "benefit.social.a"},
    {"效益", "社会", "a", "benefit.social.a"},
    {"效益指标", "生态效益指标", "a", "benefit.ecological.a"},
    {"效益指标", "可持续影响指标", "长期使用性", "benefit.sustained.长期使用性"},
    {"满意度指标", "服务对象满意度指标等", "学生满意度", "satisfaction.学生满意度"},
    {"满意度", "", "a", "satisfaction.a"},
    {"服务对象满意度", "", "a", "satisfaction.a"},
    {"效益指标", "满意度指标", "服务对象满意度：退捕渔民抽样调查满意度",
     "satisfaction.服务对象满意度：退捕渔民抽样调查满意度"},
    {"产出指标", "满意度", "a", "satisfaction.a"},
    {"成本指标", "经济成本指标", "a", "cost.经济成本指标.a"},
    {"成本", "", "a", "cost.a"},
    {"决策", "项目立项", "立项依据充分性", "decision.项目立项.立项依据充分性"},
    {"过程", "资金管理", "预算执行率", "process.资金管理.预算执行率"},
    {"投入(16)", "预算配置(16)", "在职人员控制率", "input.预算配置.在职人员控制率"},
    {"投入(16)", "预算配置(16)", "“三公经费”变动率", "input.预算配置.“三公经费”变动率"},
    {"过程(58)", "预算执行(16)", "预算控制率", "process.预算执行.预算控制率"},
    {"产出指标（50分）", "数量指标(15分)", "a", "output.quantity.a"},
    {"产出指标（50 分）", "", "a", "output.a"},
    {"产出(50%)", "", "a", "output.a"},
    {"产出\n指标", "数量\n指标", "a", "output.quantity.a"},
    {" 产出指标 ", "　数量指标", " a ", "output.quantity.a"},
    {"管理.水平", "内控 制度", "a", "管理_水平.内控_制度.a"},
    {"产出(第一批)", "", "a", "产出(第一批).a"},
    {"Output", "quantity", "a", "Output.quantity.a"},
    {"output", "数量", "a", "output.数量.a"},
    {"产出指标", "数量指标", "", "output.quantity"},
    {"", "", "a", "a"},
};

static void test_columns__paths(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct level_memory memory = {{0}, {0}, {0}};
        struct row_result r =
            read_row(&memory, paths[i].level1, paths[i].level2, paths[i].name, false, true);
        if (r.kind != ROW_INDICATOR || strcmp(buf_text(&r.path), paths[i].path) != 0)
            fail_msg("%s, %s, %s: kind %u, %s", paths[i].level1, paths[i].level2, paths[i].name,
                     r.kind, buf_text(&r.path));
        drop_row(&r);
    }
}

static void test_columns__points_in_brackets(void **state)
{
    (void)state;
    static const struct {
        const char *level;
        double points; /* NAN: none */
    } cases[] = {
        {"投入(16)", 16},        {"产出指标(50分)", 50}, {"产出指标（ 12.5 分）", 12.5},
        {"产出指标［30］", NAN}, {"产出[30]", 30},       {"产出【30分】", 30},
        {"产出(分值：50)", 50},  {"产出(50%)", NAN},     {"产出(2020)", NAN},
        {"产出(第一批)", NAN},   {"产出", NAN},          {"", NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct level_memory memory = {{0}, {0}, {0}};
        struct row_result r = read_row(&memory, cases[i].level, cases[i].level, "a", false, true);
        bool same1 = isnan(cases[i].points) ? isnan(r.points1) : r.points1 == cases[i].points;
        bool same2 = isnan(cases[i].points) ? isnan(r.points2) : r.points2 == cases[i].points;
        if (!same1 || !same2)
            fail_msg("%s: %g, %g", cases[i].level, r.points1, r.points2);
        drop_row(&r);
    }
}

/* One table, row after row: empty cells are filled from above by the contract's rule. */
static const struct memory_case {
    const char *level1, *level2, *name, *path;
} rows[] = {
    {"产出指标(50分)", "数量指标", "a", "output.quantity.a"},
    {"", "", "b", "output.quantity.b"},
    {"", "质量指标", "c", "output.quality.c"},
    {"产出指标", "", "d", "output.quality.d"},
    {"效益指标", "", "e", "benefit.e"},
    {"", "", "f", "benefit.f"},
    {"", "社会效益指标", "g", "benefit.social.g"},
    {"效益", "", "h", "benefit.social.h"},
    {"满意度指标", "服务对象满意度指标等", "i", "satisfaction.i"},
    {"", "", "j", "satisfaction.j"},
    {"产出指标", "", "k", "output.k"},
};

static void test_columns__empty_cells_take_what_stands_above(void **state)
{
    (void)state;
    struct level_memory memory = {{0}, {0}, {0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct row_result r =
            read_row(&memory, rows[i].level1, rows[i].level2, rows[i].name, false, true);
        if (strcmp(buf_text(&r.path), rows[i].path) != 0)
            fail_msg("row %zu: %s", i, buf_text(&r.path));
        drop_row(&r);
    }
}

static void test_columns__a_skipped_row_still_names_its_levels(void **state)
{
    (void)state;
    struct level_memory memory = {{0}, {0}, {0}};
    struct row_result r = read_row(&memory, "产出指标", "数量指标", "", true, false);
    assert_int_equal(r.kind, ROW_TEMPLATE);
    drop_row(&r);
    r = read_row(&memory, "", "", "", true, false);
    assert_int_equal(r.kind, ROW_TEMPLATE);
    drop_row(&r);
    r = read_row(&memory, "总分", "", "", false, true);
    assert_int_equal(r.kind, ROW_TOTAL);
    drop_row(&r);
    r = read_row(&memory, "", "", "a", false, true);
    assert_string_equal(buf_text(&r.path), "output.quantity.a");
    assert_true(isnan(r.points1));
    drop_row(&r);
}

static void test_columns__over_long_levels(void **state)
{
    (void)state;
    char level[1000] = "";
    for (int i = 0; i < 300; i++)
        strcat(level, "长");
    struct level_memory memory = {{0}, {0}, {0}};
    struct row_result first = read_row(&memory, level, level, level, false, true);
    struct row_result second = read_row(&memory, level, "", level, false, true);
    assert_string_equal(buf_text(&first.path), buf_text(&second.path));
    assert_int_equal(second.kind, ROW_INDICATOR);
    drop_row(&first);
    drop_row(&second);
}

static const struct kind_case {
    const char *level1, *level2, *name;
    bool blank, has_weight;
    enum row_kind kind;
    const char *path, *label;
} kinds[] = {
    {"预算执行", "预算执行率", "年度资金总额", false, true, ROW_BUDGET, "execution.rate",
     "年度资金总额"},
    {"预算执行率", "", "年度资金总额", false, false, ROW_BUDGET, "execution.rate", "年度资金总额"},
    {"预算执行率指标(10分)", "", "", false, true, ROW_BUDGET, "execution.rate", "预算执行率指标"},
    {"预算执行", "", "其中：当年财政拨款", false, false, ROW_PART, "", "其中：当年财政拨款"},
    {"", "", "其中:上年结转", false, false, ROW_PART, "", "其中:上年结转"},
    {"产出指标", "数量指标", "其中：重点项目", false, true, ROW_INDICATOR,
     "output.quantity.其中：重点项目", "其中：重点项目"},
    {"总分", "", "", false, true, ROW_TOTAL, "", "总分"},
    {"总 分(100分)", "", "", false, true, ROW_TOTAL, "", "总 分"},
    {"合计", "合计", "合计", false, true, ROW_TOTAL, "", "合计"},
    {"", "", "合　计：", false, true, ROW_TOTAL, "", "合　计："},
    {"产出指标", "", "小计", false, true, ROW_PART, "", "小计"},
    {"产出指标", "", "合计", false, true, ROW_PART, "", "合计"},
    {"产出指标", "数量指标", "指标2", true, false, ROW_TEMPLATE, "", "指标2"},
    {"产出指标", "数量指标", "指标2：", true, false, ROW_TEMPLATE, "", "指标2："},
    {"产出指标", "数量指标", "指标2：……", true, false, ROW_TEMPLATE, "", "指标2：……"},
    {"", "", "……", true, false, ROW_TEMPLATE, "", "……"},
    {"", "", "...", true, false, ROW_TEMPLATE, "", "..."},
    {"", "", "", true, false, ROW_TEMPLATE, "", ""},
    {"产出指标", "", "", true, false, ROW_TEMPLATE, "", "产出指标"},
    {"产出指标", "数量指标", "指标2", false, true, ROW_INDICATOR, "output.quantity.指标2", "指标2"},
    {"产出指标", "数量指标", "指标2：培训", true, false, ROW_INDICATOR, "output.quantity.培训",
     "指标2：培训"},
    {"产出指标", "数量指标", " ①培训 ", false, true, ROW_INDICATOR, "output.quantity.培训",
     "①培训"},
    {"过程", "预算执行", "预算完成率", false, true, ROW_INDICATOR, "process.预算执行.预算完成率",
     "预算完成率"},
};

static void test_columns__kinds_of_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct kind_case *k = &kinds[i];
        struct level_memory memory = {{0}, {0}, {0}};
        struct row_result r =
            read_row(&memory, k->level1, k->level2, k->name, k->blank, k->has_weight);
        if (r.kind != k->kind || strcmp(buf_text(&r.path), k->path) != 0 ||
            strcmp(buf_text(&r.label), k->label) != 0)
            fail_msg("%s, %s, %s: kind %u, %s, %s", k->level1, k->level2, k->name, r.kind,
                     buf_text(&r.path), buf_text(&r.label));
        drop_row(&r);
    }
}

static void test_columns__sources_of_the_budget_are_parts(void **state)
{
    (void)state;
    struct level_memory memory = {{0}, {0}, {0}};
    struct row_result r = read_row(&memory, "预算执行", "", "年度资金总额", false, true);
    assert_int_equal(r.kind, ROW_BUDGET);
    drop_row(&r);
    r = read_row(&memory, "", "", "其他资金", false, false);
    assert_int_equal(r.kind, ROW_PART);
    drop_row(&r);
}

static char *write_ini(const char *text)
{
    static char path[TEMP_MAX];
    int fd = mkstemp(temp_name(path, "columns"));
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void test_columns__laid_over(void **state)
{
    (void)state;
    char *over = write_ini(
        "[outcomes]\nactual = 完成情况说明\nnote = 完成情况\n[level1]\n产出 = result\n"
        "[level2 result]\n数量 = amount\n[rows]\ntotal = 总评\n[labels zh]\nresult = 成果\n");
    struct columns *c = NULL;
    struct buf out = {0}, label = {0};
    uint32_t unit;
    sy_error err;
    assert_int_equal(columns_load(&c, "config/columns.ini", over, &err), SY_OK);
    unlink(over);
    static const struct {
        const char *header, *meaning;
    } cases[] = {{"完成情况说明", "actual"}, {"完成情况", "note"}, {"实际完成值", "actual"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(columns_meaning(c, "outcomes", cases[i].header, strlen(cases[i].header),
                                            units, &unit, &out),
                            cases[i].meaning);
    struct level_memory memory = {{0}, {0}, {0}};
    double points1, points2;
    struct row_cells cells = {"产出指标", "数量指标", "a", false, true};
    columns_path(&out, &label, &points1, &points2, &memory, c, &cells);
    assert_string_equal(buf_text(&out), "result.amount.a");
    cells.level1 = "总评";
    assert_int_equal(columns_path(&out, &label, &points1, &points2, &memory, c, &cells), ROW_TOTAL);
    assert_string_equal(columns_label(c, "zh", "result"), "成果");
    assert_string_equal(columns_label(c, "zh", "quantity"), "数量指标");
    buf_dispose(&out);
    buf_dispose(&label);
    columns_free(c);
}

static void test_columns__refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t line;
        const char *word; /* of the message */
    } cases[] = {
        {"[outcome]\nfund = 甲\n", 1, "did you mean 'outcomes'"},
        {"[outcomes]\nactuel = 甲\n", 2, "did you mean 'actual'"},
        {"[rows]\ntotals = 甲\n", 2, "did you mean 'total'"},
        {"[outcomes]\nactual = 甲\ntarget = 甲\n", 3, "another meaning"},
        {"[level1]\n产出 =\n", 2, "no value"},
        {"[level1]\n_ = x\n", 2, "empty"},
        {"fund = 甲\n", 1, "section"},
        {"[funds\n", 1, "]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *over = write_ini(cases[i].text);
        struct columns *c = NULL;
        sy_error err = {0};
        assert_int_equal(columns_load(&c, "config/columns.ini", over, &err), SY_EINPUT);
        assert_null(c);
        if (err.line != cases[i].line || !strstr(err.message, cases[i].word))
            fail_msg("%s: line %u: %s", cases[i].text, err.line, err.message);
        unlink(over);
    }
    struct columns *c = NULL;
    sy_error err = {0};
    assert_int_equal(columns_load(&c, "/tmp/there/is/no/such.ini", NULL, &err), SY_EFILE);
    assert_null(c);
    assert_int_equal(columns_load(&c, "config/columns.ini", "/tmp/there/is/no/such.ini", &err),
                     SY_OK);
    columns_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns__headers),
        cmocka_unit_test(test_columns__of),
        cmocka_unit_test(test_columns__labels),
        cmocka_unit_test(test_columns__segments),
        cmocka_unit_test(test_columns__paths),
        cmocka_unit_test(test_columns__points_in_brackets),
        cmocka_unit_test(test_columns__empty_cells_take_what_stands_above),
        cmocka_unit_test(test_columns__a_skipped_row_still_names_its_levels),
        cmocka_unit_test(test_columns__over_long_levels),
        cmocka_unit_test(test_columns__kinds_of_rows),
        cmocka_unit_test(test_columns__sources_of_the_budget_are_parts),
        cmocka_unit_test(test_columns__laid_over),
        cmocka_unit_test(test_columns__refused),
    };
    return cmocka_run_group_tests(tests, load_words, drop_words);
}
