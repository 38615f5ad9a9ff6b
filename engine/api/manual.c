/*
 * manual.c - what the manual says of a finding: its section, cut out of the page.
 */
#include "api/manual.h"

#include <string.h>

#include "table/findings.h"
#include <steelyard/steelyard.h>

#define HEADING "\n### `"

const char *sy_finding_code(size_t i)
{
    return i < FINDING_CODES ? finding_word((enum finding_code)i) : NULL;
}

sy_severity sy_finding_severity(size_t i)
{
    return (sy_severity)finding_severity((enum finding_code)i);
}

/* The end of a section: the next heading of whatever depth, or that of the page. */
static size_t section_len(const char *section)
{
    const char *next = strstr(section, "\n#");
    size_t len = next ? (size_t)(next - section) : strlen(section);
    while (len && section[len - 1] == '\n')
        len--;
    return len;
}

const char *sy_finding_manual(const char *code, const char *language, size_t *len)
{
    const bool zh = language && strcmp(language, "zh") == 0;
    const char *at = (const char *)(zh ? manual_findings_zh : manual_findings_en);
    const size_t wanted = strlen(code);
    while ((at = strstr(at, HEADING)) != NULL) {
        at += strlen(HEADING);
        if (strncmp(at, code, wanted) != 0 || strncmp(at + wanted, "`\n", 2) != 0)
            continue;
        at += wanted + 2;
        at += strspn(at, "\n");
        *len = section_len(at);
        return at;
    }
    *len = 0;
    return NULL;
}
