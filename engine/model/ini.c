/*
 * ini.c - feeds inih line by line, after each line was found to be one that inih reads exactly.
 *
 * inih cuts long lines and section names, takes indented lines for continuations, drops what it
 * does not understand, and tells its handler no line number. The reader below sees each raw line
 * before inih does, counts, and refuses. inih calls the handler before it asks for the next line,
 * so the count is the line of the key.
 */
#include "model/ini.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"
#include "base/text.h"

#define SECTION_MAX    49 /* bytes that inih keeps of a section's name */
#define FILE_MAX_BYTES ((size_t)16 << 20)

/* One file while it is read. Owns: ini, seen_sections, seen_keys, scratch. */
struct reading {
    const char *next; /* the first byte that no line check has seen */
    const char *line; /* what inih has not yet taken of the current line */
    size_t line_len;  /* its bytes, the newline included */
    uint32_t number;  /* of the current line */
    const char *section;
    struct ini *ini;
    struct arena *arena;
    struct pool seen_sections; /* ids are indices of ini->sections */
    struct pool seen_keys;     /* section, newline, key; ids are indices of ini->entries */
    struct buf scratch;
    size_t cap_entries;
    size_t cap_sections;
    sy_status status;
    sy_error *err;
};

static pthread_once_t knobs_once = PTHREAD_ONCE_INIT;

static void set_knobs(void)
{
    ini_use_stack = false;
    ini_max_line = INI_LINE_MAX + 4;
    ini_initial_alloc = INI_LINE_MAX + 4;
    ini_allow_realloc = true;
    ini_allow_multiline = false;
    ini_allow_inline_comments = true;
    ini_allow_no_value = false;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool refuse(struct reading *r, const char *message)
{
    r->status = error_set(r->err, SY_EINPUT, r->ini->path, r->number, "%s", message);
    return false;
}

static bool fail_nomem(struct reading *r)
{
    r->status = error_nomem(r->err);
    return false;
}

/* An entry more, zeroed, in an array of the ini; NULL without memory. */
static struct ini_entry *append_entry(struct ini_entry **entries, size_t *n, size_t *cap)
{
    if (*n == *cap) {
        size_t more = *cap ? *cap * 2 : 16;
        struct ini_entry *grown = realloc(*entries, more * sizeof *grown);
        if (!grown)
            return NULL;
        *entries = grown;
        *cap = more;
    }
    struct ini_entry *entry = &(*entries)[(*n)++];
    memset(entry, 0, sizeof *entry);
    return entry;
}

/* Where inih would stop in a line: at one of `stops`, at a comment, or at the end. */
static const char *find_stop(const char *text, const char *end, const char *stops)
{
    bool after_blank = false;
    for (; text < end; text++) {
        if (memchr(stops, *text, strlen(stops)) || (after_blank && *text == ';'))
            break;
        after_blank = is_blank(*text);
    }
    return text;
}

static bool enter_section(struct reading *r, const char *name, size_t len)
{
    uint32_t id = pool_intern(&r->seen_sections, name, len);
    if (id == POOL_NONE)
        return fail_nomem(r);
    if (id == r->ini->nsections) {
        struct ini_entry *s = append_entry(&r->ini->sections, &r->ini->nsections, &r->cap_sections);
        if (!s)
            return fail_nomem(r);
        s->section = arena_copy(r->arena, name, len);
        s->key = s->value = "";
        s->line = r->number;
        if (!s->section)
            return fail_nomem(r);
    }
    r->section = r->ini->sections[id].section;
    return true;
}

static bool check_header(struct reading *r, const char *text, const char *end)
{
    const char *close = find_stop(text + 1, end, "]");
    if (close == end || *close != ']')
        return refuse(r, "a section header without ']'; write [section]");
    const char *name = text + 1;
    size_t len = (size_t)(close - name);
    if (len > SECTION_MAX)
        return refuse(r, "a section name over 49 bytes (16 Chinese characters); shorten it");
    text_trim(&name, &len);
    if (len == 0)
        return refuse(r, "a section header without a name; write [section]");
    const char *rest = close + 1;
    while (rest < end && is_blank(*rest))
        rest++;
    if (rest < end && (*rest != ';' || rest == close + 1))
        return refuse(r, "text after a section header; put it on the next line");
    return enter_section(r, name, len);
}

/* The signs of an INI, typed with a Chinese keyboard. */
static bool is_full_width(const char *text, const char *end)
{
    static const char *const signs[] = {"＝", "［", "【", "："};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(text, (size_t)(end - text), signs[i], strlen(signs[i])))
            return true;
    return false;
}

static bool check_key(struct reading *r, const char *text, const char *end)
{
    const char *stop = find_stop(text, end, "=:");
    if ((stop == end || *stop == ';') && is_full_width(text, stop))
        return refuse(r, "a full-width sign; write [ ] and = in half width");
    if (stop < end && *stop == ':')
        return refuse(r, "':' where '=' belongs; write KEY = VALUE, and no ':' in a key");
    if (stop == end || *stop != '=')
        return refuse(r, "a line without '='; write KEY = VALUE, or ';' in front of a comment");
    if (stop == text)
        return refuse(r, "no key before '='; write KEY = VALUE");
    return true;
}

/* Whether inih reads the current line as a person does. Blank lines and comments do not reach it.
 */
