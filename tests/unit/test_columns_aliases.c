/*
 * test_columns_aliases.c - each alias of the installed config/columns.ini, as it stands and as
 * tables print it, means its column.
 */
#include "check.h"

#include "model/columns.h"
#include "model/ini.h"

static struct columns *columns;
static struct units *units;

static void check_header(const char *table, const char *column, const char *header)
{
    struct buf bare = {0};
    uint32_t unit;
    const char *means =
        columns_meaning(columns, table, header, strlen(header), units, &unit, &bare);
    if (!means || strcmp(means, column) != 0)
        fail_msg("%s: '%s' means %s, not %s; bare: '%s'", table, header, means ? means : "nothing",
                 column, buf_text(&bare));
    buf_dispose(&bare);
}

static void check_alias(const char *table, const char *column, const char *alias)
{
    static const char *const forms[] = {"%s", " %s ", "%s(A)", "%s（万元）", "（一）%s", "%s\n"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char header[512];
        snprintf(header, sizeof header, forms[i], alias);
        check_header(table, column, header);
    }
}

static void test_columns__every_alias(void **state)
{
    static const char *const tables[] = {"funds", "outcomes", "facts", "ratings", "adjustments"};
    struct ini *ini = NULL;
    size_t seen = 0;
    sy_error err;
    (void)state;
    assert_int_equal(ini_load(&ini, "config/columns.ini", "columns.ini", &err), SY_OK);
    assert_int_equal(units_load(&units, "config/units.ini", NULL, &err), SY_OK);
    assert_int_equal(columns_load(&columns, "config/columns.ini", NULL, &err), SY_OK);
    for (size_t i = 0; i < ini->nentries; i++)
        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
            if (strcmp(ini->entries[i].section, tables[t]) != 0)
                continue;
            char list[4096], *rest = list;
            snprintf(list, sizeof list, "%s", ini->entries[i].value);
            for (char *word; (word = strsep(&rest, ",")); seen++)
                check_alias(tables[t], ini->entries[i].key, word);
        }
    assert_true(seen > 150);
    ini_free(ini);
    columns_free(columns);
    units_free(units);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns__every_alias)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
