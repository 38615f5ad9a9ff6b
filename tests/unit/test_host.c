/*
 * test_host.c - plug: formats found and refused, and calls that plugins make the wrong way.
 */
#include "plug_fixture.h"

#include <sys/stat.h>

#include "plug/registry.h"

static struct plug_registry *open_registry(const char *folder)
{
    const char *folders[] = {folder, NULL};
    struct plug_registry *r = NULL;
    sy_error err = {0};
    if (plug_open(&r, folders, &err) != SY_OK)
        fail_msg("%s", err.message);
    return r;
}

static void test_host__builtins(void **state)
{
    (void)state;
    struct plug_registry *r = open_registry("/nonexistent/folder");
    assert_int_equal(plug_nrefused(r), 0);
    assert_null(plug_refusal(r, 0));
    assert_text(plug_writer_names(r), "csv, json, table");
    assert_text(plug_reader(r, "csv")->name, "csv");
    assert_null(plug_reader(r, "json"));
    assert_text(plug_writer(r, "table")->name, "table");
    assert_int_equal(plug_writer(r, "json")->takes, SY_TAKES_TREE);
    assert_null(plug_writer(r, "xlsx"));
    plug_close(r);
    plug_close(NULL);
    assert_int_equal(plug_open(&r, NULL, NULL), SY_OK);
    plug_close(r);
}

static void test_host__by_extension(void **state)
{
    (void)state;
    struct plug_registry *r = open_registry("");
    assert_text(plug_writer_for(r, "out/result.json")->name, "json");
    assert_text(plug_writer_for(r, "a.b/RESULT.CSV")->name, "csv");
    assert_null(plug_writer_for(r, "a.csv/result"));
    assert_null(plug_writer_for(r, ".csv"));
    assert_null(plug_writer_for(r, "result."));
    assert_null(plug_writer_for(r, "result.cs"));
    plug_close(r);
}

static void test_host__by_content(void **state)
{
    const sy_reader *reader = NULL;
    sy_error err = {0};
    (void)state;
    struct plug_registry *r = open_registry("");
    assert_int_equal(plug_reader_for(&reader, r, "absent.csv", &err), SY_OK);
    assert_text(reader->name, "csv");
    reader = NULL;
    assert_int_equal(plug_reader_for(&reader, r, fixture_file("x.dat", "a,b\n", 4), &err), SY_OK);
    assert_text(reader->name, "csv");
    reader = NULL;
    const char *path = fixture_file("y.dat", "abc\n", 4);
    assert_int_equal(plug_reader_for(&reader, r, path, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "format not known"));
    assert_text(err.file, path);
    assert_int_equal(plug_reader_for(&reader, r, fixture_path("absent.dat"), &err), SY_EFILE);
    assert_null(reader);
    plug_close(r);
}

static void expect_refusal(const char *folder, const char *says)
{
    struct plug_registry *r = open_registry(folder);
    assert_int_equal(plug_nrefused(r), 1);
    assert_memory_equal(plug_refusal(r, 0), folder, strlen(folder));
    if (strstr(plug_refusal(r, 0), says) == NULL)
        fail_msg("%s, expected %s", plug_refusal(r, 0), says);
    assert_text(plug_writer_names(r), "csv, json, table");
    plug_close(r);
}

static void test_host__refusals(void **state)
{
    char folder[128];
    (void)state;
    snprintf(folder, sizeof folder, "%s", fixture_path("plugins"));
    assert_int_equal(mkdir(folder, 0755), 0);
    fixture_file("plugins/readme.txt", "x", 1);
    fixture_file("plugins/.so", "x", 1);
    struct plug_registry *r = open_registry(folder);
    assert_int_equal(plug_nrefused(r), 0);
    plug_close(r);

    const char *so = fixture_file("plugins/x.so", "no library", 10);
    expect_refusal(folder, "plugins/x.so: ");
    expect_refusal(folder, "x.so");
    assert_int_equal(chmod(so, 0666), 0);
    expect_refusal(folder, "others may write it");
    assert_int_equal(chmod(so, 0644), 0);
    assert_int_equal(chmod(folder, 0777), 0);
    expect_refusal(folder, "others may write it");
    assert_int_equal(chmod(folder, 0755), 0);
    unlink(so);
    assert_int_equal(symlink("nowhere", so), 0);
    expect_refusal(folder, "No such file");
    unlink(so);
    assert_int_equal(mkdir(so, 0755), 0);
    expect_refusal(folder, "not a file");
}

