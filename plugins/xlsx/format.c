/*
 * format.c - what a number format says of the number: a per cent, a date, a figure with words
 * around it; or that its figure is shown so that it reads otherwise.
 */
#include "xlsx.h"

#include <string.h>

/* While one section of a format is read. */
struct reading {
    struct format *f;
    struct affixes *affixes;
    unsigned percents, digits, zeros;
    bool year, month, day, clock, elapsed, text, general;
    bool ended, point, minus;
    char between[AFFIX_MAX + 1]; /* behind the last digit */
};

/* Formats that files use by number alone; those of Chinese and Japanese editions from 27 on. */
const char *format_builtin(unsigned id)
{
    static const char *const codes[] = {[0] = "General",
                                        [1] = "0",
                                        [2] = "0.00",
                                        [3] = "#,##0",
                                        [4] = "#,##0.00",
                                        [9] = "0%",
                                        [10] = "0.00%",
                                        [11] = "0.00E+00",
                                        [12] = "# ?/?",
                                        [13] = "# ?"
                                               "?/?"
                                               "?",
                                        [14] = "yyyy/m/d",
                                        [15] = "d-mmm-yy",
                                        [16] = "d-mmm",
                                        [17] = "mmm-yy",
                                        [18] = "h:mm AM/PM",
                                        [19] = "h:mm:ss AM/PM",
                                        [20] = "h:mm",
                                        [21] = "h:mm:ss",
                                        [22] = "yyyy/m/d h:mm",
                                        [27] = "yyyy\"年\"m\"月\"",
                                        [28] = "m\"月\"d\"日\"",
                                        [29] = "m\"月\"d\"日\"",
                                        [30] = "m-d-yy",
                                        [31] = "yyyy\"年\"m\"月\"d\"日\"",
                                        [32] = "h\"时\"mm\"分\"",
                                        [33] = "h\"时\"mm\"分\"ss\"秒\"",
                                        [34] = "h\"时\"mm\"分\"",
                                        [35] = "h\"时\"mm\"分\"ss\"秒\"",
                                        [36] = "yyyy\"年\"m\"月\"",
                                        [37] = "#,##0",
                                        [38] = "#,##0",
                                        [39] = "#,##0.00",
                                        [40] = "#,##0.00",
                                        [41] = "#,##0",
                                        [42] = "#,##0",
                                        [43] = "#,##0.00",
                                        [44] = "#,##0.00",
                                        [45] = "mm:ss",
                                        [46] = "[h]:mm:ss",
                                        [47] = "mm:ss.0",
                                        [48] = "##0.0E+0",
                                        [49] = "@",
                                        [50] = "yyyy\"年\"m\"月\"",
                                        [51] = "m\"月\"d\"日\"",
                                        [52] = "yyyy\"年\"m\"月\"",
                                        [53] = "m\"月\"d\"日\"",
                                        [54] = "m\"月\"d\"日\"",
                                        [55] = "yyyy\"年\"m\"月\"",
                                        [56] = "m\"月\"d\"日\"",
                                        [57] = "yyyy\"年\"m\"月\"",
                                        [58] = "m\"月\"d\"日\""};
    return id < sizeof codes / sizeof *codes ? codes[id] : NULL;
}

static bool add_affix(char *affix, const char *text, size_t len)
{
    const size_t at = strlen(affix);
    if (len > AFFIX_MAX - at)
        return false;
    memcpy(affix + at, text, len);
    affix[at + len] = '\0';
    return true;
}

/* Text that stands before, between or behind the digits; which of them is known later. */
static void add_literal(struct reading *r, const char *text, size_t len)
{
    char *to = r->digits == 0 ? r->affixes->before : r->between;
    r->f->doubtful |= !add_affix(to, text, len);
}

static void add_digit(struct reading *r, char c)
{
    /* "0!.0," shows 12345 as 1.2: what stood behind the digits stands between them. */
    r->f->doubtful |= r->between[0] != '\0' || r->ended;
    r->between[0] = '\0';
    r->digits++;
    r->zeros += c == '0' && !r->point && r->zeros + 1 == r->digits;
}

static bool starts(const char *p, const char *word)
{
    for (; *word != '\0'; p++, word++)
        if (*p != *word && !(*p >= 'A' && *p <= 'Z' && *p + 32 == *word))
            return false;
    return true;
}

/* "[Red]", "[$-804]", "[>100]", "[h]": the length up to the bracket's end. */
static size_t read_bracket(struct reading *r, const char *p)
{
    const char *end = strchr(p, ']');
    if (end == NULL) {
        r->f->doubtful = true;
        return strlen(p);
    }
    if (strchr("<>=", p[1]) != NULL)
        r->f->doubtful = true;
    if (starts(p, "[h") || starts(p, "[m]") || starts(p, "[mm]") || starts(p, "[s"))
        r->clock = r->elapsed = true;
    return (size_t)(end - p) + 1;
}

static size_t read_quoted(struct reading *r, const char *p)
{
    const char *end = strchr(p + 1, '"');
    const size_t len = end == NULL ? strlen(p + 1) : (size_t)(end - p - 1);
    add_literal(r, p + 1, len);
    return len + 1 + (end != NULL);
}

/* Bytes of the character at p; 0 at the end. */
static size_t character(const char *p)
{
    const unsigned char c = (unsigned char)*p;
    size_t len = c == 0 ? 0 : c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < len; i++)
        if (p[i] == '\0')
            return i;
    return len;
}

