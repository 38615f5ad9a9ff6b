/*
 * sandbox_source.c - what compiling a script costs, counted before it is compiled.
 *
 * No hook runs inside of Lua's compiler, and three things make it slow out of proportion to the
 * source: each name is looked for in every function around it, each label is compared with all
 * before it, and each jump that waits for its place (goto, break, and, or, elseif) is passed by
 * those that come later. Texts with NUL bytes are refused: comparing two of them is as slow as
 * nothing else that one instruction does. Two operators that are slow on some numbers make every
 * instruction of the script dearer: `%` divides until the remainder is found, `..` prints them.
 */
#include "rule/sandbox.h"

#include <string.h>

#define BLOCKS_MAX   256 /* deeper than the compiler goes */
#define LABELS_MAX   1000
#define JUMPS_MAX    10000
#define LOOKUPS_MAX  500000 /* names, each as often as functions are around it */
#define PRICE_CONCAT 2
#define PRICE_MODULO 4

/* A place in a source. */
struct scan {
    const char *p, *end;
    uint32_t line;
    size_t depth;   /* functions around it */
    size_t nblocks; /* blocks that are open */
    bool function[BLOCKS_MAX];
    uint64_t labels, jumps, lookups;
    uint64_t length, longest; /* tokens inside of an outermost function */
    uint64_t price;           /* of an instruction */
    bool nul;                 /* a text has a NUL byte */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void step_over(struct scan *s, const char *to)
{
    for (; s->p < to; s->p++)
        s->line += *s->p == '\n';
}

/* `[==[ … ]==]` at s->p; false where none begins here. */
static bool skip_long(struct scan *s)
{
    const char *p = s->p + 1;
    size_t level = 0;
    for (; p < s->end && *p == '='; p++)
        level++;
    if (s->p >= s->end || *s->p != '[' || p >= s->end || *p != '[')
        return false;
    for (p++; p < s->end; p++) {
        size_t n = 0;
        while (*p == ']' && n < level && p + n + 1 < s->end && p[n + 1] == '=')
            n++;
        if (*p == ']' && n == level && p + n + 1 < s->end && p[n + 1] == ']')
            break;
    }
    step_over(s, p + level + 2 < s->end ? p + level + 2 : s->end);
    return true;
}

static void skip_comment(struct scan *s)
{
    s->p += 2;
    if (skip_long(s))
        return;
    while (s->p < s->end && *s->p != '\n' && *s->p != '\r')
        s->p++;
}

/* \0, \00, \000, \x00, \u{0…}: the escape at p, after its backslash, is a NUL byte. */
static bool is_nul(const char *p, const char *end)
{
    size_t n = 0;
    uint64_t code = 0;
    if (end - p > 2 && *p == 'x')
        return p[1] == '0' && p[2] == '0';
    if (end - p > 2 && *p == 'u' && p[1] == '{') {
        for (p += 2; p < end && *p == '0'; p++)
            n++;
        return n > 0 && p < end && *p == '}';
    }
    for (; n < 3 && p + n < end && is_digit(p[n]); n++)
        code = code * 10 + (uint64_t)(p[n] - '0');
    return n > 0 && code == 0;
}

/* After a backslash, a line's end and \z are as Lua reads them: nothing hides in a text. */
static void skip_quoted(struct scan *s)
{
    const char *p = s->p + 1;
    while (p < s->end && *p != *s->p && *p != '\n' && *p != '\r') {
        if (*p != '\\' || p + 1 >= s->end) {
            p++;
            continue;
        }
        s->nul = s->nul || is_nul(p + 1, s->end);
        const bool blanks = p[1] == 'z';
        const bool pair = p + 2 < s->end && p[1] != p[2] && strchr("\r\n", p[1]) != NULL &&
                          strchr("\r\n", p[2]) != NULL && p[1] != '\0' && p[2] != '\0';
        p += pair ? 3 : 2;
        while (blanks && p < s->end && strchr(" \t\r\n\v\f", *p) != NULL && *p != '\0')
            p++;
    }
    step_over(s, p < s->end ? p + 1 : s->end);
}

static void open_block(struct scan *s, bool function)
{
    if (s->nblocks < BLOCKS_MAX)
        s->function[s->nblocks] = function;
    s->nblocks++;
    s->depth += function && s->nblocks <= BLOCKS_MAX;
}

static void close_block(struct scan *s)
{
    if (s->nblocks > 0 && --s->nblocks < BLOCKS_MAX)
        s->depth -= s->function[s->nblocks];
    if (s->depth == 0)
        s->length = 0;
}

enum word { WORD_NAME, WORD_FUNCTION, WORD_OPENS, WORD_CLOSES, WORD_JUMPS, WORD_OTHER };

static enum word read_word(const char *word, size_t len)
{
    static const struct {
        const char *text;
        enum word word;
    } words[] = {
        {"function", WORD_FUNCTION}, {"do", WORD_OPENS},    {"if", WORD_OPENS},
        {"repeat", WORD_OPENS},      {"end", WORD_CLOSES},  {"until", WORD_CLOSES},
        {"goto", WORD_JUMPS},        {"break", WORD_JUMPS}, {"local", WORD_OTHER},
        {"return", WORD_OTHER},      {"then", WORD_OTHER},  {"else", WORD_OTHER},
        {"elseif", WORD_JUMPS},      {"while", WORD_OTHER}, {"for", WORD_OTHER},
        {"in", WORD_OTHER},          {"and", WORD_JUMPS},   {"or", WORD_JUMPS},
        {"not", WORD_OTHER},         {"nil", WORD_OTHER},   {"true", WORD_OTHER},
        {"false", WORD_OTHER},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].text) == len && memcmp(words[i].text, word, len) == 0)
            return words[i].word;
    return WORD_NAME;
}

