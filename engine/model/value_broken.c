/*
 * value_broken.c - what a text is that could not be read: a number, date or sign gone wrong, which
 * has to be put right, or words, which an evaluator judges.
 */
#include <string.h>

#include "base/text.h"
#include "model/value_parts.h"

#define PROSE_CHARACTERS 4  /* Chinese characters that, with punctuation, make a sentence */
#define LONG_CHARACTERS  30 /* that make one without */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool begins_with(const char *text, size_t len, const char *prefix)
{
    size_t n = strlen(prefix);
    return n <= len && memcmp(text, prefix, n) == 0;
}

bool value_is_error(const char *text, size_t len)
{
    static const char *const others[] = {"#N/A", "#GETTING_DATA"};
    text_trim(&text, &len);
    if (len < 4 || *text != '#')
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strlen(others[i]) == len && memcmp(text, others[i], len) == 0)
            return true;
    for (size_t i = 1; i < len; i++) /* #DIV/0!, #NAME?, and whatever later versions add */
        if (text[i] <= ' ' || (unsigned char)text[i] >= 0x7F)
            return false;
    return text[len - 1] == '!' || text[len - 1] == '?';
}

/* A sentence or a list, such as `1.完成方案；2.组织验收`: words, though it may begin with a digit.
 */
static bool is_prose(const char *text, size_t len)
{
    static const char *const marks[] = {"、", "。", "；", "！", "？", "“", "”", "《", "…"};
    size_t wide = 0;
    bool mark = false, after_wide = false, numbered = true;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_next(text + i, len - i, &n);
        bool ascii_mark = c == ',' || c == ';' || c == ':';
        bool list_mark = numbered && i > 0 && (c == '.' || c == ')');
        if ((ascii_mark && after_wide) ||
            (list_mark && i + n < len && (unsigned char)text[i + n] >= 0x80))
            mark = true;
        numbered = numbered && ((c < 0x80 && is_digit((char)c)) || (i == 0 && c == '('));
        after_wide = c >= 0x2E80;
        wide += after_wide;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        mark = mark || memmem(text, len, marks[i], strlen(marks[i]));
    return (mark && wide >= PROSE_CHARACTERS) || wide >= LONG_CHARACTERS;
}

/* 十场左右, 几十, 百余万元: a number in words, which is not read. 一般 and 一次性 are words. */
static bool is_numeral(struct units *units, const char *text, size_t len)
{
    static const char numerals[] = "零〇一二两三四五六七八九十百千万亿几数";
    const size_t size = 3; /* bytes of each */
    size_t taken = 0;
    if (begins_with(text, len, "百分之"))
        return true;
    while (len >= size) {
        bool found = false;
        for (const char *p = numerals; *p && !found; p += size)
            found = memcmp(text, p, size) == 0;
        if (!found)
            break;
        text += size;
        len -= size;
        taken++;
    }
    if (taken == 0)
        return false;
    const struct form *form;
    while ((form = value_form_at(text, len, FORM_INNER)) != NULL) {
        text += strlen(form->text);
        len -= strlen(form->text);
    }
    while ((form = value_form_at(text, len, FORM_SUFFIX)) != NULL)
        len -= strlen(form->text);
    while (len >= size && (begins_with(text, len, "万") || begins_with(text, len, "亿"))) {
        text += size;
        len -= size;
    }
    return len == 0 || value_form_whole(text, len, FORM_COUNTED) ||
           units_known(units, text, len) != UNIT_NONE;
}

/* Whether a text begins like a number or a sign. */
static bool begins_broken(const char *text, size_t len)
{
    static const char *const signs[] = {"±", "≠", "≈", "¥",  "￥", "$", "-", "+", "~",
                                        "—", ".", ",", "\"", "'",  "“", "‘", "[", "("};
    if (len == 0)
        return false;
    if (is_digit(*text) || *text == '<' || *text == '>' || *text == '=')
        return true;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);
        if (!begins_with(text, len, signs[i]))
            continue;
        while (n < len && strchr("<>=-+~.", text[n]))
            n++;
        return n < len && is_digit(text[n]);
    }
    return false;
}

bool value_looks_broken(const struct reading *r)
{
    struct units *units = r->context->units;
    const char *text = r->text;
    size_t len = (size_t)(r->end - r->text), rest = (size_t)(r->end - r->at);
    bool broken = begins_broken(text, len) || (!r->when && begins_broken(r->at, rest)) ||
                  is_numeral(units, text, len) || is_numeral(units, r->at, rest);
    return broken && !is_prose(text, len);
}
