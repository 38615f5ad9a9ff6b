/*
 * base.h - words that every public header shares: export mark, status, error.
 *
 * A fallible function reads `sy_status f(T **out, inputs…, sy_error *err)`. On failure it fills
 * *err (err may be NULL) and leaves *out alone; on success it leaves *err alone.
 */
#ifndef STEELYARD_BASE_H
#define STEELYARD_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SY_API               __attribute__((visibility("default")))
#define SY_PRINTF(at, first) __attribute__((__format__(__printf__, at, first)))
#else
#define SY_API
#define SY_PRINTF(at, first)
#endif

/* Why a call failed. The program turns a status into its exit code. */
typedef enum sy_status {
    SY_OK = 0,
    SY_EUSAGE,  /* asked for something that is not there: a format, fund, indicator, year, key */
    SY_EINPUT,  /* an evaluation, INI, script or table that cannot be used as it stands */
    SY_EFILE,   /* a file that is absent, unreadable or unwritable; a full disk */
    SY_ENOMEM,  /* out of memory */
    SY_ESYSTEM, /* anything else that the operating system refused */
    SY_EABI,    /* a plugin built for another ABI */
    SY_ESTOPPED /* the caller's progress function asked for it */
} sy_status;

#define SY_ERROR_FILE_MAX    512
#define SY_ERROR_MESSAGE_MAX 1024

/* One failure, by value: no allocation, no hidden state. `file` is empty and `line`, `column` are 0
 * where a failure has no such place; lines and columns count from 1. */
typedef struct sy_error {
    sy_status status;
    uint32_t line;
    uint32_t column;
    char file[SY_ERROR_FILE_MAX];
    char message[SY_ERROR_MESSAGE_MAX];
} sy_error;

/* Told of work in progress, on the thread that asked for the work: which stage ("load", "bind",
 * "measure", "score", "check", "total", "write") and which share of it is done, 0 to 1, below 0
 * where that is not known. Other than 0 stops the work with SY_ESTOPPED. */
typedef int (*sy_progress_fn)(void *ctx, const char *stage, double share);

#ifdef __cplusplus
}
#endif

#endif
