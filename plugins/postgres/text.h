/*
 * text.h - private to the plugin: what is text, and which text is a day.
 */
#ifndef POSTGRES_TEXT_H
#define POSTGRES_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#define TEXT_DATE_LEN 10 /* of "2019-05-21" */

/* UTF-8 as it should be: no byte too many, no half of a pair, nothing above U+10FFFF. */
bool text_is_valid(const char *text, size_t len);

/* "2019-05-21 00:00:00", also with T, without seconds, with seconds' zeros: a day, whose time says
 * nothing. */
bool text_is_midnight(const char *text, size_t len);

#endif
