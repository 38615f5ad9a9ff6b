/*
 * ini.h - inih with its traps closed: what cannot be read exactly is refused with file and line.
 */
#ifndef MODEL_INI_H
#define MODEL_INI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/base.h>

struct ini_entry {
    const char *section; /* "" before the first header */
    const char *key;
    const char *value;
    uint32_t line;
};

/* Entries in file order; section lines too, also of empty sections. Owns: everything it points to.
 */
struct ini {
    struct ini_entry *entries;
    size_t nentries;
    struct ini_entry *sections; /* section and line only, once each, first mention */
    size_t nsections;
    const char *path; /* as shown in messages and origins */
    void *memory;
};

/* Reads a file (UTF-8 or GB18030). `shown` is the path for messages and origins. SY_EFILE where it
 * is absent, SY_EINPUT with file and line for what contract section 3 lists: over-long line (over
 * INI_LINE_MAX bytes), section name over 49 bytes, broken header, text after a header, a key twice,
 * an indented continuation, a line without `=`, an empty key, `:` where `=` belongs, a NUL byte. */
sy_status ini_load(struct ini **out, const char *path, const char *shown, sy_error *err);
sy_status ini_load_text(struct ini **out, const char *text, const char *shown, sy_error *err);
void ini_free(struct ini *ini);

#define INI_LINE_MAX 4000

/* The value of a key, or NULL. */
const char *ini_get(const struct ini *ini, const char *section, const char *key);

#endif
