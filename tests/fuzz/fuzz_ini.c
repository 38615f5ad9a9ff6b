/*
 * fuzz_ini.c - the guarded INI reader against the plainest way to read a line.
 */
#include "base/text.h"
#include "fuzz.h"
#include "model/ini.h"

struct span {
    const char *at;
    size_t len;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct span trim(const char *from, const char *to)
{
    struct span s = {from, (size_t)(to - from)};
    text_trim(&s.at, &s.len);
    return s;
}

static bool is_text(struct span s, const char *text)
{
    return strlen(text) == s.len && memcmp(s.at, text, s.len) == 0;
}

/* One line as a person reads it: up to a comment. The line holds no newline. */
static const char *find_comment(const char *line, const char *end)
{
    for (const char *p = line; p < end; p++)
        if (*p == ';' && (p == line || is_blank(p[-1])))
            return p;
    return end;
}

/* A line that counts, in a file that was taken: a header opens `section`, any other is the next
 * entry. */
static void check_line(const struct ini *ini, size_t *next, struct span *section, const char *line,
                       const char *end, uint32_t number)
{
    const char *stop = find_comment(line, end);
    if (*line == '[') {
        const char *close = memchr(line, ']', (size_t)(stop - line));
        FUZZ_LAW(close, "line %u: a header that does not close", (unsigned)number);
        FUZZ_LAW(trim(close + 1, stop).len == 0, "line %u: a key beside a header",
                 (unsigned)number);
        *section = trim(line + 1, close);
        return;
    }
    const char *equal = memchr(line, '=', (size_t)(stop - line));
    FUZZ_LAW(equal, "line %u: no '='", (unsigned)number);
    FUZZ_LAW(*next < ini->nentries, "line %u was lost", (unsigned)number);
    const struct ini_entry *e = &ini->entries[(*next)++];
    FUZZ_LAW(e->line == number, "line %u is shown as %u", (unsigned)number, (unsigned)e->line);
    FUZZ_LAW(is_text(trim(line, equal), e->key), "line %u: key '%s'", (unsigned)number, e->key);
    FUZZ_LAW(is_text(trim(equal + 1, stop), e->value), "line %u: value '%s'", (unsigned)number,
             e->value);
    FUZZ_LAW(is_text(*section, e->section), "line %u: section '%s'", (unsigned)number, e->section);
    FUZZ_LAW(e->key[0] && strlen(e->value) <= INI_LINE_MAX, "line %u: no key", (unsigned)number);
}

static void check_taken(const struct ini *ini, const char *text)
{
    struct span section = {"", 0};
    size_t next = 0;
    uint32_t number = 0;
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    while (*text) {
        const char *end = text + strcspn(text, "\n");
        struct span all = trim(text, end);
        number++;
        if (all.len && *all.at != ';' && *all.at != '#')
            check_line(ini, &next, &section, text, end, number);
        text = *end ? end + 1 : end;
    }
    FUZZ_LAW(next == ini->nentries, "%zu entries of %zu lines", ini->nentries, next);
    for (size_t i = 0; i < ini->nsections; i++)
        FUZZ_LAW(ini->sections[i].line >= 1 && ini->sections[i].line <= number,
                 "section in line %u", (unsigned)ini->sections[i].line);
    for (size_t i = 0; i < ini->nentries; i++) {
        const char *got = ini_get(ini, ini->entries[i].section, ini->entries[i].key);
        FUZZ_LAW(got == ini->entries[i].value, "'%s' is there twice", ini->entries[i].key);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ini *ini = NULL, *again = NULL;
    sy_error err = {0}, err_again = {0};
    if (size > 16384)
        return 0;
    char *text = fuzz_text(data, size);
    uint32_t lines = fuzz_lines(text, size);
    sy_status status = ini_load_text(&ini, text, "x.ini", &err);
    if (status == SY_OK)
        check_taken(ini, text);
    else
        fuzz_refusal(status, &err, lines);
    /* From a file, where the encoding is judged too: UTF-8 text reads the same. */
    sy_status file = ini_load(&again, fuzz_file(0, data, size), "x.ini", &err_again);
    if (file != SY_OK)
        fuzz_refusal(file, &err_again, lines);
    /* What is no text at all is named as what it is, only in a file. */
    bool other = file != SY_OK && err_again.line == 0;
    if (!other && text_is_utf8(text, size) && strlen(text) == size &&
        strncmp(text, "\xEF\xBB\xBF", 3) != 0) {
        FUZZ_LAW(file == status, "%d from a file, %d from memory", (int)file, (int)status);
        FUZZ_LAW(status == SY_OK ||
                     (err.line == err_again.line && strcmp(err.message, err_again.message) == 0),
                 "'%s' from a file, '%s' from memory", err_again.message, err.message);
        FUZZ_LAW(status != SY_OK || ini->nentries == again->nentries, "other entries from a file");
    }
    ini_free(ini);
    ini_free(again);
    free(text);
    return 0;
}