static bool check_line(struct reading *r)
{
    const char *line = r->line;
    size_t len = r->line_len;
    if (len > 0 && line[len - 1] == '\n')
        len--;
    if (len > 0 && line[len - 1] == '\r')
        len--;
    if (len > INI_LINE_MAX)
        return refuse(r, "a line over 4000 bytes; shorten it");
    if (memchr(line, '\r', len))
        return refuse(r, "a carriage return inside a line; end lines with LF or CRLF");
    const char *text = line;
    text_trim(&text, &len);
    if (len == 0 || *text == ';' || *text == '#') {
        r->line = "\n";
        r->line_len = 1;
        return true;
    }
    if (text != line)
        return refuse(r, "an indented line; begin it in the first column (a value is one line)");
    if (*text == '[')
        return check_header(r, text, text + len);
    return check_key(r, text, text + len);
}

/* The ini_reader: as fgets, a line or as much of it as fits. NULL ends the reading. */
static char *read_line(char *out, int cap, void *stream)
{
    struct reading *r = stream;
    if (r->status != SY_OK || cap < 2)
        return NULL;
    if (r->line_len == 0) {
        if (*r->next == '\0')
            return NULL;
        const char *feed = strchr(r->next, '\n');
        const size_t len = feed ? (size_t)(feed - r->next) + 1 : strlen(r->next);
        r->number++;
        r->line = r->next;
        r->line_len = len;
        r->next += len;
        if (!check_line(r))
            return NULL;
    }
    size_t n = r->line_len < (size_t)cap - 1 ? r->line_len : (size_t)cap - 1;
    memcpy(out, r->line, n);
    out[n] = '\0';
    r->line += n;
    r->line_len -= n;
    return out;
}

static bool refuse_twice(struct reading *r, const struct ini_entry *first)
{
    const char *open = *r->section ? " in [" : "";
    r->status = error_set(r->err, SY_EINPUT, r->ini->path, r->number,
                          "'%s' is given twice%s%s%s: also in line %u; keep one", first->key, open,
                          r->section, *r->section ? "]" : "", (unsigned)first->line);
    return false;
}

static bool add_entry(struct reading *r, const char *key, size_t key_len, const char *value,
                      size_t value_len)
{
    buf_clear(&r->scratch);
    buf_str(&r->scratch, r->section);
    buf_char(&r->scratch, '\n');
    buf_add(&r->scratch, key, key_len);
    if (r->scratch.failed)
        return fail_nomem(r);
    uint32_t id = pool_intern(&r->seen_keys, r->scratch.data, r->scratch.len);
    if (id == POOL_NONE)
        return fail_nomem(r);
    if (id < r->ini->nentries)
        return refuse_twice(r, &r->ini->entries[id]);
    struct ini_entry *entry = append_entry(&r->ini->entries, &r->ini->nentries, &r->cap_entries);
    if (!entry)
        return fail_nomem(r);
    entry->section = r->section;
    entry->key = arena_copy(r->arena, key, key_len);
    entry->value = arena_copy(r->arena, value, value_len);
    entry->line = r->number;
    return (entry->key && entry->value) || fail_nomem(r);
}

/* The ini_handler. 0 is a failure. inih's own idea of the section is not used: it may be cut. */
static int take_key(void *ctx, const char *section, const char *key, const char *value)
{
    struct reading *r = ctx;
    size_t key_len = strlen(key), value_len = strlen(value);
    (void)section;
    text_trim(&key, &key_len);
    text_trim(&value, &value_len);
    return add_entry(r, key, key_len, value, value_len);
}

static sy_status run_inih(struct reading *r, const char *text)
{
    int result;
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    r->next = text;
    pthread_once(&knobs_once, set_knobs);
    result = ini_parse_stream(read_line, r, take_key, r);
    if (r->status != SY_OK)
        return r->status;
    if (result == -2)
        return error_nomem(r->err);
    if (result != 0)
        return error_set(r->err, SY_EINPUT, r->ini->path, (uint32_t)(result > 0 ? result : 0),
                         "a line that cannot be read");
    return SY_OK;
}

sy_status ini_load_text(struct ini **out, const char *text, const char *shown, sy_error *err)
{
    struct reading r = {.section = "", .err = err};
    sy_status status = SY_OK;
    r.ini = calloc(1, sizeof *r.ini);
    r.arena = calloc(1, sizeof *r.arena);
    if (!r.ini || !r.arena) {
        free(r.arena);
        r.arena = NULL;
        status = error_nomem(err);
        goto out;
    }
    r.ini->memory = r.arena;
    r.ini->path = arena_strdup(r.arena, shown);
    if (!r.ini->path) {
        status = error_nomem(err);
        goto out;
    }
    status = run_inih(&r, text);
out:
    pool_dispose(&r.seen_sections);
    pool_dispose(&r.seen_keys);
    buf_dispose(&r.scratch);
    if (status == SY_OK)
        *out = r.ini;
    else
        ini_free(r.ini);
    return status;
}

sy_status ini_load(struct ini **out, const char *path, const char *shown, sy_error *err)
{
    char *text = NULL;
    size_t len;
    sy_status status = text_slurp(&text, &len, path, FILE_MAX_BYTES, err);
    if (status == SY_OK)
        status = ini_load_text(out, text, shown, err);
    else if (err && err->file[0])
        snprintf(err->file, sizeof err->file, "%s", shown);
    free(text);
    return status;
}

void ini_free(struct ini *ini)
{
    if (!ini)
        return;
    if (ini->memory)
        arena_dispose(ini->memory);
    free(ini->memory);
    free(ini->entries);
    free(ini->sections);
    free(ini);
}

const char *ini_get(const struct ini *ini, const char *section, const char *key)
{
    for (size_t i = 0; i < ini->nentries; i++)
        if (strcmp(ini->entries[i].key, key) == 0 && strcmp(ini->entries[i].section, section) == 0)
            return ini->entries[i].value;
    return NULL;
}
