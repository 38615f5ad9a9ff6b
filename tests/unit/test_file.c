/*
 * test_file.c - base/file: reading in blocks, patterns, and output that is whole or not there.
 */
#include "plug_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>

static size_t count_files(void)
{
    size_t n = 0;
    DIR *dir = opendir(fixture_folder);
    assert_non_null(dir);
    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n - 2;
}

static void test_file__slurp(void **state)
{
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    (void)state;
    const char *path = fixture_file("slurp", "abc\0def", 7);
    assert_int_equal(file_slurp(&text, &len, path, 7, &err), SY_OK);
    assert_int_equal(len, 7);
    assert_memory_equal(text, "abc\0def", 8);
    free(text);

    text = NULL;
    assert_int_equal(file_slurp(&text, &len, path, 6, &err), SY_EINPUT);
    assert_null(text);
    assert_non_null(strstr(err.message, "larger than 6"));
    assert_text(err.file, path);

    path = fixture_file("empty", "", 0);
    assert_int_equal(file_slurp(&text, &len, path, 0, &err), SY_OK);
    assert_int_equal(len, 0);
    assert_text(text, "");
    free(text);
}

static void test_file__slurp_grows(void **state)
{
    enum { SIZE = 100000 };
    static char big[SIZE];
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    (void)state;
    memset(big, 'x', SIZE);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    assert_int_equal(write(ends[1], big, SIZE), SIZE);
    close(ends[1]);
    char path[64];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(file_slurp(&text, &len, path, SIZE_MAX, &err), SY_OK);
    assert_int_equal(len, SIZE);
    assert_memory_equal(text, big, SIZE);
    free(text);
    close(ends[0]);
}

static void test_file__absent_and_folder(void **state)
{
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    (void)state;
    assert_int_equal(file_slurp(&text, &len, fixture_path("none"), 10, &err), SY_EFILE);
    assert_non_null(strcasestr(err.message, "no such file"));
    assert_int_equal(file_slurp(&text, &len, fixture_folder, 10, &err), SY_EFILE);
    assert_text(err.file, fixture_folder);
    assert_int_equal(file_slurp(&text, &len, "", 10, NULL), SY_EFILE);
    assert_null(text);
    assert_true(file_is_folder(fixture_folder));
    assert_true(file_exists(fixture_folder));
    assert_false(file_exists(fixture_path("none")));
    assert_false(file_is_folder(fixture_file("plain", "x", 1)));
}

static void test_file__changed_while_read(void **state)
{
    struct file_reader f;
    char bytes[16];
    size_t got = 0;
    sy_error err = {0};
    (void)state;
    const char *path = fixture_file("changing", "abcdef", 6);
    assert_int_equal(file_open(&f, path, &err), SY_OK);
    assert_int_equal(file_read(&f, bytes, 4, &got, &err), SY_OK);
    assert_int_equal(got, 4);
    fixture_file("changing", "abcdefghi", 9);
    assert_int_equal(file_read(&f, bytes, sizeof bytes, &got, &err), SY_OK);
    assert_int_equal(got, 5);
    assert_int_equal(file_read(&f, bytes, sizeof bytes, &got, &err), SY_EFILE);
    assert_non_null(strstr(err.message, "changed while it was read"));
    file_close(&f);
    file_close(&f);
}

static void test_file__rewind(void **state)
{
    struct file_reader f;
    char bytes[4];
    size_t got = 0;
    (void)state;
    assert_int_equal(file_open(&f, fixture_file("rewind", "abc", 3), NULL), SY_OK);
    assert_int_equal(file_read(&f, bytes, 4, &got, NULL), SY_OK);
    assert_int_equal(file_rewind(&f, NULL), SY_OK);
    assert_int_equal(file_read(&f, bytes, 4, &got, NULL), SY_OK);
    assert_int_equal(got, 3);
    assert_memory_equal(bytes, "abc", 3);
    file_close(&f);
}

static void expect_glob(const char *pattern, const char *expected)
{
    char **paths = NULL;
    size_t n = 0;
    struct buf text = {0};
    size_t prefix = strlen(fixture_folder) + 1;
    assert_int_equal(file_glob(&paths, &n, fixture_path(pattern), NULL), SY_OK);
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s ", paths[i] + prefix);
    file_glob_free(paths, n);
    assert_text(buf_text(&text), expected);
    buf_dispose(&text);
}

