/*
 * test_load.c - sources loaded in parts of any size, by any number of workers, give the dataset
 * that loading them whole gives, to the last id.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "plug_fixture.h"

#include "stage/load.h"

#define WHOLE ((uint64_t)1 << 40)

static const char *data_folder(void)
{
    const char *data = getenv("STEELYARD_DATA");
    return data ? data : ".";
}

static void put_file(const char *name, const struct buf *text)
{
    const char *slash = strchr(name, '/');
    if (slash) {
        char folder[64];
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - name), name);
        if (mkdir(fixture_path(folder), 0777) != 0)
            assert_int_equal(errno, EEXIST);
    }
    fixture_file(name, buf_text(text), text->len);
}

static void put_text(const char *name, const char *text)
{
    struct buf b = {0};
    buf_str(&b, text);
    put_file(name, &b);
    buf_dispose(&b);
}

static void dump_word(struct buf *out, const struct dataset *d, uint32_t word)
{
    buf_printf(out, " %d'%s'", (int)word, word == NO_WORD ? "-" : dataset_text(d, word));
}

static void dump_place(struct buf *out, const struct dataset *d, struct place place)
{
    dump_word(out, d, place.file);
    buf_printf(out, ":%u", (unsigned)place.line);
}

static void dump_value(struct buf *out, const struct value *v)
{
    buf_printf(out, " [%u %u %u %u %d %.17g %.17g]", v->kind, v->sign, v->flags, v->places,
               (int)v->unit, v->num, v->kind == VALUE_RANGE ? v->hi : 0);
}

static void dump_funds(struct buf *out, const struct dataset *d)
{
    for (uint32_t i = 0; i < d->nentities; i++) {
        const struct entity *e = &d->entities[i];
        const uint32_t words[] = {e->fund,       e->name,    e->type,
                                  e->department, e->part_of, e->claimed_grade};
        buf_printf(out, "fund %u %d %d %g", i, e->year, e->listed, e->claimed);
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            dump_word(out, d, words[w]);
        dump_place(out, d, e->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nfacts; i++) {
        const struct fact *f = &d->facts[i];
        buf_printf(out, "fact %u", f->entity);
        dump_word(out, d, f->name);
        buf_printf(out, " %u'%s'", f->text, d->cells.data + f->text);
        dump_value(out, &f->value);
        dump_place(out, d, f->place);
        buf_char(out, '\n');
    }
}

static void dump_outcomes(struct buf *out, const struct dataset *d)
{
    const struct outcomes *o = &d->outcomes;
    for (uint32_t i = 0; i < o->count; i++) {
        buf_printf(out, "row %u %u'%s' %u'%s' %u'%s' %u %u %u", o->entity[i], o->path[i],
                   pool_text(&d->paths, o->path[i]), o->target_text[i],
                   d->cells.data + o->target_text[i], o->actual_text[i],
                   d->cells.data + o->actual_text[i], o->pair[i], o->sign[i], o->flags[i]);
        dump_value(out, &o->target[i]);
        dump_value(out, &o->actual[i]);
        for (int c = 0; c < OUTCOME_NUMBERS; c++)
            buf_printf(out, " %g", outcome_number(d, (enum outcome_number)c, i));
        for (int c = 0; c < OUTCOME_WORDS; c++)
            buf_printf(out, " %d", (int)outcome_word(d, (enum outcome_word)c, i));
        buf_printf(out, " '%s'", outcome_note(d, i));
        dump_word(out, d, outcome_word(d, OUTCOME_LABEL, i));
        dump_place(out, d, (struct place){o->file[i], o->line[i]});
        buf_char(out, '\n');
    }
}

static void dump_others(struct buf *out, const struct dataset *d)
{
    for (uint32_t i = 0; i < d->nratings; i++) {
        const struct rating_row *r = &d->ratings[i];
        buf_printf(out, "rating %u %u", r->entity, r->path);
        dump_word(out, d, r->rating);
        dump_word(out, d, r->by);
        dump_word(out, d, r->reason);
        dump_place(out, d, r->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nadjustments; i++) {
        const struct adjustment_row *a = &d->adjustments[i];
        buf_printf(out, "adjustment %u %g", a->entity, a->points);
        dump_word(out, d, a->cap);
        dump_word(out, d, a->reason);
        dump_place(out, d, a->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nbrackets; i++) {
        const struct bracket_row *b = &d->brackets[i];
        buf_printf(out, "bracket %u %u %d %g", b->entity, b->path, (int)b->within, b->points);
        dump_place(out, d, b->place);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < d->nbudgets; i++) {
        const struct budget_row *b = &d->budgets[i];
        buf_printf(out, "budget %u %u %u %d %d", b->entity, b->budget_text, b->spent_text,
                   (int)b->budget_unit, (int)b->spent_unit);
        dump_place(out, d, b->place);
        buf_char(out, '\n');
    }
}

static void dump_dataset(struct buf *out, const struct dataset *d)
{
    dump_funds(out, d);
    dump_outcomes(out, d);
    dump_others(out, d);
    for (uint32_t i = 0; i < d->ninputs; i++)
        dump_word(out, d, d->inputs[i]);
    buf_printf(out, "\n%u words, %u paths, %zu cells\n", d->words.count, d->paths.count,
               d->cells.len);
    for (uint32_t i = 0; i < units_count(d->units); i++)
        buf_printf(out, "%s ", units_get(d->units, i)->name);
    for (size_t i = 0; i < d->findings.count; i++) {
        const struct finding *f = &d->findings.rows[i];
        buf_printf(out, "\nfinding %s %d %d", finding_word((enum finding_code)f->code),
                   (int)f->entity, (int)f->path);
        dump_place(out, d, (struct place){f->file, f->line});
        buf_char(out, ' ');
        dataset_message(out, d, f, false);
    }
}

/* The evaluation in the folder, loaded and written down; or the error. */
static void load_text(struct buf *out, uint64_t part_bytes, unsigned jobs)
{
    char path[256], units_path[256], columns_path_[256];
    static const char *const no_folders[] = {NULL};
    struct evaluation *e = NULL;
    struct units *units = NULL;
    struct columns *columns = NULL;
    struct plug_registry *plugins = NULL;
    struct workers *workers = NULL;
    struct dataset d;
    sy_error err = {0};
    snprintf(path, sizeof path, "%s", fixture_path("evaluation.ini"));
    snprintf(units_path, sizeof units_path, "%s/config/units.ini", data_folder());
    snprintf(columns_path_, sizeof columns_path_, "%s/config/columns.ini", data_folder());
    assert_int_equal(evaluation_load(&e, path, &err), SY_OK);
    assert_int_equal(units_load(&units, units_path, NULL, &err), SY_OK);
    assert_int_equal(columns_load(&columns, columns_path_, NULL, &err), SY_OK);
    assert_int_equal(plug_open(&plugins, no_folders, &err), SY_OK);
    assert_int_equal(workers_open(&workers, jobs, &err), SY_OK);
    assert_int_equal(dataset_init(&d, units, &err), SY_OK);
    struct load_order order = {e, plugins, columns, workers, NULL, part_bytes};
    if (load_run(&d, &order, &err) == SY_OK)
        dump_dataset(out, &d);
    else
        buf_printf(out, "%d %s:%u:%u %s", (int)err.status, err.file, (unsigned)err.line,
                   (unsigned)err.column, err.message);
    dataset_dispose(&d);
    workers_close(workers);
    plug_close(plugins);
    columns_free(columns);
    units_free(units);
    evaluation_free(e);
}

/* Returns the text of the evaluation loaded whole, which the caller disposes of. */
static struct buf check_parts(const char *what)
{
    static const uint64_t sizes[] = {1, 2, 3, 7, 64, 500, 4096};
    static const unsigned jobs[] = {1, 2, 7};
    struct buf whole = {0};
    load_text(&whole, WHOLE, 1);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buf parts = {0};
        load_text(&parts, sizes[i], jobs[i % 3]);
        const char *a = buf_text(&whole), *b = buf_text(&parts);
        size_t same = 0;
        while (a[same] && a[same] == b[same])
            same++;
        while (same && a[same - 1] != '\n')
            same--;
        if (strcmp(a, b) != 0)
            fail_msg("%s, parts of %u: %.400s\nwhole: %.400s", what, (unsigned)sizes[i], b + same,
                     a + same);
        buf_dispose(&parts);
    }
    return whole;
}

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
        struct load_order order = {e, plugins, columns, workers, NULL, part};
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
        cmocka_unit_test(test_load__no_year),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
