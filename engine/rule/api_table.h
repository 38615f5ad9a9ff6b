/*
 * api_table.h - api.def as a table: what scripts reach beside the standard rules.
 */
#ifndef RULE_API_TABLE_H
#define RULE_API_TABLE_H

#include <stddef.h>

enum api_kind { API_FIELD, API_METHOD, API_LIBRARY };

struct api_entry {
    enum api_kind kind;
    const char *owner;      /* "sy", "rules", "i", "fund", "date", "test", "given", "expected"; of a
                               library its table, "" for globals */
    const char *name;       /* of a library: its names, with blanks between them */
    const char *path;       /* "fund.cap"; NULL for a library */
    const char *type;       /* of a field, or what a method returns; "": nothing */
    const char *parameters; /* of a method; NULL */
    const char *en, *zh;
};

const struct api_entry *api_entries(size_t *n);

#endif
