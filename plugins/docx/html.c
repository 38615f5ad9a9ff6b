/*
 * html.c - the HTML that pandoc reads: markup is ours alone, all else is text and stays text.
 *
 * Nothing from the data can become markup or an address: < > & " are escaped, and what XML forbids
 * or what turns the direction of writing is shown as \xNN, so that a document holds what the data
 * holds and a reader sees it.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "docx.h"

#define MESSAGE_MAX 512

int html_fail(struct doc *d, sy_status status, const char *format, ...)
{
    char message[MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (d->rc == 0)
        d->rc = d->host->fail(d->call, status, 0, 0, "%s", message);
    return d->rc;
}

void html_flush(struct doc *d)
{
    size_t done = 0;
    while (d->rc == 0 && done < d->len) {
        ssize_t n = write(d->fd, d->buf + done, d->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            html_fail(d, SY_EFILE, "cannot write to the temporary folder: %s", strerror(errno));
        else
            done += (size_t)n;
    }
    d->len = 0;
}

static void put_bytes(struct doc *d, const char *bytes, size_t len)
{
    while (len > 0 && d->rc == 0) {
        size_t n = sizeof d->buf - d->len;
        n = n < len ? n : len;
        memcpy(d->buf + d->len, bytes, n);
        d->len += n;
        bytes += n;
        len -= n;
        if (d->len == sizeof d->buf)
            html_flush(d);
    }
}

void html_raw(struct doc *d, const char *markup)
{
    put_bytes(d, markup, strlen(markup));
}

/* Bytes of the UTF-8 character at `s` and its code; 0 bytes where there is none. */
static size_t read_character(const unsigned char *s, size_t len, unsigned long *out)
{
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = s[0] < 0x80             ? 1
               : (s[0] & 0xE0) == 0xC0 ? 2
               : (s[0] & 0xF0) == 0xE0 ? 3
               : (s[0] & 0xF8) == 0xF0 ? 4
                                       : 0;
    if (n == 0 || n > len)
        return 0;
    unsigned long c = n == 1 ? s[0] : s[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3Fu);
    }
    if ((n > 1 && c < least[n]) || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0;
    *out = c;
    return n;
}

/* Controls, what XML forbids, and what turns the direction of writing. */
static bool is_control(unsigned long c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c & 0xFFFE) == 0xFFFE ||
           (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFEFF;
}

static void put_codes(struct doc *d, const char *bytes, size_t n)
{
    char shown[8];
    for (size_t i = 0; i < n; i++) {
        snprintf(shown, sizeof shown, "\\x%02x", (unsigned char)bytes[i]);
        html_raw(d, shown);
    }
}

static void put_character(struct doc *d, const char *text, size_t n, unsigned long c)
{
    if (c == '&')
        html_raw(d, "&amp;");
    else if (c == '<')
        html_raw(d, "&lt;");
    else if (c == '>')
        html_raw(d, "&gt;");
    else if (c == '"')
        html_raw(d, "&quot;");
    else if (c == '\n')
        html_raw(d, "<br/>");
    else if (c == '\t' || c == '\r')
        html_raw(d, " ");
    else if (is_control(c))
        put_codes(d, text, n);
    else
        put_bytes(d, text, n);
}

static size_t count_characters(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

void html_text(struct doc *d, const char *text, size_t len)
{
    size_t shown = 0;
    for (size_t i = 0; i < len && d->rc == 0; shown++) {
        unsigned long c = 0;
        if (shown == DOCX_TEXT_MAX) {
            html_sayf(d, "……（其后还有%zu个字，此处未列）", " … (%zu more characters left out)",
                      count_characters(text + i, len - i));
            return;
        }
        size_t n = read_character((const unsigned char *)text + i, len - i, &c);
        if (n == 0) {
            put_codes(d, text + i, 1);
            n = 1;
        } else if (c != '\r' || i + 1 == len || text[i + 1] != '\n') {
            put_character(d, text + i, n, c);
        }
        i += n;
    }
}

void html_say(struct doc *d, const char *zh, const char *en)
{
    const char *words = d->zh ? zh : en;
    html_text(d, words, strlen(words));
}

void html_sayf(struct doc *d, const char *zh, const char *en, ...)
{
    char words[MESSAGE_MAX];
    va_list args;
    va_start(args, en);
    vsnprintf(words, sizeof words, d->zh ? zh : en, args);
    va_end(args);
    html_text(d, words, strlen(words));
}

/* 1 to 99 as 一 to 九十九; more than that in digits. */
static void put_numeral(struct doc *d, unsigned n)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (n > 99) {
        html_sayf(d, "%u", "%u", n);
        return;
    }
    if (n >= 20)
        html_raw(d, digits[n / 10]);
    if (n >= 10)
        html_raw(d, "十");
    html_raw(d, digits[n % 10]);
}

static void put_number(struct doc *d, int level)
{
    const unsigned *n = d->heads;
    if (!d->zh) {
        if (level == 1)
            html_sayf(d, "", "%u. ", n[0]);
        else if (level == 2)
            html_sayf(d, "", "%u.%u ", n[0], n[1]);
        else
            html_sayf(d, "", "%u.%u.%u ", n[0], n[1], n[2]);
    } else if (level == 1) {
        put_numeral(d, n[0]);
        html_raw(d, "、");
    } else if (level == 2) {
        html_raw(d, "（");
        put_numeral(d, n[1]);
        html_raw(d, "）");
    } else {
        html_sayf(d, "%u．", "%u. ", n[2]);
    }
}

void html_head(struct doc *d, int level)
{
    char tag[8];
    d->heads[level - 1]++;
    for (int i = level; i < DOCX_LEVELS; i++)
        d->heads[i] = 0;
    snprintf(tag, sizeof tag, "<h%d>", level);
    html_raw(d, tag);
    put_number(d, level);
}

void html_head_end(struct doc *d, int level)
{
    char tag[8];
    snprintf(tag, sizeof tag, "</h%d>\n", level);
    html_raw(d, tag);
}

void html_title(struct doc *d, int level, const char *zh, const char *en)
{
    html_head(d, level);
    html_say(d, zh, en);
    html_head_end(d, level);
}

void html_open(struct doc *d, const char *style)
{
    if (style != NULL) {
        html_raw(d, "<div custom-style=\"");
        html_raw(d, style);
        html_raw(d, "\">");
    }
    html_raw(d, "<p>");
}

void html_close(struct doc *d, const char *style)
{
    html_raw(d, style != NULL ? "</p></div>\n" : "</p>\n");
}

void html_missing(struct doc *d)
{
    html_say(d, "数据未提供", "not given in the data");
}

void html_blank(struct doc *d)
{
    html_say(d, "未提供", "not given");
}

void html_by_hand(struct doc *d, const char *zh, const char *en)
{
    html_raw(d, "<span custom-style=\"By Hand\">");
    html_say(d, zh, en);
    html_raw(d, "</span>");
}
