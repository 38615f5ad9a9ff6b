/*
 * api_table.c - api.def as a table.
 */
#include "rule/api_table.h"

static const struct api_entry entries[] = {
#define RULES(name, type, en, zh)    {API_FIELD, "rules", name, type, NULL, en, zh},
#define ITEM(name, type, en, zh)     {API_FIELD, "i", name, type, NULL, en, zh},
#define FUND(name, type, en, zh)     {API_FIELD, "fund", name, type, NULL, en, zh},
#define DATE(name, type, en, zh)     {API_FIELD, "date", name, type, NULL, en, zh},
#define GIVEN(name, type, en, zh)    {API_FIELD, "given", name, type, NULL, en, zh},
#define EXPECTED(name, type, en, zh) {API_FIELD, "expected", name, type, NULL, en, zh},
#define METHOD(owner, name, parameters, returns, en, zh) \
    {API_METHOD, owner, name, returns, parameters, en, zh},
#define LIBRARY(table, names, en, zh) {API_LIBRARY, table, names, "", NULL, en, zh},
#include "rule/api.def"
};

const struct api_entry *api_entries(size_t *n)
{
    *n = sizeof entries / sizeof entries[0];
    return entries;
}
