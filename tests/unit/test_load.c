/*
 * test_load.c - sources loaded in parts of any size, by any number of workers, give the dataset
 * that loading them whole gives, to the last id.
 */
#include "load_fixture.h"

static void expect_text(const struct buf *text, const char *part)
{
    if (strstr(buf_text(text), part) == NULL)
        fail_msg("no '%s' in %s", part, buf_text(text));
}

static const char SOURCES[] = "[evaluation]\ntitle = t\nyears = 2019-2020\ntype = x\n"
                              "[data funds]\npath = funds.csv\n"
                              "[data outcomes]\npath = outcomes.csv\nyear = 2019\n"
                              "[data facts]\npath = facts.csv\n"
                              "[data ratings]\npath = ratings.csv\n"
                              "[data adjustments]\npath = adjustments.csv\n";

static void put_usual_files(void)
{
    put_text("evaluation.ini", SOURCES);
    put_text("funds.csv", "\xEF\xBB\xBF"
                          "fund,year,name,department,budget,预算数(万元),claimed,自定(人次)\r\n"
                          "a,2019,甲,科技局,10万元,,98,5\r\n"
                          "b,2019,\"乙\r\n二\",科技局,20,30,x,\r\n"
                          "a,2019,甲又,财政局,11,,bad,6\r\n"
                          "a,2020,甲,科技局,12,13,,7\r\n"
                          ",2019,无,科技局,1,,,\r\n"
                          "b,2019,乙又,科技局,1,,y,1");
    put_text(
        "outcomes.csv",
        "fund,一级指标,二级指标,三级指标,指标值,实际完成值,计量单位,分值,自评得分,偏差原因,杂\n"
        "a,产出指标(50分),数量指标,甲项,≥10个,12个,,10,9,,\n"
        "a,,,乙项,≥5 件,约6件,,10,9,\"原因\n二\",\n"
        "a,,质量指标,丙项,90%,88%,,5,5,,\n"
        "a,效益指标,满意度,丁项,达到1000万元,900,,5,4,,\n"
        "b,,,戊项,3,4,Ａ次,5,4,,\n"
        "b,,数量指标,己项,3a次,4,,5,4,,\n"
        "b,产出指标,,庚项,≥3,12..5,台/年,x,4,,\n"
        "b,,,,,,,,,,\n"
        "b,预算执行率,,,100万元,86万元,,10,8,,\n"
        "b,,,辛项,\"≥3\"\"个\",4,,5,4,,\n"
        "b,总分,,,,,,100,93,,\n"
        ",产出,数量,壬项,3,4,,5,4,,\n"
        "b,,,癸项,3,4,,5,4,,\n"
        "c,产出指标,时效指标,子项,12月底前,2019-11-30,,5,4,,\n"
        "c,,,其中:丑项,,4,,,,,\n"
        "b,,,寅项,3,4,,5,4,,\n");
    put_text("facts.csv", "fund,year,fact,value,unit\n"
                          "a,2019,编制数,10,人\na,2019,编制数,11,人\nd,2019,面积,5平方米,\n"
                          "a,2018,编制数,9,人\n,2019,x,1,\na,2019,,1,\na,20x9,y,1,\n"
                          "a,2019,budget,1,\nb,2019,编制数,\"1\n2\",人\na,2019,编制数,12,人\n");
    put_text("ratings.csv", "fund,year,indicator,rating,by,reason\n"
                            "a,2019,output.quality.x,优,张,好\n"
                            "z,2019,output.quality.x,优,张,好\nc,2019,a..b,优,,\nc,2020,a,优,,\n");
    put_text("adjustments.csv", "fund,year,points,cap,reason\n"
                                "a,2019,-2,,迟报\nz,2019,-2,,迟报\nb,2019,,,空\nb,2019,x,,坏\n"
                                "c,2019,,差,\"一\n二\"\n");
}

