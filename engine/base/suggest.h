/*
 * suggest.h - "did you mean".
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

/* The candidate nearest to `word` (edit distance over characters, at most a third of the longer
 * one's length, at least 1), or NULL. Ties: the first. */
const char *suggest(const char *word, const char *const *candidates, size_t n);
/* The same for paths: only the names in which two differ are compared, and names that differ in
 * digits alone are two names. */
const char *suggest_path(const char *path, const char *const *candidates, size_t n);

#endif
