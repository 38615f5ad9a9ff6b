/*
 * case_given.c - what a case gives: rows, facts, the fund, the year before.
 */
#include <string.h>

#include "base/number.h"
#include "prove/case.h"
#include "stage/plan.h"

static const char *const row_keys[] = {"indicator", "level1", "level2", "name",     "sign",
                                       "target",    "actual", "unit",   "weight",   "rating",
                                       "claimed",   "note",   "excess", "evidence", "completion"};
#define NROW (sizeof row_keys / sizeof *row_keys)
static const char *const case_keys[] = {"facts", "fund", "year", "previous", "indicators"};
#define NCASE (sizeof case_keys / sizeof *case_keys)
static const char *const fund_keys[] = {"name",    "department",    "part_of",
                                        "claimed", "claimed_grade", "type"};
#define NFUND (sizeof fund_keys / sizeof *fund_keys)
static const char *const before_keys[] = {"facts", "indicators", "actual"};

/* A value as a cell: text as written, a number bare, 是 or 否. */
static sy_status read_cell(const char **out, const struct case_reading *r,
                           const struct test_value *v)
{
    char number[NUMBER_TEXT_MAX];
    if (v->kind == TEST_TABLE)
        return case_refuse(r, "%s is a number, a text, true or false, not a table", v->key);
    if (v->kind == TEST_TEXT) {
        *out = v->text;
        return SY_OK;
    }
    number_print(number, v->num);
    double read = 0;
    if (v->kind == TEST_NUMBER && !number_parse(&read, number, strlen(number)))
        return case_refuse(r, "%s: a table cannot hold the number %s", v->key, number);
    const char *text = v->kind == TEST_NUMBER ? number : v->num != 0 ? "是" : "否";
    char *copy = case_alloc(r, strlen(text) + 1);
    if (!copy)
        return SY_ENOMEM;
    *out = strcpy(copy, text);
    return SY_OK;
}

/* Members that are cells of `known`; with `only`, others are errors. */
static sy_status read_cells(const struct prove_cell **out, size_t *n, const struct case_reading *r,
                            const struct test_value *table, const char *const *known, size_t nknown,
                            const char *only)
{
    struct prove_cell *cells = case_alloc(r, table->nmembers * sizeof *cells);
    sy_status status = cells ? SY_OK : SY_ENOMEM;
    *n = 0;
    for (size_t i = 0; i < table->nmembers && status == SY_OK; i++) {
        const struct test_value *v = &table->members[i];
        bool is_known = v->key && (!known || case_find(known, nknown, v->key) >= 0);
        if (only && !v->key)
            return case_refuse(r, "%s has names as keys", only);
        if (only && !is_known)
            return case_refuse_word(r, only, v->key, known, nknown);
        if (!is_known)
            continue;
        cells[*n].name = v->key;
        status = read_cell(&cells[(*n)++].text, r, v);
    }
    *out = cells;
    return status;
}

static sy_status want_table(const struct case_reading *r, const struct test_value *v)
{
    return v->kind == TEST_TABLE ? SY_OK : case_refuse(r, "%s is a table", v->key);
}

static sy_status read_facts(struct prove_given *out, const struct case_reading *r,
                            const struct test_value *table)
{
    const struct test_value *facts = case_member(table, "facts");
    if (!facts)
        return SY_OK;
    sy_status status = want_table(r, facts);
    if (status == SY_OK)
        status = read_cells(&out->facts, &out->nfacts, r, facts, NULL, 0, "facts");
    return status;
}

static bool has_cell(const struct prove_row *row, const char *name)
{
    for (size_t i = 0; i < row->ncells; i++)
        if (strcmp(row->cells[i].name, name) == 0 && *row->cells[i].text)
            return true;
    return false;
}

static sy_status check_row(const struct case_reading *r, const struct prove_row *row)
{
    if (has_cell(row, "indicator") || (has_cell(row, "level1") && has_cell(row, "name")))
        return SY_OK;
    return case_refuse(r, "which indicator? Name its path, indicator = \"output.x\", or level1, "
                          "level2 and name as tables write them");
}

/* A row that is given by its path: ["output.x"] = { actual = 5 }. */
static sy_status name_row(struct prove_row *row, const struct case_reading *r, const char *path)
{
    if (has_cell(row, "indicator"))
        return case_refuse(r, "the row [\"%s\"] names an indicator again", path);
    struct prove_cell *cells = case_alloc(r, (row->ncells + 1) * sizeof *cells);
    if (!cells)
        return SY_ENOMEM;
    cells[0] = (struct prove_cell){.name = "indicator", .text = path};
    for (size_t i = 0; i < row->ncells; i++)
        cells[i + 1] = row->cells[i];
    row->cells = cells;
    row->ncells++;
    return SY_OK;
}

static sy_status read_rows(struct prove_given *out, const struct case_reading *r,
                           const struct test_value *table)
{
    const struct test_value *list = case_member(table, "indicators");
    if (!list)
        return SY_OK;
    sy_status status = want_table(r, list);
    struct prove_row *rows = NULL;
    if (status == SY_OK && !(rows = case_alloc(r, list->nmembers * sizeof *rows)))
        status = SY_ENOMEM;
    for (size_t i = 0; status == SY_OK && i < list->nmembers; i++) {
        const struct test_value *v = &list->members[i];
        if (v->kind != TEST_TABLE)
            return case_refuse(r, "indicators is a list of rows: { { indicator = \"output.x\", "
                                  "actual = 5 }, … }");
        status = read_cells(&rows[i].cells, &rows[i].ncells, r, v, row_keys, NROW,
                            "a row has no column");
        if (status == SY_OK && v->key)
            status = name_row(&rows[i], r, v->key);
        if (status == SY_OK)
            status = check_row(r, &rows[i]);
    }
    out->rows = rows;
    out->nrows = list->nmembers;
    return status;
}