static void test_file__glob(void **state)
{
    static const char *const folders[] = {"g", "g/2019", "g/2018", "g/.hidden", "g/2019/deep"};
    static const char *const files[] = {"g/2019/b.csv",  "g/2019/a.csv",    "g/2018/a.csv",
                                        "g/2019/.x.csv", "g/.hidden/a.csv", "g/2019/a.txt"};
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(mkdir(fixture_path(folders[i]), 0755), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        fixture_file(files[i], "x", 1);

    expect_glob("g/2019/*.csv", "g/2019/a.csv g/2019/b.csv ");
    expect_glob("g/*/a.csv", "g/2018/a.csv g/2019/a.csv ");
    expect_glob("g/2*/*", "g/2018/a.csv g/2019/a.csv g/2019/a.txt g/2019/b.csv g/2019/deep ");
    expect_glob("g/*/none", "");
    expect_glob("none/*", "");
    expect_glob("g/2019/.*.csv", "g/2019/.x.csv ");
    expect_glob("g/2019/a.csv/*", "");
    expect_glob("g//2018/*", "g//2018/a.csv ");
    expect_glob("plain none", "plain none ");
}

static void test_file__replace_keeps_mode(void **state)
{
    struct file_writer w;
    struct stat st;
    sy_error err = {0};
    (void)state;
    const char *path = fixture_file("old", "old", 3);
    assert_int_equal(chmod(path, 0640), 0);
    size_t files = count_files();
    assert_int_equal(file_create(&w, path, &err), SY_OK);
    assert_int_equal(file_write(&w, "new text", 8, &err), SY_OK);
    assert_file(path, "old");
    assert_int_equal(file_commit(&w, &err), SY_OK);
    file_abort(&w);
    assert_file(path, "new text");
    assert_int_equal(w.written, 8);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(count_files(), files);
}

static void test_file__new_file_obeys_umask(void **state)
{
    struct file_writer w;
    struct stat st;
    (void)state;
    mode_t old = umask(027);
    assert_int_equal(file_create(&w, fixture_path("fresh"), NULL), SY_OK);
    assert_int_equal(file_commit(&w, NULL), SY_OK);
    umask(old);
    assert_int_equal(stat(fixture_path("fresh"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(st.st_size, 0);
}

static void test_file__abort_leaves_nothing(void **state)
{
    struct file_writer w;
    (void)state;
    const char *path = fixture_file("kept", "kept", 4);
    size_t files = count_files();
    assert_int_equal(file_create(&w, path, NULL), SY_OK);
    assert_int_equal(file_write(&w, "xx", 2, NULL), SY_OK);
    assert_int_equal(count_files(), files + 1);
    file_abort(&w);
    file_abort(&w);
    assert_file(path, "kept");
    assert_int_equal(count_files(), files);
}

static void test_file__large_writes(void **state)
{
    enum { SIZE = 200000 };
    static char big[SIZE];
    struct file_writer w;
    char *text = NULL;
    size_t len = 0;
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        big[i] = (char)('a' + i % 26);
    assert_int_equal(file_create(&w, fixture_path("large"), NULL), SY_OK);
    assert_int_equal(file_write(&w, big, 7, NULL), SY_OK);
    assert_int_equal(file_write(&w, big, SIZE, NULL), SY_OK);
    for (size_t i = 0; i < SIZE; i += 1000)
        assert_int_equal(file_write(&w, big + i, 1000, NULL), SY_OK);
    assert_int_equal(w.written, 7 + 2 * SIZE);
    assert_int_equal(file_commit(&w, NULL), SY_OK);
    assert_int_equal(file_slurp(&text, &len, fixture_path("large"), SIZE_MAX, NULL), SY_OK);
    assert_int_equal(len, 7 + 2 * SIZE);
    assert_memory_equal(text + 7, big, SIZE);
    assert_memory_equal(text + 7 + SIZE, big, SIZE);
    free(text);
}

static void test_file__links_are_followed(void **state)
{
    struct file_writer w;
    struct stat st;
    (void)state;
    fixture_file("target", "old", 3);
    assert_int_equal(symlink("target", fixture_path("link1")), 0);
    assert_int_equal(symlink(fixture_path("link1"), fixture_path("link2")), 0);
    assert_int_equal(symlink("later", fixture_path("dangling")), 0);
    assert_int_equal(symlink("loop", fixture_path("loop")), 0);
    assert_int_equal(file_create(&w, fixture_path("link2"), NULL), SY_OK);
    assert_int_equal(file_write(&w, "new", 3, NULL), SY_OK);
    assert_int_equal(file_commit(&w, NULL), SY_OK);
    assert_file(fixture_path("target"), "new");
    assert_int_equal(lstat(fixture_path("link2"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));

    assert_int_equal(file_create(&w, fixture_path("dangling"), NULL), SY_OK);
    assert_int_equal(file_commit(&w, NULL), SY_OK);
    assert_file(fixture_path("later"), "");
    assert_int_equal(file_create(&w, fixture_path("loop"), NULL), SY_EFILE);
}

static void test_file__devices_are_written_in_place(void **state)
{
    static char big[100000];
    struct file_writer w;
    struct stat st;
    sy_error err = {0};
    (void)state;
    assert_int_equal(file_create(&w, "/dev/full", &err), SY_OK);
    assert_int_equal(file_write(&w, "x", 1, &err), SY_OK);
    assert_int_equal(file_commit(&w, &err), SY_EFILE);
    assert_non_null(strcasestr(err.message, "no space left on device"));
    assert_text(err.file, "/dev/full");

    assert_int_equal(file_create(&w, "/dev/full", &err), SY_OK);
    assert_int_equal(file_write(&w, big, sizeof big, &err), SY_EFILE);
    file_abort(&w);
    assert_int_equal(file_create(&w, "/dev/null", &err), SY_OK);
    assert_int_equal(file_write(&w, big, sizeof big, &err), SY_OK);
    assert_int_equal(file_commit(&w, &err), SY_OK);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

static void test_file__standard_output_stays_open(void **state)
{
    struct file_writer w;
    struct stat st;
    (void)state;
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    int fd = open(fixture_path("stdout"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(saved >= 0 && fd >= 0);
    dup2(fd, STDOUT_FILENO);
    sy_status created = file_create(&w, "-", NULL);
    sy_status written = file_write(&w, "to stdout", 9, NULL);
    sy_status committed = file_commit(&w, NULL);
    int still_open = fstat(STDOUT_FILENO, &st);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    close(fd);
    assert_int_equal(created, SY_OK);
    assert_int_equal(written, SY_OK);
    assert_int_equal(committed, SY_OK);
    assert_int_equal(still_open, 0);
    assert_file(fixture_path("stdout"), "to stdout");
}

static void test_file__unwritable(void **state)
{
    struct file_writer w = {.fd = -1};
    sy_error err = {0};
    (void)state;
    fixture_file("a-file", "x", 1);
    assert_int_equal(file_create(&w, fixture_path("absent/out"), &err), SY_EFILE);
    assert_text(err.file, fixture_path("absent/out"));
    assert_int_equal(file_create(&w, fixture_path("a-file/out"), &err), SY_EFILE);
    assert_int_equal(file_create(&w, fixture_folder, &err), SY_EFILE);
    assert_int_equal(file_create(&w, "", &err), SY_EFILE);
    assert_int_equal(file_create(&w, fixture_path("new/"), &err), SY_EFILE);
    assert_null(w.block);
    file_abort(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file__slurp),
        cmocka_unit_test(test_file__slurp_grows),
        cmocka_unit_test(test_file__absent_and_folder),
        cmocka_unit_test(test_file__changed_while_read),
        cmocka_unit_test(test_file__rewind),
        cmocka_unit_test(test_file__glob),
        cmocka_unit_test(test_file__replace_keeps_mode),
        cmocka_unit_test(test_file__new_file_obeys_umask),
        cmocka_unit_test(test_file__abort_leaves_nothing),
        cmocka_unit_test(test_file__large_writes),
        cmocka_unit_test(test_file__links_are_followed),
        cmocka_unit_test(test_file__devices_are_written_in_place),
        cmocka_unit_test(test_file__standard_output_stays_open),
        cmocka_unit_test(test_file__unwritable),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
