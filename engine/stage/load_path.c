/*
 * load_path.c - what {year} and {fund} in the path of a source stand for.
 */
#include "stage/load_path.h"

#include <string.h>

#include "base/buf.h"
#include "base/pattern.h"

char *load_path_fill(const char *pattern, int year, const char *fund)
{
    struct buf out = {0};
    while (*pattern) {
        if (strncmp(pattern, "{year}", 6) == 0 && year) {
            buf_printf(&out, "%d", year);
            pattern += 6;
        } else if (strncmp(pattern, "{fund}", 6) == 0) {
            buf_str(&out, fund);
            pattern += 6;
        } else {
            buf_char(&out, *pattern++);
        }
    }
    if (out.failed) {
        buf_dispose(&out);
        return NULL;
    }
    return out.data ? out.data : strdup("");
}

/* What {fund} stands for in a name that matches `part`, the pattern's component that holds it: the
 * most that leaves a match for the rest. */
static bool capture_part(struct cell *out, const char *part, size_t before, const char *name,
                         size_t len)
{
    struct buf rest = {0}, tail = {0}, head = {0}, front = {0};
    bool found = false;
    buf_add(&head, part, before);
    buf_add(&rest, part + before + strlen("{fund}"),
            strcspn(part + before + strlen("{fund}"), "/"));
    for (size_t from = 0; from < len && !found; from++) {
        buf_clear(&front);
        buf_add(&front, name, from);
        if (!pattern_match(buf_text(&head), buf_text(&front)))
            continue;
        for (size_t end = len; end > from && !found; end--) {
            buf_clear(&tail);
            buf_add(&tail, name + end, len - end);
            if (pattern_match(buf_text(&rest), buf_text(&tail))) {
                *out = (struct cell){name + from, end - from};
                found = true;
            }
        }
    }
    found = found && !head.failed && !rest.failed && !tail.failed && !front.failed;
    buf_dispose(&head);
    buf_dispose(&rest);
    buf_dispose(&tail);
    buf_dispose(&front);
    return found;
}

bool load_path_fund(struct cell *out, const char *pattern, const char *path)
{
    const char *mark = strstr(pattern, "{fund}");
    if (!mark)
        return false;
    size_t after = 0; /* components after the one with {fund}: paths share their tail */
    for (const char *p = mark; *p; p++)
        after += *p == '/';
    const char *end = path + strlen(path);
    for (const char *p = end; after && p > path;)
        if (*--p == '/' && --after == 0)
            end = p;
    const char *begin = end;
    while (begin > path && begin[-1] != '/')
        begin--;
    const char *part = mark;
    while (part > pattern && part[-1] != '/')
        part--;
    return capture_part(out, part, (size_t)(mark - part), begin, (size_t)(end - begin));
}
