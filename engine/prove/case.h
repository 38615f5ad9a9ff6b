/*
 * case.h - private to prove: from what a test file noted to cases.
 */
#ifndef PROVE_CASE_H
#define PROVE_CASE_H

#include "prove/prove.h"
#include "rule/test_file.h"

/* While a test file is read. */
struct case_reading {
    struct prove_file *file;
    const char *name; /* of the case at hand */
    uint32_t line;
    sy_error *err;
};

/* An error at the case at hand: "'name': …". */
sy_status case_refuse(const struct case_reading *r, const char *format, ...) SY_PRINTF(2, 3);
/* "… 'word': did you mean 'x'?" */
sy_status case_refuse_word(const struct case_reading *r, const char *what, const char *word,
                           const char *const *known, size_t nknown);
/* A place of the list, or -1. */
int case_find(const char *const *list, size_t n, const char *word);
/* Memory of the file, or NULL with an error. */
void *case_alloc(const struct case_reading *r, size_t size);
const struct test_value *case_member(const struct test_value *table, const char *key);

/* case_given.c: the second argument of test.case. */
sy_status case_given(struct prove_case *out, const struct case_reading *r,
                     const struct test_value *given);
/* case_expected.c: the third. */
sy_status case_expected(struct prove_case *out, const struct case_reading *r,
                        const struct test_value *expected);

/* home.c: the year of cases that name none; first and last are those of the year folder, where the
 * file lies in one. */
int home_year(const struct prove_home *home, bool in_years, int first, int last);

/* Runs a test file, whose path, type, home and year are set, and reads its cases. */
sy_status case_read(struct prove_file *file, sy_error *err);

#endif