static void test_load__parts(void **state)
{
    (void)state;
    put_usual_files();
    struct buf text = check_parts("usual");
    expect_text(&text, "a, 2019 is given twice; the first, funds.csv:2, counts");
    expect_text(&text, "b, 2019 is given twice; the first, funds.csv:3, counts");
    expect_text(&text, "a, 2019, 编制数 is given twice; the first, facts.csv:2, counts");
    expect_text(&text, "'output.quantity.乙项'");
    expect_text(&text, "'output.quality.丙项'");
    expect_text(&text, "'z, 2019' is no fund");
    expect_text(&text, "'c, 2020' is no fund");
    assert_null(strstr(buf_text(&text), "claimed 'bad'")); /* in a row that counts for nothing */
    buf_dispose(&text);
}

/* Findings of a file stand in the order of its lines. */
static void test_load__findings_in_order(void **state)
{
    (void)state;
    put_usual_files();
    struct buf text = {0};
    load_text(&text, 64, 2);
    static const char *const files[] = {
        "funds.csv':", "outcomes.csv':", "facts.csv':", "ratings.csv':", "adjustments.csv':"};
    const char *at = strstr(buf_text(&text), "\nfinding");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        unsigned last = 0;
        size_t n = 0;
        for (;; n++) {
            const char *end = at ? strchr(at + 1, '\n') : NULL;
            const char *place = at ? strstr(at, files[i]) : NULL;
            if (!place || (end && place > end))
                break;
            unsigned line = (unsigned)strtoul(place + strlen(files[i]), NULL, 10);
            assert_true(line >= last);
            last = line;
            at = end;
        }
        assert_true(n > 0);
    }
    assert_null(at);
    buf_dispose(&text);
}

/* Errors are those of the first fault in the file, at its line. */
static void test_load__errors(void **state)
{
    static const struct {
        const char *outcomes, *says;
    } cases[] = {
        {"fund,indicator,target\na,x,1\nb,\"y\nz\",2\nc,\"open,3\n", "csv:5:3 quoted cell opened"},
        {"fund,indicator,target\na,x,1\n\"b\nb\",x,1,2\nc,x,1,2,3\n", "csv:3:0 row has 4 cells"},
        {"fund,indicator,target\na,x,1\nb,\"x\n\n\n\"q,1\n", "csv:6:2 text after a closing quote"},
        {"fund,what\na,x\n", "csv:1:0 table outcomes has no column 'indicator'"},
        {"", "csv:0:0 is empty: no header"},
        {"fund,indicator,target\na,x,1\nb,y,\xFF\nc,z,1\n",
         "csv:3:0 neither UTF-8 nor GB18030 text"},
    };
    (void)state;
    put_text("evaluation.ini", "[evaluation]\ntitle = t\nyears = 2019\ntype = x\n"
                               "[data outcomes]\npath = outcomes.csv\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put_text("outcomes.csv", cases[i].outcomes);
        struct buf text = check_parts(cases[i].says);
        expect_text(&text, cases[i].says);
        buf_dispose(&text);
    }
}

/* One character of GB18030 at the end of a file makes all of it GB18030. */
static void test_load__encodings(void **state)
{
    struct buf file = {0};
    (void)state;
    put_text("evaluation.ini", "[evaluation]\ntitle = t\nyears = 2019\ntype = x\n"
                               "[data outcomes]\npath = outcomes.csv\n");
    buf_str(&file, "fund,indicator,name,target,actual\n");
    for (int i = 0; i < 9000; i++) /* more than a batch, so that the file joins in pieces */
        buf_printf(&file, "f%d,a.n%d,x,%d,%d\n", i / 7, i % 7, i, i + 1);
    buf_str(&file, "last,a.b,\xBC\xA8\xD0\xA7,1,2\n");
    put_file("outcomes.csv", &file);
    struct buf whole = {0}, large = {0};
    load_text(&whole, WHOLE, 1);
    load_text(&large, 20000, 2);
    expect_text(&whole, "绩效");
    assert_text(buf_text(&large), buf_text(&whole));
    buf_dispose(&whole);
    buf_dispose(&large);
    buf_dispose(&file);
}

/* Loads the evaluation in parts, which must give what it gives when it is loaded whole. */
static struct buf check_large_parts(const char *what)
{
    static const uint64_t sizes[] = {300, 1000, 4096, 9000};
    struct buf whole = {0};
    load_by(&whole, WHOLE, 1, true);
    for (unsigned i = 0; i < 4; i++) {
        struct buf parts = {0};
        load_text(&parts, sizes[i], 1 + i * 2);
        if (strcmp(buf_text(&parts), buf_text(&whole)) != 0)
            fail_msg("%s, parts of %u: %s\nwhole: %s", what, (unsigned)sizes[i], buf_text(&parts),
                     buf_text(&whole));
        buf_dispose(&parts);
    }
    return whole;
}