static void take_word(struct scan *s)
{
    const char *word = s->p;
    while (s->p < s->end && (is_letter(*s->p) || is_digit(*s->p)))
        s->p++;
    switch (read_word(word, (size_t)(s->p - word))) {
    case WORD_NAME:
        s->lookups += s->depth;
        break;
    case WORD_FUNCTION:
    case WORD_OPENS:
        open_block(s, *word == 'f');
        break;
    case WORD_CLOSES:
        close_block(s);
        break;
    case WORD_JUMPS:
        s->jumps++;
        break;
    case WORD_OTHER:
        break;
    }
}

/* What an operator at s->p makes an instruction cost. */
static void note_price(struct scan *s, char next)
{
    const uint64_t price = *s->p == '%'                  ? PRICE_MODULO
                           : *s->p == '.' && next == '.' ? PRICE_CONCAT
                                                         : 1;
    if (price > s->price)
        s->price = price;
}

static void take_token(struct scan *s)
{
    const char next = s->p + 1 < s->end ? s->p[1] : '\0';
    if (is_letter(*s->p)) {
        take_word(s);
    } else if (is_digit(*s->p)) {
        while (s->p < s->end && (is_letter(*s->p) || is_digit(*s->p)))
            s->p++;
    } else if (*s->p == '"' || *s->p == '\'') {
        skip_quoted(s);
    } else if (*s->p == '-' && next == '-') {
        skip_comment(s);
    } else if (*s->p == ':' && next == ':') {
        s->labels++; /* on both sides */
        s->p += 2;
    } else if (s->end - s->p > 2 && memcmp(s->p, "...", 3) == 0) {
        s->p += 3; /* arguments, no operator */
    } else if (*s->p != '[' || !skip_long(s)) {
        note_price(s, next);
        step_over(s, s->p + 1);
    }
}

const char *sandbox_source(const char *text, size_t len, uint32_t *line, struct source_cost *cost)
{
    struct scan s = {.p = text, .end = text + len, .line = 1, .price = 1};
    const char *fault = NULL;
    while (s.p < s.end && fault == NULL) {
        take_token(&s);
        s.length += s.depth > 0;
        if (s.length > s.longest)
            s.longest = s.length;
        if (s.labels > 2 * LABELS_MAX)
            fault = "more than 1000 labels";
        else if (s.jumps > JUMPS_MAX)
            fault = "more than 10000 times goto, break, and, or, elseif";
        else if (s.lookups > LOOKUPS_MAX)
            fault = "too many names inside of functions: use more files or fewer nested functions";
        else if (s.nul)
            fault = "a text has a NUL byte (\\0), which scripts cannot use";
    }
    *line = s.line;
    *cost = (struct source_cost){.longest = s.longest, .price = s.price};
    return fault;
}