/* Any library of the system will do for one that is no plugin. */
static void test_host__library_without_entry(void **state)
{
    static const char *const libraries[] = {"/lib/x86_64-linux-gnu/libm.so.6",
                                            "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6"};
    char folder[128];
    (void)state;
    snprintf(folder, sizeof folder, "%s", fixture_path("foreign"));
    assert_int_equal(mkdir(folder, 0755), 0);
    size_t i = 0;
    while (i < 3 && !file_exists(libraries[i]))
        i++;
    if (i == 3)
        skip();
    assert_int_equal(symlink(libraries[i], fixture_path("foreign/m.so")), 0);
    expect_refusal(folder, "not a Steelyard plugin, or built for another ABI");
}

static int read_nothing(const sy_host *host, sy_call *call)
{
    (void)host;
    (void)call;
    return 0;
}

static int write_nothing(const sy_host *host, sy_call *call, const sy_view *what)
{
    (void)what;
    return host->write(call, "x", 1);
}

static int write_reads(const sy_host *host, sy_call *call, const sy_view *what)
{
    char bytes[8];
    size_t got = 0;
    (void)what;
    host->read_text(call, bytes, sizeof bytes, &got);
    host->read_bytes(call, bytes, sizeof bytes, &got);
    return 0;
}

static const char *const SOME_OPTIONS[] = {"sheet", "range", NULL};

static const sy_reader READER = {.struct_size = sizeof(sy_reader),
                                 .name = "own",
                                 .extensions = "own OTHER",
                                 .options = SOME_OPTIONS,
                                 .read = read_nothing};
static const sy_writer WRITER = {.struct_size = sizeof(sy_writer),
                                 .name = "own",
                                 .extensions = "own",
                                 .options = SOME_OPTIONS,
                                 .takes = SY_TAKES_ROWS,
                                 .write = write_nothing};

static sy_plugin good_plugin(void)
{
    return (sy_plugin){.struct_size = sizeof(sy_plugin),
                       .abi = SY_PLUGIN_ABI,
                       .name = "own",
                       .readers = &READER,
                       .nreaders = 1,
                       .writers = &WRITER,
                       .nwriters = 1};
}

/* Registers a plugin beside the built-in ones; what is said against it. */
static void expect_why(const sy_plugin *plugin, const char *says)
{
    char why[256];
    struct plug_registry *r = open_registry("");
    assert_int_equal(registry_add(r, plugin, why, sizeof why, NULL), SY_OK);
    if (says == NULL) {
        assert_text(why, "");
        assert_text(plug_reader(r, "own")->summary, "");
        assert_text(plug_writer_names(r), "csv, json, table, own");
        const sy_reader *reader = NULL;
        assert_int_equal(plug_reader_for(&reader, r, "x.other", NULL), SY_OK);
        assert_ptr_equal(reader, plug_reader(r, "own"));
    } else {
        if (strstr(why, says) == NULL)
            fail_msg("'%s', expected '%s'", why, says);
        assert_null(plug_reader(r, "own"));
        assert_null(plug_writer(r, "own"));
    }
    plug_close(r);
}

static void test_host__descriptions(void **state)
{
    (void)state;
    sy_plugin p = good_plugin();
    expect_why(&p, NULL);
    p.abi = SY_PLUGIN_ABI + 1;
    p.struct_size = offsetof(sy_plugin, version);
    expect_why(&p, "built for plugin ABI 2, this is ABI 1");
    p.abi = SY_PLUGIN_ABI;
    expect_why(&p, "incomplete");
    p = good_plugin();
    p.name = NULL;
    expect_why(&p, "incomplete");
    p = good_plugin();
    p.readers = NULL;
    expect_why(&p, "incomplete");

    sy_reader reader = READER;
    p = good_plugin();
    p.readers = &reader;
    reader.struct_size = 8;
    expect_why(&p, "too small");
    reader.struct_size = offsetof(sy_reader, flags); /* built before parts of sources were known */
    expect_why(&p, NULL);
    reader = READER;
    reader.read = NULL;
    expect_why(&p, "no read function");
    reader = READER;
    reader.name = "csv";
    expect_why(&p, "reader 'csv' is there already");

    sy_writer writer = WRITER;
    p = good_plugin();
    p.writers = &writer;
    writer.takes = 3;
    expect_why(&p, "takes neither");
    writer = WRITER;
    writer.name = NULL;
    expect_why(&p, "no name");
    writer = WRITER;
    writer.struct_size = 8;
    expect_why(&p, "too small");
    writer = WRITER;
    writer.name = "json";
    expect_why(&p, "writer 'json' is there already");
}