/* A table whose first row is joined long before the others are read. */
static void put_long(const char *name, const char *header, const char *first, const char *rest)
{
    struct buf b = {0};
    buf_printf(&b, "%s\n%s\n", header, first);
    for (int i = 0; i < 20000; i++)
        buf_char(&b, '\n');
    buf_str(&b, rest);
    put_file(name, &b);
    buf_dispose(&b);
}

/* A file may turn out not to be UTF-8 in any part of it, when others were joined already: what is
 * loaded then is what is loaded of files read whole. 个个 is text in both encodings, each its own.
 */
static void test_load__encodings_late(void **state)
{
    static const struct {
        const char *option, *funds, *outcomes, *ratings, *says;
    } cases[] = {
        {"", "f2,x\n", "f1,a.c,\"1\n\",2\nf2,a.b,\xBC\xA8\xD0\xA7,2\n", "f1,a.c,好\n", "绩效"},
        {"", "f2,x\n", "f1,a.c,1箱,2\n", "f2,a.b,\xBC\xA8\n", "绩'"},
        {"", "f2,\xBC\xA8\n", "f1,a.c,1,2盒\n", "f1,a.c,好\n", "绩'"},
        {"", "f2,\xBC\xA8\xFF\n", "", "", "f.csv:20003:0 neither UTF-8 nor GB18030"},
        {"", "f2,x\n", "f1,a.c,1,2,3\nf1,a.d,\xBC\xA8,2\n", "", "o.csv:20003:0 row has 5"},
        {"encoding = utf-8\n", "f2,x\n", "f1,a.c,1,2\nf1,a.d,\xBC\xA8,2\n", "",
         "o.csv:20004:0 not UTF-8 text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        buf_printf(&b,
                   "[evaluation]\ntitle = t\nyears = 2019\ntype = x\n[data funds]\npath = f.csv\n"
                   "[data outcomes]\npath = o.csv\n%s[data ratings]\npath = r.csv\n",
                   cases[i].option);
        put_file("evaluation.ini", &b);
        put_long("f.csv", "fund,type", "f1,个个", cases[i].funds);
        put_long("o.csv", "fund,indicator,target,actual", "f1,a.b,1个个,2", cases[i].outcomes);
        put_long("r.csv", "fund,indicator,rating", "f1,a.b,好好", cases[i].ratings);
        struct buf text = check_large_parts(cases[i].says);
        expect_text(&text, cases[i].says);
        buf_dispose(&text);
        buf_dispose(&b);
    }
}

