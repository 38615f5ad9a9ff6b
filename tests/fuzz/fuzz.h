/*
 * fuzz.h - what the fuzz targets share. A target is one function over bytes that ends the program
 * where a law does not hold; libFuzzer drives it (./dev fuzz), or replay.c over its corpus.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <steelyard/base.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A law of the target: what does not hold is printed and ends the program. */
#define FUZZ_LAW(holds, ...)                                                        \
    do {                                                                            \
        if (!(holds)) {                                                             \
            fprintf(stderr, "%s:%d: law broken: %s: ", __FILE__, __LINE__, #holds); \
            fprintf(stderr, __VA_ARGS__);                                           \
            fputc('\n', stderr);                                                    \
            abort();                                                                \
        }                                                                           \
    } while (0)

/* A file in memory with these bytes; its path is good until the next call with the same `which` (0
 * to 3). */
static inline const char *fuzz_file(int which, const void *bytes, size_t len)
{
    static int files[4];
    static char paths[4][32];
    if (!files[which])
        files[which] = memfd_create("fuzz", 0);
    FUZZ_LAW(files[which] > 0 && ftruncate(files[which], 0) == 0, "no file in memory");
    FUZZ_LAW(pwrite(files[which], bytes, len, 0) == (ssize_t)len, "a file in memory is full");
    snprintf(paths[which], sizeof paths[which], "/proc/self/fd/%d", files[which]);
    return paths[which];
}

/* The bytes as a text that ends, with memory of its own, so that reading past the end is seen. */
static inline char *fuzz_text(const void *bytes, size_t len)
{
    char *text = malloc(len + 1);
    FUZZ_LAW(text, "no memory");
    if (len)
        memcpy(text, bytes, len);
    text[len] = '\0';
    return text;
}

/* Lines as editors count them: LF, CR LF and a lone CR end one. */
static inline uint32_t fuzz_lines(const char *text, size_t len)
{
    uint32_t n = 1;
    for (size_t i = 0; i < len; i++)
        n += text[i] == '\n' || (text[i] == '\r' && (i + 1 == len || text[i + 1] != '\n'));
    return n;
}

/* What every refusal has: a status, words in one line, a line that the input has. */
static inline void fuzz_refusal(sy_status status, const sy_error *err, uint32_t lines)
{
    FUZZ_LAW(status == SY_EINPUT, "status %d: %s", (int)status, err->message);
    FUZZ_LAW(err->status == status, "the error says %d", (int)err->status);
    FUZZ_LAW(err->message[0], "a refusal without words");
    FUZZ_LAW(err->line <= lines, "line %u of %u: %s", (unsigned)err->line, (unsigned)lines,
             err->message);
}

/* The installed config/ and scripts/: STEELYARD_DATA, else the current folder. */
static inline const char *fuzz_data(const char *name)
{
    static char path[512];
    const char *data = getenv("STEELYARD_DATA");
    snprintf(path, sizeof path, "%s/%s", data ? data : ".", name);
    return path;
}

#endif