/* A reader of a newer minor version: longer structs, so the second stands further on. */
static void test_host__longer_structs(void **state)
{
    struct longer {
        sy_reader reader;
        const char *more;
    } readers[2] = {{READER, "x"}, {READER, "y"}};
    char why[256];
    (void)state;
    readers[0].reader.struct_size = readers[1].reader.struct_size = sizeof(struct longer);
    readers[1].reader.name = "own2";
    readers[1].reader.options = NULL;
    sy_plugin p = good_plugin();
    p.readers = &readers[0].reader;
    p.nreaders = 2;
    struct plug_registry *r = open_registry("");
    assert_int_equal(registry_add(r, &p, why, sizeof why, NULL), SY_OK);
    assert_text(why, "");
    assert_int_equal(plug_reader(r, "own2")->struct_size, sizeof(sy_reader));
    assert_null(plug_reader(r, "own2")->options[0]);
    plug_close(r);
}

static void test_host__options(void **state)
{
    static const struct {
        const char *name, *says;
    } cases[] = {
        {"sheet", NULL},
        {"encoding", NULL},
        {"shet", "reader own has no option 'shet': did you mean 'sheet'?"},
        {"qqqqqq", "reader own has no option 'qqqqqq'"},
    };
    struct seen seen = {0};
    sy_error err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plug_option options[] = {{"sheet", "1"}, {cases[i].name, "x"}};
        assert_int_equal(read_seen(&seen, &READER, "data/x.own", options, 2, &err), SY_EINPUT);
        assert_text(err.message, cases[i].says == NULL ? "is empty: no header" : cases[i].says);
        assert_text(err.file, "data/x.own");
    }
    struct plug_option option = {"encoding", "x"};
    assert_int_equal(write_view(&WRITER, fixture_path("o"), &option, 1, NULL, &err), SY_EUSAGE);
    assert_text(err.message, "writer own has no option 'encoding'");
    option.name = "range";
    assert_int_equal(write_view(&WRITER, fixture_path("o"), &option, 1, NULL, &err), SY_OK);
    assert_file(fixture_path("o"), "x");
}

enum wrong {
    WRONG_SILENT,
    WRONG_IGNORES_FAIL,
    WRONG_TWO_HEADERS,
    WRONG_EMPTY_HEADER,
    WRONG_BATCH_FIRST,
    WRONG_COLUMNS,
    WRONG_SMALL_BATCH,
    WRONG_TEXT_AND_BYTES,
    WRONG_BYTES_AND_TEXT,
    WRONG_WRITES
};

static enum wrong wrong;

static int read_wrong(const sy_host *host, sy_call *call)
{
    static const sy_text names[] = {{"a", 1}, {"b", 1}};
    sy_batch batch = {.struct_size = sizeof batch, .ncolumns = 2};
    char bytes[8];
    size_t got = 0;
    if (wrong == WRONG_SILENT)
        return 7;
    if (wrong == WRONG_BATCH_FIRST)
        return host->batch(call, &batch);
    if (wrong == WRONG_EMPTY_HEADER)
        return host->header(call, names, 0, 1);
    if (host->header(call, names, 2, 1) != 0)
        return 99;
    switch (wrong) {
    case WRONG_IGNORES_FAIL:
        (host->fail)(call, SY_ENOMEM, 3, 4, "first %d", 1);
        (host->fail)(call, SY_EFILE, 0, 0, "second");
        host->read_text(call, bytes, sizeof bytes, &got);
        host->read_bytes(call, bytes, sizeof bytes, &got);
        host->batch(call, &batch);
        host->header(call, names, 2, 1);
        host->write(call, "x", 1);
        break;
    case WRONG_TWO_HEADERS:
        host->header(call, names, 2, 1);
        break;
    case WRONG_COLUMNS:
        batch.ncolumns = 3;
        host->batch(call, &batch);
        break;
    case WRONG_SMALL_BATCH:
        batch.struct_size = 8;
        host->batch(call, &batch);
        break;
    case WRONG_TEXT_AND_BYTES:
        host->read_text(call, bytes, sizeof bytes, &got);
        host->read_bytes(call, bytes, sizeof bytes, &got);
        break;
    case WRONG_BYTES_AND_TEXT:
        host->read_bytes(call, bytes, sizeof bytes, &got);
        host->read_text(call, bytes, sizeof bytes, &got);
        break;
    default:
        host->write(call, "x", 1);
        break;
    }
    return 0;
}

