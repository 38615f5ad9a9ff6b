/*
 * text.h - UTF-8, and the one way in for text files: UTF-8 with or without BOM, else GB18030.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/file.h"
#include <steelyard/base.h>

/* Length of the longest valid UTF-8 prefix (surrogates and overlong forms are invalid; NUL is
 * valid). */
size_t text_utf8_span(const char *bytes, size_t len);
bool text_is_utf8(const char *bytes, size_t len);

/* The character at bytes[0..len), its length in *n. Invalid bytes give U+FFFD and *n = 1. len > 0.
 */
uint32_t text_next(const char *bytes, size_t len, size_t *n);
void text_put(struct buf *b, uint32_t character);

/* Blanks at both ends off: ASCII blanks and controls, U+00A0, U+3000, U+FEFF, U+200B. */
void text_trim(const char **bytes, size_t *len);

/* Full-width ASCII (U+FF01..U+FF5E) to half width and U+3000 to a blank, everything else unchanged.
 */
void text_narrow(struct buf *out, const char *bytes, size_t len);

/* Columns on a terminal: wide and full-width East Asian characters take 2, combining ones 0. */
size_t text_width(const char *bytes, size_t len);
size_t text_width_of(uint32_t character);
/* How many bytes begin a line of at most `width` columns, cut where a line may be: behind a blank,
 * between Chinese characters (no closing mark begins a line), else behind a `/`; a longer word is
 * cut anywhere but within a character and its combining marks. Blanks that the cut falls on are
 * counted in, so that the next line begins without. At least one character. */
size_t text_fit(const char *bytes, size_t len, size_t width);
/* Adds text in which no line is wider than `width` columns (0: as it is). A line that is broken
 * goes on below its own beginning, or below its second part where two blanks or more stand before
 * that. */
void text_wrap(struct buf *out, const char *text, size_t width);

/* A file as UTF-8 text, in blocks of whole characters. The encoding is judged on the whole file
 * when it is opened (valid UTF-8, else GB18030), or given: "utf-8", "gb18030", "gbk", "gb2312" (all
 * three read as GB18030), any case; another name is SY_EINPUT. One BOM is taken off. Bytes that are
 * not text in the encoding are SY_EINPUT with file and line. A pipe is read whole into memory
 * first. Owns: everything. */
struct text_reader;

sy_status text_open(struct text_reader **out, const char *path, const char *encoding,
                    sy_error *err);
/* The same from byte `from` on (a BOM is not counted) of a regular file that is taken for UTF-8;
 * its first character may be cut. Bytes that are something else end the reading with SY_EINPUT
 * without a line, and text_is_other says so. */
sy_status text_open_at(struct text_reader **out, const char *path, uint64_t from, sy_error *err);
/* The file that is read, and the bytes of its BOM: 0 or 3. */
const struct file_reader *text_file(const struct text_reader *t);
unsigned text_bom(const struct text_reader *t);
bool text_is_other(const struct text_reader *t);
/* Whether the characters that begin in the bytes from..to of a regular file (its BOM counted) are
 * UTF-8: where all parts are, so is the file. */
sy_status text_judge(bool *utf8, const char *path, uint64_t from, uint64_t to, sy_error *err);
/* At most cap bytes (cap >= 4), always whole characters; *got = 0 at the end. */
sy_status text_read(struct text_reader *t, char *bytes, size_t cap, size_t *got, sy_error *err);
/* Back to the first byte: the next text_read gives the beginning again. */
sy_status text_restart(struct text_reader *t, sy_error *err);
void text_close(struct text_reader *t);

/* A small text file (INI, Lua) whole, as above, NUL-terminated; at most `max` bytes. NUL bytes in
 * it are SY_EINPUT with their line. */
sy_status text_slurp(char **out, size_t *len, const char *path, size_t max, sy_error *err);

#endif
