/*
 * value_normal.c - one spelling for what people type in many: full width, signs, dashes, blanks.
 * What comes out is the text that the forms are matched with; the cell itself is kept elsewhere.
 */
#include <string.h>

#include "base/text.h"
#include "model/value_parts.h"

/* Characters outside full-width ASCII that are another way to type a form. In order of code. */
static const struct {
    uint32_t character;
    const char *normal;
} spellings[] = {
    {0x2010, "-"},  {0x2011, "-"},  {0x2012, "—"},  {0x2013, "—"},  {0x2015, "—"},  {0x2212, "-"},
    {0x2215, "/"},  {0x223C, "~"},  {0x2264, "<="}, {0x2265, ">="}, {0x2266, "<="}, {0x2267, ">="},
    {0x226E, ">="}, {0x226F, "<="}, {0x2500, "—"},  {0x2501, "—"},  {0x2550, "="},  {0x2A7D, "<="},
    {0x2A7E, ">="}, {0x301C, "~"},  {0xFE50, ","},  {0xFE52, "."},  {0xFE58, "—"},  {0xFE59, "("},
    {0xFE5A, ")"},  {0xFE63, "-"},  {0xFE64, "<"},  {0xFE65, ">"},  {0xFE66, "="},  {0xFE6A, "%"},
};

static bool is_blank(uint32_t c)
{
    return c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x3000 || c == 0xFEFF ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x202F;
}

/* A blank counts only between two of these: `1 904`, `5 people`, `12. 5`. */
static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == ',';
}

static const char *find_spelling(uint32_t c)
{
    if (c >= 0x3400 && c <= 0x9FFF)
        return NULL;
    size_t low = 0, high = sizeof spellings / sizeof *spellings;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (spellings[middle].character < c)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sizeof spellings / sizeof *spellings && spellings[low].character == c;
    return found ? spellings[low].normal : NULL;
}

size_t value_normalise(char out[VALUE_TEXT_MAX], const char *text, size_t len)
{
    size_t used = 0;
    bool blank = false;
    for (size_t i = 0, n; i < len; i += n) {
        char ascii[2] = {0};
        uint32_t c = (unsigned char)text[i];
        n = 1;
        if (c >= 0x80)
            c = text_next(text + i, len - i, &n);
        if (is_blank(c)) {
            blank = used > 0;
            continue;
        }
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        ascii[0] = (char)c;
        const char *bytes = c < 0x80 ? ascii : find_spelling(c);
        size_t nbytes = bytes ? strlen(bytes) : n;
        if (!bytes)
            bytes = text + i;
        if (used + nbytes + 1 > VALUE_TEXT_MAX)
            return SIZE_MAX;
        if (blank && is_word(out[used - 1]) && is_word(*bytes))
            out[used++] = ' ';
        blank = false;
        memcpy(out + used, bytes, nbytes);
        used += nbytes;
    }
    return used;
}