/* Cells that say which indicator a row is of, and in which unit, and the actual. */
static sy_status copy_row(struct prove_given *out, const struct case_reading *r,
                          const struct prove_row *row, const struct test_value *actual)
{
    static const char *const names[] = {"indicator", "level1", "level2", "name", "unit"};
    struct prove_row *copy = case_alloc(r, sizeof *copy);
    struct prove_cell *cells = case_alloc(r, (row->ncells + 1) * sizeof *cells);
    size_t n = 0;
    if (!copy || !cells)
        return SY_ENOMEM;
    for (size_t i = 0; i < row->ncells; i++)
        if (case_find(names, sizeof names / sizeof *names, row->cells[i].name) >= 0)
            cells[n++] = row->cells[i];
    sy_status status = read_cell(&cells[n].text, r, actual);
    cells[n++].name = "actual";
    *copy = (struct prove_row){cells, n};
    out->rows = copy;
    out->nrows = 1;
    return status;
}

static sy_status read_before_table(struct prove_case *out, const struct case_reading *r,
                                   const struct test_value *v)
{
    const struct test_value *actual = case_member(v, "actual");
    for (size_t i = 0; i < v->nmembers; i++)
        if (!v->members[i].key || case_find(before_keys, 3, v->members[i].key) < 0)
            return case_refuse_word(r, "previous has no",
                                    v->members[i].key ? v->members[i].key : "1", before_keys, 3);
    if (actual && case_member(v, "indicators"))
        return case_refuse(r, "previous has an actual or indicators, not both");
    sy_status status = read_facts(&out->before, r, v);
    if (status == SY_OK)
        status = read_rows(&out->before, r, v);
    if (status == SY_OK && actual && !out->flat)
        return case_refuse(r, "previous: actual is of one indicator; of a whole fund, write "
                              "previous = { indicators = … }");
    return status == SY_OK && actual ? copy_row(&out->before, r, &out->now.rows[0], actual)
                                     : status;
}

static sy_status read_before(struct prove_case *out, const struct case_reading *r,
                             const struct test_value *given)
{
    const struct test_value *v = case_member(given, "previous");
    if (!v)
        return SY_OK;
    out->has_before = true;
    if (v->kind == TEST_TABLE)
        return read_before_table(out, r, v);
    if (out->flat)
        return copy_row(&out->before, r, &out->now.rows[0], v);
    return case_refuse(r, "previous is last year's actual of one indicator; of a whole fund, write "
                          "previous = { facts = …, indicators = … }");
}

static sy_status read_fund(struct prove_case *out, const struct case_reading *r,
                           const struct test_value *given)
{
    const struct test_value *fund = case_member(given, "fund");
    const struct test_value *year = case_member(given, "year");
    if (year && (year->kind != TEST_NUMBER || year->num < 1000 || year->num > 9999 ||
                 year->num != (int)year->num))
        return case_refuse(r, "year is a number such as 2019");
    out->year = year ? (int)year->num : out->year;
    if (!fund)
        return SY_OK;
    sy_status status = want_table(r, fund);
    if (status == SY_OK)
        status =
            read_cells(&out->fund, &out->nfund, r, fund, fund_keys, NFUND, "fund has no column");
    for (size_t i = 0; i < out->nfund && status == SY_OK; i++)
        if (strcmp(out->fund[i].name, "type") == 0)
            out->type = out->fund[i].text;
    return status;
}

/* What stands elsewhere is sent there; else what was probably meant. */
static sy_status refuse_key(const struct case_reading *r, const char *key)
{
    const char *known[NROW + NCASE];
    if (check_money_fact(key))
        return case_refuse(r, "%s is a fact: write facts = { %s = … }", key, key);
    if (case_find(fund_keys, NFUND, key) >= 0)
        return case_refuse(r, "%s is the fund's: write fund = { %s = … }", key, key);
    memcpy(known, row_keys, sizeof row_keys);
    memcpy(known + NROW, case_keys, sizeof case_keys);
    return case_refuse_word(r, "a case has no", key, known, NROW + NCASE);
}

static sy_status check_keys(const struct case_reading *r, const struct test_value *given)
{
    for (size_t i = 0; i < given->nmembers; i++) {
        const char *key = given->members[i].key;
        if (!key)
            return case_refuse(r,
                               "what is given has names: { indicator = \"output.x\", actual = 5 }");
        if (case_find(row_keys, NROW, key) < 0 && case_find(case_keys, NCASE, key) < 0)
            return refuse_key(r, key);
    }
    return SY_OK;
}

sy_status case_given(struct prove_case *out, const struct case_reading *r,
                     const struct test_value *given)
{
    struct prove_row *row = case_alloc(r, sizeof *row);
    sy_status status = row ? check_keys(r, given) : SY_ENOMEM;
    if (status == SY_OK)
        status = read_cells(&row->cells, &row->ncells, r, given, row_keys, NROW, NULL);
    if (status == SY_OK)
        status = read_rows(&out->now, r, given);
    if (status == SY_OK && row->ncells > 0 && case_member(given, "indicators"))
        status =
            case_refuse(r, "one indicator in the case, or several in indicators = …, not both");
    if (status == SY_OK && row->ncells > 0) {
        out->flat = true;
        out->now.rows = row;
        out->now.nrows = 1;
        status = check_row(r, row);
    }
    if (status == SY_OK)
        status = read_facts(&out->now, r, given);
    if (status == SY_OK)
        status = read_fund(out, r, given);
    return status == SY_OK ? read_before(out, r, given) : status;
}
