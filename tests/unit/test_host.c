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
    assert_text(plug_writer_names(r), "csv, json, ndjson, markdown, table");
    assert_text(plug_reader(r, "csv")->name, "csv");
    assert_text(plug_reader(r, "json")->name, "json");
    assert_text(plug_reader_names(r), "csv, json, ndjson");
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
    assert_text(plug_writer_names(r), "csv, json, ndjson, markdown, table");
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
    expect_refusal(folder, "not a Steelyard plugin: it has no function sy_plugin_v1");
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
    assert_int_equal(registry_add(r, plugin, NULL, why, sizeof why, NULL), SY_OK);
    if (says == NULL) {
        assert_text(why, "");
        assert_text(plug_reader(r, "own")->summary, "");
        assert_text(plug_writer_names(r), "csv, json, ndjson, markdown, table, own");
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
    expect_why(&p, "a reader's description has no known size");
    reader.struct_size = (size_t)1 << 40;
    expect_why(&p, "a reader's description has no known size");
    reader.struct_size = offsetof(sy_reader, flags); /* built before parts of sources were known */
    expect_why(&p, NULL);
    reader = READER;
    reader.read = NULL;
    expect_why(&p, "reader 'own' has no read function");
    reader = READER;
    reader.name = "csv";
    expect_why(&p, "its reader 'csv' has the name of a built-in one");
    reader.name = "Own format";
    expect_why(&p, "not small letters and digits");
    reader.name = "";
    expect_why(&p, "a reader has no name");
    const sy_reader twins[] = {READER, READER};
    p.readers = twins;
    p.nreaders = 2;
    expect_why(&p, "it has two readers called 'own'");
    p.nreaders = SIZE_MAX;
    expect_why(&p, "incomplete");
    p.nreaders = p.nwriters = 0;
    expect_why(&p, "neither a reader nor a writer");
}

static void test_host__writer_descriptions(void **state)
{
    (void)state;
    sy_writer writer = WRITER;
    sy_plugin p = good_plugin();
    p.writers = &writer;
    static const uint32_t kinds[] = {0, 3, 6, 64, SY_TAKES_TREE | SY_TAKES_NARROW};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        writer.takes = kinds[i];
        expect_why(&p, "writer 'own' takes neither");
    }
    writer.takes = SY_TAKES_ROWS | SY_TAKES_LABELS;
    expect_why(&p, NULL);
    writer.takes = SY_TAKES_TREE | SY_TAKES_LABELS;
    expect_why(&p, NULL);
    writer = WRITER;
    writer.name = NULL;
    expect_why(&p, "no name");
    writer = WRITER;
    writer.write = NULL;
    expect_why(&p, "writer 'own' has no write function");
    writer = WRITER;
    writer.struct_size = 8;
    expect_why(&p, "a writer's description has no known size");
    writer = WRITER;
    writer.name = "json";
    expect_why(&p, "its writer 'json' has the name of a built-in one");
}

/* An older plugin, which knows fewer members: what it does not have is not looked at. */
static void test_host__shorter_structs(void **state)
{
    struct {
        sy_reader reader;
        unsigned char behind[64];
    } old;
    char why[256];
    (void)state;
    memset(&old, 0xA5, sizeof old);
    memcpy(&old.reader, &READER, offsetof(sy_reader, read) + sizeof READER.read);
    old.reader.struct_size = offsetof(sy_reader, read) + sizeof READER.read;
    sy_plugin p = good_plugin();
    p.readers = &old.reader;
    struct plug_registry *r = open_registry("");
    assert_int_equal(registry_add(r, &p, "/p/own.so", why, sizeof why, NULL), SY_OK);
    assert_text(why, "");
    const sy_reader *own = plug_reader(r, "own");
    assert_int_equal(own->struct_size, sizeof(sy_reader));
    for (size_t i = old.reader.struct_size; i < sizeof(sy_reader); i++)
        assert_int_equal(((const unsigned char *)own)[i], 0);
    plug_close(r);
}

/* What is listed: in use, refused, and what a plugin would bring. */
static void test_host__listing(void **state)
{
    char folder[128], why[256];
    size_t counts[4] = {0};
    struct plug_entry e;
    (void)state;
    snprintf(folder, sizeof folder, "%s", fixture_path("listing"));
    assert_int_equal(mkdir(folder, 0755), 0);
    const char *path = fixture_file("listing/x.so", "no library", 10);
    struct plug_registry *r = open_registry(folder);
    sy_plugin p = good_plugin();
    p.version = "3.1";
    assert_int_equal(registry_add(r, &p, "/p/own.so", why, sizeof why, NULL), SY_OK);
    for (size_t i = 0; i < plug_nentries(r); i++) {
        plug_entry(r, i, &e);
        counts[e.state]++;
        if (e.state == PLUG_LOADED) {
            assert_text(e.format, "own");
            assert_text(e.path, "/p/own.so");
            assert_text(e.version, "3.1");
            assert_text(e.license, "");
            assert_text(e.options[1], "range");
        } else if (e.state == PLUG_REFUSED) {
            assert_null(e.format);
            assert_text(e.path, path);
            assert_memory_equal(e.needs, "no shared library", 17);
        } else if (e.state == PLUG_ABSENT) {
            assert_true(strlen(e.needs) > 3);
        }
    }
    assert_int_equal(counts[PLUG_BUILTIN], 8);
    assert_int_equal(counts[PLUG_LOADED], 2);
    assert_int_equal(counts[PLUG_REFUSED], 1);
    assert_in_range(counts[PLUG_ABSENT], 1, 20);
    assert_non_null(plug_absent(r, "docx", true));
    assert_null(plug_absent(r, "docx", false));
    assert_null(plug_absent(r, "csv", true));
    /* a plugin that brings it */
    sy_writer docx = WRITER;
    docx.name = "docx";
    p.writers = &docx;
    p.nreaders = 0;
    assert_int_equal(registry_add(r, &p, "/p/docx.so", why, sizeof why, NULL), SY_OK);
    assert_null(plug_absent(r, "docx", true));
    /* and a second of the same name, which is told where the first is from */
    p.writers = &WRITER;
    assert_int_equal(registry_add(r, &p, "/p/again.so", why, sizeof why, NULL), SY_OK);
    assert_text(why, "writer 'own' is there already, from /p/own.so: remove one of the two");
    plug_close(r);
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
    assert_int_equal(registry_add(r, &p, "/p/own.so", why, sizeof why, NULL), SY_OK);
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

static char raw[8];

static int restarted;

static int read_raw(const sy_host *host, sy_call *call)
{
    static const sy_text name = {"a", 1};
    size_t got = 0, len = 0;
    do {
        if (host->read_bytes(call, raw + len, 2, &got) != 0)
            return 1;
        len += got;
    } while (got > 0);
    if (restarted++ == 0)
        return host->restart(call) != 0 ? 1 : read_raw(host, call);
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
    assert_int_equal(restarted, 2);
    restarted = 0;
    assert_int_equal(read_seen(&seen, &reader, "/dev/null", NULL, 0, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "a pipe does not allow"));
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
        cmocka_unit_test(test_host__writer_descriptions),
        cmocka_unit_test(test_host__shorter_structs),
        cmocka_unit_test(test_host__listing),
        cmocka_unit_test(test_host__longer_structs),
        cmocka_unit_test(test_host__options),
        cmocka_unit_test(test_host__bytes),
        cmocka_unit_test(test_host__encoding),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