/* The number as it is, in English and Chinese files. */
static const char *const GENERAL[] = {"general", "g/通用格式"};

/* Letters of dates; the length, 0 where there is none. */
static size_t read_letter(struct reading *r, const char *p)
{
    const char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
    for (size_t i = 0; i < sizeof GENERAL / sizeof *GENERAL; i++) {
        if (starts(p, GENERAL[i])) {
            r->general = true;
            r->digits++;
            return strlen(GENERAL[i]);
        }
    }
    if (starts(p, "am/pm"))
        return 5;
    if (c == 'e' && (p[1] == '+' || p[1] == '-'))
        return 2;
    r->year |= c == 'y' || c == 'e' || c == 'b';
    r->month |= c == 'm';
    r->day |= c == 'd' || c == 'a'; /* aaaa: the day of the week */
    r->clock |= c == 'h' || c == 's';
    return strchr("yebmdahsg", c) != NULL ? 1 : 0;
}

/* A comma behind the last digit divides by a thousand. */
static bool is_scaling(const char *p)
{
    while (*p == ',')
        p++;
    return *p != '0' && *p != '#' && *p != '?';
}

static size_t read_mark(struct reading *r, const char *p)
{
    switch (*p) {
    case '"':
        return read_quoted(r, p);
    case '[':
        return read_bracket(r, p);
    case '\\':
    case '!':
        add_literal(r, p + 1, character(p + 1));
        return 1 + character(p + 1);
    case '_':
    case '*':
        return 1 + character(p + 1);
    case '0':
    case '#':
    case '?':
        add_digit(r, *p);
        return 1;
    case '%':
        r->percents++;
        r->ended = r->digits > 0;
        return 1;
    case ',':
        r->f->doubtful |= r->digits > 0 && is_scaling(p);
        return 1;
    case '/':
        r->f->doubtful |= r->digits > 0; /* a fraction: 1/3 */
        return 1;
    case '.':
        r->point = true;
        return 1;
    case '-':
    case '(':
        r->minus = true;
        return 1;
    case '@':
        r->text = true;
        return 1;
    default:
        break;
    }
    const size_t letter = read_letter(r, p);
    if (letter > 0)
        return letter;
    if ((unsigned char)*p >= 0x80)
        add_literal(r, p, character(p));
    return character(p);
}

static enum shown judge(const struct reading *r)
{
    if (r->digits > 0 || r->general)
        return r->percents > 0 ? SHOWN_PERCENT : SHOWN_NUMBER;
    if (r->year && r->month && !r->day)
        return SHOWN_MONTH;
    if (r->year && !r->month && !r->day)
        return SHOWN_YEAR;
    if (r->day || r->year || (r->month && !r->clock))
        return SHOWN_DATE;
    if (r->clock)
        return r->elapsed ? SHOWN_HOURS : SHOWN_TIME;
    return r->text ? SHOWN_TEXT : SHOWN_NUMBER;
}

/* Signs of money say nothing that the column's unit does not. */
static void drop_money(char *affix)
{
    static const char *const signs[] = {"¥", "￥", "$", "€", "£", "RMB", "CNY"};
    while (*affix == ' ')
        memmove(affix, affix + 1, strlen(affix));
    for (size_t n = strlen(affix); n > 0 && affix[n - 1] == ' '; n--)
        affix[n - 1] = '\0';
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(affix, signs[i]) == 0)
            affix[0] = '\0';
}

/* Reads the section at *p and passes its end. */
static void read_section(struct reading *r, const char **p)
{
    while (**p != '\0' && **p != ';')
        *p += read_mark(r, *p);
    *p += **p == ';';
    memcpy(r->affixes->behind, r->between, sizeof r->between);
    drop_money(r->affixes->before);
    drop_money(r->affixes->behind);
    r->minus =
        r->minus || strcmp(r->affixes->before, "-") == 0 || strcmp(r->affixes->before, "(") == 0;
}

/* How negative numbers are shown: as others with a minus, or in words of their own. */
static void read_negative(struct format *out, const char *code)
{
    struct reading r = {.f = out, .affixes = &out->negative};
    const struct affixes none = {"", ""};
    const bool doubtful = out->doubtful;
    out->negative = out->positive;
    if (*code == '\0')
        return;
    out->negative = none;
    read_section(&r, &code);
    out->doubtful = doubtful;
    if (r.minus || (out->negative.before[0] == '\0' && out->negative.behind[0] == '\0')) {
        out->negative = out->positive;
        return;
    }
    out->unsigned_ = strcmp(out->negative.before, out->positive.before) != 0;
    out->doubtful = doubtful || r.digits == 0;
}

void format_read(struct format *out, const char *code)
{
    struct reading r = {.f = out, .affixes = &out->positive};
    const struct affixes none = {"", ""};
    *out = (struct format){.code = code};
    read_section(&r, &code);
    out->shown = (uint8_t)judge(&r);
    const bool figure = out->shown == SHOWN_NUMBER || out->shown == SHOWN_PERCENT;
    if (!figure) {
        *out = (struct format){.code = out->code, .shown = out->shown};
        return;
    }
    if (r.digits == 0 || r.percents > 1)
        out->doubtful = true; /* the cell looks empty, or like a word */
    if (r.zeros > 1 && r.zeros == r.digits && !r.point && r.percents == 0)
        out->zeros = (uint8_t)(r.zeros < NUMBER_MAX / 2 ? r.zeros : 0);
    read_negative(out, code);
    if (out->doubtful)
        out->positive = out->negative = none;
}
