/*
 * wrap.h - texts of the manual in lines of 80 columns.
 */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include <stddef.h>

/* Bytes and columns of the character at `text`. */
size_t wrap_character(const char *text, const char *end, int *columns);
/* Prints the text, lines after the first moved in by `indent`. `at` columns are used. */
void wrap_print(const char *text, size_t len, int at, int indent);
/* Prints a label moved in by two, and its text in a column of its own, from `column` on. */
void wrap_labelled(const char *label, size_t label_len, const char *text, size_t len, int column);

#endif