static void test_host__wrong_readers(void **state)
{
    static const struct {
        enum wrong wrong;
        sy_status status;
        const char *says;
    } cases[] = {
        {WRONG_SILENT, SY_ESYSTEM, "failed without saying why (7)"},
        {WRONG_IGNORES_FAIL, SY_ENOMEM, "first 1"},
        {WRONG_TWO_HEADERS, SY_ESYSTEM, "header out of turn"},
        {WRONG_EMPTY_HEADER, SY_ESYSTEM, "header out of turn"},
        {WRONG_BATCH_FIRST, SY_ESYSTEM, "rows that fit no header"},
        {WRONG_COLUMNS, SY_ESYSTEM, "rows that fit no header"},
        {WRONG_SMALL_BATCH, SY_ESYSTEM, "rows that fit no header"},
        {WRONG_TEXT_AND_BYTES, SY_ESYSTEM, "may not read bytes"},
        {WRONG_BYTES_AND_TEXT, SY_ESYSTEM, "may not read text"},
        {WRONG_WRITES, SY_ESYSTEM, "may not write"},
    };
    sy_reader reader = READER;
    (void)state;
    reader.read = read_wrong;
    const char *path = fixture_file("wrong.own", "abc", 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen = {0};
        sy_error err = {0};
        wrong = cases[i].wrong;
        assert_int_equal(read_seen(&seen, &reader, path, NULL, 0, &err), cases[i].status);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s, expected %s", err.message, cases[i].says);
        assert_text(err.file, path);
        assert_int_equal(err.line, wrong == WRONG_IGNORES_FAIL ? 3 : err.line);
        assert_int_equal(err.column, wrong == WRONG_IGNORES_FAIL ? 4 : 0);
        assert_int_equal(read_seen(&seen, &reader, path, NULL, 0, NULL), cases[i].status);
        buf_dispose(&seen.text);
    }
}

static void test_host__wrong_writer(void **state)
{
    sy_writer writer = WRITER;
    sy_error err = {0};
    (void)state;
    writer.write = write_reads;
    assert_int_equal(write_view(&writer, fixture_path("w"), NULL, 0, NULL, &err), SY_ESYSTEM);
    assert_non_null(strstr(err.message, "may not read text"));
}

static char raw[8];

static int read_raw(const sy_host *host, sy_call *call)
{
    static const sy_text name = {"a", 1};
    size_t got = 0, len = 0;
    do {
        if (host->read_bytes(call, raw + len, 2, &got) != 0)
            return 1;
        len += got;
    } while (got > 0);
    raw[len] = '\0';
    return host->header(call, &name, 1, 1);
}

static void test_host__bytes(void **state)
{
    sy_reader reader = READER;
    struct seen seen = {0};
    sy_error err = {0};
    (void)state;
    reader.read = read_raw;
    const char *path = fixture_file("raw", "\xFF\xBC\n", 3);
    assert_int_equal(read_seen(&seen, &reader, path, NULL, 0, &err), SY_OK);
    assert_text(raw, "\xFF\xBC\n");
    assert_int_equal(read_seen(&seen, &reader, fixture_path("none"), NULL, 0, &err), SY_EFILE);
    buf_dispose(&seen.text);
}

static void test_host__encoding(void **state)
{
    const sy_reader *csv = &plug_builtin_csv()->readers[0];
    struct plug_option options[] = {{"encoding", "utf-8"}, {"encoding", "gb18030"}};
    struct seen seen = {0};
    (void)state;
    const char *path = fixture_file("one.csv", "a\n\xD2\xBB\n", 5);
    assert_int_equal(read_seen(&seen, csv, path, options, 2, NULL), SY_OK);
    assert_text(buf_text(&seen.text), "1:a\n2:一\n");
    buf_dispose(&seen.text);
    sy_error err = {0};
    assert_int_equal(read_seen(&seen, csv, fixture_path("none.csv"), NULL, 0, &err), SY_EFILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host__builtins),
        cmocka_unit_test(test_host__by_extension),
        cmocka_unit_test(test_host__by_content),
        cmocka_unit_test(test_host__refusals),
        cmocka_unit_test(test_host__library_without_entry),
        cmocka_unit_test(test_host__descriptions),
        cmocka_unit_test(test_host__longer_structs),
        cmocka_unit_test(test_host__options),
        cmocka_unit_test(test_host__wrong_readers),
        cmocka_unit_test(test_host__wrong_writer),
        cmocka_unit_test(test_host__bytes),
        cmocka_unit_test(test_host__encoding),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
