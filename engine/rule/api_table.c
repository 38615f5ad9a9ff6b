/*
 * api_table.c - api.def as a table.
 */
#include "rule/api_table.h"

static const struct api_entry entries[] = {
#define ENTRY(owner, name, type, en, zh) \
    {API_FIELD, owner, name, owner "." name, type, NULL, en, zh},
#define RULES(name, type, en, zh)    ENTRY("rules", name, type, en, zh)
#define ITEM(name, type, en, zh)     ENTRY("i", name, type, en, zh)
#define FUND(name, type, en, zh)     ENTRY("fund", name, type, en, zh)
#define DATE(name, type, en, zh)     ENTRY("date", name, type, en, zh)
#define GIVEN(name, type, en, zh)    ENTRY("given", name, type, en, zh)
#define EXPECTED(name, type, en, zh) ENTRY("expected", name, type, en, zh)
#define METHOD(owner, name, parameters, returns, en, zh) \
    {API_METHOD, owner, name, owner "." name, returns, parameters, en, zh},
#define LIBRARY(table, names, en, zh) {API_LIBRARY, table, names, NULL, "", NULL, en, zh},
#include "rule/api.def"
};

const struct api_entry *api_entries(size_t *n)
{
    *n = sizeof entries / sizeof entries[0];
    return entries;
}