/* Many files of one source, each its fund; they share units and names. */
static void test_load__files(void **state)
{
    (void)state;
    put_text("evaluation.ini", "[evaluation]\ntitle = t\nyears = 2019\ntype = x\n"
                               "[data outcomes]\npath = forms/{fund}.csv\n");
    for (int i = 0; i < 30; i++) {
        struct buf file = {0};
        char name[32];
        snprintf(name, sizeof name, "forms/f%02d.csv", i);
        buf_str(&file, "一级指标,二级指标,三级指标,指标值,实际完成值,没有\n");
        buf_printf(&file, "产出,数量,第%d项,≥%d%s,3,\n,,同项,1,\"2\n\",\n", i, i,
                   i % 3 ? "Ａ个" : "a个");
        put_file(name, &file);
        buf_dispose(&file);
    }
    struct buf text = check_parts("files");
    expect_text(&text, "'f29'");
    expect_text(&text, " a个 ");
    assert_null(strstr(buf_text(&text), " Ａ个 "));
    buf_dispose(&text);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static const char *pick(uint32_t *seed, const char *const *from, uint32_t n)
{
    return from[next_random(seed) % n];
}

#define PICK(seed, ...)                            \
    pick(seed, (const char *const[]){__VA_ARGS__}, \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void make_outcomes(struct buf *out, uint32_t seed)
{
    buf_str(out, PICK(&seed, "fund,一级指标,二级指标,三级指标,指标值,实际完成值,分值\n",
                      "fund,一级指标,三级指标,指标值,实际完成值,分值,二级指标\r\n",
                      "fund,一级指标,杂项,三级指标,指标值,实际完成值(万元),分值\n"));
    for (uint32_t rows = 5 + next_random(&seed) % 60; rows > 0; rows--) {
        buf_printf(out, "%s,%s,%s,%s,%s,%s,%s%s",
                   PICK(&seed, "a", "a", "a", "b", "\"c\"\"\n\"", ""),
                   PICK(&seed, "", "", "", "产出指标", "效益(30分)", "总分", "预算执行", "(5分)"),
                   PICK(&seed, "", "", "数量", "质量指标", "满意度", "经济效益", "合计"),
                   PICK(&seed, "甲", "乙", "\"丙\n\n丁\"", "\"\"\"引\"\"\"", "", "其中：戊"),
                   PICK(&seed, "≥5个", "3", "90%", "\"1,000件\"", "12月底前", "", "按期"),
                   PICK(&seed, "6", "5台", "约8 件", "91%", "", "完成", "1..2"),
                   PICK(&seed, "5", "10", "", "x"), PICK(&seed, "\n", "\r\n", "\n\n"));
    }
}

static void test_load__random(void **state)
{
    size_t findings = 0;
    (void)state;
    put_text("evaluation.ini", "[evaluation]\ntitle = t\nyears = 2019\ntype = x\n"
                               "[data outcomes]\npath = outcomes.csv\n");
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct buf file = {0};
        char what[32];
        make_outcomes(&file, seed);
        put_file("outcomes.csv", &file);
        snprintf(what, sizeof what, "seed %u", (unsigned)seed);
        struct buf text = check_parts(what);
        for (const char *p = buf_text(&text); (p = strstr(p, "\nfinding")) != NULL; p++)
            findings++;
        buf_dispose(&text);
        buf_dispose(&file);
    }
    assert_true(findings > 100);
}

/* The row whose error it is may wait for the part before; and no part is without a year. */
static void test_load__no_year(void **state)
{
    struct evaluation *e = NULL;
    (void)state;
    put_text("single.csv", "一级指标,二级指标,三级指标,指标值,实际完成值,年度\n"
                           "产出,数量,甲,1,2,2019\n,,\"乙\n\",1,2,2019\n,,丙,1,2,\n");
    assert_int_equal(evaluation_single(&e, fixture_path("single.csv"), NULL, 0, NULL), SY_OK);
    for (uint64_t part = 1; part < 200; part += 9) {
        struct plug_registry *plugins = NULL;
        struct units *units = NULL;
        struct columns *columns = NULL;
        struct workers *workers = NULL;
        struct dataset d;
        sy_error err = {0};
        char path[256];
        assert_int_equal(plug_open(&plugins, (const char *const[]){NULL}, NULL), SY_OK);
        snprintf(path, sizeof path, "%s/config/units.ini", data_folder());
        assert_int_equal(units_load(&units, path, NULL, NULL), SY_OK);
        snprintf(path, sizeof path, "%s/config/columns.ini", data_folder());
        assert_int_equal(columns_load(&columns, path, NULL, NULL), SY_OK);
        assert_int_equal(workers_open(&workers, 2, NULL), SY_OK);
        assert_int_equal(dataset_init(&d, units, NULL), SY_OK);
        struct load_order order = {
            .e = e, .plugins = plugins, .columns = columns, .workers = workers, .part_bytes = part};
        assert_int_equal(load_run(&d, &order, &err), SY_EUSAGE);
        assert_int_equal(err.line, 5);
        dataset_dispose(&d);
        workers_close(workers);
        columns_free(columns);
        units_free(units);
        plug_close(plugins);
    }
    evaluation_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load__parts),   cmocka_unit_test(test_load__findings_in_order),
        cmocka_unit_test(test_load__errors),  cmocka_unit_test(test_load__encodings),
        cmocka_unit_test(test_load__files),   cmocka_unit_test(test_load__random),
        cmocka_unit_test(test_load__no_year), cmocka_unit_test(test_load__encodings_late),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
